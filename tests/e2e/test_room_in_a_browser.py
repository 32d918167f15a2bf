"""The main job, in a real browser: two people meet a question, answer, see how it went, and go on."""

import re
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from adapters.web.hub import Counted, Missed
from adapters.web.room import CHANNEL
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.identity import RoundId
from bot.domain.images import image_file
from bot.domain.rounds import Reveal
from bot.domain.series import Timetable
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from bot.services.series.series import add_series, ask_in_series_now
from tests.adapters.stages.questions import NUMBER, SHORT
from tests.e2e.pages import CONTRASTS, choice, key_of, messages, say
from tests.pictures import png

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

LiveRoom = Any  # the fixture's class: test folders aren't packages

DUMP = """\
1. Which of these came from the file?
A. This very question
B. Something else
C. Nothing at all
D. All of it
Answer: A
"""


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "our-dump.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


async def test_two_people_play(room: LiveRoom, dump: Path) -> None:
    ada, bob = await room.player("Ada"), await room.player("Bob")
    await expect(messages(ada)).to_have_count(1)
    right = await room.letter_of_the_right_one(ada)
    wrong = "B" if right != "B" else "C"

    row = messages(ada).first.locator("li", has_text="The right one")
    stood = await row.evaluate("row => row.getBoundingClientRect().top")
    await choice(ada, right).click()
    await expect(messages(ada).first.get_by_text(f"{right} is right! 10 points.")).to_be_visible()
    await expect(row).to_be_focused()
    assert abs(await row.evaluate("row => row.getBoundingClientRect().top") - stood) <= 2, "it stays where it was"
    await expect(messages(ada).first.get_by_role("button", name=re.compile("^[A-D] "))).to_have_count(0)
    await expect(ada.locator("#spoken")).to_have_text(f"{right} is right! 10 points.")  # without its sign
    await expect(ada.get_by_text(re.compile("^Next question "))).to_be_visible()
    await expect(bob.get_by_text("1 answered.")).to_be_visible()
    await expect(bob.get_by_text("Only you can see this")).to_have_count(0)
    await choice(bob, wrong).click()
    await expect(messages(bob).first.get_by_text(f"It's {right}, The right one.")).to_be_visible()
    await expect(ada.get_by_text("2 answered.")).to_be_visible()
    await expect(ada.get_by_text("isn't it")).to_have_count(0)

    await say(ada, "/daily now")
    for page in (ada, bob):
        result = messages(page).filter(has_text=f"Right answer: {right}")
        await expect(result).not_to_contain_text("Because it says so.")  # that stands at the question
        await expect(result.get_by_text("1 (50%)")).to_have_count(2)
        await expect(result.get_by_role("row", name=re.compile("1 Ada 10"))).to_be_visible()
        await expect(messages(page).first).to_contain_text("Because it says so.")
        await expect(messages(page)).to_have_count(3)

    await say(bob, "/quiz")
    for page in (ada, bob):
        await expect(messages(page).filter(has_text="Quick question")).to_have_count(1)

    await ada.get_by_role("link", name="Import").click()
    await ada.get_by_label("A file").set_input_files(dump)
    await ada.get_by_role("button", name="Show what it holds").click()
    await expect(ada.get_by_text("This very question")).to_be_visible()
    await ada.get_by_role("button", name="Store in “our-dump”").first.click()
    await expect(ada.get_by_text("Imported into “our-dump”")).to_be_visible()
    await say(ada, "/quiz")
    await expect(messages(bob).last).to_contain_text("Which of these came from the file?")
    await expect(bob.get_by_text("Imported into")).to_have_count(0)

    await bob.get_by_role("navigation").get_by_role("link", name="Standings").click()
    await expect(bob.get_by_role("row", name=re.compile("1 Ada 10"))).to_be_visible()


async def test_everything_works_without_javascript(room: LiveRoom) -> None:
    ada = await room.player("Ada", java_script_enabled=False)
    right = await room.letter_of_the_right_one(ada)
    await choice(ada, right).click()
    await expect(ada.get_by_text(f"{right} is right!")).to_be_visible()
    await ada.get_by_role("button", name="/help").click()
    await expect(ada.get_by_text("What you can type")).to_be_visible()
    await say(ada, "/daily now")
    await expect(ada.get_by_text("This week so far")).to_be_visible()
    bob = await room.player("Bob")
    await say(bob, "/quiz")
    await expect(messages(bob).filter(has_text="Quick question")).to_have_count(1)
    await ada.get_by_role("link", name="Refresh").click()
    await expect(ada.get_by_text("Quick question")).to_be_visible()
    await ada.get_by_role("link", name="Import").click()
    await ada.get_by_label("paste").fill(DUMP)
    await ada.get_by_role("button", name="Show what it holds").click()
    await ada.get_by_role("button", name="Store in").first.click()
    await expect(ada.get_by_text("Imported into")).to_be_visible()


async def test_everything_works_with_the_keyboard_alone(room: LiveRoom) -> None:
    ada = await room.visitor()
    await ada.keyboard.type("Ada")
    await ada.keyboard.press("Enter")
    await ada.get_by_role("log").wait_for()
    await ada.keyboard.press("Tab")
    skip = ada.get_by_role("link", name="Skip to the newest question")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await ada.keyboard.press("Enter")
    await expect(skip).not_to_be_focused()  # a browser moves the focus with the next frame: Tab goes on from there
    await ada.keyboard.press("Tab")
    await expect(choice(ada, "A")).to_be_focused()
    await ada.keyboard.press("Tab")
    await ada.keyboard.press("Space")
    await expect(messages(ada).first.locator("li", has_text="your answer")).to_be_focused()
    await expect(ada.get_by_text("Only you can see this")).to_be_visible()
    await ada.get_by_label("Message").focus()
    await ada.keyboard.type("/quiz")
    await ada.keyboard.press("Enter")
    await expect(messages(ada)).to_have_count(2)
    await expect(ada.get_by_label("Message")).to_be_focused()
    await expect(ada.get_by_label("Message")).to_have_value("")


async def test_a_screen_reader_finds_its_way_and_hears_what_is_new(room: LiveRoom) -> None:
    ada = await room.player("Ada")
    for landmark in ("banner", "main", "navigation"):
        await expect(ada.get_by_role(landmark)).to_have_count(1)
    await expect(ada.get_by_role("heading", level=1)).to_have_count(1)
    await expect(ada.locator("#spoken")).to_have_attribute("aria-live", "polite")
    await expect(choice(ada, "A")).to_have_accessible_name(re.compile("^A .* one$"))
    unnamed = "els => els.filter(e => !(e.labels?.length || e.ariaLabel || e.textContent.trim())).length"
    fields = ada.locator("button, select, textarea, input:not([type=hidden])")
    assert await fields.evaluate_all(unnamed) == 0
    # What is there already keeps its element, so that only what is new is spoken.
    await messages(ada).first.evaluate("element => { element.known = true }")
    await say(ada, "/quiz")
    await expect(messages(ada)).to_have_count(2)
    assert await messages(ada).first.evaluate("element => element.known")
    await expect(ada.locator("#spoken")).to_contain_text("Quick question")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_a_small_phone_and_can_be_read(room: LiveRoom, scheme: str) -> None:
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, color_scheme=scheme)
    await choice(ada, "A").click()
    await expect(ada.get_by_text("Only you can see this")).to_be_visible()
    await say(ada, "/daily now")
    await expect(messages(ada)).to_have_count(3)
    for path in ("/", "/standings", "/import"):
        await ada.goto(room.address + path)
        assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
        assert await ada.evaluate(CONTRASTS) == []


async def test_what_was_missed_while_away_is_there_again(room: LiveRoom) -> None:
    ada, bob = await room.player("Ada"), await room.player("Bob")
    await room.listening(2)  # a stream that the server doesn't know of yet can't be cut off
    await bob.context.set_offline(True)
    room.adapter.hub.dismiss("bob")
    await expect(bob.get_by_role("status")).to_contain_text("can't be reached")
    await say(ada, "/quiz")
    await expect(messages(ada)).to_have_count(2)
    await bob.context.set_offline(False)
    await expect(messages(bob)).to_have_count(2)
    await expect(bob.get_by_role("status")).to_be_empty()
    room.problems.clear()  # the browser's own word that it was offline


async def test_messages_come_once_and_a_tab_that_nobody_looks_at_says_in_its_title_that_a_question_came(
    room: LiveRoom,
) -> None:
    ada, bob = await room.player("Ada"), await room.player("Bob")
    fetched: list[str] = []
    bob.on("request", lambda request: fetched.append(request.url.removeprefix(room.address)))
    await bob.reload()
    await expect(bob.get_by_role("link", name="Question of the day")).to_contain_text("Answer it")
    await bob.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    await say(ada, "/quiz")
    await expect(messages(bob)).to_have_count(2)
    await expect(bob).to_have_title("● New question · #study · Study room")
    await bob.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    await expect(bob).to_have_title("#study · Study room")
    assert not [path for path in fetched if path.startswith("/transcript")]


async def test_a_page_much_zoomed_shows_more_of_a_question_than_of_what_is_around_it(room: LiveRoom) -> None:
    ada = await room.player("Ada", viewport={"width": 320, "height": 256})
    await choice(ada, "A").scroll_into_view_if_needed()
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    shown = "y => document.elementFromPoint(160, y)?.closest('.message') != null"
    assert all([await ada.evaluate(shown, y) for y in (20, 128, 236)])


async def test_many_tabs_stay_up_to_date(room: LiveRoom) -> None:
    ada = await room.player("Ada")
    tabs = [await ada.context.new_page() for _ in range(8)]
    for tab in tabs:
        await tab.goto(room.address)
    await say(ada, "/quiz")
    for tab in tabs:
        await expect(messages(tab)).to_have_count(2)


async def test_a_picture_is_shown_in_words_too_and_pushes_nobody_from_the_end(room: LiveRoom) -> None:
    drawn = QuestionDraft(
        line=1,
        stem="What stands in the diagram?",
        choices=("A queue", "A topic"),
        key=(0,),
        topic="drawn",
        image=image_file(png(200, width=800, height=400)),
        image_alt="Three boxes in a row",
    )
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(drawn,)), bank="drawn")
    ada = await room.player("Ada", viewport={"width": 390, "height": 700})
    await say(ada, "/quiz drawn")
    picture = ada.get_by_role("img", name="Three boxes in a row")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("async e => { await e.decode(); return [e.naturalWidth, e.naturalHeight]; }") == [
        800,
        400,
    ]
    assert await picture.evaluate("e => e.width <= innerWidth && Math.abs(e.width / e.height - 2) < .1")
    assert await ada.evaluate(COMES_TO_THE_END)


async def test_answers_are_typed_from_the_question_to_the_reveal(room: LiveRoom) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(NUMBER, SHORT)), bank="typed")
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, color_scheme="dark")
    bob = await room.player("Bob", java_script_enabled=False)
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    timetable = Timetable(at=time(9), zone="UTC")
    series = await add_series(room.app, space, CHANNEL, timetable, topic="numbers", reveal=Reveal.AT_CLOSE)
    await ask_in_series_now(room.app, series.id)
    question = messages(ada).filter(has_text=NUMBER.stem)
    number = question.get_by_label("Your answer in bits")
    await expect(number).to_be_visible()
    await ada.evaluate("window.loadedOnce = true")

    await ada.get_by_label("Message").focus()
    await ada.keyboard.press("Shift+Tab")
    await expect(question.get_by_role("button", name="Answer")).to_be_focused()
    await ada.keyboard.press("Shift+Tab")
    await ada.keyboard.type("three")
    await ada.keyboard.press("Enter")
    await expect(question.get_by_text("I can't read that as a number")).to_have_count(1)
    await expect(number).to_be_focused()
    await expect(number).to_have_value("three")
    await expect(number).to_have_attribute("aria-invalid", "true")
    assert await ada.evaluate(CONTRASTS) == []
    await number.fill("5,0")
    await ada.keyboard.press("Enter")
    await expect(question.locator("form + .receipt")).to_contain_text("Saved: 5 (you typed 5,0)")
    await expect(ada.locator("#spoken").get_by_text("Saved: 5")).to_have_count(1)
    await expect(question.get_by_text("can't read")).to_have_count(0)
    await expect(number).to_be_focused()

    tab = await ada.context.new_page()
    await tab.goto(room.address)
    await tab.get_by_label("Your answer in bits").fill("6")
    await tab.keyboard.press("Enter")
    await expect(number).to_have_value("6")  # what was sent follows the answer that stands
    await tab.close()

    await number.fill("4,0")
    await bob.reload()
    await bob.get_by_label("Your answer in bits").fill("8")
    await bob.keyboard.press("Enter")
    await expect(bob.get_by_text("Saved: 8.")).to_be_visible()
    await expect(question.get_by_text("2 answered.")).to_be_visible()
    room.adapter.hub.publish(Missed())
    room.adapter.hub.publish(Counted(await key_of(question), 99))
    await expect(question.get_by_text("99 answered.")).to_be_visible()
    await expect(number).to_have_value("4,0")  # what isn't sent yet outlasts whatever the page is told
    await question.get_by_role("button", name="Answer").click()
    await expect(question.get_by_text("Changed to 4 (you typed 4,0)")).to_be_visible()

    await say(ada, "/quiz words")
    asked = messages(ada).filter(has_text="What is the opposite of")
    short = asked.get_by_label("Your answer", exact=True)
    await short.fill("underfiting")
    await short.press("Enter")
    await expect(asked.get_by_text("is right! 10 points.")).to_be_visible()
    await expect(short).not_to_be_editable()
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    for one in (question, asked):
        await close_round(room.app, RoundId(int((await key_of(one)).removeprefix("q"))))
    await expect(messages(ada).filter(has_text="Right answer: 4 bits")).to_contain_text("1 (50%)")
    await expect(messages(ada).filter(has_text="Right answer: underfitting")).to_contain_text("1 (100%)")
    assert await ada.evaluate("document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []
    assert await ada.evaluate("window.loadedOnce")


COMES_TO_THE_END = """() => new Promise((tell) => {
  const until = performance.now() + 5000;
  const look = () => {
    const there = innerHeight + scrollY >= document.documentElement.scrollHeight - 5;
    if (there || performance.now() > until) tell(there); else requestAnimationFrame(look);
  };
  setTimeout(look, 500);
})"""
"""Whether the page scrolls to its end, and is there half a second later, when no scrolling is under way any more."""
