"""How the answers to a question are spread, for its hosts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.accuracy import Accuracy
from bot.domain.identity import ChoiceId
from bot.domain.questions import Question
from bot.i18n import gettext as _
from bot.ports import Tally, Unit
from bot.services.core import Core

_BY_TEXT = {"choice", "true_false", "card"}
"""The kinds whose answers are few: each is listed. Of the others is told how many were right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many people gave an answer, and whether it is right by the question's key of today."""

    text: str
    number: int
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """The answers to a question in rounds that are closed and were for everybody.

    Attributes:
        asked: how many such rounds there were.
        answered: how many people answered; where several choices are to be chosen, one may be in several shares.
        accuracy: how many graded answers were right.
        shares: the question's choices in their order, or other answers, commonest first.
    """

    asked: int
    answered: int
    accuracy: Accuracy
    shares: tuple[Share, ...]


async def answers_so_far(core: Core, question: Question) -> Distribution:
    """Return how the answers to a question are spread."""

    async def read(unit: Unit) -> Distribution:
        rounds = await unit.rounds.of_question(question.id)
        asked = sum(one.closed_at is not None and one.private_to is None for one in rounds)
        return spread(question, asked, await unit.answers.tallies(question.id))

    return await core.storage.read(read)


def spread(question: Question, asked: int, tallies: Sequence[Tally]) -> Distribution:
    """Spread counted answers over a question's choices, or over right and wrong."""
    graded = [one for one in tallies if one.right is not None]
    right = sum(one.number for one in graded if one.right)
    accuracy = Accuracy(right=right, answered=sum(one.number for one in graded))
    answered = sum(one.number for one in tallies)
    shares = _by_text(question, tallies) if question.kind in _BY_TEXT else _by_grade(accuracy)
    return Distribution(asked=asked, answered=answered, accuracy=accuracy, shares=tuple(shares) if answered else ())


def _by_text(question: Question, tallies: Sequence[Tally]) -> list[Share]:
    if question.kind == "choice":
        return [
            Share(
                text=choice.text,
                number=sum(one.number for one in tallies if one.response and _has(one, choice.id)),
                right=bool(question.key and question.key.names(choice.id)),
            )
            for choice in question.choices
        ]
    counted = Counter[str]()
    right = set[str]()
    for one in tallies:
        for text in one.response.texts({}) if one.response else ():
            counted[text] += one.number
            right |= {text} if one.right else set()
    return [Share(text=text, number=number, right=text in right) for text, number in counted.most_common()]


def _has(tally: Tally, choice: ChoiceId) -> bool:
    return bool(tally.response and tally.response.texts({choice: "chosen"}))


def _by_grade(accuracy: Accuracy) -> list[Share]:
    return [
        Share(text=_("right"), number=accuracy.right, right=True),
        Share(text=_("not right"), number=accuracy.answered - accuracy.right, right=False),
    ]
