"""Gives the answers of separate answer keys to their questions, by number, or by position if numbering restarts."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from bot.domain.drafts import Finding, FindingCode
from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.compose import one_line
from bot.importers.reading.doubts import letters_of
from bot.importers.reading.keys import resolve
from bot.importers.reading.keytable import Entry, KeyTable
from bot.importers.reading.statements import offer_truth
from bot.importers.reading.vocabulary import own_words
from bot.importers.reading.worded_keys import MOST_ROUNDS

_MOST_SHOWN = 10
"""How many numbers a finding lists."""


class CountedTwiceError(Exception):
    """Several questions have the same number."""


def give_by_number(tables: Sequence[KeyTable], parts: Iterable[list[RawQuestion]]) -> Iterator[list[RawQuestion]]:
    """Yield the parts of a document, whose questions have the answers that its keys have for their numbers.

    Raises:
        CountedTwiceError: a number alone doesn't tell which answer belongs to which question.
    """
    entries = [entry for table in tables for entry in table.entries]
    if not _all_differ([entry.number for entry in entries]):
        raise CountedTwiceError
    by_number = {entry.number: entry for entry in entries}
    seen: set[int | None] = set()
    for raws in parts:
        if tables:
            numbers = {raw.number for raw in raws}
            if len(numbers) < len(raws) or seen & numbers:
                raise CountedTwiceError
            seen |= numbers
            for raw in raws:
                _answer(raw, by_number.get(raw.number or 0))
        yield raws


def give_to_all(tables: Sequence[KeyTable], parts: Iterable[list[RawQuestion]]) -> Iterator[list[RawQuestion]]:
    """Yield all questions of a document at once, with the answers that its keys have for them."""
    raws = [raw for some in parts for raw in some]
    apply_key_tables(tables, raws)
    yield raws


def apply_key_tables(tables: Sequence[KeyTable], raws: Sequence[RawQuestion]) -> None:
    """Give each question without an answer the answer that a key has for its number.

    If every number occurs only once, it doesn't matter where keys stand. Otherwise a key answers the questions between
    the previous key and itself or, if a key comes before the first question, each key answers the questions below it.
    Keys without a question between them count as one.
    """
    if not tables or not raws:
        return
    entries = [entry for table in tables for entry in table.entries]
    if _all_differ([raw.number for raw in raws]) and _all_differ([entry.number for entry in entries]):
        _give(raws, entries)
        return
    lines = [raw.line for raw in raws]
    keys: dict[int, list[Entry]] = defaultdict(list)
    for table in tables:
        keys[bisect_left(lines, table.line)] += table.entries
    stand_above = 0 in keys
    positions = [*keys, len(raws)] if stand_above else [0, *keys]
    for start, end in pairwise(positions):
        if stand_above and start < end:
            _give_chapters(raws[start:end], keys[start])
        elif stand_above:
            _give_chapters(raws[positions[-3] : end], keys[start])
        else:
            _give_chapters(raws[start:end], keys[end], nearest_last=True)


def answers_left(tables: Iterable[KeyTable], numbers: Collection[int | None]) -> Iterator[Finding]:
    """Findings about the keys that have answers for numbers which no question has."""
    for table in tables:
        left = sorted({entry.number for entry in table.entries} - {*numbers})
        if left:
            shown = ", ".join(map(str, left[:_MOST_SHOWN])) + ("…" if len(left) > _MOST_SHOWN else "")
            message = _("This key has answers for questions that weren't found: {numbers}.").format(numbers=shown)
            yield Finding(line=table.line, code=FindingCode.LOST_QUESTION, message=message)


def _give_chapters(raws: Sequence[RawQuestion], entries: Sequence[Entry], *, nearest_last: bool = False) -> None:
    """Give each part of a key to one chapter of its questions; if parts are fewer, the nearest chapters get them."""
    chapters, parts = _chapters(raws), _parts(entries)
    if len(chapters) == 1:
        parts = [range(len(entries))]
    if 1 < len(chapters) != len(parts):
        for raw in raws:
            raw.doubts.append(_of_which_part(raw))
    parts = _named_like(chapters, parts, raws, entries)
    if nearest_last and len(parts) < len(chapters):
        chapters = chapters[-len(parts) :]
    for chapter, part in zip(chapters, parts, strict=False):
        _give([raws[position] for position in chapter], [entries[position] for position in part])


def _named_like(
    chapters: Sequence[range], parts: list[range], raws: Sequence[RawQuestion], entries: Sequence[Entry]
) -> list[range]:
    """The parts of a key in the order of the chapters whose names they have; unchanged if two or more have none's.

    "Answers to round 2" belong to "Round 2: Science": what all parts or all chapters are called doesn't count.
    """
    names = [raws[chapter.start].section or "" for chapter in chapters]
    by_name = {entries[part.start].part.casefold(): part for part in parts}
    if len(by_name) == len(parts) and sorted(by_name) == sorted(map(str.casefold, names)):
        return [by_name[name.casefold()] for name in names]
    if len(parts) != len(chapters) or len(parts) > MOST_ROUNDS:
        return parts
    named = [*zip(parts, own_words([entries[part.start].part for part in parts]), strict=True)]
    fitting = [
        [part for part, words in named if words and name and (words <= name or name <= words)]
        for name in own_words(names)
    ]
    known = [fits[0] for fits in fitting if len(fits) == 1]
    left = [part for part in parts if part not in known]
    if len(known) + 1 >= len(parts) and len(left) == len(parts) - len(known):
        return [fits[0] if len(fits) == 1 else left[0] for fits in fitting]
    if any({*fits} - {part} for fits, part in zip(fitting, parts, strict=True)):
        for raw in raws:
            raw.doubts.append(_of_which_part(raw))
    return parts


def _give(raws: Sequence[RawQuestion], entries: Sequence[Entry]) -> None:
    by_number = {entry.number: entry for entry in reversed(entries)}
    counts = Counter(raw.number for raw in raws)
    answers = Counter(number for number, _letters in {(entry.number, entry.letters) for entry in entries})
    highest_left = max(by_number.keys() - counts.keys(), default=0)
    twice: int | None = None
    for raw in raws:
        number = raw.number or 0
        twice = number if number and counts[number] > 1 else twice
        if number == twice and number in by_number:
            raw.doubts.append(_counted_twice(raw, number))
        elif answers[number] > 1:
            raw.doubts.append(_of_which_part(raw))
        elif twice is not None and number < highest_left:  # from there on, the key may count one more
            raw.doubts.append(_counted_twice(raw, twice))
        _answer(raw, by_number.get(raw.number or 0))


def _answer(raw: RawQuestion, entry: Entry | None) -> None:
    """Give a question without an answer the answer of its entry, if any; doubt a question that has a different one."""
    if entry is None:
        return
    if raw.key is None:
        if not raw.is_ticked:
            raw.key, raw.keyed_by = entry.letters, "apart"
            told = entry.explanation
            if told and entry.letters.endswith(")"):  # with its bracket, a letter stands before its choice
                raw.key, told = f"{entry.letters} {told[0].text}", told[1:]
            raw.explanation = [*raw.explanation, *told]
            if not raw.choices:
                offer_truth(raw)
    elif _named(raw, raw.key) != _named(raw, entry.letters):
        raw.doubts.append(_answered_twice(raw))


def _named(raw: RawQuestion, key: str) -> set[str]:
    """The labels of the choices that an answer names; the letters in it where it names none."""
    named = resolve(key, [one_line(choice.lines) for choice in raw.choices], raw.labels).positions
    return {raw.choices[at].label or str(at) for at in named} or {*letters_of(key)}


def _of_which_part(raw: RawQuestion) -> Finding:
    message = _("Numbering starts again, but the key isn't split that way: this answer may belong to another question.")
    return Finding(line=raw.line, code=FindingCode.KEY_NOT_A_CHOICE, message=message)


def _answered_twice(raw: RawQuestion) -> Finding:
    message = _("The answer at the question and the one in the key differ.")
    return Finding(line=raw.line, code=FindingCode.KEY_CONFLICTS_EXPLANATION, message=message)


def _counted_twice(raw: RawQuestion, number: int) -> Finding:
    message = _("Several questions have the number {number}, so it isn't clear which one the answer is for.")
    return Finding(line=raw.line, code=FindingCode.KEY_NOT_A_CHOICE, message=message.format(number=number))


def _chapters(raws: Sequence[RawQuestion]) -> list[range]:
    """The index ranges within which the numbers of questions keep growing; one can come twice within a section."""
    return _parted(
        [
            not before
            or (raw.number or 0) < (before.number or 0)
            or (raw.number == before.number and raw.section != before.section)
            for before, raw in zip([None, *raws], raws, strict=False)
        ]
    )


def _parts(entries: Sequence[Entry]) -> list[range]:
    """The index ranges within which the numbers of answers keep growing."""
    return _parted(
        [not before or entry.number <= before.number for before, entry in zip([None, *entries], entries, strict=False)]
    )


def _parted(begins: Sequence[bool]) -> list[range]:
    """The index ranges that begin where it is said."""
    starts = [position for position, begin in enumerate(begins) if begin]
    return [range(start, end) for start, end in pairwise([*starts, len(begins)])]


def _all_differ(numbers: Sequence[int | None]) -> bool:
    return len(set(numbers)) == len(numbers)
