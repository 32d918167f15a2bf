"""Cards in a real browser: turned over and judged by keyboard, on a narrow screen, with and without JavaScript."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.domain.drafts import ParsedDocument
from bot.services.banks.storing import import_document
from tests.adapters.stages.questions import CARD
from tests.e2e.pages import CONTRASTS, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

LiveRoom = Any  # the fixture's class: test folders aren't packages
BACK = "too large overshoots"


async def test_a_card_is_turned_over_and_judged(room: LiveRoom) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(CARD,)), bank="cards")
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, color_scheme="dark")
    bob = await room.player("Bob", java_script_enabled=False)
    await say(ada, "/quiz cards")
    question = messages(ada).filter(has_text="What does a learning rate set?")
    turn = question.get_by_role("button", name="Show the back")
    await expect(turn).to_have_attribute("aria-expanded", "false")
    await expect(ada.get_by_text(BACK)).to_have_count(0)
    await turn.focus()
    await ada.keyboard.press("Enter")
    await expect(question.get_by_text(BACK)).to_be_visible()
    await expect(turn).to_be_focused()
    await expect(turn).to_have_attribute("aria-expanded", "true")
    await expect(question.get_by_role("group", name="Your answer").get_by_role("button")).to_have_count(3)
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []
    await ada.keyboard.press("Tab")
    await ada.keyboard.press("Tab")
    await ada.keyboard.press("Space")
    await expect(question.get_by_text("Saved: almost. This question isn't scored.")).to_be_visible()
    await expect(question.get_by_role("button", name="Almost", pressed=True)).to_be_focused()

    await bob.reload()
    asked = messages(bob).filter(has_text="What does a learning rate set?")
    await expect(asked.get_by_text(BACK)).to_have_count(0)
    await asked.get_by_role("button", name="Show the back").click()
    await expect(asked.get_by_text(BACK)).to_be_visible()
    await asked.get_by_role("button", name="Knew it").click()
    await expect(asked.get_by_text("Saved: knew it.")).to_be_visible()
    await expect(question.get_by_text("2 answered.")).to_be_visible()
