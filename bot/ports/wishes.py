"""Where wishes of two accounts to be one player are kept; see `bot.ports.storage` for what its ports share."""

from datetime import datetime
from typing import Protocol

from bot.domain.identity import PlayerId
from bot.domain.linking import LinkWish


class Wishes(Protocol):
    """Wishes to be one player that wait for a yes."""

    async def put(self, wish: LinkWish) -> None:
        """Keep a wish, in place of every other one of its two players."""

    async def of(self, player: PlayerId, now: datetime) -> LinkWish | None:
        """The wish of a player, on either side, that hasn't expired; nobody else changes it in the meantime."""

    async def drop(self, player: PlayerId) -> None:
        """Delete the wish of a player, on either side."""

    async def forget(self, now: datetime) -> None:
        """Delete wishes that have expired."""
