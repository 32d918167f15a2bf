"""A host mends what a file left open in a browser: by mouse, by keyboard alone, and without a script on a phone."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.pages import CONTRASTS

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

FILE = """\
# Services

1. Which service stores objects?
A. Amazon S3
B. Amazon EC2
Answer: A
Explanation: S3 is object storage.

2. Which of these runs code?
A. Lambda
B. Glacier

3. Which one is a queue?
A. SNS
B. SQS
Answer: E
"""


async def pasted(page: Page) -> None:
    """Have the file read as somebody pastes it."""
    await page.get_by_role("link", name="Import").click()
    await page.get_by_label("… or paste the questions here").fill(FILE)
    await page.get_by_role("button", name="Show what it holds").click()
    await expect(page.get_by_role("heading", name="3 questions found: 1 ready, 2 need you")).to_be_visible()


def sheet(page: Page, line: int) -> Any:
    return page.get_by_role("article", name=f"Line {line}")


async def test_by_mouse_a_letter_is_clicked_a_text_mended_and_the_bank_stored(room: Any) -> None:
    ada = await room.player("Ada", viewport={"width": 1280, "height": 900})
    await pasted(ada)
    assert await ada.evaluate(CONTRASTS) == []
    open_one = sheet(ada, 9)
    await expect(open_one.get_by_role("row", name="10 choice A. Lambda")).to_be_visible()
    await open_one.get_by_text("A", exact=True).click()
    await expect(open_one.get_by_role("radio", name="A is right")).to_be_checked()
    await open_one.get_by_label("Choice B").fill("S3 **Glacier**")
    await open_one.get_by_role("button", name="Save").click()
    await expect(ada.get_by_role("status")).to_have_text("Mended the question on line 9.")
    await expect(ada.get_by_role("heading", name="2 ready, 1 needs you")).to_be_visible()
    await expect(ada.get_by_role("region", name="2 questions that need nobody")).to_contain_text("S3 Glacier")
    await sheet(ada, 13).get_by_role("button", name="Drop it").click()
    await expect(ada.get_by_role("heading", name="2 ready, 0 need you")).to_be_visible()
    await ada.get_by_role("button", name="Store in").first.click()
    await expect(ada.get_by_text("2 questions are ready to be asked.")).to_be_visible()


async def test_by_keyboard_alone_the_next_question_is_where_one_goes_on(room: Any) -> None:
    ada = await room.player("Ada", viewport={"width": 1280, "height": 900}, color_scheme="dark")
    await pasted(ada)
    assert await ada.evaluate(CONTRASTS) == []

    async def tab_to(target: Any) -> None:
        for _step in range(60):
            if await target.evaluate("element => element === document.activeElement"):
                return
            await ada.keyboard.press("Tab")
        raise AssertionError("the keyboard doesn't get there")

    await tab_to(sheet(ada, 9).get_by_role("radio", name="I don't know which is right"))
    await ada.keyboard.press("ArrowUp")
    await expect(sheet(ada, 9).get_by_role("radio").nth(2)).to_be_checked()
    for _row in range(2):
        await ada.keyboard.press("ArrowUp")
    await tab_to(sheet(ada, 9).get_by_role("button", name="Save"))
    await ada.keyboard.press("Enter")
    await expect(ada.get_by_role("status")).to_have_text("Mended the question on line 9.")
    await expect(ada.locator("#needs")).to_be_focused()
    await tab_to(sheet(ada, 13).get_by_role("button", name="Fine as it is"))
    await ada.keyboard.press("Space")
    await expect(ada.get_by_role("heading", name="2 ready, 0 need you, 1 stays as it is")).to_be_visible()
    await expect(ada.locator("#needs")).to_be_focused()
    await ada.keyboard.press("Tab")
    await expect(ada.get_by_role("button", name="Store in").first).to_be_focused()
    await ada.keyboard.press("Enter")
    await expect(ada.get_by_text("2 questions are ready to be asked.")).to_be_visible()


async def test_it_works_without_a_script_on_a_phone_in_the_dark(room: Any) -> None:
    ada = await room.player(
        "Ada", viewport={"width": 320, "height": 640}, color_scheme="dark", java_script_enabled=False
    )
    await pasted(ada)
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []
    await expect(sheet(ada, 13).get_by_text("The answer “E” isn't one of the choices")).to_be_visible()
    await sheet(ada, 13).get_by_label("The next question begins at line").select_option("15")
    await sheet(ada, 13).get_by_role("button", name="Split it there").click()
    await expect(ada.get_by_role("heading", name="4 questions found")).to_be_visible()
    await sheet(ada, 13).get_by_role("button", name="Join with the next one").click()
    await expect(ada.get_by_role("heading", name="3 questions found")).to_be_visible()
    await sheet(ada, 9).get_by_role("button", name="Drop it").click()
    await ada.get_by_role("region", name="Dropped").get_by_role("button", name="Undo").click()
    await sheet(ada, 9).get_by_text("B", exact=True).click()
    await sheet(ada, 9).get_by_label("Question", exact=True).fill("")
    await sheet(ada, 9).get_by_label("Choice A").fill("")
    await sheet(ada, 9).get_by_role("button", name="Fine as it is").click()
    await expect(sheet(ada, 9).get_by_role("alert")).to_contain_text("too few choices")
    await expect(sheet(ada, 9).get_by_label("Question", exact=True)).to_be_focused()
    await expect(sheet(ada, 9).get_by_role("radio", name="B is right")).not_to_be_checked()
    assert [told for told in room.problems if "400 (Bad Request)" not in told] == []
    room.problems.clear()  # Chromium complains of the page with the mistake
    await ada.get_by_role("button", name="Store nothing").first.click()
    await expect(ada.get_by_role("heading", name="Import questions")).to_be_visible()
