"""Bolt behind aiohttp, called with signed requests."""

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from tests.platforms.slack import Channel, Signature, SlackServer, User
from tests.platforms.slack.clients import listening


async def test_the_address_answers_the_challenge(slack: SlackServer, bolt: AsyncApp):
    async with listening(bolt) as url:
        assert await slack.post_to(url).challenge()


async def test_a_command_is_a_form_and_acknowledged_by_the_answer(
    slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    @bolt.command("/quiz")
    async def quiz(ack, command):
        await ack(text=f"{command['text']} for {command['user_id']}", response_type="in_channel")

    async with listening(bolt) as url:
        slack.post_to(url)
        asked = await ada.slash("/quiz", "topic & more", channel)
        assert (await asked.acked()).status == 200

    assert channel.messages[0].text == f"topic & more for {ada.id}"


async def test_an_event_arrives_as_json(slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User):
    heard = []

    @bolt.event("reaction_added")
    async def added(event):
        heard.append(event["reaction"])

    async with listening(bolt) as url:
        slack.post_to(url)
        await (await ada.react(await ada.says("Hello", channel), "one")).acked()
        await slack.until(lambda: heard)

    assert heard == ["one"]


@pytest.mark.parametrize("signature", [Signature.TAMPERED, Signature.STALE, Signature.MISSING])
async def test_bolt_refuses_whatever_is_not_signed_well(
    signature: Signature, slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    async with listening(bolt) as url:
        slack.post_to(url).signature = signature
        asked = await ada.slash("/quiz", "", channel)
        assert (await asked.refused()).status == 401
        with pytest.raises(AssertionError, match="http_error 401"):
            await asked.acked()


async def test_an_event_comes_again_with_the_number_of_its_retry(bolt: AsyncApp):
    async with SlackServer(retry_delays=(0.0, 0.01, 0.01)) as slack:
        team = slack.add_team()
        channel, ada = team.add_channel("study"), team.add_user("Ada")
        heard = []

        @bolt.middleware
        async def fail_twice(req):
            heard.append([req.headers.get(f"x-slack-retry-{name}", [None])[0] for name in ("num", "reason")])
            return BoltResponse(status=500 if len(heard) < 3 else 200)

        bolt.client.base_url, bolt.client.token = slack.api_base, team.bot_token
        async with listening(bolt) as url:
            slack.post_to(url)
            message = await ada.says("Hello", channel)
            reacted = await ada.react(message, "one")
            assert (await reacted.acked()).number == 2

    assert heard == [[None, None], ["1", "http_error"], ["2", "http_error"]]


async def test_nobody_there_is_a_failed_connection(slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User):
    async with listening(bolt) as url:
        slack.post_to(url)
    asked = await ada.slash("/quiz", "", channel)
    assert (await asked.refused()).failure == "connection_failed"
