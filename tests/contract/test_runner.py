"""The runner: it delivers in several lanes side by side, and costs little while nothing is due."""

import asyncio
from datetime import timedelta

import pytest

from bot.ports import Lane
from bot.scheduling import runner
from bot.services.platforms.delivery import waiting_lanes
from bot.testing import FakeMessenger
from tests.contract.test_delivery import put, tell_ada
from tests.patience import until

pytestmark = pytest.mark.sqlite_first


async def test_what_comes_while_all_lanes_are_slow_is_posted_as_soon_as_one_is_free(game, monkeypatch):
    class Slow(FakeMessenger):
        async def post(self, post):
            begun.put_nowait(post.key)
            await go_on.wait()
            return await super().post(post)

    async def look(*here):
        lanes = await waiting_lanes(*here)
        looked.set()
        return lanes

    begun, go_on, looked = asyncio.Queue(), asyncio.Event(), asyncio.Event()
    monkeypatch.setattr(runner, "waiting_lanes", look)
    monkeypatch.setattr(runner, "TICK_S", 3_600)  # nothing is posted because a second has passed
    heart = runner.Runner(game.app, {"web": Slow()}, worker="one", grace=timedelta(hours=1))
    heart.start()
    for number in range(runner.CLAIMS_AT_ONCE[Lane.CHANNELS]):
        await put(game, f"m{number}", channel=f"channel {number}")
        game.app.wake()
        assert await begun.get() == f"m{number}"
    await put(game, "last")
    looked.clear()
    game.app.wake()
    await looked.wait()
    assert begun.empty()
    go_on.set()
    assert await begun.get() == "last"
    await heart.stop()


async def test_a_delivery_that_is_cancelled_leaves_its_lane_to_the_next_one(game, monkeypatch):
    class Cancels(FakeMessenger):
        async def post(self, post):
            if post.key == "d1":
                begun.set()
                raise asyncio.CancelledError
            return await super().post(post)

    async def is_free():
        return heart._under_way[Lane.DIRECT] == 0

    async def d2_is_posted():
        return web.log == [("post", "d2")]

    begun, web = asyncio.Event(), Cancels()
    monkeypatch.setattr(runner, "TICK_S", 3_600)
    heart = runner.Runner(game.app, {"web": web}, worker="one", grace=timedelta(hours=1))
    heart.start()
    await tell_ada(game, "d1")
    game.app.wake()
    await begun.wait()
    await until(is_free, "the end of the claim")
    await tell_ada(game, "d2")
    game.app.wake()
    await until(d2_is_posted, "the next claim")
    await heart.stop()


async def test_a_heartbeat_with_nothing_to_do_reads_a_few_times_and_writes_nothing(game, monkeypatch):
    """Each process has one every second, for good."""
    heart = runner.Runner(game.app, {"web": FakeMessenger()}, worker="one", grace=timedelta(hours=1))
    await heart.tick()  # the first one sweeps
    read, reads, writes = game.app.storage.read, [], []

    async def counted(work):
        reads.append(work)
        return await read(work)

    monkeypatch.setattr(type(game.app.storage), "read", staticmethod(counted))
    monkeypatch.setattr(type(game.app.storage), "write", staticmethod(writes.append))
    await heart.tick()
    assert (len(reads), writes) == (4, [])  # what is due, weeks, digests, messages
