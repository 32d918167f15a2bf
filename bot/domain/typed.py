r"""Commands and mentions within texts: kept as data until the text is shown, then spelled as the platform does.

`typed` names a command, and `Mention` a person or group. Put into a text they become marks, which pass through
everything that a text passes through on its way: translation, Markdown, the outbox. Inside the signs that begin and end
a mark there are only letters, digits, spaces and ``%``, so Markdown reads nothing into it and escaping leaves it whole.
The signs are noncharacters, which Unicode keeps out of the texts that people exchange; `without_marks` takes them out
of what was typed all the same.
"""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from urllib.parse import unquote

_BEGIN, _NEXT, _END = "\ufdd0", "\ufdd1", "\ufdd2"
_SIGNS = dict.fromkeys(map(ord, (_BEGIN, _NEXT, _END)))

MARK = f"{_BEGIN}[^{_BEGIN}{_END}]*{_END}"
"""A regular expression for a mark."""

_MARK = re.compile(MARK)

_PERSON, _GROUP = "1", "2"
"""What begins the mark of a mention; no command begins with a digit."""


class Form(StrEnum):
    """How an option is written when a command is a line of text."""

    VALUE = "v"  # 09:00
    NAMED = "n"  # days=mon-fri
    NAME = "f"  # confirm


@dataclass(frozen=True, slots=True)
class TypedOption:
    """One option of a command in a text."""

    name: str
    value: str
    form: Form = Form.VALUE


@dataclass(frozen=True, slots=True)
class Typed:
    """A command for people to type; ``format`` and ``str`` turn it into a mark inside a text."""

    command: str
    options: tuple[TypedOption, ...] = ()

    def __str__(self) -> str:
        fields = (f"{one.form}{_encoded(one.name)}{_NEXT}{_encoded(one.value)}" for one in self.options)
        return f"{_BEGIN}{_NEXT.join((self.command, *fields))}{_END}"

    @property
    def plain(self) -> str:
        """Spell the command as a line of text: ``/quiz daily set 09:00 Europe/Berlin``."""
        command = () if self.command == "quiz" else (self.command,)
        return " ".join(("/quiz", *command, *map(_plain, self.options)))


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, or a group of the platform; ``format`` and ``str`` turn it into a mark inside a text.

    Platforms that know mentions show their own name for it, which follows when it is renamed; others show ``name``.
    """

    id: str
    name: str = ""
    is_group: bool = False

    def __str__(self) -> str:
        fields = (_encoded(self.id), _encoded(self.name))
        return f"{_BEGIN}{_GROUP if self.is_group else _PERSON}{_NEXT}{_NEXT.join(fields)}{_END}"

    @property
    def plain(self) -> str:
        """The name as text, or the id of what has no name here."""
        return self.name or f"@{self.id}"


def typed(command: str, /, *, named: Mapping[str, str] | None = None, **options: str | Literal[True]) -> Typed:
    """Make a command with its options, in the order in which they are typed.

    Args:
        command: its name, such as ``daily set``; for a group of commands its word alone.
        options: values that are typed without the option's name; True is typed as the name alone, and what is empty
            isn't typed at all.
        named: options that are typed with their names, after the others.
    """
    given = [
        TypedOption(name, "yes", Form.NAME) if value is True else TypedOption(name, value)
        for name, value in options.items()
        if value
    ]
    return Typed(command, (*given, *(TypedOption(name, value, Form.NAMED) for name, value in (named or {}).items())))


def spelled(text: str, spell: Callable[[Typed | Mention], str]) -> str:
    """Spell the commands and mentions in a text, and remove what is left of broken marks."""
    if not has_marks(text):
        return text

    def replaced(found: re.Match[str]) -> str:
        marked = read_mark(found[0])
        return found[0] if marked is None else spell(marked)

    return without_marks(_MARK.sub(replaced, text))


def plainly(text: str) -> str:
    """Spell the commands in a text as lines of text, and mentions as names."""
    return spelled(text, lambda marked: marked.plain)


def has_marks(text: str) -> bool:
    """Whether a text may contain marks; a cheap check, because nearly all texts contain none."""
    return _BEGIN in text or _NEXT in text or _END in text


def without_marks(text: str) -> str:
    """Remove the signs that make a mark from a text that somebody typed."""
    return text if text.isascii() else text.translate(_SIGNS)


def read_mark(mark: str) -> Typed | Mention | None:
    """Return the command, person or group that a mark names; None if the mark is broken."""
    command, *fields = mark.strip(_BEGIN + _END).split(_NEXT)
    if command in {_PERSON, _GROUP}:
        if len(fields) != 2:
            return None
        whom, name = (without_marks(unquote(field)) for field in fields)
        return Mention(whom, name, is_group=command == _GROUP)
    if len(fields) % 2 or any(name[:1] not in set(Form) for name in fields[::2]):
        return None
    return Typed(command, tuple(_given(fields)))


def _given(fields: list[str]) -> Iterator[TypedOption]:
    for name, value in zip(fields[::2], fields[1::2], strict=True):
        yield TypedOption(unquote(name[1:]), without_marks(unquote(value)), Form(name[0]))


def _plain(option: TypedOption) -> str:
    match option.form:
        case Form.NAMED:
            return f"{option.name}={shlex.quote(option.value)}"
        case Form.NAME:
            return option.name
        case _:
            return option.value


def _encoded(text: str) -> str:
    """Encode a text so that Markdown reads nothing into it."""
    return "".join(c if c.isalnum() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
