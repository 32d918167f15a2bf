"""A host gives a question and a choice their pictures in a real browser: on a phone, in the dark, after a mistake."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.pages import CONTRASTS, messages, say
from tests.pictures import png

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

MISSING = "Describe the picture for people who can't see it."


def chosen(shade: int) -> dict[str, Any]:
    """A file as somebody chooses it."""
    return {"name": f"{shade}.png", "mimeType": "image/png", "buffer": png(shade, width=200, height=100)}


async def test_pictures_are_added_on_a_phone_after_a_mistake(room: Any) -> None:
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, color_scheme="dark")
    await ada.get_by_role("link", name="Write").click()
    await ada.get_by_label("Question", exact=True).fill("Which one is *dark*?")
    await ada.get_by_label("Answers").fill("* This\nThat <b>one</b>")
    await ada.get_by_label("Topic").fill("shades")
    await ada.get_by_role("button", name="Store it").click()
    await ada.get_by_role("button", name="Edit it").click()
    await ada.get_by_role("link", name="Add or change pictures").click()

    question, that = ada.get_by_role("group", name="The question"), ada.get_by_role("group", name="B · That <b>one</b>")
    await question.get_by_label("Picture", exact=True).set_input_files(chosen(40))
    await that.get_by_label("Picture", exact=True).set_input_files(chosen(200))
    await that.get_by_label("Description for people who can't see it").fill("A pale box")
    await ada.get_by_role("button", name="Store the pictures").click()
    words = question.get_by_label("Description for people who can't see it")
    await expect(words).to_have_attribute("aria-invalid", "true")
    await expect(words).to_have_accessible_description(MISSING)
    await expect(question.get_by_label("Picture", exact=True)).to_be_focused()
    await expect(that.get_by_label("Description for people who can't see it")).to_have_value("A pale box")
    assert [told for told in room.problems if "400 (Bad Request)" not in told] == []
    room.problems.clear()  # Chromium complains of the page with the mistake
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []

    await words.fill("Two boxes")
    await question.get_by_label("Picture", exact=True).set_input_files(chosen(40))
    await that.get_by_label("Picture", exact=True).set_input_files(chosen(200))
    await ada.get_by_role("button", name="Store the pictures").click()
    await say(ada, "/quiz shades")
    asked = messages(ada).filter(has_text="Quick question").last
    await expect(asked.get_by_role("img", name="Two boxes")).to_be_visible()
    await expect(asked.get_by_role("img", name="A pale box")).to_be_visible()
