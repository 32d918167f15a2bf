"""Rate limits, failures, and the record of what was sent."""

import asyncio
import time

import aiohttp
import discord
import pytest

from tests.platforms.discord import CONNECTION_LOST
from tests.platforms.discord.errors import MISSING_PERMISSIONS
from tests.platforms.discord.ratelimits import Limit

POST = r"POST /channels/\d+/messages$"


@pytest.fixture
async def http(server):
    """A client that heeds no limit."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {server.token}"}) as session:
        yield session


async def test_who_heeds_the_headers_is_never_refused(server, channel, venue):
    server.rate_limits.routes["POST /channels/{channel}/messages"] = Limit(2, 0.3)
    server.rate_limits.on = True
    began = time.monotonic()
    await asyncio.gather(*(venue.send(str(number)) for number in range(5)))
    assert len(channel.messages) == 5
    assert not server.rate_limits.refused
    assert time.monotonic() - began > 0.5


async def test_who_sends_too_much_is_told_how_long_to_wait(server, channel, http):
    server.rate_limits.on = True
    url = f"{server.api_base}/channels/{channel.id}/messages"
    answers = [await http.post(url, json={"content": "Hello"}) for _ in range(6)]
    assert [answer.status for answer in answers] == [200] * 5 + [429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["4", "3", "2", "1", "0", "0"]
    body, headers = await answers[-1].json(), answers[-1].headers
    assert (body["global"], headers["X-RateLimit-Scope"], headers["Via"]) == (False, "user", "1.1 google")
    assert 4 < body["retry_after"] <= 5
    assert int(headers["Retry-After"]) == 5
    assert [(each.scope, each.request.line) for each in server.rate_limits.refused] == [
        ("user", f"POST /channels/{channel.id}/messages")
    ]
    server.clock.advance(body["retry_after"])
    assert (await http.post(url, json={"content": "Hello"})).status == 200


async def test_fifty_requests_a_second_are_the_most(server, guild, http):
    server.rate_limits.on = True
    channels = [guild.add_channel(f"room-{number}") for number in range(60)]
    urls = [f"{server.api_base}/channels/{each.id}/messages" for each in channels]
    answers = await asyncio.gather(*(http.post(url, json={"content": "Hello"}) for url in urls))
    refused = [answer for answer in answers if answer.status == 429]
    assert len(refused) == 10
    assert all([(await answer.json())["global"] for answer in refused])
    assert refused[0].headers["X-RateLimit-Global"] == "true"


async def test_a_storm_is_weathered_and_counted(server, channel, venue):
    server.storm(3, retry_after=0.01, match=POST)
    await venue.send("Hello")
    assert len(channel.messages) == 1
    assert [each.scope for each in server.rate_limits.refused] == ["shared"] * 3


async def test_a_request_may_fail_before_its_work(server, channel, venue):
    server.fail_next(503, match=POST)
    with pytest.raises(discord.DiscordServerError):
        await venue.send("Hello")
    assert not channel.messages
    await venue.send("Hello")


async def test_a_request_may_fail_after_its_work(server, channel, venue):
    server.fail_next(503, match=POST, after_work=True)
    with pytest.raises(discord.DiscordServerError):
        await venue.send("Hello", nonce="round-1")
    assert len(channel.messages) == 1
    await venue.send("Hello", nonce="round-1")
    assert len(channel.messages) == 1


async def test_a_request_may_get_no_answer(server, channel, venue):
    server.fail_next(CONNECTION_LOST, match=POST, after_work=True)
    with pytest.raises(aiohttp.ClientError):
        await venue.send("Hello")
    assert len(channel.messages) == 1


async def test_a_refusal_comes_on_demand(server, venue):
    server.fail_next(MISSING_PERMISSIONS, match=POST)
    with pytest.raises(discord.Forbidden) as error:
        await venue.send("Hello")
    assert error.value.code == 50013


async def test_a_request_may_take_long(server, venue):
    server.slow(POST, 0.2)
    began = time.monotonic()
    await venue.send("Hello")
    assert time.monotonic() - began >= 0.2
    server.slow(POST, 0)
    await venue.send("Hello")


async def test_what_was_sent_is_found_however_it_was_escaped(server, venue, message):
    before = server.clock.elapsed()
    await venue.send("Genau: die Größe!")
    await venue.send(file=discord.File(__file__, "test.py"))
    await message_of(venue, message).add_reaction("🇦")
    assert [each.line for each in server.sent("die Größe")] == [f"POST /channels/{venue.id}/messages"] * 2
    assert server.sent("die Größe", before=before) == []
    assert len(server.sent("🇦")) == 2  # this file holds it, too
    assert not server.sent("never " + "said")


def message_of(venue, message):
    return venue.get_partial_message(message.id)


async def test_edits_are_counted_by_their_requests(server, venue, message):
    for text in ("one", "two"):
        await message_of(venue, message).edit(content=text)
    assert [each.body["content"] for each in server.calls(f"PATCH .*/messages/{message.id}$")] == ["one", "two"]
    assert message.edits == 2


async def test_what_the_server_does_not_know_is_recorded_all_the_same(server, http):
    answer = await http.get(f"{server.api_base}/stage-instances/1")
    assert answer.status == 404
    assert server.calls("GET /stage-instances/1")[0].status == 404
