"""Open rounds: draw a question, and put its message into the outbox in the same transaction."""

from dataclasses import replace
from datetime import date, datetime

from bot import metrics
from bot.domain.commands import Caller
from bot.domain.errors import BadInput, Busy, NotFound
from bot.domain.identity import Member, Player, RoundId, SeriesId, Space, SpaceId
from bot.domain.kinds import kind_of
from bot.domain.limits import Limit
from bot.domain.night import Night
from bot.domain.question_draw import draw
from bot.domain.questions import Question
from bot.domain.rounds import ON_DEMAND_LASTS, AnswerWith, Reveal, Round
from bot.domain.series import Series
from bot.domain.typed import typed
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.ports import Post, PostKind, QuestionFilter, Unit
from bot.rendering.questions import open_question
from bot.services.core import Core
from bot.services.limiting import channel
from bot.services.standings.weekly_moments import begin_weeks
from bot.services.telling import in_language_of

MOST_AT_ONCE = 5


def question_key(round_id: RoundId) -> str:
    """Return the outbox key of a round's question: at most 25 characters, like platforms' nonces."""
    return f"q{round_id}"


def result_key(round_id: RoundId) -> str:
    """Return the outbox key of a round's result."""
    return f"r{round_id}"


async def ask_now(
    core: Core,
    caller: Caller,
    *,
    topic: str | None = None,
    difficulty: str | None = None,
    count: int = 1,
    private: bool = False,
) -> list[Round]:
    """Ask the questions of a ``/quiz``: public unless ``private``, with the verdict at once, open for an hour.

    Raises:
        BadInput: the count is out of range.
        NotFound: no ready question fits.
        NotAllowed: the hosts don't allow quick questions here.
        Busy: too many questions were asked in the channel just now, or are open there.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise BadInput(_("Ask for 1 to {most} questions at a time.").format(most=MOST_AT_ONCE))

    which = QuestionFilter(
        space_id=caller.space.id,
        topic=topic,
        difficulty=difficulty,
        tells_at_once=True,
        private_to=caller.member.external_id if private else None,
    )

    async def check(unit: Unit) -> None:
        (await unit.spaces.quick_rule(which.space_id)).require(caller.channel, private=private)
        if not await unit.banks.candidates(which):
            raise NotFound(await _nothing_fits(unit, which))

    async def work(unit: Unit) -> list[Round]:
        space = await unit.spaces.lock(caller.space.id)
        (await unit.spaces.quick_rule(space.id)).require(caller.channel, private=private)
        if not private:
            await _require_room(core, unit, caller, count)
        asker = Player(id=await unit.people.ensure_player(caller.member), name=caller.member.name)  # can be forgotten
        return await _open_rounds(core, unit, caller, space, which, count, None if private else asker)

    if topic or difficulty:  # anybody may mistype these as often as they like: no writer waits for that
        await core.storage.read(check)
    with core.limiter.within(None if private else Limit.CHANNEL_ASKS, channel(caller), count):
        return await core.write_and_deliver(work)


async def _open_rounds(
    core: Core, unit: Unit, caller: Caller, space: Space, which: QuestionFilter, count: int, asked_by: Player | None
) -> list[Round]:
    """Ask so many questions in the caller's channel, none of which is open there already.

    Raises:
        NotFound: fewer fit.
    """
    here = await open_here(core, unit, space.id, caller.channel, seen_by=caller.member.external_id)
    taken, now, rounds = {one.question_id for one in here}, core.clock.now(), list[Round]()
    for _number in range(count):
        left = [one for one in await unit.banks.candidates(which) if one.question_id not in taken]
        drawn = draw(left, core.random)
        if drawn is None:
            raise NotFound(_fewer(len(rounds)) if rounds else await _nothing_fits(unit, which))
        taken.add(drawn.candidate.question_id)
        rounds.append(
            await open_round(
                core,
                unit,
                await unit.banks.question(drawn.candidate.question_id),
                space=space,
                channel=caller.channel,
                now=now,
                closes_at=now + ON_DEMAND_LASTS,
                private_to=which.private_to,
                asked_by=asked_by,
            )
        )
    return rounds


async def open_here(
    core: Core, unit: Unit, space_id: SpaceId, channel: str, *, seen_by: str | None = None
) -> list[Round]:
    """Return the rounds that take answers in a channel. Asked again, their questions would give points for a read key.

    Private questions count only if they are those of the member ``seen_by``.
    """
    now, rounds = core.clock.now(), await unit.rounds.open_in(space_id, channel)
    return [
        one for one in rounds if one.private_to in {None, seen_by} and (one.closes_at is None or one.closes_at > now)
    ]


async def _require_room(core: Core, unit: Unit, caller: Caller, count: int) -> None:
    """Refuse more open questions in a channel than people can follow, not counting series and private questions."""
    most = core.limiter.limits.open_questions
    here = await unit.rounds.open_in(caller.space.id, caller.channel)
    if len([one for one in here if one.on_demand and one.private_to is None]) + count > most:
        metrics.limited.labels("open_questions").inc()
        raise Busy(
            ngettext(
                "At most {number} question can be open here. Try again once it has closed.",
                "At most {number} questions can be open here. Try again once some have closed.",
                most,
            ).format(number=most)
        )


async def open_round(
    core: Core,
    unit: Unit,
    question: Question,
    *,
    space: Space,
    channel: str,
    now: datetime,
    closes_at: datetime | None,
    series: Series | None = None,
    due_on: date | None = None,
    private_to: str | None = None,
    shared_id: int | None = None,
    asked_by: Player | None = None,
    night: Night | None = None,
) -> Round:
    """Open a round with a question, in the caller's transaction, which has locked the space.

    ``asked_by`` is named in the message of a question that somebody asked for.
    """
    asked = kind_of(question).in_series(question) if series or night else question
    round_ = Round(
        id=RoundId(core.ids.next()),
        space_id=space.id,
        league_id=space.league_id,
        channel=channel,
        question_id=question.id,
        revision=question.revision,
        key=asked.key,
        select=asked.select,
        order=kind_of(asked).shuffled(asked, core.random),
        reveal=series.reveal if series else Reveal.AT_CLOSE if night else Reveal.ON_ANSWER,
        answer_with=series.answer_with if series else AnswerWith.BUTTONS,
        opened_at=now,
        closes_at=closes_at,
        series_id=series.id if series else None,
        night_id=night.id if night else None,
        speed=night is not None and night.speed,
        due_on=due_on,
        private_to=private_to,
        shared_id=shared_id,
        number=await unit.rounds.asked_in(series.id) + 1 if series else None,
        kind=asked.kind,
    )
    await unit.rounds.add(round_)
    await begin_weeks(core, unit, space, now)
    await post_question(unit, round_, question, now, thread=series is not None and series.thread, asked_by=asked_by)
    return round_


async def post_question(
    unit: Unit,
    round_: Round,
    question: Question,
    now: datetime,
    *,
    thread: bool = False,
    asked_by: Player | None = None,
) -> None:
    """Post an open round's question, or update its message when what people were told has changed."""
    series = await _series_of(unit, round_)
    with await in_language_of(unit, round_.space_id):
        view = open_question(
            round_,
            question,
            thread=thread,
            next_at=_coming(series, now),
            calls=series.mention if series else "",
            asked_by=asked_by,
            set_up_by=await _set_up_by(unit, series) if series and round_.number == 1 else None,
        )
    await unit.outbox.put(
        Post(
            key=question_key(round_.id),
            kind=PostKind.QUESTION,
            space_id=round_.space_id,
            channel=round_.channel,
            view=view,
            posted_at=now,
            round_id=round_.id,
            private_to=round_.private_to,
        )
    )


async def _set_up_by(unit: Unit, series: Series) -> Player | None:
    """Return who set up a series, to be named in its first question; None if that isn't known."""
    member = Member(space_id=series.space_id, external_id=series.set_by, name="")
    found = await unit.admissions.find(member) if series.set_by else None
    return None if found is None else Player(id=found.player_id, name=found.member.name)


async def next_question(unit: Unit, round_: Round, now: datetime) -> datetime | None:
    """Return when the next question of a round's series comes; None: nobody has planned one."""
    return _coming(await _series_of(unit, round_), now)


def _coming(series: Series | None, now: datetime) -> datetime | None:
    return series.next_at if series and series.next_at and series.next_at > now else None


async def _series_of(unit: Unit, round_: Round) -> Series | None:
    """Return the series that asked a round's question; None if a person asked it, or the series has ended."""
    here = await unit.schedules.all(round_.space_id, round_.channel) if round_.series_id else []
    return next((one for one in here if one.id == round_.series_id), None)


async def renew_closing_times(unit: Unit, series_id: SeriesId, now: datetime) -> None:
    """Update the messages of a series' open questions that its next question closes, as that comes at another time."""
    for round_ in await unit.rounds.open_of_series(series_id):
        if round_.closes_at is None:
            await post_question(unit, round_, await unit.banks.question(round_.question_id, round_.revision), now)


def _fewer(number: int) -> str:
    return ngettext(
        "Only {number} more question fits that isn't open here yet. Ask for just that one.",
        "Only {number} more questions fit that aren't open here yet. Ask for that many.",
        number,
    ).format(number=number)


async def _nothing_fits(unit: Unit, which: QuestionFilter) -> str:
    fitting = await unit.banks.candidates(replace(which, tells_at_once=False))
    if fitting and all(one.waits_for for one in fitting):
        return _("Every matching question builds on one that hasn't been asked here yet.")
    if fitting:
        return _("Every matching question is open already. Each result comes when its question closes.")
    topics = await unit.banks.topics(which.space_id)
    if which.difficulty:
        return _(
            "No question of difficulty “{difficulty}” is ready. Write easy, medium or hard, or leave it out."
        ).format(difficulty=which.difficulty)
    if which.topic and topics:
        return _("No question is ready on “{topic}”. There are: {topics}. For all commands type {help}.").format(
            topic=which.topic, topics=", ".join(topics), help=typed("help")
        )
    if which.topic and await unit.banks.candidates(replace(which, topic=None)):
        return _(
            "No question is ready on “{topic}”: none of the ready questions has a topic. Try {command} on its own. For "
            "all commands type {help}."
        ).format(topic=which.topic, command=typed("quiz"), help=typed("help"))
    return _("No question is ready yet. A host can import some: {command}").format(command=typed("bank import"))
