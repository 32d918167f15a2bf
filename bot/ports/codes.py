"""Where codes are kept; see `bot.ports.storage` for what its ports share."""

from datetime import datetime
from typing import Protocol

from bot.domain.codes import Code, Purpose


class Codes(Protocol):
    """Codes that were given out."""

    async def add(self, code: Code) -> None:
        """Keep a code."""

    async def lock(self, digest: str) -> Code | None:
        """One code, used or expired as it may be; nobody else uses it until this transaction ends."""

    async def use(self, digest: str) -> None:
        """Let a code be good for nothing any more."""

    async def expire(self, purpose: Purpose, subject: int, at: datetime) -> None:
        """Let codes about a subject be good no longer than until a moment."""

    async def keep_newest(self, purpose: Purpose, subject: int, most: int, now: datetime) -> None:
        """Let codes about a subject expire now, but for ``most``: those that last the longest."""

    async def number(self, purpose: Purpose, subject: int, now: datetime) -> int:
        """How many codes about a subject haven't expired."""

    async def forget(self, expired_before: datetime) -> None:
        """Delete codes that expired so long ago that nobody will ask why they don't work."""
