"""Finds the choices that the cells of a key column name: by letter, by number, by their text, or by their column.

A cell may be read in several ways: ``1`` can be the first choice, the second if a program counts from 0, or the choice
that says "1". The other rows decide. If they don't, the row stays without a key.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.reading.compose import collapse
from bot.importers.table.words import latin_letter, mark_of

_FAR_MORE = 20
"""How many times more rows must count from one number than from the other, so that these few count as slips."""
_QUOTED = 60
_LONGEST = 2_000
_BETWEEN = re.compile(r"[\s,;|/&+]+(?:and\s)?")
_NUMBERS = re.compile(r"[0-9]{1,3}(?:[\s,;|/&+]+(?:and\s)?[0-9]{1,3}){0,25}[.)]?")
_NUMBER = re.compile("[0-9]+")
_LETTER = re.compile("[A-Za-z]")
_LETTERS = re.compile(r"\(?[A-Za-z]\)?(?:[\s,;|/&+]+(?:and\s)?\(?[A-Za-z]\)?){0,25}[.)]?")
_TOGETHER = re.compile(r"[A-Z]{2,10}")
_LOOKALIKE = frozenset("ВСЕвсеΒΕ")
"""Cyrillic and Greek letters that look like a Latin one at another place: which of the two is meant isn't known."""
_LABELLED = re.compile(
    r"(?:(?:option|choice|answer)\s)?\(?(?P<mark>[A-Za-z]|[0-9]{1,2})(?:[.):]\s{0,3}|\s-\s)(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = (re.compile(r"[|\n]"), re.compile(";"), re.compile(","))
_QUOTES = str.maketrans("“”„‘’‚´", "\"\"\"''''")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a row says: the cell of its key, and its choices, of which some may be empty.

    Attributes:
        key: the cell of its key.
        choices: the choices.
        is_counted: whether a letter or number can be counted on to mean the choice that stands there.
        letters: the letters that mean the choices otherwise, in capitals; empty if only texts mean them.
    """

    key: str
    choices: Sequence[str]
    is_counted: bool = True
    letters: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The positions of the right choices, or why there are none; both empty if the row has no key."""

    positions: tuple[int, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the key column says.

    Attributes:
        found: the key of each row.
        base: what numbers are counted from; None if the rows contradict each other, nothing tells, or no number counts.
        is_assumed: whether numbers are counted from 1 without a row that proves it.
    """

    found: Sequence[Found]
    base: int | None
    is_assumed: bool


def by_letter(key: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    """The choices that a cell names by letter; None if it doesn't."""
    positions = tuple(map(ascii_uppercase.index, _letters(key)))
    named = bool(positions) and all(at < len(choices) and choices[at] for at in positions)
    return positions if named and len({*positions}) == len(positions) else None


def _letters(key: str) -> list[str]:
    """The letters that a cell lists, in capitals and Latin; empty if it says something else."""
    if not key.isascii():
        signs = _BETWEEN.sub(" ", key).split()
        spelled = all(len(sign) == 1 for sign in signs) and not _LOOKALIKE.intersection(signs)
        key = " ".join(map(latin_letter, signs)) if spelled else ""
    if _LETTERS.fullmatch(key):
        return [letter.upper() for letter in _LETTER.findall(_BETWEEN.sub(" ", key))]
    return [*key] if _TOGETHER.fullmatch(key) else []


def by_text(key: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    """The choices whose text a cell has, or lists; several if one text fits several; None if none has it."""
    if len(key) > _LONGEST:
        return None
    if exact := tuple(at for at, choice in enumerate(choices) if choice and choice == key):
        return exact
    bare = [_bare(choice) for choice in choices]
    if same := tuple(at for at, choice in enumerate(bare) if choice and choice == _bare(key)):
        return same
    return None


def _by_listed_texts(key: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    for between in _PARTS:
        parts = [part.strip() for part in between.split(key[:_LONGEST]) if part.strip()]
        if 1 < len(parts) <= len(choices):
            found = [by_text(part, choices) for part in parts]
            if all(found) and all(len(one or ()) == 1 for one in found):
                return tuple(one[0] for one in found if one)
    return None


def _by_label(key: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    """The choice that a cell names by letter and by text (``B) Rome``); none of them if these contradict each other."""
    found = _LABELLED.fullmatch(key)
    if not found:
        return None
    named = by_letter(found["mark"], choices)
    if named is None and found["mark"].isdigit() and 0 < int(found["mark"]) <= len(choices):
        named = (int(found["mark"]) - 1,)
    said = by_text(found["rest"], choices)
    if named is None or said is None:
        return None
    return named if named[0] in said else ()


def _by_column(key: str, choices: Sequence[str]) -> tuple[int, ...] | None:
    """The choice that a cell names as its column is named: ``option_b``, ``Answer 2``."""
    mark = mark_of(key) if len(key) < _QUOTED else ""
    at = int(mark) - 1 if mark.isdigit() else ascii_uppercase.index(mark.upper()) if mark else -1
    return (at,) if 0 <= at < len(choices) and choices[at] else None


def _numbers(row: Told) -> tuple[int, ...] | None:
    """The numbers that a cell lists, if the row can have as many choices."""
    numbers = tuple(map(int, _NUMBER.findall(row.key))) if row.is_counted and _NUMBERS.fullmatch(row.key) else ()
    return numbers if numbers and max(numbers) <= len(row.choices) else None


def lacking_choices(key: str, most: int, told: Sequence[Told], *, in_columns: bool) -> Found | None:
    """Return why a row without choices has no key: its cell names one of the choices that other rows have.

    Args:
        key: the cell.
        most: how many choices a row has at most.
        told: what the rows with choices say.
        in_columns: whether choices have columns of their own, so that a letter means one even if no row has any.
    """
    some = ["?"] * most
    if any(way(key, some) for way in (by_letter, _by_column)):
        is_named = in_columns or any(way(row.key, some) for row in told for way in (by_letter, _by_column))
    else:
        numbers = _numbers(Told(key=key, choices=some))
        is_named = bool(numbers) and any(_numbers(row) for row in told)
    return Found(problem=_none(shortened(collapse(key), _QUOTED))) if is_named else None


def read_keys(rows: Sequence[Told], *, from_one: bool, indexed: bool) -> Keys:
    """Return the keys of all rows.

    Args:
        rows: what the rows say.
        from_one: whether it is known that numbers are counted from 1, and are meant wherever they stand.
        indexed: whether the header calls the key an index.
    """
    counted = [_numbers(row) for row in rows]
    worded = [_worded(row) for row in rows]
    alone = [at for at, numbers in enumerate(counted) if numbers and (from_one or worded[at] is None)]
    base, assumed = (1, False) if from_one else _base(rows, counted, alone, indexed=indexed)
    proved = {
        "number": bool(alone),
        "word": any(
            one and counted[at] is None and by_text(rows[at].key, rows[at].choices) for at, one in enumerate(worded)
        ),
    }
    if not alone and any(counted) and not from_one:  # every number is the text of a choice, too
        base, assumed = _base(rows, counted, range(len(rows)), indexed=indexed)
    found = [
        _found(row, numbers, words, base, proved, only_numbers=from_one)
        for row, numbers, words in zip(rows, counted, worded, strict=True)
    ]
    are_texts = proved["word"] and not proved["number"]
    return Keys(found=found, base=None if are_texts else base, is_assumed=assumed and not are_texts)


def _base(
    rows: Sequence[Told], counted: Sequence[tuple[int, ...] | None], of_numbers: Sequence[int], *, indexed: bool
) -> tuple[int | None, bool]:
    """What numbers are counted from, and whether that is only assumed."""
    pairs = [(number, rows[at]) for at in of_numbers for number in counted[at] or ()]
    if not pairs:
        return 1, False
    zeros = sum(number == 0 for number, _row in pairs)
    lasts = sum(number == sum(map(bool, row.choices)) for number, row in pairs)
    if zeros or lasts:
        fewer, more = sorted((zeros, lasts))
        return (None if fewer * _FAR_MORE > more else 1 if lasts > zeros else 0), False
    return (None, False) if indexed else (1, True)


def _worded(row: Told) -> tuple[int, ...] | None:
    """The choices that a cell names by letter or text; none of them where it fits several or contradicts itself."""
    if not row.key:
        return None
    if not row.is_counted:
        return _uncounted(row)
    letters, said = by_letter(row.key, row.choices), by_text(row.key, row.choices)
    if letters and (labelled := _by_label(row.key, row.choices)) and labelled != letters:
        return ()  # "A) B" may mean A, whose text is B, or both
    if letters and said and letters != said:
        return () if {*letters} != {*said} else letters
    if said is not None:
        return said if len(said) == 1 else ()
    ways = (_by_listed_texts, _by_label, _by_column)
    return letters or next((found for way in ways if (found := way(row.key, row.choices)) is not None), None)


def _uncounted(row: Told) -> tuple[int, ...] | None:
    """The choices that a cell names in a row where the position of a choice says nothing."""
    if letters := _letters(row.key):
        is_named = {*letters} <= {*row.letters} and len({*letters}) == len(letters)
        return tuple(map(row.letters.index, letters)) if is_named else None
    if _NUMBERS.fullmatch(row.key):
        return None
    said = by_text(row.key, row.choices)
    return _by_listed_texts(row.key, row.choices) if said is None else said if len(said) == 1 else ()


def _found(
    row: Told,
    numbers: tuple[int, ...] | None,
    words: tuple[int, ...] | None,
    base: int | None,
    proved: dict[str, bool],
    *,
    only_numbers: bool,
) -> Found:
    if not row.key:
        return Found()
    quoted = shortened(collapse(row.key), _QUOTED)
    none = _none(quoted)
    if numbers is None or (words and not only_numbers and proved["word"] and not proved["number"]):
        if words:
            return Found(positions=tuple(sorted(words)))
        return Found(problem=none if words is None else _several(quoted))
    if base is None:
        message = _("Nothing tells whether the answer {answer} is counted from 0 or from 1.")
        return Found(problem=message.format(answer=quoted))
    positions = tuple(sorted({number - base for number in numbers}))
    named = all(0 <= at < len(row.choices) and row.choices[at] for at in positions)
    decided = only_numbers or words is None or (proved["number"] and not proved["word"])
    if not decided and words != positions:
        return Found(problem=_several(quoted))
    return Found(positions=positions) if named else Found(problem=none)


def _none(quoted: str) -> str:
    return _("The answer “{answer}” is none of the choices.").format(answer=quoted)


def _several(quoted: str) -> str:
    return _("The answer “{answer}” fits more than one choice.").format(answer=quoted)


def _bare(text: str) -> str:
    """A text as a reader compares it, without case, the kind of quotes, and a final full stop."""
    text = text.strip()
    return collapse(text).casefold().translate(_QUOTES).strip("*_`\"' ").rstrip(".;,: ") or text
