"""Menus on the room's page: labelled, filled in with what stands or was refused, and read whatever comes back."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from adapters.web import inbound
from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadInput
from bot.domain.responses import Row
from bot.services.banks.storing import import_document
from bot.testing import matching
from tests.adapters.stages.questions import LONG_ORDER, ORDER
from tests.adapters.web.test_answering_kinds import article, ask_daily
from tests.adapters.web.test_study import ask

OpenRoom = Any  # the fixture's class: test folders aren't packages

TRICKY = replace(matching("Which?", ("a `<b>` & c", "**1**"), ("d", "<script>"), distractors=["*2*"]), topic="tricky")


@pytest.fixture
async def room(room: OpenRoom) -> OpenRoom:
    """The room, with a bank of such questions."""
    document = ParsedDocument(format="quizbot", questions=(ORDER, LONG_ORDER, TRICKY))
    await import_document(room.app, document, bank="rows")
    return room


def menus(page: str, round_id: int) -> list[dict[str, Any]]:
    """A question's menus: their labels, and their options with the one that is picked."""
    menu = r'<label for="([^"]+)"[^>]*>(.*?)</label>\s*<select id="\1"([^>]*)>(.*?)</select>'
    found = re.findall(menu, article(page, round_id), re.DOTALL)
    return [
        {
            "label": label,
            "attributes": attributes,
            "options": [unescape(text) for text in re.findall(r"<option[^>]*>(.*?)</option>", options)],
            "picked": re.findall(r'value="(\d*)" selected', options),
        }
        for _id, label, attributes, options in found
    ]


async def test_each_row_has_a_labelled_menu_with_nothing_picked(room: OpenRoom) -> None:
    round_ = await ask(room, "units")
    ada = await room.person("Ada")
    there = menus(ada.page, round_.id)
    assert [menu["label"] for menu in there] == ["Position 1", "Position 2", "Position 3"]
    assert all(menu["picked"] == [] and menu["options"][0] == "Choose a letter" for menu in there)
    assert all('autocomplete="off"' in menu["attributes"] for menu in there)


async def test_texts_in_menus_lose_their_markup_and_are_escaped(room: OpenRoom) -> None:
    round_ = await ask(room, "tricky")
    ada = await room.person("Ada")
    there = menus(ada.page, round_.id)
    assert there[0]["label"] == "1. a <code>&lt;b&gt;</code> &amp; c"
    assert {text[3:] for text in there[0]["options"][1:]} == {"1", "<script>", "2"}
    assert "<script>" not in article(ada.page, round_.id)


async def test_what_was_picked_stands_there_again_also_after_a_refusal(room: OpenRoom) -> None:
    round_ = await ask_daily(room, "units")
    ada = await room.person("Ada")
    await ada.picks(round_.id, "1", "0", "2")
    await ada.get()
    assert [menu["picked"] for menu in menus(ada.page, round_.id)] == [["1"], ["0"], ["2"]]
    await ada.picks(round_.id, "1", "1", "")
    assert "a letter is in it twice" in article(ada.page, round_.id)
    there = menus(ada.page, round_.id)
    assert [menu["picked"] for menu in there] == [["1"], ["1"], []]
    assert all('aria-invalid="true"' in menu["attributes"] for menu in there)
    await ada.picks(round_.id, "", "", "")
    assert "Taken back" in ada.text
    assert [menu["picked"] for menu in menus(ada.page, round_.id)] == [[], [], []]


async def test_where_the_first_answer_counts_the_menus_offer_only_that(room: OpenRoom) -> None:
    round_ = await ask(room, "units")
    ada = await room.person("Ada")
    await ada.picks(round_.id, "0", "1", "2")
    assert [len(menu["options"]) for menu in menus(ada.page, round_.id)] == [1, 1, 1]


async def test_many_items_have_their_letters_above_a_field(room: OpenRoom) -> None:
    round_ = await ask(room, "prefixes")
    ada = await room.person("Ada")
    there = article(ada.page, round_.id)
    assert all(item in there for item in LONG_ORDER.choices)
    assert "The letters in the right order" in there
    assert "<select" not in there


def test_picks_come_from_the_form_in_its_order() -> None:
    assert inbound.row(["2", "", "0"]) == Row((2, None, 0))


@pytest.mark.parametrize("values", [["0"] * 6, ["x"], ["-1"], ["1000"], ["٣"], [" 1"]])
def test_more_menus_than_any_page_has_or_what_is_no_position_is_refused(values: list[str]) -> None:
    with pytest.raises(BadInput, match="out of date"):
        inbound.row(values)
