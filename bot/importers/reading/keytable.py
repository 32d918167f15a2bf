"""Finds answer keys that stand apart from their questions (``1. B  2. D  3. A, C``): below, above, or in parts.

Assumptions: a key has a heading such as "Answers" or "Answer Key", or a table head, or at least three entries that
count up without any other text. A short line between entries names a part of the key.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.importers.reading.answer_lines import explanation_text, key_text
from bot.importers.reading.headings import names_part, strict_heading, title
from bot.importers.reading.labels import positions_of
from bot.importers.reading.lines import Line, Lines
from bot.importers.reading.marks import NUMBER, bullet, choice_mark, is_counted, is_ruler, plain, question_mark
from bot.importers.reading.worded_keys import LONGEST_WORDED, WordedKey, read_words, read_words_behind
from bot.importers.reading.words import key_heading, labels_of_key

_PART = r"(?:chapter|part|quiz|round|section|test|unit)\s+\w{1,3}"
_HEADING = re.compile(
    rf"^(?:{_PART}\s*[:.–-]?\s*)?(?:the\s+)?(?:(?:correct\s+)?answers?(?:\s+(?:key|sheet))?|key|solutions?)"
    rf"(?:\s*[:.(–-]?\s*{_PART}\)?|\s+(?:(?:to|for|and|with)\b|&).{{0,80}})?\s*:?$",
    re.IGNORECASE,
)
_TABLE_HEAD = re.compile(
    r"^\|?\s*(?:(?:question|item|problem|exercise)s?(?:\s+(?:no\b\.?|number|\#))?|q|no|nr|num|number|\#)\.?\s*"
    r"\|\s*(?:the\s+)?(?:(?:correct|right)\s+)?(?:answers?|ans|key|options?|choices?|solutions?)\.?\s*(?:\|.*)?$",
    re.IGNORECASE,
)
_TABLE_RULER = re.compile(r"^\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?\s*)?$")
_LETTERS = r"[(\[]?[^\W\d_][)\]]?(?:(?:\s*[,&/+;]\s*|\s+and\s+)[(\[]?[^\W\d_][)\]]?|\s?[(\[]?[A-Z][)\]]?){0,7}"
_ENTRY = re.compile(
    rf"(?:[Qq](?:uestion)?\.?\s*#?)?(?P<number>{NUMBER})\s*(?:[.):=–-]*|\|)\s*(?P<letters>{_LETTERS})"
    r"(?=$|[\s.,;:|–-])\s*[.,;:|]?\s*"
)
_RANGE = re.compile(
    r"(?P<first>\d{1,4})\s?[-–—~～]\s?(?P<last>\d{1,4})\s?[:：.]?\s{0,4}"
    r"(?P<letters>[A-Z](?:[ \t,，、]{0,2}[A-Z]){1,25})(?!\w)\s{0,8}"
)
"""The answers to several questions: "1-5 ABCDA"."""
_BOLD_LETTERS = re.compile(
    rf"^(?P<number>[^*]{{1,40}})\*\*(?P<letters>{_LETTERS})(?P<sign>[.:,;)]?)\*\*(?P<behind>[.:,;)]?)\s?"
)
"""The letters of an entry in bold type, which parts them from what explains them: "3. **B** Cork floats."."""
_BOLD_CHOICE = re.compile(r"^(\d{1,4}[.):]\s?)\*\*([A-Za-z]\)\s[^*]{1,300})\*\*")
"""A whole choice in bold type: "3. **B) Cork** – it floats."."""
_NEXT_LETTER = re.compile(r"\s[(\[]?[A-Za-z][)\]]\s")
_SHORT_NUMBER = re.compile(r"^\d{1,4}$")
_REMARK = re.compile(r"\s?[(（][^()（）]{1,60}[)）]$")
"""A remark in brackets behind a heading: "Answer key (practice test 1)"."""
_LONE_LETTERS = re.compile(rf"^{_LETTERS}[.)]?$")
_LONGEST_BARE = 400
_FEWEST_BARE = 3
_LONGEST_NAME = 80
_NEAR = 40
"""How many lines below the number of a question its first choice may stand."""


class Entry(NamedTuple):
    """One answer: the question's number, its letters, the lines that explain it, and the name of the key's part."""

    number: int
    letters: str
    explanation: list[Line]
    part: str = ""


@dataclass(slots=True)
class KeyTable:
    """An answer key, and the number of its first line; if its answers are words, also of the lines that ask."""

    line: int
    entries: list[Entry] = field(default_factory=list)
    asked: Sequence[int] = ()

    @property
    def is_explained(self) -> bool:
        """Whether text stands below its last entry."""
        return bool(self.entries) and any(line.text.strip() for line in self.entries[-1].explanation)

    def takes(self, entries: Sequence[Entry], *, named: bool) -> bool:
        """Whether ``entries``, read from the next line, belong to this key; if not, the line explains the last entry.

        Args:
            entries: all entries on that line.
            named: whether the line above it names a part of the key.
        """
        if not entries or named or not self.entries or not any(entry.explanation for entry in entries):
            return bool(entries)
        return entries[0].number > self.entries[-1].number or entries[0].number == 1


def part_key_tables(lines: Lines) -> tuple[Lines, list[KeyTable]]:
    """``lines`` without the answer keys among them, and those keys."""
    tables: list[KeyTable] = []
    removed: set[int] = set()
    end = 0
    for at, text in enumerate(lines.texts()):
        if at < end or not text:
            continue
        table, end = _table_at(lines, at, text)
        if table:
            tables.append(table)
            removed.update(range(at, end))
    return lines.without(removed) if tables else lines, tables


def _table_at(lines: Sequence[Line], at: int, text: str) -> tuple[KeyTable | None, int]:
    """The answer key that begins at ``at`` with the line of this text, or None, and the index after it."""
    if len(text) > _LONGEST_BARE:
        return None, at
    if is_counted(text):
        return _bare(lines, at) if text.lstrip()[0].isdigit() and _entries(lines[at]) else (None, at)
    sign = text.lstrip()[0]
    text = plain(text)
    heads = bool(text) and bool(_HEADING.match(text) or _TABLE_HEAD.match(text) or key_heading(_REMARK.sub("", text)))
    if heads or (sign in "#*" and _heads_answer(lines, at)):
        begin = at + 1 if heads else at
        return _in_words(lines, at, begin) or _headed(lines, at, begin=begin)
    name, _colon, answers = text.replace("：", ":").partition(":")
    if answers and (_HEADING.match(name) or key_heading(name)):
        entries = _entries(lines[at].with_text(answers))
        in_words = _of_words(lines, at, read_words_behind(lines, at, answers))
        return in_words or ((KeyTable(lines[at].number, entries), at + 1) if len(entries) > 1 else (None, at))
    first = text.lstrip("| ")[:1]
    if first.isdigit() or first in {"Q", "q"}:
        return _bare(lines, at)
    return None, at


def _in_words(lines: Sequence[Line], at: int, begin: int) -> tuple[KeyTable, int] | None:
    """The answer key with a heading at ``at`` whose answers are words, and the index after it; None without one."""
    return _of_words(lines, at, read_words(lines, at, begin))


def _of_words(lines: Sequence[Line], at: int, found: WordedKey | None) -> tuple[KeyTable, int] | None:
    if not found:
        return None
    entries = [Entry(answer.number, answer.text, [], answer.part) for answer in found.answers]
    return KeyTable(lines[at].number, entries, found.asked), found.end


def _headed(lines: Sequence[Line], at: int, *, begin: int) -> tuple[KeyTable | None, int]:
    """The answer key with a heading at ``at`` and its first answer below ``begin``, or None, and the index after it.

    Below a heading of its own, one answer is enough.
    """
    table = KeyTable(lines[at].number)
    named, part = True, ""
    end = begin
    while end < len(lines):
        line = lines[end]
        entries = _entries(line) or _answered(line) or _worded(lines, end, table)
        below = _entries_below(lines, end)
        if table.takes(entries, named=named):
            table.entries += [entry._replace(part=part) for entry in entries]
            named = False
        elif below:
            table.entries += [entry._replace(part=part) for entry in below[0]]
            end, named = below[1], False
        elif _is_table_line(line.text) or is_ruler(line.text):
            pass
        elif _names_entries(lines, end, table):
            named, part = True, title(line.text)
        elif line.text.strip() and (names_part(line.text) or strict_heading(lines, end)):
            if not _has_entries(lines, end + 1):
                break
            named, part = True, title(line.text)
        elif line.text.strip() and (not table.entries or _asks(lines, end)):
            break
        elif table.entries:
            told = None if line.code else explanation_text(line.text)
            table.entries[-1].explanation.append(line if told is None else line.with_text(told))
        end += 1
    return (table, end) if len(table.entries) > begin - at else (None, at)


def _entries_below(lines: Sequence[Line], at: int) -> tuple[list[Entry], int] | None:
    """The answers whose letters stand below their numbers, and the index of that line; None if none begin here."""
    if rows := _in_rows(lines, at):
        return rows
    mark = question_mark(lines[at].text) if lines[at].text else None
    if mark is None or mark.number is None or not _announces(mark.rest):
        return None
    below = at + 1
    while below < len(lines) and not lines[below].text.strip():
        below += 1
    text = plain(lines[below].text) if below < len(lines) else ""
    answer = text if _LONE_LETTERS.match(text) else key_text(text)
    return ([Entry(mark.number, answer, [])], below) if answer else None


def _announces(text: str) -> bool:
    """Whether the text behind a number says at most that an answer follows: "Solution"."""
    return not text or key_text(text) == "" or (len(text) <= _LONGEST_NAME and key_heading(text))


def _heads_answer(lines: Sequence[Line], at: int) -> bool:
    """Whether a line such as "Question 3 – Solution" heads an answer."""
    mark = question_mark(lines[at].text)
    return mark is not None and bool(mark.rest) and _entries_below(lines, at) is not None


def _answered(line: Line) -> list[Entry]:
    """The entry whose answer stands behind a word: "3. Correct answer: B"."""
    mark = question_mark(line.text) if line.text and not line.code else None
    answer = key_text(mark.rest) if mark and mark.number is not None else None
    return [Entry(mark.number, answer, [])] if mark and mark.number is not None and answer else []


def _worded(lines: Sequence[Line], at: int, table: KeyTable) -> list[Entry]:
    """The entry whose answer is a word or two, right below one without an explanation: "4. False"."""
    line = lines[at]
    mark = question_mark(line.text) if table.entries and line.text and not line.code else None
    if not mark or mark.named or not 0 < len(mark.rest) <= LONGEST_WORDED or mark.rest[-1] in "?？؟":
        return []
    number, above = table.entries[-1].number + 1, table.entries[-1].explanation
    if mark.number != number or any(one.text for one in above) or _has_choice_below(lines, at):
        return []
    return [Entry(number, mark.rest, [])]


def _bare(lines: Sequence[Line], at: int) -> tuple[KeyTable | None, int]:
    """A key without a heading: nothing but entries, every line starting with a higher number than the one above."""
    if (rows := _in_rows(lines, at)) and not _has_choice_below(lines, rows[1]):
        return KeyTable(lines[at].number, rows[0]), rows[1] + 1
    table = KeyTable(lines[at].number)
    end = at
    last = -1
    while end < len(lines):
        entries = _entries(lines[end])
        if entries and all(_is_labelled(entry) and not entry.explanation for entry in entries):
            if entries[0].number <= last:
                break
            last = entries[0].number
            table.entries += entries
        elif lines[end].text.strip():
            break
        end += 1
    if len(table.entries) < _FEWEST_BARE or _are_choices(lines, end, last):
        return None, at
    return table, end


def _are_choices(lines: Sequence[Line], end: int, last: int) -> bool:
    """Whether what looks like answers are choices: an answer follows, or right below they go on with other text."""
    if end == len(lines):
        return False
    mark = question_mark(lines[end].text)
    goes_on = mark is not None and mark.number == last + 1 and bool(lines[end - 1].text.strip())
    return goes_on or key_text(lines[end].text) is not None


def _is_labelled(entry: Entry) -> bool:
    """Whether an answer may be labels of choices; a Chinese word of one character is none."""
    return all(map(positions_of, filter(str.isalpha, entry.letters.replace("and", ""))))


def _is_table_line(text: str) -> bool:
    """Whether a line is the head of a table of answers, or the ruler below the head."""
    return "|" in text and len(text) <= _LONGEST_BARE and bool(_TABLE_HEAD.match(text) or _TABLE_RULER.match(text))


def _names_entries(lines: Sequence[Line], at: int, table: KeyTable) -> bool:
    """Whether a line names the entries below it: "Answers, continued"; or, standing alone, "Science (1-20)"."""
    text = lines[at].text.strip()
    if not 0 < len(text) <= _LONGEST_NAME or not _has_entries(lines, at + 1):
        return False
    alone = not lines[at - 1].text.strip() and not table.is_explained
    return bool(_HEADING.match(plain(text))) or (alone and text[-1] not in ".!?;,")


def _asks(lines: Sequence[Line], at: int) -> bool:
    """Whether a question begins at ``at``: a number, and below it letters or boxes rather than more answers."""
    if not question_mark(lines[at].text):
        return False
    for line in lines[at + 1 : at + 1 + _NEAR]:
        mark, item = choice_mark(line.text), bullet(line.text)
        if (mark and mark.label in {"A", "a"}) or (item and item[1] is not None):
            return True
        if _entries(line):
            break
    return False


def _has_entries(lines: Sequence[Line], at: int) -> bool:
    while at < len(lines) and (not (text := lines[at].text.strip()) or _is_table_line(text) or is_ruler(text)):
        at += 1
    return at < len(lines) and bool(_entries(lines[at]) or _answered(lines[at]) or _entries_below(lines, at))


def _entries(line: Line) -> list[Entry]:
    """The entries on a line: several when nothing else stands on it, or one that is explained."""
    text = plain(line.text).strip("| ")
    if len(text) > _LONGEST_BARE and not text[:1].isdigit():
        return []
    found: list[Entry] = []
    at = 0
    bare = text.replace("*", "")
    if ranged := _ranges(bare):
        return ranged
    while entry := _ENTRY.match(bare, at):
        if found and int(entry["number"]) <= found[-1].number:
            break
        found.append(Entry(int(entry["number"]), entry["letters"], []))
        at = entry.end()
    if found and at < len(bare):
        return _explained(line, text)
    return found or [entry for entry in _answered(line) if labels_of_key(entry.letters.rstrip("."))]


def _ranges(text: str) -> list[Entry]:
    """The entries of a line that has nothing but ranges of numbers, each with as many letters."""
    found: list[Entry] = []
    at = 0
    while ranged := _RANGE.match(text, at):
        letters = [sign for sign in ranged["letters"] if sign.isalpha()]
        first, last = int(ranged["first"]), int(ranged["last"])
        if last - first + 1 != len(letters):
            return []
        found += [Entry(number, letter, []) for number, letter in enumerate(letters, start=first)]
        at = ranged.end()
    return found if at == len(text) else []


def _in_rows(lines: Sequence[Line], at: int) -> tuple[list[Entry], int] | None:
    """The answers in a row below a row of as many numbers, and the index of their line; None if none begin here."""
    counted = [int(cell) for cell in _cells(lines[at].text) if _SHORT_NUMBER.match(cell)]
    if len(counted) < _FEWEST_BARE or counted != [*range(counted[0], counted[0] + len(counted))]:
        return None
    below = at + 1
    while below < len(lines) and (not lines[below].text.strip() or _TABLE_RULER.match(lines[below].text.strip())):
        below += 1
    if below == len(lines):
        return None
    letters = _cells(lines[below].text)[-len(counted) :]
    if len(letters) < len(counted) or not all(len(one) == 1 and positions_of(one) for one in letters):
        return None
    return [Entry(number, letter, []) for number, letter in zip(counted, letters, strict=True)], below


def _has_choice_below(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line with text is a choice: then the lines above it belong to its question."""
    below = next((line.text for line in lines[at + 1 : at + 1 + _NEAR] if line.text.strip()), "")
    mark = choice_mark(below)
    return mark is not None and not mark.label.isdigit()


def _cells(text: str) -> list[str]:
    """The cells of a table's row, or the words of a line without bars."""
    return text.replace("|", " ").replace("*", "").split() if len(text) <= _LONGEST_BARE else []


def _explained(line: Line, text: str) -> list[Entry]:
    """The one entry that begins a line of text; a sign or a bracket must part its letters from their explanation."""
    text = _BOLD_LETTERS.sub(r"\g<number>\g<letters>: ", _BOLD_CHOICE.sub(r"\1\2", text, count=1), count=1)
    entry = _ENTRY.match(text)
    behind = text[entry.end("letters") :].lstrip() if entry else ""
    if not entry or (behind[:1] not in {".", ":", ",", ";", "–", "—", "-", "|"} and not _is_named(entry, behind)):
        return []
    return [Entry(int(entry["number"]), entry["letters"], [line.with_text(behind.lstrip(".:,;–—-| "))])]


def _is_named(entry: re.Match[str], behind: str) -> bool:
    """Whether an entry has one letter with its bracket, and a text that isn't more choices: "3. B) Cork"."""
    return entry["letters"][1:] == ")" and behind[-1:] not in {"", "?"} and not _NEXT_LETTER.search(behind)
