"""Who may enter: the columns of members that the door reads."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import Member, PlayerId, SpaceId
from bot.ports.admissions import Admission
from bot.storage import tables as t


class SqlAdmissions:
    """`bot.ports.Admissions` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, member: Member) -> Admission | None:
        """One member; None where nobody has that id in the space."""
        row = (await self._connection.execute(sa.select(t.members).where(_is(member)))).one_or_none()
        return None if row is None else _admission(row)

    async def all(self, space_id: SpaceId) -> list[Admission]:
        """The members of a space by name, those who were removed among them."""
        theirs = sa.select(t.members).where(t.members.c.space_id == space_id)
        return [_admission(row) for row in await self._connection.execute(theirs.order_by(t.members.c.external_id))]

    async def set_host(self, member: Member, *, is_host: bool) -> None:
        """Give or take the right to set up and decide in the space."""
        await self._change(member, is_host=is_host)
        if is_host:
            space = t.spaces.c.id == member.space_id
            await self._connection.execute(sa.update(t.spaces).where(space).values(had_host=True))

    async def had_host(self, space_id: SpaceId) -> bool:
        """Whether anybody was ever host of a space: whoever joins afterwards isn't host for being the first."""
        return bool(await self._connection.scalar(sa.select(t.spaces.c.had_host).where(t.spaces.c.id == space_id)))

    async def end_sessions(self, member: Member) -> None:
        """Let all sessions of a member be over, in every process."""
        await self._change(member, session_epoch=t.members.c.session_epoch + 1)

    async def remove(self, member: Member, at: datetime) -> None:
        """End a member's sessions and take the host's right; the name and the answers stay."""
        await self._change(member, is_host=False, removed_at=at, session_epoch=t.members.c.session_epoch + 1)

    async def readmit(self, member: Member) -> None:
        """Let a member who was removed in again."""
        await self._change(member, removed_at=None)

    async def _change(self, member: Member, **values: Any) -> None:  # noqa: ANN401 - values of columns
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
