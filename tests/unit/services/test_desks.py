"""Desks are kept as far as there is memory for them."""

import gc
from enum import Enum
from sys import getsizeof
from types import FunctionType, ModuleType

import pytest

from bot.domain.desk import opened
from bot.domain.mending import Portion
from bot.services import desks
from bot.services.desks import Desks, size_of
from bot.testing import document, draft


def desk_of(characters: int):
    stem = "x" * characters
    return opened(document(draft(stem)), (Portion(sources=(draft(stem),)),))


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(desks, "ROOM", 100_000)


async def test_the_desk_that_nobody_looked_at_for_longest_makes_room():
    kept = Desks()
    for number in (1, 2):
        await kept.keep(number, desk_of(40_000))
    assert kept.find(1, 0)
    await kept.keep(3, desk_of(40_000))
    assert [kept.find(number, 0) is not None for number in (1, 2, 3)] == [True, False, True]


async def test_a_desk_without_room_is_not_kept_and_pushes_out_nothing():
    kept = Desks()
    await kept.keep(1, desk_of(40_000))
    await kept.keep(2, desk_of(200_000))
    assert kept.find(1, 0)
    assert kept.find(2, 0) is None


async def test_a_changed_desk_replaces_the_one_before():
    kept = Desks()
    await kept.keep(1, desk_of(60_000))
    await kept.keep(1, desk_of(60_000))
    assert kept.find(1, 0)
    assert kept.find(1, 1) is None


def reached(root: object) -> int:
    """How many bytes all objects take that one leads to, without types and the like."""
    seen, left, size = {id(root)}, [root], 0
    while left:
        one = left.pop()
        size += getsizeof(one)
        for other in gc.get_referents(one):
            if id(other) not in seen and not isinstance(other, type | ModuleType | FunctionType | Enum):
                seen.add(id(other))
                left.append(other)
    return size


def test_many_short_questions_count_as_what_they_take():
    drafts = [draft(f"What is {number}?", *(f"{word} {number}" for word in "abcd")) for number in range(500)]
    desk = opened(document(*drafts), [Portion(sources=(one,)) for one in drafts])
    assert 0.7 * reached(desk) < size_of(desk) < 1.5 * reached(desk)


def test_wide_characters_count_as_what_they_take():
    assert size_of(desk_of(1_000)) < size_of(opened(document(draft("\N{GRINNING FACE}" * 1_000)), ())) / 2
