"""Balanced teams are drawn: shown first, then made, the same all day."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import BadInput
from bot.services.leagues.team_draw import draw_teams
from bot.services.leagues.team_groups import map_group
from bot.services.leagues.teams import create_team, join_team, teams
from bot.testing import Conversation, draft

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def played(game):
    """Yesterday eight people answered up to eight questions: P8 has 80 points, P1 has 10."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(20)))
    for number in range(1, 9):
        round_ = await game.daily()
        await game.at_once(*(game.click(round_, f"P{n}", 0 if n >= number else 1) for n in range(1, 9)))
    game.clock.set(datetime(2026, 3, 3, 9, tzinfo=UTC))
    return game


@pytest.fixture
def boss(game):
    return Conversation(game.app, game.space, speaker="Boss", is_host=True)


async def members(game):
    return {team.name: set(team.members) for team in await teams(game.app, game.caller())}


async def test_teams_are_as_strong_as_each_other(played):
    drawn = await draw_teams(played.app, played.caller("Boss"), 2)
    assert [team.name for team in drawn] == ["Team Amber", "Team Birch"]
    assert [team.strength / 72_072 for team in drawn] == [45, 45]


async def test_a_draw_is_shown_and_changes_nothing_until_it_is_confirmed(played, boss):
    shown = await boss.says("/quiz team draw 2")
    assert "Nothing has changed yet. To draw them like this today: `/quiz team draw 2 confirm`" in shown
    assert "Team Amber\n4 members, 45 points each: " in shown
    assert await members(played) == {}
    made = await boss.says("/quiz team draw 2 confirm")
    assert made.split("Team Amber")[1] == shown.split("Team Amber")[1]
    assert {name: len(who) for name, who in (await members(played)).items()} == {"Team Amber": 4, "Team Birch": 4}


async def test_old_teams_go_and_new_ones_have_names_that_none_of_them_had(played, boss):
    for name in ("P1", "P2", "Newcomer"):
        known = await members(played)
        await (join_team if known else create_team)(played.app, played.caller(name), "Team Amber")
    await map_group(played.app, played.caller("Boss"), "R1", "Team Amber")
    await boss.says("/quiz team draw 2 confirm")
    found = await members(played)
    assert list(found) == ["Team Birch", "Team Cedar"]
    assert sum(map(len, found.values())) == 9
    assert any("Newcomer" in who for who in found.values())


@pytest.mark.both_databases
async def test_names_can_begin_with_another_word(played, boss):
    await boss.says("/quiz team draw 2 confirm House")
    assert list(await members(played)) == ["House Amber", "House Birch"]


async def test_points_of_today_do_not_change_the_draw(played):
    before = await draw_teams(played.app, played.caller("Boss"), 3)
    round_ = await played.daily()
    await played.answers(round_, "P1", 0)
    assert await draw_teams(played.app, played.caller("Boss"), 3) == before


async def test_what_was_earned_before_the_draws_week_counts_for_nobodys_team(played, boss):
    played.clock.set(datetime(2026, 3, 9, 9, tzinfo=UTC))
    await boss.says("/quiz team draw 2 confirm")
    assert await boss.says("/quiz leaderboard all team") == (
        "Leaderboard: all time\nNo answers in this period yet. Be the first: /quiz"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("draw", "How many teams?"),
        ("draw many", "How many teams?"),
        ("draw 1", "With 8 people there can be 2 to 4 teams."),
        ("draw 5", "With 8 people there can be 2 to 4 teams."),
    ],
)
async def test_a_number_of_teams_that_cannot_be_is_refused(played, boss, typed, said):
    assert said in await boss.says(f"/quiz team {typed}")


@pytest.mark.both_databases
async def test_nobody_can_be_drawn_where_nobody_has_played(game):
    with pytest.raises(BadInput, match="too few people"):
        await draw_teams(game.app, game.caller(), 2)


async def test_only_hosts_draw_teams(played):
    assert await Conversation(played.app, played.space).says("/quiz team draw 2") == ("Only a host can do that.")
