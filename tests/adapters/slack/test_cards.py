"""Cards: the button that shows the back in a private reply, within Slack's limits."""

from typing import Any

import pytest

from adapters.slack.outbound import SHOW_BACK, contents
from bot.domain.drafts import ParsedDocument
from bot.domain.identity import RoundId
from bot.domain.views import ControlKind, Controls, MessageView, OptionView
from bot.services.banks.storing import import_document
from tests.adapters.stages.questions import CARD, SHORT
from tests.platforms.slack.blockkit import problems
from tests.platforms.slack.surfaces import elements

Bot = Any  # the fixture's class: test folders aren't packages
ROUND = RoundId(2**63 - 1)
BACK = "too large overshoots"


def test_a_card_has_one_button_that_says_what_it_does() -> None:
    controls = Controls(kind=ControlKind.CARD, round_id=ROUND, fewest=1, most=1)
    view = MessageView(text="What?", options=(OptionView(letter="", text="Knew it"),), controls=controls)
    (content,) = contents(view)
    ((_block, button),) = elements(content.blocks)
    assert (button["text"]["text"], button["action_id"], button["value"]) == ("Show the back", SHOW_BACK, str(ROUND))
    assert [block["text"]["text"] for block in content.blocks if block["type"] == "section"] == ["What?"]
    assert problems(content.blocks) == []


async def asked(bot: Bot, draft: Any, options: str) -> Any:
    """A question of a kind, asked in a series."""
    await import_document(bot.app, ParsedDocument(format="test", questions=(draft,)), bank="kinds")
    assert "is set" in await bot.says(f"daily set 09:00 Europe/Berlin topic={draft.topic} reveal=at_close {options}")
    return await bot.asks("daily now")


async def test_a_card_is_turned_over_as_often_as_one_likes(bot: Bot) -> None:
    card = await asked(bot, CARD, "cards=yes")
    for _time in range(2):
        shown = await (await bot.ada.press(card, "Show the back")).reply()
        assert shown.ephemeral_to is bot.ada
        assert BACK in bot.server.render(shown)
        assert problems(shown.blocks) == []


@pytest.mark.parametrize("value", ["{own}", "1", f"{2**63 - 1}", f"{2**63}", "x", ""])
async def test_a_forged_button_shows_no_key_of_another_kind(bot: Bot, value: str) -> None:
    words = await asked(bot, SHORT, "")
    ((_block, button),) = elements(words.blocks)
    forged = {"action_id": SHOW_BACK, "block_id": "x", "type": "button", "value": value.format(own=button["value"])}
    told = bot.server.render(await (await bot.ada.forge(words, forged)).reply())
    assert "isn't here any more" in told or "doesn't work any more" in told
    assert "underfitting" not in told
