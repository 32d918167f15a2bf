"""Correct a wrong key or withdraw a bad question; past rounds are graded again, with an audit line."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.answers import graded_answer
from bot.domain.errors import BadInput
from bot.domain.identity import QuestionId
from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.responses import Key
from bot.domain.revisions import corrected, widened
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.acting import note
from bot.services.core import Core
from bot.services.rounds.asking import post_question
from bot.services.rounds.closing import post_result


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrading:
    """What a correction did: the question as it is now, and how many past rounds and answers were graded again."""

    question: Question
    rounds: int
    answers: int


async def correct_key(core: Core, question_id: QuestionId, text: str, *, reason: str, actor: str) -> Regrading:
    """Give a question another key, typed as its kind expects; letters follow the order of choices in the source.

    Raises:
        NotFound: there is no such question.
        BadInput: the question is withdrawn, or the text isn't a key that it can have.
    """

    def mend(question: Question) -> tuple[Question, str]:
        key = kind_of(question).typed_key(text, question)
        before, after = _spelled(question, question.key), _spelled(question, key)
        return corrected(question, key), f"{before} -> {after}: {reason}"

    return await _correct(core, question_id, mend, actor=actor, action="key corrected")


async def _correct(
    core: Core, question_id: QuestionId, mend: Callable[[Question], tuple[Question, str]], *, actor: str, action: str
) -> Regrading:
    """Store and regrade what ``mend`` makes of a question, with what it says about that; nothing if it changed none."""

    async def work(unit: Unit) -> Regrading:
        question = await unit.banks.question(question_id)
        if question.withdrawn:
            raise BadInput(_("Question {id} is withdrawn: it isn't asked or scored any more.").format(id=question_id))
        mended, details = mend(question)
        if mended is question:
            return Regrading(question=question, rounds=0, answers=0)
        await unit.banks.save([(mended, None)], core.clock.now())
        return await _regrade(core, unit, mended, mended.key, actor, action, details)

    return await core.storage.write(work)


async def accept_answer(core: Core, question_id: QuestionId, text: str, *, reason: str, actor: str) -> Regrading:
    """Accept a typed answer from now on and in past rounds; do nothing if it is accepted already.

    Raises:
        NotFound: there is no such question.
        BadInput: the question is withdrawn or isn't answered by typing, or the text can't be an answer to it.
    """

    def mend(question: Question) -> tuple[Question, str]:
        key = kind_of(question).accepting(question.key, text)
        mended = question if key == question.key else widened(question, key)
        return mended, f"“{' '.join(text.split())}”: {reason}"

    return await _correct(core, question_id, mend, actor=actor, action="answer accepted")


async def withdraw(core: Core, question_id: QuestionId, *, reason: str, actor: str) -> Regrading:
    """Withdraw a question: it is never asked again, and its past rounds count for nothing.

    Raises:
        NotFound: there is no such question.
    """

    async def work(unit: Unit) -> Regrading:
        question = await unit.banks.question(question_id)
        await unit.banks.withdraw(question_id)
        withdrawn = replace(question, withdrawn=True)
        return await _regrade(core, unit, withdrawn, kind_of(question).no_key, actor, "withdrawn", reason)

    return await core.storage.write(work)


async def _regrade(
    core: Core, unit: Unit, question: Question, key: Key, actor: str, action: str, details: str
) -> Regrading:
    now, rounds, changed = core.clock.now(), 0, 0
    for past in await unit.rounds.of_question(question.id):
        locked = await unit.rounds.lock_if_there(past.id)
        if locked is None or (locked.kind != question.kind and key):
            continue
        round_ = replace(locked, key=key or kind_of(locked).no_key)
        if not round_.key.fits(round_.order):
            continue
        await unit.rounds.save_key(past.id, round_.key)
        answers = await unit.answers.of_round(past.id)
        if not round_.keeps_back:
            regraded = [graded_answer(answer, round_) for answer in answers]
            changed += sum(new != old for new, old in zip(regraded, answers, strict=True))
            await unit.answers.save_grades(round_, regraded)
        if round_.closed_at is not None:
            await post_result(unit, round_, now)
        elif not round_.keeps_back:
            await post_question(unit, round_, await unit.banks.question(question.id, past.revision), now)
        rounds += 1
    details = f"{details} ({rounds} rounds, {changed} answers graded anew)"
    await note(core, unit, action, f"question {question.id}", details, actor=actor)
    return Regrading(question=question, rounds=rounds, answers=changed)


def _spelled(question: Question, key: Key) -> str:
    return ",".join(key.spelled(question.order)) or "none"
