"""Seasons are begun and ended, and their standings follow at once."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.domain.images import image_file
from bot.domain.standings import Ranked, Window
from bot.ports import PostKind
from bot.services.forgetting import forget_accounts
from bot.services.leagues.teams import create_team, join_team
from bot.services.standings.pages import Shown, league_page
from bot.services.standings.scores import leaderboard, standings
from bot.testing import YES, Conversation, application_on, draft, plain

pytestmark = pytest.mark.sqlite_first


@pytest.fixture(autouse=True)
async def questions(game):
    await game.imports(*(draft(f"Question number {n}?") for n in range(40)))


@pytest.fixture
def boss(game):
    return Conversation(game.app, game.space, speaker="Boss", is_host=True)


async def plays(game, day, **choices):
    game.clock.set(datetime(2026, 3, day, 9, tzinfo=UTC))
    round_ = await game.daily()
    await game.at_once(*(game.click(round_, name, choice) for name, choice in choices.items()))


async def finals(game):
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 200))
    return [post for post in posts if post.kind is PostKind.SEASON]


async def test_a_season_is_begun_shown_and_ended(game, boss):
    await plays(game, 3, Ada=0, Bob=1)
    await boss.follows(
        [
            ("/quiz league season", "Season 1 is on (from the beginning)."),
            ("/quiz league season start Spring", "Spring is on: from 2026-03-03 on."),
            ("/quiz league season start Spring 2026", "Spring 2026 is on: from 2026-03-03 on."),
            ("/quiz league season", "Spring 2026 is on (from 2026-03-03 on)."),
            ("/quiz league season end", "End the season?…Today will be the last day of Spring 2026."),
            (YES, "Spring 2026 ends today. Its final standings follow."),
            ("/quiz league season end", "No season is running."),
            ("/quiz league season start Summer", "Summer is on: from 2026-03-04 on."),
            ("/quiz league season start", "A season's name can have 1 to 40 characters."),
            ("/quiz league season stop", "“stop” isn't a command."),
        ]
    )


async def test_only_hosts_begin_and_end_seasons_but_everybody_sees_them(game):
    await Conversation(game.app, game.space).follows(
        [
            ("/quiz league season end", "Only a host can do that."),
            ("/quiz league season start Spring", "Only a host can do that."),
            ("/quiz league season", "Season 1 is on"),
        ]
    )


async def test_what_is_answered_today_counts_in_the_season_that_begins_today(game, boss):
    await plays(game, 3, Ada=0)
    await plays(game, 5, Ada=0, Bob=0)
    await boss.says("/quiz league season start Spring")
    assert await game.points(Window.SEASON) == {"Ada": 10, "Bob": 10}
    await plays(game, 6, Bob=0)
    assert await game.points(Window.SEASON) == {"Ada": 10, "Bob": 20}
    assert await game.points(Window.ALL) == {"Ada": 20, "Bob": 20}
    await game.agrees()


@pytest.mark.both_databases
async def test_between_seasons_nobody_stands_and_the_last_one_is_shown_as_it_ended(game, boss):
    await plays(game, 3, Ada=0, Bob=1)
    await boss.insists("/quiz league season end")
    await plays(game, 4, Bob=0)
    assert await game.points(Window.SEASON) == {}
    shown = plain(await leaderboard(game.app, game.caller(), window=Window.SEASON, by=Ranked.PLAYER))
    assert "No season is running" in shown
    assert "This is how “Season 1” ended" in shown
    assert "1 | Ada | 10\n2 | Bob | 0" in shown
    await game.agrees()


async def test_between_seasons_the_page_of_the_season_lists_no_question(game, boss):
    await plays(game, 3, Ada=0, Bob=1)
    await boss.insists("/quiz league season end")
    game.clock.set(datetime(2026, 3, 4, 9, tzinfo=UTC))
    await game.closes(await game.daily())
    await game.later(minutes=1)
    for stretch, asked in (("week", 1), ("season", 0)):
        page = await league_page(game.app, game.space.league_id, stretch=stretch, shown=Shown.QUESTION)
        assert len(page.questions) == asked


async def test_the_end_of_a_season_is_posted_with_teams_players_and_a_card(game, boss):
    await create_team(game.app, game.caller("Ada"), "Owls")
    await join_team(game.app, game.caller("Bob"), "Owls")
    await plays(game, 3, Ada=0, Bob=1, Cy=0)
    await boss.insists("/quiz league season end")
    (post,) = await finals(game)
    told = plain(post.view)
    assert "Final standings: Season 1\nup to 2026-03-03" in told
    assert "1 | Owls | 5 | 5 | 2 of 2" in told
    assert "- Ada: 10\n- Cy: 10\n- Bob: 0" in told
    file = await game.app.storage.read(lambda unit: unit.images.find(post.view.image.digest))
    assert image_file(file.data) == file
    assert "1. Owls; Score 5" in post.view.image.alt


async def test_a_season_without_answers_ends_without_a_word(game, boss):
    await game.asks()
    await boss.insists("/quiz league season end")
    assert await finals(game) == []


async def test_who_won_is_told_afterwards_too(game, boss):
    await plays(game, 3, Ada=0, Bob=1)
    await boss.says("/quiz league season start Spring")
    game.clock.set(datetime(2026, 3, 4, 9, tzinfo=UTC))
    await boss.says("/quiz league season start Summer")
    assert "- Spring (2026-03-03 to 2026-03-03): Ada\n- Season 1 (up to 2026-03-02): nobody answered" in (
        await boss.says("/quiz league season")
    )


async def test_a_correction_afterwards_leaves_the_archive_and_mends_the_totals(game, boss):
    await plays(game, 3, Ada=0, Bob=1)
    await boss.insists("/quiz league season end")
    game.clock.set(datetime(2026, 3, 4, 9, tzinfo=UTC))
    board = await standings(game.app, league=None, window=Window.ALL, by=Ranked.PLAYER)
    assert [s.name for s in board] == ["Ada", "Bob"]
    assert "1 | Ada | 10" in await boss.says("/quiz leaderboard season")


async def test_whoever_is_forgotten_is_gone_from_the_archive_and_the_post(game, boss):
    await plays(game, 3, Ada=0, Bob=1)
    await boss.insists("/quiz league season end")
    (before,) = await finals(game)
    await forget_accounts(game.app, [game.member("Ada")])
    (after,) = await finals(game)
    assert after.version == before.version + 1
    assert after.view.image is None
    assert "Ada" not in plain(after.view)
    assert await game.app.storage.read(lambda unit: unit.images.find(before.view.image.digest)) is None
    game.clock.set(datetime(2026, 3, 4, 9, tzinfo=UTC))
    shown = await boss.says("/quiz leaderboard season")
    assert "Ada" not in shown
    assert "2 | Bob | 0" in shown


@pytest.mark.both_databases
async def test_answers_that_come_while_seasons_change_count_in_one_of_them(game, boss, url, clock):
    await plays(game, 3, Ada=0)
    async with application_on(url, clock=clock, seed=2) as other:
        round_ = await game.daily()
        await asyncio.gather(
            *(app.answers.submit(game.click(round_, f"P{n}", 0)) for n, app in enumerate((game.app, other) * 20)),
            boss.says("/quiz league season start Spring"),
            *(other.answers.submit(game.click(round_, f"Q{n}", 0)) for n in range(20)),
        )
    await game.agrees()
    assert len(await game.points(Window.SEASON)) == 61
