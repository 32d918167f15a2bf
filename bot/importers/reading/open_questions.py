"""Recognises questions that have an answer and no choices, and tells them from those that have lost their choices."""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from bot.domain.gaps import count_gaps
from bot.domain.selection import asked
from bot.importers.reading.anatomy import POINTS, RawQuestion
from bot.importers.reading.answer_lines import explanation_text, key_text
from bot.importers.reading.compose import ends_sentence, one_line
from bot.importers.reading.headings import strict_heading
from bot.importers.reading.items import item_of
from bot.importers.reading.keys import bare
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import QuestionMark, choice_mark, is_ruler, plain
from bot.importers.reading.open_drafts import is_brief
from bot.importers.reading.runs import Run
from bot.importers.reading.tail import PRINTED_FIELD
from bot.importers.reading.vocabulary import begins_with, has_words, mentions, parted_by
from bot.importers.reading.words import is_aside, labels_of_key, truth_of
from bot.importers.typed import is_short

_GIVEN = frozenset({"line", "above", "apart", "bracket"})
"""Where an answer stands that isn't taken from prose."""
_WORD = re.compile(r"\w")
_BEHIND = re.compile(
    r"[?？](?P<behind>\s{0,3}(?:[(\[](?P<bracket>[^()\[\]]{1,60})[)\]]|\*\*(?P<bold>[^*]{1,60})\*\*)\.?)$"
)
_FEWEST_BEHIND = 3
_FEWEST_IN_BRACKETS = 5
_MOSTLY = 0.8
_LABELS = re.compile(r"\b[A-E](?:\s?[,&/]\s?(?:\w+\s)?|\s\w{1,4}\s)[A-E]\b")
"""Labels of choices among other words: "Both A and B"."""
_BEFORE_LAST = re.compile(r"^.*[.?!。？！][\"'”’)\]*_]*(?:\s|$)")
_LONGEST_LABEL = 2
_ANSWER = re.compile(r"^\W{0,4}A\W{0,2}[:：]")


def is_pair(mark: QuestionMark | None, run: Run | None, text: str) -> bool:
    """Whether "Q: …" has "A: …" below it, and no choices; ``text`` is the line on which the run begins."""
    return bool(mark and mark.named and run and len(run.items) == 1 and _ANSWER.match(text))


def read_pair(lines: Sequence[Line], run: Run, number: int | None) -> tuple[RawQuestion, Sequence[Line]]:
    """The question above an "A: …", which is answered by what stands there, and the lines after it."""
    at, mark = run.items[0]
    end = next((end for end in range(at + 1, len(lines)) if _ends(lines, end)), len(lines))
    if mark.rest and is_brief(mark.rest):
        end = at + 1 + len(_paragraph(lines[at + 1 : end]))
    while end > at + 1 and not lines[end - 1].text.strip():
        end -= 1
    raw = RawQuestion(number, lines[0].number, list(lines[:at]), lines[end - 1].number)
    raw.key, raw.keyed_by = mark.rest, "line"
    below = lines[at + 1 : end]
    if truth_of(mark.rest) is not None or (is_brief(mark.rest) and _is_apart(below)):
        below, raw.explanation = [], [*below]
    if any(_ANSWER.match(line.text) for line in below):  # either may be wrong
        raw.key, raw.explanation = None, [lines[at], *below]
    elif truth_of(mark.rest) is None and not _lacks_choices(raw, digits=True):
        raw.answer = [lines[at].with_text(mark.rest), *below]
    return raw, lines[end:]


def _ends(lines: Sequence[Line], at: int) -> bool:
    """Whether a ruler or a heading stands at an index."""
    return not lines[at].code and (is_ruler(lines[at].text) or strict_heading(lines, at) is not None)


def open_up(raws: Sequence[RawQuestion]) -> None:
    """Note the answers of the questions without choices, unless those may be lost.

    A letter is always taken for the label of a lost choice. So is a digit, if there are choices with digits, or if no
    other answer to a question without choices is a text.
    """
    _take_answers_behind(raws)
    unlisted = [raw for raw in raws if raw.key and not raw.choices and not raw.answer and raw.keyed_by in _GIVEN]
    if not unlisted:
        return
    counted = any(raw.labels and raw.labels[0].isdecimal() for raw in raws)
    worded = any(not labels_of_key(raw.key or "") for raw in unlisted)
    cut_off = {id(one) for one, other in pairwise(raws) if _goes_on_as_question(one, other)}
    for raw in unlisted:
        if id(raw) not in cut_off and not _lacks_choices(raw, digits=worded and not counted):
            _take_answer(raw)


def _goes_on_as_question(raw: RawQuestion, following: RawQuestion) -> bool:
    """Whether a question with neither number nor answer follows a numbered one: it is a list within a long answer."""
    return raw.number is not None and following.number is None and bool(following.choices) and following.key is None


def answers_behind(texts: Sequence[str]) -> Sequence[re.Match[str] | None]:
    """Where the answers stand behind questions, if most have it there: "Capital of Peru? (Lima)"; empty if not.

    What questions are worth stands there, too, or which examination asked them: that has figures, or comes again. Hints
    differ, as answers do, so it takes more questions if there are brackets. Words to choose from, or to put into a gap,
    don't count.
    """
    behind = [None if count_gaps(text) else _BEHIND.search(text.rstrip()) for text in texts]
    behind = [None if found and _offers(_answer_behind(found)) else found for found in behind]
    answers = [_answer_behind(found) for found in behind if found]
    fewest = _FEWEST_IN_BRACKETS if any(found["bracket"] for found in behind if found) else _FEWEST_BEHIND
    if len(answers) < max(fewest, _MOSTLY * len(texts)) or len({*answers}) < _MOSTLY * len(answers):
        return ()
    return () if 2 * sum(any(map(str.isdecimal, answer)) for answer in answers) > len(answers) else behind


def _offers(text: str) -> bool:
    """Whether a text has several words to choose from."""
    return "/" in text or len(parted_by("or", text)) > 1


def _answer_behind(found: re.Match[str]) -> str:
    return found["bracket"] or found["bold"]


def _take_answers_behind(raws: Sequence[RawQuestion]) -> None:
    """Take the answers that stand behind questions, if that is a habit of those that have no other."""
    left = [raw for raw in raws if raw.key is None and not raw.choices and raw.stem]
    for raw, found in zip(left, answers_behind([raw.stem[-1].text for raw in left]), strict=False):
        if found:
            raw.key, raw.keyed_by = _answer_behind(found), "bracket"
            raw.stem[-1] = raw.stem[-1].with_text(found.string[: found.start("behind")])


def _lacks_choices(raw: RawQuestion, *, digits: bool) -> bool:
    """Whether a question has no answer, or may have choices that were lost; ``digits``: its answer may be a number."""
    key, stem = raw.key or "", one_line(raw.stem)
    if not _WORD.search(POINTS.sub("", key)) or begins_with("no_answer", bare(key)):
        return True
    if (labels_of_key(key) and not (digits and key.isdecimal())) or (is_short(key) and _LABELS.search(key)):
        return True
    if not stem or asked(stem) is not None or bare(stem) in bare(key) or (choice_mark(key) and not _is_list(raw)):
        return True
    if mentions("option", key) or any(mentions("following", one) for one in (stem, key)):
        return True
    return _stands_below(raw) or any(not line.code and item_of(line) for line in raw.stem)


def _stands_below(raw: RawQuestion) -> bool:
    """Whether the answer stands below a question, or among the words behind it, as one of several choices would."""
    key, lines = raw.key or "", [line for line in raw.stem if line.text.strip()]
    if any(_is_labelled(key, line.text) for line in lines[1:] if not line.code):
        return True
    last = lines[-1]
    behind = _BEFORE_LAST.sub("", last.text)
    is_own = len(lines) > 1 or behind != last.text
    return is_own and not last.code and not count_gaps(behind) and has_words(key, behind)


def _is_labelled(answer: str, text: str) -> bool:
    """Whether a text is an answer, or has at most a label more before it."""
    told, whole = _letters(answer).casefold(), _letters(text).casefold()
    return whole.endswith(told) and len(whole) - len(told) <= _LONGEST_LABEL


def _is_list(raw: RawQuestion) -> bool:
    """Whether an answer begins with 1, and what is below it goes on with 2."""
    first = choice_mark(raw.key or "")
    marks = (choice_mark(line.text) for line in raw.explanation if line.text.strip() and not line.code)
    return first is not None and first.label == "1" and any(mark and mark.label == "2" for mark in marks)


def _take_answer(raw: RawQuestion) -> None:
    """Take the answer of an open question, with what goes on with it below, up to a word such as "Explanation".

    An answer that ends in a colon is cut off, and one with another below it may be wrong: neither is taken.
    """
    key = raw.key or ""
    letters = _letters(key)
    at = next((at for at, line in enumerate(raw.tail) if letters in _letters(line.text)), -1)
    first = Line(raw.line, key)
    if at >= 0:
        first = raw.tail[at] if key_text(raw.tail[at].text) is None else raw.tail[at].with_text(key)
    below = [*takewhile(lambda line: explanation_text(line.text) is None, raw.tail[at + 1 :])] if at >= 0 else []
    while below and _is_beside(below[-1]):
        below.pop()
    if is_brief(key):
        below = _paragraph(below)
        below = [] if _is_apart(below) else below
    is_cut_off = (below or [first])[-1].text.rstrip(" *_").endswith((":", "："))
    if is_cut_off or any(not line.code and key_text(line.text) for line in below):
        return
    raw.answer = [first, *below]
    taken = {line.number for line in below}
    raw.explanation = [line for line in raw.explanation if line.number not in taken]


def _is_beside(line: Line) -> bool:
    """Whether a line is blank, or says something beside the question, such as its points or its source."""
    text = line.text.strip()
    return not text or (not line.code and bool(PRINTED_FIELD.match(text) or is_aside(plain(text))))


def _paragraph(lines: Sequence[Line]) -> list[Line]:
    """The first of some lines, up to a blank one."""
    return [*takewhile(lambda line: line.text.strip(), lines)]


def _is_apart(paragraph: Sequence[Line]) -> bool:
    """Whether a paragraph right below an answer that could be typed is a remark of its own: sentences, and no list."""
    if not paragraph or not ends_sentence(paragraph[-1].text) or item_of(paragraph[0]):
        return False
    return not paragraph[0].text.lstrip()[0].islower()


def _letters(text: str) -> str:
    """The letters and digits of a text, without the signs of emphasis that an answer was freed from."""
    return "".join(filter(str.isalnum, text))
