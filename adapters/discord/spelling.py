"""Spell the commands in a text as Discord's slash commands, clickable if Discord knows their ids, and mentions."""

import re
from collections.abc import Mapping
from contextvars import ContextVar

from adapters.discord import markdown
from bot.domain.typed import MARK, Form, Mention, Typed, TypedOption, has_marks, read_mark, without_marks
from bot.domain.typed import spelled as replaced

_SNOWFLAKE = re.compile(r"[0-9]{1,20}")
_CODE_OR_MARK = re.compile(f"`({MARK})`|({MARK})")

_prefix: ContextVar[str] = ContextVar("command prefix", default="")


def use_prefix(prefix: str) -> None:
    """Begin the name of each command with ``prefix`` from now on, here and in every task that is started from here."""
    _prefix.set(prefix)


def prefixed(name: str) -> str:
    """Return a command's name as Discord knows it."""
    return _prefix.get() + name


def unprefixed(name: str) -> str:
    """Return our name of a command that Discord knows by this one."""
    return name.removeprefix(_prefix.get())


def spelled(text: str, ids: Mapping[str, str]) -> str:
    """Spell the commands and mentions in a text in Discord's Markdown.

    A command without options becomes a mention if its id is known: readers click it to get it typed. Inside
    code, Discord shows a mention as plain text, so code that holds nothing but a command is replaced by the mention.
    """
    if not has_marks(text):
        return text
    return without_marks(_CODE_OR_MARK.sub(lambda found: _shown(found, ids), text))


def in_words(text: str) -> str:
    """Spell the commands and mentions in a text that Discord doesn't read as Markdown."""
    return replaced(text, lambda marked: marked.plain if isinstance(marked, Mention) else _slash_command(marked))


def _shown(found: re.Match[str], ids: Mapping[str, str]) -> str:
    command = read_mark(found[1] or found[2])
    if command is None:
        return found[0]
    if isinstance(command, Mention):
        return _mentioned(command)
    if not command.options and command.command in ids:
        return f"</{prefixed(command.command)}:{ids[command.command]}>"
    return markdown.code(_slash_command(command)) if found[1] else markdown.escaped(_slash_command(command))


def _mentioned(marked: Mention) -> str:
    """Mention a person or role; one whose id can't be Discord's is named."""
    if _SNOWFLAKE.fullmatch(marked.id):
        return f"<@{'&' if marked.is_group else ''}{marked.id}>"
    return markdown.escaped(marked.plain)


def _slash_command(command: Typed) -> str:
    """Spell a command with its options, as in ``/daily set time:09:00 zone:Europe/Berlin``."""
    return " ".join((f"/{prefixed(command.command)}", *map(_option, command.options)))


def _option(option: TypedOption) -> str:
    return f"{option.name}:{'True' if option.form is Form.NAME else option.value}"
