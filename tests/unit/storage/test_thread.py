"""A thread that does one thing after the other."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot.storage.thread import WorkThread


@pytest.fixture
def thread() -> Iterator[WorkThread]:
    thread = WorkThread("test")
    yield thread
    thread.close()


async def test_work_is_done_in_order_on_one_other_thread(thread: WorkThread) -> None:
    done: list[int] = []
    where = await asyncio.gather(*(thread.do(lambda n=n: (done.append(n), threading.get_ident())) for n in range(50)))
    assert done == list(range(50))
    assert len({ident for _, ident in where} | {threading.get_ident()}) == 2


async def test_what_work_raises_reaches_whoever_waits_and_ends_nothing(thread: WorkThread) -> None:
    with pytest.raises(ZeroDivisionError):
        await thread.do(lambda: 1 // 0)
    assert await thread.do(lambda: 7) == 7


async def test_work_whose_waiter_went_away_is_done_all_the_same(thread: WorkThread) -> None:
    go_on, done = threading.Event(), []
    waiting = thread.do(lambda: (go_on.wait(5), done.append("first")))
    waiting.cancel()
    go_on.set()
    await thread.do(lambda: done.append("second"))
    assert done == ["first", "second"]


async def test_closing_waits_for_what_was_given() -> None:
    thread, done = WorkThread("test"), []
    given = [thread.do(lambda n=n: done.append(n)) for n in range(10)]
    thread.close()
    assert done == list(range(10))
    await asyncio.gather(*given)


def test_a_thread_that_had_no_work_closes() -> None:
    WorkThread("test").close()
