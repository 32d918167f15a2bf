"""Writing a question in a real browser: previews, mistakes, the keyboard alone, a phone, the dark."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.pages import CONTRASTS, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives


async def test_the_preview_renews_itself_and_the_question_is_asked(room: Any) -> None:
    ada = await room.player("Ada", viewport={"width": 1280, "height": 800}, color_scheme="dark")
    await ada.get_by_role("link", name="Write").click()
    question, answers = ada.get_by_label("Question", exact=True), ada.get_by_label("Answers")
    preview, told = ada.get_by_role("region", name="How it will look"), ada.get_by_role("status")
    await question.fill("Which one is **right**?")
    await expect(told).to_have_text("Write 2 to 25 choices, one on each line.")
    await answers.fill("* This one\nThat one")
    await expect(told).to_have_text("The preview is up to date.")
    await expect(preview.get_by_role("heading", name="On Slack")).to_be_visible()
    await expect(preview.locator("strong", has_text="right").first).to_be_visible()
    await expect(preview.get_by_text("This one")).to_have_count(9)  # each of three results names it twice
    for button in await preview.get_by_role("button").all():
        await expect(button).to_be_disabled()
    assert await ada.evaluate(CONTRASTS) == []
    await answers.fill("This one\nThat one")
    await expect(told).to_have_text("Which choice is right? Put * in front of it.")
    await expect(preview.get_by_text("This one")).to_have_count(9)  # the last good one stays
    await answers.fill("* This one\nThat one\nA third <b>one</b>")
    await expect(preview.get_by_text("A third <b>one</b>")).to_have_count(6)

    await ada.get_by_label("Topic").fill("right ones")
    await ada.get_by_role("button", name="Store it").click()
    await expect(ada.get_by_text("Stored!")).to_be_visible()
    await say(ada, '/quiz "right ones"')
    await expect(messages(ada).filter(has_text="Quick question")).to_contain_text("A third <b>one</b>")
    await ada.get_by_role("button", name="Edit it").click()
    await expect(ada.get_by_role("heading", name="Edit the question")).to_be_visible()
    await expect(ada.get_by_label("Topic")).to_have_value("right ones")


async def test_it_works_by_keyboard_on_a_phone_without_a_script(room: Any) -> None:
    await room.player("Ada")
    bob = await room.player("Bob", viewport={"width": 320, "height": 640}, java_script_enabled=False)
    await bob.get_by_role("link", name="Suggest").press("Enter")
    await bob.get_by_label("Kind").focus()
    await bob.keyboard.type("Blanks")
    await expect(bob.get_by_text("A line for each ____ in the question")).to_be_visible()
    await expect(bob.get_by_text("One choice on each line")).to_be_hidden()
    await bob.keyboard.press("Tab")
    await bob.keyboard.type("Water is wet.")
    await bob.keyboard.press("Tab")
    await bob.keyboard.type("wet")
    for _field in ("explanation", "topic", "preview"):
        await bob.keyboard.press("Tab")
    await expect(bob.get_by_role("button", name="Preview")).to_be_focused()
    await bob.keyboard.press("Enter")
    await expect(bob.get_by_label("Question", exact=True)).to_be_focused()
    await expect(bob.get_by_label("Question", exact=True)).to_have_attribute("aria-invalid", "true")
    await expect(bob.get_by_label("Answers")).to_have_value("wet")
    assert [told for told in room.problems if "400 (Bad Request)" not in told] == []
    room.problems.clear()  # Chromium complains of the page with the mistake
    await bob.keyboard.press("Control+A")
    await bob.keyboard.type("Water is ____.")
    for _field in ("answers", "explanation", "topic", "preview"):
        await bob.keyboard.press("Tab")
    await bob.keyboard.press("Enter")
    await expect(bob.get_by_role("heading", name="On Discord")).to_be_visible()
    assert await bob.evaluate("document.documentElement.scrollWidth") <= 320
    assert await bob.evaluate(CONTRASTS) == []
    await bob.get_by_role("button", name="Suggest it").press("Enter")
    await expect(bob.get_by_text("Thank you!")).to_be_visible()
