"""Questions with blanks in the room: a labelled field for each, without a script, too."""

import re
from html import unescape
from typing import Any

import pytest

from bot.domain.drafts import ParsedDocument
from bot.services.banks.storing import import_document
from tests.adapters.stages.questions import BLANKS, SHORT
from tests.adapters.web.test_answering_kinds import article, ask_daily
from tests.adapters.web.test_study import ask

OpenRoom = Any  # the fixture's class: test folders aren't packages

NO_ENTER = '<input type="submit" hidden disabled>'


@pytest.fixture
async def room(room: OpenRoom) -> OpenRoom:
    """The room, with a question that has two blanks."""
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(BLANKS, SHORT)), bank="kinds")
    return room


def fields(page: str, round_id: int) -> dict[str, str]:
    """What stands in a question's fields, by their labels."""
    found = article(page, round_id)
    values = dict(re.findall(r'<input type="text" id="([^"]+)" name="typed" value="([^"]*)"', found))
    labels = re.findall(r'<label for="([^"]+)">([^<]+)</label>', found)
    return {unescape(label): unescape(values[element]) for element, label in labels}


async def test_each_blank_has_a_field_that_holds_the_own_text(room: OpenRoom) -> None:
    round_ = await ask_daily(room, "gaps")
    ada, bob = await room.person("Ada"), await room.person("Bob")
    assert "<code>____</code> (1) is the share" in article(ada.page, round_.id)
    assert fields(ada.page, round_.id) == {"Blank 1": "", "Blank 2": ""}
    await ada.types(round_.id, '<i>"recall"</i>', "")
    assert fields(ada.page, round_.id) == {"Blank 1": '<i>"recall"</i>', "Blank 2": ""}
    assert "<i>" not in article(ada.page, round_.id)
    await ada.types(round_.id, "recall", "accuracy")
    assert "Changed to (1) recall, (2) accuracy." in ada.text
    await bob.get()
    assert fields(bob.page, round_.id) == {"Blank 1": "", "Blank 2": ""}


async def test_enter_does_not_send_half_an_answer(room: OpenRoom) -> None:
    """Browsers press the first button of a form at Enter, unless that is disabled."""
    several, one = await ask(room, "gaps"), await ask(room, "words")
    ada = await room.person("Ada")
    assert NO_ENTER in article(ada.page, several.id).split("<label")[0]
    assert NO_ENTER not in article(ada.page, one.id)


async def test_forged_fields_change_nothing_and_are_refused_kindly(room: OpenRoom) -> None:
    round_ = await ask_daily(room, "gaps")
    ada = await room.person("Ada")
    await ada.types(round_.id, "recall", "precision")
    for texts, status, said in (
        (["x"], 200, "doesn't fit the question's blanks"),
        (["x"] * 3, 200, "doesn't fit the question's blanks"),
        (["x"] * 6, 400, "This page is out of date."),
        (["x", "y" * 301], 400, "That is too long for the field"),
    ):
        assert (await ada.types(round_.id, *texts)).status == status
        assert said in ada.text
    await ada.answer(round_.id, 0)
    assert fields(ada.page, round_.id) == {"Blank 1": "recall", "Blank 2": "precision"}


async def test_what_was_refused_is_there_again_with_the_reason_beside_it(room: OpenRoom) -> None:
    round_ = await ask(room, "gaps")
    ada = await room.person("Ada")
    await ada.types(round_.id, " ", "")
    assert article(ada.page, round_.id).count('aria-invalid="true"') == 2
    assert "Please type an answer first." in ada.text
    await ada.types(round_.id, "recall", "")
    assert 'aria-invalid="true"' not in article(ada.page, round_.id)
