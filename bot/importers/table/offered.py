"""Reads the choices that an object lists, and which of them its answer names."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any, NamedTuple

from bot.domain.errors import BadInput
from bot.domain.questions import MAX_CHOICES
from bot.i18n import gettext as _
from bot.importers.reading.json_data import Record as Object
from bot.importers.reading.shape import as_text
from bot.importers.table.columns import FLAGGED
from bot.importers.table.grouped import FLAGS
from bot.importers.table.words import Role, plain, role_of

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


class Choices(NamedTuple):
    """The choices of a question, in parallel: their texts, what the file calls them, and whether it calls them right.

    If the file doesn't call them anything, ``names`` is empty, and so is ``flags`` if it judges none of them; likewise
    ``reasons``, why each is right or wrong.
    """

    texts: Sequence[str] = ()
    names: Sequence[str] = ()
    flags: Sequence[bool] = ()
    reasons: Sequence[str] = ()


def refuse_many(count: int) -> None:
    """Refuse a question with more answers than can be shown: what stands beyond them would be lost.

    Raises:
        BadInput: it has so many.
    """
    if count > MAX_CHOICES:
        message = _("It has {count} choices, but at most {limit} can be shown.")
        raise BadInput(message.format(count=count, limit=MAX_CHOICES))


def offered(listed: list[Any] | dict[str, Any]) -> Choices:
    """Return the choices that an object lists.

    Raises:
        BadInput: they are too many, or one of them has no text.
    """
    refuse_many(len(listed))
    if isinstance(listed, dict) and (parallel := _in_parallel(listed)):
        return parallel
    if isinstance(listed, dict):
        named = {name: value for name, value in listed.items() if value is not None and value != ""}
        return Choices(texts=[*map(text_of, named.values())], names=[*named])
    if not any(isinstance(one, Object) for one in listed):
        return Choices(texts=[*map(text_of, listed)])
    found = [
        _choice(one, letter) if isinstance(one, Object) else (text_of(one), "", None)
        for letter, one in zip(ascii_uppercase, listed, strict=False)
    ]
    reasons = [_reason(one) if isinstance(one, Object) else "" for one in listed]
    texts, names, flags = zip(*found, strict=True)
    return Choices(
        texts=texts,
        names=names if all(names) and len({*names}) == len(names) else (),
        flags=[bool(flag) for flag in flags] if any(flag is not None for flag in flags) else (),
        reasons=reasons if any(reasons) else (),
    )


def _in_parallel(listed: Mapping[str, Any]) -> Choices | None:
    """The choices of an object that lists their texts and their labels one beside the other; None if it doesn't."""
    texts, labels = listed.get("text"), listed.get("label")
    if len(listed) > 2 or not isinstance(texts, list) or not isinstance(labels, list) or len(texts) != len(labels):
        return None
    refuse_many(len(texts))
    return Choices(texts=[*map(text_of, texts)], names=[*map(text_of, labels)])


def _choice(one: Object, letter: str) -> tuple[str, str, bool | None]:
    """The text of a choice, what it is called, and whether it is right; None if the file doesn't say.

    A label that is nothing but the letter of its place is a name, if something else can be the text.

    Raises:
        BadInput: it has no text.
    """
    members = {plain(name): value for name, value in one.items()}
    judged = next((name for name in members if name in FLAGGED), "")
    if judged and len(members) == 1:  # "correct" stands before its text
        return text_of(members[judged]), "", True
    flag = FLAGS.get(text_of(members[judged]).casefold()) if judged else None
    texts = [name for name in _TEXTS if isinstance(members.get(name), str)]
    said = next(iter(texts), "")
    if said in _NAMES and members[said] == letter:
        said = next((name for name in texts if members[name] != letter and not members[name].isdecimal()), said)
    called = next((name for name in _NAMES if name != said and isinstance(members.get(name), str)), "")
    return text_of(members.get(said) if said else None), members[called] if called else "", flag


def _reason(one: Object) -> str:
    told = (
        value.strip() for name, value in one.items() if role_of(name) is Role.EXPLANATION and isinstance(value, str)
    )
    return next(filter(None, told), "")


def answered(value: Any, choices: Choices, *, is_index: bool) -> str:  # noqa: ANN401  # JSON
    """What a member says is right; a choice that the file calls something is called by its letter."""
    if isinstance(value, dict):  # it judges each choice: answer_b_correct
        right = {name.removesuffix("_correct") for name, flag in value.items() if FLAGS.get(text_of(flag).casefold())}
        return lettered([one in right for one in choices.names])
    told = [text_of(one) for one in (value if isinstance(value, list) else [value]) if one is not None]
    if isinstance(value, bool) and choices.texts and all(text.casefold() not in FLAGS for text in choices.texts):
        raise _no_text()  # somebody's own answer may have been right
    if not choices.texts:
        return "|".join(told)
    refuse_many(len(told))
    if is_index:
        return "\n".join(told)
    return "\n".join(_letters_of(told, choices) or [_letter(one, choices) for one in told])


def _letters_of(told: Sequence[str], choices: Choices) -> Sequence[str]:
    """The letters of several choices that a list names by their texts, of which one may read like several: "a|b".

    Empty if it may name them otherwise.
    """
    texts = [text.casefold() for text in choices.texts]
    wanted = [one.casefold() for one in told]
    is_worded = any(len(one) > 1 and not one.isdecimal() for one in wanted)
    if len(wanted) < 2 or not is_worded or any(texts.count(one) != 1 or one in choices.names for one in wanted):
        return ()
    return [ascii_uppercase[texts.index(one)] for one in wanted]


def _letter(told: str, choices: Choices) -> str:
    """The letter of the choice that is called so; an answer that may be the text of another stays as it is."""
    same = [at for at, name in enumerate(choices.names) if name.casefold() == told.casefold()]
    is_text = any(text.casefold() == told.casefold() for at, text in enumerate(choices.texts) if at not in same)
    return ascii_uppercase[same[0]] if len(same) == 1 and not is_text else told


def lettered(flags: Sequence[bool]) -> str:
    """The letters of the choices that are called right where they stand."""
    return ", ".join(letter for letter, flag in zip(ascii_uppercase, flags, strict=False) if flag)


def text_of(value: Any) -> str:  # noqa: ANN401  # JSON
    """A value as text.

    Raises:
        BadInput: it is a list or an object, or there is none.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise _no_text()
    return as_text(value.strip())


def _no_text() -> BadInput:
    return BadInput(_("An answer here isn't text. If it has a colon or a bracket, put it in quotes."))
