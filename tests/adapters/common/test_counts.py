"""Counts are shown in time and not too often, by a time that a test holds in its hands."""

import asyncio

import pytest

from adapters.common.counts import Counts, NoMoreEdits
from bot.domain.identity import SpaceId
from bot.domain.views import MessageView
from bot.ports import Post, RateLimited
from bot.testing import A_MONDAY

PAUSE = 5.0
FIRST = 1.0


class Shown:
    """Counts that were shown, and the sleeps between, which end when the test says so."""

    def __init__(self, *trouble):
        self.counts = []
        self.tries = []
        self.trouble = list(trouble)
        self.sleeps = []

    async def show(self, post, answered):
        self.tries.append(post.key)
        if self.trouble:
            raise self.trouble.pop(0)
        self.counts.append((post.key, answered))

    async def sleep(self, seconds):
        over = asyncio.Event()
        self.sleeps.append((seconds, over))
        await over.wait()

    async def settle(self):
        for _turn in range(10):
            await asyncio.sleep(0)

    async def end(self):
        """Let the oldest sleep end; how long it was to last."""
        await self.settle()
        seconds, over = self.sleeps.pop(0)
        over.set()
        await self.settle()
        return seconds

    def on(self, **more):
        return Counts(self.show, lambda _post: PAUSE, sleep=self.sleep, **more)


def post(key="q1"):
    return Post(key=key, space_id=SpaceId(1), channel="C1", view=MessageView(), posted_at=A_MONDAY)


@pytest.fixture
async def shown():
    return Shown()


async def test_of_many_counts_the_first_is_shown_at_once_and_the_last_after_a_pause(shown):
    counts = shown.on()
    for answered in range(1, 201):
        counts.show(post(), answered)
        await shown.settle()
    assert shown.counts == [("q1", 1)]
    assert await shown.end() == PAUSE
    assert shown.counts == [("q1", 1), ("q1", 200)]
    await counts.stop()


async def test_the_first_can_wait_for_those_that_come_with_it(shown):
    counts = shown.on(first=FIRST)
    for answered in range(1, 201):
        counts.show(post(), answered)
    assert await shown.end() == FIRST
    assert shown.counts == [("q1", 200)]
    await counts.stop()


async def test_each_message_has_its_own_time(shown):
    counts = shown.on(first=FIRST)
    counts.show(post("q1"), 1)
    await shown.end()
    counts.show(post("q1"), 2)
    counts.show(post("q1"), 3)
    counts.show(post("q2"), 1)
    assert await shown.end() == PAUSE
    await shown.end()
    assert shown.counts == [("q1", 1), ("q1", 3), ("q2", 1)]
    await counts.stop()


async def test_a_count_that_was_forgotten_is_not_shown(shown):
    counts = shown.on(first=FIRST)
    counts.show(post(), 1)
    counts.forget("q1")
    await shown.end()
    assert shown.tries == []


async def test_no_more_are_shown_at_once_than_there_is_room_for(shown):
    room = asyncio.Semaphore(1)
    counts = shown.on(room=room)
    async with room:
        counts.show(post(), 1)
        await shown.settle()
        assert shown.tries == []
    await shown.settle()
    assert shown.tries == ["q1"]
    await counts.stop()


async def test_a_message_that_takes_no_more_edits_gets_none():
    shown = Shown(NoMoreEdits("enough"))
    counts = shown.on()
    counts.show(post(), 1)
    await shown.end()
    counts.show(post(), 2)
    await shown.settle()
    assert shown.tries == ["q1"]


async def test_when_the_platform_is_busy_the_count_is_shown_later():
    shown = Shown(RateLimited(7))
    counts = shown.on()
    counts.show(post(), 1)
    assert await shown.end() == 7 + PAUSE
    assert shown.counts == [("q1", 1)]
    await counts.stop()


async def test_a_count_that_failed_is_tried_again_with_the_next():
    shown = Shown(RuntimeError("no network"))
    counts = shown.on()
    counts.show(post(), 1)
    await shown.settle()
    counts.show(post(), 2)
    await shown.settle()
    assert shown.tries == ["q1"]  # what fails has no right to be faster
    await shown.end()
    assert shown.counts == [("q1", 2)]
    await counts.stop()


async def test_nothing_is_shown_after_the_stop(shown):
    counts = shown.on(first=FIRST)
    counts.show(post(), 1)
    await shown.settle()
    await counts.stop()
    await shown.end()
    assert shown.tries == []
