"""Makes drafts of the questions in an Aiken file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.selection import selection
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.importers.aiken.marks import FIRST, letter
from bot.importers.reading.compose import collapse, one_line
from bot.importers.reading.keys import not_a_choice, resolve
from bot.importers.reading.lines import Line
from bot.importers.reading.repeats import without_repeats
from bot.importers.reading.statements import as_statement

_QUOTED = 80
_EITHER = re.compile(r"^\W{0,3}[A-Z]\W{1,4}or\W{1,4}[A-Z]\b", re.IGNORECASE)
"""An answer that leaves open which of two letters it is."""


@dataclass(slots=True)
class Item:
    """One question, as lines.

    Attributes:
        choices: the letter and the lines of each choice.
    """

    stem: list[Line]
    choices: list[tuple[str, list[Line]]] = field(default_factory=list)

    @property
    def next_letter(self) -> str:
        """The letter that its next choice should have."""
        return chr(ord(self.choices[-1][0]) + 1) if self.choices else FIRST

    @property
    def lines(self) -> Iterator[Line]:
        """Its lines, without the answer line."""
        yield from self.stem
        for _letter, lines in self.choices:
            yield from lines


class ReadItem:
    """The draft of a question, and the findings about it.

    Attributes:
        draft: what the file gives of the question.
        findings: what is doubtful about it, or isn't as Moodle reads it.

    Raises:
        BadInput: it has fewer than two choices.
    """

    def __init__(self, item: Item, answer: str) -> None:
        if not item.choices:
            raise BadInput(_("There are no choices below it."))
        if len(item.choices) < 2:
            message = ngettext("It has only {count} choice.", "It has only {count} choices.", len(item.choices))
            raise BadInput(message.format(count=len(item.choices)))
        self.findings: list[Finding] = []
        self._line = item.stem[0].number
        self._letters = [name for name, _lines in item.choices]
        self._choices = tuple(one_line(lines) for _letter, lines in item.choices)
        stem = one_line(item.stem)
        key, explanation = self._key(answer) if answer else ((), "")
        if len([*item.lines]) > 1 + len(item.choices):
            message = _(
                "Its stem or one of its choices has several lines, which Moodle doesn't read; here they are joined."
            )
            self._note(FindingCode.SIMPLIFIED, message)
        if any(line.figure for line in item.lines):
            self._note(FindingCode.NEEDS_FIGURE, _("The question had a picture, which is missing here."))
        draft = QuestionDraft(
            line=self._line,
            stem=stem,
            choices=self._choices,
            key=key,
            select=selection(stem, len(key)),
            explanation=explanation,
        )
        draft, repeated = without_repeats(draft)
        if repeated:
            self._note(FindingCode.SIMPLIFIED, repeated)
        codes = tuple(dict.fromkeys(finding.code for finding in self.findings))
        draft = as_statement(draft)
        self.draft = replace(draft, findings=codes) if codes else draft

    def _key(self, answer: str) -> tuple[tuple[int, ...], str]:
        """The positions of what is right, and the explanation behind it."""
        if single := letter(answer):
            return self._position(single), ""
        read = resolve(answer, self._choices, self._letters)
        others = (text for position, text in enumerate(self._choices) if position not in read.positions)
        if answer.isdigit():
            message = _("The answer is the number {answer}, but choices have letters.")
            self._note(FindingCode.KEY_NOT_A_CHOICE, message.format(answer=shortened(answer, _QUOTED)))
            return (), ""
        if read.rest and read.positions and _is_among(read.rest, others):
            message = _("The answer “{answer}” names one choice by its letter and another one by its text.")
            self._note(FindingCode.KEY_NOT_A_CHOICE, message.format(answer=shortened(answer, _QUOTED)))
        elif read.positions and (_EITHER.search(answer) or (not read.literal and read.rest == answer)):
            message = _("The answer “{answer}” isn't just one of the choices; it may be another one.")
            self._note(FindingCode.KEY_NOT_A_CHOICE, message.format(answer=shortened(answer, _QUOTED)))
        elif not read.literal or not read.positions:
            self._note(FindingCode.KEY_NOT_A_CHOICE, not_a_choice(answer, read.positions))
        elif read.rest and read == resolve(answer, self._choices):  # without its letter
            message = _("The answer “{answer}” isn't just one of the choices; it may be another one.")
            self._note(FindingCode.KEY_NOT_A_CHOICE, message.format(answer=shortened(answer, _QUOTED)))
        elif len(read.positions) > 1:
            message = _("The answer is “{answer}”. Moodle would take only the first letter; here all are to be chosen.")
            self._note(FindingCode.SIMPLIFIED, message.format(answer=shortened(answer, _QUOTED)))
        return read.positions, read.rest

    def _position(self, single: str) -> tuple[int, ...]:
        """The position of the choice that a letter means. Moodle counts from A, whatever letters the choices have."""
        counted = ord(single) - ord(FIRST)
        named = [position for position, known in enumerate(self._letters) if known == single]
        if named == [counted]:
            return (counted,)
        if not named and counted >= len(self._choices):
            message = _("The answer is {letter}, but there is no choice {letter}.")
            self._note(FindingCode.KEY_NOT_A_CHOICE, message.format(letter=single))
            return ()
        message = _("The answer is {letter}, but the choices aren't lettered A, B, C in order; it may be another one.")
        self._note(FindingCode.KEY_NOT_A_CHOICE, message.format(letter=single))
        return (named[0] if named else counted,)

    def _note(self, code: FindingCode, message: str) -> None:
        self.findings.append(Finding(line=self._line, code=code, message=message))


def _is_among(text: str, choices: Iterator[str]) -> bool:
    return collapse(text).casefold() in {choice.casefold() for choice in choices}
