"""What waits, waits as long as it should: on a clock of the test's own."""

from datetime import timedelta

import pytest

from adapters.discord.edit_pace import FRESH_S, OLD_S, pause
from adapters.discord.gate import Gate
from adapters.discord.inbound import Origin, snowflake
from adapters.discord.tokens import LAST, Tokens
from bot.testing import A_MONDAY


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


async def test_five_edits_in_five_seconds_leave_room_for_the_close():
    assert 5 / FRESH_S < 4


def test_an_old_message_is_edited_rarely():
    assert pause(A_MONDAY, A_MONDAY + timedelta(minutes=59)) == FRESH_S
    assert pause(A_MONDAY, A_MONDAY + timedelta(hours=1)) == OLD_S
