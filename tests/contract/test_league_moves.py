"""What follows once a space plays in another league: who hears of it, what finds its league, who is forgotten there."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.answers import AnswerStatus
from bot.domain.rounds import Reveal
from bot.domain.standings import Ranked, Window
from bot.services.banks.correcting import correct_key
from bot.services.forgetting import forget_departed
from bot.services.leagues.spaces import ensure_space
from bot.services.leagues.teams import create_team, join_team, leave_team, teams
from bot.services.platforms.arriving import depart
from bot.services.platforms.gone import channel_gone
from bot.services.standings.own_progress import stats
from bot.services.standings.scores import leaderboard
from bot.services.standings.seasons import seasons, start_season
from bot.storage import tables as t
from bot.testing import Conversation, application_on, draft, plain
from tests.contract.locking import answered_during_a_recount
from tests.contract.test_leagues import fresh, host, invitation, told, unite
from tests.contract.test_linking import link, person

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def there(game):
    """Another space, on another platform, with days of its own."""
    other = await ensure_space(game.app, "slack", "T1", "Slack group", "Asia/Tokyo")
    return type(game)(game.app, other, game.clock)


async def test_whoever_shared_or_wished_for_the_league_of_a_space_that_goes_elsewhere_hears_of_it(game, there):
    third = type(game)(game.app, await ensure_space(game.app, "web", "third", "Third group", "UTC"), game.clock)
    await host(there).says(f"/quiz league join {await invitation(third)}")
    await unite(game, third)
    assert "plays in another league now" in (await told(there))[-1]
    await unite(there, third)
    assert "**Third group** has left your league" in (await told(game))[-1]
    assert "plays in the league **Slack group** now" in (await told(there))[-1]


async def test_what_an_adapter_remembers_of_a_space_is_enough_to_find_its_league(game, there):
    """A caller's space is of before it joined: as Slack's home may have it for half a minute."""
    await game.imports()
    await there.answers(await there.daily(), "Bob", 0)
    await create_team(game.app, game.caller("Ada"), "Foxes")
    await unite(game, there)
    bob = there.caller("Bob", is_host=True)
    assert "Bob" in plain(await leaderboard(game.app, bob, window=Window.ALL, by=Ranked.PLAYER))
    assert "1 of 1" in plain(await stats(game.app, bob))
    assert [team.name for team in await teams(game.app, bob)] == ["Foxes"]
    await join_team(game.app, bob, "Foxes")
    assert await leave_team(game.app, bob) == "Foxes"
    assert (await start_season(game.app, bob, "Spring")).name == "Spring"
    assert (await seasons(game.app, game.caller()))[0].name == "Spring"


async def test_whoever_joins_reads_before_what_cannot_be_undone(game, there):
    told_now = await host(there).says(f"/quiz league join {await invitation(game)}")
    assert "final standings of seasons that ended here aren't kept" in told_now
    assert "has a public link" not in told_now
    await host(game).says("/quiz league public on")
    assert "has a public link" in await host(there).says(f"/quiz league join {await invitation(game)}")


async def test_a_space_that_left_names_no_winner_of_a_season_of_the_league(game, there):
    await game.imports()
    await unite(game, there)
    await host(game).says("/quiz league season start Spring")
    await there.answers(await there.daily(), "Bob", 0)
    await host(game).insists("/quiz league season end")
    await host(there).insists("/quiz league leave")
    game.clock.advance(days=1)
    assert "- Spring (2026-03-02 to 2026-03-02)\n" in await host(there).says("/quiz league season")
    assert "- Spring (2026-03-02 to 2026-03-02): Bob\n" in await host(game).says("/quiz league season")


async def test_a_space_that_is_forgotten_is_in_no_archive_of_a_league_that_it_left(game, there):
    await game.imports()
    await unite(game, there)
    await host(game).says("/quiz league season start Spring")
    for side, name in ((game, "Ada"), (there, "Bob")):
        await side.answers(await side.daily(), name, 0)
    await host(game).insists("/quiz league season end")
    await host(there).insists("/quiz league leave")
    await depart(game.app, "slack", "T1")
    game.clock.advance(days=40)
    await forget_departed(game.app, timedelta(days=30))
    league = (await fresh(game)).league_id
    final = await game.app.storage.read(lambda unit: unit.leagues.archived(league, 2))
    assert [player.name for player in final.players] == ["Ada"]


@pytest.mark.both_databases
async def test_nothing_is_kept_of_a_space_that_is_forgotten_while_its_league_goes_on(game, there):
    await game.imports()
    await create_team(game.app, game.caller("Ada"), "Foxes")
    await create_team(game.app, there.caller("Bob"), "Foxes")
    await unite(game, there)
    await there.daily()
    await channel_gone(game.app, await fresh(there), "study", "closed")
    assert {"former_leagues", "closed_channels", "teams"} <= await kept_of(there)
    await depart(game.app, "slack", "T1")
    game.clock.advance(days=40)
    await forget_departed(game.app, timedelta(days=30))
    assert await kept_of(there) == set()
    assert {team.name for team in await teams(game.app, game.caller("Ada"))} == {"Foxes", "Foxes (Slack group)"}


async def kept_of(side):
    """The tables with rows that refer to a space."""

    async def read(connection):
        found = set()
        for table in t.metadata.sorted_tables:
            refers = [column == side.space.id for column in table.c if column.references(t.spaces.c.id)]
            if refers and await connection.scalar(sa.select(sa.func.count()).select_from(table).where(sa.or_(*refers))):
                found.add(table.name)
        return found

    return await side.app.storage.read_raw(read)


async def test_a_space_that_joins_gets_its_weekly_post_at_the_leagues_moment(game, there):
    await game.imports()
    await there.asks()
    await host(game).says("/quiz league set weekly=friday 18:30")
    await unite(game, there)
    assert (await fresh(there)).weekly_next_at == datetime(2026, 3, 6, 17, 30, tzinfo=UTC)


async def test_whoever_is_forgotten_after_parting_is_forgotten_in_both_leagues(game, there):
    await game.imports()
    await unite(game, there)
    asked = [await side.daily() for side in (game, there)]
    await there.answers(asked[1], "Lovelace", 0)
    await there.closes(asked[1])
    await game.closes(asked[0])
    result = await game.app.storage.read(lambda unit: unit.outbox.find(f"r{asked[0].id}"))
    assert "Lovelace" in plain(result.view), "the standings below a result are the league's"
    await host(there).insists("/quiz league leave")
    await Conversation(game.app, there.space, speaker="Lovelace").insists("/quiz privacy delete")
    result = await game.app.storage.read(lambda unit: unit.outbox.find(f"r{asked[0].id}"))
    assert "Lovelace" not in plain(result.view)


@pytest.mark.both_databases
async def test_an_answer_keeps_its_day_in_a_league_with_other_days(game, there):
    """Half past eight in the evening in Berlin is the next day in Tokyo; a corrected key changes points, no day."""
    await game.imports()
    game.clock.set(datetime(2026, 3, 2, 19, 30, tzinfo=UTC))
    round_ = await game.daily()
    await game.answers(round_, "Ada", 0)
    await unite(there, game)
    await correct_key(game.app, round_.question_id, "B", reason="", actor="test")
    await game.agrees()
    await game.closes(round_)

    async def day(connection):
        return await connection.scalar(sa.select(t.answers.c.day))

    assert await game.app.storage.read_raw(day) == date(2026, 3, 2)


@pytest.mark.both_databases
async def test_an_answer_that_comes_while_totals_are_made_anew_waits_for_them(game, there, url, clock, monkeypatch):
    """In the league that others join, through another process, at the very moment when answers were read."""
    await game.imports()
    round_ = await game.daily()
    await game.answers(round_, "Ada", 0)
    async with application_on(url, clock=clock, seed=2) as second:
        await second.answers.submit(game.click(round_, "Bob", 0))
        outcome = await answered_during_a_recount(monkeypatch, second, game.click(round_, "Cy", 0), unite(game, there))
    assert outcome.status is AnswerStatus.SAVED
    assert await game.points() == {"Ada": 10, "Bob": 10, "Cy": 10}
    await game.agrees()


@pytest.mark.both_databases
async def test_all_that_makes_totals_anew_may_happen_at_once(game, there, url, clock):
    """Spaces unite and part, accounts are linked and part, rounds close, seasons begin, keys change; two processes."""
    await game.imports(*(draft(f"Question {n}?") for n in range(4)))
    rounds = [(side, await side.daily(reveal=reveal)) for side in (game, there) for reveal in Reveal]
    for side, round_ in rounds:
        await side.at_once(*(side.click(round_, f"P{n}", n % 4) for n in range(8)))
    async with application_on(url, clock=clock, seed=2) as second:
        too = type(game)(second, there.space, clock)
        await asyncio.gather(
            link_some(game, there, too), move_twice(game, there, too), close_and_correct(too, rounds), answer(rounds)
        )
    await game.agrees()


async def link_some(game, there, too):
    for number in range(4):
        await link(game, there, f"P{number}", f"P{number}")
        if number % 2:
            await person(too, f"P{number}").says("/quiz unlink")


async def move_twice(game, there, too):
    for _ in range(2):
        await unite(game, there)
        await host(too).insists("/quiz league leave")


async def close_and_correct(side, rounds):
    for number, (_side, round_) in enumerate(rounds):
        await side.closes(round_)
        await start_season(side.app, side.caller(is_host=True), f"Season {number}")
        await correct_key(side.app, round_.question_id, "BC"[number % 2], reason="", actor="test")


async def answer(rounds):
    for number in range(8, 16):
        for side, round_ in rounds:
            await side.answers(round_, f"P{number}", number % 4)


async def test_players_are_told_in_their_channels_who_sees_their_names_from_now_on(game, there):
    await game.imports()
    for side in (game, there):
        await side.daily()
    await unite(game, there)
    for side, other in ((game, "Slack group"), (there, "Study group")):
        posts = await game.app.storage.read(lambda unit, here=side.space.id: unit.outbox.recent(here, "study", 50))
        assert f"we share a leaderboard with {other}. People there can see your name" in plain(posts[-1].view)


async def test_players_who_share_a_league_already_are_told_of_the_newcomer_alone(game, there):
    await game.imports()
    third = type(game)(game.app, await ensure_space(game.app, "web", "third", "Third group", "UTC"), game.clock)
    for side in (game, there, third):
        await side.daily()
    for newcomer in (there, third):
        await unite(game, newcomer)
    for side, others in ((game, "Third group"), (there, "Third group"), (third, "Study group, Slack group")):
        posts = await game.app.storage.read(lambda unit, here=side.space.id: unit.outbox.recent(here, "study", 50))
        assert f"we share a leaderboard with {others}. People there can see your name" in plain(posts[-1].view)
