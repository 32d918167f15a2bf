"""Goes through thousands of rows without keeping the event loop from anybody."""

import asyncio

from bot.storage.unhurried import unhurried


async def test_others_have_their_turn_after_every_thousand() -> None:
    gone: list[int] = []
    turns: list[int] = []

    async def other() -> None:
        while True:
            turns.append(len(gone))
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    async for number in unhurried(range(2_500)):
        gone.append(number)  # noqa: PERF401 - the other task reads it meanwhile
    task.cancel()
    assert (gone, turns) == ([*range(2_500)], [1_000, 2_000])
