"""Store the answers that come in, and reply to them."""

from collections.abc import Collection
from dataclasses import dataclass

import structlog

from bot import metrics
from bot.domain.answers import STORED, Answer, AnswerOutcome, AnswerStatus, SubmitAnswer, refusal
from bot.domain.identity import Member, RoundId, SpaceId
from bot.domain.kinds import kind_of
from bot.domain.responses import Positions, Refusal, positions
from bot.domain.rounds import Reveal, Round
from bot.domain.views import ControlKind, MessageView
from bot.ports import Unit
from bot.rendering.receipts import not_sent_yet, receipt, receipt_again, too_late
from bot.services.core import Core

_TELL_NOTHING = {
    AnswerStatus.NO_SUCH_ROUND,
    AnswerStatus.TOO_NEW,
    AnswerStatus.ANSWERED_ELSEWHERE,
    AnswerStatus.DELETED,
}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentAnswer:
    """What a player has picked in a menu, and may still change before it is sent.

    Attributes:
        told: the private message about it, below which a control sends ``given``.
    """

    round_id: RoundId
    given: Positions
    told: MessageView


async def submit_answer(core: Core, submitted: SubmitAnswer) -> MessageView:
    """Store an answer and return the private reply that tells the player what became of it.

    Raises:
        Busy: too many answers came at once; nothing was stored.
        StorageUnavailable: the database refused; nothing was stored.
    """
    with metrics.acknowledgement_seconds.time():
        outcome = await core.answers.submit(submitted)
    metrics.answers_with(outcome.status).inc()
    if outcome.status in STORED:
        core.counted.add(submitted.round_id)
    else:  # stored answers are visible in the table
        _log.info("not_stored", status=outcome.status, round_id=submitted.round_id, event_id=submitted.event_id)
    return await _private_reply(core, submitted, outcome)


async def unsent_answer(core: Core, picked: SubmitAnswer) -> UnsentAnswer | MessageView:
    """Return what a player has picked, for them to send, or the private reply for somebody who can't.

    Nothing is stored. What is sent later is checked again.
    """

    async def read(unit: Unit) -> tuple[Round | None, Answer | None]:
        found = await unit.rounds.find(picked.round_id)
        return found, (await unit.answers.of_member(picked.member, [picked.round_id])).get(picked.round_id)

    round_, answer = await core.storage.read(read)
    if round_ is None:
        return await _private_reply(core, picked, AnswerOutcome(status=AnswerStatus.NO_SUCH_ROUND))
    if refused := _refused(round_, answer, picked):
        return await _private_reply(core, picked, AnswerOutcome(status=refused, round=round_, answer=answer))
    told = not_sent_yet(round_, kind_of(round_).response(picked.given, round_))
    return UnsentAnswer(round_id=round_.id, given=positions(picked.given), told=told)


def _refused(round_: Round, answer: Answer | None, picked: SubmitAnswer) -> AnswerStatus | Refusal | None:
    if kind_of(round_).controls(round_).kind is not ControlKind.SELECT:
        return AnswerStatus.NO_SUCH_ROUND
    if refused := refusal(round_, picked):
        return refused
    has_answered = answer is not None and bool(answer.response)
    return AnswerStatus.ALREADY_ANSWERED if has_answered and round_.reveal is Reveal.ON_ANSWER else None


async def _private_reply(core: Core, submitted: SubmitAnswer, outcome: AnswerOutcome) -> MessageView:
    round_ = outcome.round
    # A round whose time is over may still take answers that were given in time: its key waits for the close.
    if outcome.status is AnswerStatus.CLOSED and round_ is not None and round_.closed_at is not None:
        return await _too_late(core, submitted, round_)
    question = await core.revisions.of(round_) if round_ is not None and _needs_question(outcome, round_) else None
    return receipt(outcome, question, await _space_name(core, outcome.elsewhere) if outcome.elsewhere else "")


def _needs_question(outcome: AnswerOutcome, round_: Round) -> bool:
    tells_verdict = round_.reveal is Reveal.ON_ANSWER
    return (tells_verdict or kind_of(round_).tells_texts) and outcome.status not in _TELL_NOTHING


async def _too_late(core: Core, submitted: SubmitAnswer, round_: Round) -> MessageView:
    answers = await core.storage.read(lambda unit: unit.answers.of_member(submitted.member, [round_.id]))
    response = kind_of(round_).response(submitted.given, round_)
    return too_late(round_, response, answers.get(round_.id), await core.revisions.of(round_))


async def _space_name(core: Core, space_id: SpaceId) -> str:
    space = await core.storage.read(lambda unit: unit.spaces.find(space_id))
    return space.name if space else ""


async def receipts(core: Core, member: Member, round_ids: Collection[RoundId]) -> dict[RoundId, MessageView]:
    """Return what a member was told in each of these rounds, for a page that is opened again."""
    if not round_ids:
        return {}

    async def read(unit: Unit) -> list[tuple[Round, Answer]]:
        current = await unit.answers.of_member(member, round_ids)
        rounds = [await unit.rounds.find(round_id) for round_id in current]
        return [(round_, current[round_.id]) for round_ in rounds if round_ is not None]

    return {
        round_.id: receipt_again(round_, answer, await core.revisions.of(round_))
        for round_, answer in await core.storage.read(read)
        if answer.response
    }
