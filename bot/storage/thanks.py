"""Storage of what members are thanked for."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import Member, PlayerId, QuestionId, SpaceId
from bot.domain.thanks import Deed, Thanked
from bot.ports import Thanks
from bot.storage import tables as t
from bot.storage.upsert import insert

_KEY = ("space_id", "account", "deed", "question_id")


class SqlThanks(Thanks):
    """`bot.ports.Thanks` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def add(self, member: Member, deed: Deed, question_id: QuestionId, at: datetime) -> None:
        row = insert(self._connection, t.thanks).values(
            space_id=member.space_id, account=member.external_id, deed=deed, question_id=question_id, at=at
        )
        await self._connection.execute(row.on_conflict_do_update(index_elements=[*_KEY], set_={"at": at}))

    @override
    async def between(self, space_id: SpaceId, since: datetime, until: datetime) -> list[Thanked]:
        account = sa.and_(t.members.c.space_id == t.thanks.c.space_id, t.members.c.external_id == t.thanks.c.account)
        numbers = (sa.func.sum(sa.case((t.thanks.c.deed == deed, 1), else_=0)).label(deed) for deed in Deed)
        rows = await self._connection.execute(
            sa.select(t.players.c.id, t.players.c.name, *numbers)
            .select_from(t.thanks.join(t.members, account).join(t.players, t.players.c.id == t.members.c.player_id))
            .where(t.thanks.c.space_id == space_id, t.thanks.c.at >= since, t.thanks.c.at < until)
            .group_by(t.players.c.id, t.players.c.name)
        )
        found = [
            Thanked(player_id=PlayerId(row.id), name=row.name, suggested=int(row.suggested), improved=int(row.improved))
            for row in rows
        ]
        return sorted(found, key=lambda one: (-one.suggested - one.improved, one.name.casefold(), one.player_id))

    @override
    async def of(self, member: Member) -> list[tuple[datetime, Deed, QuestionId]]:
        theirs = t.thanks.c.space_id == member.space_id, t.thanks.c.account == member.external_id
        rows = await self._connection.execute(sa.select(t.thanks).where(*theirs).order_by(t.thanks.c.at))
        return [(row.at, Deed(row.deed), QuestionId(row.question_id)) for row in rows]

    @override
    async def drop(self, space_id: SpaceId, before: datetime) -> None:
        await self._connection.execute(
            sa.delete(t.thanks).where(t.thanks.c.space_id == space_id, t.thanks.c.at < before)
        )
