"""A question's picture in the room: seen by members, kept by browsers, and in words for whoever can't see it."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.images import ChoicePicture, Image, image_file
from bot.services.banks.storing import import_document
from bot.services.leagues.spaces import ensure_space
from bot.services.rounds.closing import close_round
from tests.pictures import png

OpenRoom = Any  # the fixture's class: test folders aren't packages

PICTURED = QuestionDraft(
    line=1,
    stem="Which is it?",
    choices=("A queue", "A topic"),
    key=(0,),
    image=image_file(png()),
    image_alt='A "black" <b>box</b> & an arrow',
)
IN_HTML = "A &#34;black&#34; &lt;b&gt;box&lt;/b&gt; &amp; an arrow"


@pytest.fixture
async def asked(room: OpenRoom) -> Any:
    """A member's page after a question with a picture was asked."""
    questions = (replace(PICTURED, topic="drawn"),)
    await import_document(room.app, ParsedDocument(format="quizbot", questions=questions), bank="drawn")
    ada = await room.person("Ada")
    await ada.say("/quiz drawn")
    await room.deliver()
    await ada.get()
    return ada


def address(page: str) -> str:
    """Where the page's one picture is."""
    (found,) = re.findall(r'<img class="picture" src="([^"]+)"', page)
    return str(found)


async def test_a_picture_stands_in_its_question_with_its_words(asked: Any) -> None:
    assert f'alt="{IN_HTML}"' in asked.page
    assert "black" not in asked.text, "the words stand for the picture, not beside it"


async def test_a_member_gets_the_picture_and_may_keep_it(asked: Any) -> None:
    response = await asked.get(address(asked.page))
    assert (response.status, response.content_type, await response.read()) == (200, "image/png", png())
    assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_whoever_has_not_joined_gets_no_picture(room: OpenRoom, asked: Any) -> None:
    response = await (await room.person()).get(address(asked.page))
    assert (response.url.path, response.content_type) == ("/", "text/html")


async def test_the_closed_question_keeps_its_picture_and_the_result_does_not_repeat_it(
    room: OpenRoom, asked: Any
) -> None:
    await close_round(room.app, (await room.rounds())[-1])
    await room.deliver()
    await asked.get()
    assert "Right answer" in asked.text
    assert address(asked.page)


async def test_an_unknown_picture_is_a_page_that_says_so(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    for digest in ("0" * 64, "nothing", "..%2fadapter.py"):
        assert (await ada.get(f"/images/{digest}")).status == 404


async def test_nobody_learns_that_another_space_has_a_picture(room: OpenRoom, tmp_path: Path) -> None:
    """Whoever has the file knows its digest: an exam's figure, for instance."""
    there = await ensure_space(room.app, "discord", "1", "There", "UTC")
    stems, choices = image_file(png(3)), image_file(png(4))
    picture = ChoicePicture(image=Image(digest=choices.digest, media_type="image/png", alt=""), file=choices)
    pictured = replace(PICTURED, image=stems, choice_pictures=(picture, None))
    document = ParsedDocument(format="quizbot", questions=(pictured,))
    ada = await room.person("Ada")
    addresses = [f"/images/{one.digest}" for one in (stems, choices)]
    await import_document(room.app, document, bank="theirs", space_id=there.id)
    assert [(await ada.get(one)).status for one in addresses] == [404, 404]
    await import_document(room.app, document, bank="ours", space_id=await room.space_id())
    assert [(await ada.get(one)).status for one in addresses] == [200, 200]
    await ada.say("/quiz")
    with closing(sqlite3.connect(tmp_path / "quizbot.db")) as database:  # as if the league had shared the question
        database.execute("UPDATE banks SET space_id = ? WHERE name = 'ours'", (there.id,))
        database.execute("UPDATE posts SET image = NULL")
        database.commit()
    assert [(await ada.get(one)).status for one in addresses] == [200, 200]


async def test_a_bank_that_is_sent_without_its_pictures_says_which_are_missing(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    bank = """\
format: quizbot-bank/1
questions:
  - stem: Which is it?
    image: pictures/box.png
    image_alt: A box
    choices: [{text: A queue, right: true}, {text: A topic}]
"""
    await ada.post("/import", {"text": bank})
    assert "Its picture “pictures/box.png” didn't come with the file" in ada.text
    assert "0 ready, 1 needs you" in ada.text
