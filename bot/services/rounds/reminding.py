"""Remind people of an open question before it costs them their streak, in a direct message to those who subscribed.

They are handled a few at a time. One transaction records that somebody was handled and puts the message into the
outbox, so a restart in the middle reminds nobody twice.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from bot.domain.identity import Member, RoundId, Space, SpaceId
from bot.domain.leagues import League
from bot.domain.reminding import remind_at
from bot.domain.rounds import Round
from bot.domain.subscriptions import Subject
from bot.ports import Post, Unit
from bot.rendering.reminders import reminder
from bot.services.core import Core
from bot.services.leagues.spaces import league_of
from bot.services.rounds.asking import next_question, question_key
from bot.services.telling import subscribers_at_once, tell_subscriber

ROUNDS_AT_ONCE = 20
"""How many rounds are handled in one beat."""
_LATELY = timedelta(days=28)
"""People who haven't answered in a channel for so long aren't reminded of its questions: they may not see it now."""
_UNTIL_THERE_IS_ROOM = timedelta(seconds=10)


async def plan_reminder(unit: Unit, round_: Round, now: datetime) -> None:
    """Plan the reminder of a series' question that has just opened, if anybody in its space wants one."""
    if await unit.subscriptions.has(round_.space_id, Subject.REMINDERS):
        await _plan(unit, await league_of(unit, round_.space_id), round_, now)


async def plan_reminders(unit: Unit, space_id: SpaceId, now: datetime) -> None:
    """Plan the reminders of a space's open questions for somebody who has just asked for them.

    Nobody is reminded of a question if the moment for that has passed.
    """
    league = await league_of(unit, space_id)
    for round_ in await unit.rounds.open_in(space_id):
        if round_.series_id is not None:
            await _plan(unit, league, round_, now)


async def _plan(unit: Unit, league: League, round_: Round, now: datetime) -> None:
    at = remind_at(round_.opened_at, await _answer_by(unit, league, round_, now))
    if at is not None and at > now:
        await unit.rounds.set_remind_at(round_.id, at)


async def rounds_to_remind_of(unit: Unit, now: datetime, adapters: Collection[str]) -> list[RoundId]:
    """Return some of the rounds whose reminders are due, in spaces of these adapters."""
    return await unit.rounds.due_to_remind(now, adapters, ROUNDS_AT_ONCE)


async def remind(core: Core, round_id: RoundId) -> None:
    """Remind the next few people of an open round, unless it was moved or has nobody left to remind."""
    await core.answers.settle()  # an answer on its way counts

    async def work(unit: Unit) -> None:
        now, found = core.clock.now(), await unit.rounds.find(round_id)
        space = await unit.spaces.lock_if_there(found.space_id) if found else None
        if found is None or space is None:
            return
        league = await unit.leagues.get(space.league_id)
        by = await _answer_by(unit, league, found, now)
        at, again = remind_at(found.opened_at, by), None
        if at is not None and await _is_open(unit, found, by, now):
            again = at if at > now else await _remind_some(core, unit, space, league, found, by)
        await unit.rounds.set_remind_at(round_id, again)

    await core.write_and_deliver(work)


async def _remind_some(
    core: Core, unit: Unit, space: Space, league: League, round_: Round, by: datetime
) -> datetime | None:
    """Handle the next few subscribers; return when to go on, after other rounds have had their turn; None: all done."""
    now, few = core.clock.now(), await subscribers_at_once(unit, space.id)
    if not few:
        return now + _UNTIL_THERE_IS_ROOM
    day = league.day(round_.opened_at)
    people = await unit.subscriptions.to_remind(round_, day, round_.opened_at - _LATELY, few)
    at_risk = await _at_risk(unit, league, [one.member for one in people], day)
    for one in people:
        if not await unit.subscriptions.handled(one, day):
            continue  # they said no, or were forgotten, at this very moment
        if days := at_risk.get(one.account):
            render = partial(reminder, space.name, days, by)
            asked = question_key(round_.id)
            await tell_subscriber(core, unit, one, round_.channel, render, round_id=round_.id, reply_to=asked)
    return now if people else None


async def is_needless(unit: Unit, post: Post, now: datetime) -> bool:
    """Whether a reminder that hasn't been posted yet comes too late, or isn't wanted any more."""
    round_ = await unit.rounds.find(post.round_id) if post.round_id is not None else None
    if round_ is None:
        return True
    league = await league_of(unit, post.space_id)
    if not await _is_open(unit, round_, await _answer_by(unit, league, round_, now), now):
        return True
    member = Member(space_id=post.space_id, external_id=post.private_to or "", name="")
    if all(one.subject is not Subject.REMINDERS for one in await unit.subscriptions.of(member)):
        return True
    players = await unit.people.known_players([member])
    return not players or bool(await unit.answers.answered_on(league.id, list(players.values()), league.day(now)))


async def _is_open(unit: Unit, round_: Round, by: datetime, now: datetime) -> bool:
    """Whether an answer still saves a streak: a withdrawn question can't end one."""
    question = await unit.banks.question(round_.question_id)
    return round_.takes_answers_at(now) and now < by and not question.withdrawn


async def _answer_by(unit: Unit, league: League, round_: Round, now: datetime) -> datetime:
    """Return until when an answer counts for the day of the question: until it closes, but not beyond that day."""
    closes_at = round_.closes_at or await next_question(unit, round_, now)
    return min(filter(None, (closes_at, league.end_of(league.day(round_.opened_at)))))


async def _at_risk(unit: Unit, league: League, members: Sequence[Member], day: date) -> dict[str, int]:
    """Return how many days in a row members of one space lose by not answering on this day, by account.

    Those who lose nothing are left out, and those who have answered.
    """
    players = await unit.people.known_players(members)
    answered = await unit.answers.answered_on(league.id, list(players.values()), day)
    streaks = await unit.boards.would_end(league.id, [one for one in players.values() if one not in answered], day)
    return {account: streaks[player] for (_space, account), player in players.items() if player in streaks}
