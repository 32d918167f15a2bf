"""Storage of wishes to link two accounts into one player."""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import PlayerId
from bot.domain.linking import LinkWish
from bot.ports import Wishes
from bot.storage import tables as t


class SqlWishes(Wishes):
    """`bot.ports.Wishes` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def put(self, wish: LinkWish) -> None:
        # An existing wish keeps its row: on PostgreSQL, a transaction that waits for the row would miss a new one.
        same = t.link_wishes.c.asking == wish.asking, t.link_wishes.c.asked == wish.asked
        if (await self._connection.execute(sa.update(t.link_wishes).where(*same).values(asdict(wish)))).rowcount:
            return
        for player in (wish.asking, wish.asked):
            await self.drop(player)
        await self._connection.execute(sa.insert(t.link_wishes).values(asdict(wish)))

    @override
    async def of(self, player: PlayerId, now: datetime) -> LinkWish | None:
        wish = sa.select(t.link_wishes).where(_is_of(player), t.link_wishes.c.expires_at > now).with_for_update()
        row = (await self._connection.execute(wish)).mappings().first()
        return LinkWish(**row) if row else None

    @override
    async def drop(self, player: PlayerId) -> None:
        await self._connection.execute(sa.delete(t.link_wishes).where(_is_of(player)))

    @override
    async def forget(self, now: datetime) -> None:
        await self._connection.execute(sa.delete(t.link_wishes).where(t.link_wishes.c.expires_at <= now))


def _is_of(player: PlayerId) -> sa.ColumnElement[bool]:
    return sa.or_(t.link_wishes.c.asking == player, t.link_wishes.c.asked == player)
