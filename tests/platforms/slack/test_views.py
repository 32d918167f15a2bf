"""Home tabs and modals."""

from slack_bolt.async_app import AsyncApp

from tests.platforms.slack import Channel, SlackServer, User
from tests.platforms.slack.clients import connected


async def test_a_home_tab_is_published_when_it_is_opened(slack: SlackServer, bolt: AsyncApp, ada: User):
    @bolt.event("app_home_opened")
    async def opened(event, client):
        blocks = [{"type": "header", "text": {"type": "plain_text", "text": "Your week"}}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    async with connected(bolt, slack):
        await (await ada.opens_home()).acked()
        home = await slack.until(lambda: ada.home)

    assert slack.render(home) == "# Your week"


async def test_a_modal_is_opened_filled_in_and_submitted(
    slack: SlackServer, bolt: AsyncApp, channel: Channel, ada: User
):
    heard = []
    label = {"type": "plain_text", "text": "Text"}
    entry = {
        "type": "input",
        "block_id": "text",
        "label": label,
        "element": {"type": "plain_text_input", "action_id": "it"},
    }
    modal = {"type": "modal", "callback_id": "import", "title": label, "submit": label, "blocks": [entry]}

    @bolt.shortcut("import_bank")
    async def shortcut(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal)

    @bolt.view("import")
    async def submitted(ack, view):
        text = view["state"]["values"]["text"]["it"]["value"]
        if text == "bad":
            await ack(response_action="errors", errors={"text": "no question in it"})
        else:
            await ack()
            heard.append(text)

    async with connected(bolt, slack):
        message = await ada.says("1. Which?", channel)
        await (await ada.shortcut("import_bank", message)).acked()
        view = await slack.until(lambda: ada.modal)
        await (await ada.submits(view, {"text": "bad"})).acked()
        assert "! no question in it" in slack.render(view)
        await (await ada.submits(view, {"text": "good"})).acked()
        await slack.until(lambda: heard)

    assert heard == ["good"]
    assert ada.modal is None
