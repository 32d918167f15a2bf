"""Takes off the numbers of questions that only all stems together show to be numbers: ``(1)``, ``1.1``, ``Task 1:``."""

import re
from collections.abc import Sequence
from itertools import pairwise, starmap

from bot.importers.reading.anatomy import RawQuestion

_COUNTER = re.compile(
    r"^(?P<before>[^\w\s]{0,2}(?:[^\W\d_]{1,12}\.?\s?[^\w\s]{0,2})?)(?P<chapter>\d{1,3}\.)?(?P<number>\d{1,4})"
    r"(?P<behind>\s?[^\w\s]{0,2})\s{0,4}(?=[\"'“‘«¿(]?[^\W\d_])"
)
_SIGN = re.compile(r"^[^%‰°$€£¥₹]*[^\w\s%‰°$€£¥₹][^%‰°$€£¥₹]*$")
"""What is around a counter: a sign, and none of a quantity."""
_FEWEST = 2
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


def _goes_on(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether a number is the next one, or the first of another chapter."""
    number = int(other["number"])
    return number == 1 or (one["chapter"] == other["chapter"] and number == int(one["number"]) + 1)
