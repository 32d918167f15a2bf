"""The heartbeat: it looks for what is due and for what waits, and has several claims of messages delivered at once."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.views import MessageView
from bot.ports import Lane, Post
from bot.scheduling import runner
from bot.services.platforms.delivery import waiting_lanes
from bot.testing import FakeMessenger

pytestmark = pytest.mark.sqlite_first


async def put(game, key):
    view, now = MessageView(text="hello"), game.clock.now()
    post = Post(key=key, space_id=game.space.id, channel=f"channel of {key}", view=view, posted_at=now)
    await game.app.write_and_deliver(lambda unit: unit.outbox.put(post))


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
        await put(game, f"m{number}")
        assert await begun.get() == f"m{number}"
    looked.clear()
    await put(game, "last")
    await looked.wait()
    assert begun.empty()
    go_on.set()
    assert await begun.get() == "last"
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
