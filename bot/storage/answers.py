"""Storage of the answers that count."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.accuracy import Accuracy
from bot.domain.answers import Answer, due_answer
from bot.domain.grading import Grade
from bot.domain.identity import LeagueId, Member, PlayerId, QuestionId, RoundId, Space, SpaceId
from bot.domain.kinds import KINDS
from bot.domain.leagues import League
from bot.domain.ledger import Ledger
from bot.domain.progress import TopicDay
from bot.domain.responses import Response
from bot.domain.rounds import Reveal, Round, keeps_back
from bot.domain.settling import AnswerId
from bot.ports import Answers, Played, Tally
from bot.storage import tables as t
from bot.storage.boards import SqlBoards
from bot.storage.leagues import SqlLeagues
from bot.storage.responses import columns, is_given, key_in, response_in
from bot.storage.rounds import SqlRounds
from bot.storage.types import Day
from bot.storage.upsert import replacing


class SqlAnswers(Answers):
    """`bot.ports.Answers` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._boards = SqlBoards(connection)

    @override
    async def unclaimed(self, player_id: PlayerId, space_id: SpaceId) -> int:
        found = (
            sa.select(sa.func.count())
            .select_from(t.answers.join(t.rounds))
            .where(t.answers.c.player_id == player_id, t.answers.c.account.is_(None), t.rounds.c.space_id == space_id)
        )
        return await self._connection.scalar(found) or 0

    @override
    async def of_round(self, round_id: RoundId) -> list[Answer]:
        return await self._some(_OF_ROUND, round=round_id)

    @override
    async def of_member(self, member: Member, round_ids: Collection[RoundId]) -> dict[RoundId, Answer]:
        found = await self._some(_OF_MEMBER, rounds=list(round_ids), space=member.space_id, account=member.external_id)
        return {answer.round_id: answer for answer in found}

    async def stored(self, keys: Collection[AnswerId], kinds: Mapping[RoundId, str]) -> dict[AnswerId, Answer]:
        """Return the answers of these players in these rounds, whose kinds are known: a click reads no more."""
        columns = sa.tuple_(t.answers.c.round_id, t.answers.c.player_id)
        rows = await self._connection.execute(_GIVEN.where(columns.in_(list(keys))))
        found = [_answer(row, kinds[row.round_id]) for row in rows]
        return {(answer.round_id, answer.player_id): answer for answer in found}

    @override
    async def save_grades(self, round_: Round, graded: Sequence[Answer]) -> None:
        before = {(a.round_id, a.player_id): a for a in await self.of_round(round_.id)}
        rounds = {round_.id: round_}
        await self.save(graded, before, rounds, await SqlLeagues(self._connection).some([round_.league_id]))

    async def save(
        self,
        answers: Collection[Answer],
        before: Mapping[AnswerId, Answer],
        rounds: Mapping[RoundId, Round],
        leagues: Mapping[LeagueId, League],
    ) -> None:
        """Store answers, and update totals by the difference from the answers ``before``."""
        if not answers:
            return
        ledger = Ledger(leagues)
        rows = []
        for answer in answers:
            round_ = rounds[answer.round_id]
            old = before.get((answer.round_id, answer.player_id))
            if old is not None:
                ledger.add(old, round_, ledger.local_day(old, round_), sign=-1)
            day = ledger.local_day(answer, round_)
            ledger.add(answer, round_, day)
            rows.append(dict(zip(ANSWER_COLUMNS, answer_row(answer, round_, answer.at, day), strict=True)))
        await self._connection.execute(replacing(self._connection, t.answers), rows)
        await self._boards.apply(ledger)

    @override
    async def players_since(self, space: Space, since: datetime) -> frozenset[PlayerId]:
        found = await self._connection.scalars(
            sa.select(t.answers.c.player_id)
            .distinct()
            .join_from(t.rounds, t.answers)
            .where(
                t.rounds.c.league_id == space.league_id,  # by its index
                t.rounds.c.space_id == space.id,
                t.rounds.c.opened_at >= since,
                t.rounds.c.private_to.is_(None),
                is_given,
            )
        )
        return frozenset(map(PlayerId, found))

    @override
    async def history(self, member: Member) -> list[Played]:
        rows = await self._connection.execute(
            sa.select(
                t.answers,
                t.rounds.c.question_id,
                t.rounds.c.kind,
                t.revisions.c.topic,
                t.revisions.c.choices.label("offered"),
            )
            .select_from(t.answers.join(t.rounds).join(t.revisions, _REVISION_ASKED))
            .where(t.answers.c.player_id == _PLAYER)
            .order_by(t.answers.c.at),
            {"space": member.space_id, "account": member.external_id},
        )
        return [
            Played(
                at=row.at,
                day=row.day,
                kind=row.kind,
                chosen=response_in(row.kind, row.choices, row.typed).texts(
                    {choice["id"]: choice["text"] for choice in row.offered}
                ),
                right=row.correct,
                points=row.points,
                question_id=QuestionId(row.question_id),
                topic=row.topic,
            )
            for row in rows
        ]

    @override
    async def by_topic_and_day(self, member: Member, since: date) -> list[TopicDay]:
        values = {"space": member.space_id, "account": member.external_id, "since": since}
        return [
            TopicDay(topic=topic, day=day, given=given, graded=Accuracy(right=right, answered=graded), points=points)
            for topic, day, given, graded, right, points in await self._connection.execute(_BY_TOPIC_AND_DAY, values)
        ]

    @override
    async def unscored(self, member: Member) -> dict[Response, int]:
        values = {"space": member.space_id, "account": member.external_id}
        rows = await self._connection.execute(_UNSCORED, values)
        return {response_in(kind, choices, typed): number for kind, choices, typed, number in rows}

    @override
    async def by_topic(self, player_id: PlayerId, league_id: LeagueId, first: date, last: date) -> dict[str, Accuracy]:
        theirs = t.answers.c.player_id == player_id, t.answers.c.league_id == league_id
        right = sa.func.sum(sa.case((t.answers.c.correct, 1), else_=0))
        rows = await self._connection.execute(
            sa.select(t.questions.c.topic, right, sa.func.count())
            .select_from(t.answers.join(t.rounds).join(t.questions))
            .where(*theirs, t.answers.c.day.between(first, last), t.answers.c.correct.is_not(None))
            .where(t.questions.c.topic.is_not(None))
            .group_by(t.questions.c.topic)
        )
        return {topic: Accuracy(right=int(good), answered=answered) for topic, good, answered in rows}

    @override
    async def tallies(self, question_id: QuestionId) -> list[Tally]:
        alike = (t.rounds.c.kind, t.answers.c.choices, t.answers.c.typed.is_not(None), t.answers.c.correct)
        rows = await self._connection.execute(
            sa.select(*alike, sa.func.count())
            .select_from(t.answers.join(t.rounds))
            .where(
                t.rounds.c.question_id == question_id,
                t.rounds.c.closed_at.is_not(None),
                t.rounds.c.private_to.is_(None),
                is_given,
            )
            .group_by(*alike)
        )
        return [
            Tally(response=None if is_typed else response_in(kind, choices, None), right=right, number=number)
            for kind, choices, is_typed, right, number in rows
        ]

    @override
    async def answered_on(
        self, league_id: LeagueId, player_ids: Collection[PlayerId], day: date
    ) -> frozenset[PlayerId]:
        theirs = t.answers.c.player_id.in_(player_ids), t.answers.c.league_id == league_id, t.answers.c.day == day
        found = await self._connection.scalars(sa.select(t.answers.c.player_id).distinct().where(*theirs, is_given))
        return frozenset(map(PlayerId, found))

    @override
    async def misgraded(self) -> dict[RoundId, int]:
        alike = [t.answers.c[name] for name in ("round_id", "choices", "typed", "points", "correct")]
        different = sa.select(*alike, sa.func.count().label("number")).group_by(*alike).subquery()
        of_round = (t.rounds.c[name] for name in ("kind", "key", "key_text", "reveal", "closed_at", "speed"))
        rows = await self._connection.execute(
            sa.select(different, *of_round).join_from(different, t.rounds, t.rounds.c.id == different.c.round_id)
        )
        found = Counter[RoundId]()
        for row in rows:
            if not row.speed and (row.points, row.correct) != _expected(row):
                found[RoundId(row.round_id)] += row.number
        for round_ in await SqlRounds(self._connection).with_speed():  # whose grades depend on the time, too
            answers = await self.of_round(round_.id)
            if wrong := sum(answer.grade != due_answer(answer, round_).grade for answer in answers):
                found[round_.id] = wrong
        return dict(found)

    async def _some(self, query: sa.Select[Any], **values: object) -> list[Answer]:
        return [_answer(row[:-1], row.kind) for row in await self._connection.execute(query, values)]


_GIVEN = sa.select(
    *(
        t.answers.c[name]
        for name in (
            "round_id",
            "player_id",
            "choices",
            "typed",
            "at",
            "event_id",
            "points",
            "correct",
            "day",
            "account",
        )
    )
)
_ANSWER = _GIVEN.add_columns(t.rounds.c.kind).join_from(t.answers, t.rounds)
_OF_ROUND = _ANSWER.where(t.answers.c.round_id == sa.bindparam("round")).order_by(t.answers.c.at)
_PLAYER = (
    sa.select(t.members.c.player_id)
    .where(t.members.c.space_id == sa.bindparam("space"), t.members.c.external_id == sa.bindparam("account"))
    .scalar_subquery()
)
_REVISION_ASKED = sa.and_(
    t.revisions.c.question_id == t.rounds.c.question_id, t.revisions.c.revision == t.rounds.c.revision
)
_OF_MEMBER = _ANSWER.where(t.answers.c.round_id.in_(sa.bindparam("rounds")), t.answers.c.player_id == _PLAYER)

_EACH_ANSWER = (
    sa.select(
        t.revisions.c.topic,
        sa.case((t.answers.c.day >= sa.bindparam("since", type_=Day), t.answers.c.day)).label("day"),
        t.answers.c.correct,
        t.answers.c.points,
    )
    .select_from(t.answers.join(t.rounds).join(t.revisions, _REVISION_ASKED))
    .where(t.answers.c.player_id == _PLAYER)
    .subquery()
)
_RIGHT = sa.func.coalesce(sa.func.sum(sa.case((_EACH_ANSWER.c.correct, 1), else_=0)), 0)
_BY_TOPIC_AND_DAY = sa.select(
    _EACH_ANSWER.c.topic,
    _EACH_ANSWER.c.day,
    sa.func.count(),
    sa.func.count(_EACH_ANSWER.c.correct),
    _RIGHT,
    sa.cast(sa.func.coalesce(sa.func.sum(_EACH_ANSWER.c.points), 0), sa.BigInteger),
).group_by(_EACH_ANSWER.c.topic, _EACH_ANSWER.c.day)
_ALIKE = (t.rounds.c.kind, t.answers.c.choices, t.answers.c.typed)
_UNSCORED = (
    sa.select(*_ALIKE, sa.func.count())
    .select_from(t.answers.join(t.rounds))
    .where(
        t.answers.c.player_id == _PLAYER, t.rounds.c.kind.in_([kind.name for kind in KINDS.values() if not kind.scored])
    )
    .group_by(*_ALIKE)
)


def _expected(row: sa.Row[Any]) -> tuple[int | None, bool | None]:
    """Return the points and verdict that an answer should have, by its round's key."""
    key = key_in(row.kind, row.key, row.key_text)
    response = response_in(row.kind, row.choices, row.typed)
    if keeps_back(Reveal(row.reveal), row.closed_at) or not key or not response:
        return None, None
    expected = key.grade(response)
    return (None, None) if expected is None else (expected.points, expected.right)


def _answer(row: Sequence[Any], kind: str) -> Answer:
    round_id, player_id, choices, typed, at, event_id, points, right, day, account = row
    return Answer(
        round_id=RoundId(round_id),
        player_id=PlayerId(player_id),
        response=response_in(kind, choices, typed),
        at=at,
        event_id=event_id,
        grade=None if points is None else Grade(points=points, right=bool(right)),
        day=day,
        account=account,
    )


ANSWER_COLUMNS = (
    "round_id",
    "player_id",
    "choices",
    "typed",
    "at",
    "event_id",
    "account",
    "league_id",
    "day",
    "on_demand",
    "points",
    "correct",
)


def answer_row(answer: Answer, round_: Round, at: datetime | int, day: date | int) -> tuple[Any, ...]:
    """Return an answer as values of `ANSWER_COLUMNS`, with its time and local day as the numbers that are stored."""
    grade = answer.grade
    return (
        answer.round_id,
        answer.player_id,
        *columns(answer.response.stored),
        at,
        answer.event_id,
        answer.account,
        round_.league_id,
        day,
        round_.on_demand,
        None if grade is None else grade.points,
        None if grade is None else grade.right,
    )
