"""What members earn counts for their teams from the week on in which they came."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from bot.domain.grading import in_points
from bot.domain.standings import Ranked, Window
from bot.services.leagues.teams import create_team, join_team, leave_team
from bot.services.standings.pages import Shown, league_page
from bot.services.standings.scores import standings
from bot.storage import tables as t
from bot.testing import draft

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def questions(game):
    await game.imports(*(draft(f"Question number {n}?") for n in range(40)))


async def plays(game, *names, day):
    """All of them answer the question of a day of March rightly."""
    game.clock.set(datetime(2026, 3, day, 9, tzinfo=UTC))
    round_ = await game.daily()
    await game.at_once(*(game.click(round_, name, 0) for name in names))


async def teams_of(game, window):
    board = await standings(game.app, league=None, window=window, by=Ranked.TEAM)
    return {s.name: (float(s.points) / 72_072, s.total // 72_072, s.members, s.of) for s in board}


async def test_what_a_member_earned_before_the_week_in_which_they_came_counts_for_no_team(game):
    await create_team(game.app, game.caller("Ada"), "Owls")
    await join_team(game.app, game.caller("Bob"), "Owls")
    await plays(game, "Ada", "Bob", "Cy", day=2)
    await plays(game, "Ada", "Bob", "Cy", day=11)
    await join_team(game.app, game.caller("Cy"), "Owls")
    await plays(game, "Cy", day=12)
    assert await teams_of(game, Window.WEEK) == {"Owls": (40 / 3, 40, 3, 3)}
    for window in (Window.MONTH, Window.SEASON, Window.ALL):
        assert await teams_of(game, window) == {"Owls": (60 / 2.5, 60, 3, 3)}
    await game.agrees()


async def test_who_changes_teams_takes_this_week_along_and_leaves_the_rest_behind(game):
    await create_team(game.app, game.caller("Ada"), "Owls")
    await create_team(game.app, game.caller("Bob"), "Foxes")
    await plays(game, "Ada", "Bob", day=2)
    await plays(game, "Ada", "Bob", day=10)
    await join_team(game.app, game.caller("Ada"), "Foxes")
    assert await teams_of(game, Window.ALL) == {"Foxes": (30 / 1.5, 30, 2, 2)}
    await leave_team(game.app, game.caller("Ada"))
    await join_team(game.app, game.caller("Ada"), "Owls")
    assert (await teams_of(game, Window.ALL))["Owls"] == (20, 10, 1, 1)


async def test_joining_the_team_one_is_in_already_changes_nothing(game):
    await create_team(game.app, game.caller("Ada"), "Owls")
    await plays(game, "Ada", day=2)
    game.clock.set(datetime(2026, 3, 30, 9, tzinfo=UTC))
    await join_team(game.app, game.caller("Ada"), "owls")
    assert (await teams_of(game, Window.ALL))["Owls"] == (10, 10, 1, 1)


async def test_somebody_counts_from_the_monday_of_the_leagues_own_week(game):
    """Half past eleven on Sunday evening in UTC is Monday in Berlin."""
    game.clock.set(datetime(2026, 3, 8, 23, 30, tzinfo=UTC))
    await create_team(game.app, game.caller("Ada"), "Owls")
    since = await game.app.storage.read_raw(lambda c: c.scalar(sa.select(t.team_members.c.since)))
    assert since == date(2026, 3, 9)


async def test_a_league_can_leave_on_demand_points_out_of_the_teams_race(game):
    await create_team(game.app, game.caller("Ada"), "Owls")
    await plays(game, "Ada", day=2)
    for _ in range(7):
        await game.answers(await game.asks(), "Ada", 0)
    assert (await teams_of(game, Window.DAY))["Owls"][1] == 60
    await game.app.storage.write_raw(lambda c: c.execute(t.leagues.update().values(team_race_on_demand=False)))
    for window in Window:
        assert (await teams_of(game, window))["Owls"][1] == 10
    assert (await game.points(Window.ALL))["Ada"] == 60


async def test_team_scores_over_weeks_count_members_from_when_they_joined(game):
    await create_team(game.app, game.caller("Ada"), "Owls")
    await join_team(game.app, game.caller("Bob"), "Owls")
    await create_team(game.app, game.caller("Cy"), "Foxes")
    await join_team(game.app, game.caller("Eve"), "Foxes")
    await plays(game, "Ada", "Bob", "Cy", "Dan", day=2)
    await plays(game, "Cy", "Dan", "Eve", day=10)
    await join_team(game.app, game.caller("Dan"), "Foxes")
    page = await league_page(game.app, game.space.league_id, stretch="all", shown=Shown.TEAM)
    followed = {one.name: [in_points(points) for points in one.points] for one in page.climbs}
    # Dan was there for the second week only, and counts as half a member: 4.5 earned 60 points, 2.5 of them Foxes 40.
    of_all = 60 / 4.5
    owls, foxes = (2 * 10 + 3 * of_all) / 5, (3 * 16 + 2 * of_all) / 5
    assert followed == {"Foxes": [10, pytest.approx(foxes)], "Owls": [10, pytest.approx(owls)]}
    assert [one.points[-1] for one in page.climbs] == [float(one.score) for one in page.standings]
