"""Turns: in order for the same thing, side by side for different things, and nothing is left behind."""

import asyncio

from bot.services.turns import Turns
from tests.patience import PATIENCE_S


async def test_the_same_thing_goes_in_order_and_others_go_beside_it():
    turns, log, hold = Turns(), [], asyncio.Event()

    async def does(key, name, waits=False):
        async with turns.of(key):
            if waits:
                await hold.wait()
            log.append(name)

    first = asyncio.create_task(does("a", "first", waits=True))
    await asyncio.sleep(0)
    later = [asyncio.create_task(does("a", f"a{n}")) for n in range(3)]
    await does("b", "other")
    assert log == ["other"]
    hold.set()
    await asyncio.gather(first, *later)
    assert log == ["other", "first", "a0", "a1", "a2"]


async def test_who_gives_up_waiting_holds_up_nobody():
    turns, hold = Turns(), asyncio.Event()

    async def holds():
        async with turns.of("a"):
            await hold.wait()

    first, second = asyncio.create_task(holds()), asyncio.create_task(holds())
    await asyncio.sleep(0)
    second.cancel()
    hold.set()
    await asyncio.gather(first, second, return_exceptions=True)
    async with asyncio.timeout(PATIENCE_S), turns.of("a"):
        pass
    assert not turns._locks
