"""response_url, used by the SDK's own webhook client."""

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.testing import FakeClock
from tests.platforms.slack import Channel, SlackServer, User


@pytest.fixture
def room(still: SlackServer) -> Channel:
    return still.add_team().add_channel("study")


@pytest.fixture
def bob(room: Channel) -> User:
    return room.team.add_user("Bob")


async def test_an_address_is_good_for_five_answers(still: SlackServer, room: Channel, bob: User):
    webhook = AsyncWebhookClient(still.response_urls.issue(bob, room).address)
    for number in range(5):
        assert (await webhook.send(text=f"{number}")).status_code == 200
    sixth = await webhook.send(text="too many")
    assert (sixth.status_code, sixth.body) == (404, '{"ok": false, "error": "used_url"}')
    assert [one.text for one in bob.ephemerals] == ["0", "1", "2", "3", "4"]


async def test_an_address_is_good_for_half_an_hour(still: SlackServer, room: Channel, bob: User, clock: FakeClock):
    webhook = AsyncWebhookClient(still.response_urls.issue(bob, room).address)
    clock.advance(minutes=30)
    assert (await webhook.send(text="just in time")).status_code == 200
    clock.advance(seconds=1)
    assert "expired_url" in (await webhook.send(text="too late")).body


async def test_an_answer_may_replace_or_delete_the_message_that_was_clicked(
    still: SlackServer, room: Channel, bob: User
):
    private = room.write(room.team.bot, "Sure?", ephemeral_to=bob)
    webhook = AsyncWebhookClient(still.response_urls.issue(bob, room, private).address)
    await webhook.send(text="Done", replace_original=True)
    await webhook.send(text="Another", replace_original=False)
    assert [one.text for one in bob.ephemerals] == ["Done", "Another"]
    await webhook.send(delete_original=True)
    assert [one.text for one in bob.ephemerals] == ["Another"]


async def test_an_answer_may_be_for_the_channel(still: SlackServer, room: Channel, bob: User):
    webhook = AsyncWebhookClient(still.response_urls.issue(bob, room).address)
    await webhook.send(text="For all", response_type="in_channel")
    assert [one.text for one in room.messages] == ["For all"]


async def test_bad_blocks_are_refused_without_counting(still: SlackServer, room: Channel, bob: User):
    url = still.response_urls.issue(bob, room)
    refused = await AsyncWebhookClient(url.address).send(text="x", blocks=[{"type": "header"}])
    assert (refused.status_code, url.uses) == (400, 0)


async def test_a_post_may_succeed_and_look_failed(still: SlackServer, room: Channel, bob: User):
    still.fail_next(500, "response_url", after_doing=True)
    answer = await AsyncWebhookClient(still.response_urls.issue(bob, room).address).send(text="there")
    assert answer.status_code == 500
    assert [one.text for one in bob.ephemerals] == ["there"]
