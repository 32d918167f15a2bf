"""Find the questions that may be drawn, and how hard they are, with one query each for a bank of any size."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.accuracy import Accuracy
from bot.domain.identity import QuestionId, SpaceId
from bot.domain.kinds import KINDS
from bot.domain.question_draw import Candidate
from bot.domain.rounds import Reveal
from bot.ports import QuestionFilter
from bot.storage import tables as t

KIND_IN_SERIES = sa.func.coalesce(t.questions.c.series_kind, t.questions.c.kind)
"""The kind as which a series asks a question."""

_before = t.questions.alias("before")


async def candidates(connection: AsyncConnection, which: QuestionFilter) -> list[Candidate]:
    """See `bot.ports.Banks.candidates`."""
    ready = await _wanted(connection, which)
    if which.tells_at_once:
        kept_back = sa.exists().where(
            t.rounds.c.question_id == t.questions.c.id,
            t.rounds.c.space_id.in_(of_its_league(which.space_id)),
            t.rounds.c.closed_at.is_(None),
            t.rounds.c.reveal == Reveal.AT_CLOSE,
        )
        ready = ready.where(~kept_back)
    last_asked = (
        sa.select(sa.func.max(t.rounds.c.opened_at))
        .where(t.rounds.c.question_id == t.questions.c.id, t.rounds.c.space_id == which.space_id)
        .scalar_subquery()
    )
    seen: sa.ColumnElement[bool] = t.rounds.c.private_to.is_(None)
    if which.private_to is not None:
        seen = sa.or_(seen, t.rounds.c.private_to == which.private_to)
    came = sa.exists().where(t.rounds.c.question_id == _before.c.id, t.rounds.c.space_id == which.space_id, seen)
    waits = sa.and_(_before.c.id.is_not(None), ~came)
    found = await connection.execute(
        ready.outerjoin(_before, t.questions.c.after_id == _before.c.id)
        .add_columns(
            last_asked,
            t.questions.c.topic,
            t.questions.c.difficulty,
            sa.case((waits, _before.c.id)),
            sa.and_(waits, _before.c.status != "ready"),
        )
        .order_by(t.questions.c.id)
    )
    return list(map(Candidate._make, found.all()))  # all rows at once: one by one would take twice as long


async def topics(connection: AsyncConnection, space_id: SpaceId) -> list[str]:
    """See `bot.ports.Banks.topics`."""
    return await _topics(connection, await _drawable(connection, space_id, None))


async def verdicts(connection: AsyncConnection, which: QuestionFilter) -> dict[QuestionId, Accuracy]:
    """See `bot.ports.Banks.verdicts`."""
    unnamed = (await _wanted(connection, which)).where(t.questions.c.difficulty.is_(None)).subquery()
    rows = await connection.execute(
        sa.select(unnamed.c.id, sa.func.sum(sa.case((t.answers.c.correct, 1), else_=0)), sa.func.count())
        .join_from(unnamed, t.rounds, t.rounds.c.question_id == unnamed.c.id)
        .join(t.answers, t.answers.c.round_id == t.rounds.c.id)
        .where(t.answers.c.correct.is_not(None))
        .group_by(unnamed.c.id)
    )
    return {QuestionId(number): Accuracy(right=int(right), answered=answered) for number, right, answered in rows}


def is_open_to(space_id: SpaceId | sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    """Whether a bank is the space's own or the operator's."""
    return sa.or_(t.banks.c.space_id.is_(None), t.banks.c.space_id == space_id)


def bank_named(
    folded: str | sa.BindParameter[str], space_id: SpaceId | sa.BindParameter[int] | None
) -> sa.ScalarSelect[int]:
    """Select the id of the bank that a space means by a case-folded name: its own, else the operator's (None: that)."""
    seen = t.banks.c.space_id.is_(None) if space_id is None else is_open_to(space_id)
    named = sa.select(t.banks.c.id).where(t.banks.c.folded_name == folded, seen)
    return named.order_by(t.banks.c.space_id.is_(None)).limit(1).correlate(None).scalar_subquery()


def of_its_league(space_id: SpaceId) -> sa.Select[tuple[int]]:
    """Select the spaces that share a leaderboard with a space, and this space itself."""
    league_id = sa.select(t.spaces.c.league_id).where(t.spaces.c.id == space_id).scalar_subquery()
    return sa.select(t.spaces.c.id).where(t.spaces.c.league_id == league_id)


async def _wanted(connection: AsyncConnection, which: QuestionFilter) -> sa.Select[tuple[int]]:
    """Select the ready questions that have the wanted bank, topic, difficulty and kinds."""
    ready = await _drawable(connection, which.space_id, which.bank)
    if which.topic is not None:
        folded = which.topic.casefold()  # SQLite changes the case of ASCII letters only
        some = [topic for topic in await _topics(connection, ready) if topic.casefold() == folded]
        ready = ready.where(t.questions.c.topic.in_(some))
    if which.by_reaction:
        ready = ready.where(t.questions.c.kind.in_([kind.name for kind in KINDS.values() if kind.takes_reactions]))
    if which.scored_in_series:
        ready = ready.where(KIND_IN_SERIES.in_([one.name for one in KINDS.values() if one.scored]))
    if which.difficulty is not None:
        ready = ready.where(t.questions.c.difficulty == which.difficulty.lower())
    return ready


async def _drawable(connection: AsyncConnection, space_id: SpaceId, bank: str | None) -> sa.Select[tuple[int]]:
    """Select the ready questions of one bank, or of all open to a space; starter banks only if no other is ready."""
    ready = (
        sa.select(t.questions.c.id)
        .join_from(t.questions, t.banks)
        .where(t.questions.c.status == "ready", is_open_to(space_id))
    )
    if bank is not None:
        return ready.where(t.banks.c.id == bank_named(bank.casefold(), space_id))
    imported = await connection.scalar(ready.where(~t.banks.c.starter).limit(1))
    return ready.where(t.banks.c.starter if imported is None else ~t.banks.c.starter)


async def _topics(connection: AsyncConnection, ready: sa.Select[tuple[int]]) -> list[str]:
    found: Sequence[str | None] = (
        await connection.scalars(
            ready.with_only_columns(t.questions.c.topic).where(t.questions.c.topic.is_not(None)).distinct()
        )
    ).all()
    return sorted(topic for topic in found if topic)
