"""Gives labels to questions and answers that stand together without them, so that they are read as others are.

The answer is short, and stands on the line below its question or behind it. Where answers have numbers, "A1: …" below
"Q1: …", the number goes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.domain.gaps import count_gaps
from bot.domain.selection import asked
from bot.importers.reading.anatomy import POINTS
from bot.importers.reading.answer_lines import explanation_text, key_text
from bot.importers.reading.headings import markdown_heading
from bot.importers.reading.labelled import labelled
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import bullet, choice_mark, is_ruler, plain, question_mark
from bot.importers.reading.open_drafts import is_brief
from bot.importers.reading.vocabulary import parted_by
from bot.importers.reading.words import is_aside

_QUESTION = re.compile(r"\W{0,6}Q(?:uestion)?\s?\.?\s?(?P<number>\d{1,4})\b")
_ANSWER = re.compile(r"(?P<before>\W{0,6}A(?:ns(?:wer)?)?)\s?\.?\s?(?P<number>\d{1,4})(?P<stars>\*{0,3})[:：.)]")
_ASKS = re.compile(r"[?？؟][*_\"”’»]{0,3}$")
_INITIAL = re.compile(r"Q\s?[.:)]\s{1,4}(?=\S)")
_HASHED = re.compile(r"\s{0,8}#\d")
_LONE = re.compile(r"A\s?[.:)]\s{1,4}(?=\S)")
_NEXT = re.compile(r"\W{0,4}B\s?[.:)]\s")
_SEVERAL = re.compile(r"[/|;]|,.*,")
_BEHIND = re.compile(
    r"(?P<asked>.{0,399}(?:[?؟][*_\"”’»]{0,3}|？))(?<![*`])(?:(?<=？)|\s|(?=[*`|(\[]))\s{0,3}"
    r"(?:(?:[-–—=]>?|=>)\s{1,3}|[→:>*`|]{1,2}\s{0,3})?(?P<told>[^?？؟]{1,100})$"
)
_NUMBER = re.compile(r"[-+−]?\d[\d.,]{0,15}%?")
_BRACKETS = re.compile(r"[(\[](?P<inner>[^()\[\]]{1,90})[)\]]\.?")
_LEAD = re.compile(r"(?:>{1,3}|[-=]?>|=>|→)\s{1,4}")
_FEWEST_NUMBERED = 2
_FEWEST_COUNTED = 3
_FEWEST = 5
_MOST = 0.6
_NEARLY_ALL = 0.8
_LOOKED_AT = 200


def unnumbered_answers(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` without the numbers of answers, if each of these has that of the question right above it."""
    paired = {at: line for at, line in _answers(lines) if line}
    if len(paired) < _FEWEST_NUMBERED or any(line is None for _at, line in _answers(lines)):
        return lines
    return [paired.get(at, line) for at, line in enumerate(lines)]


def _answers(lines: Sequence[Line]) -> Iterator[tuple[int, Line | None]]:
    """The index of each numbered answer, and the line without its number; None if it has another one than is due."""
    due = ""
    for at, line in enumerate(lines):
        if line.code or not line.text:
            continue
        if asked := _QUESTION.match(line.text):
            due = asked["number"]
        elif answer := _ANSWER.match(line.text):
            is_due = answer["number"] == due
            label = f"{answer['before']}{answer['stars']}:"
            yield at, line.with_text(label + line.text[answer.end() :]) if is_due else None
            due = ""


def labelled_pairs(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` with labels before questions and their answers, if most of those that ask have a short answer.

    The first lines decide whether the others are looked at.
    """
    if not _labelled(lines[:_LOOKED_AT]) or not (found := _labelled(lines)):
        return lines
    return [new for at, line in enumerate(lines) for new in found.get(at, (line,))]


def _labelled(lines: Sequence[Line]) -> Mapping[int, Sequence[Line]]:
    """What stands for the lines of pairs, by index; empty if pairs are no habit."""
    told = [at for at, line in enumerate(lines) if line.text.strip() and not _is_beside(line, at)]
    return _labelled_behind(lines, told) or _labelled_below(lines, told)


def _is_beside(line: Line, at: int) -> bool:
    """Whether a line is code, a ruler, or a heading that asks nothing."""
    heading = markdown_heading(line.text, at)
    return line.code or is_ruler(line.text) or (heading is not None and not _ASKS.search(heading.text))


def _labelled_behind(lines: Sequence[Line], told: Sequence[int]) -> Mapping[int, Sequence[Line]]:
    """The pairs that have a line each: "Which planet is red? Mars". If most have figures, these may be points.

    A line without an answer is a question, too, so that it doesn't get lost.
    """
    found: dict[int, tuple[str, str]] = {}
    for at in told:
        pair = _BEHIND.fullmatch(lines[at].text.strip())
        answer = _answer(_bare(pair["told"])) if pair else ""
        if pair and answer and " " in pair["asked"].strip() and not count_gaps(pair["asked"]):
            found[at] = pair["asked"], answer
    answers = [answer for _text, answer in found.values()]
    figures = sum(any(map(str.isdecimal, answer)) for answer in answers)
    if len(found) < max(_FEWEST, _NEARLY_ALL * len(told)) or 2 * figures > len(found) or not _differ(answers):
        return {}
    is_counted = _are_counted([lines[at] for at in found])
    pairs: dict[int, Sequence[Line]] = {
        at: (_question(lines[at], text, is_counted=is_counted), lines[at].with_text(f"Answer: {answer}"))
        for at, (text, answer) in found.items()
    }
    others = (at for at in told if at > min(found) and at not in found)
    return pairs | {at: (_question(lines[at], lines[at].text, is_counted=is_counted),) for at in others}


def _labelled_below(lines: Sequence[Line], told: Sequence[int]) -> Mapping[int, Sequence[Line]]:
    """The pairs that have a line for the question, and another for the answer."""
    blocks = _blocks(lines, told)
    is_alone = not any(_NEXT.match(lines[at].text) for at in told)
    answers = {begin: _below(lines, block, is_alone=is_alone) for begin, block in blocks}
    short = {begin: answer for begin, answer in answers.items() if answer}
    is_counted = _are_counted([lines[at] for at in short])
    fewest = _FEWEST_COUNTED if is_counted else _FEWEST
    if len(short) < max(fewest, _MOST * len(blocks)) or not _differ([*short.values()]):
        return {}
    found: dict[int, Sequence[Line]] = {}
    for begin, block in blocks:
        found[begin] = (_question(lines[begin], lines[begin].text, is_counted=is_counted),)
        answer = short.get(begin) or _longer(lines, block)
        if answer:
            found[block[0]] = (lines[block[0]].with_text(f"Answer: {answer}"),)
    return found


def _longer(lines: Sequence[Line], block: Sequence[int]) -> str:
    """The first line of a paragraph that answers; empty if there may be choices in it, or another question."""
    if not block or block[-1] - block[0] >= len(block) or (block[-1] + 1 < len(lines) and lines[block[-1] + 1].text):
        return ""
    texts = [_bare(lines[at].text) for at in block]
    is_list = len(texts) > 1 and all(map(is_brief, texts[:2]))
    has_marks = any(choice_mark(lines[at].text) or bullet(lines[at].text) for at in block)
    return "" if is_list or has_marks or key_text(texts[0]) else texts[0]


def _blocks(lines: Sequence[Line], told: Sequence[int]) -> Sequence[tuple[int, Sequence[int]]]:
    """Where each question begins, and the lines below the one that asks, up to the next question.

    If blank lines part them, a question begins with the paragraph of the line that asks.
    """
    asking = [position for position, at in enumerate(told) if _ASKS.search(lines[at].text.rstrip())]
    begins = [_paragraph_begin(told, position) for position in asking]
    answers = {position + 1 for position in asking}
    begins = [position if begin in answers else begin for begin, position in zip(begins, asking, strict=True)]
    if any(begin <= before for before, begin in zip(asking, begins[1:], strict=False)):
        begins = asking
    return [
        (told[begin], told[position + 1 : end])
        for begin, position, end in zip(begins, asking, [*begins[1:], len(told)], strict=False)
    ]


def _paragraph_begin(told: Sequence[int], position: int) -> int:
    """The position at which the paragraph of another one begins."""
    while position and told[position - 1] == told[position] - 1:
        position -= 1
    return position


def _below(lines: Sequence[Line], block: Sequence[int], *, is_alone: bool) -> str:
    """The short answer that is all that stands below a question; empty if there is none."""
    if len(block) != 1 or question_mark(lines[block[0]].text) or _HASHED.match(lines[block[0]].text):
        return ""
    text = _bare(lines[block[0]].text)
    return _answer(_LONE.sub("", text, count=1) if is_alone else text)


def _bare(text: str) -> str:
    """The text of an answer without bullet, arrow, quote, emphasis and brackets around it."""
    item = bullet(text)
    text = _LEAD.sub("", plain(item[0] if item else text), count=1).strip(" *_`")
    around = _BRACKETS.fullmatch(text)
    return around["inner"].strip(" *_`") if around else text


def _answer(text: str) -> str:
    """An answer without a label before it; empty if a text is none: it asks, instructs, or offers several words."""
    text = labelled(text, "answer_label") or key_text(text) or text
    is_other = choice_mark(text) or POINTS.search(text) or asked(text) is not None or "__" in text
    if is_other or is_aside(text) or explanation_text(text) is not None or not is_brief(text):
        return ""
    says = any(map(str.isalpha, text)) or bool(_NUMBER.fullmatch(text))
    return text if says and not (_SEVERAL.search(text) or len(parted_by("or", text)) > 1 or _ASKS.search(text)) else ""


def _are_counted(questions: Sequence[Line]) -> bool:
    """Whether questions have numbers that go up without a gap."""
    numbers = [mark.number if (mark := question_mark(line.text)) else None for line in questions]
    return all(one is not None and other == one + 1 for one, other in pairwise(numbers))


def _differ(answers: Sequence[str]) -> bool:
    """Whether nearly all answers are different; what is said of questions comes again."""
    return len({*answers}) >= _NEARLY_ALL * len(answers)


def _question(line: Line, text: str, *, is_counted: bool) -> Line:
    """A question with its number or, if it has none or they don't go up, with a label."""
    mark = question_mark(text)
    if mark and (mark.named or is_counted):
        initial = _INITIAL.match(mark.rest)
        return line.with_text(text.replace(initial.group(), "", 1) if initial else text)
    item = bullet(text)
    asks = mark.rest if mark else plain(item[0] if item else text)
    return line.with_text(f"Q: {_INITIAL.sub('', asks, count=1)}")
