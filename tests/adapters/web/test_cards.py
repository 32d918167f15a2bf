"""Cards in the room: turned over by a form that works without the page's script, and for one member alone."""

import re
from typing import Any

import pytest

from bot.domain.drafts import ParsedDocument
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from tests.adapters.stages.questions import CARD, SHORT
from tests.adapters.web.test_answering_kinds import article, ask_daily
from tests.adapters.web.test_study import ask

OpenRoom = Any  # the fixture's class: test folders aren't packages
BACK = "too large overshoots"
WORDS = re.compile(r'<button class="word" id="([^"]+)" name="pick" value="(\d)" aria-pressed="(\w+)"[^>]*>([^<]+)<')


@pytest.fixture
async def room(room: OpenRoom) -> OpenRoom:
    """The room, with a card."""
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(CARD,)), bank="cards")
    return room


async def turn(person: Any, round_id: int) -> None:
    """Turn a card over; the page comes again."""
    await person.post(f"/rounds/{round_id}/back")
    await person.get()


async def test_the_back_comes_with_a_button_and_for_one_member_alone(room: OpenRoom) -> None:
    round_ = await ask(room, "cards")
    ada, bob = await room.person("Ada"), await room.person("Bob")
    before = article(ada.page, round_.id)
    assert re.findall(r'aria-expanded="(\w+)"[^>]*>(.*?)</button>', before) == [("false", "Show the back")]
    assert WORDS.findall(before) == []
    await turn(ada, round_.id)
    shown = article(ada.page, round_.id)
    assert BACK in shown
    assert 'aria-expanded="true"' in shown
    assert [(value, pressed, word.replace("&#39;", "'")) for _id, value, pressed, word in WORDS.findall(shown)] == [
        ("0", "false", "Knew it"),
        ("1", "false", "Almost"),
        ("2", "false", "Didn't know"),
    ]
    (controlled,) = re.findall(r'aria-controls="([^"]+)"', shown)
    ids = re.findall(r' id="([^"]+)"', shown)
    assert controlled in ids
    assert len(ids) == len(set(ids))
    await bob.get()
    assert BACK not in bob.page


async def test_the_word_that_was_picked_stays_pressed_and_can_be_changed_where_the_round_lets_it(
    room: OpenRoom,
) -> None:
    round_ = await ask_daily(room, "cards", cards=True)
    ada = await room.person("Ada")
    await turn(ada, round_.id)
    await ada.answer(round_.id, 2)
    assert "Saved: didn't know." in ada.text
    assert [pressed for _id, _value, pressed, _word in WORDS.findall(ada.page)] == ["false", "false", "true"]
    await ada.answer(round_.id, 0)
    assert "Changed to knew it." in ada.text
    assert 'aria-disabled="true"' not in article(ada.page, round_.id)


async def test_where_the_first_answer_stands_the_back_stays_and_its_buttons_say_so(room: OpenRoom) -> None:
    round_ = await ask(room, "cards")
    ada = await room.person("Ada")
    await turn(ada, round_.id)
    await ada.answer(round_.id, 1)
    assert "Saved: almost. This question isn't scored." in ada.text
    shown = article(ada.page, round_.id)
    assert BACK in shown
    assert shown.count('aria-disabled="true"') == 3


async def test_once_closed_there_is_nothing_to_turn_over_and_the_result_has_the_back(room: OpenRoom) -> None:
    round_ = await ask(room, "cards")
    ada = await room.person("Ada")
    await turn(ada, round_.id)
    await close_round(room.app, round_.id)
    await room.deliver()
    await ada.get()
    closed = article(ada.page, round_.id)
    assert BACK not in closed
    assert "Show the back" not in closed
    assert "Knew it" not in closed
    assert BACK in ada.text.split("Result of this question")[-1]


async def test_a_card_that_somebody_else_was_asked_alone_is_not_turned_over(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.say("/quiz private=yes cards")
    await ada.get()
    *_others, round_id = re.findall(r'id="m-q(\d+)"', ada.page)
    for path in (f"/rounds/{round_id}/back", "/rounds/1/back", "/rounds/x/back"):
        answer = await bob.post(path)
        assert answer.status in {400, 404}
        assert BACK not in await answer.text()


async def test_a_question_of_another_kind_has_no_back(room: OpenRoom) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(SHORT,)), bank="words")
    round_ = await ask(room, "words")
    ada = await room.person("Ada")
    answer = await ada.post(f"/rounds/{round_.id}/back")
    assert answer.status == 404
    assert "underfitting" not in await answer.text()
