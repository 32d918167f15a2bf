"""Close rounds: read their reactions, grade the answers that waited, and put the result into the outbox."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import structlog

from bot.domain.answers import Answer, graded_answer
from bot.domain.identity import Player, PlayerId, RoundId
from bot.domain.leagues import League
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.standings import Window, period, rank_players
from bot.domain.streaks import Streak
from bot.ports import HOSTS, OutcomeUnknown, Post, PostKind, Unit
from bot.rendering.notices import closed_unread
from bot.rendering.questions import closed_question, result
from bot.rendering.reveal import Highlights, accuracy
from bot.services.core import Core
from bot.services.rounds.asking import next_question, question_key, result_key
from bot.services.rounds.last_look import LastLooks, look
from bot.services.telling import in_language_of

TOP = 5
PATIENCE = timedelta(minutes=10)
"""How long a round whose time is over waits for a platform that can't be asked for its reactions."""

_AT_LEISURE_S = 20.0
"""How long one attempt may take: other things that are due wait behind a few of these at most."""

_log = structlog.get_logger(__name__)


async def close_round(core: Core, round_id: RoundId) -> None:
    """Close a round once: a second call finds it closed and does nothing.

    The reactions of a round that is answered with them are read first. If its platform can't be asked, the round takes
    no more answers and a later call closes it: after `PATIENCE` even unread, and hosts are told.

    Raises:
        MessengerError: the reactions couldn't be read; the round stays open for now.
    """
    round_ = await core.storage.read(lambda unit: unit.rounds.find(round_id))
    if round_ is None or round_.closed_at is not None:
        return
    looks = await look(core, [round_], within=_AT_LEISURE_S)
    waits = round_id in looks and looks[round_id].again
    if waits and round_.closes_at is not None and core.clock.now() >= round_.closes_at + PATIENCE:
        looks, waits = {round_id: replace(looks[round_id], again=False)}, False
    await core.write_and_deliver(lambda unit: end(core, unit, round_, looks))
    if waits:
        raise OutcomeUnknown(looks[round_id].trouble)


async def close_early(core: Core, rounds: Sequence[Round]) -> None:
    """Close rounds before their time; those that are closed already stay as they are.

    A round whose reactions can't be read now takes no more answers, and is closed as soon as they can be.
    """
    looks = await look(core, rounds)

    async def work(unit: Unit) -> None:
        for round_ in rounds:
            await end(core, unit, round_, looks)

    await core.write_and_deliver(work)


async def end(core: Core, unit: Unit, round_: Round, looks: LastLooks) -> None:
    """Close a round in the caller's transaction, unless its reactions are still to be read.

    In that case its time ends now, and the process that serves its platform closes it within a second, or as soon as
    it can read the reactions. Every close goes through here, except those of messages that nobody can read any more.

    Args:
        core: clock and ids.
        unit: the caller's transaction.
        round_: an open round.
        looks: the outcome of looking at its reactions just before.
    """
    now, seen = core.clock.now(), looks.get(round_.id)
    if round_.answer_with is AnswerWith.REACTIONS and (seen is None or seen.again):
        await unit.rounds.end(round_.id, now)
        return
    if await close(unit, round_.id, now) and seen is not None and seen.trouble:
        question = await unit.banks.question(round_.question_id, round_.revision)
        with await in_language_of(unit, round_.space_id):
            view = closed_unread(question.stem, seen.trouble)
        await unit.outbox.put(
            Post(key=f"u{round_.id}", space_id=round_.space_id, channel=HOSTS, view=view, posted_at=now)
        )


async def close(unit: Unit, round_id: RoundId, now: datetime) -> bool:
    """Close a round as it stands, in the caller's transaction; False if it was closed already."""
    round_ = await unit.rounds.lock_if_there(round_id)
    if round_ is None or round_.closed_at is not None:
        return False
    answers = await unit.answers.of_round(round_id)
    if round_.reveal is Reveal.AT_CLOSE:
        answers = [graded_answer(answer, round_) for answer in answers]
        await unit.answers.save_grades(round_, answers)
    await unit.rounds.save_closed(round_id, now)
    await _post(unit, replace(round_, closed_at=now), answers, now)
    _log.info("round_closed", round_id=round_id, answers=len(answers))
    return True


async def post_result(unit: Unit, round_: Round, now: datetime) -> None:
    """Remove the question's controls, and post its result; a renewed result shows the week in which it closed."""
    await _post(unit, round_, await unit.answers.of_round(round_.id), now)


async def renew_results(unit: Unit, round_ids: Sequence[RoundId], now: datetime) -> None:
    """Renew the results of these rounds; a round that is still open has none."""
    for round_id in round_ids:
        round_ = await unit.rounds.lock_if_there(round_id)
        if round_ is not None and round_.closed_at is not None:
            await post_result(unit, round_, now)


async def _post(unit: Unit, round_: Round, answers: Sequence[Answer], now: datetime) -> None:
    question = await unit.banks.question(round_.question_id, round_.revision)
    league = await unit.leagues.get(round_.league_id)
    given = [answer for answer in answers if answer.response]
    players = await unit.people.players([answer.player_id for answer in given])
    names = {player.id: player.name for player in players}
    closed_on = league.day(round_.closed_at or now)
    standings = rank_players(await unit.boards.top(league.id, league.period(Window.WEEK, closed_on), TOP))
    told = await _highlights(unit, league, round_, given, players, closed_on)
    before = await unit.outbox.find(result_key(round_.id))
    next_at = before.view.next_at if before else await next_question(unit, round_, now)
    question_post = question_key(round_.id)
    with await in_language_of(unit, round_.space_id):
        posts = (
            (PostKind.QUESTION, question_post, closed_question(round_, question, len(given))),
            (
                PostKind.RESULT,
                result_key(round_.id),
                result(round_, question, given, names, standings, told, next_at=next_at),
            ),
        )
    for kind, key, view in posts:
        await unit.outbox.put(
            Post(
                key=key,
                kind=kind,
                space_id=round_.space_id,
                channel=round_.channel,
                view=view,
                posted_at=now,
                round_id=round_.id,
                reply_to=question_post if kind is PostKind.RESULT else None,
                private_to=round_.private_to,
            )
        )


async def _highlights(
    unit: Unit, league: League, round_: Round, given: Sequence[Answer], players: Sequence[Player], closed_on: date
) -> Highlights:
    """Find what is worth telling about the people who answered, in a few queries however many they are."""
    if not given or not round_.key or round_.private_to is not None:
        return Highlights()
    opened_on = league.day(round_.opened_at)
    months = await unit.boards.accuracy(league.id, round_.space_id, _months(opened_on, closed_on))
    streaks: dict[PlayerId, Streak] = {}
    for day in sorted({opened_on, closed_on}):  # an answer counts on its own day, which may be that of the close
        streaks |= await unit.boards.streaks_with_frozen_day(league.id, [player.id for player in players], day)
    return Highlights(
        among_fastest={player.id for player in players if player.among_fastest},
        streaks=streaks,
        usually=months.without(accuracy(given)),
    )


def _months(first: date, last: date) -> list[str]:
    """Return the month before that of the first day, and all months from there to that of the last day."""
    month = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
    months = []
    while month <= last:
        months.append(period(Window.MONTH, month, 0))
        month = (month + timedelta(days=31)).replace(day=1)
    return months
