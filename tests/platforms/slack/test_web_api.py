"""What the Web API gives and refuses, asked by the real client."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.testing import FakeClock
from tests.platforms.slack import Channel, SlackServer, Team, User
from tests.platforms.slack.clients import client_of, error_of, refusal


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


async def test_whatever_was_sent_can_be_searched(still: SlackServer, clock: FakeClock):
    team = still.add_team()
    channel = team.add_channel("study")
    async with client_of(team) as client:
        shown = {"type": "section", "block_id": "key-7", "text": {"type": "mrkdwn", "text": "A &amp; B"}}
        await client.chat_postMessage(channel=channel.id, text="Which one?", blocks=[shown])
        clock.advance(hours=1)
        closed = clock.now()
        await client.chat_update(channel=channel.id, ts=channel.messages[0].ts, text="It was Zürich")
    assert still.occurrences("Zürich", before=closed) == []
    assert [one.method for one in still.occurrences("Zürich")] == ["chat.update"]
    assert still.occurrences("A & B")
    assert still.occurrences("key-7", before=closed)
