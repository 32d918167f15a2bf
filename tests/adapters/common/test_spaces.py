"""Spaces are looked up once, and again when they may have changed."""

import asyncio

import pytest

from adapters.common.spaces import Spaces
from bot.domain.identity import SpaceId
from bot.services.platforms.arriving import arrive, depart

LASTS_S = 30.0


class Reads:
    """The storage, with its reads counted."""

    def __init__(self, storage, monkeypatch):
        self.number = 0
        read = storage.read

        async def counted(work):
            self.number += 1
            return await read(work)

        monkeypatch.setattr(storage, "read", counted)


@pytest.fixture
def reads(app, monkeypatch):
    return Reads(app.storage, monkeypatch)


async def test_of_those_who_ask_at_once_the_first_looks_for_all(app, reads):
    spaces = Spaces(app, "web")
    space = await arrive(app, "web", "one", "One", zone="UTC")
    before = reads.number
    assert await asyncio.gather(*(spaces.of("one") for _number in range(50))) == [space] * 50
    assert await spaces.by_id(space.id) == space
    assert reads.number == before + 1


async def test_what_another_process_changed_is_seen_once_it_is_looked_up_again(app):
    seconds = 1000.0
    spaces = Spaces(app, "web", lasts=LASTS_S, now=lambda: seconds)
    space = await spaces.arrive("one", "One")
    await depart(app, "web", "one")
    assert await spaces.of("one") == space
    seconds += LASTS_S
    assert (await spaces.of("one")).left_at is not None
    assert (await spaces.by_id(space.id)).left_at is not None


async def test_a_space_that_was_left_is_looked_up_every_time(app):
    spaces = Spaces(app, "web")
    await spaces.arrive("one", "One")
    await spaces.depart("one")
    assert (await spaces.of("one")).left_at is not None
    back = await arrive(app, "web", "one", "One", zone="UTC")  # as another process does
    assert await spaces.of("one") == back
    assert back.left_at is None


async def test_who_looks_it_up_while_the_bot_leaves_keeps_nobody_from_noticing(app, monkeypatch):
    spaces = Spaces(app, "web")
    space = await spaces.arrive("one", "One")
    lookups = []

    async def slowly(*args):
        lookups.append(asyncio.create_task(spaces.of("one")))
        await spaces.by_id(space.id)
        await depart(*args)

    monkeypatch.setattr("adapters.common.spaces.depart", slowly)
    await spaces.depart("one")
    assert (await lookups[0]).left_at is not None
    assert (await spaces.of("one")).left_at is not None


async def test_a_space_that_never_was_is_none(app):
    spaces = Spaces(app, "web")
    assert await spaces.of("none") is None
    with pytest.raises(LookupError):
        await spaces.by_id(SpaceId(77))
