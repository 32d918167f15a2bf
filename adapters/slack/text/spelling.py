"""Spell the commands in a text for Slack, where each begins with the app's own slash command."""

from contextvars import ContextVar

from bot.domain import typed

DEFAULT = "/quiz"

_command: ContextVar[str] = ContextVar("slash command", default=DEFAULT)


def use_command(command: str) -> None:
    """Begin each command with this one from now on, here and in every task that is started from here."""
    _command.set(command)


def spelled(text: str) -> str:
    """Spell the commands in a text as lines of text, such as ``/quiz daily set 09:00 Europe/Berlin``."""
    return typed.spelled(text, lambda one: _command.get() + one.plain.removeprefix(DEFAULT))
