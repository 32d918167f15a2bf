"""Correct a wrong key or withdraw a bad question; past rounds are graded again, with an audit line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.answers import Answer, graded_answer
from bot.domain.errors import BadInput
from bot.domain.identity import Member, PlayerId, QuestionId
from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.responses import Key
from bot.domain.revisions import corrected, widened
from bot.domain.rounds import Round
from bot.domain.thanks import Deed
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.acting import note
from bot.services.banks.gains import Gain, tell_gains
from bot.services.core import Core
from bot.services.rounds.asking import post_question
from bot.services.rounds.closing import post_result


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrading:
    """What a correction did.

    Attributes:
        question: the question as it is now.
        rounds: how many past rounds got another key.
        answers: how many of their answers count differently.
        changed: False if there was nothing to do.
        gains: the rounds in which somebody's answer became worth more, each with these people.
    """

    question: Question
    rounds: int = 0
    answers: int = 0
    changed: bool = True
    gains: tuple[Gain, ...] = ()

    @property
    def people(self) -> int:
        """How many people's answers became worth more."""
        return len(frozenset[PlayerId]().union(*(gain.players for gain in self.gains)))


KeyOfPast = Callable[[Question, Round], Key | None]
"""The key that a past round of a question gets; None: it keeps its own."""


async def correct_key(
    core: Core, question_id: QuestionId, text: str, *, reason: str, actor: str, thanked: Member | None = None
) -> Regrading:
    """Give a question another key, typed as its kind expects; letters follow the order of choices in the source.

    Past rounds keep their own unit, exactness and near misses; those that asked for another unit keep their key. The
    next weekly post thanks the member ``thanked``.

    Raises:
        NotFound: there is no such question.
        BadInput: the question is withdrawn, or the text isn't a key that it can have.
    """

    def mend(question: Question) -> tuple[Question, str]:
        key = kind_of(question).typed_key(text, question)
        before, after = _spelled(question, question.key), _spelled(question, key)
        return corrected(question, key), _joined(f"{before} -> {after}", reason)

    def key_of_past(question: Question, past: Round) -> Key | None:
        key = kind_of(question).key_as(question.key, past.kind)
        return None if key is None else kind_of(past).with_answers(past.key, key)

    return await _correct(core, question_id, mend, key_of_past, actor=actor, action="key corrected", thanked=thanked)


async def accept_answer(
    core: Core, question_id: QuestionId, text: str, *, reason: str, actor: str, thanked: Member | None = None
) -> Regrading:
    """Accept a typed answer from now on and in past rounds; do nothing if the question accepts it already.

    A past round still accepts all that it did, so this takes points from nobody. It keeps its key if it asked for
    another unit. The channels of people who gain by it are told. The next weekly post thanks the member ``thanked``.

    Raises:
        NotFound: there is no such question.
        BadInput: the question is withdrawn or isn't answered by typing, or the text can't be an answer to it.
    """

    def mend(question: Question) -> tuple[Question, str]:
        key = kind_of(question).accepting(question.key, text)
        mended = question if key == question.key else widened(question, key)
        return mended, _joined(f"“{' '.join(text.split())}”", reason)

    def key_of_past(question: Question, past: Round) -> Key | None:
        new = kind_of(question).key_as(question.key, past.kind)
        if new is None or kind_of(past).with_answers(past.key, new) is None:
            return None
        try:
            key = kind_of(past).accepting(past.key, text)
        except BadInput:
            return None
        return None if key == past.key else key

    return await _correct(
        core, question_id, mend, key_of_past, actor=actor, action="answer accepted", accepted=text, thanked=thanked
    )


async def _correct(
    core: Core,
    question_id: QuestionId,
    mend: Callable[[Question], tuple[Question, str]],
    key_of_past: KeyOfPast,
    *,
    actor: str,
    action: str,
    accepted: str = "",
    thanked: Member | None = None,
) -> Regrading:
    """Store the revision that ``mend`` makes of a question, and grade its past rounds again.

    ``mend`` also returns what the audit says about the change. If it returns the question itself, nothing is done.
    If a text is ``accepted``, the people who gain by it are told.
    """

    async def work(unit: Unit) -> Regrading:
        question = await unit.banks.question(question_id)
        if question.withdrawn:
            raise BadInput(_("Question {id} is withdrawn: it isn't asked or scored any more.").format(id=question_id))
        mended, details = mend(question)
        if mended is question:
            return Regrading(question=question, changed=False)
        await unit.banks.save([(mended, None)], core.clock.now())
        done = await _regrade(core, unit, mended, key_of_past, actor, action, details)
        if thanked:
            await unit.forgetting.refuse_outdated(thanked)
            await unit.thanks.add(thanked, Deed.IMPROVED, question_id, core.clock.now())
        if accepted:
            await tell_gains(core, unit, mended, accepted, done.gains)
        return done

    return await core.write_and_deliver(work)


async def withdraw(core: Core, question_id: QuestionId, *, reason: str, actor: str) -> Regrading:
    """Withdraw a question: it is never asked again, and its past rounds count for nothing.

    Raises:
        NotFound: there is no such question.
    """

    async def work(unit: Unit) -> Regrading:
        question = await unit.banks.question(question_id)
        await unit.banks.withdraw(question_id)
        withdrawn = replace(question, withdrawn=True)
        return await _regrade(core, unit, withdrawn, _no_key, actor, "withdrawn", reason)

    return await core.storage.write(work)


async def _regrade(
    core: Core, unit: Unit, question: Question, key_of_past: KeyOfPast, actor: str, action: str, details: str
) -> Regrading:
    now, rounds, changed, gains = core.clock.now(), 0, 0, list[Gain]()
    for past in await unit.rounds.of_question(question.id):
        locked = await unit.rounds.lock_if_there(past.id)
        key = None if locked is None else key_of_past(question, locked)
        if locked is None or key is None or not key.fits(locked.order):
            continue
        round_ = replace(locked, key=key)
        await unit.rounds.save_key(past.id, round_.key)
        answers = await unit.answers.of_round(past.id)
        if not round_.keeps_back:
            regraded = [graded_answer(answer, round_) for answer in answers]
            changed += sum(new != old for new, old in zip(regraded, answers, strict=True))
            gains += _gained(round_, answers, regraded)
            await unit.answers.save_grades(round_, regraded)
        if round_.closed_at is not None:
            await post_result(unit, round_, now)
        elif not round_.keeps_back or _asks_otherwise(locked, round_):
            await post_question(unit, round_, await unit.banks.question(question.id, past.revision), now)
        rounds += 1
    details = f"{details} (rounds: {rounds}, answers graded anew: {changed})".lstrip()
    await note(core, unit, action, f"question {question.id}", details, actor=actor)
    return Regrading(question=question, rounds=rounds, answers=changed, gains=tuple(gains))


def _asks_otherwise(before: Round, after: Round) -> bool:
    """Whether people must be told of another way to answer, although the key is secret; a lost key changes nothing."""
    return bool(after.key) and kind_of(before).hint(before) != kind_of(after).hint(after)


def _gained(round_: Round, before: Sequence[Answer], after: Sequence[Answer]) -> list[Gain]:
    """Return the people whose answers became worth more, if there are any: another blank of theirs may be right."""
    players = frozenset(
        new.player_id for old, new in zip(before, after, strict=True) if _points_of(new) > _points_of(old)
    )
    return [Gain(round_, players)] if players else []


def _points_of(answer: Answer) -> int:
    return answer.grade.points if answer.grade else 0


def _no_key(_question: Question, past: Round) -> Key:
    return kind_of(past).without_answers(past.key)


def _joined(*parts: str) -> str:
    return ": ".join(filter(None, parts))


def _spelled(question: Question, key: Key) -> str:
    return ",".join(key.spelled(question.order)) or "none"
