"""Remember deleted accounts for a while, by digest, so that nothing they did before brings them back.

A transaction that stores something about an account that acts holds the account first. On PostgreSQL a deletion then
waits for that transaction, or the transaction sees the deletion. On SQLite, only one transaction writes at a time.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.answers import SubmitAnswer
from bot.domain.deletions import Outdated, digest
from bot.domain.identity import Member, SpaceId
from bot.domain.rounds import AnswerWith
from bot.domain.settling import Deletions, MemberKey
from bot.storage import tables as t
from bot.storage.linking import lock_players
from bot.storage.parts import parts
from bot.storage.upsert import replacing

_LOCKS = 64
"""How many locks all accounts share: a batch with a thousand new people must not need a thousand."""
_LOCK_SPACE = 35
"""The first of the two numbers of such a lock, which nothing else in the database uses."""
_NEWEST = sa.select(sa.func.max(t.deletions.c.at))
_LOCK = sa.bindparam("lock", type_=sa.Integer)
_HOLD = sa.select(sa.func.pg_advisory_xact_lock_shared(_LOCK_SPACE, _LOCK))
_DELETE = sa.select(sa.func.pg_advisory_xact_lock(_LOCK_SPACE, _LOCK))


async def hold(connection: AsyncConnection, accounts: Collection[MemberKey]) -> None:
    """Keep accounts from being deleted until this transaction ends; deletions that came first are visible then."""
    await _lock(connection, accounts, _HOLD)


async def _lock(connection: AsyncConnection, accounts: Collection[MemberKey], how: sa.Select[tuple[object]]) -> None:
    if connection.dialect.name != "sqlite":
        for lock in sorted({int(digest(*account)[:8], 16) % _LOCKS for account in accounts}):
            await connection.execute(how, {"lock": lock})


async def remember(connection: AsyncConnection, member: Member, at: datetime) -> None:
    """Record that an account is being deleted; the first step of the transaction that deletes it."""
    this = t.members.c.space_id == member.space_id, t.members.c.external_id == member.external_id
    player = await connection.scalar(sa.select(t.members.c.player_id).where(*this))
    if player is not None:  # locked first, as by answers, which hold an account only after locking their round
        await lock_players(connection, [player])
    await _lock(connection, [member.account], _DELETE)
    row = {"space_id": member.space_id, "digest": digest(*member.account), "at": at}
    await connection.execute(replacing(connection, t.deletions), row)


async def refuse_outdated(connection: AsyncConnection, member: Member) -> None:
    """Raise `Outdated` if an account was deleted since it acted; else hold it until this transaction ends."""
    if member.acted_at is None:
        return
    await hold(connection, [member.account])
    this = t.deletions.c.space_id == member.space_id, t.deletions.c.digest == digest(*member.account)
    if await connection.scalar(sa.select(t.deletions.c.at).where(*this, t.deletions.c.at > member.acted_at)):
        raise Outdated


async def deletions_of(connection: AsyncConnection, batch: Sequence[SubmitAnswer]) -> Deletions:
    """Return when accounts of a batch were deleted, for those that may have been deleted after they answered."""
    accounts = suspects(batch, await connection.scalar(_NEWEST))
    found: dict[MemberKey, datetime] = {}
    for some in parts(list(accounts)):
        rows = sa.select(t.deletions).where(sa.tuple_(t.deletions.c.space_id, t.deletions.c.digest).in_(some))
        found |= {accounts[row.space_id, row.digest]: row.at for row in await connection.execute(rows)}
    return found


def suspects(batch: Sequence[SubmitAnswer], newest: datetime | None) -> Mapping[tuple[SpaceId, str], MemberKey]:
    """Return the accounts, by space and digest, that answered before ``newest``, when an account was last deleted."""
    late = {one.member.account for one in batch if one.is_outdated(newest)}
    return {(account[0], digest(*account)): account for account in late}


async def drop_deletions(connection: AsyncConnection, before: datetime) -> None:
    """Forget deletions from before a moment, unless older reactions to an open question may still be read there."""
    rounds = t.rounds.c
    is_open = rounds.space_id == t.deletions.c.space_id, rounds.closed_at.is_(None)
    older = rounds.answer_with == AnswerWith.REACTIONS, rounds.opened_at < t.deletions.c.at
    await connection.execute(
        sa.delete(t.deletions).where(t.deletions.c.at < before, ~sa.exists().where(*is_open, *older))
    )
