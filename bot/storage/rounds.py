"""Storage of rounds."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import ChoiceId, LeagueId, QuestionId, RoundId, SeriesId, SpaceId
from bot.domain.question_draw import Candidate
from bot.domain.responses import Key
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.ports import QuestionFigures, Rounds, SharedQuestion
from bot.storage import tables as t
from bot.storage.question_draw import of_its_league
from bot.storage.responses import columns, is_given, key_in
from bot.storage.slices import in_slices
from bot.storage.upsert import insert


class SqlRounds(Rounds):
    """`bot.ports.Rounds` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def add(self, round_: Round) -> None:
        await self._connection.execute(sa.insert(t.rounds), _row(round_))

    @override
    async def find(self, round_id: RoundId) -> Round | None:
        found = await self._some(_THIS, this=round_id)
        return found[0] if found else None

    @override
    async def lock_if_there(self, round_id: RoundId) -> Round | None:
        return (await self.lock_all([round_id])).get(round_id)

    async def lock_all(self, round_ids: Collection[RoundId]) -> dict[RoundId, Round]:
        """Lock several rounds, always in the same order."""
        found = await self._some(_LOCKED, these=list(round_ids))
        return {round_.id: round_ for round_ in found}

    @override
    async def end(self, round_id: RoundId, at: datetime) -> None:
        later = sa.or_(t.rounds.c.closes_at.is_(None), t.rounds.c.closes_at > at)
        still_open = t.rounds.c.closed_at.is_(None)
        await self._connection.execute(
            sa.update(t.rounds).where(t.rounds.c.id == round_id, still_open, later).values(closes_at=at)
        )

    @override
    async def save_closed(self, round_id: RoundId, at: datetime) -> None:
        await self._connection.execute(sa.update(t.rounds).where(t.rounds.c.id == round_id).values(closed_at=at))

    @override
    async def save_key(self, round_id: RoundId, key: Key) -> None:
        number, text = columns(key.stored)
        this = t.rounds.c.id == round_id
        await self._connection.execute(sa.update(t.rounds).where(this).values(key=number, key_text=text))

    async def with_speed(self) -> list[Round]:
        """Return the rounds in which a quick right answer earns a bonus."""
        return await self._some(sa.select(t.rounds).where(t.rounds.c.speed).order_by(t.rounds.c.id))

    @override
    async def of_question(self, question_id: QuestionId) -> list[Round]:
        return await self._some(_OF_QUESTION, question=question_id)

    @override
    async def is_being_asked(self, question_id: QuestionId, space_id: SpaceId) -> bool:
        return bool(await self._connection.scalar(sa.select(being_asked(sa.literal(question_id), space_id))))

    @override
    async def open_of_series(self, series_id: SeriesId) -> list[Round]:
        return await self._some(_OPEN_OF_SERIES, series=series_id)

    @override
    async def open_in(self, space_id: SpaceId, channel: str | None = None) -> list[Round]:
        if channel is None:
            return await self._some(_OPEN_IN_SPACE, space=space_id)
        return await self._some(_OPEN_IN_CHANNEL, space=space_id, channel=channel)

    @override
    async def open_with_reactions(self, adapter: str) -> list[RoundId]:
        rows = await self._connection.scalars(
            sa.select(t.rounds.c.id)
            .join_from(t.rounds, t.spaces, t.rounds.c.space_id == t.spaces.c.id)
            .where(
                t.rounds.c.closed_at.is_(None),
                t.rounds.c.answer_with == AnswerWith.REACTIONS,
                t.spaces.c.adapter == adapter,
            )
            .order_by(t.rounds.c.id)
        )
        return [RoundId(round_id) for round_id in rows]

    @override
    async def asked_on(self, series_id: SeriesId, due_on: date) -> bool:
        found = await self._connection.scalar(
            sa.select(t.rounds.c.id).where(t.rounds.c.series_id == series_id, t.rounds.c.due_on == due_on)
        )
        return found is not None

    @override
    async def asked_in(self, series_id: SeriesId) -> int:
        return await self._connection.scalar(_ASKED_IN, {"series": series_id}) or 0

    @override
    async def shared(self, league_id: LeagueId, name: str, due_on: date) -> SharedQuestion | None:
        this = t.shared_questions.c.league_id == league_id, t.shared_questions.c.name == name
        row = (
            await self._connection.execute(
                sa.select(t.shared_questions).where(*this, t.shared_questions.c.due_on == due_on)
            )
        ).one_or_none()
        return SharedQuestion(**row._mapping) if row else None

    @override
    async def share(self, question: SharedQuestion) -> SharedQuestion:
        await self._connection.execute(
            insert(self._connection, t.shared_questions).values(asdict(question)).on_conflict_do_nothing()
        )
        return await self.shared(question.league_id, question.name, question.due_on) or question

    @override
    async def drawn_in(self, series_id: SeriesId) -> list[Candidate]:
        rows = await self._connection.execute(_DRAWN_IN, {"series": series_id})
        return [Candidate(*row) for row in rows]

    @override
    async def due_to_close(self, now: datetime, adapters: Collection[str]) -> list[RoundId]:
        due = {"now": now, "adapters": list(adapters)}
        return await in_slices(self._connection, _DUE_TO_CLOSE, due, RoundId)

    @override
    async def set_remind_at(self, round_id: RoundId, at: datetime | None) -> None:
        await self._connection.execute(sa.update(t.rounds).where(t.rounds.c.id == round_id).values(remind_at=at))

    @override
    async def due_to_remind(self, now: datetime, adapters: Collection[str], limit: int) -> list[RoundId]:
        due = (
            sa.select(t.rounds.c.id)
            .join_from(t.rounds, t.spaces, t.rounds.c.space_id == t.spaces.c.id)
            .where(t.rounds.c.remind_at <= now, t.spaces.c.adapter.in_(adapters))
            .order_by(t.rounds.c.remind_at)
        )
        return [RoundId(round_id) for round_id in await self._connection.scalars(due.limit(limit))]

    @override
    async def first_opened(self, league_id: LeagueId) -> datetime | None:
        first = sa.select(sa.func.min(t.rounds.c.opened_at)).where(t.rounds.c.league_id == league_id)
        opened: datetime | None = await self._connection.scalar(first)
        return opened

    @override
    async def figures(self, league_id: LeagueId, since: datetime, until: datetime, limit: int) -> list[QuestionFigures]:
        latest = _closed_in_public(league_id, since, until).limit(limit).subquery()
        right = sa.func.sum(sa.case((t.answers.c.correct, 1), else_=0))
        answered = sa.func.count(t.answers.c.correct)
        figures = (
            sa.select(
                latest.c.question_id,
                sa.func.max(latest.c.id).label("round_id"),
                sa.func.max(latest.c.opened_at).label("opened_at"),
                sa.func.count(latest.c.id.distinct()).label("asked"),
                sa.cast(right, sa.Integer).label("right"),
                answered.label("answered"),
            )
            .select_from(latest.outerjoin(t.answers, t.answers.c.round_id == latest.c.id))
            .group_by(latest.c.question_id)
            .subquery()
        )
        current = sa.and_(
            t.revisions.c.question_id == t.questions.c.id, t.revisions.c.revision == t.questions.c.revision
        )
        rows = await self._connection.execute(
            sa.select(figures, t.revisions.c.stem, t.questions.c.topic).select_from(
                figures.join(t.questions, t.questions.c.id == figures.c.question_id).join(t.revisions, current)
            )
        )
        found = [QuestionFigures(**row._mapping) for row in rows]
        return sorted(found, key=lambda f: (f.answered == 0, f.right / f.answered if f.answered else 0, f.question_id))

    @override
    async def answered(self, round_ids: Collection[RoundId]) -> dict[RoundId, int]:
        rows = await self._connection.execute(_ANSWERED, {"these": list(round_ids)})
        return dict.fromkeys(round_ids, 0) | {RoundId(round_id): count for round_id, count in rows}

    async def _some(self, query: sa.Select[tuple[object, ...]], **values: object) -> list[Round]:
        return [_round(row) for row in await self._connection.execute(query, values)]


_ROUND = sa.select(t.rounds).order_by(t.rounds.c.id)
_THIS = sa.select(t.rounds).where(t.rounds.c.id == sa.bindparam("this"))
_LOCKED = _ROUND.where(t.rounds.c.id.in_(sa.bindparam("these"))).with_for_update()
_OF_QUESTION = _ROUND.where(t.rounds.c.question_id == sa.bindparam("question"))
_OPEN_OF_SERIES = sa.select(t.rounds).where(
    t.rounds.c.series_id == sa.bindparam("series"), t.rounds.c.closed_at.is_(None)
)
_OPEN_IN_SPACE = _ROUND.where(t.rounds.c.space_id == sa.bindparam("space"), t.rounds.c.closed_at.is_(None))
_OPEN_IN_CHANNEL = _OPEN_IN_SPACE.where(t.rounds.c.channel == sa.bindparam("channel"))
_ASKED_IN = sa.select(sa.func.count()).select_from(t.rounds).where(t.rounds.c.series_id == sa.bindparam("series"))
_DRAWN_IN = (
    sa.select(t.questions.c.id, t.rounds.c.opened_at, t.questions.c.topic, t.questions.c.difficulty)
    .join_from(t.rounds, t.questions)
    .where(t.rounds.c.series_id == sa.bindparam("series"))
    .order_by(t.rounds.c.id)
)
_DUE_TO_CLOSE = (
    sa.select(t.rounds.c.id)
    .join_from(t.rounds, t.spaces, t.rounds.c.space_id == t.spaces.c.id)
    .where(
        t.rounds.c.closed_at.is_(None),
        t.rounds.c.closes_at <= sa.bindparam("now"),
        t.spaces.c.adapter.in_(sa.bindparam("adapters")),
    )
)
_ANSWERED = (
    sa.select(t.answers.c.round_id, sa.func.count())
    .where(t.answers.c.round_id.in_(sa.bindparam("these")), is_given)
    .group_by(t.answers.c.round_id)
)


def being_asked(question_id: sa.ColumnElement[int], space_id: SpaceId) -> sa.ColumnElement[bool]:
    """Whether a round with a question is open in the league of a space."""
    asked = t.rounds.alias("asked")
    league = asked.c.space_id.in_(of_its_league(space_id))
    return sa.exists().where(asked.c.question_id == question_id, league, asked.c.closed_at.is_(None))


def _closed_in_public(league_id: LeagueId, since: datetime, until: datetime) -> sa.Select[tuple[int, int, datetime]]:
    """Select a league's closed public rounds between two moments, latest first."""
    return (
        sa.select(t.rounds.c.id, t.rounds.c.question_id, t.rounds.c.opened_at)
        .where(
            t.rounds.c.league_id == league_id,
            t.rounds.c.opened_at >= since,
            t.rounds.c.opened_at < until,
            t.rounds.c.closed_at.is_not(None),
            t.rounds.c.private_to.is_(None),
        )
        .order_by(t.rounds.c.id.desc())
    )


def _round(row: sa.Row[tuple[object, ...]]) -> Round:
    r = row._mapping
    return Round(
        id=RoundId(r["id"]),
        space_id=r["space_id"],
        league_id=r["league_id"],
        channel=r["channel"],
        question_id=QuestionId(r["question_id"]),
        revision=r["revision"],
        key=key_in(r["kind"], r["key"], r["key_text"]),
        select="all" if r["selects"] is None else r["selects"],
        order=tuple(ChoiceId(choice) for choice in r["shown_order"]),
        reveal=Reveal(r["reveal"]),
        answer_with=AnswerWith(r["answer_with"]),
        opened_at=r["opened_at"],
        closes_at=r["closes_at"],
        closed_at=r["closed_at"],
        series_id=r["series_id"],
        night_id=r["night_id"],
        due_on=r["due_on"],
        private_to=r["private_to"],
        shared_id=r["shared_id"],
        number=r["number"],
        kind=r["kind"],
        speed=r["speed"],
    )


def _row(round_: Round) -> dict[str, object]:
    key, text = columns(round_.key.stored)
    return {
        "id": round_.id,
        "space_id": round_.space_id,
        "league_id": round_.league_id,
        "channel": round_.channel,
        "question_id": round_.question_id,
        "revision": round_.revision,
        "key": key,
        "key_text": text,
        "selects": None if round_.select == "all" else round_.select,
        "shown_order": list(round_.order),
        "reveal": round_.reveal,
        "answer_with": round_.answer_with,
        "opened_at": round_.opened_at,
        "closes_at": round_.closes_at,
        "closed_at": round_.closed_at,
        "series_id": round_.series_id,
        "night_id": round_.night_id,
        "due_on": round_.due_on,
        "private_to": round_.private_to,
        "shared_id": round_.shared_id,
        "number": round_.number,
        "kind": round_.kind,
        "speed": round_.speed,
    }
