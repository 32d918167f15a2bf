"""Hosts look through typed answers that were judged wrong, and accept some of them or set them aside."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import QuestionId, SpaceId
from bot.domain.questions import Question
from bot.domain.unaccepted import Unaccepted, WrongAnswer, gathered
from bot.i18n import gettext as _
from bot.ports import Bank, Unit
from bot.services.acting import actor, note
from bot.services.banks.correcting import Regrading, accept_answer
from bot.services.banks.rights import own_question
from bot.services.core import Core

SHOWN = 10
"""How many answers a host looks through at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Answers that wait for a host's decision.

    Attributes:
        shown: those of most people, each with whether the space's hosts may accept it.
        more: how many others wait.
    """

    shown: tuple[tuple[Unaccepted, bool], ...]
    more: int


async def waiting(core: Core, space_id: SpaceId) -> Waiting:
    """Return the answers that wait for a decision of a space's hosts, those of most people first."""

    async def read(unit: Unit) -> tuple[list[WrongAnswer], dict[QuestionId, Question], set[tuple[QuestionId, str]]]:
        answers = await unit.unaccepted.latest(space_id)
        ids = {answer.question_id for answer in answers}
        return answers, await unit.banks.current(ids), await unit.unaccepted.codes_set_aside(space_id, ids)

    answers, questions, aside = await core.storage.read(read)
    # On a thread: in a large space, thousands of different texts are compared with what is accepted.
    found = await asyncio.to_thread(gathered, answers, questions)
    left = [one for one in found if (one.question.id, one.code) not in aside]
    shown = left[:SHOWN]
    banks = await core.storage.read(lambda unit: _banks(unit, [one.question for one in shown]))
    may_accept = (bank.space_id == space_id for bank in banks)
    return Waiting(shown=tuple(zip(shown, may_accept, strict=True)), more=len(left) - len(shown))


async def _banks(unit: Unit, questions: Collection[Question]) -> list[Bank]:
    return [await unit.banks.bank_of(question) for question in questions]


async def accept(
    core: Core, caller: Caller, question_id: QuestionId, *, text: str = "", code: str = ""
) -> tuple[str, Regrading]:
    """Accept an answer from now on and in past rounds: any text, or the one that waits under a code.

    Return the answer, and what accepting it changed.

    Raises:
        NotAllowed: the question isn't in a bank of the caller's space.
        NotFound: the caller's space has no such question, or nothing waits under the code.
        BadInput: the question is being asked, or can't accept the text.
    """
    found = await _waits(core, caller.space.id, question_id, code=code) if code else None
    accepted = found.text if found else text

    async def check(unit: Unit) -> None:
        await own_question(unit, caller.space.id, question_id, was_asked=found is not None)
        if await unit.rounds.is_being_asked(question_id, caller.space.id):
            raise BadInput(_("This question is being asked right now. Accept the answer once it has closed."))

    await core.storage.read(check)
    who = await core.storage.write(lambda unit: actor(unit, caller.member))
    return accepted, await accept_answer(core, question_id, accepted, reason="", actor=who, thanked=caller.member)


async def set_aside(
    core: Core, caller: Caller, question_id: QuestionId, *, text: str = "", code: str = ""
) -> Unaccepted:
    """Stop showing a waiting answer, named by its text or its code, to this space's hosts; it stays wrong.

    Raises:
        NotFound: no such answer waits.
    """
    found = await _waits(core, caller.space.id, question_id, text=text, code=code)

    async def work(unit: Unit) -> None:
        if (question_id, found.code) in await unit.unaccepted.codes_set_aside(caller.space.id, [question_id]):
            return
        await unit.unaccepted.set_aside(caller.space.id, question_id, found.code, core.clock.now())
        who, what = await actor(unit, caller.member), f"question {question_id}"
        await note(core, unit, "answer set aside", what, f"space {caller.space.id}", actor=who)

    await core.storage.write(work)
    return found


async def _waits(
    core: Core, space_id: SpaceId, question_id: QuestionId, *, text: str = "", code: str = ""
) -> Unaccepted:
    """Return a waiting answer, even if it was set aside: hosts may change their mind."""

    async def read(unit: Unit) -> tuple[list[WrongAnswer], dict[QuestionId, Question]]:
        answers = await unit.unaccepted.to_question(space_id, question_id)
        return answers, await unit.banks.current([question_id])

    for one in await asyncio.to_thread(gathered, *await core.storage.read(read)):
        if code == one.code or (not code and " ".join(text.split()) == one.text):
            return one
    raise NotFound(_("No such answer is waiting: it already counts as right, or is gone."))
