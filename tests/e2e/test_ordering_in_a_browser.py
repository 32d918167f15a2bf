"""Orders as lists that people rearrange in a real browser: by keyboard, mouse and finger.

Buttons, shortcuts, focus and announcements are those of "Listboxes with Rearrangeable Options" in the ARIA Authoring
Practices, https://www.w3.org/WAI/ARIA/apg/patterns/listbox/examples/listbox-rearrangeable/. WCAG 2.2 asks for a way
without dragging (2.5.7), targets that can be hit (2.5.8) and announcements that leave the focus alone (4.1.3).
"""

from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Page, expect

from adapters.web.hub import Missed
from bot.domain.drafts import ParsedDocument
from bot.domain.identity import RoundId
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from tests.adapters.stages.questions import LONG_ORDER, ORDER
from tests.e2e.pages import CONTRASTS, ask_until_closed, key_of, messages, say

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

LiveRoom = Any  # the fixture's class: test folders aren't packages

CROPS = replace(ORDER, choices=("Wheat", "`rice` & rye", "Oats", "שעורה"), key=(0, 1, 2, 3), topic="crops")
STEPS = tuple(f"Step {number} of a recipe that goes on for a while" for number in range(1, 8))
RECIPE = replace(LONG_ORDER, choices=(*STEPS, "הגישו!"), key=tuple(range(8)), topic="recipes")

LISTEN = """() => {
  window.heard = [];
  const region = document.getElementById("moved");
  new MutationObserver(() => window.heard.push(region.textContent)).observe(region, { childList: true });
}"""

TOO_SMALL = """items => items.flatMap(item => [...item.querySelectorAll("button, .letter")])
  .map(target => target.getBoundingClientRect()).filter(({ width, height }) => width < 44 || height < 44)"""


async def letters(question: Any) -> str:
    """The letters of a question's items, in the order of its list."""
    return "".join(await question.locator("ol .letter").all_inner_texts())


async def heard(page: Page) -> list[str]:
    """What the live region has said since it was last asked."""
    return list(await page.evaluate("heard.splice(0)"))


async def names(question: Any) -> list[str]:
    """What the items say, in the order of the list."""
    return list(await question.locator("ol .text").all_inner_texts())


async def test_an_order_is_answered_by_keyboard_and_changed_with_the_mouse(room: LiveRoom) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(CROPS,)), bank="rows")
    ada = await room.player("Ada", reduced_motion="reduce")
    await ask_until_closed(room.app, "crops")
    question = messages(ada).filter(has_text=CROPS.stem)
    await expect(question.locator("ol li")).to_have_count(4)
    await expect(question.get_by_role("combobox")).to_have_count(0)
    await expect(question.get_by_text("You can change your answer")).to_have_count(2)  # in either hint
    await expect(question.get_by_text("Drag the items into the right order")).to_be_visible()
    await expect(question.get_by_text("Pick the letter for each position.")).to_be_hidden()
    await expect(question.get_by_role("button", name="Take my answer back")).to_have_count(0)
    assert await letters(question) == "ABCD"
    await ada.evaluate(LISTEN)
    last, first = (await names(question))[3], (await names(question))[0]

    await ada.get_by_label("Message").focus()
    for _each in range(3):
        await ada.keyboard.press("Shift+Tab")
    up = question.get_by_role("button", name=f"Move {last} up")
    await expect(up).to_be_focused()
    await ada.keyboard.press("Enter")
    await ada.keyboard.press("Alt+ArrowUp")
    await expect(up).to_be_focused()
    await ada.keyboard.press("Space")
    assert await letters(question) == "DABC"
    await expect(up).to_be_focused()
    await expect(up).to_have_attribute("aria-disabled", "true")
    await expect(question.get_by_role("button", name=f"Move {first} up")).to_have_attribute("aria-disabled", "false")
    await ada.keyboard.press("Space")  # there is nowhere to go
    assert await heard(ada) == [f"{last}, now {place} of four" for place in ("third", "second", "first")]
    async with ada.expect_response("**/transcript"):
        room.adapter.hub.publish(Missed())
    assert await letters(question) == "DABC"  # what isn't sent yet outlasts whatever the page is told
    await expect(up).to_be_focused()
    await question.get_by_role("button", name="Answer", exact=True).press("Enter")
    await expect(question.get_by_text("Saved: D, A, B, C (")).to_be_visible()

    await ada.reload()
    await ada.evaluate(LISTEN)
    assert await letters(question) == "DABC"
    target = question.locator("ol li").nth(2)
    await question.locator("ol .letter").first.hover()
    await ada.mouse.down()
    box = await target.bounding_box()
    await ada.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2 + 3, steps=4)
    assert await letters(question) == "ABDC"
    assert await heard(ada) == []  # only what comes of it is told
    await ada.mouse.up()
    assert await heard(ada) == [f"{last}, now third of four"]
    assert await ada.evaluate("document.getAnimations().length") == 0
    await expect(question.locator("ol .held")).to_have_count(0)
    await question.get_by_role("button", name="Answer", exact=True).click()
    await expect(question.get_by_text("Changed to A, B, D, C (")).to_be_visible()

    tab = await ada.context.new_page()
    await tab.goto(room.address)
    await tab.get_by_role("button", name="Take my answer back").click()
    await expect(tab.get_by_role("button", name="Answer", exact=True)).to_be_focused()
    await expect(question.get_by_text("Taken back")).to_be_visible()
    assert await letters(question) == "ABCD"
    await tab.close()
    await question.get_by_role("button", name="Answer", exact=True).click()  # as it is shown is an order, too
    await expect(question.get_by_text("A, B, C, D (")).to_be_visible()
    await close_round(room.app, RoundId(int((await key_of(question)).removeprefix("q"))))
    await expect(question.locator("ol")).to_have_count(0)


async def test_many_items_are_put_in_order_with_a_finger_on_a_narrow_screen(room: LiveRoom) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(RECIPE,)), bank="rows")
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, color_scheme="dark", has_touch=True)
    bob = await room.player("Bob", java_script_enabled=False)
    await say(ada, "/quiz recipes")
    question = messages(ada).filter(has_text=RECIPE.stem)
    await expect(question.locator("ol li")).to_have_count(8)
    await expect(question.get_by_role("textbox")).to_have_count(0)
    assert await question.locator("ol li").evaluate_all(TOO_SMALL) == []
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []
    await ada.evaluate(LISTEN)
    taken, next_one = (await names(question))[1:3]
    await question.get_by_role("button", name=f"Move {next_one} down").tap()
    assert await letters(question) == "ABDCEFGH"
    assert await heard(ada) == [f"{next_one}, now fourth of eight"]

    finger = await ada.context.new_cdp_session(ada)

    async def touch(kind: str, *points: tuple[float, float]) -> None:
        there = [{"x": x, "y": y} for x, y in points]
        await finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": there})

    into_view = "item => item.scrollIntoView({ block: 'start', behavior: 'instant' })"
    await question.locator("ol li").nth(1).evaluate(into_view)
    await ada.evaluate("Promise.all(document.getAnimations().map(glide => glide.finished))")  # not there yet
    grip = await question.locator("ol .letter").nth(1).bounding_box()
    goal = await question.locator("ol .letter").nth(3).bounding_box()
    x, y = grip["x"] + 20, grip["y"] + grip["height"] / 2
    end = goal["y"] + goal["height"] / 2 + 5
    await touch("touchStart", (x, y))
    for part in (0.3, 0.6, 1):
        await touch("touchMove", (x, y + (end - y) * part))
    await touch("touchEnd")
    await expect(question.locator("ol .held")).to_have_count(0)
    assert await letters(question) == "ADCBEFGH"
    assert await heard(ada) == [f"{taken}, now fourth of eight"]
    await question.get_by_role("button", name="Answer", exact=True).click()
    await expect(question.get_by_text("A, D, C, B, E, F, G, H")).to_be_visible()
    await expect(question.locator("ol").get_by_role("button")).to_have_count(0)
    assert await ada.evaluate(CONTRASTS) == []

    await bob.reload()
    asked = messages(bob).filter(has_text=RECIPE.stem)
    await expect(asked.locator("ol")).to_have_count(0)
    await asked.get_by_label("The letters in the right order").fill("A B C D E F H G")
    await asked.get_by_role("button", name="Answer").click()
    await expect(messages(bob).get_by_text("A, B, C, D, E, F, H, G")).to_be_visible()
