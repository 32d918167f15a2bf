"""Take answers by reaction as they come, and read them back after an absence."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.answers import Answer, SubmitAnswer
from bot.domain.identity import UNKNOWN, Member, RoundId, Seniority, Space
from bot.domain.kinds import kind_of
from bot.domain.reactions import after_reaction, read_back_event, read_from
from bot.domain.responses import Positions, positions
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
    """Count one reaction that a member added to a question or removed; on other messages nothing happens.

    Where one choice is wanted, the newest reaction counts. Where several are, each speaks of its own choice alone, so
    one that is overtaken by another still counts.

    Args:
        core: storage, answers, clock and ids.
        space: where it happened, with ``channel`` and ``message_ref``.
        channel: the platform's id of the channel.
        message_ref: the platform's id of the message.
        member: whose reaction it is.
        position: 0-based, in the order of the round.
        on: True if the reaction was added, False if it was removed.
        at: when that happened, if the platform tells; None: now.
        event_id: the platform's id of the event, if it has one.
        seniority: since when the member has been there, if the platform tells.

    Raises:
        Busy: too many answers came at once; nothing was stored.
        StorageUnavailable: the database refused; nothing was stored.
    """
    at = at or core.clock.now()
    event_id = event_id or f"{core.ids.next():020}"
    async with core.turns.of((message_ref, member.external_id)):
        asked = await core.storage.read(lambda unit: _asked(unit, space, channel, message_ref, member))
        if asked is None:
            return
        round_, answer = asked
        current = positions(answer.response.given(round_.order)) if answer else frozenset()
        most = kind_of(round_).controls(round_).most
        picks = after_reaction(current, position, on=on, most=most)
        if answer is not None and most > 1:
            at = max(at, answer.at + timedelta(microseconds=1))
        if picks != current:
            await _submit(core, round_, member, picks, at, event_id, seniority)


async def _asked(
    unit: Unit, space: Space, channel: str, message_ref: str, member: Member
) -> tuple[Round, Answer | None] | None:
    """Return the round that a message asks with reactions, and the member's answer; None if it asks none."""
    post = await unit.outbox.at_message(space.id, channel, message_ref)
    if post is None or post.round_id is None or post.kind is not PostKind.QUESTION:
        return None
    round_ = await unit.rounds.find(post.round_id)
    if round_ is None or round_.answer_with is not AnswerWith.REACTIONS:
        return None
    return round_, (await unit.answers.of_member(member, [round_.id])).get(round_.id)


async def _submit(
    core: Core,
    round_: Round,
    member: Member,
    given: Positions,
    at: datetime,
    event_id: str,
    seniority: Seniority,
    since: datetime | None = None,
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
        since=since,
    )
    await submit_answer(core, submitted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """An open round with reactions, and its message.

    Attributes:
        at: the time at which answers that are read back count.
        stored: the stored answer of each member.
        known: the member in ``stored`` for each account (external id); linked accounts share one.
    """

    at: datetime
    round: Round
    post: Post
    adapter: str
    stored: Mapping[Member, Positions]
    known: Mapping[str, Member]


async def read_back(core: Core, messenger: Messenger, post: Post) -> None:
    """Bring the answers of an open round in line with the reactions on its message.

    Raises:
        MessengerError: the platform can't be asked now.
    """
    if post.round_id is not None and (question := await _question(core, post.round_id)):
        await _bring_in_line(core, question, messenger)


async def read_back_all(core: Core, adapter: str, messenger: Messenger) -> None:
    """Read back every open round of an adapter's spaces; one that can't be read is logged and left as it is."""
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
    """Read back a round that is about to close; False if another process serves its platform.

    Args:
        core: storage, answers, clock, and the platforms.
        round_id: the round.
        until: when the platform must have answered, in the event loop's time; None: whenever.

    Raises:
        MessengerError: the platform can't be asked now, or it may have the message while we don't know where.
        TimeoutError: the platform doesn't answer in time.
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
            first[answer.player_id]: positions(answer.response.given(round_.order))
            for answer in answers
            if answer.player_id in first
        }
        # Reactions added during an absence have no time of their own; just before the close is the latest that counts.
        at = now if round_.closes_at is None else min(now, round_.closes_at - timedelta(microseconds=1))
        known = {member.external_id: first[player] for member, player in members.items()}
        return _Question(at=at, round=round_, post=post, adapter=space.adapter, stored=stored, known=known)

    return await core.storage.read(read)


async def _settle(core: Core, question: _Question, reactions: Reactions | None, *, revives: bool) -> None:
    """Submit an answer for everybody whose reactions differ from their stored answer.

    Its time is the moment before the reactions were read, so that a newer click wins. If an answer was taken back, an
    older reaction may still be there: it counts only with ``revives``, after an absence, because it may be new.
    """
    if reactions is None:
        return
    round_ = question.round
    most = kind_of(round_).controls(round_).most
    stored = {member.external_id: picks for member, picks in question.stored.items()}
    put_on: dict[Member, frozenset[int]] = {}
    for member, picks in reactions.put_on.items():  # linked accounts count as one member
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
    core: Core, question: _Question, member: Member, was: Positions | None, picks: Positions, reactions: Reactions
) -> None:
    """Store what somebody's reactions say, unless their stored answer has changed since they were read: it is newer.

    Such an answer may even carry an earlier time, if it was on its way while the stored answers were read.
    """
    round_ = question.round
    async with core.turns.of((question.post.message_ref, member.external_id)):
        answer = (await core.storage.read(lambda unit: unit.answers.of_member(member, [round_.id]))).get(round_.id)
        if (answer.response.given(round_.order) if answer else None) == was:
            seniority = reactions.seniority.get(member.external_id, UNKNOWN)
            event, since = read_back_event(core.ids.next()), round_.opened_at  # nobody knows when it was put there
            await _submit(core, round_, member, picks, question.at, event, seniority, since)
