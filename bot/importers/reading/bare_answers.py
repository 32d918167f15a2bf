"""Finds answers without a word such as "Answer" that stand behind questions without choices, or on the line below."""

import re
from collections.abc import Sequence

from bot.domain.gaps import count_gaps
from bot.domain.selection import asked
from bot.importers.reading.anatomy import POINTS, RawQuestion
from bot.importers.reading.answer_lines import key_text
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import bullet, choice_mark, is_ruler
from bot.importers.reading.open_drafts import is_brief
from bot.importers.reading.vocabulary import parted_by

_BEHIND = re.compile(
    r"[?？](?P<behind>\s{0,3}(?:[(\[](?P<bracket>[^()\[\]]{1,60})[)\]]|\*\*(?P<bold>[^*]{1,60})\*\*)\.?)$"
    r"|[?？](?P<apart>\s{0,3}(?:[-–—=]>?|→|:)\s{1,3}(?P<bare>[^?？]{1,60}))$"
)
_FEWEST = 3
_FEWEST_BEHIND = 5
"""Hints, topics and the like stand there, too."""
_MOSTLY = 0.8
_BETWEEN = re.compile(r"[/|;]|,.*,")
_ASKS = re.compile(r"[?？][*_]{0,3}$")


def answers_behind(texts: Sequence[str]) -> Sequence[re.Match[str] | None]:
    """Where the answers stand behind questions, if most have it there: "Capital of Peru? (Lima)"; empty if not.

    What questions are worth stands there, too, or which examination asked them: that has figures, or comes again. Hints
    differ, as answers do, so it takes more questions unless the answers are in bold type. Words to choose from, or to
    put into a gap, don't count.
    """
    behind = [None if count_gaps(text) else _BEHIND.search(text.rstrip()) for text in texts]
    behind = [None if found and _offers(_answer_behind(found)) else found for found in behind]
    answers = [_answer_behind(found) for found in behind if found]
    fewest = _FEWEST if all(found["bold"] for found in behind if found) else _FEWEST_BEHIND
    if not _are_answers(answers, len(texts), fewest):
        return ()
    return () if 2 * sum(any(map(str.isdecimal, answer)) for answer in answers) > len(answers) else behind


def answers_below(paragraphs: Sequence[Sequence[Line]]) -> Sequence[Line | None]:
    """The short lines right below questions, if most have just one, and those differ; empty if not.

    Args:
        paragraphs: the lines of each question.
    """
    below = [answer_below([line for line in lines if line.text.strip()]) for lines in paragraphs]
    answers = [line.text.strip() for line in below if line]
    return below if _are_answers(answers, len(paragraphs), _FEWEST) else ()


def take_bare_answers(raws: Sequence[RawQuestion]) -> None:
    """Take the answers that stand behind or below questions, if that is a habit of those that have no other."""
    left = [raw for raw in raws if raw.key is None and not raw.choices and raw.stem]
    for raw, found in zip(left, answers_behind([raw.stem[-1].text for raw in left]), strict=False):
        if found:
            raw.key, raw.keyed_by = _answer_behind(found), "bracket"
            raw.stem[-1] = raw.stem[-1].with_text(found.string[: found.start("behind" if found["behind"] else "apart")])
    left = [raw for raw in left if raw.key is None]
    for raw, line in zip(left, answers_below([raw.stem for raw in left]), strict=False):
        if line:
            item = bullet(line.text)
            raw.key, raw.keyed_by = (item[0] if item else line.text).strip(), "bare"
            raw.stem = raw.stem[: raw.stem.index(line)]


def _are_answers(answers: Sequence[str], questions: int, fewest: int) -> bool:
    return len(answers) >= max(fewest, _MOSTLY * questions) and len({*answers}) >= _MOSTLY * len(answers)


def _offers(text: str) -> bool:
    """Whether a text has several words to choose from."""
    return bool(_BETWEEN.search(text)) or len(parted_by("or", text)) > 1


def _answer_behind(found: re.Match[str]) -> str:
    return found["bracket"] or found["bold"] or found["bare"]


def asks_at_end(text: str) -> bool:
    """Whether a line ends in a question mark, perhaps in bold type."""
    return bool(_ASKS.search(text))


def answer_below(lines: Sequence[Line]) -> Line | None:
    """The second of two lines, if the first asks and this one is short, and neither asks nor instructs."""
    if len(lines) != 2 or any(line.code for line in lines) or not asks_at_end(lines[0].text):
        return None
    item = bullet(lines[1].text)
    text = (item[0] if item else lines[1].text).strip()
    if not is_brief(text) or choice_mark(text) or is_ruler(text) or POINTS.search(text) or asked(text) is not None:
        return None
    says = any(map(str.isalpha, text)) or text.isdecimal()
    is_other = _offers(text) or "__" in text or asks_at_end(text) or key_text(text) is not None
    return lines[1] if says and not is_other else None
