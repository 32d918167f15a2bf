"""What the Web API gives and refuses, asked by the real client."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.testing import FakeClock
from tests.platforms.slack import DROPPED, Channel, SlackServer, Team, User
from tests.platforms.slack.clients import client_of


async def refusal(call) -> SlackApiError:
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value


async def error_of(call) -> str:
    return (await refusal(call)).response["error"]


async def test_a_message_is_posted_edited_and_deleted(client: AsyncWebClient, channel: Channel):
    posted = await client.chat_postMessage(channel=channel.id, text="First")
    await client.chat_update(channel=channel.id, ts=posted["ts"], text="Second")
    (message,) = channel.messages
    assert (message.text, message.edits) == ("Second", 1)
    await client.chat_delete(channel=channel.id, ts=posted["ts"])
    assert channel.messages == []


async def test_a_thread_is_read_back_with_metadata(client: AsyncWebClient, channel: Channel, ada: User):
    key = {"event_type": "round", "event_payload": {"key": "r1"}}
    posted = await client.chat_postMessage(channel=channel.id, text="Question", metadata=key)
    await client.chat_postMessage(channel=channel.id, text="Result", thread_ts=posted["ts"])
    await client.chat_postEphemeral(channel=channel.id, user=ada.id, text="Yours")
    history = await client.conversations_history(channel=channel.id, include_all_metadata=True)
    replies = await client.conversations_replies(channel=channel.id, ts=posted["ts"])
    assert [one["metadata"] for one in history["messages"]] == [key]
    assert [one["text"] for one in replies["messages"]] == ["Question", "Result"]
    assert [one.text for one in ada.ephemerals] == ["Yours"]


async def test_every_obstacle_has_its_own_error(
    slack: SlackServer, client: AsyncWebClient, team: Team, channel: Channel, ada: User
):
    message = await ada.says("Mine", channel)
    foreign = team.add_channel("elsewhere", bot=False)
    hidden = team.add_channel("hidden", private=True, bot=False)
    old = team.add_channel("old")
    await old.archive()
    ts = message.ts
    assert await error_of(client.chat_postMessage(channel="C0", text="x")) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel=hidden.id, text="x")) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel=foreign.id, text="x")) == "not_in_channel"
    assert await error_of(client.chat_postMessage(channel=old.id, text="x")) == "is_archived"
    assert await error_of(client.chat_update(channel=channel.id, ts=ts, text="x")) == "cant_update_message"
    assert await error_of(client.chat_update(channel=channel.id, ts="1.0", text="x")) == "message_not_found"
    assert await error_of(client.reactions_remove(channel=channel.id, timestamp=ts, name="one")) == "no_reaction"
    await client.reactions_add(channel=channel.id, timestamp=ts, name="one")
    assert await error_of(client.reactions_add(channel=channel.id, timestamp=ts, name="one")) == "already_reacted"
    channel.refuse_bot("no_permission")
    assert await error_of(client.chat_postMessage(channel=channel.id, text="x")) == "no_permission"


async def test_a_token_ends_with_its_installation(slack: SlackServer, client: AsyncWebClient, team: Team):
    await client.auth_test()
    await slack.revoke(team.bot_token)
    assert await error_of(client.auth_test()) == "token_revoked"
    await slack.uninstall(team)
    assert await error_of(client.auth_test()) == "account_inactive"
    client.token = "xoxb-nobody"
    assert await error_of(client.auth_test()) == "invalid_auth"


async def test_a_missing_scope_is_named_beside_those_that_were_granted(slack: SlackServer):
    team = slack.add_team("Narrow", scopes=["chat:write", "commands"])
    channel = team.add_channel("study")
    async with client_of(team) as client:
        await client.chat_postMessage(channel=channel.id, text="x")
        refused = await refusal(client.conversations_history(channel=channel.id))
    assert refused.response["error"] == "missing_scope"
    assert "channels:history" in refused.response["needed"]
    assert refused.response["provided"] == "chat:write,commands"
    assert slack.scopes_used == {"chat:write"}


async def test_a_scope_for_public_channels_opens_no_private_one(slack: SlackServer):
    team = slack.add_team("Narrow", scopes=["channels:read"])
    private = team.add_channel("hidden", private=True)
    async with client_of(team) as client:
        refused = await refusal(client.conversations_info(channel=private.id))
    assert refused.response["needed"] == "groups:read"


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
    "/blocks/0/block_id": [section("x", block_id="x" * 256)],
}


@pytest.mark.parametrize("where", BAD_BLOCKS)
async def test_blocks_beyond_a_limit_are_refused_with_the_place(where: str, client: AsyncWebClient, channel: Channel):
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


async def test_a_trigger_opens_one_view_within_three_seconds(still: SlackServer, clock: FakeClock):
    team = still.add_team()
    ada = team.add_user("Ada")
    title = {"type": "plain_text", "text": "Import"}
    view = {"type": "modal", "title": title, "blocks": [{"type": "divider"}]}
    first, second = still.triggers.issue(ada), still.triggers.issue(ada)
    async with client_of(team) as client:
        clock.advance(seconds=3)
        await client.views_open(trigger_id=first, view=view)
        assert await error_of(client.views_open(trigger_id=first, view=view)) == "exchanged_trigger_id"
        clock.advance(seconds=1)
        assert await error_of(client.views_open(trigger_id=second, view=view)) == "expired_trigger_id"
        assert await error_of(client.views_open(trigger_id="1.2.x", view=view)) == "invalid_trigger_id"


async def test_people_groups_and_conversations_can_be_looked_up(
    client: AsyncWebClient, team: Team, channel: Channel, ada: User
):
    group = team.add_group("owls", [ada])
    user = (await client.users_info(user=ada.id))["user"]
    assert (user["real_name"], user["is_admin"], user["tz"]) == ("Ada", True, "Europe/Berlin")
    assert (await client.usergroups_list())["usergroups"][0]["handle"] == "owls"
    assert (await client.usergroups_users_list(usergroup=group.id))["users"] == [ada.id]
    assert (await client.conversations_info(channel=channel.id))["channel"]["is_member"] is True
    assert ada.id in (await client.conversations_members(channel=channel.id))["members"]
    direct = (await client.conversations_open(users=ada.id))["channel"]["id"]
    await client.chat_postMessage(channel=ada.id, text="Psst")
    assert [one.text for one in team.channels[direct].messages] == ["Psst"]


async def test_a_file_goes_up_in_three_steps_and_comes_down_with_a_token(
    slack: SlackServer, client: AsyncWebClient, channel: Channel
):
    uploaded = await client.files_upload_v2(filename="card.txt", content="42 points", channel=channel.id)
    file = (await client.files_info(file=uploaded["file"]["id"]))["file"]
    url = file["url_private_download"]
    async with slack.session.get(url, headers={"Authorization": f"Bearer {client.token}"}) as response:
        assert await response.text() == "42 points"
    async with slack.session.get(url) as response:
        assert "Sign in" in await response.text()
    assert slack.render(channel.messages[0]) == "\n(file: card.txt)"


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


async def test_lists_come_in_pages(client: AsyncWebClient, team: Team, channel: Channel):
    for number in range(5):
        team.add_user(f"User {number}")
    first = await client.conversations_members(channel=channel.id, limit=4)
    rest = await client.conversations_members(
        channel=channel.id, limit=4, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [*first["members"], *rest["members"]] == channel.members
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_history_names_fifty_of_those_who_reacted_and_reactions_get_all(
    client: AsyncWebClient, team: Team, channel: Channel
):
    message = channel.write(team.bot, "React")
    for number in range(60):
        message.reactions.setdefault("one", []).append(team.add_user(f"User {number}").id)
    history = await client.conversations_history(channel=channel.id)
    full = await client.reactions_get(channel=channel.id, timestamp=message.ts, full=True)
    short, whole = history["messages"][0]["reactions"][0], full["message"]["reactions"][0]
    assert (len(short["users"]), short["count"]) == (50, 60)
    assert (len(whole["users"]), whole["count"]) == (60, 60)


async def test_a_lost_answer_makes_the_default_client_post_twice(slack: SlackServer, team: Team, channel: Channel):
    slack.fail_next(DROPPED, "chat.postMessage", after_doing=True)
    async with client_of(team, AsyncConnectionErrorRetryHandler()) as client:
        await client.chat_postMessage(channel=channel.id, text="once?")
    assert [one.text for one in channel.messages] == ["once?", "once?"]


async def test_whatever_was_sent_can_be_searched(still: SlackServer, clock: FakeClock):
    team = still.add_team()
    channel = team.add_channel("study")
    async with client_of(team) as client:
        await client.chat_postMessage(
            channel=channel.id, text="Which one?", blocks=[section("A &amp; B", block_id="key-7")]
        )
        clock.advance(hours=1)
        closed = clock.now()
        await client.chat_update(channel=channel.id, ts=channel.messages[0].ts, text="It was Zürich")
    assert still.occurrences("Zürich", before=closed) == []
    assert [one.method for one in still.occurrences("Zürich")] == ["chat.update"]
    assert still.occurrences("A & B")
    assert still.occurrences("key-7", before=closed)
