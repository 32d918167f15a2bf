"""A document's lines, with what each of them could be by its own look, worked out once."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cached_property

from bot.importers.reading.announcing import asked_text, options_label, question_label
from bot.importers.reading.answer_lines import explanation_text, key_text
from bot.importers.reading.headings import Heading, names_kind, strict_heading
from bot.importers.reading.items import Item, item_of
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import QuestionMark, is_counted, is_ruler, question_mark
from bot.importers.reading.matching import end_of_lists

Span = tuple[int, int]
"""Lines from one index to before another."""

_TITLE = 8
"""A heading of more words is a sentence."""
_LISTED = 3
"""So many numbers make a list below what asks: fewer may be the first questions below a title that asks."""
_ASKING = ("?", "？", "؟")


class Page:
    """The lines of a document, and its marks by the index of their line. Code has no marks.

    Attributes:
        lines: the document's lines.
        items: what begins an item of a list.
        numbers: what counts questions.
        keys: the answer on an answer line, empty where the line only announces it.
        explanations: the text behind "Explanation:" and similar words.
        headings: the headings that show by their form that they are ones, unless an answer or explanation begins there.
        rulers: the lines that only separate.
        labels: the lines that only say what follows, such as "Options:".
        openers: the lines that only say that a question follows, such as "Question:".
        asked: the numbers of the lines for which a list of answers has one, so that each begins a question.

    A line such as "Question: …" below "Question 7" and a text is no mark: that question goes on there. Lists to match
    have no marks either.
    """

    def __init__(self, lines: Sequence[Line], asked: Collection[int] = ()) -> None:
        self.lines = lines
        self.asked = asked
        self.items: dict[int, Item] = {}
        self.numbers: dict[int, QuestionMark] = {}
        self.keys: dict[int, str] = {}
        self.explanations: dict[int, str] = {}
        self.headings: dict[int, Heading] = {}
        self.rulers: set[int] = set()
        self.labels: set[int] = set()
        self.openers: set[int] = set()
        self._begun = False
        """Whether "Question 7" is above, and nothing but text below it."""
        past = 0
        for at, line in enumerate(lines):
            if at < past or not line.text or line.code:
                continue
            counted = is_counted(line.text)
            past = 0 if counted else end_of_lists(lines, at)
            if not past and (counted or not self._begins_part(at, line.text)):
                self._mark(at, line)

    def _mark(self, at: int, line: Line) -> None:
        text = line.text
        if number := question_mark(text):
            if number.number is None and self._begun and asked_text(text) is not None:
                return
            self.numbers[at] = number
            self._begun = number.named and number.number is not None
        if (item := item_of(line)) and not names_kind(text):
            self.items[at] = item
            self._begun = self._begun and item.style not in {"letter", "box"}
        if heading := strict_heading(self.lines, at):
            self.headings[at] = heading

    def _begins_part(self, at: int, text: str) -> bool:
        """Whether a line separates, answers, explains, or says that choices follow; its index is noted."""
        if is_ruler(text):
            self.rulers.add(at)
            if heading := strict_heading(self.lines, at):  # the upper one of two rulers around a heading
                self.headings[at] = heading
        elif (key := key_text(text)) is not None:
            self.keys[at] = key
        elif (told := explanation_text(text)) is not None:
            self.explanations[at] = told
        elif options_label(text):
            self.labels.add(at)
        elif question_label(text):
            (self.labels if self._begun else self.openers).add(at)
            return True
        else:
            return False
        self._begun = self._begun and at in self.labels
        return True

    @cached_property
    def key_lines(self) -> list[int]:
        """The indexes of the answer lines, ascending."""
        return sorted(self.keys)

    @cached_property
    def explanation_lines(self) -> list[int]:
        """The indexes of the lines that begin an explanation, ascending."""
        return sorted(self.explanations)

    @cached_property
    def number_lines(self) -> list[int]:
        """The indexes of the lines that count questions, ascending."""
        return sorted(self.numbers)

    @cached_property
    def opening_lines(self) -> list[int]:
        """The indexes of the lines that only say that a question follows, ascending."""
        return sorted(self.openers)

    @cached_property
    def heading_lines(self) -> list[int]:
        """The indexes of headings, ascending."""
        return sorted(self.headings)

    @cached_property
    def ruler_lines(self) -> list[int]:
        """The indexes of the lines that only separate, ascending."""
        return sorted(self.rulers)

    @cached_property
    def folded_lines(self) -> list[int]:
        """The indexes of the lines with text that are hidden, ascending."""
        return [at for at, line in enumerate(self.lines) if line.folded and line.text]

    @cached_property
    def listed_numbers(self) -> set[int]:
        """The indexes of the numbers of a list's items: below a colon, or right below what asks about them."""
        items: set[int] = set()
        above, gap = -1, False
        last: int | None = None
        spaced: bool | None = None
        for at, line in enumerate(self.lines):
            if not line.text.strip():
                gap = True
                continue
            mark = self.numbers.get(at)
            number = self._plain_number(at)
            follows = self._announces(above) or self._is_asked_about(at)
            if number is not None and follows and not self.has_choices_below(at):
                last, spaced = number, None
                items.add(at)
            elif number is not None and last is not None and number == last + 1 and spaced in {None, gap}:
                last, spaced = number, gap
                items.add(at)
            elif mark or gap:
                last = None
            above, gap = at, False
        return items

    def _announces(self, at: int) -> bool:
        """Whether a line ends in a colon, so that a list may follow; a short heading and "Options:" announce none."""
        if at < 0 or not self.lines[at].text.rstrip(" *_").endswith(":") or at in self.labels:
            return False
        return at not in self.headings or len(self.headings[at].text.split()) > _TITLE

    def _plain_number(self, at: int) -> int | None:
        mark = self.numbers.get(at)
        return mark.number if mark and not mark.named else None

    def _is_asked_about(self, at: int) -> bool:
        """Whether 1, 2 and 3 stand line by line from ``at`` on, right below a line that asks, and ask nothing.

        Right above lettered choices, 1 and 2 are enough.
        """
        listed = range(at, at + _LISTED)
        if self._plain_number(at) != 1 or not self._asks(at - 1) or any(map(self._asks, listed)):
            return False
        numbers = [self._plain_number(line) for line in listed]
        third = self.items.get(at + 2)
        return numbers[:2] == [1, 2] and (numbers[2] == _LISTED or (third is not None and third.style == "letter"))

    def _asks(self, at: int) -> bool:
        if not 0 <= at < len(self.lines) or at in self.headings:
            return False
        return self.lines[at].text.rstrip(" *_").endswith(_ASKING)

    def has_choices_below(self, at: int) -> bool:
        """Whether the next line with text is a choice by its look: lettered or boxed."""
        item = self.items.get(self.text_below(at))
        return item is not None and item.style in {"letter", "box"}

    @cached_property
    def announced(self) -> set[int]:
        """The indexes of the lines that give the answer below one that announces it: one line, or a list."""
        found = set()
        for at, answer in self.keys.items():
            if answer:
                continue
            below = self.text_below(at)
            found.add(below)
            while below in self.items and below + 1 in self.items and below + 1 not in self.numbers:
                below += 1
                found.add(below)
        return found

    def parts(self, at: int) -> bool:
        """Whether a line can't be inside a stem: it separates, answers, begins an explanation, or is hidden."""
        if at in self.rulers or at in self.keys or at in self.explanations or self.lines[at].folded:
            return True
        return at in self.announced

    def end_of_answer(self, at: int) -> int:
        """The index after the answer that an answer line gives or announces."""
        if self.keys[at]:
            return at + 1
        end = self.text_below(at) + 1
        while end in self.announced:
            end += 1
        return end

    @cached_property
    def _above(self) -> list[int]:
        """What `text_above` returns for each index, and for the one after the last line."""
        above = [-1]
        for at, line in enumerate(self.lines):
            above.append(at if line.text.strip() else above[-1])
        return above

    @cached_property
    def _below(self) -> list[int]:
        """For each index, and the one after the last line, that of the first line from there on that isn't blank."""
        below = [len(self.lines)]
        for at in range(len(self.lines) - 1, -1, -1):
            below.append(at if self.lines[at].text.strip() else below[-1])
        below.reverse()
        return below

    def is_blank(self, at: int) -> bool:
        """Whether there is no text at an index, or no line at all."""
        return not 0 <= at < len(self.lines) or self._above[at + 1] != at

    def text_above(self, at: int) -> int:
        """The index of the nearest line above ``at`` that isn't blank; -1 if there is none."""
        return self._above[at]

    def text_below(self, at: int) -> int:
        """The index of the nearest line below ``at`` that isn't blank; the number of lines if there is none."""
        return self._below[at + 1]


def within(indexes: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Return those of the ascending ``indexes`` from ``start`` to before ``end``."""
    first = bisect_left(indexes, start)
    if first == len(indexes) or indexes[first] >= end:  # as in most cases
        return ()
    return indexes[first : bisect_left(indexes, end, first)]
