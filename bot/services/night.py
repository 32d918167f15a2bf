"""Run quiz nights: a thin plan over ordinary rounds. Every step is one transaction, so a restart goes on after it."""

from datetime import timedelta
from functools import partial

from bot import metrics
from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import NightId, Space
from bot.domain.limits import Limit
from bot.domain.night import COUNTS, PACES, QUESTIONS, SECONDS, Night, Step, next_step
from bot.domain.question_draw import draw
from bot.domain.questions import Question
from bot.domain.standings import rank_players
from bot.i18n import gettext as _
from bot.ports import QuestionFilter, Unit
from bot.rendering.night import begins, so_far
from bot.services.core import Core
from bot.services.limiting import channel
from bot.services.podium import end_night
from bot.services.rounds.asking import open_round
from bot.services.rounds.closing import close
from bot.services.series.series import require_bank
from bot.services.telling import tell


async def start(
    core: Core,
    caller: Caller,
    *,
    count: int = QUESTIONS,
    seconds: int = SECONDS,
    bank: str | None = None,
    topic: str | None = None,
    speed: bool = False,
) -> Night:
    """Start a quiz night in the caller's channel; its first question comes with the next beat.

    Raises:
        BadInput: a number is out of range, or a night is going on in the channel.
        NotFound: there is no such bank, or no ready question fits.
        Limited: too many questions were asked for in the channel; a night counts as one.
    """
    _check_numbers(count, seconds)

    async def work(unit: Unit) -> Night:
        space = await unit.spaces.lock(caller.space.id)
        if await unit.nights.here(space.id, caller.channel) is not None:
            raise BadInput(_("A quiz night is going on here already."))
        await require_bank(unit, space, bank)
        night = Night(
            id=NightId(core.ids.next()),
            space_id=space.id,
            channel=caller.channel,
            count=count,
            seconds=seconds,
            bank=bank,
            topic=topic,
            speed=speed,
            started_at=core.clock.now(),
        )
        if await _choose(core, unit, night) is None:
            raise NotFound(
                _("No question is ready for a quiz night here. Import some, or choose another bank or topic.")
            )
        await unit.nights.add(night)
        await tell(core, unit, space.id, night.channel, partial(begins, night))
        return night

    with core.limiter.within(Limit.CHANNEL_ASKS, channel(caller)):
        night = await core.write_and_deliver(work)
    metrics.nights.labels("started").inc()
    return night


def _check_numbers(count: int, seconds: int) -> None:
    for number, (least, most) in ((count, COUNTS), (seconds, PACES)):
        if not least <= number <= most:
            raise BadInput(
                _("A quiz night has {least} to {most} questions of {shortest} to {longest} seconds.").format(
                    least=COUNTS[0], most=COUNTS[1], shortest=PACES[0], longest=PACES[1]
                )
            )


async def stop(core: Core, caller: Caller) -> None:
    """Let the night in the caller's channel end once its open question has closed.

    Raises:
        NotFound: no night is going on there.
    """

    async def work(unit: Unit) -> None:
        night = await unit.nights.here(caller.space.id, caller.channel)
        if night is None:
            raise NotFound(_("No quiz night is going on here."))
        await unit.nights.stop(night.id)

    await core.write_and_deliver(work)


async def move_on(core: Core, night_id: NightId) -> None:
    """Do what is next in a night, if anything is."""
    await core.answers.settle()  # a question that closes early must not shut out answers that are on their way

    async def work(unit: Unit) -> Step | None:
        night = await unit.nights.lock_if_there(night_id)
        if night is None or night.ended_at is not None:
            return Step.WAIT
        now, asked = core.clock.now(), await unit.nights.asked(night_id)
        is_open = bool(asked) and asked[-1].closed_at is None
        missing = await unit.nights.missing(night_id, asked[-1].round_id) if is_open else None
        step = next_step(night, asked, missing, now)
        if step in {Step.WAIT, Step.END}:
            return step
        space = await unit.spaces.lock(night.space_id)  # always locked before any round
        if step is Step.CLOSE:
            await close(unit, asked[-1].round_id, now)
        elif not await _ask(core, unit, night, len(asked), space):
            return None
        return step

    step = await core.storage.write(work)
    if step in {Step.END, None}:
        await end_night(core, night_id, too_few=step is None)
    if step is not Step.WAIT:
        core.wake()


async def _ask(core: Core, unit: Unit, night: Night, asked: int, space: Space) -> bool:
    """Ask the next question, below who leads; False if no further question is ready."""
    question = await _choose(core, unit, night)
    if question is None:
        return False
    if asked:
        standings = rank_players(await unit.nights.scores(night.id))
        await tell(core, unit, space.id, night.channel, partial(so_far, standings, asked + 1, night.count))
    now = core.clock.now()
    closes_at = now + timedelta(seconds=night.seconds)
    await open_round(
        core, unit, question, space=space, channel=night.channel, now=now, closes_at=closes_at, night=night
    )
    return True


async def _choose(core: Core, unit: Unit, night: Night) -> Question | None:
    """Choose a question that the night hasn't asked and that isn't open in the space, where some may know its key."""
    which = QuestionFilter(
        space_id=night.space_id, bank=night.bank, topic=night.topic, tells_at_once=True, scored_in_series=True
    )
    is_open = {one.question_id for one in await unit.rounds.open_in(night.space_id) if one.private_to is None}
    taken = is_open | await unit.nights.questions(night.id)
    drawn = draw([one for one in await unit.banks.candidates(which) if one.question_id not in taken], core.random)
    return None if drawn is None else await unit.banks.question(drawn.candidate.question_id)
