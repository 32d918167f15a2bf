"""Makes drafts of questions of Open Trivia DB."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.accepted import check_accepted
from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.selection import selection
from bot.i18n import gettext as _
from bot.importers.bank.kinds import KINDS_IN_BANKS
from bot.importers.opentdb.encoding import Encoding, decoded
from bot.importers.reading.compose import collapse
from bot.importers.reading.json_data import Record
from bot.importers.reading.marks import choice_mark, question_mark
from bot.importers.reading.plain_text import plain_line, plain_text
from bot.importers.reading.shape import is_text
from bot.importers.reading.text import tidied
from bot.importers.reading.words import truth_of

RIGHT = ("correct_answer", "correctAnswer", "correct_answers")
WRONG = ("incorrect_answers", "incorrectAnswers", "incorrect_answer")
KNOWN = frozenset({"type", "difficulty", "category", "question", "explanation", "tags", "id", "_id", *RIGHT, *WRONG})
"""The members of a question that are read, or say nothing that people would miss."""

_FOREIGN = ("options", "answers", "choices")
"""Members that list right and wrong answers together, in files that other programs write."""
_LEVELS = frozenset({"easy", "medium", "hard"})
_PICTURE = re.compile(r"image|img|picture|photo", re.IGNORECASE)


def raw_texts(record: Mapping[str, Any]) -> list[str]:
    """Return the texts of a question as they stand in the file, without its type and difficulty."""
    values = [record.get(name) for name in ("category", "question", *RIGHT, *WRONG)]
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [one for one in flat if isinstance(one, str) and one]


class ReadQuestion:
    """The draft of a question, and the findings about it.

    Attributes:
        draft: what has been read so far, and in the end all of it.
        findings: what is doubtful about it, and what a draft can't say.

    Raises:
        BadInput: one of its texts isn't a text, or its choices stand in a member that isn't read.
    """

    def __init__(self, record: Record, encoding: Encoding) -> None:
        self._record, self._encoding = record, encoding
        if not self._has(WRONG) and (name := next((name for name in _FOREIGN if record.get(name)), "")):
            message = _("Its choices stand in “{name}”, which isn't read. Name the wrong ones in “incorrect_answers”.")
            raise BadInput(message.format(name=name))
        self.findings: list[Finding] = []
        self.draft = QuestionDraft(
            line=record.line,
            stem=plain_text(self._text(record.get("question"))),
            choices=(),
            explanation=plain_text(self._text(record.get("explanation"))),
            topic=collapse(self._text(record.get("category"))) or None,
            difficulty=self._difficulty(),
            tags=tuple(dict.fromkeys(self._texts(["tags"]))),
        )
        self._take(self._texts(RIGHT), self._texts(WRONG))
        for name, value in record.items():
            if name not in KNOWN and value and _PICTURE.search(name):
                message = _("Its picture (“{name}”) isn't in the file.").format(name=name[:40])
                self._note(FindingCode.NEEDS_FIGURE, message)
        codes = dict.fromkeys(finding.code for finding in self.findings)
        self.draft = replace(self.draft, findings=tuple(codes))

    def _take(self, right: Sequence[str], wrong: Sequence[str]) -> None:
        told = collapse(self._text(self._record.get("type"))).casefold()
        said = truth_of(right[0]) if len(right) == 1 else None
        others = {truth_of(text) for text in wrong}
        if said is not None and (others == {not said} or (told == "boolean" and not wrong)):
            draft = replace(self.draft, kind="true_false")
            self.draft = KINDS_IN_BANKS["true_false"].read(draft, {"answer": said})
        elif right and not wrong and (told not in {"multiple", "boolean"}) and (told or not self._has(WRONG)):
            check_accepted(right)
            self.draft = replace(self.draft, kind="short", accepted=tuple(dict.fromkeys(right)))
        else:
            self._take_choices(right, wrong)

    def _take_choices(self, right: Sequence[str], wrong: Sequence[str]) -> None:
        are_right = set(right)
        if both := [text for text in wrong if text in are_right]:
            message = _("“{text}” is both a right and a wrong answer. Correct the file.").format(text=both[0][:60])
            self._note(FindingCode.BROKEN, message)
        elif len(set(wrong)) < len(wrong):
            self._note(FindingCode.SIMPLIFIED, _("A wrong answer that is there twice was taken once."))
        listed = [*dict.fromkeys([*right, *wrong])]
        shown = _without_letters(listed)
        if [*shown.values()] != listed and (mark := question_mark(self.draft.stem)) and mark.rest:
            self.draft = replace(self.draft, stem=mark.rest)
        key = tuple(at for at, text in enumerate(shown) if text in are_right)
        self.draft = replace(
            self.draft,
            choices=tuple(map(plain_line, shown.values())),
            key=key,
            select=selection(self.draft.stem, len(key)),
        )

    def _difficulty(self) -> str | None:
        told = collapse(self._text(self._record.get("difficulty"))).casefold()
        if told and told not in _LEVELS:
            message = _("“{level}” isn't a difficulty here: easy, medium and hard are. It was left out.")
            self._note(FindingCode.SIMPLIFIED, message.format(level=told[:40]))
        return told if told in _LEVELS else None

    def _has(self, names: Sequence[str]) -> bool:
        return any(name in self._record for name in names)

    def _texts(self, names: Sequence[str]) -> list[str]:
        """The texts in a member that has one or a list of them, on one line each."""
        value = next((self._record[name] for name in names if name in self._record), None)
        return [text for one in (value if isinstance(value, list) else [value]) if (text := collapse(self._text(one)))]

    def _text(self, value: Any) -> str:  # noqa: ANN401  # whatever a file holds
        """What a value says: numbers are texts already, and true and false are words.

        Raises:
            BadInput: it is a list or an object, can't be decoded, or has characters that aren't text.
        """
        if isinstance(value, dict) and isinstance(value.get("text"), str):
            value = value["text"]
        if value is None or isinstance(value, bool):
            return "" if value is None else str(value)
        if not isinstance(value, str):
            raise BadInput(_("A list or an object stands where a text should be."))
        text = decoded(value, self._encoding)
        if not is_text(text):
            raise BadInput(_("A character in it isn't text (NUL or half a surrogate pair)."))
        return tidied(text)

    def _note(self, code: FindingCode, message: str) -> None:
        self.findings.append(Finding(line=self._record.line, code=code, message=message))


def _without_letters(listed: Sequence[str]) -> dict[str, str]:
    """Choices with what to show of each, without their letters and in their order, if these count up from A."""
    marks = {text: mark for text in listed if (mark := choice_mark(text)) and mark.family == "upper" and mark.rest}
    letters = [chr(ord("A") + at) for at in range(len(listed))]
    if len(listed) > 1 and sorted(mark.label for mark in marks.values()) == letters:
        return {text: mark.rest for text, mark in sorted(marks.items(), key=lambda one: one[1].label)}
    return {text: text for text in listed}
