"""Makes a table of questions that programs keep as objects: a row for each object, a column for each member."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from string import ascii_uppercase
from typing import Any, NamedTuple

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.opentdb.question import WRONG
from bot.importers.reading.json_data import Record as Object
from bot.importers.reading.shape import as_text
from bot.importers.table.columns import FLAGGED
from bot.importers.table.grouped import FLAGS
from bot.importers.table.records import Record
from bot.importers.table.words import Role, plain, role_of

_RIGHT = "correct answer"
"""What stands above the letters of the choices that are called right where they stand."""
_OPTION, _WRONG = "option ", "wrong "
_NUMBERED = (_OPTION, _WRONG)
"""What stands above choices, and above wrong answers, before their numbers."""
_TEXTS = (
    "text",
    "txt",
    "answer text",
    "option text",
    "content",
    "answer",
    "option",
    "choice",
    "label",
    "value",
    "body",
)
_NAMES = ("id", "key", "letter", "identifier", "label", "option", "value")
_ASKED = frozenset({Role.QUESTION, Role.FRONT})
_OFFERED = frozenset({Role.CHOICE, Role.LISTED, Role.WRONG})
_ANSWERED = frozenset({Role.ANSWER, Role.BACK})
_CODE = frozenset({"code", "snippet", "code snippet"})
_PASSAGE = "passage"
_PASSAGES = frozenset({_PASSAGE, "context", "scenario", "transcript", "case study", "reading"})
_SENTENCE = 30
"""How long a passage is at least, in characters: shorter ones are topics."""
_OF_TRIVIA = frozenset(WRONG)
_FILES = ("file", "url", "src", "path", "name")
_LONGEST_NAME = 120


class Choices(NamedTuple):
    """The choices of a question, in parallel: their texts, what the file calls them, and whether it calls them right.

    If the file doesn't call them anything, ``names`` is empty, and so is ``flags`` if it judges none of them.
    """

    texts: Sequence[str] = ()
    names: Sequence[str] = ()
    flags: Sequence[bool] = ()


def role(name: str) -> Role | None:
    """What a member holds, judging by its name."""
    return _known_role(name) if len(name) <= _LONGEST_NAME else None


_known_role = lru_cache(maxsize=512)(role_of)


def count(names: Sequence[str]) -> int:
    """How many questions a file with members of such names has; none if it follows the Open Trivia Database.

    Several are needed if nothing is offered to choose, because many programs call something a question and an answer.
    """
    roles = [role(name) for name in names]
    number = sum(one in _ASKED for one in roles)
    is_likely = number > 1 or not _OFFERED.isdisjoint(roles)
    return number if is_likely and _asks(roles) and _OF_TRIVIA.isdisjoint(names) else 0


def asked(one: Object) -> str:
    """The question of an object, as the file has it."""
    return str(next((value for name, value in one.items() if role(name) in _ASKED), ""))


def _asks(roles: Sequence[Role | None]) -> bool:
    """Whether members with such roles ask something, and offer choices or give an answer."""
    return not _ASKED.isdisjoint(roles) and not (_OFFERED | _ANSWERED).isdisjoint(roles)


def questions(root: Any) -> list[Object]:  # noqa: ANN401  # JSON
    """Return all objects that ask something, in the order of the file; a single one only if it offers choices."""
    found: list[Object] = []
    waiting = [(root, "")]
    while waiting:
        value, passage = waiting.pop()
        if isinstance(value, Object) and _asks([*map(role, value)]):
            if passage:
                value.setdefault(_PASSAGE, passage)
            found.append(value)
        elif isinstance(value, list | dict):
            passage = _passage(value) or passage
            inner = value.values() if isinstance(value, dict) else value
            waiting += reversed([(one, passage) for one in inner])
    is_lone = len(found) == 1 and not _listed(found[0]) and {Role.CHOICE, Role.WRONG}.isdisjoint(map(role, found[0]))
    return [] if is_lone else found


def row(one: Object) -> Mapping[str, str]:
    """Return the cells of a question by the names of their columns.

    Raises:
        BadInput: its question, a choice or an answer isn't text.
    """
    listed = _listed(one)
    choices = _choices(one[listed]) if listed else Choices()
    cells = {_RIGHT: _letters(choices.flags)} if any(choices.flags) else {}
    for name, value in one.items():
        if role(name) is Role.WRONG and isinstance(value, list):
            cells |= _numbered(_WRONG, map(_text, value))
        elif name != listed:
            cells.setdefault(name, _answer(value, choices) if role(name) is Role.ANSWER else _cell(value, role(name)))
    return _with_text(cells, _passage(one)) | _numbered(_OPTION, choices.texts)


def table(rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[Record]:
    """Return a header, and the rows whose lines and cells these are."""
    names = dict.fromkeys(name for _line, cells in rows for name in cells)
    header = sorted(names, key=lambda name: (name != _RIGHT, name.startswith(_NUMBERED)))
    told = [Record(line, [cells.get(name, "") for name in header]) for line, cells in rows]
    return [Record(told[0].line, header), *told]


def _passage(one: Mapping[str, Any] | list[Any]) -> str:
    """What is to be read before the questions in an object, or before its own; empty if there is nothing."""
    told = [one[name] for name in one if plain(name) in _PASSAGES] if isinstance(one, dict) else []
    return next((text for text in told if isinstance(text, str) and len(text) >= _SENTENCE), "")


def _listed(one: Object) -> str:
    """The name of the member that lists the choices; empty if there is none.

    A list that is called "answer" has the choices if another member answers, or if its items are judged.
    """
    several = {name: value for name, value in one.items() if isinstance(value, list | dict) and value}
    if offered := next((name for name in several if role(name) is Role.LISTED), ""):
        return offered
    answers = [name for name in one if role(name) is Role.ANSWER]
    for name in answers:
        listed = several.get(name, ())
        if isinstance(listed, list) and (len(answers) > 1 or any(isinstance(item, Object) for item in listed)):
            return name
    return ""


def _choices(listed: list[Any] | dict[str, Any]) -> Choices:
    if isinstance(listed, dict):
        named = {name: value for name, value in listed.items() if value is not None and value != ""}
        return Choices(texts=[*map(_text, named.values())], names=[*named])
    if not any(isinstance(one, Object) for one in listed):
        return Choices(texts=[*map(_text, listed)])
    found = [_choice(one) if isinstance(one, Object) else (_text(one), "", None) for one in listed]
    texts, names, flags = zip(*found, strict=True)
    return Choices(
        texts=texts,
        names=names if all(names) and len({*names}) == len(names) else (),
        flags=[bool(flag) for flag in flags] if any(flag is not None for flag in flags) else (),
    )


def _choice(one: Object) -> tuple[str, str, bool | None]:
    """The text of a choice, what it is called, and whether it is right; None if the file doesn't say.

    Raises:
        BadInput: it has no text.
    """
    members = {plain(name): value for name, value in one.items()}
    judged = next((name for name in members if name in FLAGGED), "")
    if judged and len(members) == 1:  # "correct" stands before its text
        return _text(members[judged]), "", True
    flag = FLAGS.get(_text(members[judged]).casefold()) if judged else None
    said = next((name for name in _TEXTS if isinstance(members.get(name), str)), "")
    called = next((name for name in _NAMES if name != said and isinstance(members.get(name), str)), "")
    return _text(members.get(said) if said else None), members[called] if called else "", flag


def _answer(value: Any, choices: Choices) -> str:  # noqa: ANN401  # JSON
    """What a member says is right; a choice that the file calls something is called by its letter."""
    if isinstance(value, dict):  # it judges each choice: answer_b_correct
        right = [f"{name}_" for name, flag in value.items() if FLAGS.get(_text(flag).casefold())]
        return _letters([any(name.startswith(f"{one}_") for name in right) for one in choices.names])
    told = [_text(one) for one in (value if isinstance(value, list) else [value]) if one is not None]
    return ("\n" if choices.texts else "|").join(_letter(one, choices.names) for one in told)


def _numbered(word: str, texts: Iterable[str]) -> dict[str, str]:
    return {f"{word}{number}": text for number, text in enumerate(texts, start=1)}


def _letter(told: str, names: Sequence[str]) -> str:
    same = [at for at, name in enumerate(names) if name.casefold() == told.casefold()]
    return ascii_uppercase[same[0]] if len(same) == 1 and same[0] < len(ascii_uppercase) else told


def _letters(flags: Sequence[bool]) -> str:
    return ", ".join(letter for letter, flag in zip(ascii_uppercase, flags, strict=False) if flag)


def _cell(value: Any, held: Role | None) -> str:  # noqa: ANN401  # JSON
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return (", " if held is Role.TAGS else "\n").join(map(_text, value))
    if isinstance(value, list | dict) and held not in _ASKED | _OFFERED | _ANSWERED:
        return _file(value) if held is Role.PICTURE else ""
    return _text(value)


def _file(value: list[Any] | dict[str, Any]) -> str:
    """What a picture, a sound or a video is called, of which a program may say more; empty if there is none."""
    told = next(iter(value), None) if isinstance(value, list) else {plain(name): one for name, one in value.items()}
    if isinstance(told, dict):
        named = [told[name] for name in _FILES if told.get(name)]
        told = next(iter([*named, *filter(None, told.values())]), None)
    return told if isinstance(told, str) else ""


def _text(value: Any) -> str:  # noqa: ANN401  # JSON
    """A value as text.

    Raises:
        BadInput: it is a list or an object, or there is none.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise BadInput(_("An answer here isn't text. If it has a colon or a bracket, put it in quotes."))
    return as_text(value.strip())


def _with_text(cells: Mapping[str, str], passage: str) -> dict[str, str]:
    """The cells, with a passage above the question and code below it: tables have no columns for them."""
    question = next((name for name in cells if role(name) is Role.QUESTION), "")
    code = next((name for name in cells if plain(name) in _CODE and cells[name]), "")
    if not question or not (code or passage):
        return {**cells}
    shown = [as_text(passage), cells[question], f"```\n{cells[code]}\n```" if code else ""]
    used = {code, *(name for name in cells if passage and plain(name) in _PASSAGES)}
    others = {name: cell for name, cell in cells.items() if name not in used}
    return {**others, question: "\n\n".join(filter(None, shown))}
