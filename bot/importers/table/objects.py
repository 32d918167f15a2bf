"""Makes a table of questions that programs keep as objects: a row for each object, a column for each member."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.importers.opentdb.question import WRONG
from bot.importers.reading.json_data import Record as Object
from bot.importers.reading.shape import as_text, refuse_large
from bot.importers.table.columns import INDEX, MOST_COLUMNS, MOST_NAMED
from bot.importers.table.offered import Choices, answered, lettered, offered, refuse_many, text_of
from bot.importers.table.records import Record
from bot.importers.table.words import Role, plain, role_of

_RIGHT = "correct answer"
"""What stands above the letters of the choices that are called right where they stand."""
_ANSWERS = "answers"
"""What programs call the choices, or the right ones beside a list of choices."""
_REASONS = "answer explanation"
"""What stands above the explanations that choices have where they stand."""
_KIND = "question type"
_OPTION, _WRONG = "option ", "wrong "
_NUMBERED = (_OPTION, _WRONG)
"""What stands above choices, and above wrong answers, before their numbers."""
_ASKED = frozenset({Role.QUESTION, Role.FRONT})
_OFFERED = frozenset({Role.CHOICE, Role.LISTED, Role.WRONG})
_ANSWERED = frozenset({Role.ANSWER, Role.BACK})
_CODE = frozenset({"code", "snippet", "code snippet"})
_ABOVE = "passage above"
"""What a passage is called here that stands beside a list of questions."""
_PASSAGES = frozenset({_ABOVE, "passage", "context", "scenario", "transcript", "case study", "reading"})
_SENTENCE = 30
"""How long a passage is at least, in characters: shorter ones are topics."""
_OF_TRIVIA = frozenset(WRONG)
_FILES = ("file", "url", "src", "path", "name")
_LONGEST_MARK = 2
_FEWEST_WORDS = 3
"""Objects whose texts have fewer words count or name something."""


def count(names: Sequence[str]) -> int:
    """How many questions a file with members of such names has; none if it follows the Open Trivia Database.

    Several are needed if nothing is offered to choose, because many programs call something a question and an answer.
    """
    roles = [role_of(name) for name in names]
    number = sum(one in _ASKED for one in roles)
    is_likely = number > 1 or not _OFFERED.isdisjoint(roles)
    return number if is_likely and _asks(roles) and _OF_TRIVIA.isdisjoint(names) else 0


def asked(one: Object) -> str:
    """The question of an object, as the file has it."""
    return str(next((value for name, value in one.items() if role_of(name) in _ASKED), ""))


def _asks(roles: Sequence[Role | None]) -> bool:
    """Whether members with such roles ask something, and offer choices or give an answer."""
    return not _ASKED.isdisjoint(roles) and not (_OFFERED | _ANSWERED).isdisjoint(roles)


def questions(root: Any) -> list[Object]:  # noqa: ANN401  # JSON
    """Return all objects that ask something, in the order of the file, and those that only list choices.

    A single one that offers nothing to choose is none: programs call something a question and an answer.

    Raises:
        BadFile: what is to be read before several questions is too much to be put above each of them.
    """
    found: list[Object] = []
    waiting = [(root, "")]
    repeated = 0
    while waiting:
        kept, passage = waiting.pop()
        value = _with_question(kept)
        if isinstance(value, Object) and _is_question(value):
            if passage:
                repeated += len(passage)
                refuse_large(repeated)
                value[_ABOVE] = passage
            found.append(value)
        elif isinstance(value, Object):
            found += [value] if _lists_choices(value) else []
            passage = _passage(value) or passage
            waiting += reversed([(one, passage) for one in _not_offered(value)])
        elif isinstance(value, list):
            waiting += reversed([(one, passage) for one in value])
    is_lone = len(found) == 1 and not _listed(found[0]) and {Role.CHOICE, Role.WRONG}.isdisjoint(map(role_of, found[0]))
    return [] if is_lone else found


def unasked(root: Any, asked: Sequence[Object]) -> Iterator[tuple[int, str]]:  # noqa: ANN401  # JSON
    """Yield the line and the text of each object without a question in a list where at least as many have one.

    Args:
        root: what the file holds.
        asked: its questions, as `questions` finds them.
    """
    known = {*map(id, asked)}
    waiting = [root]
    while waiting:
        value = waiting.pop()
        inner = _not_offered(value) if isinstance(value, Object) else value if isinstance(value, list) else []
        objects = [one for one in inner if isinstance(one, Object)]
        others = [one for one in objects if id(one) not in known and not _is_question(_with_question(one))]
        if isinstance(value, list) and 2 * len(others) <= len(objects):
            flat = [one for one in others if not (_lists_choices(one) or _holds_objects(one))]
            yield from ((one.line, text) for one in flat if len((text := _longest(one)).split()) >= _FEWEST_WORDS)
        waiting += reversed([*others, *(one for one in inner if isinstance(one, list))])


def _not_offered(one: Object) -> list[Any]:
    """The members of an object but for its choices: one may have a text and be right or not, as a statement has."""
    return [value for name, value in one.items() if role_of(name) not in _OFFERED]


def _longest(one: Object) -> str:
    return max((value for value in one.values() if isinstance(value, str)), key=len, default="")


def _with_question(value: Any) -> Any:  # noqa: ANN401  # JSON
    """An object with its stem and choices beside its answer, if it keeps them one level deeper; others as they are."""
    inner = value.get("question") if isinstance(value, Object) else None
    if not isinstance(inner, Object) or not _is_question(inner) or _ANSWERED.isdisjoint(map(role_of, value)):
        return value
    joined = Object(inner | {name: told for name, told in value.items() if told is not inner})
    joined.line = value.line
    return joined


def _is_question(one: Object) -> bool:
    """Whether an object asks something; what a program calls "questions" may be a list of objects that do."""
    return _asks(
        [held for name, value in one.items() if (held := role_of(name)) not in _ASKED or not _holds_objects(value)]
    )


def _lists_choices(one: Object) -> bool:
    """Whether an object lists choices, though nothing in it is known to be a question."""
    listed = any(
        role_of(name) is Role.LISTED and isinstance(value, list) and len(value) > 1 for name, value in one.items()
    )
    return listed and _ASKED.isdisjoint(map(role_of, one))


def _holds_objects(value: Any) -> bool:  # noqa: ANN401  # JSON
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(isinstance(one, Object) for one in inner)


def row(one: Object) -> Mapping[str, str]:
    """Return the cells of a question by the names of their columns.

    Raises:
        BadInput: its question, a choice or an answer isn't text, or it has too many choices.
    """
    listed = _listed(one)
    choices = offered(one[listed]) if listed else Choices()
    cells = {_RIGHT: lettered(choices.flags)} if any(choices.flags) else {}
    if choices.reasons:
        told = zip(choices.texts, choices.reasons, strict=True)
        cells[_REASONS] = "\n\n".join(f"{text}: {reason}" for text, reason in told if reason)
    for name, value in one.items():
        if role_of(name) is Role.WRONG and isinstance(value, list):
            refuse_many(len(value))
            cells |= _numbered(_WRONG, map(text_of, value))
        elif plain(name) == _ANSWERS and listed and name != listed:
            cells.setdefault(_RIGHT, answered(value, choices, is_index=False))
        elif role_of(name) is Role.ANSWER and name != listed:
            cells.setdefault(name, answered(value, choices, is_index=bool(INDEX.search(plain(name)))))
        elif name != listed:
            cells.setdefault(name, _cell(value, role_of(name)))
    return _with_text(cells, _passage(one)) | _numbered(_OPTION, choices.texts)


def table(rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[Record]:
    """Return a header, and the rows whose lines and cells these are; nothing if they have too many columns.

    Of the members that nobody knows, only as many have a column as are told.
    """
    rows = _with_cards(rows)
    for main, other in ((Role.QUESTION, Role.FRONT), (Role.ANSWER, Role.BACK)):
        rows = _in_one_column(rows, main, other)
    names = dict.fromkeys(name for _line, cells in rows for name in cells)
    for name in [name for name in names if not _is_known(name)][MOST_NAMED + 1 :]:
        del names[name]
    header = sorted(names, key=lambda name: (name != _RIGHT, name.startswith(_NUMBERED)))
    if len(header) > MOST_COLUMNS:
        return []
    told = [Record(line, [cells.get(name, "") for name in header]) for line, cells in rows]
    return [Record(told[0].line, header), *told]


def _is_known(name: str) -> bool:
    """Whether a member's name says what it holds, or may be that of a choice, such as b or 10."""
    return role_of(name) is not None or len(name) <= _LONGEST_MARK


def _is_of_choice(name: str) -> bool:
    """Whether a member may be about a single choice: b, 10, correct_b."""
    return len(plain(name).rpartition(" ")[2]) <= _LONGEST_MARK


def _with_cards(rows: Sequence[tuple[int, Mapping[str, str]]]) -> Sequence[tuple[int, Mapping[str, str]]]:
    """The rows, those with a front and a back called cards if others have a question, and nothing tells their kinds."""
    held = [{*map(role_of, cells)} for _line, cells in rows]
    known = set[Role | None]().union(*held)
    if Role.QUESTION not in known or Role.TYPE in known:
        return rows
    are_cards = [{Role.FRONT, Role.BACK} <= roles and roles.isdisjoint(_OFFERED | {Role.QUESTION}) for roles in held]
    return [
        (line, {**cells, _KIND: "card"} if is_card else cells)
        for (line, cells), is_card in zip(rows, are_cards, strict=True)
    ]


def _in_one_column(
    rows: Sequence[tuple[int, Mapping[str, str]]], main: Role, other: Role
) -> Sequence[tuple[int, Mapping[str, str]]]:
    """The rows with what two roles hold in one column, which is called as in the first role, if each has it once.

    Programs may call what is asked, and the answers, of each kind of question something else.
    """
    all_names = dict.fromkeys(name for _line, cells in rows for name in cells)
    names = [name for name in all_names if role_of(name) in {main, other} and not _is_of_choice(name)]
    told = [[cell for name, cell in cells.items() if name in names and cell] for _line, cells in rows]
    if len(names) < 2 or any(len(found) > 1 for found in told):
        return rows
    column = min(names, key=lambda name: role_of(name) is other)
    joined = []
    for (line, cells), found in zip(rows, told, strict=True):
        others = {name: cell for name, cell in cells.items() if name not in names}
        joined.append((line, others | {column: "".join(found)}))
    return joined


def _passage(one: Mapping[str, Any]) -> str:
    """What is to be read before the questions in an object, or before its own; empty if there is nothing."""
    told = [one[name] for name in sorted(one, key=lambda name: name != _ABOVE) if plain(name) in _PASSAGES]
    return "\n\n".join(text for text in told if isinstance(text, str) and len(text) >= _SENTENCE)


def _listed(one: Object) -> str:
    """The name of the member that lists the choices; empty if there is none.

    A list that is called "answers" has them if no other does; one that is called "answer", if another member answers,
    or if its items are judged.
    """
    several = {name: value for name, value in one.items() if isinstance(value, list | dict) and value}
    offered = sorted(
        (name for name in several if role_of(name) is Role.LISTED), key=lambda name: plain(name) == _ANSWERS
    )
    if offered:
        return offered[0]
    answers = [name for name in one if role_of(name) is Role.ANSWER]
    for name in answers:
        listed = several.get(name, ())
        if isinstance(listed, list) and (len(answers) > 1 or any(isinstance(item, Object) for item in listed)):
            return name
    return ""


def _numbered(word: str, texts: Iterable[str]) -> dict[str, str]:
    return {f"{word}{number}": text for number, text in enumerate(texts, start=1)}


def _cell(value: Any, held: Role | None) -> str:  # noqa: ANN401  # JSON
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return (", " if held is Role.TAGS else "\n").join(map(text_of, value))
    if held is Role.EXPLANATION and isinstance(value, dict):  # it may explain each choice
        return "\n\n".join(
            f"{name}: {one}" if len(value) > 1 else one for name, one in value.items() if isinstance(one, str)
        )
    if held is Role.PICTURE and isinstance(value, bool):
        return ""
    if isinstance(value, list | dict) and held not in _ASKED | _OFFERED | _ANSWERED:
        return _file(value) if held is Role.PICTURE else ""
    return text_of(value)


def _file(value: list[Any] | dict[str, Any]) -> str:
    """What a picture, a sound or a video is called, of which a program may say more; empty if there is none."""
    told = next(iter(value), None) if isinstance(value, list) else {plain(name): one for name, one in value.items()}
    if isinstance(told, dict):
        named = [told[name] for name in _FILES if told.get(name)]
        told = next(iter([*named, *filter(None, told.values())]), None)
    return told if isinstance(told, str) else ""


def _with_text(cells: Mapping[str, str], passage: str) -> dict[str, str]:
    """The cells, with a passage above the question and code below it: tables have no columns for them."""
    question = next((name for name in cells if role_of(name) is Role.QUESTION), "")
    code = next((name for name in cells if plain(name) in _CODE and cells[name]), "")
    if not question or not (code or passage):
        return {**cells}
    shown = [as_text(passage), cells[question], f"```\n{cells[code]}\n```" if code else ""]
    used = {code, *(name for name in cells if passage and plain(name) in _PASSAGES)}
    others = {name: cell for name, cell in cells.items() if name not in used}
    return {**others, question: "\n\n".join(filter(None, shown))}
