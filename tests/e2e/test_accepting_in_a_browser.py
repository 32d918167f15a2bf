"""A host looks through wrong answers in a real browser, with JavaScript and without, and accepts one."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.domain.drafts import ParsedDocument
from bot.domain.identity import RoundId
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from tests.adapters.stages.questions import SHORT
from tests.e2e.pages import CONTRASTS, key_of, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

LiveRoom = Any  # the fixture's class: test folders aren't packages


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_a_host_accepts_an_answer_that_was_judged_wrong(room: LiveRoom, script: bool) -> None:
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, java_script_enabled=script)
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(SHORT,)), bank="own", space_id=space.id)
    bob = await room.player("Bob")
    await say(bob, "/quiz words")
    asked = messages(bob).filter(has_text="What is the opposite of")
    await asked.get_by_label("Your answer", exact=True).fill("underlearning")
    await asked.get_by_label("Your answer", exact=True).press("Enter")
    await expect(asked.get_by_text("isn't it this time")).to_be_visible()
    await close_round(room.app, RoundId(int((await key_of(asked)).removeprefix("q"))))

    await say(ada, "/question answers")
    await expect(ada.get_by_role("heading", name="1. “underlearning”: 1 person")).to_be_visible()
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []
    await ada.get_by_role("button", name="Set aside 1").focus()
    await ada.keyboard.press("Shift+Tab")
    await expect(ada.get_by_role("button", name="Accept 1")).to_be_focused()
    await ada.keyboard.press("Enter")
    await expect(messages(ada).get_by_text("“underlearning” now counts as right: 1 person")).to_be_visible()
    await expect(ada.get_by_text("You typed /quiz question accept")).to_have_count(0)
    await expect(messages(bob).get_by_text("Good news: “underlearning” counts as right, too")).to_be_visible()
