"""Who clicks after the close learns what was right; before it nobody hears a word of the key."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.rounds import Reveal
from bot.domain.views import Mark
from bot.services.banks.correcting import withdraw
from bot.services.rounds.answering import submit_answer
from bot.testing import draft, plain

pytestmark = pytest.mark.sqlite_first

JUST_CLOSED = "This question has just closed. The result comes in a moment."


async def clicks(game, round_, name, *choices, **when):
    """The private reply to a click."""
    return await submit_answer(game.app, game.click(round_, name, *choices, **when))


@pytest.fixture(params=list(Reveal))
def reveal(request):
    return request.param


@pytest.fixture
async def closed(game, reveal):
    """A round that is over."""
    await game.imports()
    round_ = await game.daily(reveal=reveal)
    await game.answers(round_, "Bob", 1)
    await game.closes(round_)
    return round_


async def test_a_right_choice_that_came_too_late_would_have_been_right(game, closed):
    told = await clicks(game, closed, "Ada", 0)
    right = closed.letter(0)
    assert told.text == f"This question has closed. That came too late for points, but {right} would have been right!"
    assert [option.letter for option in told.options if option.mark is Mark.RIGHT] == [right]


async def test_a_wrong_one_is_told_what_was_right(game, closed):
    told = await clicks(game, closed, "Ada", 1)
    assert told.text.endswith(f"and {closed.letter(1)} isn't it. It's {closed.letter(0)}, 42.")


async def test_nothing_of_it_is_stored(game, closed):
    await clicks(game, closed, "Ada", 0)
    assert list(await game.stored(closed)) == ["Bob"]
    assert await game.points() == {"Bob": 0}


async def test_a_click_that_was_made_in_time_and_came_late_counts_no_more(game, closed):
    told = await clicks(game, closed, "Ada", 0, at=closed.opened_at)
    assert "too late for points" in told.text


async def test_who_answered_in_time_hears_that_it_stands(game, closed):
    told = await clicks(game, closed, "Bob", 0)
    assert told.text.startswith("This question has closed; your answer stands. " + closed.letter(1))
    assert f"It's {closed.letter(0)}, 42." in told.text


async def test_a_choice_that_there_is_not_hears_what_was_right_alone(game, closed):
    click = game.click(closed, "Ada", 0)
    told = await submit_answer(game.app, replace(click, given=frozenset([9])))
    assert told.text == f"This question has closed. It's {closed.letter(0)}, 42."


async def test_a_withdrawn_question_has_no_right_answer(game, closed):
    await withdraw(game.app, closed.question_id, reason="unclear", actor="host")
    told = await clicks(game, closed, "Ada", 0)
    assert told.text == "This question has closed. It was withdrawn: it doesn't count."
    assert {option.mark for option in told.options} == {Mark.NONE}


async def test_what_would_have_been_partly_right_is_told_so(game):
    await game.imports(draft("Which two?", "a", "b", "c", "d", key=(0, 1, 2), select=3))
    round_ = await game.daily()
    await game.closes(round_)
    told = await clicks(game, round_, "Ada", 0, 1, 3)
    assert "would have been partly right. The right answers are" in told.text


async def test_a_round_whose_time_is_over_keeps_its_key_until_it_is_closed(game, reveal):
    await game.imports()
    round_ = await game.daily(reveal=reveal, close_after=timedelta(hours=1))
    game.clock.advance(hours=1)
    assert plain(await clicks(game, round_, "Ada", 0)) == JUST_CLOSED
    await game.closes(round_)
    assert "would have been right" in plain(await clicks(game, round_, "Ada", 0))


async def test_from_another_channel_nothing_is_told(game, closed):
    click = game.click(closed, "Ada", 0)
    told = await submit_answer(game.app, replace(click, channel="elsewhere"))
    assert plain(told) == "This question isn't here any more."


async def test_of_a_private_round_nobody_else_is_told(game):
    await game.imports()
    round_ = await game.asks(private=True)
    await game.closes(round_)
    assert plain(await clicks(game, round_, "Bob", 0)) == "This question isn't here any more."
