"""Store who may enter a space whose platform doesn't decide that; it is kept in columns of the members table."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import Member, PlayerId, SpaceId
from bot.ports.admissions import Admission, Admissions
from bot.storage import tables as t


class SqlAdmissions(Admissions):
    """`bot.ports.Admissions` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def find(self, member: Member) -> Admission | None:
        row = (await self._connection.execute(sa.select(t.members).where(_is(member)))).one_or_none()
        return None if row is None else _admission(row)

    @override
    async def all(self, space_id: SpaceId) -> list[Admission]:
        theirs = sa.select(t.members).where(t.members.c.space_id == space_id)
        return [_admission(row) for row in await self._connection.execute(theirs.order_by(t.members.c.external_id))]

    @override
    async def set_host(self, member: Member, *, is_host: bool) -> None:
        await self._change(member, is_host=is_host)
        if is_host:
            space = t.spaces.c.id == member.space_id
            await self._connection.execute(sa.update(t.spaces).where(space).values(had_host=True))

    @override
    async def had_host(self, space_id: SpaceId) -> bool:
        return bool(await self._connection.scalar(sa.select(t.spaces.c.had_host).where(t.spaces.c.id == space_id)))

    @override
    async def end_sessions(self, member: Member) -> None:
        await self._change(member, session_epoch=t.members.c.session_epoch + 1)

    @override
    async def remove(self, member: Member, at: datetime) -> None:
        await self._change(member, is_host=False, removed_at=at, session_epoch=t.members.c.session_epoch + 1)

    @override
    async def readmit(self, member: Member) -> None:
        await self._change(member, removed_at=None)

    async def _change(self, member: Member, **values: Any) -> None:  # noqa: ANN401 - columns have different types
        await self._connection.execute(sa.update(t.members).where(_is(member)).values(values))


def _admission(row: Any) -> Admission:  # noqa: ANN401 - a row of members
    return Admission(
        member=Member(space_id=SpaceId(row.space_id), external_id=row.external_id, name=row.name),
        player_id=PlayerId(row.player_id),
        is_host=row.is_host,
        session_epoch=row.session_epoch,
        removed_at=row.removed_at,
    )


def _is(member: Member) -> sa.ColumnElement[bool]:
    return sa.and_(t.members.c.space_id == member.space_id, t.members.c.external_id == member.external_id)
