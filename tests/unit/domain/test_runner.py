"""How the runner takes up what is due."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

from bot.scheduling.runner import SIDE_BY_SIDE, Runner
from bot.testing import FakeClock


async def taken_up(ids, take_up):
    runner = Runner(SimpleNamespace(clock=FakeClock()), {}, worker="one", grace=timedelta(hours=2))
    await runner._each("series", ids, take_up)


async def test_of_ten_thousand_that_are_due_at_once_few_are_under_way():
    taken, most = [], 0

    async def take_up(number):
        nonlocal most
        most = max(most, len(asyncio.all_tasks()))
        await asyncio.sleep(0)
        taken.append(number)

    before = len(asyncio.all_tasks())
    await taken_up(range(10_000), take_up)
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

    await taken_up(range(100), take_up)
    assert taken == [*range(2, 100), 0]
