"""A quiz night: questions one after another, on each database, through restarts at any moment."""

from dataclasses import replace

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.services import night
from bot.services.platforms.arriving import arrive, depart
from bot.services.platforms.gone import channel_gone
from bot.services.series.series import ask_in_series_now
from bot.testing import application_on, draft, plain
from tests.contract.nights import beat, open_round, steps, titles, told


@pytest.fixture
async def bank(game):
    await game.imports(*(draft(f"Question {number}?", "right", "wrong") for number in range(6)))


async def begins(game, **options):
    started = await night.start(game.app, game.caller(is_host=True), **options)
    await beat(game)
    return started


async def test_a_night_asks_closes_shows_who_leads_and_ends_with_a_podium(game, bank):
    await begins(game, count=2, seconds=30)
    asked = []
    for _number in range(2):
        round_ = await open_round(game)
        asked.append(round_.question_id)
        await game.answers(round_, "Ada", 0)
        await game.answers(round_, "Bob", 1)
        await steps(game, 36)
    assert len(set(asked)) == 2
    assert await open_round(game) is None
    last = (await told(game))[-1]
    assert last.title == "The quiz night is over"
    assert last.table.rows == (("1", "Ada", "20", "2", "2"), ("2", "Bob", "0", "0", "2"))
    assert "Quiz night: question 2 of 2 comes next" in await titles(game)
    assert await game.points() == {"Ada": 20, "Bob": 0}
    await game.agrees()


async def test_points_of_a_night_are_not_capped_as_those_of_quick_questions_are(game, bank):
    await begins(game, count=6, seconds=10)
    for _number in range(6):
        await game.answers(await open_round(game), "Ada", 0)
        await steps(game, 15)
    assert await game.points() == {"Ada": 60}
    await game.agrees()


async def test_a_question_closes_early_once_all_players_have_answered(game, bank):
    await begins(game, count=3, seconds=60)
    first = await open_round(game)
    await game.answers(first, "Ada", 0)
    await game.answers(first, "Bob", 0)
    await steps(game, 65)
    second = await open_round(game)
    assert second.id != first.id
    await game.answers(second, "Ada", 0)
    await steps(game, 10)
    assert (await open_round(game)).id == second.id
    await game.answers(second, "Bob", 0)
    await steps(game, 1)
    assert await open_round(game) is None


async def test_a_night_that_everybody_leaves_ends_by_itself(game, bank):
    await begins(game, count=6, seconds=10)
    await steps(game, 60)
    assert plain((await told(game))[-1]).count("Nobody has answered for a while") == 1
    assert await open_round(game) is None


async def test_stop_finishes_the_open_question_and_shows_what_was_played(game, bank):
    await begins(game, count=6, seconds=30)
    round_ = await open_round(game)
    await game.answers(round_, "Ada", 0)
    await night.stop(game.app, game.caller(is_host=True))
    await steps(game, 29)
    assert (await open_round(game)).id == round_.id
    await steps(game, 2)
    assert (await told(game))[-1].table.rows == (("1", "Ada", "10", "1", "1"),)
    with pytest.raises(NotFound):
        await night.stop(game.app, game.caller(is_host=True))


async def test_every_step_happens_once_after_a_restart_and_in_two_processes(game, bank, url, clock):
    await night.start(game.app, game.caller(is_host=True), count=2, seconds=10)
    for _second in range(40):  # a new process each time, after every step
        async with application_on(url, clock=clock, seed=2) as other:
            await beat(game, other)
            await beat(game)
        if (round_ := await open_round(game)) is not None:
            await game.answers(round_, "Ada", 0)
        game.clock.advance(seconds=1)
    said = await titles(game)
    assert said.count("The quiz night is over") == 1
    assert said.count("Quiz night: question 2 of 2 comes next") == 1
    assert await game.points() == {"Ada": 20}
    await game.agrees()


async def test_one_night_in_a_channel_but_two_in_two(game, bank):
    await begins(game, count=2, seconds=10)
    with pytest.raises(BadInput, match="already"):
        await begins(game)
    await night.start(game.app, replace(game.caller(is_host=True), channel="lounge"), count=2, seconds=10)
    await beat(game)
    here, there = await open_round(game), await open_round(game, "lounge")
    assert here.question_id != there.question_id  # an open question's key stays secret in the whole league


@pytest.mark.parametrize("wrong", [{"count": 0}, {"count": 51}, {"seconds": 9}, {"seconds": 301}])
async def test_numbers_out_of_range_are_refused(game, bank, wrong):
    with pytest.raises(BadInput, match="1 to 50 questions of 10 to 300 seconds"):
        await night.start(game.app, game.caller(is_host=True), **wrong)


async def test_without_a_ready_question_no_night_begins(game):
    with pytest.raises(NotFound, match="No question is ready"):
        await night.start(game.app, game.caller(is_host=True))
    assert await told(game) == []


async def test_a_daily_question_never_takes_over_what_a_night_has_open(game):
    await game.imports(draft("Only one?", "right", "wrong"))
    series = await game.series()
    await begins(game, count=1, seconds=60)
    asked = await open_round(game)
    with pytest.raises(NotFound):
        await ask_in_series_now(game.app, series.id)
    assert (await open_round(game)).id == asked.id, "its key comes at its own close"


async def test_a_night_goes_on_neither_in_a_channel_that_is_gone_nor_after_the_bot_came_back(game, bank):
    await begins(game, count=6, seconds=30)
    await channel_gone(game.app, game.space, "study", "no access")
    await steps(game, 60)
    assert await open_round(game) is None
    await night.start(game.app, game.caller(is_host=True))
    await depart(game.app, game.space.adapter, game.space.external_id)
    await arrive(game.app, game.space.adapter, game.space.external_id, "Study", zone="UTC")
    await steps(game, 60)
    assert "The quiz night is over" not in await titles(game)


async def test_a_night_that_stood_still_for_hours_ends_without_another_question(game, bank):
    await begins(game, count=6, seconds=30)
    await game.answers(await open_round(game), "Ada", 0)
    game.clock.advance(hours=8)
    await steps(game, 10)
    assert await open_round(game) is None
    assert (await titles(game))[-1] == "The quiz night is over"
