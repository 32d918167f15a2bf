"""Storage of typed answers that were judged wrong, and of those that hosts have set aside."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import PlayerId, QuestionId, SpaceId
from bot.domain.kinds import KINDS
from bot.domain.unaccepted import WrongAnswer
from bot.ports import UnacceptedAnswers
from bot.storage import tables as t
from bot.storage.question_draw import KIND_IN_SERIES
from bot.storage.responses import response_in
from bot.storage.rounds import being_asked
from bot.storage.upsert import insert

MOST_ROUNDS = 200
MOST_ANSWERS = 2_000
"""How far back to look: the database reads the latest rounds first, and stops when it has found so many answers."""


class SqlUnacceptedAnswers(UnacceptedAnswers):
    """`bot.ports.UnacceptedAnswers` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def latest(self, space_id: SpaceId) -> list[WrongAnswer]:
        return await self._in(typed_rounds(space_id).where(~being_asked(t.rounds.c.question_id, space_id)))

    @override
    async def to_question(self, space_id: SpaceId, question_id: QuestionId) -> list[WrongAnswer]:
        return await self._in(typed_rounds(space_id).where(t.rounds.c.question_id == question_id))

    async def _in(self, rounds: sa.Select[tuple[int, int, str]]) -> list[WrongAnswer]:
        asked = {row.id: row for row in await self._connection.execute(rounds)}
        return [
            WrongAnswer(
                question_id=QuestionId(asked[round_id].question_id),
                player_id=PlayerId(player_id),
                response=response_in(asked[round_id].kind, 0, typed),
            )
            for round_id, player_id, typed in await self._connection.execute(wrong_answers(list(asked)))
        ]

    @override
    async def set_aside(self, space_id: SpaceId, question_id: QuestionId, code: str, at: datetime) -> None:
        row = {"space_id": space_id, "question_id": question_id, "code": code, "at": at}
        await self._connection.execute(insert(self._connection, t.set_aside).values(row).on_conflict_do_nothing())

    @override
    async def codes_set_aside(
        self, space_id: SpaceId, question_ids: Collection[QuestionId]
    ) -> set[tuple[QuestionId, str]]:
        these = t.set_aside.c.space_id == space_id, t.set_aside.c.question_id.in_(question_ids)
        rows = await self._connection.execute(sa.select(t.set_aside.c.question_id, t.set_aside.c.code).where(*these))
        return {(QuestionId(question_id), code) for question_id, code in rows}


def typed_rounds(space_id: SpaceId) -> sa.Select[tuple[int, int, str]]:
    """Select a space's latest rounds whose answers may be accepted later."""
    same_kind = sa.and_(t.questions.c.id == t.rounds.c.question_id, t.rounds.c.kind == KIND_IN_SERIES)
    return (
        sa.select(t.rounds.c.id, t.rounds.c.question_id, t.rounds.c.kind)
        .join(t.questions, same_kind)
        .where(
            t.rounds.c.space_id == space_id,
            t.rounds.c.key_text.is_not(None),  # so that the database goes by the index without choices and statements
            t.rounds.c.kind.in_([kind.name for kind in KINDS.values() if kind.accepts_later]),
            t.rounds.c.closed_at.is_not(None),
            t.rounds.c.private_to.is_(None),
            ~t.questions.c.withdrawn,
        )
        .order_by(t.rounds.c.id.desc())
        .limit(MOST_ROUNDS)
    )


def wrong_answers(round_ids: Collection[int]) -> sa.Select[tuple[int, int, str | None]]:
    """Select the latest wrong answers in these rounds."""
    return (
        sa.select(t.answers.c.round_id, t.answers.c.player_id, t.answers.c.typed)
        .where(t.answers.c.round_id.in_(round_ids), t.answers.c.typed.is_not(None), t.answers.c.correct.is_(False))
        .order_by(t.answers.c.round_id.desc())
        .limit(MOST_ANSWERS)
    )
