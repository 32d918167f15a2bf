"""Takes one question apart into stem, choices, key and explanations, and finds where it ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from bot.domain.drafts import Finding, FindingCode
from bot.i18n import gettext as _
from bot.importers.reading.announcing import asked_text, options_label, question_label
from bot.importers.reading.answer_lines import explanation_text, key_text
from bot.importers.reading.compose import ends_sentence
from bot.importers.reading.headings import markdown_heading, strict_heading
from bot.importers.reading.items import Item, indent_of, item_of
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import ChoiceMark, is_ruler, plain
from bot.importers.reading.platforms import without_printed
from bot.importers.reading.runs import WRAPPED, Run
from bot.importers.reading.verdicts import bold, parted_reason, star_behind, verdict, without_own_answer
from bot.importers.reading.words import is_aside, truth_of

_FIELD = re.compile(
    r"^\W{0,6}(?:topic|domain|question\s+type|type|difficulty|level|points|marks|category|objective|chapter|tags?|skills?)"
    r"\W{0,3}:\W{0,4}[^?]{1,100}$",
    re.IGNORECASE,
)
"""A field that a question bank prints above a question."""
_LISTED_FIELD = re.compile(
    r"^\s*[-*•]\s(?:\*\*)?(?:question\s)?(?:type|difficulty)(?:\*\*)?:[^?]{1,100}$", re.IGNORECASE
)
"""Such a field between a stem and its choices."""
_RULE_BELOW = re.compile(r"^\s*(?:-{3,}|={3,})\s*$")
"""The line below a heading, and below a stem that is written like one."""
_BEFORE_ANSWER = re.compile(r"\s+(?:the\s+)?(?:correct|right)$", re.IGNORECASE)
"""What stands at the end of a line if "The correct answer is B" was wrapped behind it."""
_LONGEST_FIELD = 40
"""How many characters the name of a field has at most."""
_BOX_WITHIN = 8
"""How many characters from the beginning of a choice its box stands."""
_WORTH = r"[(\[]\s*\d{1,3}(?:[.,]\d{1,2})?\s*(?:points?|pts?\.?|marks?|punkte?|punt[io]s?|pontos?|pkt\.?|poäng)\s*[)\]]"
POINTS = re.compile(rf"^\s*{_WORTH}\s*", re.IGNORECASE)
_POINTS_BEHIND = re.compile(rf"(?<=\S)\s{{1,9}}{_WORTH}$", re.IGNORECASE)


@dataclass(slots=True)
class RawChoice:
    """One choice as the source has it.

    Attributes:
        ticked: whether a sign marks it as right.
        typographic: whether that sign may be mere typography, such as bold type.
        rejected: whether a word or a sign says that it is wrong.
        remarks: what is listed below it: references, reasons.
        item: what its first line begins with in the source; None if that is nothing.
    """

    label: str
    lines: list[Line]
    ticked: bool = False
    typographic: bool = False
    remarks: list[Line] = field(default_factory=list)
    item: Item | None = None
    rejected: bool = False


@dataclass(slots=True)
class RawQuestion:
    """One question taken apart; its texts are still lines of the source.

    Attributes:
        number: its number in the source, or None.
        last_line: the number of the last line that belongs to it.
        key: the answer as the source gives it, or None.
        keyed_by: where the key stands, as `why` tells it; empty if there is none, or it is a tick.
        lost: the label of a choice that is missing before or between others; empty if none is.
        tail: the lines below its choices that belong to it.
        doubts: findings about what may be wrong with it.
        answer: the lines that answer it, if it has no choices and needs none.
    """

    number: int | None
    line: int
    stem: list[Line]
    last_line: int = 0
    choices: list[RawChoice] = field(default_factory=list)
    labelled: bool = True
    key: str | None = None
    explanation: list[Line] = field(default_factory=list)
    choice_explanations: dict[str, list[Line]] = field(default_factory=dict)
    section: str | None = None
    keyed_by: str = ""
    lost: str = ""
    tail: Sequence[Line] = ()
    doubts: list[Finding] = field(default_factory=list)
    answer: Sequence[Line] = ()

    @property
    def labels(self) -> list[str]:
        """The labels by which an answer can name its choices; empty if only their texts can."""
        return [choice.label for choice in self.choices] if self.labelled else []

    @property
    def is_ticked(self) -> bool:
        """Whether a sign marks some of its choices as right."""
        return any(choice.ticked for choice in self.choices)


def read_choices(lines: Sequence[Line], run: Run, number: int | None) -> tuple[RawQuestion, int]:
    """Return the question whose choices are ``run``, without its tail, and the index at which the tail begins."""
    stem = [line for line in lines[: run.start] if not line.text or line.code or not options_label(line.text)]
    if len(stem) > 1:
        stem = without_printed(stem)
    first = next((line for line in stem if line.figure or line.text.strip()), lines[run.start])
    raw = RawQuestion(number, first.number, stem)
    if len(raw.stem) > 1 and raw.stem[0].text and not raw.stem[1].code and _RULE_BELOW.match(raw.stem[1].text):
        del raw.stem[1]
    if run.in_code and raw.stem and raw.stem[-1].code:
        raw.stem.pop()  # the fence opens for the choices
    _drop_title(raw)
    _take_key_above(raw)
    bounds = [at for at, _mark in run.items]
    raw.labelled = run.style in {"letter", "number"}
    for (at, mark), end in zip(run.items[:-1], bounds[1:], strict=True):
        raw.choices.append(_choice(run, mark, lines[at:end]))
    at, mark = run.items[-1]
    end = _end_of_last(lines, at, run)
    raw.choices.append(_choice(run, mark, lines[at:end]))
    if end < len(lines) and lines[end].text[:1].islower() and key_text(lines[end].text) is not None:
        last = raw.choices[-1].lines
        last[-1] = last[-1].with_text(_BEFORE_ANSWER.sub("", last[-1].text))
    if run.style == "box" and not raw.is_ticked:
        _tick_crossed(raw.choices, [lines[at].text for at in bounds])
    if run.style not in {"letter", "number"}:
        for position, choice in enumerate(raw.choices, start=1):
            choice.label = str(position)
    if run.style in {"box", "sign"}:
        _drop_lone_letters(raw.choices)
    raw.lost = _lost_label(run)
    settle_ticks(raw.choices)
    return raw, end


def _tick_crossed(choices: Sequence[RawChoice], texts: Sequence[str]) -> None:
    """Tick the boxes with a cross if no other sign marks one among empty boxes: word processors tick so."""
    crossed = ["☒" in text[:_BOX_WITHIN] for text in texts]
    if not all(crossed):
        for choice, is_crossed in zip(choices, crossed, strict=True):
            choice.ticked = is_crossed


def _drop_lone_letters(choices: Sequence[RawChoice]) -> None:
    """Drop the first line of choices with more lines, such as code, if it is their letter alone in every choice."""
    texts = [choice.lines[0].text.strip(" .):").upper() for choice in choices if len(choice.lines) > 1]
    if len(texts) == len(choices) and texts == list(ascii_uppercase[: len(texts)]):
        for choice in choices:
            del choice.lines[0]


def _lost_label(run: Run) -> str:
    """The label of a choice that is missing, such as C where D follows B; empty if none is."""
    if not run.positions:
        return ""
    before = -1
    for position, (_at, mark) in zip(run.positions, run.items, strict=True):
        if position - before > 1:
            lettered = len(mark.label) == 1 and not mark.label.isdigit()
            return chr(ord(mark.label.upper()) - 1) if lettered else str(position)
        before = position
    return ""


def _drop_title(raw: RawQuestion) -> None:
    """Let the stem begin below a line such as "Question:", and below fields such as "Topic: …"."""
    if raw.number is not None:
        _join_asked(raw)
    labels = [at for at, line in enumerate(raw.stem) if line.text and not line.code and question_label(line.text)]
    begin = labels[-1] + 1 if labels else 0
    at = begin
    while at < len(raw.stem) and (not raw.stem[at].text.strip() or _FIELD.match(raw.stem[at].text)):
        begin = at + 1 if raw.stem[at].text.strip() else begin
        at += 1
    if at < len(raw.stem) and raw.stem[at].text.lstrip()[:1] in {"(", "["}:
        raw.stem[at] = raw.stem[at].with_text(POINTS.sub("", raw.stem[at].text))
    if raw.stem and raw.stem[-1].text.endswith((")", "]")) and not raw.stem[-1].code:
        raw.stem[-1] = raw.stem[-1].with_text(_POINTS_BEHIND.sub("", raw.stem[-1].text))
    if begin and any(line.text.strip() for line in raw.stem[begin:]):
        raw.stem = raw.stem[begin:]
        raw.line = next(line.number for line in raw.stem if line.text.strip())


def _join_asked(raw: RawQuestion) -> None:
    """Join what stands between "Question 7" and a further "Question:" to what is asked there; title and fields go.

    A title may be a sentence without its end, and a field may give what the question needs: those are doubted.
    """
    asked = {at: text for at, line in enumerate(raw.stem) if at and (text := _asked(line)) is not None}
    if not asked:
        return
    begin, end = 0, min(asked)
    while begin < end and _is_title(raw.stem[begin], first=not begin):
        begin += 1
    lines = [line.with_text(asked[at]) if at in asked else _unheaded(line) for at, line in enumerate(raw.stem)]
    raw.stem = lines[begin:]
    raw.line = next((line.number for line in raw.stem if line.text.strip()), raw.line)
    if any(_tells(line.text) for line in lines[:begin]):
        raw.doubts.append(stem_above(raw))


def _tells(text: str) -> bool:
    """Whether a line says more than a field that question banks print, or what the question is worth."""
    return bool(POINTS.sub("", text).strip()) and not _FIELD.match(text)


def stem_above(raw: RawQuestion) -> Finding:
    """The finding that a part of a question may be above it."""
    message = _("The text above this question may be part of it.")
    return Finding(line=raw.line, code=FindingCode.LOST_QUESTION, message=message)


def _asked(line: Line) -> str | None:
    return asked_text(line.text) if line.text and not line.code else None


def _is_title(line: Line, *, first: bool) -> bool:
    """Whether a line is blank, or no sentence but a field such as "Domain: water" or, as the ``first``, a title."""
    text = line.text.strip()
    return not text or (not line.code and not ends_sentence(text) and (first or ":" in text[:_LONGEST_FIELD]))


def _unheaded(line: Line) -> Line:
    """A line, with bold type in place of a heading."""
    heading = markdown_heading(line.text, 0) if line.text and not line.code else None
    return line.with_text(f"**{heading.text}**") if heading else line


def _take_key_above(raw: RawQuestion) -> None:
    """Take the key from a line between stem and choices; the stem goes without it."""
    keys = [at for at, line in enumerate(raw.stem) if at and not line.code and key_text(line.text)]
    if len(keys) == 1:
        raw.key, raw.keyed_by = key_text(raw.stem.pop(keys[0]).text), "above"
    while len(raw.stem) > 1 and not raw.stem[-1].code and _LISTED_FIELD.match(raw.stem[-1].text):
        raw.stem.pop()
    written = [at for at, line in enumerate(raw.stem) if line.text.strip()]
    if len(written) == 1 and (unmarked := bold(raw.stem[written[0]].text.strip())):
        raw.stem[written[0]] = raw.stem[written[0]].with_text(unmarked)


def _end_of_last(lines: Sequence[Line], at: int, run: Run) -> int:
    """The index after the last choice: with the code right below its letter, and what is listed below it."""
    if run.in_code:
        return at + 1
    first = item_of(lines[at])
    if first and truth_of(first.mark.rest) is not None:
        return at + 1
    code = at + 1
    while code < len(lines) and not lines[code].text.strip():
        code += 1
    if code < len(lines) and lines[code].code and _is_followed_by_code(lines, run):
        while code < len(lines) and lines[code].code:
            code += 1
        return code
    if first and first.style != "letter" and at + 1 < len(lines) and _stands_apart(lines[at], lines[at + 1], first):
        return at + 1
    at = end_of_paragraph(lines, at + 1)
    while first and at < len(lines) and _is_below(lines[at], first):
        at = end_of_paragraph(lines, at + 1)
    return at


def _stands_apart(line: Line, below: Line, choice: Item) -> bool:
    """Whether the text right below the last choice of a list is none of it: it is short, the text not indented."""
    return len(line.text) < WRAPPED and bool(below.text.strip()) and indent_of(below.text) <= choice.indent


def _is_followed_by_code(lines: Sequence[Line], run: Run) -> bool:
    """Whether code below the last choice is its own: the choice is no more than a letter, or others have code, too."""
    _at, mark = run.items[-1]
    return len(mark.rest) <= 1 or any(line.code for line in lines[run.start : run.last])


def _is_below(line: Line, choice: Item) -> bool:
    """Whether a line is an item of a list below a choice: any item below a bullet, a bullet below all others."""
    item = item_of(line)
    return item is not None and item.indent > choice.indent and "bullet" in {item.style, choice.style}


def _is_remark(line: Line, choice: Item) -> bool:
    """Whether a line is an item that says something about a choice; below a bullet, it goes on with the choice."""
    return choice.style != "bullet" and _is_below(line, choice)


def end_of_paragraph(lines: Sequence[Line], at: int) -> int:
    """The index, from ``at`` on, of the first line that is blank or begins another part of a question."""
    while at < len(lines):
        line = lines[at]
        if not line.text.strip() or (not line.code and (_begins_part(line.text) or strict_heading(lines, at))):
            break
        item = item_of(line)
        if (item and item.style in {"bullet", "box"}) or (line.folded and at and not lines[at - 1].folded):
            break
        at += 1
    return at


def _begins_part(text: str) -> bool:
    return is_ruler(text) or key_text(text) is not None or explanation_text(text) is not None or is_aside(plain(text))


def _choice(run: Run, mark: ChoiceMark, lines: Sequence[Line]) -> RawChoice:
    begin = lines[0]
    own = [Line(begin.number, mark.rest, begin.figure, folded=begin.folded), *lines[1:]]
    if run.in_code:
        own = own[:1]
    while len(own) > 1 and not own[-1].text.strip():
        own.pop()
    remarks: list[Line] = []
    first = item_of(begin)
    if first and len(own) > 1:
        cut = next((at for at in range(1, len(own)) if _is_remark(own[at], first)), len(own))
        if not first.positions and not any(line.code for line in own):  # a list's item is its first paragraph
            cut = min(cut, next((at for at in range(1, len(own)) if not own[at].text.strip()), cut))
        own, remarks = own[:cut], own[cut:]
    if not own[-1].code and (text := without_own_answer(own[-1].text)) != own[-1].text:
        own[-1] = own[-1].with_text(text)
    if not own[-1].code and (reason := parted_reason(own[-1].text)[1]):
        remarks = [own[-1].with_text(reason), *remarks]
    text, right = verdict(own[-1].text) if not own[-1].code else (own[-1].text, False)
    rejected = not right and text != own[-1].text and not own[-1].text.lower().endswith("voted")
    if text != own[-1].text:
        own[-1] = own[-1].with_text(text)
    return RawChoice(
        mark.label.upper(), own, mark.ticked or right, mark.typographic and not right, remarks, first, rejected
    )


def settle_ticks(choices: list[RawChoice]) -> None:
    """Count bold type and stars as ticks, unless every choice has them, or a surer sign marks one."""
    for choice in choices:
        text = choice.lines[-1].text
        unmarked = (bold(text) if len(choice.lines) == 1 else None) or star_behind(text)
        if unmarked:
            choice.lines[-1] = choice.lines[-1].with_text(unmarked)
            choice.typographic = not choice.ticked
            choice.ticked = True
    sure = any(choice.ticked and not choice.typographic for choice in choices)
    if sure or all(choice.typographic for choice in choices):
        for choice in choices:
            choice.ticked = choice.ticked and not choice.typographic


def dedented(lines: list[Line]) -> list[Line]:
    """``lines`` without the white space that all of them begin with, the first one apart."""
    margins = (indent_of(line.text) for line in lines[1:] if line.text.strip())
    first = next(margins, 0)
    if not first:  # most texts begin at the margin
        return lines
    margin = min([first, *margins])
    if not margin:
        return lines
    return [line.with_text(_without_margin(line.text, margin)) for line in lines]


def _without_margin(text: str, margin: int) -> str:
    wide = text.expandtabs(4) if "\t" in text[:margin] else text
    return wide[min(margin, len(wide) - len(wide.lstrip())) :]
