"""Private messages to players about their answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bot.domain.answers import Answer, AnswerOutcome, AnswerStatus
from bot.domain.deletions import Outdated
from bot.domain.grading import Grade
from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.responses import Refusal, Response
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.speed import points_for_speed
from bot.domain.views import Mark, MessageView
from bot.i18n import gettext as _
from bot.i18n import language, ngettext
from bot.rendering.questions import LONGEST_IN_WORDS, result_options, right_ones, text_of_right
from bot.rendering.words import literal, worth


def receipt(outcome: AnswerOutcome, question: Question | None, elsewhere: str = "") -> MessageView:
    """The private reply to a click; ``question`` is needed if the verdict, or the texts of choices, may be told.

    ``elsewhere`` is the name of another space where the player has answered the same question, if any.
    """
    if outcome.status is AnswerStatus.TOO_NEW and outcome.allowed_from is not None:
        return MessageView(text=_too_new(outcome.allowed_from))
    if outcome.status is AnswerStatus.ANSWERED_ELSEWHERE:
        text = _("You have answered this one in {space} already: it counts once.")
        return MessageView(text=text.format(space=literal(elsewhere)))
    answer = outcome.answer
    response, grade = (answer.response, answer.grade) if answer else (None, None)
    return _told(outcome.status, outcome.round, response, grade, question, language())


@lru_cache(maxsize=1_000)
def _told(
    status: AnswerStatus | Refusal,
    round_: Round | None,
    response: Response | None,
    grade: Grade | None,
    question: Question | None,
    _language: str,
) -> MessageView:
    """Cached: two thousand people who click in a minute get one of four replies."""
    if round_ is None or status in _REFUSALS:
        return MessageView(text=_refusal(status))
    if isinstance(status, Refusal):
        return MessageView(text=literal(kind_of(round_).explained(status, round_)), refuses=True)
    if not response:
        return MessageView(text=_("Taken back: you have no answer in this round now."))
    if round_.reveal is Reveal.ON_ANSWER and question is not None:
        return _verdict(status, round_, response, grade, question)
    return MessageView(text=_saved(status, round_, response, question), closes_at=round_.closes_at)


def not_sent_yet(round_: Round, response: Response) -> MessageView:
    """The private reply to picks that their player still has to send."""
    text = _("Your choice: {letters}. It isn't sent yet. Submit it, or choose again in the question.")
    return MessageView(text=text.format(letters=_spelled(response, round_)))


def receipt_again(round_: Round, answer: Answer, question: Question) -> MessageView:
    """The receipt again, for somebody who comes back to the page."""
    outcome = AnswerOutcome(status=AnswerStatus.UNCHANGED, round=round_, answer=answer)
    if round_.closed_at is not None and answer.response:
        return _verdict(AnswerStatus.UNCHANGED, round_, answer.response, answer.grade, question)
    return receipt(outcome, question)


def too_late(round_: Round, response: Response, current: Answer | None, question: Question) -> MessageView:
    """The private reply to a click on a closed round: the answer doesn't count, but the player can still learn."""
    if current is not None and current.response:
        return _verdict(AnswerStatus.CLOSED, round_, current.response, current.grade, question)
    parts = [_("This question has closed.")]
    if round_.key.in_full:
        return _explained("\n\n".join((*parts, round_.key.in_full)), round_, question)
    grade = round_.key.grade(response) if round_.key and response else None
    if not round_.key:
        parts.append(_("It was withdrawn: it doesn't count."))
    else:
        parts += [_came_late(round_, response, grade)] if grade else []
        parts += [] if grade and grade.right else [_right_ones(round_, question)]
    return _explained(" ".join(parts), round_, question)


def _came_late(round_: Round, response: Response, would_be: Grade) -> str:
    number = len(response.spelled(round_.order))
    if would_be.right:
        text = ngettext(
            "That came too late for points, but {letters} would have been right!",
            "That came too late for points, but {letters} would have been right!",
            number,
        )
    elif would_be.points:
        text = ngettext(
            "That came too late for points; {letters} would have been partly right.",
            "That came too late for points; {letters} would have been partly right.",
            number,
        )
    else:
        text = ngettext(
            "That came too late for points, and {letters} isn't it.",
            "That came too late for points, and {letters} aren't it.",
            number,
        )
    return text.format(letters=_judged(response, round_))


_REFUSALS = frozenset({AnswerStatus.CLOSED, AnswerStatus.NO_SUCH_ROUND, AnswerStatus.DELETED})


def _refusal(status: AnswerStatus | Refusal) -> str:
    if status is AnswerStatus.CLOSED:
        return _("This question has just closed. The result comes in a moment.")
    if status is AnswerStatus.DELETED:
        return Outdated().marked
    return _("This question isn't here any more.")


def _too_new(allowed_from: datetime) -> str:
    when = allowed_from.astimezone(UTC) + timedelta(minutes=1)  # as the seconds are left out
    return _(
        "Welcome! In this league, newcomers wait a little before they answer. You can start on {day} at {time} UTC."
    ).format(day=f"{when:%Y-%m-%d}", time=f"{when:%H:%M}")


def _saved(status: AnswerStatus, round_: Round, response: Response, question: Question | None) -> str:
    letters = _spelled(response, round_)
    if question is not None and kind_of(round_).tells_texts:
        letters += _in_words(response, question)
    if status is AnswerStatus.SUPERSEDED:
        text = _("Your later choice stands: {letters}.")
    elif status is AnswerStatus.CHANGED:
        text = _("Changed to {letters}.")
    else:
        text = _("Saved: {letters}.")
    return " ".join((text.format(letters=letters), _you_may_change(round_)))


def _in_words(response: Response, question: Question) -> str:
    """The texts of a response in brackets, as Markdown; empty if they are too long."""
    texts = ", ".join(response.texts({choice.id: choice.text for choice in question.choices}))
    return f" ({texts})" if 0 < len(texts) <= LONGEST_IN_WORDS else ""


def _you_may_change(round_: Round) -> str:
    if round_.answer_with is AnswerWith.REACTIONS:
        return _("You can change it or take it back until the question closes.")
    return _("You can change it until the question closes.")


def _verdict(
    status: AnswerStatus, round_: Round, response: Response, grade: Grade | None, question: Question
) -> MessageView:
    letters, single = _judged(response, round_), len(response.spelled(round_.order)) == 1
    if grade is None:
        text = _("Saved: {letters}. This question isn't scored.")
    elif grade.right:
        text = _("{letters} is right! {points}.") if single else _("{letters}: all right! {points}.")
    elif grade.points:
        text = _("{letters} is partly right: {points}.") if single else _("{letters}: partly right, {points}.")
    else:
        text = _("{letters} isn't it this time.") if single else _("{letters}: not this time.")
    earned = worth(grade.points, points_for_speed(grade, round_, response)) if grade else ""
    parts = [text.format(letters=letters, points=earned)]
    if status is AnswerStatus.ALREADY_ANSWERED:
        parts.insert(0, _("Your first answer stands."))
    if status is AnswerStatus.CLOSED:
        parts.insert(0, _("This question has closed; your answer stands."))
    if round_.key and kind_of(round_).scored and not (grade and grade.right):
        parts += filter(None, [round_.key.hint(response)])
        parts.append(_right_ones(round_, question))
    return replace(_explained(" ".join(parts), round_, question), mark=_mark(grade))


def _mark(grade: Grade | None) -> Mark:
    """What a grade says at a glance; what is partly right is neither."""
    if grade is None or (grade.points and not grade.right):
        return Mark.NONE
    return Mark.RIGHT if grade.right else Mark.WRONG


def _explained(text: str, round_: Round, question: Question) -> MessageView:
    return MessageView(
        text=text + (f"\n\n{question.explanation}" if question.explanation else ""),
        options=result_options(round_, question, None),
    )


def _right_ones(round_: Round, question: Question) -> str:
    """The right answers; one that stands behind a letter also with its text, if that is short."""
    number, letters = right_ones(round_)
    if number == 1 and kind_of(round_).lettered and kind_of(round_).picks:
        text = text_of_right(round_, question)
        if not text:
            return _("It's {letter}.").format(letter=letters)
        return _("It's {letter}, {text}.").format(letter=letters, text=text.rstrip("."))
    return ngettext("The right answer is {letters}.", "The right answers are {letters}.", number).format(
        letters=letters
    )


def _spelled(response: Response, round_: Round) -> str:
    """A response as its player may read it while the key is secret."""
    return literal(response.understood or ", ".join(response.spelled(round_.order)))


def _judged(response: Response, round_: Round) -> str:
    """A response as its player may read it beside the verdict."""
    understood = round_.key.understood(response) if round_.key else ""
    return literal(understood) if understood else _spelled(response, round_)
