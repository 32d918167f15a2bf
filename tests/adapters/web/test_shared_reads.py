"""Pages that need the same thing at once share one read, and none is shown anything older than its news."""

import asyncio

import pytest

from adapters.web.shared_reads import SharedReads


class Table:
    """Something to read that changes; each read takes until it is let through."""

    def __init__(self) -> None:
        self.value = 0
        self.reads = 0
        self.may_end = asyncio.Event()

    async def read(self) -> int:
        self.reads += 1
        found = self.value
        await self.may_end.wait()
        return found


@pytest.fixture
async def table() -> Table:
    return Table()


async def test_everybody_who_asks_while_a_read_is_under_way_shares_the_next_one(table):
    shared = SharedReads()
    early = asyncio.create_task(shared.read("q1", table.read))
    await asyncio.sleep(0)
    table.value = 1
    late = [asyncio.create_task(shared.read("q1", table.read)) for _ in range(50)]
    await asyncio.sleep(0)
    table.may_end.set()
    assert await early == 0
    assert await asyncio.gather(*late) == [1] * 50
    assert table.reads == 2


async def test_different_things_are_read_side_by_side(table):
    shared = SharedReads()
    both = [asyncio.create_task(shared.read(key, table.read)) for key in ("q1", "q2")]
    await asyncio.sleep(0)
    assert table.reads == 2
    table.may_end.set()
    await asyncio.gather(*both)


async def test_whoever_leaves_or_fails_leaves_the_read_to_the_next(table):
    async def fail() -> int:
        raise OSError("the disk is gone")

    shared = SharedReads()
    gone = asyncio.create_task(shared.read("q1", table.read))
    waiting = asyncio.create_task(shared.read("q1", fail))
    last = asyncio.create_task(shared.read("q1", table.read))
    await asyncio.sleep(0)
    gone.cancel()
    table.may_end.set()
    with pytest.raises(OSError, match="gone"):
        await waiting
    assert await last == 0
    assert table.reads == 2
