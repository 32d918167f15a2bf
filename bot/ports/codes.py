"""Storage of codes; see `bot.ports.storage` for what all storage ports share."""

from datetime import datetime
from typing import Protocol

from bot.domain.codes import Code, Purpose


class Codes(Protocol):
    """The codes that were given out."""

    async def add(self, code: Code) -> None:
        """Store a code."""

    async def lock(self, digest: str) -> Code | None:
        """Return and lock a code, even if used or expired; nobody else can use it until this transaction ends."""

    async def use(self, digest: str) -> None:
        """Mark a code as used."""

    async def expire(self, purpose: Purpose, subject: int, at: datetime) -> None:
        """Make the codes about a subject expire at a moment, unless they expire earlier."""

    async def keep_newest(self, purpose: Purpose, subject: int, most: int, now: datetime) -> None:
        """Let the codes about a subject expire now, except the ``most`` that last longest."""

    async def number(self, purpose: Purpose, subject: int, now: datetime) -> int:
        """Count the codes about a subject that haven't expired."""

    async def forget(self, expired_before: datetime, purpose: Purpose | None = None) -> None:
        """Delete codes that expired so long ago that nobody will ask why they don't work; of one purpose or of all."""
