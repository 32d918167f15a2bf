"""Rate limits, and answers that fail or take long."""

import asyncio

from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.testing import FakeClock
from tests.platforms.slack import DROPPED, Channel, SlackServer, Team
from tests.platforms.slack.clients import client_of, error_of, refusal


async def test_a_channel_takes_one_message_a_second_and_the_retry_handler_waits(
    slack: SlackServer, team: Team, channel: Channel
):
    other = team.add_channel("other")
    slack.limits.on = True
    async with client_of(team, AsyncRateLimitErrorRetryHandler(max_retry_count=3)) as client:
        await client.chat_postMessage(channel=channel.id, text="first")
        await client.chat_postMessage(channel=other.id, text="elsewhere")
        await client.chat_postMessage(channel=channel.id, text="second")
    assert [one.text for one in channel.messages] == ["first", "second"]
    assert float(channel.messages[1].ts) - float(channel.messages[0].ts) >= 1
    assert slack.limits.refused == {"chat.postMessage": 1}


async def test_a_tier_says_how_long_to_wait(still: SlackServer, clock: FakeClock):
    team = still.add_team()
    still.limits.on = True
    async with client_of(team) as client:
        for _ in range(20):
            await client.usergroups_list()
        clock.advance(seconds=18)
        refused = await refusal(client.usergroups_list())
        assert (refused.response.status_code, refused.response.headers["Retry-After"]) == (429, "42")
        clock.advance(seconds=42)
        await client.usergroups_list()


async def test_an_answer_can_fail_before_and_after_the_work(
    slack: SlackServer, client: AsyncWebClient, channel: Channel
):
    slack.fail_next("internal_error", "chat.postMessage")
    assert await error_of(client.chat_postMessage(channel=channel.id, text="never")) == "internal_error"
    slack.fail_next(500, "chat.postMessage", after_doing=True)
    assert (await refusal(client.chat_postMessage(channel=channel.id, text="done"))).response.status_code == 500
    assert [one.text for one in channel.messages] == ["done"]


async def test_a_rate_limit_can_be_planned_and_is_counted(slack: SlackServer, client: AsyncWebClient, channel: Channel):
    slack.fail_next(429, lambda sent: sent.args.get("text") == "this one", retry_after=7)
    await client.chat_postMessage(channel=channel.id, text="another")
    refused = await refusal(client.chat_postMessage(channel=channel.id, text="this one"))
    assert refused.response.headers["Retry-After"] == "7"
    assert slack.limits.refused == {"chat.postMessage": 1}


async def test_a_method_can_be_slow(slack: SlackServer, client: AsyncWebClient, channel: Channel):
    slack.slow("chat.postMessage", 60)
    waiting = asyncio.create_task(client.chat_postMessage(channel=channel.id, text="late"))
    await slack.until(lambda: slack.calls("chat.postMessage"))
    await client.auth_test()
    assert not waiting.done()
    waiting.cancel()


async def test_a_lost_answer_makes_the_default_client_post_twice(slack: SlackServer, team: Team, channel: Channel):
    slack.fail_next(DROPPED, "chat.postMessage", after_doing=True)
    async with client_of(team, AsyncConnectionErrorRetryHandler()) as client:
        await client.chat_postMessage(channel=channel.id, text="once?")
    assert [one.text for one in channel.messages] == ["once?", "once?"]
