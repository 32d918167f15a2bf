"""Reads answer keys whose answers are words, as a pub quiz has them: 1. Lima, 2. Mercury."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.gaps import count_gaps
from bot.importers.reading.headings import title
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import question_mark
from bot.importers.reading.starts import asks
from bot.importers.reading.words import truth_of

LONGEST_WORDED = 40
"""The most characters of most such answers."""
_ONE_LONG_IN = 5
"""Of so many answers, one may be longer."""
MOST_ROUNDS = 20
"""The most parts of a key whose names are compared, and of a list of answers in words."""
_FEWEST = 3
_NEAR = 4
"""How many lines below the name of a round its first answer may stand."""
_TRUTHS = {"T": "True", "F": "False"}
_QUESTION_MARKS = ("?", "？", "؟")
_COUNTED = re.compile(r"(?:^|[\s,;])(?P<number>\d{1,3})[.):]?\s")


class WordedAnswer(NamedTuple):
    """One answer: the number of its question, its text, and the name of its round; empty if the round has none."""

    number: int
    text: str
    part: str = ""


class _Round(NamedTuple):
    """The answers of a round, and the index after the last."""

    answers: list[WordedAnswer]
    end: int


class WordedKey(NamedTuple):
    """Answers in words, the numbers of the lines that ask for them, and the index after the last answer.

    The answers of each round are counted from 1 on.
    """

    answers: Sequence[WordedAnswer]
    asked: Sequence[int]
    end: int


def read_words(lines: Sequence[Line], at: int, begin: int) -> WordedKey | None:
    """The answers from ``begin`` on, below a heading at ``at``: of the round above it, or of several, each with a name.

    None unless as many questions are counted right above the heading: steps of a solution are counted, too.
    """
    rounds: list[_Round] = []
    part = title(lines[at].text) if begin > at else ""
    for index in range(begin, len(lines)):
        text = lines[index].text
        if not text.strip():
            continue
        mark = question_mark(text) if not lines[index].code else None
        if mark is None and _names_round(lines, index):
            part = title(text)
        elif mark is None or mark.named or not mark.rest:
            break
        elif mark.number == 1 and len(rounds) < MOST_ROUNDS:
            rounds.append(_Round([WordedAnswer(1, mark.rest, part)], index + 1))
        elif rounds and mark.number == len(rounds[-1].answers) + 1:
            rounds[-1].answers.append(WordedAnswer(mark.number, mark.rest, part))
            rounds[-1] = rounds[-1]._replace(end=index + 1)
        else:
            break
    return _asked_for(lines, at, rounds)


def _names_round(lines: Sequence[Line], at: int) -> bool:
    """Whether a line may name the round whose first answer is right below it."""
    text = lines[at].text
    below = next((line.text for line in lines[at + 1 : at + _NEAR] if line.text.strip()), "")
    mark = question_mark(below) if below else None
    is_name = not lines[at].code and len(text) <= LONGEST_WORDED and text.rstrip()[-1] not in ".!?"
    return is_name and mark is not None and mark.number == 1


def read_words_behind(lines: Sequence[Line], at: int, text: str) -> WordedKey | None:
    """The answers behind a word such as "Answers:" on the line at ``at``: all of them are in ``text``."""
    begins = [*_COUNTED.finditer(text)]
    ends = [found.start() for found in begins[1:]] + [len(text)]
    if not begins or [int(found["number"]) for found in begins] != [*range(1, len(begins) + 1)]:
        return None
    texts = [text[found.end() : end].strip(" ,;.") for found, end in zip(begins, ends, strict=True)]
    answers = [WordedAnswer(number, one) for number, one in enumerate(texts, start=1)]
    return _asked_for(lines, at, [_Round(answers, at + 1)]) if all(texts) else None


def _asked_for(lines: Sequence[Line], at: int, rounds: Sequence[_Round]) -> WordedKey | None:
    """The key with the answers of these rounds, or of the first of them, as many as there are questions right above it.

    What is counted below those must be the next questions.
    """
    for count in range(len(rounds), 0, -1):
        answers = [answer for some in rounds[:count] for answer in some.answers]
        if _ONE_LONG_IN * sum(len(answer.text) > LONGEST_WORDED for answer in answers) > len(answers):
            continue
        if {answer.text for answer in answers} <= _TRUTHS.keys():
            answers = [answer._replace(text=_TRUTHS[answer.text]) for answer in answers]
        judged = all(truth_of(answer.text) is not None for answer in answers)
        below = [answer.text for some in rounds[count : count + 1] for answer in some.answers]
        if below and not _are_asked(below, judged=judged):
            continue
        asked = _counted_above(lines, at, [len(some.answers) for some in rounds[:count]], judged=judged)
        if asked:
            return WordedKey(answers, asked, rounds[count - 1].end)
    return None


def _are_asked(texts: Sequence[str], *, judged: bool) -> bool:
    """Whether most of these texts ask or, if they are ``judged`` to be true or false, state something."""
    if judged:
        return 2 * sum(text.endswith(_QUESTION_MARKS) or truth_of(text) is not None for text in texts) <= len(texts)
    return 2 * sum(asks(text) or bool(count_gaps(text)) for text in texts) > len(texts)


def _counted_above(lines: Sequence[Line], at: int, counts: Sequence[int], *, judged: bool) -> Sequence[int]:
    """The numbers of the lines right above an index that count from 1 to each of ``counts``, if they ask; else none."""
    found: list[int] = []
    texts: list[str] = []
    due = [number for count in counts for number in range(1, count + 1)] if min(counts) >= _FEWEST else []
    for index in range(at - 1, -1, -1) if due else ():
        line = lines[index]
        mark = question_mark(line.text) if line.text and not line.code else None
        if mark is None or mark.number is None:
            continue
        if mark.number != due.pop():
            break
        found.append(line.number)
        texts.append(mark.rest)
        if not due:
            return found if _are_asked(texts, judged=judged) else []
    return []
