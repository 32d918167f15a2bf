"""Takes off the numbers of questions that only all stems together show to be numbers: ``(1)``, ``1.1``, ``Task 1:``.

So are numbers alone on a line, as they are copied from PDF files, and how many chose each choice: "Tin 45%".
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, starmap, takewhile

from bot.importers.reading.anatomy import RawQuestion, stem_above
from bot.importers.reading.lines import Line

_COUNTER = re.compile(
    r"^(?P<before>[^\w\s]{0,2}(?:[^\W\d_]{1,12}\.?\s?[^\w\s]{0,2})?)(?P<chapter>\d{1,3}\.)?(?P<number>\d{1,4})"
    r"(?P<behind>\s?[^\w\s]{0,2})\s{0,4}(?=[\"'“‘«¿(]?[^\W\d_])"
)
_SIGN = re.compile(r"^[^%‰°$€£¥₹]*[^\w\s%‰°$€£¥₹][^%‰°$€£¥₹]*$")
"""What is around a counter: a sign, and none of a quantity."""
_SHARE = re.compile(r"(?<=\S)\s+[(\[]?(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?%[)\]]?$")
_ROUNDED = 1.5
"""How far rounded shares may be from 100 together."""
_FEWEST = 2
_WIDEST_STEP = 2
_LONGEST = 4
"""How many digits a number alone on a line has at most."""
_MOSTLY = 0.8
"""The least share of the numbers that go on from the one above: "In 1914, …" above "In 1939, …" counts nothing."""


def take_counters(raws: Sequence[RawQuestion]) -> None:
    """Make numbers of what counts up from 1 at the beginning of every stem, with the same signs around it."""
    if len(raws) < _FEWEST or any(raw.number is not None or not raw.stem for raw in raws):
        return
    found = [_COUNTER.match(raw.stem[0].text) for raw in raws]
    counted = [one for one in found if one]
    around = {f"{one['before']}{'.' if one['chapter'] else ''}{one['behind'].strip()}" for one in counted}
    if len(counted) < len(raws) or len(around) > 1 or not _SIGN.search(around.pop()):
        return
    numbers = [int(one["number"]) for one in counted]
    steps = [*starmap(_goes_on, pairwise(counted))]
    if numbers[0] != 1 or len({*numbers}) < _FEWEST or sum(steps) < _MOSTLY * len(steps):
        return
    for raw, one in zip(raws, counted, strict=True):
        raw.number = int(one["number"])
        raw.stem[0] = raw.stem[0].with_text(raw.stem[0].text[one.end() :])


def take_shares(raws: Sequence[RawQuestion]) -> None:
    """Take "45%" off the end of every choice if all have one in all questions, and they add up to 100 in each.

    Two choices may do so by chance, "rain 80%" and "sun 20%", and what isn't told apart without its share needs it.
    """
    shared = [*takewhile(bool, map(_without_shares, raws))]
    if len(shared) < len(raws) or sum(len(lines) > _FEWEST for lines in shared) < _FEWEST:
        return
    for raw, lines in zip(raws, shared, strict=True):
        for choice, line in zip(raw.choices, lines, strict=True):
            choice.lines[-1] = line


def _without_shares(raw: RawQuestion) -> list[Line]:
    """The last line of each choice without its share; empty if they have none that add up to 100, or become alike."""
    last = [choice.lines[-1] for choice in raw.choices]
    shares = [_SHARE.search(line.text) for line in last]
    total = sum(float(share["share"].replace(",", ".")) for share in shares if share)
    if not all(shares) or abs(total - 100) > _ROUNDED:
        return []
    lines = [line.with_text(_SHARE.sub("", line.text)) for line in last]
    return lines if len({line.text for line in lines}) == len(lines) else []


def take_lone_numbers(raws: Sequence[RawQuestion]) -> None:
    """Make numbers of lines in stems that are no more than a number, if nearly all of them go on from the one above.

    Above them may stand the headers of pages, which are left out: numbers, and with them lines that recur in other
    stems.
    """
    if any(raw.number is not None for raw in raws):
        return
    lone = {at: below for at, raw in enumerate(raws) if (below := _below_lone_number(raw.stem))}
    numbers = [int(raws[at].stem[below - 1].text) for at, below in lone.items()]
    counts = _counting(numbers)
    if 2 * sum(other == one + 1 for one, other in pairwise(numbers)) < len(counts) - 1:
        return
    if len(counts) <= _FEWEST or len(lone) < _MOSTLY * len(raws) or sum(counts) < _MOSTLY * len(counts):
        return
    recurring = Counter(_unpaged(line) for at, below in lone.items() for line in raws[at].stem[: below - 1])
    for (at, below), number, counted in zip(lone.items(), numbers, counts, strict=True):
        raw = raws[at]
        if not counted:  # that of a page, between the question and its choices
            raw.doubts.append(stem_above(raw))
            continue
        above = raw.stem[: below - 1]
        if any(_unpaged(line) != line.text.strip() for line in above):
            above = [line for line in above if recurring[_unpaged(line)] == 1]
        raw.number, raw.stem = number, [*above, *raw.stem[below:]]


def _counting(numbers: Sequence[int]) -> list[bool]:
    """For each number, whether it continues the count, in which one number may be missing, or starts again at 1."""
    counts: list[bool] = []
    last = numbers[0] - 1 if numbers else 0
    for number in numbers:
        counts.append(number == 1 or 0 < number - last <= _WIDEST_STEP)
        last = number if counts[-1] else last
    return counts


def _below_lone_number(stem: Sequence[Line]) -> int:
    """The index below the last line of a stem that is a number alone, with text below; 0 if there is none."""
    numbers = [at + 1 for at, line in enumerate(stem[:-1]) if _is_lone(line)]
    return numbers[-1] if numbers else 0


def _unpaged(line: Line) -> str:
    """A line without the number of a page before or behind it."""
    return line.text.strip(" 0123456789")


def _is_lone(line: Line) -> bool:
    text = line.text.strip()
    return text.isdecimal() and len(text) <= _LONGEST and not line.code


def _goes_on(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether a number is the next one, or the first of another chapter."""
    number = int(other["number"])
    return number == 1 or (one["chapter"] == other["chapter"] and number == int(one["number"]) + 1)
