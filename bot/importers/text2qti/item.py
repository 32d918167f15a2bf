"""Makes drafts of the questions in a text2qti file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from bot.domain.accepted import AcceptedNumber, check_accepted
from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.selection import selection
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.reading.compose import FENCE, collapse, markdown, one_line
from bot.importers.reading.html import resolved, taken_out
from bot.importers.reading.lines import Line
from bot.importers.reading.repeats import without_repeats
from bot.importers.reading.statements import as_statement
from bot.importers.text2qti.elements import LETTERED, TICKED, Element

_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?")
_RANGE = re.compile(r"\[(?P<low>[^\[\],]*),(?P<high>[^\[\],]*)\]")
_MARGIN = re.compile(r"\+-|±")
_LITERAL = re.compile(r"`+[^`]*`+|\$[^$\n]+\$")
_HELD = re.compile(r"\0([0-9]+)\0")
_BLANKS = re.compile(r"\n{3,}")
_QUOTED = 80


@dataclass(slots=True)
class AnswerElement:
    """One answer of a question, with the feedback to it."""

    element: Element
    feedback: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """One question, as elements.

    Attributes:
        told: the texts that explain it, whatever the answer, and its solution.
        judged: feedback that depends on whether the answer is right.
        stray: lines that can't be read.
    """

    stem: list[Line]
    title: str
    answers: list[AnswerElement] = field(default_factory=list)
    told: list[list[Line]] = field(default_factory=list)
    judged: list[list[Line]] = field(default_factory=list)
    stray: list[Line] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The number of its stem's first line."""
        return self.stem[0].number


class ReadItem:
    """The draft of a question, and the findings about it.

    Attributes:
        draft: what the file gives of the question.
        findings: what is doubtful about it, or can't be kept.

    Raises:
        BadInput: it has no answers, answers of several kinds, or one that can't be read.
    """

    def __init__(self, item: Item) -> None:
        self._item = item
        self._dropped: dict[str, None] = {}
        self.findings: list[Finding] = []
        signs = {answer.element.sign for answer in item.answers}
        explained = [self._markdown(lines) for lines in (*item.told, *item.judged)]
        self._draft = QuestionDraft(
            line=item.line,
            stem=self._markdown(item.stem),
            choices=(),
            section=item.title or None,
            explanation="\n\n".join(dict.fromkeys(filter(None, explained))),
        )
        if not signs:
            raise BadInput(_("It has no answers."))
        if signs <= LETTERED:
            self._take_choices("right")
        elif signs <= TICKED:
            self._take_choices("ticked")
        elif len(signs) > 1:
            raise BadInput(_("It has answers of several kinds."))
        else:
            self._take_other(signs.pop())
        self._tell()
        codes = tuple(dict.fromkeys(finding.code for finding in self.findings))
        self.draft = replace(self._draft, findings=codes) if codes else self._draft

    def _take_choices(self, sign: str) -> None:
        answers = self._item.answers
        key = tuple(position for position, answer in enumerate(answers) if answer.element.sign == sign)
        if sign == "right" and len(key) > 1:
            message = _("{count} choices are marked as right, but where choices have letters, only one can be.")
            self._note(FindingCode.KEY_NOT_A_CHOICE, message.format(count=len(key)))
        feedback = tuple(self._markdown(answer.feedback) for answer in answers)
        choices = tuple(self._line(answer.element.lines) for answer in answers)
        if any("![" in choice for choice in choices):
            self._note(FindingCode.NEEDS_FIGURE, _("One of its choices had a picture, which is missing here."))
        draft = replace(
            self._draft,
            choices=choices,
            key=key,
            select=selection(self._draft.stem, len(key)),
            choice_explanations=feedback if any(feedback) else None,
        )
        draft, repeated = without_repeats(draft)
        if repeated:
            self._note(FindingCode.SIMPLIFIED, repeated)
        self._draft = as_statement(draft) if sign == "right" else draft

    def _take_other(self, sign: str) -> None:
        texts = [collapse(answer.element.lines[0].text) for answer in self._item.answers]
        if sign == "typed":
            accepted = tuple(dict.fromkeys(texts))
            check_accepted(accepted)
            self._draft = replace(self._draft, kind="short", accepted=accepted)
        elif sign == "number":
            if len(texts) > 1:
                raise BadInput(_("It has {count} numbers, but only one can be right.").format(count=len(texts)))
            number = _number(texts[0])
            check_accepted([number])
            self._draft = replace(self._draft, kind="number", accepted=(number,))
        else:
            self._draft = replace(self._draft, kind="essay" if sign == "essay" else "file-upload")
        feedback = [text for answer in self._item.answers if (text := self._markdown(answer.feedback))]
        if feedback:
            explanation = "\n\n".join(filter(None, [self._draft.explanation, *feedback]))
            self._draft = replace(self._draft, explanation=explanation)

    def _tell(self) -> None:
        for line in self._item.stray:
            message = _("“{text}” can't be read. If it belongs to the text above it, indent it.")
            self._note(FindingCode.BROKEN, message.format(text=shortened(line.text, _QUOTED)))
        if self._item.judged:
            message = _("Feedback that depends on the answer is part of the explanation here.")
            self._note(FindingCode.SIMPLIFIED, message)
        if self._dropped:
            self._note(FindingCode.SIMPLIFIED, taken_out(self._dropped))

    def _markdown(self, lines: Sequence[Line]) -> str:
        return self._resolved(markdown(_without_blank_ends(lines)))

    def _line(self, lines: Sequence[Line]) -> str:
        if any(FENCE.match(line.text) for line in lines):
            self._note(FindingCode.SIMPLIFIED, _("A choice has code on several lines, which is on one line here."))
        return collapse(self._resolved(one_line(lines)))

    def _resolved(self, text: str) -> str:
        """Make Markdown of the HTML in a text, but not of the signs in its code and its formulas."""
        if "<" not in text and "&" not in text:
            return text
        held: list[str] = []

        def hold(found: re.Match[str]) -> str:
            held.append(found[0])
            return f"\0{len(held) - 1}\0"

        shown, dropped = resolved(_LITERAL.sub(hold, text))
        self._dropped |= dict.fromkeys(dropped)
        return _HELD.sub(lambda found: held[int(found[1])], _BLANKS.sub("\n\n", shown)).strip()

    def _note(self, code: FindingCode, message: str) -> None:
        self.findings.append(Finding(line=self._item.line, code=code, message=message))


def _without_blank_ends(lines: Sequence[Line]) -> list[Line]:
    kept = [*lines]
    while kept and not kept[-1].text:
        kept.pop()
    return kept


def _number(text: str) -> AcceptedNumber:
    """Return the number in ``3.5 +- 0.1``, ``3.5 +- 2%``, ``[3, 4]`` or ``1_000``.

    Raises:
        BadInput: it isn't one.
    """
    told = text.replace("_", "")
    if span := _RANGE.fullmatch(told):
        low, high = _fractions([span["low"], span["high"]], text)
        if low > high:
            raise BadInput(_("The range “{text}” ends before it begins.").format(text=shortened(text, _QUOTED)))
        return AcceptedNumber.between(low, high)
    value, *margin = _MARGIN.split(told, maxsplit=1)
    (number,) = _fractions([value], text)
    if not margin:
        return AcceptedNumber(value=number)
    share = margin[0].strip().endswith("%")
    (tolerance,) = _fractions([margin[0].strip().removesuffix("%")], text)
    if tolerance < 0:
        raise BadInput(_("The margin in “{text}” is negative.").format(text=shortened(text, _QUOTED)))
    return AcceptedNumber(value=number, tolerance=tolerance / 100 if share else tolerance, relative=share)


def _fractions(parts: Sequence[str], text: str) -> Iterator[Fraction]:
    if not all(_NUMBER.fullmatch(part.strip()) for part in parts):
        message = _("“{text}” isn't a number. Write it like 3, 3.5 +- 0.1 or [3, 4].")
        raise BadInput(message.format(text=shortened(text, _QUOTED)))
    return (Fraction(part.strip()) for part in parts)
