"""A host runs the room by mouse in the dark, and without a script on a phone; members look after themselves."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.pages import CONTRASTS, messages

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives


async def fits(page: Page) -> None:
    """Nothing sticks out at the side, and every text can be read against its ground."""
    await page.wait_for_load_state()  # right after a click, the next page may have begun and have no element yet
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert await page.evaluate(CONTRASTS) == []


async def test_a_teacher_sets_asks_and_closes_a_question_with_the_mouse(room: Any) -> None:
    ada = await room.player(
        "Ada", viewport={"width": 1280, "height": 900}, color_scheme="dark", timezone_id="Asia/Tokyo"
    )
    await ada.get_by_role("link", name="Host").click()
    await expect(ada.get_by_role("heading", name="Daily question", level=1)).to_be_visible()
    await expect(ada.locator(".moments time").first).to_contain_text(":00")
    await fits(ada)
    await ada.get_by_role("link", name="Set another daily question").click()
    await expect(ada.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    await ada.get_by_label("Time", exact=True).fill("18:30")
    await ada.get_by_label("Saturday").uncheck()
    await ada.get_by_label("Sunday").uncheck()
    await ada.get_by_text("More settings").click()
    await ada.get_by_label("Name (optional)").fill("evening")
    await fits(ada)
    await ada.get_by_role("button", name="Set it").click()
    await expect(ada.get_by_role("status")).to_have_text("The daily question is set. Below is when it comes.")
    evening = ada.get_by_role("article", name="evening")
    await expect(evening).to_contain_text("18:30, Asia/Tokyo")
    await evening.get_by_role("button", name="Ask now").click()
    await expect(ada.get_by_role("status")).to_have_text("The next question is in the room.")
    await ada.get_by_role("button", name="Close now").last.click()
    await expect(ada.get_by_role("status")).to_have_text("The question is closed, and its result is in the room.")
    await evening.get_by_role("link", name="Stop").click()
    await ada.get_by_role("button", name="Stop it").click()
    await expect(evening).to_have_count(0)
    await ada.get_by_role("link", name="study").click()
    await expect(messages(ada)).to_have_count(3)


async def test_without_a_script_a_phone_does_it_all(room: Any) -> None:
    phone = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
    ada, bob = await room.player("Ada", **phone), await room.player("Bob")
    await ada.get_by_role("link", name="Host").click()
    await ada.get_by_role("link", name="Change").click()
    await fits(ada)
    await ada.get_by_label("Time zone").fill("Berlin")
    await ada.get_by_role("button", name="Save").click()
    await expect(ada.get_by_label("Time zone")).to_be_focused()
    await expect(ada.get_by_label("Time zone")).to_have_accessible_description(
        "“Berlin” isn't a time zone. Did you mean Europe/Berlin?"
    )
    await expect(ada.get_by_label("Time zone")).to_have_value("Berlin")
    assert [told for told in room.problems if "400 (Bad Request)" not in told] == []
    room.problems.clear()  # Chromium complains of the page with the mistake
    await fits(ada)
    await ada.get_by_label("Time zone").fill("Europe/Berlin")
    await ada.get_by_role("button", name="Save").click()
    await expect(ada.get_by_role("status")).to_have_text("The daily question is changed. Below is when it comes.")
    tabs = ada.get_by_role("navigation", name="Host")
    for name in ("Banks", "League", "People"):
        await tabs.get_by_role("link", name=name).click()
        await expect(tabs.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
        await fits(ada)
    await ada.locator("summary", has_text="Rename").last.click()
    await ada.get_by_label("New name").last.fill("Robert")
    await ada.get_by_role("button", name="Rename").last.click()
    await expect(ada.get_by_role("status").first).to_have_text("Bob is now called Robert.")
    await bob.get_by_role("link", name="Your page").click()
    await expect(bob.get_by_label("What others call you")).to_have_value("Robert")
    await fits(bob)
    await bob.get_by_role("link", name="See your data").click()
    await expect(bob.get_by_role("region", name="All of it")).to_contain_text('"name": "Robert"')
    await fits(bob)
    await bob.go_back()
    await bob.get_by_role("link", name="Delete it …").click()
    await bob.get_by_role("button", name="Delete it for good").click()
    await expect(bob.get_by_label("Your name")).to_be_visible()


async def test_a_pupil_joins_by_the_code_on_the_screen_and_goes_on_at_home(room: Any) -> None:
    ada = await room.player("Ada", viewport={"width": 1280, "height": 800}, color_scheme="dark")
    await ada.goto(f"{room.address}/people")
    await ada.get_by_role("button", name="Make a class code").click()
    await expect(ada.get_by_role("heading", name="Join the room", level=1)).to_be_visible()
    code = await ada.locator(".letters").inner_text()
    await fits(ada)
    phone = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
    bob = await room.visitor(**phone)
    await fits(bob)
    await expect(bob.get_by_label("Class code")).to_be_focused()
    await bob.get_by_label("Class code").fill(code.lower())
    await bob.get_by_label("Your name").fill("Bob")
    await bob.get_by_role("button", name="Join the room").click()
    await bob.get_by_role("link", name="Your page").click()
    await bob.get_by_role("button", name="Make a sign-in link").click()
    link = await bob.get_by_label("Open this link in the other browser").input_value()
    await fits(bob)
    at_home = await room.visitor(color_scheme="dark")
    await at_home.goto(link)
    await fits(at_home)
    await at_home.get_by_role("button", name="Sign in").click()
    await expect(at_home.get_by_text("Bob", exact=True).first).to_be_visible()
    await at_home.goto(link)
    await expect(at_home.get_by_text("You are already here as Bob.")).to_be_visible()
    await fits(at_home)
