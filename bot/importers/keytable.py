"""Answer keys that stand apart from their questions, ``1. B  2. D  3. A, C``, at the end of a chapter or of the file.

Assumptions: a heading such as "Answers" or "Answer Key" stands above, or at least three lines or entries count up
without any other text; the numbers are those of the questions before; where numbering begins anew, a chapter ends.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.importers.anatomy import RawQuestion
from bot.importers.headings import names_part, strict_heading
from bot.importers.marks import plain
from bot.importers.text import Line

_HEADING = re.compile(
    r"^(?:chapter\s+\d+\s*[:.–-]?\s*)?(?:the\s+)?(?:(?:correct\s+)?answers?(?:\s+(?:key|sheet))?|key|solutions?)"
    r"(?:\s+(?:to|for|and|with)\b.{0,80})?\s*:?$",
    re.IGNORECASE,
)
_LETTERS = r"[(\[]?[A-Za-z][)\]]?(?:(?:\s*[,&/+;]\s*|\s+and\s+)[(\[]?[A-Za-z][)\]]?|\s?[(\[]?[A-Z][)\]]?){0,7}"
_ENTRY = re.compile(
    rf"(?:[Qq](?:uestion)?\.?\s*#?)?(?P<number>\d{{1,5}})\s*[.):=–-]*\s*(?P<letters>{_LETTERS})(?=$|[\s.,;:|–-])\s*[.,;:|]?\s*"
)
_LONGEST_BARE = 400
_FEWEST_BARE = 3


class Entry(NamedTuple):
    """One answer: the question's number, its letters, and the lines that explain it."""

    number: int
    letters: str
    explanation: list[Line]


@dataclass(slots=True)
class KeyTable:
    """An answer key and the number of the line that it begins on."""

    line: int
    entries: list[Entry] = field(default_factory=list)


def part_key_tables(lines: Sequence[Line]) -> tuple[list[Line], list[KeyTable]]:
    """``lines`` without the answer keys among them, and those."""
    kept: list[Line] = []
    tables: list[KeyTable] = []
    at = 0
    while at < len(lines):
        table, end = _table_at(lines, at)
        if table:
            tables.append(table)
            at = end
        else:
            kept.append(lines[at])
            at += 1
    return kept, tables


def apply_key_tables(tables: Sequence[KeyTable], raws: Sequence[RawQuestion]) -> None:
    """Give each question without an answer the one that the next table below holds for its number."""
    start = 0
    for table in tables:
        end = start
        while end < len(raws) and raws[end].line < table.line:
            end += 1
        chapters = _chapters([raw.number or 0 for raw in raws[start:end]])
        parts = _chapters([entry.number for entry in table.entries])
        if len(parts) < len(chapters):
            chapters = chapters[-len(parts) :]
        for chapter, part in zip(chapters, parts, strict=False):
            entries = {table.entries[place].number: table.entries[place] for place in part}
            for place in chapter:
                _answer(raws[start + place], entries)
        start = end


def _answer(raw: RawQuestion, entries: dict[int, Entry]) -> None:
    entry = entries.get(raw.number or 0)
    if entry and raw.key is None and not any(choice.ticked for choice in raw.choices):
        raw.key = entry.letters
        raw.explanation = [*raw.explanation, *entry.explanation]


def _chapters(numbers: Sequence[int]) -> list[range]:
    """The stretches in which numbers only grow."""
    starts = [place for place, number in enumerate(numbers) if not place or number <= numbers[place - 1]]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True)]


def _table_at(lines: Sequence[Line], at: int) -> tuple[KeyTable | None, int]:
    """The answer key that begins at ``at``, and the index behind it."""
    text = plain(lines[at].text) if len(lines[at].text) <= _LONGEST_BARE else ""
    if text and _HEADING.match(text):
        return _headed(lines, at)
    name, _colon, answers = text.partition(":")
    if answers and _HEADING.match(name):
        entries = _entries(lines[at]._replace(text=answers))
        return (KeyTable(lines[at].number, entries), at + 1) if len(entries) > 1 else (None, at)
    if text[:1].isdigit() or text[:1] in {"Q", "q"}:
        return _bare(lines, at)
    return None, at


def _headed(lines: Sequence[Line], at: int) -> tuple[KeyTable | None, int]:
    table = KeyTable(lines[at].number)
    end = at + 1
    while end < len(lines):
        line = lines[end]
        entries = _entries(line)
        if entries and (not table.entries or entries[0].number in {table.entries[-1].number + 1, 1}):
            table.entries += entries
        elif line.text.strip() and (names_part(line.text) or strict_heading(lines, end)):
            if not _has_entries(lines, end + 1):
                break
        elif table.entries:
            table.entries[-1].explanation.append(line)
        elif line.text.strip():
            break
        end += 1
    return (table, end) if len(table.entries) > 1 else (None, at)


def _bare(lines: Sequence[Line], at: int) -> tuple[KeyTable | None, int]:
    """A key that no heading announces: nothing but entries, counting up."""
    table = KeyTable(lines[at].number)
    end = at
    while end < len(lines):
        entries = _entries(lines[end])
        if entries and not any(entry.explanation for entry in entries):
            following = table.entries[-1].number + 1 if table.entries else entries[0].number
            if entries[0].number != following:
                break
            table.entries += entries
        elif lines[end].text.strip():
            break
        end += 1
    return (table, end) if len(table.entries) >= _FEWEST_BARE else (None, at)


def _has_entries(lines: Sequence[Line], at: int) -> bool:
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    return at < len(lines) and bool(_entries(lines[at]))


def _entries(line: Line) -> list[Entry]:
    """The entries on a line: several when nothing else stands on it, or one that is explained."""
    text = plain(line.text).strip("| ")
    if len(text) > _LONGEST_BARE and not text[:1].isdigit():
        return []
    found: list[Entry] = []
    at = 0
    while entry := _ENTRY.match(text, at):
        if found and int(entry["number"]) != found[-1].number + 1:
            break
        found.append(Entry(int(entry["number"]), entry["letters"], []))
        at = entry.end()
    if found and at < len(text):
        return _explained(line, text)
    return found


def _explained(line: Line, text: str) -> list[Entry]:
    """The one entry that begins a line of text: a sign must part its letters from what explains them."""
    entry = _ENTRY.match(text)
    behind = text[entry.end("letters") :].lstrip() if entry else ""
    if not entry or behind[:1] not in {".", ":", ",", ";", "–", "-"}:
        return []
    return [Entry(int(entry["number"]), entry["letters"], [line._replace(text=behind.lstrip(".:,;–- "))])]
