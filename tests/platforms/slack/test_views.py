"""Home tabs and modals."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from tests.platforms.slack import Channel, SlackServer, User
from tests.platforms.slack.blockkit import view_problems
from tests.platforms.slack.clients import connected


def modal(label: str = "Text", *, optional: bool = False, **more: Any) -> dict[str, Any]:
    """A modal with one field."""
    entry = {
        "type": "input",
        "block_id": "text",
        "label": {"type": "plain_text", "text": label},
        "element": {"type": "plain_text_input", "action_id": "it", **more},
        "optional": optional,
    }
    button = {"type": "plain_text", "text": "Text"}
    return {"type": "modal", "callback_id": "import", "title": button, "submit": button, "blocks": [entry]}


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

    @bolt.shortcut("import_bank")
    async def shortcut(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal())

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


@pytest.mark.parametrize(
    ("at", "beyond", "where"),
    [
        (modal("x" * 2000), modal("x" * 2001), "label/text"),
        (modal(max_length=3000), modal(max_length=3001), "element/max_length"),
        (modal(max_length=1), modal(max_length=0), "element/max_length"),
        (modal(min_length=3000), modal(min_length=3001), "element/min_length"),
        (
            modal(max_length=5, initial_value="x" * 5),
            modal(max_length=5, initial_value="x" * 6),
            "element/initial_value",
        ),
    ],
)
def test_a_field_may_reach_its_limits_and_not_go_beyond(at: dict, beyond: dict, where: str) -> None:
    assert view_problems(at) == []
    (problem,) = view_problems(beyond)
    assert problem.endswith(f"[json-pointer:/view/blocks/0/{where}]")


@pytest.mark.parametrize(
    ("view", "text", "complaint"),
    [
        (modal(), "", "must be filled in"),
        (modal(max_length=3), "four", "takes 0 to 3"),
        (modal(min_length=2), "x", "takes 2 to 3000"),
        (modal(optional=True, min_length=2), "", ""),
    ],
)
async def test_a_client_submits_only_what_fits(slack: SlackServer, ada: User, view: dict, text: str, complaint: str):
    shown = slack.views.make(ada, view)
    with slack.held():
        if complaint:
            with pytest.raises(AssertionError, match=complaint):
                await ada.submits(shown, {"text": text})
        await ada.submits(shown, {"text": text}, unchecked=bool(complaint))
    assert len(slack.deliveries) == 1


async def test_an_error_names_a_field_of_the_modal(slack: SlackServer, bolt: AsyncApp, ada: User):
    @bolt.view("import")
    async def submitted(ack):
        await ack(response_action="errors", errors={"elsewhere": "no"})

    async with connected(bolt, slack):
        sent = await ada.submits(slack.views.make(ada, modal()), {"text": "x"})
        with pytest.raises(AssertionError, match="'elsewhere', which is no input"):
            await sent.acked()
