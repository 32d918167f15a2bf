"""Finds what a reading may have got wrong: questions that were lost, or swallowed by the question before."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile

from bot.domain.drafts import Finding, FindingCode
from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawChoice, RawQuestion
from bot.importers.reading.answer_lines import explanation_text, key_text
from bot.importers.reading.beginnings import doubt_beginnings
from bot.importers.reading.evidence import weigh
from bot.importers.reading.headings import names_part
from bot.importers.reading.items import item_of
from bot.importers.reading.lines import Line
from bot.importers.reading.lost import (
    SEVERAL_KEYS,
    are_answers,
    asked_in_explanation,
    counts_gap,
    list_lost,
    lists_lost,
    swallowed,
)
from bot.importers.reading.marks import question_mark
from bot.importers.reading.page import Page, Span, within
from bot.importers.reading.runs import Run, find_runs
from bot.importers.reading.starts import asks
from bot.importers.reading.words import truth_of

_MOSTLY = 0.8
"""Gaps in the numbers mean something only in a document that counts at least this share of its questions in order, or
has no more than one gap."""
_SURE = {"letter": 2.0, "box": 2.0, "sign": 3.0, "number": 3.0, "bullet": 3.0, "bare": 3.0}
"""A list of at least this weight that stands between questions could be the choices of one."""
LONE_LABELS = re.compile(r"^[(\[]?[^\W\d_](?:[)\].]*\s*(?:,|&|;|/|and|\s)\s*[(\[]?[^\W\d_]){0,7}[)\].]*$")
"""Letters of choices, and nothing else."""
_LETTER = re.compile(r"[^\W\d_]")
_AND = re.compile(r"\band\b")

_OTHER_LETTER = re.compile(r"^\s*(?:[(\[]?[^\W\d_\x00-\x7f][)\].]|[@~])\s")
"""A letter that English hasn't, alone and with a bracket, such as the ç of other alphabets; or the sign of feedback."""
_FEEDBACK = re.compile(r"^\s*[@~]\s\S")
"""How Respondus marks what is told to whoever answers right or wrong."""
_FEWEST_HEADED = 3
_LONGEST_LABEL = 4
_FARTHEST_ASKED = 12
"""How far above an answer its question may end, in lines."""
_ASKED = 3.5
"""The least weight of a list in code that has letters, and a question above it."""
_LONGEST_TRUTH = 32
_IN_BRACKETS_BEHIND = re.compile(r"[(（\[【*](?P<word>[^()（）\[\]【】*]{1,30})(?:[)）\]】]|\*{1,2})$")

_TRUTH_LETTERS = frozenset("VFTvft√×")
_LABEL_IN_COLUMN = re.compile(r"(?:\t|\s\s)\s{0,40}[(\[]?[A-Za-z][).\]]\s?\S")
_LABEL_INSIDE = re.compile(r"\s(?:\((?P<inside>[A-Za-z])\)|(?P<label>[A-Z])[).])\s")
_ANSWER_INSIDE = re.compile(r"\b(?:correct|right)\s+answers?\s*(?:is|are|:)|\S\s+answer\s*:\s*[A-H]\b", re.IGNORECASE)


_STATED = frozenset(".!。")
_JUDGED_BEFORE = re.compile(
    r"^\s*(?:(?:\d{1,4}[.)]\s*)?(?:[(\[]\s{0,2}[VFTvft√×]\s{0,2}[)\]]|_{1,12}\s?[VFTvft√×]\s?_{1,12})"
    r"|[VFT√×]\s{1,4}\d{1,4}[.)])\s+\S.*[.!。]$"
)
"""A statement after the letter for true or false, which is in brackets, on a line, or before a number."""
_JUDGED_BEHIND = (".", "!", "?", "。", "？", ":", "-", "–", "—", "→")
"""What ends a statement before the word that says whether it is true."""


def note_doubts(page: Page, runs: Sequence[Run], raws: Sequence[RawQuestion], rests: Sequence[Span]) -> list[Finding]:
    """Note on each question what it may have swallowed, and return findings about questions that may be lost.

    Args:
        page: the document.
        runs: all its runs.
        raws: its questions, in order.
        rests: the lines before the first question and after each one that belong to none; one more than questions.
    """
    for raw in raws:
        raw.doubts.extend(map(swallowed, dict.fromkeys(_swallowed(raw))))
    may_be_list = False
    for one, other in pairwise(raws):
        unanswered = one.key is None and not one.is_ticked
        if unanswered and not any(line.text.strip() for line in other.stem):
            one.doubts.append(swallowed(other.line))  # it may be the choices of this question
        restarts = one.number is not None and other.number == 1
        may_be_list = unanswered and other.line - one.last_line == 1 and (may_be_list or restarts)
        if may_be_list:  # in the question below
            other.doubts.append(swallowed(one.line))
    doubt_beginnings(page, raws, rests)
    return [
        *numbers_lost(page.lines, raws, rests),
        *_choices_lost(page, runs, raws, rests),
        *_headings_lost(page, runs, raws, rests),
        *(found for start, end in rests for found in answers_lost(page.lines[start:end])),
        *lists_lost(
            [line for start, end in rests for line in (*page.lines[start:end], Line(0, ""))],
            beside_questions=bool(raws),
        ),
    ]


def answers_lost(lines: Sequence[Line]) -> Iterator[Finding]:
    """Findings about the answers among lines that belong to no question."""
    for at, line in enumerate(lines):
        if not line.text:
            continue
        key = None if line.code else key_text(line.text)
        named = key and (LONE_LABELS.match(key) or SEVERAL_KEYS.match(key) or truth_of(key) is not None)
        asked = key is not None and _is_asked(lines, at, key)
        judged = _is_judged(line) or _judges_above(lines, at)
        if named or asked or judged or _is_marked(lines, at) or are_answers(lines, at):
            yield answer_lost(line)


def _is_asked(lines: Sequence[Line], at: int, key: str) -> bool:
    """Whether an answer line stands below a question, or is empty and has only the label of a choice below it."""
    if key:
        above = takewhile(lambda line: line.text.strip(), reversed(lines[max(at - _FARTHEST_ASKED, 0) : at]))
        return any(line.text.rstrip(" *_").endswith(("?", "？", "؟")) for line in above)
    text = next((line.text.strip() for line in lines[at + 1 : at + 4] if line.text.strip()), "")
    return len(text) <= _LONGEST_LABEL and bool(LONE_LABELS.match(text))


def _is_judged(line: Line) -> bool:
    """Whether a line says at its end what is right, or whether it is true: if it is numbered, or at its beginning."""
    if line.code:
        return False
    end = line.text[-_LONGEST_TRUTH:]
    found = _IN_BRACKETS_BEHIND.search(end)
    before, _space, last = end.replace("\t", " ").rpartition(" ")
    word = found["word"].strip() if found else last if before.rstrip().endswith(_JUDGED_BEHIND) else ""
    if found and key_text(word):
        return True
    if word and (word in _TRUTH_LETTERS or truth_of(word) is not None) and question_mark(line.text):
        return True
    return line.text[-1:] in _STATED and bool(_JUDGED_BEFORE.match(line.text))


def _judges_above(lines: Sequence[Line], at: int) -> bool:
    """Whether a line says no more than that the statement right above it, which is numbered, is true or false."""
    if not at or lines[at].code or len(lines[at].text) > _LONGEST_TRUTH or truth_of(lines[at].text) is None:
        return False
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return question_mark(lines[at - 1].text) is not None and truth_of(below) is None


def _is_marked(lines: Sequence[Line], at: int) -> bool:
    """Whether a line has GIFT's sign for a right choice, beside a line with the one for a wrong choice."""
    if not lines[at].text.lstrip().startswith("= "):
        return False
    return any(line.text.lstrip().startswith("~ ") for line in lines[max(at - 1, 0) : at + 2])


def answer_lost(line: Line) -> Finding:
    """Return the finding about a line with an answer that belongs to no question."""
    message = _("This line gives an answer, but its question wasn't found.")
    return Finding(line=line.number, code=FindingCode.LOST_QUESTION, message=message)


def letters_of(key: str) -> list[str]:
    """Return the letters of choices in a key that matches ``LONE_LABELS``, as capitals."""
    return [sign.upper() for sign in _LETTER.findall(_AND.sub(" ", key))]


def choices_lost(lines: Sequence[Line]) -> Iterator[Finding]:
    """Findings about the lists among lines without a question that could be the choices of one."""
    page = Page(lines)
    return _choices_lost(page, find_runs(page), [], [(0, len(lines))])


def fenced_lost(lines: Sequence[Line]) -> Iterator[Finding]:
    """Findings about the lettered lists in code, if one of them could be the choices of a question."""
    for is_code, block in groupby(lines, key=lambda line: line.code):
        if not is_code:
            continue
        page = Page([line._replace(code=False) for line in block][1:-1])
        lettered = [run for run in find_runs(page) if run.style == "letter" and len(run.items) > 1]
        if all(weigh(page, run).weight < _ASKED for run in lettered):
            continue
        for run in lettered:
            message = _("There may be a question in this code, but code is never read as questions.")
            yield Finding(line=page.lines[run.start].number, code=FindingCode.LOST_QUESTION, message=message)


def _swallowed(raw: RawQuestion) -> Iterator[int]:
    """The number of the first line in each part that seems to belong to another question."""
    families = {item.mark.family for choice in raw.choices if (item := choice.item) and item.positions}
    boxed = any(choice.item and choice.item.style == "box" for choice in raw.choices)
    inside = [line for choice in raw.choices for line in choice.lines[1:]]
    if families and (odd := next((line for line in inside if not line.code and _OTHER_LETTER.match(line.text)), None)):
        yield odd.number
    for part in (raw.stem[1:], inside):
        line = next(
            (line for line in part if _is_choice(line, families, raw, boxed=boxed) or _is_numbered(line, raw)), None
        )
        if line:
            yield line.number
    told = [line for lines in raw.choice_explanations.values() for line in lines[1:]]
    line = next((line for line in (*raw.explanation, *told) if _is_numbered(line, raw) or counts_gap(line)), None)
    if line:
        yield line.number
    elif families and (number := _second_run(raw.explanation, families) or _boxes_left(raw.explanation)):
        yield number
    elif (asked := [*asked_in_explanation(raw.explanation)]) and (len(asked) > 1 or not _is_introduced(raw)):
        yield from asked
    if number := _unevenly_parted(raw) or _run_together(raw):
        yield number
    yield from _swallowed_by_stem(raw.stem)
    if number := _below_last(raw):
        yield number
    code = next((line for line in (*raw.stem, *raw.explanation) if line.code and key_text(line.text)), None)
    if code:
        yield code.number


def _below_last(raw: RawQuestion) -> int:
    """The number of a line that went to the last choice though it names a part, or wasn't wrapped; 0: there is none.

    If no other choice has several lines, what would have fitted on the line above is no end of it, unless it begins
    with a small letter and the choice doesn't: "None of the above" without a letter.
    """
    lines = raw.choices[-1].lines if raw.choices else []
    if len(lines) < 2 or lines[0].code or lines[1].code:
        return 0
    if lines[-1].text[:1].isupper() and names_part(lines[-1].text):
        return lines[-1].number
    words = lines[1].text.split()
    goes_on = not words or lines[1].text[0].isspace() or (words[0][0].islower() and not lines[0].text[:1].islower())
    if goes_on or any(map(_is_wrapped, raw.choices[:-1])):
        return 0
    longest = max(len(line.text) for line in (*raw.stem, *(choice.lines[0] for choice in raw.choices)))
    return lines[1].number if len(f"{lines[0].text} {words[0]}") < longest else 0


def _is_wrapped(choice: RawChoice) -> bool:
    return len(choice.lines) > 1


def _is_introduced(raw: RawQuestion) -> bool:
    """Whether a word such as "Explanation" stands above or before the explanation."""
    return any(not line.code and explanation_text(line.text) is not None for line in raw.tail)


def _swallowed_by_stem(stem: Sequence[Line]) -> Iterator[int]:
    """The numbers of the lines in a stem that begin an explanation, or another question below a blank line."""
    for above, line in pairwise(stem):
        if line.code or not line.text:
            continue
        mark = question_mark(line.text) if not above.text.strip() else None
        is_told = explanation_text(line.text) is not None or _FEEDBACK.match(line.text)
        if is_told or (mark and asks(mark.rest)):
            yield line.number


def _run_together(raw: RawQuestion) -> int:
    """The number of the line of a choice that holds an answer or the next choice, too; 0 if none does."""
    for choice in raw.choices:
        texts = [line.text for line in choice.lines if not line.code]
        if choice.item and choice.item.positions and any(map(_LABEL_IN_COLUMN.search, texts)):
            return choice.lines[0].number
        text = " ".join(texts)
        if "answer" in text.casefold() and _ANSWER_INSIDE.search(text):
            return choice.lines[0].number
    if raw.choices and len(label := raw.choices[-1].label) == 1 and label.isalpha():
        last = raw.choices[-1].lines
        found = (one for line in last if not line.code for one in _LABEL_INSIDE.finditer(line.text))
        labels = {one["inside"] or one["label"] for one in found}
        return last[0].number if chr(ord(label) + 1) in labels else 0
    return 0


def _unevenly_parted(raw: RawQuestion) -> int:
    """The number of the first choice below a blank line if only a few of the others are parted by one; else 0."""
    if any(choice.item and choice.item.positions for choice in raw.choices):
        return 0
    bounds = [(one.lines[-1].number, other.lines[0].number) for one, other in pairwise(raw.choices)]
    parted = [start for end, start in bounds if start - end > 1]
    return parted[0] if 2 * len(parted) < len(bounds) and parted else 0


def _is_choice(line: Line, families: set[str], raw: RawQuestion, *, boxed: bool) -> bool:
    """Whether a line has a box as the choices have, or a letter that is one of theirs or the next one."""
    item = item_of(line)
    if item is None:
        return False
    if item.style == "box":
        return boxed
    near = (family for family, at in item.positions if at <= len(raw.choices) or item.style == "number")
    return not families.isdisjoint(near)


def _is_numbered(line: Line, raw: RawQuestion) -> bool:
    """Whether a line begins with the number of the next question, or with a word such as "Question"."""
    mark = question_mark(line.text) if line.text and not line.code else None
    if mark is None:
        return False
    follows = raw.number is not None and mark.number == raw.number + 1
    return mark.named or (follows and asks(mark.rest))


def _second_run(lines: Sequence[Line], families: set[str]) -> int:
    """The number of the line at which letters begin again, though others explained the choices; 0: none do."""
    items = [(line, item_of(line)) for line in lines]
    lettered = [(line, item) for line, item in items if item and item.positions and item.mark.family in families]
    for (line, one), (_line, other) in pairwise(lettered):
        if one.positions[0][1] == 0 and other.positions[0][1] == 1:
            return line.number
    return 0


def _boxes_left(lines: Sequence[Line]) -> int:
    """The number of the first line with a box in brackets below lettered choices, if there are more; 0 if not."""
    boxed = [line for line in lines if "]" in line.text and (item := item_of(line)) and item.style == "box"]
    return boxed[0].number if len(boxed) > 1 else 0


def numbers_lost(lines: Sequence[Line], raws: Sequence[RawQuestion], rests: Sequence[Span]) -> Iterator[Finding]:
    """Yield findings about gaps in the numbers of questions; where text stands in a gap, note them on both questions.

    The arguments are as for `note_doubts`.
    """
    steps = [
        (position, other.number - one.number)
        for position, (one, other) in enumerate(pairwise(raws))
        if one.number is not None and other.number is not None
    ]
    counted = sum(step == 1 for _position, step in steps)
    if len(steps) - counted > max((1 - _MOSTLY) * len(steps), 1):
        return
    for position, step in steps:
        if step <= 1:
            continue
        one, other = raws[position], raws[position + 1]
        lost = (one.number or 0) + 1
        message = _("Question {lost} is missing between questions {one} and {other}.")
        told = message.format(one=one.number, other=other.number, lost=lost)
        found = Finding(line=other.line, code=FindingCode.LOST_QUESTION, message=told)
        start, end = rests[position + 1]
        between = any(line.text.strip() for line in lines[start:end])
        if between or any(line.text.strip() for line in one.explanation):
            one.doubts.append(found)
            other.doubts.append(found)
        else:
            yield found


def _is_announced(page: Page, run: Run) -> bool:
    """Whether "Choices:" is above a list, or a verdict below each of its unmarked lines."""
    judged = run.style == "bare" and any(mark.ticked for _at, mark in run.items)
    return judged or page.text_above(run.start) in page.labels


def _headings_lost(
    page: Page, runs: Sequence[Run], raws: Sequence[RawQuestion], rests: Sequence[Span]
) -> Iterator[Finding]:
    """Findings about headings with a list below them, where most questions are headings of the same depth."""
    numbers = {raw.line for raw in raws}
    asking = [page.headings[at].depth for at in page.heading_lines if page.lines[at].number in numbers]
    if len(asking) < max(_FEWEST_HEADED, _MOSTLY * len(raws)):
        return
    listed = sorted(run.start for run in runs if run.style in {"letter", "number", "box"} and len(run.items) > 1)
    for start, end in rests:
        heads = [*within(page.heading_lines, start, end), end]
        for at, below in pairwise(heads):
            if page.headings[at].depth == asking[0] and within(listed, at, below):
                message = _("There may be a question under this heading, but it couldn't be read.")
                yield Finding(line=page.lines[at].number, code=FindingCode.LOST_QUESTION, message=message)


def _choices_lost(
    page: Page, runs: Sequence[Run], raws: Sequence[RawQuestion], rests: Sequence[Span]
) -> Iterator[Finding]:
    """Findings about lists between the questions that could be the choices of one."""
    by_start = {run.start: run for run in reversed(runs)}
    starts = sorted(by_start)
    for position, (start, end) in enumerate(rests):
        past = start
        for at in within(starts, start, end):
            run = by_start[at]
            if at < past or run.last >= end or run.in_code:
                continue
            evidence = weigh(page, run)
            if evidence.weight < _SURE[run.style] and evidence.key_at < 0 and not _is_announced(page, run):
                continue
            past = run.last + 1
            found = list_lost(page.lines[at])
            around = raws[max(position - 1, 0) : position + 1]
            for raw in around:
                raw.doubts.append(found)
            if not around:
                yield found
