"""Storage of wishes to be one player; see `bot.ports.storage` for what all storage ports share."""

from datetime import datetime
from typing import Protocol

from bot.domain.identity import PlayerId
from bot.domain.linking import LinkWish


class Wishes(Protocol):
    """The wishes to be one player that wait for a yes."""

    async def put(self, wish: LinkWish) -> None:
        """Store a wish; it replaces all other wishes of its two players."""

    async def of(self, player: PlayerId, now: datetime) -> LinkWish | None:
        """Lock and return a player's wish, on either side, if it hasn't expired; None if there is none."""

    async def drop(self, player: PlayerId) -> None:
        """Delete the wish of a player, on either side."""

    async def forget(self, now: datetime) -> None:
        """Delete wishes that have expired."""
