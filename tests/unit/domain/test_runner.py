"""How the runner takes up what is due."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

from bot.scheduling.runner import SIDE_BY_SIDE, Runner
from bot.testing import FakeClock


def a_runner():
    core = SimpleNamespace(clock=FakeClock(), wake=lambda: None, serves={})
    return Runner(core, {}, worker="one", grace=timedelta(hours=2))


async def test_of_ten_thousand_that_are_due_at_once_few_are_under_way():
    taken, most = [], 0

    async def take_up(number):
        nonlocal most
        most = max(most, len(asyncio.all_tasks()))
        await asyncio.sleep(0)
        taken.append(number)

    before = len(asyncio.all_tasks())
    await a_runner()._each("series", range(10_000), take_up)
    assert sorted(taken) == list(range(10_000))
    assert most - before == SIDE_BY_SIDE


async def test_one_that_fails_or_is_slow_holds_up_no_other():
    taken, last = [], asyncio.Event()

    async def take_up(number):
        if number == 0:
            await last.wait()
        if number == 1:
            raise ValueError("broken")
        taken.append(number)
        if number == 99:
            last.set()

    await a_runner()._each("series", range(100), take_up)
    assert taken == [*range(2, 100), 0]


async def test_a_stop_waits_for_what_is_under_way_and_not_for_all_that_is_due():
    taken, runner = [], a_runner()

    async def take_up(number):
        await asyncio.sleep(0)
        taken.append(number)
        if number == 0:
            await runner.stop()

    await runner._each("series", range(10_000), take_up)
    assert taken == list(range(SIDE_BY_SIDE))
