"""Spell the commands in a text for Slack, where each begins with the app's own slash command."""

from contextvars import ContextVar

from bot.domain import typed
from bot.domain.typed import Mention, Typed

DEFAULT = "/quiz"

_command: ContextVar[str] = ContextVar("slash command", default=DEFAULT)


def use_command(command: str) -> None:
    """Begin each command with this one from now on, here and in every task that is started from here."""
    _command.set(command)


def spelled(text: str) -> str:
    """Spell the commands in a text as lines, such as ``/quiz daily set 09:00 Europe/Berlin``, and mentions as names."""
    return typed.spelled(text, _spelled)


def _spelled(marked: Typed | Mention) -> str:
    return marked.plain if isinstance(marked, Mention) else _command.get() + marked.plain.removeprefix(DEFAULT)
