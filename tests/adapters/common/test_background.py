"""Work in the background is finished in time, or ended."""

import asyncio

from adapters.common.background import Background


async def test_what_work_starts_is_waited_for_too() -> None:
    background, done = Background(), []

    async def second() -> None:
        await asyncio.sleep(0)
        done.append("second")

    async def first() -> None:
        await asyncio.sleep(0)
        background.start(second(), "second")

    background.start(first(), "first")
    await background.finish(within=5)
    assert done == ["second"]


async def test_what_takes_too_long_is_ended() -> None:
    background, ended = Background(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    background.start(work(), "work")
    await asyncio.sleep(0)
    await background.finish(within=0.01)
    assert ended.is_set()
