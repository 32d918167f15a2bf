"""What can't be undone is asked first; a yes is good once, for a while, for one person and for what they were told."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.chat.asking_first import LASTS
from bot.services.chat.commands.table import COMMANDS
from bot.services.leagues.spaces import ensure_space
from bot.testing import YES, Conversation, pressed
from tests.contract.test_leagues import host, unite

pytestmark = pytest.mark.sqlite_first

DAILY = "/daily set 09:00 Europe/Berlin"
STOP = "/daily stop"
ASKED = "Stop the daily question?"


@pytest.fixture
def boss(app, space):
    return Conversation(app, space, is_host=True)


async def series(app):
    return await app.storage.read(lambda unit: unit.schedules.all())


def test_these_commands_ask_first():
    asking = {name for name, command in COMMANDS.items() if command.asks}
    assert asking == {
        "daily stop",
        "league season",
        "league leave",
        "privacy delete",
        "question correct",
        "question withdraw",
    }
    assert all(COMMANDS[name].replaces for name in asking), "the question goes once it is answered"


async def test_nothing_happens_before_the_yes(app, boss):
    await boss.says(DAILY)
    assert "09:00 Europe/Berlin" in await boss.says(STOP)
    assert len(await series(app)) == 1
    assert await boss.says(YES) == "Stopped. Points and past questions stay."
    assert await series(app) == []


async def test_a_yes_works_once(app, boss):
    await boss.says(DAILY)
    await boss.says(STOP)
    yes = pressed(boss.told)
    await boss.says(yes)
    await boss.says(DAILY)
    assert ASKED in await boss.says(yes)
    assert len(await series(app)) == 1


@pytest.mark.both_databases
async def test_of_two_clicks_at_once_one_goes_on(app, game, boss):
    await boss.says("/league season start Winter")
    await boss.says("/league season end")
    yes, twin = pressed(boss.told), replace(boss)
    told = await asyncio.gather(boss.says(yes), twin.says(yes))
    assert sum("ends today" in one for one in told) == 1


async def test_a_yes_that_comes_too_late_asks_again(app, boss, clock):
    await boss.says(DAILY)
    await boss.says(STOP)
    clock.advance(LASTS)
    assert ASKED in await boss.says(YES)
    assert len(await series(app)) == 1
    clock.advance(LASTS - timedelta(seconds=1))
    assert "Stopped" in await boss.says(YES)


async def test_nobody_else_can_say_yes(app, space, boss):
    await boss.says(DAILY)
    await boss.says(STOP)
    bob = Conversation(app, space, speaker="Bob", is_host=True)
    assert ASKED in await bob.says(pressed(boss.told))
    elsewhere = Conversation(app, space, channel="lounge", is_host=True)
    assert "No daily question here yet." in await elsewhere.says(pressed(boss.told))
    assert "Only a host" in await Conversation(app, space).says(pressed(boss.told)), (
        "a right that is gone is asked for again"
    )
    assert len(await series(app)) == 1


async def test_a_yes_is_good_for_what_was_told_and_nothing_else(app, boss):
    await boss.says(DAILY)
    await boss.says(STOP)
    yes = pressed(boss.told)
    await boss.says("/daily set 18:30 Europe/Berlin name=evening")
    asked = await boss.says(yes)
    assert "evening, 18:30 Europe/Berlin" in asked, "another question would stop, too"
    await boss.says("/daily stop name=evening")
    assert "09:00" in await boss.says(pressed(boss.told).replace("name=evening ", "")), "for the evening alone"
    assert len(await series(app)) == 2


async def test_where_a_name_is_too_long_for_a_button_the_yes_is_typed(app, boss):
    name = "'" * 40
    await boss.says(f'{DAILY} name="{name}"')
    asked = await boss.says(f'/daily stop name="{name}"')
    assert boss.told.sections == ()
    command = asked.partition("To go on, type `")[2].removesuffix("`")
    assert "Stopped" in await boss.says(command)


async def test_a_guess_is_no_yes_and_expired_questions_are_not_kept(app, boss, clock):
    await boss.says(DAILY)
    for guess in ("yes", "7QJ2-0XKD", ""):
        assert ASKED in await boss.says(f"/daily stop confirm={guess}")
    clock.advance(LASTS + timedelta(seconds=1))
    await boss.says(STOP)

    async def held(unit):
        return await unit.codes.number("go on", 0, clock.now() - timedelta(days=1))

    assert await app.storage.read(held) == 1


async def test_what_ends_a_season_says_which(boss):
    await boss.says("/league season start Winter")
    await boss.follows(
        [
            ("/league season", "Winter is on"),
            ("/league season end", "End the season?…Today will be the last day of Winter."),
            (YES, "Winter ends today."),
            ("/league season end", "No season is running."),
        ]
    )


async def test_leaving_a_league_says_which_and_who_stays(app, game):
    there = type(game)(app, await _second(app), game.clock)
    await unite(game, there)
    asked = await host(there).says("/league leave")
    assert "Leave the league?" in asked
    assert f"which it shares with 1 space ({game.space.name})" in asked
    assert "its own league again" in await host(there).insists("/league leave")
    assert "nothing to leave" in await host(there).says("/league leave")


async def _second(app):
    return await ensure_space(app, "slack", "T1", "Slack group", "UTC")
