"""Store who may enter a space whose platform doesn't decide that; it is kept in columns of the members table."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.codes import ClassCode
from bot.domain.identity import Member, PlayerId, SpaceId
from bot.ports.admissions import Admission, Admissions
from bot.storage import tables as t

_NO_LINK = {"link_digest": None, "link_until": None}

_IS_HOST = sa.exists().where(
    t.hosts.c.space_id == t.members.c.space_id, t.hosts.c.account == t.members.c.external_id, t.hosts.c.channel == ""
)
_ADMISSIONS = sa.select(t.members, _IS_HOST.label("is_host"))
_OF_MEMBER = _ADMISSIONS.where(
    t.members.c.space_id == sa.bindparam("space"), t.members.c.external_id == sa.bindparam("account")
)
_HAD_HOST = sa.select(t.spaces.c.had_host).where(t.spaces.c.id == sa.bindparam("space"))
_CLASS_CODE = sa.select(t.spaces.c.class_code, t.spaces.c.class_code_until).where(
    t.spaces.c.id == sa.bindparam("space")
)


class SqlAdmissions(Admissions):
    """`bot.ports.Admissions` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def find(self, member: Member) -> Admission | None:
        this = {"space": member.space_id, "account": member.external_id}
        row = (await self._connection.execute(_OF_MEMBER, this)).one_or_none()
        return None if row is None else _admission(row)

    @override
    async def all(self, space_id: SpaceId) -> list[Admission]:
        theirs = _ADMISSIONS.where(t.members.c.space_id == space_id)
        return [_admission(row) for row in await self._connection.execute(theirs.order_by(t.members.c.external_id))]

    @override
    async def had_host(self, space_id: SpaceId) -> bool:
        return bool(await self._connection.scalar(_HAD_HOST, {"space": space_id}))

    @override
    async def class_code(self, space_id: SpaceId) -> ClassCode | None:
        row = (await self._connection.execute(_CLASS_CODE, {"space": space_id})).one()
        return None if row.class_code is None else ClassCode(letters=row.class_code, until=row.class_code_until)

    @override
    async def set_class_code(self, space_id: SpaceId, code: ClassCode | None) -> None:
        letters, until = (code.letters, code.until) if code else (None, None)
        values = {"class_code": letters, "class_code_until": until}
        await self._connection.execute(sa.update(t.spaces).where(t.spaces.c.id == space_id).values(values))

    @override
    async def end_sessions(self, member: Member) -> None:
        await self._change(member, session_epoch=t.members.c.session_epoch + 1, **_NO_LINK)

    @override
    async def remove(self, member: Member, at: datetime) -> None:
        ended = t.members.c.session_epoch + 1
        await self._change(member, removed_at=at, session_epoch=ended, **_NO_LINK)
        theirs = t.hosts.c.space_id == member.space_id, t.hosts.c.account == member.external_id
        await self._connection.execute(sa.delete(t.hosts).where(*theirs))

    @override
    async def set_link(self, member: Member, link: tuple[str, datetime] | None, *, epoch: int) -> bool:
        digest, until = link or (None, None)
        this = _is(member), t.members.c.session_epoch == epoch
        new = {"link_digest": digest, "link_until": until}
        return (await self._connection.execute(sa.update(t.members).where(*this).values(new))).rowcount > 0

    @override
    async def take_link(self, space_id: SpaceId, digest: str, now: datetime) -> Admission | None:
        columns = t.members.c
        this = columns.space_id == space_id, columns.link_digest == digest, columns.link_until > now
        row = (await self._connection.execute(_ADMISSIONS.where(*this).with_for_update(of=t.members))).one_or_none()
        if row is None:
            return None
        admission = replace(_admission(row), link_until=None)
        await self._change(admission.member, **_NO_LINK)
        return admission

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
        link_until=row.link_until,
    )


def _is(member: Member) -> sa.ColumnElement[bool]:
    return sa.and_(t.members.c.space_id == member.space_id, t.members.c.external_id == member.external_id)
