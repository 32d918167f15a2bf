"""Reads answer keys whose answers are words, as a pub quiz has them: 1. Lima, 2. Mercury."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from bot.domain.gaps import count_gaps
from bot.importers.reading.answer_lines import key_text
from bot.importers.reading.headings import title
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import bullet, choice_mark, plain, question_mark
from bot.importers.reading.starts import asks
from bot.importers.reading.vocabulary import mentions
from bot.importers.reading.words import key_heading, truth_of

LONGEST_WORDED = 40
"""The most characters of most such answers."""
_ONE_LONG_IN = 5
"""Of so many answers, one may be longer."""
MOST_ROUNDS = 20
"""The most parts of a key whose names are compared, and of a list of answers in words."""
_FEWEST = 3
_NEAR = 4
"""How many lines below the name of a round its first answer may stand."""
_LONGEST_HEADING = 80
_FARTHEST = 40
"""How many lines above a question, or above the answers, the one before it may begin."""
_TRUTHS = {"T": "True", "F": "False"}
_QUESTION_MARKS = ("?", "？", "؟")
_COUNTED = (
    re.compile(r"(?:^|[\s,;])(?P<number>\d{1,3})[.):]\s"),
    re.compile(r"(?:^|[\s,;])(?P<number>\d{1,3})\s"),
)
"""How a number may stand before each answer on a line; first the one that an answer has less often."""
_BARE = re.compile(r"\s{0,8}(?P<number>\d{1,3})\s{1,8}(?P<answer>\S.*)$")
"""A number without a sign before an answer, in a list."""
_PARTED = (re.compile(r"\s{0,2};\s"), re.compile(r"\s{0,2},\s"))


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
        number, answer = (0, "") if lines[index].code else _counted(text)
        if not number and _names_round(lines, index):
            part = title(text)
        elif number == 1 and len(rounds) < MOST_ROUNDS:
            rounds.append(_Round([WordedAnswer(1, answer, part)], index + 1))
        elif rounds and number == len(rounds[-1].answers) + 1:
            rounds[-1].answers.append(WordedAnswer(number, answer, part))
            rounds[-1] = rounds[-1]._replace(end=index + 1)
        else:
            break
    return _asked_for(lines, at, rounds) if rounds else _uncounted(lines, at, begin)


def _counted(text: str) -> tuple[int, str]:
    """The number before an answer, and the answer; 0 without either."""
    mark = question_mark(text)
    if mark:
        return (mark.number or 0, mark.rest) if mark.rest and not mark.named else (0, "")
    bare = _BARE.match(text)
    return (int(bare["number"]), bare["answer"]) if bare else (0, "")


def _names_round(lines: Sequence[Line], at: int) -> bool:
    """Whether a line may name the round whose first answer is right below it."""
    text = lines[at].text
    below = next((line.text for line in lines[at + 1 : at + _NEAR] if line.text.strip()), "")
    is_name = not lines[at].code and len(text) <= LONGEST_WORDED and text.rstrip()[-1] not in ".!?"
    return is_name and _counted(below)[0] == 1


def _uncounted(lines: Sequence[Line], at: int, begin: int) -> WordedKey | None:
    """The answers without numbers in the paragraph that begins at ``begin`` or below it: one a line, in their order."""
    first = next((index for index in range(begin, min(begin + _NEAR, len(lines))) if lines[index].text.strip()), 0)
    if first == 0 or key_heading(plain(lines[first].text)):
        return None
    count = _last_number_above(lines, at)
    paragraph = [*takewhile(lambda line: line.text.strip(), lines[first : first + count + 1])]
    if len(paragraph) != count or any(line.code for line in paragraph):
        return None
    texts = [item[0] if (item := bullet(line.text)) else line.text.strip() for line in paragraph]
    answers = [WordedAnswer(number, text) for number, text in enumerate(texts, start=1)]
    return _asked_for(lines, at, [_Round(answers, first + count)], in_order=True) if all(texts) else None


def _last_number_above(lines: Sequence[Line], at: int) -> int:
    """The number of the last question above an index; 0 if there is none near."""
    for line in map(lines.__getitem__, range(at - 1, max(at - _FARTHEST, 0) - 1, -1)):
        mark = question_mark(line.text) if line.text and not line.code else None
        if mark and mark.number is not None:
            return mark.number
    return 0


def read_words_behind(lines: Sequence[Line], at: int, text: str) -> WordedKey | None:
    """The answers behind a word such as "Answers:" on the line at ``at``: all of them are in ``text``."""
    for texts, in_order in _parted(text):
        answers = [WordedAnswer(number, one) for number, one in enumerate(texts, start=1)]
        if all(texts) and (found := _asked_for(lines, at, [_Round(answers, at + 1)], in_order=in_order)):
            return found
    return None


def _parted(text: str) -> Iterator[tuple[Sequence[str], bool]]:
    """The ways in which a line can be parted into answers, and whether only their order tells which is whose.

    They stand between numbers that count from 1, or between signs.
    """
    for counted in _COUNTED:
        begins = [*counted.finditer(text)]
        if begins and [int(found["number"]) for found in begins] == [*range(1, len(begins) + 1)]:
            ends = [found.start() for found in begins[1:]] + [len(text)]
            yield [text[found.end() : end].strip(" ,;.") for found, end in zip(begins, ends, strict=True)], False
            return
    for sign in _PARTED:
        yield [one.strip(" .") for one in sign.split(text)], True


def _asked_for(lines: Sequence[Line], at: int, rounds: Sequence[_Round], *, in_order: bool = False) -> WordedKey | None:
    """The key with the answers of these rounds, or of the first of them, as many as there are questions right above it.

    What is counted below those must be the next questions. If only their order tells which answer is whose, the heading
    has to say that there are several, and no question has choices or another answer: all could be the last one's.
    """
    if in_order and not mentions("answers", lines[at].text[:_LONGEST_HEADING]):
        return None
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
        if asked and not (in_order and _have_more(lines, at, asked)):
            return WordedKey(answers, asked, rounds[count - 1].end)
    return None


def _have_more(lines: Sequence[Line], at: int, asked: Sequence[int]) -> bool:
    """Whether questions above an index, on the lines of these numbers, have choices or answers of their own."""
    begins = {*asked}
    for index in range(at - 1, -1, -1):
        line = lines[index]
        if line.number == asked[-1]:
            break
        own = line.text if line.number not in begins and not line.code else ""
        if own and (choice_mark(own) or bullet(own) or key_text(own) is not None):
            return True
    return False


def _are_asked(texts: Sequence[str], *, judged: bool) -> bool:
    """Whether most of these texts ask or, if they are ``judged`` to be true or false, state something."""
    if judged:
        return 2 * sum(text.endswith(_QUESTION_MARKS) or truth_of(text) is not None for text in texts) <= len(texts)
    return 2 * sum(asks(text) or bool(count_gaps(text)) for text in texts) > len(texts)


def _counted_above(lines: Sequence[Line], at: int, counts: Sequence[int], *, judged: bool) -> Sequence[int]:
    """The numbers of the lines right above an index that count from 1 to each of ``counts``, if they ask; else none.

    If more questions are counted right above these, it isn't clear which ones the answers belong to: none, either.
    """
    found: list[int] = []
    texts: list[str] = []
    reached = 0
    due = [number for count in counts for number in range(1, count + 1)] if min(counts) >= _FEWEST else []
    for index in range(at - 1, -1, -1) if due else ():
        line = lines[index]
        mark = question_mark(line.text) if line.text and not line.code else None
        if mark is None or mark.number is None:
            if (reached or at) - index > _FARTHEST:
                break
            continue
        if not due:
            return [] if _are_asked([mark.rest], judged=judged) else found
        if mark.number != due.pop():
            return []
        reached = index
        found.append(line.number)
        texts.append(mark.rest)
        if not due and not _are_asked(texts, judged=judged):
            return []
    return found if texts and not due else []
