"""Find the questions that may be drawn, and how hard they are, with one query each for a bank of any size."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

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
    has, values = await _wanted(connection, which)
    query = _candidates(has, tells_at_once=which.tells_at_once, is_private=which.private_to is not None)
    found = await connection.execute(query, values | {"private_to": which.private_to})
    return list(map(Candidate._make, found.all()))  # all rows at once: one by one would take twice as long


async def topics(connection: AsyncConnection, space_id: SpaceId) -> list[str]:
    """See `bot.ports.Banks.topics`."""
    return await _topics(connection, *await _drawable(connection, space_id, None))


async def verdicts(connection: AsyncConnection, which: QuestionFilter) -> dict[QuestionId, Accuracy]:
    """See `bot.ports.Banks.verdicts`."""
    has, values = await _wanted(connection, which)
    rows = await connection.execute(_verdicts(has), values)
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


def of_its_league(space_id: SpaceId | sa.BindParameter[int]) -> sa.Select[tuple[int]]:
    """Select the spaces that share a leaderboard with a space, and this space itself."""
    league_id = sa.select(t.spaces.c.league_id).where(t.spaces.c.id == space_id).scalar_subquery()
    return sa.select(t.spaces.c.id).where(t.spaces.c.league_id == league_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Conditions:
    """Which conditions a query for questions has; the values are parameters, so that each query is built only once.

    Attributes:
        of_bank: only questions of a bank; else those of starter banks, or of all others.
        of_starters: whether starter banks are meant.
        of_topics: only questions of some topics.
        by_reaction: only questions that reactions can answer.
        scored: only questions that a series asks for points.
        of_difficulty: only questions of a difficulty.
    """

    of_bank: bool = False
    of_starters: bool = False
    of_topics: bool = False
    by_reaction: bool = False
    scored: bool = False
    of_difficulty: bool = False


_Values = dict[str, Any]
_SPACE: sa.BindParameter[int] = sa.bindparam("space")
_OPEN = (
    sa.select(t.questions.c.id)
    .join_from(t.questions, t.banks)
    .where(t.questions.c.status == "ready", is_open_to(_SPACE))
)
_IMPORTED = _OPEN.where(~t.banks.c.starter).limit(1)


async def _wanted(connection: AsyncConnection, which: QuestionFilter) -> tuple[_Conditions, _Values]:
    """Return how to select the ready questions that have the wanted bank, topic, difficulty and kinds."""
    has, values = await _drawable(connection, which.space_id, which.bank)
    if which.topic is not None:
        folded = which.topic.casefold()  # SQLite changes the case of ASCII letters only
        some = [topic for topic in await _topics(connection, has, values) if topic.casefold() == folded]
        has, values = replace(has, of_topics=True), values | {"topics": some}
    if which.difficulty is not None:
        has, values = replace(has, of_difficulty=True), values | {"difficulty": which.difficulty.lower()}
    return replace(has, by_reaction=which.by_reaction, scored=which.scored_in_series), values


async def _drawable(connection: AsyncConnection, space_id: SpaceId, bank: str | None) -> tuple[_Conditions, _Values]:
    """Return how to select the ready questions of one bank, or of all; starter banks only if no other is ready."""
    if bank is not None:
        return _Conditions(of_bank=True), {"space": space_id, "bank": bank.casefold()}
    imported = await connection.scalar(_IMPORTED, {"space": space_id})
    return _Conditions(of_starters=imported is None), {"space": space_id}


async def _topics(connection: AsyncConnection, has: _Conditions, values: _Values) -> list[str]:
    found = (await connection.scalars(_topics_of(has), values)).all()
    return sorted(topic for topic in found if topic)


@cache
def _ready(has: _Conditions) -> sa.Select[tuple[int]]:
    starter = t.banks.c.starter if has.of_starters else ~t.banks.c.starter
    ready = _OPEN.where(t.banks.c.id == bank_named(sa.bindparam("bank"), _SPACE) if has.of_bank else starter)
    if has.of_topics:
        ready = ready.where(t.questions.c.topic.in_(sa.bindparam("topics")))
    if has.by_reaction:
        ready = ready.where(t.questions.c.kind.in_([kind.name for kind in KINDS.values() if kind.takes_reactions]))
    if has.scored:
        ready = ready.where(KIND_IN_SERIES.in_([one.name for one in KINDS.values() if one.scored]))
    if has.of_difficulty:
        ready = ready.where(t.questions.c.difficulty == sa.bindparam("difficulty"))
    return ready


@cache
def _topics_of(has: _Conditions) -> sa.Select[tuple[str | None]]:
    topic = t.questions.c.topic
    return _ready(has).with_only_columns(topic).where(topic.is_not(None)).distinct()


@cache
def _candidates(has: _Conditions, *, tells_at_once: bool, is_private: bool) -> sa.Select[tuple[Any, ...]]:
    ready = _ready(has)
    if tells_at_once:
        kept_back = sa.exists().where(
            t.rounds.c.question_id == t.questions.c.id,
            t.rounds.c.space_id.in_(of_its_league(_SPACE)),
            t.rounds.c.closed_at.is_(None),
            t.rounds.c.reveal == Reveal.AT_CLOSE,
        )
        ready = ready.where(~kept_back)
    last_asked = (
        sa.select(sa.func.max(t.rounds.c.opened_at))
        .where(t.rounds.c.question_id == t.questions.c.id, t.rounds.c.space_id == _SPACE)
        .scalar_subquery()
    )
    seen: sa.ColumnElement[bool] = t.rounds.c.private_to.is_(None)
    if is_private:
        seen = sa.or_(seen, t.rounds.c.private_to == sa.bindparam("private_to"))
    came = sa.exists().where(t.rounds.c.question_id == _before.c.id, t.rounds.c.space_id == _SPACE, seen)
    waits = sa.and_(_before.c.id.is_not(None), ~came)
    return (
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


@cache
def _verdicts(has: _Conditions) -> sa.Select[tuple[int, int, int]]:
    unnamed = _ready(has).where(t.questions.c.difficulty.is_(None)).subquery()
    return (
        sa.select(unnamed.c.id, sa.func.sum(sa.case((t.answers.c.correct, 1), else_=0)), sa.func.count())
        .join_from(unnamed, t.rounds, t.rounds.c.question_id == unnamed.c.id)
        .join(t.answers, t.answers.c.round_id == t.rounds.c.id)
        .where(t.answers.c.correct.is_not(None))
        .group_by(unnamed.c.id)
    )
