"""Work in the background is finished in time, or ended."""

import asyncio

from structlog.testing import capture_logs

from adapters.common.background import Background
from bot.domain.errors import BadInput


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


async def test_errors_are_logged_by_the_name_of_the_work_and_end_nothing_else() -> None:
    background, done = Background(), []

    async def fails(error: Exception) -> None:
        raise error

    async def works() -> None:
        done.append("works")

    broken = RuntimeError("broken")
    with capture_logs() as logs:
        background.start(fails(broken), "a receipt")
        background.start(fails(BadInput("Not that one.")), "a refusal")
        background.start(works(), "work")
        await background.finish(within=5)
    assert done == ["works"]
    assert logs == [
        {"event": "failed", "what": "a receipt", "exc_info": broken, "log_level": "error"},
        {"event": "not_done", "what": "a refusal", "reason": "Not that one.", "log_level": "warning"},
    ]
