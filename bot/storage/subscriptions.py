"""Storage of subscriptions."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import Member, SpaceId
from bot.domain.rounds import Round
from bot.domain.subscriptions import MOST_REFUSED, Subject, Subscription
from bot.ports.subscriptions import Subscriptions
from bot.storage import tables as t
from bot.storage.upsert import insert

_COLUMNS = t.subscriptions.c


class SqlSubscriptions(Subscriptions):
    """`bot.ports.Subscriptions` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def add(self, subscription: Subscription) -> None:
        chosen = {"language": subscription.language, "refused": subscription.refused}
        row = insert(self._connection, t.subscriptions).values({**_key(subscription), **chosen})
        await self._connection.execute(row.on_conflict_do_update(index_elements=[*_KEY], set_=chosen))

    @override
    async def remove(self, member: Member, subject: Subject) -> bool:
        this = sa.delete(t.subscriptions).where(*_of(member.space_id, member.external_id), _COLUMNS.subject == subject)
        return (await self._connection.execute(this)).rowcount > 0

    @override
    async def of(self, member: Member) -> list[Subscription]:
        theirs = _of(member.space_id, member.external_id)
        rows = await self._connection.execute(sa.select(t.subscriptions).where(*theirs).order_by(_COLUMNS.subject))
        return [_subscription(row) for row in rows]

    @override
    async def has(self, space_id: SpaceId, subject: Subject) -> bool:
        here = sa.exists().where(_COLUMNS.space_id == space_id, _COLUMNS.subject == subject)
        return bool(await self._connection.scalar(sa.select(here)))

    @override
    async def unhandled(self, space_id: SpaceId, subject: Subject, day: date, limit: int) -> list[Subscription]:
        rows = await self._connection.execute(_unhandled(space_id, subject, day).limit(limit))
        return [_subscription(row) for row in rows]

    @override
    async def to_remind(self, round_: Round, day: date, since: datetime, limit: int) -> list[Subscription]:
        asked = (
            t.rounds.c.league_id == round_.league_id,  # by its index
            t.rounds.c.opened_at >= since,
            t.rounds.c.space_id == round_.space_id,
            t.rounds.c.channel == round_.channel,
            t.rounds.c.private_to.is_(None),
        )
        theirs = t.members.c.space_id == _COLUMNS.space_id, t.members.c.external_id == _COLUMNS.account
        given = t.answers.c.player_id == t.members.c.player_id, t.answers.c.round_id == t.rounds.c.id
        plays = sa.exists().where(*theirs, *given, *asked)
        unhandled = _unhandled(round_.space_id, Subject.REMINDERS, day)
        rows = await self._connection.execute(unhandled.where(plays).limit(limit))
        return [_subscription(row) for row in rows]

    @override
    async def handled(self, subscription: Subscription, day: date) -> bool:
        this = sa.update(t.subscriptions).filter_by(**_key(subscription))
        return (await self._connection.execute(this.values(handled_on=day))).rowcount > 0

    @override
    async def refused(self, space_id: SpaceId, account: str) -> None:
        theirs = sa.update(t.subscriptions).where(*_of(space_id, account))
        await self._connection.execute(theirs.values(refused=_COLUMNS.refused + 1))

    @override
    async def reached(self, space_id: SpaceId, account: str) -> None:
        theirs = sa.update(t.subscriptions).where(*_of(space_id, account), _COLUMNS.refused > 0)
        await self._connection.execute(theirs.values(refused=0))


_KEY = ("space_id", "account", "subject")


def _key(subscription: Subscription) -> dict[str, object]:
    return {name: getattr(subscription, name) for name in _KEY}


def _unhandled(space_id: SpaceId, subject: Subject, day: date) -> sa.Select[tuple[object, ...]]:
    here = _COLUMNS.space_id == space_id, _COLUMNS.subject == subject, _COLUMNS.refused < MOST_REFUSED
    still = sa.or_(_COLUMNS.handled_on.is_(None), _COLUMNS.handled_on < day)
    return sa.select(t.subscriptions).where(*here, still).order_by(_COLUMNS.account)


def _of(space_id: SpaceId, account: str) -> tuple[sa.ColumnElement[bool], ...]:
    return _COLUMNS.space_id == space_id, _COLUMNS.account == account


def _subscription(row: sa.Row[tuple[object, ...]]) -> Subscription:
    r = row._mapping
    return Subscription(
        space_id=SpaceId(r["space_id"]),
        account=r["account"],
        subject=Subject(r["subject"]),
        language=r["language"],
        refused=r["refused"],
    )
