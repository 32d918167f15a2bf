"""Every space gets last week's leaderboard, once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.services.series import ask_due
from bot.services.teams import create_team, join_team, teams
from bot.services.weekly import post_week
from bot.testing import draft, plain

GRACE = timedelta(hours=6)


@pytest.fixture
async def daily(game):
    """A series at nine in Berlin, which is the league's weekly moment too; it asks on Tuesday 3 March first."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(20)))
    return await game.series()


async def reviews(game):
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 50))
    return [plain(post.view) for post in posts if post.key.startswith("t")]


async def due(game, adapter="web"):
    return await game.app.storage.read(lambda unit: unit.spaces.weekly_due(game.clock.now(), [adapter]))


async def at(game, daily, *days, hour=8):
    """Let these days of March come: the question is asked, then the week is told about."""
    for day in days:
        game.clock.set(datetime(2026, 3, day, hour, tzinfo=UTC))
        await ask_due(game.app, daily.id, GRACE)
        for space_id in await due(game):
            await post_week(game.app, space_id)


async def open_round(game):
    (round_,) = await game.app.storage.read(lambda unit: unit.rounds.open_in(game.space.id))
    return round_


async def test_a_week_is_told_about_on_the_monday_after_it_and_only_once(game, daily):
    await at(game, daily, 3)
    for name in ("Ada", "Bob", "Cy"):
        known = [team.name for team in await teams(game.app, game.caller("Ada"))]
        await (join_team if known else create_team)(game.app, game.caller(name), "Owls")
    asked = await open_round(game)
    await game.answers(asked, "Ada", 0)
    await game.answers(asked, "Bob", 1)
    await at(game, daily, 4, 8)
    assert await reviews(game) == []
    await at(game, daily, 9, 10)
    (review,) = await reviews(game)
    assert "Last week's teams" in review
    assert "Owls" in review


async def test_where_no_team_has_a_place_it_is_the_players_board(game, daily):
    await at(game, daily, 3)
    await game.answers(await open_round(game), "Ada", 0)
    await at(game, daily, 9)
    (review,) = await reviews(game)
    assert "1 | Ada | 10" in review


async def test_a_week_without_answers_is_not_told_about(game, daily):
    await at(game, daily, 3, 9)
    assert await reviews(game) == []
    assert await due(game) == []


async def test_after_downtime_it_comes_late_in_the_same_week(game, daily):
    await at(game, daily, 3)
    await game.answers(await open_round(game), "Ada", 0)
    await at(game, daily, 15)
    assert len(await reviews(game)) == 1


async def test_it_does_not_come_once_the_next_week_has_begun(game, daily):
    await at(game, daily, 3)
    await game.answers(await open_round(game), "Ada", 0)
    await at(game, daily, 16, hour=7)
    assert await reviews(game) == []
    assert (await game.app.storage.read(lambda unit: unit.spaces.get(game.space.id))).weekly_next_at == datetime(
        2026, 3, 16, 8, tzinfo=UTC
    )


async def test_a_process_tells_only_spaces_of_its_platforms(game, daily):
    await at(game, daily, 3)
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    assert await due(game, "discord") == []
    assert await due(game) == [game.space.id]


async def test_a_place_where_nothing_was_asked_has_no_weeks(game, daily):
    assert (await game.app.storage.read(lambda unit: unit.spaces.get(game.space.id))).weekly_next_at is None
