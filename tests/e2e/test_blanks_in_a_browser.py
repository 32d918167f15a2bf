"""Blanks in a real browser: Enter goes on to the next, and never sends half an answer."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.domain.drafts import ParsedDocument
from bot.services.banks.storing import import_document
from tests.adapters.stages.questions import BLANKS
from tests.e2e.pages import CONTRASTS, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives


async def test_blanks_are_filled_in_by_keyboard_with_a_script_and_without(room: Any) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(BLANKS,)), bank="blanks")
    ada = await room.player("Ada", viewport={"width": 320, "height": 640})
    bob = await room.player("Bob", java_script_enabled=False)
    await say(ada, "/quiz gaps")
    asked = messages(ada).filter(has_text="is the share of positives")
    await asked.get_by_label("Blank 1").fill("recall")
    await ada.keyboard.press("Enter")
    await expect(asked.get_by_label("Blank 2")).to_be_focused()
    await ada.keyboard.type("accuracy")
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    await ada.keyboard.press("Enter")
    await expect(asked.get_by_text("(1) recall, (2) accuracy: partly right, 5 points.")).to_be_visible()
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []

    await bob.reload()
    await bob.get_by_label("Blank 1").fill("recall")
    await bob.keyboard.press("Enter")
    await bob.keyboard.press("Tab")
    await expect(bob.get_by_label("Blank 2")).to_be_focused()  # Enter has sent nothing
    await bob.keyboard.type("precision")
    await bob.keyboard.press("Tab")
    await bob.keyboard.press("Enter")
    await expect(messages(bob).get_by_text("(1) recall, (2) precision: all right! 10 points.")).to_be_visible()
