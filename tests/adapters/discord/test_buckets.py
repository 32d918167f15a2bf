"""Rate limits by route, by a time that a test holds in its hands.

The headers are those of https://discord.com/developers/docs/topics/rate-limits#header-format-rate-limit-header-examples.
Opening threads is the route with periods of minutes: https://github.com/NousResearch/hermes-agent/pull/103296.
"""

import asyncio
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import discord
import pytest
from discord.http import HTTPClient

from adapters.discord.buckets import Bucket, wait_by_route
from tests.adapters.discord.conftest import QUICK, SINGLE
from tests.adapters.discord.test_threads import THREADS
from tests.adapters.discord.test_time import Time
from tests.platforms.discord.ratelimits import Limit


class AtDiscord:
    """A bucket at Discord, which refuses what is beyond its limit."""

    def __init__(self, time, limit, lasts):
        self.time, self.limit, self.lasts = time, limit, lasts
        self.ours = Bucket(30, now=lambda: time.now, sleep=time.sleep)
        self.ends, self.used = 0.0, 0
        self.sent = []

    async def request(self, *, headers=True):
        async with self.ours as ours:
            if self.time.now >= self.ends:
                self.ends, self.used = self.time.now + self.lasts, 0
            assert self.used < self.limit, "a 429"
            self.used += 1
            self.sent.append(self.time.now)
            left, ends_after = self.limit - self.used, self.ends - self.time.now
            await asyncio.sleep(0)
            if headers:
                ours.update(answer(self.limit, left, ends_after))


def answer(limit, left, ends_after):
    return SimpleNamespace(
        headers={
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset-After": str(ends_after),
        }
    )


class Patient(Time):
    """Passes once nobody has anything to do before."""

    async def sleep(self, seconds):
        for _turn in range(100):
            await asyncio.sleep(0)
        await super().sleep(seconds)


@pytest.fixture
def time():
    return Patient()


async def next_question(bot, before):
    await bot.asks_by_itself()

    def asked():
        return next((one for one in bot.channel.messages.values() if one.controls and one.id > before.id), None)

    return await bot.server.until(asked, "another question")


async def test_calls_left_in_a_long_period_go_through_at_once(time):
    bucket = AtDiscord(time, 10, 300.0)
    for _request in range(10):
        await bucket.request()
    assert len(set(bucket.sent)) == 1


async def test_one_beyond_a_long_period_is_refused_at_once_with_the_time_to_wait(time):
    bucket = AtDiscord(time, 2, 300.0)
    await asyncio.gather(bucket.request(), bucket.request())
    time.now += 100
    with pytest.raises(discord.RateLimited) as error:
        await bucket.request()
    assert error.value.retry_after == pytest.approx(200, abs=0.1)
    time.now += 200
    await bucket.request()


async def test_whoever_takes_the_last_call_is_not_kept_until_the_period_ends(time):
    bucket, before = AtDiscord(time, 1, 20.0), time.now
    await bucket.request()
    assert time.now == before


async def test_many_at_once_wait_for_their_turns_in_order_and_meet_no_429(time):
    bucket, before = AtDiscord(time, 5, 5.0), time.now
    await asyncio.gather(*(bucket.request() for _request in range(30)))
    assert bucket.sent == sorted(bucket.sent)
    assert time.now - before == pytest.approx(25, abs=0.1)


async def test_who_would_wait_too_long_behind_others_is_refused_before_waiting(time):
    bucket = AtDiscord(time, 2, 9.0)
    await asyncio.gather(bucket.request(), bucket.request())
    ahead = [asyncio.create_task(bucket.request()) for _request in range(6)]
    await asyncio.sleep(0)
    with pytest.raises(discord.RateLimited) as error:
        await bucket.request()
    assert error.value.retry_after == pytest.approx(36, abs=0.1)
    await asyncio.gather(*ahead)
    assert bucket.sent[-1] - bucket.sent[0] == pytest.approx(27, abs=0.1)


async def test_a_route_that_tells_no_limit_takes_one_request_at_a_time(time):
    bucket = AtDiscord(time, 100, 1.0)
    await asyncio.gather(*(bucket.request(headers=False) for _request in range(5)))
    assert len(bucket.sent) == 5


async def test_failed_requests_hold_up_nobody(time):
    bucket = Bucket(30, now=lambda: time.now, sleep=time.sleep)
    async with bucket:
        bucket.update(answer(1, 0, 1.0))
    time.now += 1
    for _failure in range(3):
        with pytest.raises(OSError, match="broken"):
            async with bucket:
                raise OSError("broken")


async def test_a_long_refusal_holds_back_those_that_follow(time):
    bucket = Bucket(30, now=lambda: time.now, sleep=time.sleep)
    with pytest.raises(discord.RateLimited):
        async with bucket:
            raise discord.RateLimited(90)
    with pytest.raises(discord.RateLimited) as error:
        async with bucket:
            pass
    assert error.value.retry_after == pytest.approx(90, abs=0.1)


async def test_a_bucket_that_nobody_uses_is_dropped(time):
    bucket = AtDiscord(time, 1, 1.0)
    await bucket.request()
    assert not bucket.ours.is_inactive()
    time.now += 301
    assert bucket.ours.is_inactive()


async def test_a_bucket_is_kept_until_its_period_is_over(time):
    bucket = AtDiscord(time, 1, 600.0)
    await bucket.request()
    time.now += 301
    assert not bucket.ours.is_inactive()
    time.now += 300
    assert bucket.ours.is_inactive()


@pytest.mark.parametrize("wrong", [("x", 1, 1), (5, "", 1), (5, 1, "nan"), (5, 1, "inf"), (5, 1, -3), (0, 0, 1)])
async def test_headers_that_make_no_sense_hold_up_nobody(time, wrong):
    bucket = Bucket(30, now=lambda: time.now, sleep=time.sleep)
    for _request in range(3):
        async with asyncio.timeout(5), bucket:
            bucket.update(answer(*wrong))
            bucket.update(SimpleNamespace(headers={"X-RateLimit-Remaining": "3"}))
    assert time.now == Patient().now


async def test_no_refusal_lasts_longer_than_a_day(time):
    bucket = Bucket(30, now=lambda: time.now, sleep=time.sleep)
    with pytest.raises(discord.RateLimited):
        async with bucket:
            raise discord.RateLimited(1e12)
    time.now += 86_401
    async with bucket:
        pass


async def test_many_buckets_are_not_looked_through_for_each_new_one(monkeypatch):
    looked = Counter()
    monkeypatch.setattr(Bucket, "is_inactive", lambda _bucket: looked.update(["at"]))
    http = HTTPClient(asyncio.get_running_loop())
    wait_by_route(http, 30)
    for number in range(3_000):
        http.get_ratelimit(str(number))
    assert 0 < looked["at"] < 6_000


async def test_threads_are_opened_while_calls_are_left_in_a_long_period(bot):
    bot.server.rate_limits.routes["POST /channels/{channel}/messages/{message}/threads"] = Limit(5, 300.0)
    bot.server.rate_limits.on = True
    question = await bot.daily_question(thread="yes")
    for _question in range(2):
        await bot.server.until(lambda asked=question: asked.thread, "a thread")
        question = await next_question(bot, question)
    await bot.server.until(lambda: question.thread, "a thread")
    assert bot.server.rate_limits.refused == []


async def test_a_thread_beyond_the_limit_keeps_no_question_and_is_opened_later(start_bot):
    bot, _own = await start_bot(SINGLE, pauses=replace(QUICK, rate_limit=0.1))
    bot.server.rate_limits.routes["POST /channels/{channel}/messages/{message}/threads"] = Limit(1, 0.7)
    bot.server.rate_limits.on = True
    first = await bot.daily_question(thread="yes")
    await bot.server.until(lambda: first.thread, "a thread")
    second = await next_question(bot, first)
    await bot.round(second)
    await bot.server.until(lambda: second.thread, "a thread, once the period is over")
    assert bot.server.rate_limits.refused == []
    assert len(bot.server.calls(THREADS)) == 2


async def test_a_thread_that_waits_for_its_limit_is_opened_after_a_restart(start_bot, clock):
    bot, own = await start_bot(SINGLE, clock=clock)
    bot.server.rate_limits.routes["POST /channels/{channel}/messages/{message}/threads"] = Limit(1, 300.0)
    bot.server.rate_limits.on = True
    first = await bot.daily_question(thread="yes")
    await bot.server.until(lambda: first.thread, "a thread")
    second = await next_question(bot, first)
    await bot.round(second)
    await own.aclose()
    assert second.thread is None
    bot.server.rate_limits.on = False
    clock.advance(seconds=301)
    bot, _own = await start_bot(clock=clock)
    await bot.server.until(lambda: second.thread, "the thread that waited")


async def test_routes_that_share_a_bucket_wait_together(bot):
    """X-RateLimit-Bucket: https://discord.com/developers/docs/topics/rate-limits#header-format."""
    question, limits = await bot.ask(), bot.server.rate_limits
    reacting, looking = "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me", "GET /channels/{channel}"
    limits.routes |= dict.fromkeys((reacting, looking), Limit(4, 0.3))
    limits.shared |= dict.fromkeys((reacting, looking), "one bucket")
    limits.on = True
    rest, where = bot.adapter.messenger._rest, {"channel_id": str(bot.channel.id)}
    path = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"

    async def react():
        await rest.call("PUT", path, message_id=str(question.id), emoji="🇦", **where)

    async def look():
        await rest.call("GET", "/channels/{channel_id}", **where)

    await react()
    await look()
    await asyncio.gather(*(each() for _time in range(5) for each in (react, look)))
    assert limits.refused == []
