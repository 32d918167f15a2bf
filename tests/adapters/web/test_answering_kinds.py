"""Questions that aren't answered by a letter: with a word that is a button, or by typing into fields."""

import re
from datetime import time
from html import unescape
from typing import Any

import pytest

from bot.domain.drafts import ParsedDocument
from bot.domain.identity import Member
from bot.domain.rounds import Reveal
from bot.domain.series import Options, Timetable
from bot.domain.views import LONGEST_TYPED
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from bot.services.series.series import add_series, ask_in_series_now
from tests.adapters.stages.questions import NUMBER, SHORT, STATEMENT
from tests.adapters.web.test_study import ask

OpenRoom = Any  # the fixture's class: test folders aren't packages


@pytest.fixture
async def room(room: OpenRoom) -> OpenRoom:
    """The room, with a bank of such questions."""
    document = ParsedDocument(format="quizbot", questions=(STATEMENT, NUMBER, SHORT))
    await import_document(room.app, document, bank="kinds")
    return room


def article(page: str, round_id: int) -> str:
    """The message that asks a round's question, as the page has it."""
    found = re.search(rf'<article[^>]+id="m-q{round_id}".*?</article>', page, re.DOTALL)
    assert found
    return found[0]


async def close(room: OpenRoom, round_id: int) -> None:
    """Close a round, and show everybody its result."""
    await close_round(room.app, round_id)
    await room.deliver()


async def test_true_and_false_are_buttons_that_say_so(room: OpenRoom) -> None:
    round_ = await ask(room, "statements")
    ada = await room.person("Ada")
    words = r'<button class="word"[^>]+aria-pressed="(\w+)"[^>]*>(\w+)</button>'
    assert re.findall(words, article(ada.page, round_.id)) == [("false", "True"), ("false", "False")]
    await ada.answer(round_.id, 1)
    assert "False is right! 10 points." in ada.text
    assert re.findall(words, article(ada.page, round_.id)) == []
    assert re.search(r"True\s+False ✓ right your answer", ada.text)
    assert 'class="letter"' not in article(ada.page, round_.id)


async def test_the_close_says_in_words_what_was_true(room: OpenRoom) -> None:
    round_ = await ask(room, "statements")
    ada = await room.person("Ada")
    await ada.answer(round_.id, 0)
    await close(room, round_.id)
    await ada.get()
    result = ada.text.split("Result of this question")[-1]
    assert "Right answer: False" in result
    assert "True ✗ wrong your answer 1 (100%)" in result
    assert "False ✓ right 0 (0%)" in result


async def ask_daily(room: OpenRoom, topic: str, *, cards: bool = False) -> Any:
    """A question whose answer may be changed until it closes."""
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    timetable = Timetable(at=time(9), zone="UTC")
    options: Options = {"topic": topic, "reveal": Reveal.AT_CLOSE, "cards": cards}
    series = await add_series(room.app, space, "study", timetable, **options)
    return await ask_in_series_now(room.app, series.id)


def field(page: str, round_id: int) -> dict[str, str]:
    """The attributes of a question's one field."""
    (found,) = re.findall(r'<input type="text"([^>]*)>', article(page, round_id))
    return {name: unescape(value) for name, value in re.findall(r'([\w-]+)(?:="([^"]*)")?', found)}


async def test_a_number_is_typed_into_a_field_that_says_what_it_takes(room: OpenRoom) -> None:
    round_ = await ask(room, "numbers")
    ada = await room.person("Ada")
    there = field(ada.page, round_.id)
    assert f'<label for="{there["id"]}">Your answer in bits</label>' in ada.page
    assert there["inputmode"] == "decimal"
    assert there["dir"] == "auto"
    assert int(there["maxlength"]) <= LONGEST_TYPED
    assert [there[one] for one in ("autocomplete", "autocapitalize", "spellcheck")] == ["off", "off", "false"]
    await ada.types(round_.id, "4,0")
    assert "4 (you typed 4,0) is right! 10 points." in ada.text


async def test_the_own_text_stands_in_its_field_also_after_a_reload(room: OpenRoom) -> None:
    round_ = await ask(room, "words")
    ada, bob = await room.person("Ada"), await room.person("Bob")
    assert "inputmode" not in field(ada.page, round_.id)
    assert "readonly" not in field(ada.page, round_.id)
    await ada.types(round_.id, '<b>Quokka</b> "&amp;')
    await ada.get()
    await bob.get()
    assert field(ada.page, round_.id)["value"] == '<b>Quokka</b> "&amp;'
    assert "readonly" in field(ada.page, round_.id)
    assert "<b>Quokka" not in ada.page
    assert field(bob.page, round_.id)["value"] == ""
    assert "Quokka" not in bob.page


async def test_what_was_refused_is_there_again_with_the_reason_beside_it(room: OpenRoom) -> None:
    round_ = await ask_daily(room, "numbers")
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.types(round_.id, "5")
    await ada.types(round_.id, 'about "three"')
    there = field(ada.page, round_.id)
    assert there["value"] == 'about "three"'
    assert there["aria-invalid"] == "true"
    reason = re.search(rf'<p class="problem" id="{there["aria-describedby"]}">(.*?)</p>', ada.page)
    assert reason
    assert "can't read that as a number" in unescape(reason[1])
    assert "Saved: 5." in ada.text
    await bob.get()
    assert "aria-invalid" not in field(bob.page, round_.id)
    await ada.types(round_.id, "6")
    assert field(ada.page, round_.id)["value"] == "6"
    assert "aria-invalid" not in field(ada.page, round_.id)
    assert "can't read that" not in unescape(ada.page)


async def test_an_answer_is_changed_and_an_empty_field_takes_it_back(room: OpenRoom) -> None:
    round_ = await ask_daily(room, "words")
    ada = await room.person("Ada")
    await ada.types(round_.id, "Dropout")
    await ada.types(round_.id, "Underfitting")
    assert "Changed to Underfitting." in ada.text
    await ada.types(round_.id, "  ")
    assert "Taken back" in ada.text
    assert field(ada.page, round_.id)["value"] == ""


async def test_nothing_typed_is_no_answer_where_the_first_one_counts(room: OpenRoom) -> None:
    round_ = await ask(room, "words")
    ada = await room.person("Ada")
    await ada.types(round_.id, " ")
    assert "Please type an answer first." in ada.text
    await ada.types(round_.id, "Underfitting")
    assert "is right!" in ada.text
    await ada.types(round_.id, "Dropout")
    assert "Your first answer stands." in ada.text
    assert field(ada.page, round_.id)["value"] == "Underfitting"


async def test_the_close_shows_what_was_accepted_and_the_common_wrong_answers(room: OpenRoom) -> None:
    round_ = await ask(room, "words")
    for name, text in (("Ada", "Underfitting"), ("Bob", "Dropout"), ("Cy", "dropout"), ("Di", "<i>Bagging</i>")):
        await (await room.person(name)).types(round_.id, text)
    await close(room, round_.id)
    eve = await room.person("Eve")
    result = eve.text.split("Result of this question")[-1]
    assert "Right answer: underfitting or high bias" in result
    assert re.search(r"underfitting ✓ right\s+1 \(25%\)", result)
    assert re.search(r"Dropout ✗ wrong\s+2 \(50%\)", result)
    assert "<i>Bagging" not in eve.page
    assert "<input" not in article(eve.page, round_.id)


async def test_forged_fields_change_nothing_and_are_refused_kindly(room: OpenRoom) -> None:
    number, choice = await ask_daily(room, "numbers"), await ask_daily(room, "statements")
    ada = await room.person("Ada")
    await ada.types(number.id, "5")
    for texts, status, said in (
        (["4"] * 6, 400, "This page is out of date."),
        (["9" * (LONGEST_TYPED + 1)], 400, "That is too long for the field"),
        (["9" * LONGEST_TYPED], 200, "80 characters are the most."),
        (["4", "4"], 200, "Please type an answer first."),
        ([], 200, "Please type an answer first."),
    ):
        assert (await ada.types(number.id, *texts)).status == status
        assert said in ada.text
    await ada.answer(number.id, 0)
    assert field(ada.page, number.id)["value"] == "5"
    await ada.types(choice.id, "True")
    assert 'aria-pressed="true"' not in article(ada.page, choice.id)


async def test_nobody_types_into_the_private_question_of_somebody_else(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    member = Member(space_id=await room.space_id(), external_id="ada", name="Ada")
    round_ = await ask(room, "numbers", private_to=member)
    for text in ("4", "about three"):
        assert (await bob.types(round_.id, text)).status == 404
    await ada.get()
    assert field(ada.page, round_.id)["value"] == ""
    assert "aria-invalid" not in field(ada.page, round_.id)


async def test_a_refusal_comes_to_the_script_inside_the_message(room: OpenRoom) -> None:
    round_ = await ask(room, "numbers")
    ada = await room.person("Ada")
    response = await ada.types(round_.id, "three", headers={"Quizbot-Fragment": "1"})
    html = await response.text()
    assert response.status == 200
    assert html.count("<article") == 1
    assert field(html, round_.id)["value"] == "three"
