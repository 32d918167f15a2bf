"""Reads what stands below the choices of a question: the key in one of its many places, and the explanation."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from bot.domain.drafts import Finding, FindingCode
from bot.domain.questions import MAX_CHOICES
from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.answer_lines import explanation_text, key_text, part_inline_explanation
from bot.importers.reading.compose import ends_sentence, one_line
from bot.importers.reading.doubts import LONE_LABELS, letters_of
from bot.importers.reading.explaining import (
    called_answer,
    could_be_choices,
    read_explanation,
    said_in_prose,
    tick_what_is_called_right,
)
from bot.importers.reading.headings import is_titled, names_part, strict_heading
from bot.importers.reading.items import item_of
from bot.importers.reading.keys import KeyAsRead, alike, bare, denied, not_a_choice, resolve
from bot.importers.reading.lines import Line
from bot.importers.reading.lost import swallowed
from bot.importers.reading.marks import bullet, is_ruler, plain, without_bullet
from bot.importers.reading.verdicts import verdict

_MOST_STRAY_WORDS = 8
_AROUND = " *_-#>["
_WORD = 6
"""How many letters of "Explanation" or "Reference" tell them apart."""
_SHORTEST_ALONE = 4
_LISTED = re.compile(r"^\W{0,3}(?P<number>\d{1,4})[.):]\W{0,4}(?P<label>[A-Z])(?:\s?[^\w\s'’]|$)")
PRINTED_FIELD = re.compile(
    r"^\s*(?:PTS|POINTS?|DIFFICULTY|TOPICS?|KEYWORDS?|QUESTION TYPE|HAS VARIABLES|LEARNING OBJECTIVES?"
    r"|[A-Z]{3,12} STANDARDS?|CUSTOM ID|DATE (?:CREATED|MODIFIED)|STUDENT ENTRY MODE)\s?:"
)
"""What test generators print below an answer, each on a line of its own or several on one."""
_FURTHER_FIELD = re.compile(r"^\s*(?:DIF|REF|OBJ|NAT|STA|LOC|TOP|MSC|BLM)\s?:")
"""What they print right below an answer or another field; elsewhere, "NAT: …" may explain a network."""
_MAY_LIST = frozenset("*0123456789")
_LONGEST_SIGN = 12
_OPEN_ENDS = ",;&/+"
"""What ends an answer line whose letters go on below."""
_SIGN_BEFORE = re.compile(r"^(?:[✅✔☑✓]\ufe0f?\s*)?")
_BOLD_FIRST = re.compile(rf"^\s*(?:>\s?)?{_SIGN_BEFORE.pattern[1:]}\*\*(?P<told>[^*]{{1,300}})\*\*")
"""What is in bold type at the beginning of a line: "✅ **B. cork** because …"."""


def read_tail(raw: RawQuestion, lines: Sequence[Line]) -> int:
    """Read key and explanation from the lines below the choices, and return how many of them the question takes up.

    Headings and rulers end the question, except a heading that gives the answer. Without an answer, a tick or an
    explanation, none of the lines belong to it.
    """
    end = _end_of_tail(raw, lines)
    tail = _Tail(raw)
    raw.tail = lines[:end]
    for line in _without_fields(raw.tail):
        tail.take(line)
    tail.close()
    return end


def _without_fields(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a tail without what test generators print for themselves: it explains nothing."""
    is_near = False
    for line in lines:
        is_field = not line.code and bool(
            PRINTED_FIELD.match(line.text) or (is_near and _FURTHER_FIELD.match(line.text))
        )
        if not is_field:
            yield line
        if line.text.strip():
            is_near = is_field or (not line.code and key_text(line.text) is not None)


class _Tail:
    """Takes the lines of a tail one by one."""

    def __init__(self, raw: RawQuestion) -> None:
        self.raw = raw
        self.explanation: list[Line] = []
        self.explaining = False
        self.awaiting = False
        """Whether the answer was announced and is still to come."""
        self.listed: list[int] = []
        """The positions of the choices that a list below "Answers:" names."""
        self.judged = False
        """Whether that list says which of its choices are right."""
        self.begun: set[str] = set()
        """The words that explanations began with."""
        self.answered_anew = False
        """Whether an answer line differs from the one that was taken."""
        self.covered = 0
        self.cover: Line | None = None
        """The line that shows while the answer is folded away, and how many lines of the explanation are above it."""

    def take(self, line: Line) -> None:
        """Take the next line."""
        told = None if line.code else explanation_text(line.text)
        key = None if line.code or told is not None else key_text(line.text)
        if self.awaiting and (position := _named_choice(self.raw, line)) is not None:
            self._list(position, line)
        elif told is not None:
            self._begin_explanation(line, told)
        elif key is not None:
            self._take_key(line, key)
        elif self.awaiting:
            self._take_announced(line)
        elif self._goes_on(line):
            self.raw.key = f"{self.raw.key} {plain(line.text)}"
        elif not self.raw.keyed_by and not self.raw.is_ticked and (lone := _lone_key(self.raw, line, self.explanation)):
            self.raw.key, self.raw.keyed_by = lone, "alone"
        elif self._covers_answer(line):
            self.cover, self.covered = line, len(self.explanation)
        else:
            self.explanation.append(line)

    def _goes_on(self, line: Line) -> bool:
        """Whether an answer line ends in a comma or the like, and only letters stand on the line below it."""
        key, above = self.raw.key, self.explanation
        if not key or self.raw.keyed_by != "line" or key[-1] not in _OPEN_ENDS or len(above) != 1 or above[0].text:
            return False
        return bool(LONE_LABELS.match(plain(line.text))) and {*letters_of(plain(line.text))} <= {*self.raw.labels}

    def _covers_answer(self, line: Line) -> bool:
        """Whether a line is the first one in a fold, no sentence, and no part of the question's tail is above it."""
        if not line.folded or not line.text.strip() or self.raw.keyed_by or self.explaining or self.cover:
            return False
        return not ends_sentence(line.text) and not any(one.text.strip() for one in self.explanation)

    def close(self) -> None:
        """Find the key in the explanation if it was given nowhere else."""
        raw = self.raw
        if self.cover and not raw.keyed_by:
            self.explanation.insert(self.covered, self.cover)
        for position in self.listed:
            raw.choices[position].ticked = True
        said = said_in_prose(raw, self.explanation)
        if said and raw.key is None and not raw.is_ticked:
            raw.key, raw.keyed_by = said, "told"
        elif raw.key and LONE_LABELS.match(raw.key):
            called = said or called_answer(raw, self.explanation)
            if called and called not in letters_of(raw.key):
                raw.doubts.append(_contradicted(raw, raw.key, called))
        listed = _listed_answer(raw, self.explanation)
        right = [raw.choices[at].label for at in self._taken.positions] if raw.key else self._ticked
        if listed and right and listed not in right:
            raw.doubts.append(_contradicted(raw, ", ".join(right), listed))
        read_explanation(raw, self.explanation)
        if not self.begun and (number := could_be_choices(raw)):
            raw.doubts.append(swallowed(number))
        if raw.key is None and not raw.is_ticked:
            tick_what_is_called_right(raw)

    def _begin_explanation(self, line: Line, told: str) -> None:
        word = line.text.strip(_AROUND).lower()[:_WORD]
        if word in self.begun and any(one.text.strip() for one in self.explanation):
            self.raw.doubts.append(swallowed(line.number))
        self.begun.add(word)
        self.awaiting, self.explaining = False, True
        self.explanation.append(line.with_text(told))

    def _take_key(self, line: Line, key: str) -> None:
        raw = self.raw
        if raw.keyed_by and (self.listed or not self.awaiting):
            self.awaiting = False
            if self.listed or (not self.answered_anew and self._answers_anew(key)):
                raw.doubts.append(swallowed(line.number))
                self.answered_anew = True
            self.explanation.append(line)
        elif self.explaining:
            # Some sources give the answer only in the words of its explanation.
            if key and not raw.is_ticked:
                raw.key, raw.keyed_by = key, "told"
            self.explanation.append(line)
        else:
            key, told = part_inline_explanation(key)
            raw.key, raw.keyed_by = key or None, "line"
            self.awaiting, self.explaining = not key, bool(told)
            self.explanation.append(line.with_text(told))

    def _answers_anew(self, key: str) -> bool:
        """Whether a further answer line differs from the one that was taken; an explanation may speak of answers."""
        if key and LONE_LABELS.match(key):
            return self.raw.key is not None and letters_of(key) != letters_of(self.raw.key)
        if self.explaining or bare(key) == bare(self.raw.key or ""):
            return False
        if not key or len(self._texts) > MAX_CHOICES:  # such a question isn't asked
            return True
        read = self._read(key)
        if read.positions and read.positions == self._taken.positions:
            return False
        # "Answer: B", and right below: "Solution: 2 + 2 = 4"
        return read.literal or any(line.text.strip() for line in self.explanation)

    @property
    def _ticked(self) -> list[str]:
        """The labels of the choices that a sign marks as right."""
        return [choice.label for choice in self.raw.choices if choice.ticked]

    @cached_property
    def _texts(self) -> list[str]:
        return [one_line(choice.lines) for choice in self.raw.choices]

    @cached_property
    def _taken(self) -> KeyAsRead:
        """What the answer that was taken first names of the choices."""
        return self._read(self.raw.key or "")

    def _read(self, key: str) -> KeyAsRead:
        """What an answer names of the choices."""
        return resolve(key, self._texts, self.raw.labels)

    def _take_announced(self, line: Line) -> None:
        """Take a line below "Answer:": a choice in a list of them, or else the whole answer."""
        if not line.text.strip():
            self.awaiting = not self.listed
        elif self.listed:
            self.awaiting = False
            self.explanation.append(line)
        else:
            self.raw.key, self.awaiting = plain(line.text), False

    def _list(self, position: int, line: Line) -> None:
        """Note a choice that is listed; where some are called correct, the others aren't."""
        right = verdict(line.text)[1]
        if right and not self.judged:
            self.listed.clear()
            self.judged = True
        if right or not self.judged:
            self.listed.append(position)
        self._explain_listed(line)

    def _explain_listed(self, line: Line) -> None:
        """Keep what a listed answer says besides its choice, and doubt it if that is the text of another choice."""
        told = plain(without_bullet(verdict(line.text)[0]))
        read = self._read(told)
        if not read.literal:
            message = not_a_choice(told, read.positions)
            self.raw.doubts.append(Finding(line=line.number, code=FindingCode.KEY_NOT_A_CHOICE, message=message))
        if read.rest:
            self.explanation.append(line.with_text(read.rest))


def _listed_answer(raw: RawQuestion, lines: Sequence[Line]) -> str:
    """The label behind the question's own number, as lists of answers have it; empty if no line has it."""
    found = [_LISTED.match(line.text) for line in lines if line.text[:1] in _MAY_LIST and not line.code]
    listed = {one["label"] for one in found if one and int(one["number"]) == raw.number}
    return listed.pop() if len(listed) == 1 else ""


def _contradicted(raw: RawQuestion, key: str, said: str) -> Finding:
    message = _("The answer is {key}, but the explanation says that {said} is right.").format(key=key, said=said)
    return Finding(line=raw.line, code=FindingCode.KEY_CONFLICTS_EXPLANATION, message=message)


def _named_choice(raw: RawQuestion, line: Line) -> int | None:
    """The position of the choice that a line below "Answer:" repeats, by its label or its text; None if of none."""
    text = line.text.strip()
    item = item_of(line)
    found = bullet(text) if item else None
    labels = raw.labels
    told = verdict(found[0])[0].strip(" -–—") if found else ""
    for label in (item.mark.label.upper() if item else "", told.upper(), text.upper()):
        if label in labels:
            return labels.index(label)
    told = told or (item.mark.rest if item else text)
    same = alike(told, [one_line(choice.lines) for choice in raw.choices]) if told else ()
    return same[0] if same else None


def _lone_key(raw: RawQuestion, line: Line, above: Sequence[Line]) -> str:
    """The labels that stand alone on a folded line, or right below the choices; empty if they don't."""
    if line.code or not line.text.strip() or not raw.labelled or any(one.text.strip() for one in above):
        return ""
    text = plain(line.text)
    if _names_in_bold(raw, line) and not any(one is not line and _may_answer(raw, one) for one in raw.tail):
        return _SIGN_BEFORE.sub("", text)
    if line.folded and (item := item_of(line.with_text(text))):
        told = [choice for choice in raw.choices if bare(one_line(choice.lines)) == bare(item.mark.rest)]
        if [choice.label for choice in told] == [item.mark.label.upper()]:
            return told[0].label
    if not (line.folded or len(text) <= _SHORTEST_ALONE) or not LONE_LABELS.match(text):
        return ""
    named = letters_of(text)
    return " ".join(named) if named and {*named} <= {choice.label for choice in raw.choices} else ""


def _may_answer(raw: RawQuestion, line: Line) -> bool:
    """Whether a line gives an answer, with a word such as "Answer" or as folded bold type."""
    return not line.code and (bool(key_text(line.text)) or _names_in_bold(raw, line))


def _names_in_bold(raw: RawQuestion, line: Line) -> bool:
    """Whether a folded line begins with a choice in bold type, by its label alone or with its text."""
    found = _BOLD_FIRST.match(line.text) if line.folded and "**" in line.text[:_LONGEST_SIGN] else None
    if not found or denied(line.text[found.end() :]):
        return False
    item = item_of(line.with_text(found["told"]))
    label = item.mark.label if item else found["told"].strip("().: ")
    told = next((choice for choice in raw.choices if choice.label == label.upper()), None)
    return told is not None and (not item or bare(one_line(told.lines)) == bare(item.mark.rest))


def _end_of_tail(raw: RawQuestion, lines: Sequence[Line]) -> int:
    """The index after the last line below the choices that belongs to the question."""
    gives = [_gives_answer(line) for line in lines]
    end = next((at for at in range(len(lines)) if not gives[at] and _ends_question(lines, at)), len(lines))
    parts = {at for at in range(end) if gives[at]}
    for at in [*parts]:  # what is below "Answer" is the answer, even if it looks like a title
        if key_text(lines[at].text) == "":
            parts.add(next((below for below in range(at + 1, end) if lines[below].text.strip()), at))
    first = next((at for at in range(end) if lines[at].text.strip()), -1)
    if not parts and first >= 0 and _answers_alone(raw, lines[first]):
        parts.add(first)
    if not parts and not raw.is_ticked:
        return 0
    while end and (not lines[end - 1].text.strip() or _is_stray_title(lines, end - 1, parts)):
        end -= 1
    return end


def _gives_answer(line: Line) -> bool:
    return not line.code and (key_text(line.text) is not None or explanation_text(line.text) is not None)


def _answers_alone(raw: RawQuestion, line: Line) -> bool:
    """Whether the line right below the choices gives their key without a word such as "Answer"."""
    return bool(_lone_key(raw, line, [])) or line.folded or said_in_prose(raw, [line]) is not None


def _is_stray_title(lines: Sequence[Line], at: int, parts: Collection[int]) -> bool:
    """Whether the last line of an explanation is really a heading of what follows, or a website's footer."""
    text = lines[at].text
    if at == 0 or at in parts or lines[at].code or len(text.split()) > _MOST_STRAY_WORDS or not is_titled(text):
        return False
    above = lines[at - 1].text
    if names_part(text) and key_text(above):
        return True
    return not above.strip() or (ends_sentence(above) and at - 1 not in parts)


def _ends_question(lines: Sequence[Line], at: int) -> bool:
    if lines[at].code or lines[at].folded or not lines[at].text.strip():
        return False
    return is_ruler(lines[at].text) or strict_heading(lines, at) is not None
