"""A round closes: answers that waited are graded, and the result goes into the outbox."""

from datetime import datetime

import structlog

from bot.domain.answers import graded_answer
from bot.domain.identity import RoundId
from bot.domain.rounds import Reveal, Round
from bot.domain.series import local
from bot.domain.standings import Window, rank_players
from bot.ports import Post, Unit
from bot.rendering.questions import closed_question, result
from bot.services.asking import question_key, result_key
from bot.services.core import Core

TOP = 5

_log = structlog.get_logger(__name__)


async def close_round(core: Core, round_id: RoundId) -> None:
    """Close a round, once: whoever comes second finds it closed and does nothing."""
    await core.storage.write(lambda unit: close(unit, round_id, core.clock.now()))
    core.wake()


async def close(unit: Unit, round_id: RoundId, now: datetime) -> None:
    """The same inside the caller's transaction."""
    round_ = await unit.rounds.lock(round_id)
    if round_ is None or round_.closed_at is not None:
        return
    answers = await unit.answers.of_round(round_id)
    if round_.reveal is Reveal.AT_CLOSE:
        answers = [graded_answer(answer, round_) for answer in answers]
        await unit.answers.save_grades(round_, answers)
    await unit.rounds.save_closed(round_id, now)
    await post_result(unit, round_, now)
    _log.info("round_closed", round_id=round_id, answers=len(answers))


async def post_result(unit: Unit, round_: Round, now: datetime) -> None:
    """Take the question's controls away, and post its result; one that is renewed keeps to the week of its close."""
    question = await unit.banks.question(round_.question_id, round_.revision)
    league = await unit.leagues.get(round_.league_id)
    if question is None or league is None:
        raise LookupError(f"round {round_.id} has lost its question or league")
    answers = await unit.answers.of_round(round_.id)
    names = await unit.people.names([answer.player_id for answer in answers])
    week = league.period(Window.WEEK, local(round_.closed_at or now, league.zone).date())
    standings = rank_players(await unit.boards.top(league.id, week, TOP))
    views = {
        question_key(round_.id): closed_question(round_, question, sum(bool(a.choices) for a in answers)),
        result_key(round_.id): result(round_, question, answers, names, standings),
    }
    for key, view in views.items():
        await unit.outbox.put(
            Post(
                key=key,
                space_id=round_.space_id,
                channel=round_.channel,
                view=view,
                posted_at=now,
                round_id=round_.id,
                reply_to=question_key(round_.id) if key == result_key(round_.id) else None,
                private_to=round_.private_to,
            )
        )
