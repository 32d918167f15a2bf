"""A quiz night: questions one after another, on each database, through restarts at any moment."""

import asyncio
from dataclasses import replace

import pytest

from bot import metrics
from bot.domain.errors import BadInput, NotFound
from bot.domain.grading import POINT
from bot.domain.images import image_file
from bot.rendering.cards.painting import paint
from bot.services import night
from bot.services.banks.correcting import correct_key
from bot.services.forgetting import forget_accounts
from bot.services.platforms.arriving import arrive, depart
from bot.services.platforms.gone import channel_gone
from bot.services.series.series import ask_in_series_now
from bot.services.standings.scores import verify
from bot.storage import tables as t
from bot.testing import Conversation, application_on, draft, plain
from tests.contract.nights import beat, open_round, steps, titles, told

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def bank(game):
    await game.imports(*(draft(f"Question {number}?", "right", "wrong") for number in range(6)))


async def begins(game, **options):
    started = await night.start(game.app, game.caller(is_host=True), **options)
    await beat(game)
    return started


@pytest.mark.both_databases
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


@pytest.mark.both_databases
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


@pytest.mark.both_databases
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


@pytest.mark.both_databases
async def test_every_step_happens_once_after_a_restart_and_in_two_processes(game, bank, url, clock):
    await night.start(game.app, game.caller(is_host=True), count=2, seconds=10)
    for _moment in range(20):  # a new process each time, after every step
        async with application_on(url, clock=clock, seed=2) as other:
            await beat(game, other)
            await beat(game)
        if (round_ := await open_round(game)) is not None:
            await game.answers(round_, "Ada", 0)
        game.clock.advance(seconds=2)
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


@pytest.mark.both_databases
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


async def podium_of_three(game):
    """A night of one question with two who know it and one who doesn't; its podium."""
    await begins(game, count=1, seconds=10)
    round_ = await open_round(game)
    for name, choice in (("Ada", 0), ("Bob", 0), ("Cleo", 1), ("Dora", 1)):
        await game.answers(round_, name, choice)
    await steps(game, 10)
    return (await told(game))[-1]


async def test_the_podium_is_a_picture_too_that_shows_the_first_three_places_in_words(game, bank):
    shown = await podium_of_three(game)
    file = await game.app.storage.read(lambda unit: unit.images.find(shown.image.digest))
    assert image_file(file.data) == file
    assert shown.image.alt.splitlines() == [
        "The quiz night is over",
        "Study group · 2026-03-02",
        "Players",
        "1. Ada, Points 10",
        "1. Bob, Points 10",
        "3. Cleo, Points 0",
        "3. Dora, Points 0",
    ]


async def test_whoever_is_forgotten_is_on_no_podium_and_its_picture_goes(game, bank):
    before = await podium_of_three(game)
    await forget_accounts(game.app, [game.member("Ada")])
    after = (await told(game))[-1]
    assert (after.title, after.image) == (before.title, None)
    assert "Ada" not in plain(after)
    assert "Bob" in plain(after)
    assert await game.app.storage.read(lambda unit: unit.images.find(before.image.digest)) is None


async def test_a_podium_goes_with_its_space(game, bank):
    shown = await podium_of_three(game)
    await game.app.storage.write(lambda unit: unit.forgetting.forget_space(game.space, [], game.clock.now()))
    assert await game.app.storage.read(lambda unit: unit.images.find(shown.image.digest)) is None


@pytest.mark.both_databases
async def test_somebody_renamed_while_the_picture_is_painted_gets_a_new_one(game, bank):
    await begins(game, count=1, seconds=10)
    await game.answers(await open_round(game), "Ada", 0)
    renamed, loop = replace(game.member("Ada"), name="Grace"), asyncio.get_running_loop()

    async def rename():
        await game.app.storage.write(lambda unit: unit.people.ensure_player(renamed))

    def rename_and_paint(card, theme):
        asyncio.run_coroutine_threadsafe(rename(), loop).result()
        return paint(card, theme)

    game.app.pictures.paint = rename_and_paint
    await steps(game, 10)
    assert "The quiz night is over" not in await titles(game)
    await steps(game, 1)
    shown = (await told(game))[-1]
    assert "Grace" in plain(shown)
    assert "Grace" in shown.image.alt


async def test_a_picture_that_cannot_be_painted_costs_no_podium(game, bank):
    def breaks(_card, _theme):
        raise RuntimeError("no ink")

    game.app.pictures.paint = breaks
    shown = await podium_of_three(game)
    assert (shown.title, shown.image) == ("The quiz night is over", None)


async def quick_and_slow(game):
    """A question of a night with a bonus for speed: two people know it, one of them at once; its round."""
    await begins(game, count=1, seconds=10, speed=True)
    round_ = await open_round(game)
    await game.answers(round_, "Ada", 0)
    game.clock.advance(seconds=6)
    await game.answers(round_, "Bob", 0)
    await game.answers(round_, "Cleo", 1)
    await steps(game, 4)
    return round_


@pytest.mark.both_databases
async def test_with_a_bonus_for_speed_a_quick_right_answer_earns_one_point_more(game, bank):
    await quick_and_slow(game)
    assert await game.points() == {"Ada": 11, "Bob": 10, "Cleo": 0}
    begun, _question, result, over = await told(game)
    assert "A right answer in the first half of the time earns one point more." in plain(begun)
    assert "Ada: 10 points +1 for speed" in plain(result)
    assert "Bob: 10 points" in plain(result)
    assert [row[2] for row in over.table.rows] == ["11", "10", "0"]
    await game.agrees()


@pytest.mark.both_databases
async def test_a_corrected_key_moves_the_bonus_to_whoever_was_quick_and_right_all_along(game, bank):
    round_ = await quick_and_slow(game)
    await correct_key(game.app, round_.question_id, "B", actor="host", reason="typo")
    assert await game.points() == {"Ada": 0, "Bob": 0, "Cleo": 10}
    await game.agrees()
    await correct_key(game.app, round_.question_id, "A", actor="host", reason="no typo")
    assert await game.points() == {"Ada": 11, "Bob": 10, "Cleo": 0}
    await game.agrees()


async def test_the_time_of_the_last_answer_counts_even_if_it_is_the_same_again(game, bank):
    await begins(game, count=1, seconds=10, speed=True)
    round_ = await open_round(game)
    await game.answers(round_, "Ada", 0)
    game.clock.advance(seconds=6)
    await game.answers(round_, "Ada", 0)
    await steps(game, 4)
    assert await game.points() == {"Ada": 10}


async def test_a_bonus_that_is_not_due_is_found(game, bank):
    round_ = await quick_and_slow(game)
    slow = t.answers.c.round_id == round_.id, t.answers.c.points == 10 * POINT
    await game.app.storage.write_raw(lambda c: c.execute(t.answers.update().where(*slow).values(points=11 * POINT)))
    assert f"misgraded: round {round_.id}, answers: 1" in await verify(game.app, repair=True, actor="host")
    assert await game.points() == {"Ada": 11, "Bob": 10, "Cleo": 0}


async def test_nights_are_counted_by_how_they_end(game, bank):
    def counted():
        return [metrics.nights.labels(outcome)._value.get() for outcome in ("started", "played", "cut short")]

    before = counted()
    await begins(game, count=1, seconds=10)
    await steps(game, 10)
    await begins(game, count=6, seconds=10)
    await night.stop(game.app, game.caller(is_host=True))
    await steps(game, 10)
    assert [now - then for now, then in zip(counted(), before, strict=True)] == [2, 1, 1]


async def test_a_host_chooses_by_words(game, bank):
    host = Conversation(game.app, game.space, is_host=True)
    await host.follows(
        [
            ("/quiz night start count:ten", "“ten” isn't a whole number."),
            ("/quiz night start speed:fast", "“fast” is neither yes nor no."),
            ("/quiz night start count:1 seconds=20 speed:yes", None),
            ("/quiz night stop", "The quiz night ends after its open question."),
        ]
    )
    begun = (await told(game))[0]
    assert "1 question, 20 seconds. A right answer in the first half" in plain(begun)
