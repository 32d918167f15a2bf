"""What waits, waits as long as it should: on a clock of the test's own."""

import asyncio
from datetime import timedelta

import pytest

from adapters.discord.counter import FRESH_S, OLD_S, Counter, NoMoreEdits, pause
from adapters.discord.gate import Gate
from adapters.discord.inbound import Origin, snowflake
from adapters.discord.tokens import LAST, Tokens
from bot.domain.identity import SpaceId
from bot.domain.views import MessageView
from bot.ports import Post
from bot.testing import A_MONDAY, FakeClock


class Time:
    """Passes when somebody sleeps; ``late`` is how much longer every sleep takes."""

    def __init__(self, late: float = 0.0) -> None:
        self.now = 100.0
        self.late = late

    async def sleep(self, seconds: float) -> None:
        self.now += seconds + self.late


async def test_one_after_the_other_goes_through_the_gate():
    time, passed = Time(), []
    gate = Gate(48, now=lambda: time.now, sleep=time.sleep)
    for _number in range(97):
        await gate.turn()
        passed.append(time.now)
    assert passed[-1] - passed[0] == pytest.approx(2.0)


@pytest.mark.parametrize("late", [0.0, 0.001, 0.01, 0.3])
async def test_never_more_than_fifty_go_through_in_a_second(late):
    time, passed = Time(late), []
    gate = Gate(48, now=lambda: time.now, sleep=time.sleep)
    for _number in range(300):
        await gate.turn()
        passed.append(time.now)
    assert max(sum(start <= moment < start + 1 for moment in passed) for start in passed) <= 50


async def test_a_pause_gives_no_right_to_a_burst():
    time = Time()
    gate = Gate(48, now=lambda: time.now, sleep=time.sleep)
    await gate.turn()
    time.now += 60
    began = time.now
    for _number in range(49):
        await gate.turn()
    assert time.now - began > 0.95


async def test_sleeps_that_take_a_little_longer_cost_no_speed():
    time = Time(late=0.001)
    gate = Gate(48, now=lambda: time.now, sleep=time.sleep)
    began = time.now
    for _number in range(481):
        await gate.turn()
    assert time.now - began == pytest.approx(10.0, abs=0.05)


TOKEN = "a-token"


def origin(at, user="5"):
    return Origin(
        id=str(snowflake(at)),
        token=TOKEN,
        guild="1",
        channel="7",
        user=user,
        name="Ada",
        manages=False,
        joined_at=None,
        in_private=False,
        roles=(),
    )


def test_a_token_works_for_almost_a_quarter_of_an_hour():
    tokens = Tokens()
    tokens.remember(origin(A_MONDAY))
    assert tokens.of("7", "5", A_MONDAY + LAST - timedelta(seconds=1))
    assert tokens.of("7", "5", A_MONDAY + LAST) is None


def test_a_token_is_its_members_in_its_channel():
    tokens = Tokens()
    tokens.remember(origin(A_MONDAY))
    assert tokens.of("7", "6", A_MONDAY) is None
    assert tokens.of("8", "5", A_MONDAY) is None


def test_old_tokens_take_no_room():
    tokens = Tokens()
    for number in range(100):
        tokens.remember(origin(A_MONDAY + number * timedelta(minutes=1), user=str(number)))
    assert len(tokens._kept) <= 15


def post(key="q1"):
    return Post(key=key, space_id=SpaceId(1), channel="7", view=MessageView(), posted_at=A_MONDAY, message_ref="3")


class Shown:
    """Counts that were shown, and the sleeps between, which end when the test says so."""

    def __init__(self, error: Exception | None = None) -> None:
        self.keys: list[str] = []
        self.slept: list[float] = []
        self.error = error
        self.wake = asyncio.Event()
        self.clock = FakeClock()
        self.counter = Counter(self.show, self.clock, sleep=self.sleep)

    async def show(self, one: Post) -> None:
        self.keys.append(one.key)
        if self.error:
            raise self.error

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self.wake.wait()
        self.wake.clear()

    async def settle(self) -> None:
        for _turn in range(10):
            await asyncio.sleep(0)


async def test_of_many_counts_the_first_is_shown_at_once_and_the_last_after_a_pause():
    shown = Shown()
    for _number in range(200):
        shown.counter.touch(post())
        await shown.settle()
    assert (shown.keys, shown.slept) == (["q1"], [FRESH_S])
    shown.wake.set()
    await shown.settle()
    assert shown.keys == ["q1", "q1"]
    await shown.counter.stop()


async def test_five_edits_in_five_seconds_leave_room_for_the_close():
    assert 5 / FRESH_S < 4


def test_an_old_message_is_edited_rarely():
    assert pause(A_MONDAY, A_MONDAY + timedelta(minutes=59)) == FRESH_S
    assert pause(A_MONDAY, A_MONDAY + timedelta(hours=1)) == OLD_S


async def test_a_count_that_was_forgotten_is_not_shown():
    shown = Shown()
    shown.counter.touch(post())
    await shown.settle()
    shown.counter.touch(post())
    shown.counter.forget("q1")
    shown.wake.set()
    await shown.settle()
    assert shown.keys == ["q1"]


async def test_a_message_that_takes_no_more_edits_gets_none():
    shown = Shown(NoMoreEdits("30046"))
    shown.counter.touch(post())
    await shown.settle()
    shown.counter.touch(post())
    await shown.settle()
    assert shown.keys == ["q1"]


async def test_a_count_that_failed_is_tried_again_with_the_next():
    shown = Shown(RuntimeError("no network"))
    shown.counter.touch(post())
    await shown.settle()
    shown.counter.touch(post())
    await shown.settle()
    assert shown.keys == ["q1"]  # what fails has no right to be faster
    shown.wake.set()
    await shown.settle()
    assert shown.keys == ["q1", "q1"]
    await shown.counter.stop()
