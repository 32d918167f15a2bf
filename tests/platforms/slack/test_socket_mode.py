"""The real Bolt app in Socket Mode."""

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from tests.platforms.slack import Channel, SlackServer, Team, User
from tests.platforms.slack.clients import connected

BUTTONS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Which one?"}},
    {
        "type": "actions",
        "block_id": "answers",
        "elements": [
            {
                "type": "button",
                "action_id": f"answer.{letter}",
                "value": letter,
                "text": {"type": "plain_text", "text": letter},
            }
            for letter in "AB"
        ],
    },
]
CHECKBOXES = [
    {
        "type": "actions",
        "block_id": "choices",
        "elements": [
            {
                "type": "checkboxes",
                "action_id": "choose",
                "options": [{"text": {"type": "plain_text", "text": one}, "value": one} for one in ("red", "blue")],
            },
            {"type": "button", "action_id": "submit", "text": {"type": "plain_text", "text": "Submit"}},
        ],
    }
]


async def test_a_slash_command_is_acknowledged_and_answered_in_private(
    slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    @bolt.command("/quiz")
    async def quiz(ack, respond, command):
        await ack()
        await respond(f"You said {command['text']}")

    async with connected(bolt, slack):
        asked = await ada.slash("/quiz", "leaderboard week", channel)
        assert (await asked.acked()).payload is None
        assert slack.render(await asked.reply()) == "You said leaderboard week"

    assert asked.ephemerals == ada.ephemerals
    assert channel.messages == []


async def test_a_command_can_be_answered_by_its_acknowledgement(
    slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    @bolt.command("/quiz")
    async def quiz(ack):
        await ack("At once")

    async with connected(bolt, slack):
        asked = await ada.slash("/quiz", "", channel)
        assert (await asked.reply()).text == "At once"


async def test_an_acknowledgement_that_slack_would_refuse_fails_the_test(
    slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    @bolt.command("/quiz")
    async def quiz(ack):
        await ack(text="x", blocks=[{"type": "header"}])

    async with connected(bolt, slack):
        asked = await ada.slash("/quiz", "", channel)
        with pytest.raises(AssertionError, match="missing required field: text"):
            await asked.acked()


async def test_a_late_acknowledgement_fails_the_test(slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User):
    asked = None

    @bolt.command("/quiz")
    async def quiz(ack):
        await slack.until(lambda: asked and asked.attempts[0].age > 0.1)
        await ack()

    async with connected(bolt, slack):
        asked = await ada.slash("/quiz", "", channel)
        await asked.acked()
        with pytest.raises(AssertionError, match=r"only after"):
            await asked.acked(within=0.1)


async def test_a_click_carries_its_value_and_the_message(
    slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    heard = []

    @bolt.action({"block_id": "answers"})
    async def answer(ack, body):
        await ack()
        heard.append((body["actions"][0]["value"], body["message"]["ts"], body["user"]["id"]))

    async with connected(bolt, slack):
        posted = await bolt.client.chat_postMessage(channel=channel.id, text="Which one?", blocks=BUTTONS)
        question = await channel.sees("Which one?")
        await (await ada.press(question, "B")).acked()

    assert heard == [("B", posted["ts"], ada.id)]


async def test_checked_boxes_arrive_with_the_click_on_submit(
    slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    heard = []

    @bolt.action("choose")
    async def choose(ack):
        await ack()

    @bolt.action("submit")
    async def submit(ack, body):
        await ack()
        heard.extend(one["value"] for one in body["state"]["values"]["choices"]["choose"]["selected_options"])

    async with connected(bolt, slack):
        await bolt.client.chat_postMessage(channel=channel.id, text="Several", blocks=CHECKBOXES)
        question = channel.messages[0]
        await (await ada.check(question, "choices", ["red", "blue"])).acked()
        await (await ada.press(question, "Submit")).acked()

    assert heard == ["red", "blue"]


async def test_reactions_come_and_go(slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User):
    heard = []

    @bolt.event("reaction_added")
    async def added(event):
        heard.append(("added", event["reaction"], event["item"]["ts"], event["user"]))

    @bolt.event("reaction_removed")
    async def removed(event):
        heard.append(("removed", event["reaction"], event["item"]["ts"], event["user"]))

    async with connected(bolt, slack):
        await bolt.client.chat_postMessage(channel=channel.id, text="React")
        await bolt.client.reactions_add(channel=channel.id, timestamp=channel.messages[0].ts, name="one")
        question = channel.messages[0]
        await (await ada.react(question, "one")).acked()
        seen = await bolt.client.reactions_get(channel=channel.id, timestamp=question.ts, full=True)
        await (await ada.unreact(question, "one")).acked()
        await slack.until(lambda: len(heard) == 2)

    assert seen["message"]["reactions"] == [{"name": "one", "users": [question.team.bot.id, ada.id], "count": 2}]
    assert heard == [("added", "one", question.ts, ada.id), ("removed", "one", question.ts, ada.id)]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_client_that_is_asked_to_go_comes_back(
    reason: str, slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    @bolt.command("/quiz")
    async def quiz(ack):
        await ack()

    async with connected(bolt, slack):
        await slack.socket.disconnect(reason)
        await slack.socket.connected(opened=2)
        await (await ada.slash("/quiz", "", channel)).acked()


async def test_a_client_comes_back_after_a_cut_and_after_an_outage(slack: SlackServer, bolt: AsyncApp):
    async with connected(bolt, slack, ping_interval=0.2):
        slack.socket.drop()
        await slack.socket.connected(opened=2)
        await slack.stop()
        await slack.start()
        await slack.socket.connected(opened=3)


async def test_a_client_notices_a_connection_that_answers_no_pings(slack: SlackServer, bolt: AsyncApp):
    async with connected(bolt, slack, ping_interval=0.2):
        slack.socket.mute()
        await slack.socket.connected(opened=2)


async def test_the_eleventh_connection_is_too_many(slack: SlackServer, bolt: AsyncApp):
    async with connected(bolt, slack) as handler:
        others = []
        for number in range(2, 11):
            socket = await handler.client.aiohttp_client_session.ws_connect(slack.socket.link())
            assert (await socket.receive_json())["num_connections"] == number
            others.append(socket)
        one_more = await handler.client.aiohttp_client_session.ws_connect(slack.socket.link())
        assert (await one_more.receive_json())["reason"] == "too_many_websockets"
        for socket in [*others, one_more]:
            await socket.close()


async def test_an_event_without_acknowledgement_comes_again_and_then_no_more(bolt: AsyncApp, team: Team):
    async with SlackServer(retry_delays=(0.0, 0.01, 0.01), ack_timeout=0.05) as slack:
        there = slack.add_team()
        channel = there.add_channel("study")
        ada = there.add_user("Ada")
        bolt.client.base_url = slack.api_base
        bolt.client.token = there.bot_token
        tries = []

        @bolt.middleware
        async def refuse(req):
            tries.append(req.headers.get("x-slack-retry-num"))
            return BoltResponse(status=500)

        async with connected(bolt, slack):
            message = await ada.says("Hello", channel)
            reacted = await ada.react(message, "wave")
            await slack.until(lambda: len(reacted.attempts) == 4 and len(tries) == 4)

    assert tries == [["0"], ["1"], ["2"], ["3"]]
    assert reacted.ack is None


async def test_what_was_held_back_arrives_later_and_in_another_order(
    slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    heard = []

    @bolt.action({"block_id": "answers"})
    async def answer(ack, action):
        await ack()
        heard.append(action["value"])

    async with connected(bolt, slack):
        await bolt.client.chat_postMessage(channel=channel.id, text="Which one?", blocks=BUTTONS)
        with slack.held():
            first = await ada.press(channel.messages[0], "A")
            second = await ada.press(channel.messages[0], "B")
        await (await second.send()).acked()
        await (await first.send()).acked()
        await first.again()
        await slack.until(lambda: len(heard) == 3)

    assert heard == ["B", "A", "A"]
    assert float(first.payload["actions"][0]["action_ts"]) <= float(second.payload["actions"][0]["action_ts"])


async def test_an_event_is_withheld_where_its_scope_was_not_granted(slack: SlackServer):
    team = slack.add_team("Narrow", scopes=["chat:write"])
    channel = team.add_channel("study")
    ada = team.add_user("Ada")
    message = await ada.says("Hello", channel)
    assert (await ada.react(message, "one")).withheld == "scope reactions:read wasn't granted"
    assert (await ada.slash("/quiz", "", channel)).withheld == "scope commands wasn't granted"
