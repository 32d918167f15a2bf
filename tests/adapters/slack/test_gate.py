"""The gate, by a time that a test holds in its hands."""

import asyncio
from itertools import count, pairwise
from operator import itemgetter

import pytest

from adapters.slack.web_api.pace import PACES, Gate
from bot.ports import RateLimited
from tests.adapters.slack.conftest import Time

POST = ("chat_postMessage", "T1", "C1")


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def gate(time: Time) -> Gate:
    return Gate(time, time.sleep)


async def test_a_channel_gets_no_more_than_a_message_a_second(gate: Gate, time: Time) -> None:
    for _message in range(5):
        await gate.enter(POST, patience=60)
    assert time.now - 1000 >= 4


async def test_another_channel_does_not_wait(gate: Gate, time: Time) -> None:
    await gate.enter(POST, patience=60)
    await gate.enter(("chat_postMessage", "T1", "C2"), patience=60)
    await gate.enter(("chat_postMessage", "T2", "C1"), patience=60)
    assert time.slept == []


async def test_a_burst_passes_and_then_the_minutes_rate_holds(gate: Gate, time: Time) -> None:
    times = []
    for _call in range(200):
        await gate.enter(("chat_update", "T1", ""), patience=600)
        times.append(time.now)
    assert time.slept
    assert all(sum(at <= one < at + 60 for one in times) <= 50 for at in times)


async def test_while_slack_says_too_many_everybody_waits(gate: Gate, time: Time) -> None:
    await gate.enter(POST, patience=60)
    gate.close(POST, 30)
    await gate.enter(POST, patience=60)
    assert time.now - 1000 >= 30


async def test_who_cannot_wait_that_long_is_told_how_long_and_takes_no_turn(gate: Gate, time: Time) -> None:
    gate.close(POST, 30)
    for _try in range(3):
        with pytest.raises(RateLimited) as told:
            await gate.enter(POST, patience=2)
        assert 29 <= told.value.retry_after <= 31
    time.now += 31
    await gate.enter(POST, patience=0)


class Sleepers:
    """Those who sleep, woken one after the other when their time comes."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.asleep: list[tuple[float, asyncio.Event]] = []

    async def __call__(self, seconds: float) -> None:
        awake = asyncio.Event()
        self.asleep.append((self.time.now + seconds, awake))
        await awake.wait()

    async def wake(self) -> None:
        """Let the time come for whoever is next."""
        first = min(self.asleep, key=itemgetter(0))
        self.asleep.remove(first)
        self.time.now, awake = first
        awake.set()
        for _turn in range(5):
            await asyncio.sleep(0)


async def test_who_waits_already_when_slack_says_too_many_waits_on_and_keeps_the_pace(time: Time) -> None:
    sleepers = Sleepers(time)
    gate = Gate(time, sleepers)
    through: list[float] = []

    async def call() -> None:
        await gate.enter(POST, patience=60)
        through.append(time.now)

    calls = [asyncio.create_task(call()) for _message in range(4)]
    await asyncio.sleep(0)
    gate.close(POST, 30)
    while sleepers.asleep:
        await sleepers.wake()
    await asyncio.gather(*calls)
    assert through[0] == 1000
    assert through[1] >= 1030
    assert all(later - earlier >= 1 for earlier, later in pairwise(through))


async def test_who_waits_already_and_cannot_wait_longer_is_told(time: Time) -> None:
    sleepers = Sleepers(time)
    gate = Gate(time, sleepers)
    await gate.enter(POST, patience=2)
    waiting = asyncio.create_task(gate.enter(POST, patience=2))
    await asyncio.sleep(0)
    gate.close(POST, 30)
    await sleepers.wake()
    with pytest.raises(RateLimited) as told:
        await waiting
    assert 28 <= told.value.retry_after <= 30


async def test_a_free_turn_needs_no_patience_while_the_clock_goes_on() -> None:
    await Gate(count(1000).__next__).enter(POST, patience=0)


async def test_a_shorter_word_of_slacks_does_not_undo_a_longer_one(gate: Gate) -> None:
    gate.close(POST, 30)
    gate.close(POST, 1)
    with pytest.raises(RateLimited):
        await gate.enter(POST, patience=2)


async def test_a_method_without_a_pace_waits_too_when_slack_says_so(gate: Gate) -> None:
    gate.close(("files_upload_v2", "T1", ""), 30)
    with pytest.raises(RateLimited):
        await gate.enter(("files_upload_v2", "T1", ""), patience=2)


async def test_methods_that_are_called_now_and_then_pass(gate: Gate, time: Time) -> None:
    assert "auth_test" not in PACES
    for _call in range(100):
        await gate.enter(("auth_test", "T1", ""), patience=0)
    assert time.slept == []


async def test_it_forgets_what_is_long_past(gate: Gate, time: Time) -> None:
    for number in range(12_000):
        await gate.enter(("chat_postMessage", "T1", f"C{number}"), patience=60)
        time.now += 0.01
    assert len(gate._free_at) <= 6_000
