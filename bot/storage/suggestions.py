"""Storage of questions that people wrote, and that aren't in a bank yet."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import Member, SpaceId, SuggestionId
from bot.domain.suggestions import Suggestion
from bot.domain.writing import Part, Written
from bot.ports import Suggestions
from bot.storage import tables as t


class SqlSuggestions(Suggestions):
    """`bot.ports.Suggestions` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def add(self, suggestion: Suggestion) -> None:
        row = {
            "id": suggestion.id,
            "space_id": suggestion.space_id,
            "account": suggestion.account,
            "channel": suggestion.channel,
            "at": suggestion.at,
            "waits": suggestion.waits,
            **{part.value: text for part, text in suggestion.written.parts()},
        }
        await self._connection.execute(sa.insert(t.suggestions).values(row))

    @override
    async def waiting(self, space_id: SpaceId) -> list[Suggestion]:
        return await self._some(t.suggestions.c.space_id == space_id, t.suggestions.c.waits)

    @override
    async def of(self, member: Member) -> list[Suggestion]:
        return await self._some(*_by(member))

    @override
    async def find(self, suggestion_id: SuggestionId) -> Suggestion | None:
        return next(iter(await self._some(t.suggestions.c.id == suggestion_id)), None)

    @override
    async def take(self, space_id: SpaceId, suggestion_id: SuggestionId) -> Suggestion | None:
        this = t.suggestions.c.id == suggestion_id, t.suggestions.c.space_id == space_id, t.suggestions.c.waits
        found = next(iter(await self._some(*this)), None)
        deleted = await self._connection.execute(sa.delete(t.suggestions).where(*this))
        return found if deleted.rowcount else None

    @override
    async def drop_unfinished(self, member: Member, suggestion_id: SuggestionId) -> None:
        this = t.suggestions.c.id == suggestion_id, *_by(member), ~t.suggestions.c.waits
        await self._connection.execute(sa.delete(t.suggestions).where(*this))

    @override
    async def forget_unfinished(self, before: datetime) -> None:
        old = ~t.suggestions.c.waits, t.suggestions.c.at < before
        await self._connection.execute(sa.delete(t.suggestions).where(*old))

    async def _some(self, *where: sa.ColumnElement[bool]) -> list[Suggestion]:
        rows = await self._connection.execute(sa.select(t.suggestions).where(*where).order_by(t.suggestions.c.id))
        return [_suggestion(row) for row in rows]


def _by(member: Member) -> tuple[sa.ColumnElement[bool], ...]:
    return t.suggestions.c.space_id == member.space_id, t.suggestions.c.account == member.external_id


def _suggestion(row: sa.Row[tuple[object, ...]]) -> Suggestion:
    r = row._mapping
    return Suggestion(
        id=SuggestionId(r["id"]),
        space_id=SpaceId(r["space_id"]),
        account=r["account"],
        channel=r["channel"],
        at=r["at"],
        waits=r["waits"],
        written=Written(**{part.value: r[part.value] for part in Part}),
    )
