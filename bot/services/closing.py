"""A round closes: answers that waited are graded, and the result goes into the outbox."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import structlog

from bot.domain.answers import Answer, graded_answer
from bot.domain.identity import Player, PlayerId, RoundId
from bot.domain.leagues import League
from bot.domain.rounds import Reveal, Round
from bot.domain.series import local
from bot.domain.standings import Window, period, rank_players
from bot.ports import Post, Unit
from bot.rendering.questions import closed_question, result
from bot.rendering.reveal import Highlights, accuracy
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
    await _post(unit, round_, answers, now)
    _log.info("round_closed", round_id=round_id, answers=len(answers))


async def post_result(unit: Unit, round_: Round, now: datetime) -> None:
    """Take the question's controls away, and post its result; one that is renewed keeps to the week of its close."""
    await _post(unit, round_, await unit.answers.of_round(round_.id), now)


async def _post(unit: Unit, round_: Round, answers: Sequence[Answer], now: datetime) -> None:
    question = await unit.banks.question(round_.question_id, round_.revision)
    league = await unit.leagues.get(round_.league_id)
    if question is None or league is None:
        raise LookupError(f"round {round_.id} has lost its question or league")
    given = [answer for answer in answers if answer.response]
    players = await unit.people.players([answer.player_id for answer in given])
    names = {player.id: player.name for player in players}
    closed_on = local(round_.closed_at or now, league.zone).date()
    standings = rank_players(await unit.boards.top(league.id, league.period(Window.WEEK, closed_on), TOP))
    told = await _highlights(unit, league, round_, given, players, closed_on)
    views = {
        question_key(round_.id): closed_question(round_, question, len(given)),
        result_key(round_.id): result(round_, question, given, names, standings, told),
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


async def _highlights(
    unit: Unit, league: League, round_: Round, given: Sequence[Answer], players: Sequence[Player], closed_on: date
) -> Highlights:
    """What is worth telling of those who answered: a few queries more, however many they are."""
    if not given or not round_.key or round_.private_to is not None:
        return Highlights()
    opened_on = local(round_.opened_at, league.zone).date()
    months = await unit.boards.accuracy(league.id, round_.space_id, _months(opened_on, closed_on))
    streaks: dict[PlayerId, int] = {}
    for day in sorted({opened_on, closed_on}):  # an answer counts on its own day, which may be the one of the close
        streaks |= await unit.boards.streaks(league.id, [player.id for player in players], day)
    return Highlights(
        racers={player.id for player in players if player.races},
        streaks=streaks,
        usually=months.without(accuracy(given)),
    )


def _months(first: date, last: date) -> list[str]:
    """The month before the one of a day, and all from there to another day's."""
    month = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
    months = []
    while month <= last:
        months.append(period(Window.MONTH, month, 0))
        month = (month + timedelta(days=31)).replace(day=1)
    return months
