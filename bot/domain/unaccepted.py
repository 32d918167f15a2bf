"""Typed answers that were judged wrong, gathered for hosts: perhaps some are right after all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.domain.identity import PlayerId, QuestionId
from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.responses import Response

_CODE_LENGTH = 32


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that was judged wrong."""

    question_id: QuestionId
    player_id: PlayerId
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Unaccepted:
    """Wrong answers to a question that count as one.

    Attributes:
        text: the answer, as most of these people typed it.
        people: how many people gave it.
        code: names the answer among all answers to the question; a digest, which doesn't reveal the text.
    """

    question: Question
    text: str
    people: int
    code: str


def gathered(answers: Iterable[WrongAnswer], questions: Mapping[QuestionId, Question]) -> list[Unaccepted]:
    """Group wrong answers that hosts could still accept, those of most people first."""
    gave: defaultdict[tuple[QuestionId, Response], set[PlayerId]] = defaultdict(set)
    for answer in answers:
        gave[answer.question_id, answer.response].add(answer.player_id)
    people: defaultdict[tuple[QuestionId, str], set[PlayerId]] = defaultdict(set)
    texts: defaultdict[tuple[QuestionId, str], Counter[str]] = defaultdict(Counter)
    for (question_id, response), players in gave.items():
        question = questions[question_id]
        asked = kind_of(question).in_series(question)  # a series may ask a card as a short answer
        for alike, text in kind_of(asked).unaccepted(asked.key, response) if asked.key else ():
            people[question_id, alike] |= players
            texts[question_id, alike][text] += len(players)
    found = [
        Unaccepted(
            question=questions[question_id],
            text=min(texts[question_id, alike].items(), key=lambda one: (-one[1], one[0]))[0],
            people=len(players),
            code=sha256(alike.encode()).hexdigest()[:_CODE_LENGTH],
        )
        for (question_id, alike), players in people.items()
    ]
    return sorted(found, key=lambda one: (-one.people, one.question.id, one.text))
