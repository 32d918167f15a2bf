"""Formulas and coloured code in a real browser: drawn without scripts, readable in light and dark, also on a phone."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.services.banks.storing import import_document
from tests.e2e.pages import CONTRASTS, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

LONG = "+".join(f"x_{number}" for number in range(40))
DRAFT = QuestionDraft(
    line=1,
    stem=(
        f"Is ${LONG}$ more than $5?\n\n$$\n\\frac{{{LONG}}}{{2}}\n$$\n\n"
        '```python\n# why\ndef f(a: int) -> str:\n    return f"{a:.1f}" + "b"\n```'
    ),
    choices=(f"${LONG}$", r"$\sqrt{2}$"),
    key=(1,),
    explanation="$x^2$",
    topic="sums",
)


async def test_they_are_drawn_and_readable_and_nothing_is_wider_than_a_phone(room: Any) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(DRAFT,)), bank="sums")
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, color_scheme="dark")
    bob = await room.player("Bob", java_script_enabled=False, color_scheme="light")
    await say(ada, "/quiz sums")
    asked = messages(ada).filter(has_text="more than $5?")
    await expect(asked.locator("math")).to_have_count(4)
    root = await asked.locator("msqrt").bounding_box()
    assert root is not None
    assert root["width"] > root["height"] / 2 > 4
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []
    await asked.get_by_role("button").first.click()
    await expect(asked.locator(".receipt math")).not_to_have_count(0)
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []

    await bob.reload()
    await expect(bob.locator("math")).to_have_count(4)
    assert await bob.locator("math").first.get_attribute("alttext") == LONG
    assert await bob.evaluate(CONTRASTS) == []
