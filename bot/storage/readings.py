"""Storage of readings by example."""

from collections.abc import Callable
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import SpaceId
from bot.domain.readings import Reading
from bot.ports import Readings
from bot.storage import tables as t

_OWN = frozenset(column.name for column in t.readings.c) - {"id", "space_id", "name", "folded_name"}


class SqlReadings(Readings):
    """`bot.ports.Readings` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int]) -> None:
        self._connection = connection
        self._new_id = new_id

    @override
    async def of(self, space_id: SpaceId | None) -> dict[str, Reading]:
        wanted = sa.select(t.readings).where(_of(space_id)).order_by(t.readings.c.folded_name)
        rows = await self._connection.execute(wanted)
        return {row.name: Reading(**{part: row._mapping[part] for part in _OWN}) for row in rows}

    @override
    async def keep(self, name: str, reading: Reading, space_id: SpaceId | None) -> None:
        await self.drop(name, space_id)
        row = {"id": self._new_id(), "space_id": space_id, "name": name, "folded_name": name.casefold()}
        await self._connection.execute(sa.insert(t.readings).values(row | asdict(reading)))

    @override
    async def drop(self, name: str, space_id: SpaceId | None) -> bool:
        this = _of(space_id), t.readings.c.folded_name == name.casefold()
        deleted = await self._connection.execute(sa.delete(t.readings).where(*this))
        return deleted.rowcount > 0


def _of(space_id: SpaceId | None) -> sa.ColumnElement[bool]:
    return t.readings.c.space_id.is_(None) if space_id is None else t.readings.c.space_id == space_id
