"""Look at the questions that were asked in a channel lately, for hosts who want to change one."""

from bot.domain.commands import Caller
from bot.domain.identity import QuestionId
from bot.domain.questions import Question
from bot.ports import PostKind, Unit
from bot.services.banks.rights import own_question
from bot.services.core import Core

SHOWN = 5
"""How many questions a host looks through at once."""
_READ = 60
"""How many of a channel's latest messages are searched for them."""


async def asked_lately(core: Core, caller: Caller) -> list[tuple[Question, bool]]:
    """Return the questions that were asked last in the caller's channel, newest first.

    Each comes as it is now, and with whether the hosts of the caller's space may change it.
    """

    async def read(unit: Unit) -> list[tuple[Question, bool]]:
        found: dict[QuestionId, tuple[Question, bool]] = {}
        for post in reversed(await unit.outbox.recent(caller.space.id, caller.channel, _READ)):
            if post.kind is not PostKind.QUESTION or post.round_id is None or post.private_to is not None:
                continue
            round_ = await unit.rounds.find(post.round_id)
            if round_ is not None and round_.question_id not in found and len(found) < SHOWN:
                question = await unit.banks.question(round_.question_id)
                bank = await unit.banks.bank_of(question)
                found[question.id] = (question, bank.space_id == caller.space.id and not question.withdrawn)
        return list(found.values())

    return await core.storage.read(read)


async def to_change(core: Core, caller: Caller, question_id: QuestionId) -> Question:
    """Return a question that the hosts of the caller's space may change.

    Raises:
        NotAllowed: its bank is the operator's, or another space's.
        NotFound: the caller's space can't know of such a question.
    """

    async def read(unit: Unit) -> Question:
        rounds = await unit.rounds.of_question(question_id)
        was_asked = any(one.space_id == caller.space.id for one in rounds)
        return await own_question(unit, caller.space.id, question_id, was_asked=was_asked)

    return await core.storage.read(read)
