"""Pictures to choose from: on a phone, in the dark, by keyboard, without JavaScript, and told in words."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from playwright.async_api import expect

from adapters.web.room import CHANNEL
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.images import choice_picture, image_file
from bot.domain.rounds import Reveal
from bot.domain.series import Timetable
from bot.services.banks.storing import import_document
from bot.services.series.series import add_series, ask_in_series_now
from tests.e2e.pages import CONTRASTS, messages, say
from tests.pictures import png

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser lives

LiveRoom = Any  # the fixture's class: test folders aren't packages

WORDS = ("Two lines that part", "Two lines that fall", "A cloud of dots")
PICTURES = tuple(
    choice_picture(file, alt, alone=alt != WORDS[2])
    for shade, alt in enumerate(WORDS)
    if (file := image_file(png(60 + shade * 60, width=1_200, height=600)))
)
CURVES = QuestionDraft(
    line=1,
    stem="Which one shows overfitting?",
    choices=(*WORDS[:2], "Just noise"),
    choice_pictures=PICTURES,
    key=(0,),
    topic="curves",
)
FITS = "() => document.documentElement.scrollWidth <= innerWidth"
SHOWN = (
    "async e => { await e.decode(); return e.width > 50 && e.height <= 192 && Math.abs(e.width / e.height - 2) < .1; }"
)


async def named(question: Any) -> dict[str, Any]:
    """The buttons of a question by their accessible names without the letter."""
    found = {}
    for button in await question.get_by_role("button").all():
        for words in (WORDS[0], WORDS[1], f"Just noise {WORDS[2]}"):
            letter = (await button.inner_text()).strip()
            if await question.get_by_role("button", name=f"{letter} {words}", exact=True).count():
                found[words] = question.get_by_role("button", name=f"{letter} {words}", exact=True)
    return found


async def test_pictures_are_chosen_on_a_phone_by_their_words_and_stand_in_the_result(room: LiveRoom) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(CURVES,)), bank="curves")
    ada = await room.player("Ada", viewport={"width": 320, "height": 640}, color_scheme="dark")
    bob = await room.player("Bob", java_script_enabled=False)
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    series = await add_series(
        room.app, space, CHANNEL, Timetable(at=time(9), zone="UTC"), topic="curves", reveal=Reveal.AT_CLOSE
    )
    await ask_in_series_now(room.app, series.id)
    question = messages(ada).filter(has_text=CURVES.stem)
    await expect(question.get_by_role("img")).to_have_count(3)
    for picture in await question.get_by_role("img").all():
        assert await picture.evaluate(SHOWN)
    assert await ada.evaluate(FITS)
    assert await ada.evaluate(CONTRASTS) == []
    buttons = await named(question)
    assert set(buttons) == {WORDS[0], WORDS[1], f"Just noise {WORDS[2]}"}

    await question.get_by_role("img", name=WORDS[1]).click()
    await expect(buttons[WORDS[1]]).to_have_attribute("aria-pressed", "true")
    await buttons[WORDS[0]].focus()
    await ada.keyboard.press("Enter")
    await expect(buttons[WORDS[0]]).to_have_attribute("aria-pressed", "true")
    await expect(question.get_by_text("Changed to")).to_be_visible()

    await bob.reload()
    asked = messages(bob).filter(has_text=CURVES.stem)
    await (await named(asked))[WORDS[0]].click()
    await expect(messages(bob).filter(has_text=CURVES.stem).get_by_text("Saved")).to_be_visible()

    await ask_in_series_now(room.app, series.id)
    result = messages(ada).filter(has_text="Result of this question")
    await expect(result.get_by_role("img")).to_have_count(3)
    assert await result.get_by_role("img", name=WORDS[0]).evaluate(SHOWN)
    assert await ada.evaluate(FITS)
    assert await ada.evaluate(CONTRASTS) == []


async def test_boxes_are_named_by_letter_text_and_picture(room: LiveRoom) -> None:
    two = replace(CURVES, key=(0, 2), select=2)
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(two,)), bank="curves")
    ada = await room.player("Ada", viewport={"width": 320, "height": 640})
    await say(ada, "/quiz curves")
    question = messages(ada).filter(has_text=CURVES.stem)
    await question.get_by_role("img", name=WORDS[0]).click()
    await question.get_by_role("checkbox", name=f"Just noise {WORDS[2]}").check()
    assert await ada.evaluate(FITS)
    await question.get_by_role("button", name="Answer").click()
    await expect(question.get_by_text("all right! 10 points.")).to_be_visible()
