"""Answers by reaction: taken as they come, and read back after an absence."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.answers import SubmitAnswer
from bot.domain.identity import UNKNOWN, Member, RoundId, Seniority, Space
from bot.domain.kinds import kind_of
from bot.domain.reactions import after_reaction, read_back_event, read_from
from bot.domain.responses import Given
from bot.domain.rounds import AnswerWith, Round
from bot.ports import Messenger, MessengerError, OutcomeUnknown, Post, PostKind, Reactions, Unit
from bot.services.core import Core
from bot.services.rounds.answering import submit_answer
from bot.services.rounds.asking import question_key

_ANSWERS_AT_ONCE = 500
_MESSAGES_AT_ONCE = 8

_log = structlog.get_logger(__name__)


async def react(
    core: Core,
    space: Space,
    channel: str,
    message_ref: str,
    member: Member,
    position: int,
    *,
    on: bool,
    at: datetime | None = None,
    event_id: str | None = None,
    seniority: Seniority = UNKNOWN,
) -> None:
    """Put one reaction of a member's on a question, or take it off; on any other message nothing happens.

    Args:
        core: storage, answers, clock and ids.
        space: where it happened, with ``channel`` and ``message_ref``.
        channel: the platform's id of the channel.
        message_ref: the platform's id of the message.
        member: whose reaction it is.
        position: 0-based, in the order of the round.
        on: put on, or taken off.
        at: the platform's time of it, where it tells one; else it counts as now.
        event_id: the platform's id of it, where there is one.
        seniority: since when the member has been there, where the platform tells.

    Raises:
        Busy: too much at once; nothing was stored.
        StorageUnavailable: the database refused; nothing was stored.
    """
    at = at or core.clock.now()
    event_id = event_id or f"{core.ids.next():020}"
    async with core.turns.of((message_ref, member.external_id)):
        asked = await core.storage.read(lambda unit: _asked(unit, space, channel, message_ref, member))
        if asked is None:
            return
        round_, current = asked
        picks = after_reaction(current, position, on=on, most=kind_of(round_).controls(round_).most)
        if picks != current:
            await _submit(core, round_, member, picks, at, event_id, seniority)


async def _asked(
    unit: Unit, space: Space, channel: str, message_ref: str, member: Member
) -> tuple[Round, Given] | None:
    post = await unit.outbox.at_message(space.id, channel, message_ref)
    if post is None or post.round_id is None or post.kind is not PostKind.QUESTION:
        return None
    round_ = await unit.rounds.find(post.round_id)
    if round_ is None or round_.answer_with is not AnswerWith.REACTIONS:
        return None
    answer = (await unit.answers.of_member(member, [round_.id])).get(round_.id)
    return round_, answer.response.given(round_.order) if answer else frozenset()


async def _submit(
    core: Core,
    round_: Round,
    member: Member,
    given: Given,
    at: datetime,
    event_id: str,
    seniority: Seniority,
) -> None:
    submitted = SubmitAnswer(
        round_id=round_.id,
        channel=round_.channel,
        member=member,
        given=given,
        at=at,
        event_id=event_id,
        account_since=seniority.account_since,
        joined_at=seniority.joined_at,
    )
    await submit_answer(core, submitted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """An open round with reactions, its message, and what was stored of each member ``at`` a moment.

    Attributes:
        known: who stands in ``stored`` for each account (external id): for linked accounts the same member.
    """

    at: datetime
    round: Round
    post: Post
    adapter: str
    stored: Mapping[Member, Given]
    known: Mapping[str, Member]


async def read_back(core: Core, messenger: Messenger, post: Post) -> None:
    """Bring the answers of an open round in line with the reactions on its message.

    Raises:
        MessengerError: the platform can't be asked now.
    """
    if post.round_id is not None and (question := await _question(core, post.round_id)):
        await _bring_in_line(core, question, messenger)


async def read_back_all(core: Core, adapter: str, messenger: Messenger) -> None:
    """The same for every open round of an adapter's spaces; one that can't be asked about is logged and left."""
    room = asyncio.Semaphore(_MESSAGES_AT_ONCE)

    async def one(round_id: RoundId) -> None:
        async with room:
            if question := await _question(core, round_id):
                try:
                    await _bring_in_line(core, question, messenger)
                except MessengerError as error:
                    _log.warning("reactions_not_read", round_id=round_id, reason=str(error))

    await asyncio.gather(*map(one, await core.storage.read(lambda unit: unit.rounds.open_with_reactions(adapter))))


async def read_last(core: Core, round_id: RoundId, until: float | None = None) -> bool:
    """Do the same for a round that is about to close; False where another process serves its platform.

    Args:
        core: storage, answers, clock, and the platforms.
        round_id: the round.
        until: by when the platform must have answered, as the event loop counts.

    Raises:
        MessengerError: the platform can't be asked now, or may have the message while we don't know where.
        TimeoutError: it doesn't answer.
        QuizbotError: the answers couldn't be stored.
    """
    if question := await _question(core, round_id):
        if question.adapter not in core.serves:
            return False
        await _bring_in_line(core, question, core.serves[question.adapter], until=until)
    elif await core.storage.read(lambda unit: unit.outbox.may_stand(question_key(round_id))):
        raise OutcomeUnknown("its question may have been posted, and isn't found yet")
    return True


async def _bring_in_line(core: Core, question: _Question, messenger: Messenger, *, until: float | None = None) -> None:
    absence = core.absences.over(question.adapter, question.round)
    async with asyncio.timeout_at(until):
        reactions = await messenger.reactions(question.post)
    await _settle(core, question, reactions, revives=absence is not None)
    if absence is not None:
        absence.made_up.add(question.round.id)


async def _question(core: Core, round_id: RoundId) -> _Question | None:
    now = core.clock.now()

    async def read(unit: Unit) -> _Question | None:
        round_ = await unit.rounds.find(round_id)
        if round_ is None or round_.closed_at is not None or round_.answer_with is not AnswerWith.REACTIONS:
            return None
        post = await unit.outbox.find(question_key(round_id))
        space = await unit.spaces.find(round_.space_id)
        if post is None or post.message_ref is None or space is None:
            return None
        answers = await unit.answers.of_round(round_id)
        members = await unit.people.members_behind(space.id, [answer.player_id for answer in answers])
        first = {player: member for member, player in reversed(members.items())}
        stored = {
            first[answer.player_id]: answer.response.given(round_.order)
            for answer in answers
            if answer.player_id in first
        }
        # What was put on during an absence has no time of its own; before the close is as late as it can have counted.
        at = now if round_.closes_at is None else min(now, round_.closes_at - timedelta(microseconds=1))
        known = {member.external_id: first[player] for member, player in members.items()}
        return _Question(at=at, round=round_, post=post, adapter=space.adapter, stored=stored, known=known)

    return await core.storage.read(read)


async def _settle(core: Core, question: _Question, reactions: Reactions | None, *, revives: bool) -> None:
    """Answer for everybody whose reactions aren't what was stored.

    The moment before they were read counts as its time: what somebody does meanwhile is later, and wins. Where an
    answer was taken back, an older reaction may still stand; only after an absence it ``revives``, as it may be new.
    """
    if reactions is None:
        return
    round_ = question.round
    most = kind_of(round_).controls(round_).most
    stored = {member.external_id: picks for member, picks in question.stored.items()}
    put_on: dict[Member, frozenset[int]] = {}
    for member, picks in reactions.put_on.items():  # by the name that they go by here, linked accounts as one
        who = question.known.get(member.external_id, member)
        put_on[who] = put_on.get(who, frozenset()) | picks
    there = {member.external_id for member in put_on}
    wanted = {
        member: frozenset[int]() for member in question.stored if reactions.complete and member.external_id not in there
    }
    for member, picks in put_on.items():
        if not revives and stored.get(member.external_id) == frozenset():
            continue
        had = stored.get(member.external_id, frozenset())
        seen = picks if reactions.complete or most == 1 else picks | had
        wanted[member] = read_from(seen, had, most=most)
    changed = [(who, picks) for who, picks in wanted.items() if picks != stored.get(who.external_id, frozenset())]
    for start in range(0, len(changed), _ANSWERS_AT_ONCE):
        await asyncio.gather(
            *(
                _correct(core, question, member, stored.get(member.external_id), picks, reactions)
                for member, picks in changed[start : start + _ANSWERS_AT_ONCE]
            )
        )


async def _correct(
    core: Core, question: _Question, member: Member, was: Given | None, picks: Given, reactions: Reactions
) -> None:
    """Store what somebody's reactions say, unless another answer stands than when they were read: that one is newer.

    It may even have an earlier time, where it was on its way while the answers were read.
    """
    round_ = question.round
    async with core.turns.of((question.post.message_ref, member.external_id)):
        answer = (await core.storage.read(lambda unit: unit.answers.of_member(member, [round_.id]))).get(round_.id)
        if (answer.response.given(round_.order) if answer else None) == was:
            seniority = reactions.seniority.get(member.external_id, UNKNOWN)
            await _submit(core, round_, member, picks, question.at, read_back_event(core.ids.next()), seniority)
