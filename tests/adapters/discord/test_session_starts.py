"""The budget of new sessions outlasts a bot that crashes again and again.

`session_start_limit`: https://discord.com/developers/docs/events/gateway#session-start-limit-object.
"""

import asyncio

import pytest

from adapters.discord.session_starts import SessionStarts
from bot.domain.errors import BadInput
from tests.adapters.discord.test_connection import refused
from tests.adapters.discord.test_time import Time

DAY_S = 86_400.0


@pytest.fixture
def time():
    return Time()


def starts(time, left, *, reset_after=DAY_S, needed=1):
    made = SessionStarts(now=lambda: time.now, sleep=time.sleep)
    made.learn({"total": 1000, "remaining": left, "reset_after": reset_after * 1000}, needed)
    return made


async def test_the_first_half_is_free(time):
    before = time.now
    await starts(time, 500).reserve(3)
    assert time.now == before


async def test_a_bot_that_crashes_at_once_never_uses_up_what_it_has(time):
    """Each process asks Discord how many are left, begins a session, crashes, and is started again."""
    left, ends = 1000, time.now + DAY_S
    while time.now < ends:
        await starts(time, left, reset_after=ends - time.now).begin()
        left -= 1
        time.now += 5
    assert 0 <= left < 100, "it was never refused"


async def test_many_connections_wait_for_all_of_them_together(time):
    before = time.now
    made = starts(time, 400, needed=4)
    await made.reserve(4)
    for _connection in range(4):
        await made.begin()
    assert time.now - before == pytest.approx(DAY_S / 100)
    await made.begin()
    assert time.now - before > DAY_S / 100, "one that begins anew later waits for itself"


async def test_a_day_later_there_are_all_of_them_again(time):
    made = starts(time, 2)
    time.now += DAY_S
    before = time.now
    await made.begin()
    assert time.now == before


async def test_a_wait_that_discord_py_cuts_short_goes_on(time):
    """It gives a session a minute to begin, and then tries anew."""

    async def cut_short(_seconds):
        time.now += 60
        raise TimeoutError

    made = SessionStarts(now=lambda: time.now, sleep=cut_short)
    made.learn({"total": 1000, "remaining": 100, "reset_after": 18_000_000}, 1)
    for _try in range(3):  # 180 seconds
        with pytest.raises(TimeoutError):
            await made.begin()
    await made.begin()


async def test_sessions_that_are_begun_at_once_wait_one_after_the_other(time):
    made, before = starts(time, 100, reset_after=1000.0), time.now
    await asyncio.gather(made.begin(), made.begin())
    assert time.now - before == pytest.approx(20)


async def test_before_discord_has_said_anything_nothing_is_counted():
    await SessionStarts().begin()


async def test_too_few_are_told_with_the_time_when_there_are_more(time):
    with pytest.raises(BadInput, match=r"still allows this bot: 1\. It needs 4\. Try again in 2 hours"):
        starts(time, 1, reset_after=7_300, needed=4)


async def test_each_connection_counts_once(make_settings, server, start_bot):
    server.gateway.shards = 3
    await start_bot()
    assert server.gateway.starts_left == 997


async def test_a_bot_without_any_left_starts_none_and_keeps_its_token(make_settings, server):
    server.gateway.starts_left, before = 0, server.token
    server.gateway.starts_reset_after_s = 7_300
    assert "Try again in 2 hours" in await refused(make_settings)
    assert (server.token, server.payloads) == (before, [])
