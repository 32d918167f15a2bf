"""Commands that a text names, spelled as Discord's slash commands; those that Discord knows can be clicked."""

import re
from collections.abc import Mapping

from adapters.discord import markdown
from bot.domain.typed import MARK, Form, Typed, TypedOption, has_marks, read_mark, without_marks
from bot.domain.typed import spelled as replaced

_CODE_OR_MARK = re.compile(f"`({MARK})`|({MARK})")


def spelled(text: str, ids: Mapping[str, str]) -> str:
    """A text in Discord's Markdown with its commands spelled.

    One without options becomes a mention where its id is known: readers click it, and find it ready to be sent. Inside
    of code Discord shows a mention as it is written, so a mark that is all of a piece of code takes the place of it.
    """
    if not has_marks(text):
        return text
    return without_marks(_CODE_OR_MARK.sub(lambda found: _shown(found, ids), text))


def in_words(text: str) -> str:
    """A text that Discord doesn't read as Markdown, with its commands spelled."""
    return replaced(text, _slash_command)


def _shown(found: re.Match[str], ids: Mapping[str, str]) -> str:
    command = read_mark(found[1] or found[2])
    if command is None:
        return found[0]
    if not command.options and command.command in ids:
        return f"</{command.command}:{ids[command.command]}>"
    return markdown.code(_slash_command(command)) if found[1] else markdown.escaped(_slash_command(command))


def _slash_command(command: Typed) -> str:
    """``/daily set time:09:00 zone:Europe/Berlin``."""
    return " ".join((f"/{command.command}", *map(_option, command.options)))


def _option(option: TypedOption) -> str:
    return f"{option.name}:{'True' if option.form is Form.NAME else option.value}"
