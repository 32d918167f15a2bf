"""Menus to match sides and to put items in order, in a real browser: by keyboard, narrow, without JavaScript."""

from typing import Any

import pytest
from playwright.async_api import expect

from adapters.web.hub import Missed
from bot.domain.drafts import ParsedDocument
from bot.domain.identity import RoundId
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from tests.adapters.stages.questions import MATCH, ORDER
from tests.e2e.pages import CONTRASTS, ask_until_closed, key_of, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

LiveRoom = Any  # the fixture's class: test folders aren't packages


async def picked(message: Any) -> list[str]:
    """The letters in a question's menus; a dash where nothing is picked."""
    shown = "menus => menus.map(menu => menu.selectedOptions[0].value ? menu.selectedOptions[0].text[0] : '-')"
    return list(await message.locator("select").evaluate_all(shown))


async def test_sides_are_matched_and_items_put_in_order_with_menus(room: LiveRoom) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(ORDER, MATCH)), bank="rows")
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, color_scheme="dark")
    bob = await room.player("Bob", java_script_enabled=False)
    await ask_until_closed(room.app, "tasks")
    question = messages(ada).filter(has_text=MATCH.stem)
    first, second = question.get_by_label("1. k-means"), question.get_by_label("2. Ridge")
    await expect(first).to_be_visible()

    await ada.get_by_label("Message").focus()
    for _each in range(3):
        await ada.keyboard.press("Shift+Tab")
    await expect(first).to_be_focused()
    for _each in range(2):
        await ada.keyboard.press("C")
        await ada.keyboard.press("Tab")
    await ada.keyboard.press("Enter")
    await expect(question.get_by_text("a letter is in it twice")).to_have_count(1)
    assert await picked(question) == ["C", "C"]
    await expect(first).to_have_attribute("aria-invalid", "true")
    assert await ada.evaluate(CONTRASTS) == []
    await second.select_option(index=1)
    await question.get_by_role("button", name="Answer").click()
    await expect(question.get_by_text("Saved: 1–C, 2–A.")).to_be_visible()
    await expect(question.get_by_text("a letter is in it twice")).to_have_count(0)

    tab = await ada.context.new_page()
    await tab.goto(room.address)
    await tab.get_by_label("1. k-means").select_option(index=2)
    await tab.get_by_role("button", name="Answer").last.click()
    await expect(question.get_by_text("Changed to 1–B, 2–A")).to_be_visible()
    assert await picked(question) == ["B", "A"]  # what was sent follows the answer that stands
    await tab.close()
    await first.select_option(index=3)
    async with ada.expect_response("**/transcript"):
        room.adapter.hub.publish(Missed())
    assert await picked(question) == ["C", "A"]  # what isn't sent yet outlasts whatever the page is told

    await say(bob, "/quiz units")
    asked = messages(bob).filter(has_text=ORDER.stem)
    await expect(asked.get_by_text("Pick the letter for each position.")).to_be_visible()
    await expect(asked.locator(".mover")).to_have_count(0)
    for one in (".undo", ".arranging", ".ranking"):
        await expect(asked.locator(one)).to_be_hidden()
    for position, text in enumerate(ORDER.choices, start=1):
        menu = asked.get_by_label(f"Position {position}")
        option = await menu.locator("option", has_text=f". {text}").get_attribute("value")
        await menu.select_option(option)
    await asked.get_by_role("button", name="Answer").click()
    asked = messages(bob).filter(has_text=ORDER.stem)
    await expect(asked.get_by_text("is right! 10 points.")).to_be_visible()
    await expect(asked.get_by_label("Position 1").locator("option")).to_have_count(1)
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    await close_round(room.app, RoundId(int((await key_of(question)).removeprefix("q"))))
    await expect(messages(ada).filter(has_text="Right answer: 1–")).to_contain_text("k-means – Clustering")
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []
