"""One league over several spaces: how it is agreed on, what it counts, and how a space leaves it again."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from bot.domain.answers import AnswerStatus
from bot.domain.grading import DAILY_CAP
from bot.domain.rounds import Reveal
from bot.domain.standings import Ranked, Window
from bot.ports import HOSTS
from bot.services.leagues.spaces import ensure_space
from bot.services.leagues.teams import create_team, join_team, teams
from bot.services.standings.scores import standings
from bot.storage import tables as t
from bot.testing import YES, Conversation, application_on, draft, plain

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def there(game):
    """Another space, on another platform, with days of its own."""
    other = await ensure_space(game.app, "slack", "T1", "Slack group", "Asia/Tokyo")
    return type(game)(game.app, other, game.clock)


def host(game, name="Grace"):
    return Conversation(game.app, game.space, speaker=name, is_host=True)


async def invitation(game):
    return re.search(r"league join (\S+?)`", await host(game).says("/quiz league invite"))[1]


async def told(game):
    """What the hosts of a space were told, oldest first."""
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, HOSTS, 50))
    return [plain(post.view) for post in posts]


async def unite(game, there):
    await host(there).says(f"/quiz league join {await invitation(game)}")
    assert "plays in the league" in await host(game).says("/quiz league confirm")


async def boards(game, league):
    """Every standing of a league, by window, of players and teams."""
    return {
        (window, by): [
            (s.place, s.name, s.points, s.score, s.right, s.answered)
            for s in await standings(game.app, league=league, window=window, by=by)
        ]
        for window in Window
        for by in Ranked
    }


async def test_two_spaces_agree_on_one_league_and_part_again(game, there):
    await game.imports()
    for side, name in ((game, "Ada"), (there, "Bob")):
        await side.answers(await side.daily(), name, 0)
    here, other = host(game), host(there, "Linus")
    code = await invitation(game)
    await other.follows(
        [
            ("/quiz league confirm", "No space is waiting for your decision."),
            ("/quiz league decline", "No space is waiting for your decision."),
            ("/quiz league leave", "This space shares its league with no other"),
            ("/quiz league join", "Which code?"),
            (
                f"/quiz league join {code.lower().replace('-', ' ')}",
                "in the league **Study group**, which 1 space (Study group) and 1 player share…along…leave` undoes it",
            ),
            ("/quiz league confirm", "You said yes. I have asked the hosts of **Study group**"),
            ("/quiz league show", "You asked to join: Study group"),
        ]
    )
    assert "**Slack group** wants to play in one league with you, and would bring 1 player" in (await told(game))[-1]
    await here.follows(
        [
            ("/quiz league show", "Waiting for your decision: Slack group"),
            ("/quiz league confirm", "**Slack group** plays in the league **Study group** now"),
            ("/quiz league confirm", "Done! You now play in one league with Slack group."),
            ("/quiz league show", "Spaces: Study group, Slack group (2 players)"),
        ]
    )
    for side in (game, there):
        assert "**Slack group** plays in the league **Study group** now" in (await told(side))[-1]
    await other.follows(
        [
            ("/quiz league confirm", "Done! You now play in one league with Study group."),
            ("/quiz leaderboard", "1 | Ada | 10…1 | Bob | 10"),
            ("/quiz league leave", "Leave the league?…**Study group**, which it shares with 1 space (Study group)"),
            (YES, "This space has its own league again. Your points, answers and teams came along"),
            ("/quiz leaderboard", "1 | Bob | 10"),
            ("/quiz league show", "League Slack group…Spaces: Slack group (1 player)"),
        ]
    )
    assert "**Slack group** has left your league" in (await told(game))[-1]
    assert "Bob" not in await here.says("/quiz leaderboard")
    await game.agrees()


async def test_a_space_may_be_declined_and_may_take_its_wish_back(game, there):
    here, other = host(game), host(there)
    await other.says(f"/quiz league join {await invitation(game)}")
    await here.follows(
        [
            ("/quiz league decline Somebody", "“Somebody” isn't waiting for your decision. These are: Slack group."),
            ("/quiz league decline slack GROUP", "I have told Slack group, kindly."),
            ("/quiz league confirm", "No space is waiting"),
        ]
    )
    assert "**Study group** would rather play on its own." in (await told(there))[-1]
    await other.says(f"/quiz league join {await invitation(game)}")
    await other.follows([("/quiz league leave", "You have withdrawn your request")])
    await here.follows([("/quiz league confirm", "No space is waiting")])


async def test_of_several_that_ask_one_is_named(game, there):
    third = type(game)(game.app, await ensure_space(game.app, "web", "third", "Third group", "UTC"), game.clock)
    for side in (there, third):
        await host(side).says(f"/quiz league join {await invitation(game)}")
    await host(game).follows(
        [
            ("/quiz league confirm", "Several spaces are waiting for your decision: Slack group, Third group."),
            ("/quiz league confirm third group", "**Third group** plays in the league **Study group** now"),
            ("/quiz league confirm", "**Slack group** plays in the league **Study group** now"),
            ("/quiz league show", "Spaces: Study group, Slack group, Third group"),
        ]
    )


async def test_only_hosts_decide_and_everybody_may_look(game):
    ada = Conversation(game.app, game.space)
    for word in ("invite", "join ABCD", "confirm", "decline", "leave", "set card=dark"):
        assert await ada.says(f"/quiz league {word}") == "Only a host can do that."
    assert "League Study group" in await ada.says("/quiz league show")


async def test_a_code_works_once_in_time_and_elsewhere(game, there, clock):
    here, other = host(game), host(there)
    code = await invitation(game)
    assert len(code.replace("-", "")) == 16, "of 32 letters: 80 bits"
    await here.follows([(f"/quiz league join {code}", "That code is for your own league")])
    await other.says(f"/quiz league join {code}")
    await other.follows(
        [
            (f"/quiz league join {code}", "That code has been used already"),
            ("/quiz league join 0000-0000-0000-0000", "I don't know that code."),
        ]
    )
    late = await invitation(game)
    clock.advance(timedelta(days=7))
    await other.follows([(f"/quiz league join {late}", "That code has expired.")])


async def test_nobody_who_reads_the_database_can_use_a_code(game):
    code = await invitation(game)

    async def read(connection):
        return [str(row) for table in t.metadata.sorted_tables for row in await connection.execute(sa.select(table))]

    rows = await game.app.storage.read_raw(read)
    assert not [row for row in rows if code in row or code.replace("-", "") in row]


async def test_guessing_codes_ends_after_ten_tries_an_hour(game, there, clock):
    code = await invitation(game)
    other = host(there)
    for number in range(10):
        assert "I don't know that code." in await other.says(f"/quiz league join {number}")
    assert "Too many wrong codes" in await other.says(f"/quiz league join {code}")
    clock.advance(timedelta(hours=1))
    assert "You are about to join" in await other.says(f"/quiz league join {code}")


@pytest.mark.both_databases
async def test_teams_come_along_under_names_of_their_own_and_go_again(game, there):
    await game.imports()
    for side, people in ((game, ("Ada", "Bob")), (there, ("Cy", "Di"))):
        await create_team(game.app, side.caller(people[0]), "Foxes")
        await join_team(game.app, side.caller(people[1]), "Foxes")
    await create_team(game.app, there.caller("Ed"), "Owls")
    await host(there, "Ed").says("/quiz team leave")
    await unite(game, there)
    assert await teams_of(game) == {"Foxes": ("Ada", "Bob"), "Foxes (Slack group)": ("Cy", "Di"), "Owls": ()}
    await host(there, "Ed").says("/quiz team join foxes")
    await host(there).insists("/quiz league leave")
    assert await teams_of(game) == {"Foxes": ("Ada", "Bob")}
    assert await teams_of(there) == {"Foxes": ("Cy", "Di"), "Foxes (Slack group)": ("Ed",), "Owls": ()}


async def test_teams_get_the_names_back_that_they_came_with(game, there):
    """Whatever these names look like: what was put behind one is no part of it, and what was typed is."""
    await create_team(game.app, game.caller("Ada"), "Foxes")
    await create_team(game.app, there.caller("Cy"), "Foxes")
    for side, name in ((game, "Eve"), (there, "Di")):
        await create_team(game.app, side.caller(name), "Foxes (Slack group)")
    before = {"Foxes": ("Cy",), "Foxes (Slack group)": ("Di",)}
    assert await teams_of(there) == before
    for _again in range(2):
        await unite(game, there)
        assert len(await teams_of(game)) == 4
        await host(there).insists("/quiz league leave")
        assert await teams_of(there) == before


async def teams_of(game):
    caller = replace(game.caller(), space=await fresh(game))
    return {team.name: team.members for team in await teams(game.app, caller)}


async def fresh(game):
    return await game.app.storage.read(lambda unit: unit.spaces.get(game.space.id))


@pytest.mark.parametrize("seed", range(2))
async def test_joining_and_leaving_again_leaves_both_leagues_as_they_were(game, there, seed):
    """Random play before; standings of all windows, of players and teams, are what they would have been."""
    chance = Random(seed)
    await game.imports(*(draft(f"Question {n}?") for n in range(12)))
    await play(chance, game, there)
    before = [await boards(game, "Study group"), await boards(game, "Slack group")]
    await unite(game, there)
    await game.agrees()
    await host(there).insists("/quiz league leave")
    assert [await boards(game, "Study group"), await boards(game, "Slack group")] == before
    await game.agrees()


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", range(2))
async def test_what_is_answered_while_united_counts_where_it_was_answered(game, there, seed):
    """Two leagues that were united for a while stand as those that never were, which were played the same."""
    chance = Random(seed)
    await game.imports(*(draft(f"Question {n}?") for n in range(12)))
    await play(chance, game, there)
    await unite(game, there)
    asked = await play(chance, game, there, answered=0.5)
    await host(there).insists("/quiz league leave")
    for round_ in asked:
        side = game if round_.space_id == game.space.id else there
        await side.answers(round_, "Late", 0)
        await side.closes(round_)
    await game.agrees()
    for side, league in ((game, "Study group"), (there, "Slack group")):
        expected = await counted(side)
        shown = {name: points for _, name, points, *_ in (await boards(game, league))[Window.ALL, Ranked.PLAYER]}
        assert shown == expected


async def play(chance, *sides, answered=0.8):
    """Some days of random questions, answers and teams; the rounds that are still open."""
    still_open = []
    for _day in range(4):
        for side in sides:
            reveal = chance.choice(list(Reveal))
            rounds = [await side.daily(reveal=reveal), *[await side.asks() for _ in range(chance.randrange(3))]]
            clicks = [
                side.click(round_, f"P{number}", chance.randrange(4))
                for round_ in rounds
                for number in range(8)
                if chance.random() < answered
            ]
            await side.at_once(*clicks)
            for round_ in rounds:
                if chance.random() < 0.6:
                    await side.closes(round_)
                else:
                    still_open.append(round_)
        sides[0].clock.advance(hours=chance.randrange(30))
    for side in sides:
        for number in range(5):
            caller = replace(side.caller(f"P{number}"), space=await fresh(side))
            name = chance.choice(("Foxes", "Owls"))
            known = [team.name for team in await teams(side.app, caller)]
            await (join_team if name in known else create_team)(side.app, caller, name)
    return [one for one in still_open if one.closes_at is None or one.closes_at > sides[0].clock.now()]


async def counted(side):
    """Points by name, straight from the answers of a space; on-demand ones up to the daily cap."""
    query = (
        sa.select(t.players.c.name, t.answers.c.day, t.answers.c.on_demand, sa.func.sum(t.answers.c.points))
        .select_from(t.answers.join(t.rounds).join(t.players, t.players.c.id == t.answers.c.player_id))
        .where(t.rounds.c.space_id == side.space.id, t.answers.c.points.is_not(None))
        .group_by(t.players.c.name, t.answers.c.day, t.answers.c.on_demand)
    )

    async def read(connection):
        return (await connection.execute(query)).all()

    found = {}
    for name, _day, on_demand, points in await side.app.storage.read_raw(read):
        found[name] = found.get(name, 0) + (min(int(points), DAILY_CAP) if on_demand else int(points))
    return found


@pytest.mark.both_databases
async def test_answers_that_come_while_spaces_unite_and_part_count_where_they_belong(game, there, url, clock):
    """Through two processes, in rounds of both spaces, while a third unites and parts them again and again."""
    await game.imports(draft("One?"), draft("Two?"), draft("Three?"))
    rounds = [(side, await side.daily(reveal=reveal)) for side in (game, there) for reveal in Reveal]
    third = [type(game)(game.app, await ensure_space(game.app, "web", "third", "Third", "UTC"), clock)]
    rounds += [(third[0], await third[0].asks())]
    async with application_on(url, clock=clock, seed=2) as second:
        clicks = [
            (app, side.click(round_, f"P{number}", number % 4))
            for number in range(60)
            for app, (side, round_) in zip((game.app, second) * 3, rounds, strict=False)
        ]
        Random(1).shuffle(clicks)

        async def deliver():
            outcomes = []
            for start in range(0, len(clicks), 15):
                part = clicks[start : start + 15]
                outcomes += await asyncio.gather(*(app.answers.submit(click) for app, click in part))
            return outcomes

        async def shift():
            for _ in range(3):
                await unite(game, there)
                assert "has its own league again" in await host(there).insists("/quiz league leave")
            await unite(game, there)

        outcomes, _ = await asyncio.gather(deliver(), shift())
    assert {outcome.status for outcome in outcomes} == {AnswerStatus.SAVED}
    for side, round_ in rounds:
        assert len(await side.stored(round_)) == 60
        await side.closes(round_)
    assert len({(await fresh(side)).league_id for side in (game, there)}) == 1

    async def strays(connection):
        wrong = sa.select(t.answers.c.round_id).select_from(
            t.answers.join(t.rounds, t.rounds.c.id == t.answers.c.round_id).join(
                t.spaces, t.spaces.c.id == t.rounds.c.space_id
            )
        )
        in_another = sa.or_(t.answers.c.league_id != t.spaces.c.league_id, t.rounds.c.league_id != t.spaces.c.league_id)
        return list(await connection.scalars(wrong.where(in_another)))

    assert await game.app.storage.read_raw(strays) == []
    await game.agrees()


@pytest.mark.both_databases
async def test_questions_that_are_asked_while_spaces_unite_are_counted_there(game, there, url, clock):
    await game.imports(*(draft(f"Question {n}?") for n in range(12)))
    async with application_on(url, clock=clock, seed=2) as second:
        elsewhere = type(game)(second, there.space, clock)
        asked, _ = await asyncio.gather(
            asyncio.gather(*(side.asks() for side in (there, elsewhere, game) * 3)), unite(game, there)
        )
    for round_ in asked:
        side = game if round_.space_id == game.space.id else there
        await side.answers(round_, "Ada", 0)
    league = (await fresh(there)).league_id
    stored = [await game.app.storage.read(lambda unit, i=round_.id: unit.rounds.find(i)) for round_ in asked]
    assert {round_.league_id for round_ in stored} == {league}
    await game.agrees()


async def test_rules_are_set_and_shown(game, there):
    await unite(game, there)
    await game.imports()
    await game.asks()
    await host(game).follows(
        [
            ("/quiz league set", "What should it be?"),
            ("/quiz league set age=7d", "“age” isn't an option. There are: account_age,"),
            ("/quiz league set account_age=soon", "“soon” isn't a number of days."),
            ("/quiz league set card=pink", "A card is light or dark, not “pink”."),
            ("/quiz league set weekly=mon,tue", "Once a week is enough"),
            ("/quiz league set weekly_channel=there", "isn't a channel"),
            ("/quiz league set dark", "I don't understand “dark”."),
            (
                "/quiz league set account_age=7d join_age=1 team_race_on_demand=no card=dark weekly=friday 18:30",
                "age: 7 days…in the space: 1 day…teams: no…Friday 18:30, where the daily question is, with a dark card",
            ),
            ("/quiz league set account_age=0 weekly_channel=here", "of any age…1 day…in a channel of its own"),
        ]
    )
    friday = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)
    assert (await fresh(game)).weekly_next_at == friday
    assert (await fresh(there)).weekly_next_at is None, "nothing was ever asked there"
    assert (await fresh(game)).weekly_channel == "study"
    await host(game).says("/quiz league set weekly_channel=auto")
    assert (await fresh(game)).weekly_channel is None
