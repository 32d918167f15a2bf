"""What Slack refuses in blocks, texts and views."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.slack import Channel, User
from tests.platforms.slack.clients import error_of, refusal


def section(text: str, **more) -> dict:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**more) -> dict:
    return {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "A"}, **more}


def boxes(count: int, **more) -> dict:
    options = [{"text": {"type": "plain_text", "text": f"{one}"}, "value": f"{one}", **more} for one in range(count)]
    return {"type": "checkboxes", "action_id": "b", "options": options}


def actions(*elements: dict) -> dict:
    return {"type": "actions", "elements": list(elements)}


PLAIN = {"type": "plain_text"}
BAD_BLOCKS = {
    "/blocks": [{"type": "divider"}] * 51,
    "/blocks/0/text/text": [section("x" * 3001)],
    "/blocks/0/text/type": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    "/blocks/1/text/text": [section("fine"), {"type": "header", "text": PLAIN | {"text": "x" * 151}}],
    "/blocks/0/elements": [actions(*[button(action_id=f"{one}") for one in range(26)])],
    "/blocks/0/elements/0/text/text": [actions(button(text=PLAIN | {"text": "x" * 76}))],
    "/blocks/0/elements/0/value": [actions(button(value="x" * 2001))],
    "/blocks/0/elements/0/action_id": [actions(button(action_id="x" * 256))],
    "/blocks/0/elements/0/options": [actions(boxes(11))],
    "/blocks/0/elements/0/options/0/value": [actions(boxes(1, value="x" * 151))],
    "/blocks/0/elements/0/options/0/description/text": [actions(boxes(1, description=PLAIN | {"text": "x" * 76}))],
    "/blocks/0/alt_text": [{"type": "image", "image_url": "https://example.org/a.png"}],
    "/blocks/0/expand": [section("x", expand="yes")],
    "/blocks/0/block_id": [section("x", block_id="x" * 256)],
}


@pytest.mark.parametrize("where", BAD_BLOCKS)
async def test_blocks_beyond_a_limit_are_refused_with_the_path(where: str, client: AsyncWebClient, channel: Channel):
    refused = await refusal(client.chat_postMessage(channel=channel.id, text="x", blocks=BAD_BLOCKS[where]))
    assert refused.response["error"] == "invalid_blocks"
    assert f"[json-pointer:{where}]" in refused.response["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "divider"}] * 50,
        [section("x" * 3000)],
        [actions(*[button(action_id=f"{one}", value="x" * 2000) for one in range(25)])],
        [actions(boxes(10, description=PLAIN | {"text": "x" * 75}))],
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 10}],
    ],
)
async def test_blocks_at_their_limits_are_taken(blocks: list[dict], client: AsyncWebClient, channel: Channel):
    await client.chat_postMessage(channel=channel.id, text="x", blocks=blocks)
    assert len(channel.messages) == 1


async def test_ids_must_not_come_twice(client: AsyncWebClient, channel: Channel):
    twice = [section("x", block_id="same"), section("y", block_id="same"), actions(button(), button())]
    refused = await refusal(client.chat_postMessage(channel=channel.id, text="x", blocks=twice))
    assert [one.split("`")[1] for one in refused.response["errors"]] == ["block_id", "action_id"]


async def test_a_text_beyond_forty_thousand_characters_is_too_long(client: AsyncWebClient, channel: Channel):
    await client.chat_postMessage(channel=channel.id, text="x" * 40_000)
    assert await error_of(client.chat_postMessage(channel=channel.id, text="x" * 40_001)) == "msg_too_long"


async def test_a_view_is_refused_for_its_metadata_and_its_blocks(client: AsyncWebClient, ada: User):
    view = {"type": "home", "private_metadata": "x" * 3001, "blocks": [{"type": "divider"}] * 101}
    refused = await refusal(client.views_publish(user_id=ada.id, view=view))
    assert refused.response["error"] == "invalid_arguments"
    assert ["/view/blocks" in one for one in refused.response["response_metadata"]["messages"]] == [True, False]
