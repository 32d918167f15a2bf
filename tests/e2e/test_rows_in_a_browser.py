"""Items to put in order and sides to match in a real browser: by keyboard, on a narrow screen, without JavaScript."""

from datetime import time
from typing import Any

import pytest
from playwright.async_api import expect

from adapters.web.hub import Missed
from adapters.web.room import CHANNEL
from bot.domain.drafts import ParsedDocument
from bot.domain.identity import RoundId
from bot.domain.rounds import Reveal
from bot.domain.series import Timetable
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from bot.services.series.series import add_series, ask_in_series_now
from tests.adapters.stages.questions import MATCH, ORDER
from tests.e2e.pages import CONTRASTS, key_of, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

LiveRoom = Any  # the fixture's class: test folders aren't packages


async def picked(message: Any) -> list[str]:
    """The letters in a question's menus; a dash where nothing is picked."""
    shown = "menus => menus.map(menu => menu.selectedOptions[0].value ? menu.selectedOptions[0].text[0] : '-')"
    return list(await message.locator("select").evaluate_all(shown))


async def test_items_are_put_in_order_and_sides_matched_with_menus(room: LiveRoom) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(ORDER, MATCH)), bank="rows")
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, color_scheme="dark")
    bob = await room.player("Bob", java_script_enabled=False)
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    timetable = Timetable(at=time(9), zone="UTC")
    series = await add_series(room.app, space, CHANNEL, timetable, topic="units", reveal=Reveal.AT_CLOSE)
    await ask_in_series_now(room.app, series.id)
    question = messages(ada).filter(has_text=ORDER.stem)
    await expect(question.get_by_label("Position 1")).to_be_visible()

    await ada.get_by_label("Message").focus()
    for _each in range(4):
        await ada.keyboard.press("Shift+Tab")
    await expect(question.get_by_label("Position 1")).to_be_focused()
    for letter in "CC":
        await ada.keyboard.press(letter)
        await ada.keyboard.press("Tab")
    await ada.keyboard.press("B")
    await ada.keyboard.press("Tab")
    await ada.keyboard.press("Enter")
    await expect(question.get_by_text("a letter is in it twice")).to_have_count(1)
    assert await picked(question) == ["C", "C", "B"]
    await expect(question.get_by_label("Position 1")).to_have_attribute("aria-invalid", "true")
    assert await ada.evaluate(CONTRASTS) == []
    await question.get_by_label("Position 2").select_option(index=1)
    await question.get_by_role("button", name="Answer").click()
    await expect(question.get_by_text("Saved: C, A, B (")).to_be_visible()
    await expect(question.get_by_text("a letter is in it twice")).to_have_count(0)

    tab = await ada.context.new_page()
    await tab.goto(room.address)
    await tab.get_by_label("Position 1").select_option(index=2)
    await tab.get_by_label("Position 3").select_option(index=3)
    await tab.get_by_role("button", name="Answer").last.click()
    await expect(ada.get_by_text("Changed to B, A, C")).to_be_visible()
    assert await picked(question) == ["B", "A", "C"]  # what was sent follows the answer that stands
    await tab.close()
    await question.get_by_label("Position 1").select_option(index=3)
    async with ada.expect_response("**/transcript"):
        room.adapter.hub.publish(Missed())
    assert await picked(question) == ["C", "A", "C"]  # what isn't sent yet outlasts whatever the page is told

    await say(bob, "/quiz tasks")
    asked = messages(bob).filter(has_text=MATCH.stem)
    for label, text in (("1. k-means", "Clustering"), ("2. Ridge", "Regression")):
        menu = asked.get_by_label(label)
        option = await menu.locator("option", has_text=text).get_attribute("value")
        await menu.select_option(option)
    await asked.get_by_role("button", name="Answer").click()
    asked = messages(bob).filter(has_text=MATCH.stem)
    await expect(asked.get_by_text("is right! 10 points.")).to_be_visible()
    await expect(asked.get_by_label("1. k-means").locator("option")).to_have_count(1)
    await expect(messages(ada).filter(has_text=MATCH.stem)).to_be_visible()
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    for one in (question, messages(ada).filter(has_text=MATCH.stem)):
        await close_round(room.app, RoundId(int((await key_of(one)).removeprefix("q"))))
    await expect(messages(ada).filter(has_text="Right answer: 1–")).to_contain_text("k-means – Clustering")
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []
