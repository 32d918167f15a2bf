"""Storage of hosts."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.hosts import Host
from bot.domain.identity import SpaceId
from bot.ports.hosts import Hosts
from bot.storage import tables as t
from bot.storage.upsert import replacing


class SqlHosts(Hosts):
    """`bot.ports.Hosts` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def of(self, space_id: SpaceId) -> list[Host]:
        columns = t.hosts.c
        theirs = sa.select(t.hosts).where(columns.space_id == space_id)
        rows = await self._connection.execute(
            theirs.order_by(columns.since, columns.channel, columns.account, columns.group_id)
        )
        return [
            Host(
                space_id=SpaceId(row.space_id),
                account=row.account,
                group=row.group_id,
                channel=row.channel,
                since=row.since,
            )
            for row in rows
        ]

    @override
    async def add(self, host: Host) -> None:
        row = {**_key(host), "since": host.since}
        await self._connection.execute(replacing(self._connection, t.hosts), row)
        if not host.channel:
            space = t.spaces.c.id == host.space_id
            await self._connection.execute(sa.update(t.spaces).where(space).values(had_host=True))

    @override
    async def remove(self, host: Host) -> bool:
        this = sa.delete(t.hosts).filter_by(**_key(host))
        return (await self._connection.execute(this)).rowcount > 0

    @override
    async def remove_group(self, space_id: SpaceId, group: str) -> None:
        await self._connection.execute(sa.delete(t.hosts).filter_by(space_id=space_id, group_id=group))


def _key(host: Host) -> dict[str, object]:
    return {
        "space_id": host.space_id,
        "channel": host.channel,
        "account": host.account,
        "group_id": host.group,
    }
