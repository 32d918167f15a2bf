"""How a league fared with its questions."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.grading import in_points
from bot.domain.standings import Window, period
from bot.storage import rounds
from bot.testing import draft

HARD, EASY = draft("Hard?", "yes", "no", topic="logic"), draft("Easy?", "yes", "no", line=9)


async def figures(game, *, limit=100):
    async def read(unit):
        now = game.clock.now()
        return await unit.rounds.figures(game.space.league_id, now - timedelta(days=7), now, limit)

    return {one.stem: one for one in await game.app.storage.read(read)}


@pytest.fixture
async def played(game):
    """Two questions: one that one in three got, and one that everybody got."""
    await game.imports(HARD, bank="hard")
    await game.imports(EASY, bank="easy")
    hard, easy = await game.daily(bank="hard"), await game.daily(bank="easy")
    for name, first, second in (("Ada", 0, 0), ("Bo", 1, 0), ("Cy", 1, 0)):
        await game.answers(hard, name, first)
        await game.answers(easy, name, second)
    await game.later(minutes=5)
    return hard, easy


async def test_the_hardest_question_comes_first(game, played):
    for round_ in played:
        await game.closes(round_)
    found = await figures(game)
    assert list(found) == ["Hard?", "Easy?"]
    hard = found["Hard?"]
    assert (hard.asked, hard.right, hard.answered, hard.topic) == (1, 1, 3, "logic")


async def test_what_is_still_open_tells_nothing(game, played):
    assert await figures(game) == {}


async def test_only_the_latest_rounds_are_looked_at(game, played):
    for round_ in played:
        await game.closes(round_)
    assert list(await figures(game, limit=1)) == ["Easy?"]


async def test_a_private_round_tells_nothing(game):
    await game.imports(HARD)
    round_ = await game.asks(private=True)
    await game.answers(round_, "Ada", 0)
    await game.closes(round_)
    await game.later(minutes=5)
    assert await figures(game) == {}


async def test_what_nobody_answered_comes_last(game):
    await game.imports(HARD, bank="hard")
    await game.imports(EASY, bank="easy")
    unanswered, answered = await game.daily(bank="hard"), await game.daily(bank="easy")
    await game.answers(answered, "Ada", 0)
    for round_ in (unanswered, answered):
        await game.closes(round_)
    await game.later(minutes=5)
    assert [(one.stem, one.answered) for one in (await figures(game)).values()] == [("Easy?", 1), ("Hard?", 0)]


async def test_a_leagues_rounds_are_found_by_their_index_however_many_leagues_there_are(game, store):
    """Every league's weekly post asks for them."""
    if store != "sqlite":
        pytest.skip("PostgreSQL plans by the rows that there are")
    plans = []

    async def explain(connection):
        query = rounds._closed_in_public(game.space.league_id, game.clock.now(), game.clock.now())
        spelt = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        plans.extend(row[-1] for row in await connection.execute(sa.text(f"EXPLAIN QUERY PLAN {spelt}")))

    await game.app.storage.read_raw(explain)
    assert any("ix_rounds_league" in plan for plan in plans), plans


async def test_answers_that_are_alike_are_counted_once_their_round_is_closed(game, played):
    hard, _easy = played

    async def tallies():
        found = await game.app.storage.read(lambda unit: unit.answers.tallies(hard.question_id))
        return sorted((one.right, one.number) for one in found)

    assert await tallies() == []
    await game.closes(hard)
    assert await tallies() == [(False, 2), (True, 1)]


async def test_points_are_told_by_player_and_period(game, played):
    hard, easy = played
    await game.closes(hard)
    await game.closes(easy)

    async def points(unit):
        league, week = game.space.league_id, period(Window.WEEK, game.clock.now().date(), 0)
        people = {one.name: one.player_id for one in await unit.boards.scores({league: week})}
        found = await unit.boards.points_in(league, [week, "2000-W01"], [people["Ada"], people["Bo"]])
        return [in_points(found.pop((people[name], week))) for name in ("Ada", "Bo")], found

    assert await game.app.storage.read(points) == ([20, 10], {})
