"""Errors a person can act on.

QuizbotError
├── BadInput        the input can't be used; says what, where and what to do
│   └── BadFile     a file can't be read; carries the line
├── NotFound        there is no such bank, question, round, series or team
├── NotAllowed      the caller lacks the right
└── Busy            too much at once: try again in a moment
"""

from bot.domain.typed import plainly


class QuizbotError(Exception):
    """Base of every error whose text is meant for the person who caused it.

    The text may name commands (`bot.domain.typed`); ``str`` spells them plainly.
    """

    def __str__(self) -> str:
        return plainly(self.marked)

    @property
    def marked(self) -> str:
        """The text with its commands as marks, not yet spelled."""
        return super().__str__()


class BadInput(QuizbotError):
    """The input can't be used as it is."""


class BadFile(BadInput):
    """A file can't be read; ``line`` is 1-based, or None if the whole file is meant."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.line = line


class NotFound(QuizbotError):
    """What was named does not exist (or not in this space)."""


class NotAllowed(QuizbotError):
    """The caller doesn't have the right to do this."""


class Busy(QuizbotError):
    """The bot has more to do than it can take on; nothing was stored."""
