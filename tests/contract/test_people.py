"""Players, teams, leagues and what a person may ask about themselves."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import Member
from bot.domain.rounds import Reveal
from bot.domain.standings import Ranked, Window
from bot.services.forgetting import forget_accounts
from bot.services.leagues.spaces import ensure_space
from bot.services.leagues.teams import create_team, join_team, leave_team, teams
from bot.services.people.privacy import export_data
from bot.services.rounds.asking import ask_now
from bot.services.standings.own_progress import stats
from bot.services.standings.scores import leaderboard, standings
from bot.storage.tables import metadata
from bot.testing import YES, Conversation, application_on, draft, plain

pytestmark = pytest.mark.sqlite_first


async def test_windows_begin_and_end_in_the_leagues_own_zone(game):
    """Half past eleven on Sunday evening in UTC is Monday, and April, in Berlin."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(6)))
    for moment in (
        datetime(2026, 2, 10, 12, tzinfo=UTC),
        datetime(2026, 3, 29, 21, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 22, 1, tzinfo=UTC),
        datetime(2026, 3, 31, 22, 30, tzinfo=UTC),
    ):
        game.clock.set(moment)
        await game.answers(await game.asks(), "Ada", 0)
    expected = {Window.DAY: 10, Window.WEEK: 20, Window.MONTH: 10, Window.SEASON: 40, Window.ALL: 40}
    assert {window: (await game.points(window))["Ada"] for window in Window} == expected
    await game.agrees()


@pytest.mark.both_databases
async def test_a_leaderboard_shows_the_top_and_ones_own_place_below(game):
    await game.imports()
    round_ = await game.daily()
    await game.at_once(*(game.click(round_, f"P{n:02}", 0) for n in range(12)), game.click(round_, "Zoe", 1))
    view = await leaderboard(game.app, game.caller("Zoe"), window=Window.WEEK, by=Ranked.PLAYER)
    assert len(view.table.rows) == 11
    assert view.table.rows[-1] == ("13", "Zoe", "0", "0", "1")
    assert view.footer.endswith("is 10 points ahead of you.")
    for name in ("P00", "P11"):
        view = await leaderboard(game.app, game.caller(name), window=Window.WEEK, by=Ranked.PLAYER)
        assert name in {row[1] for row in view.table.rows}
        assert {row[0] for row in view.table.rows} == {"1"}
        assert view.footer == "Zoe is 10 points behind you."


@pytest.mark.both_databases
async def test_teams_are_ranked_by_the_mean_of_those_who_answered(game):
    await game.imports()
    for name, team in (("Ada", "Foxes"), ("Bob", "Foxes"), ("Cy", "Owls"), ("Di", "Owls"), ("Ed", "Solo")):
        known = [one.name for one in await teams(game.app, game.caller(name))]
        await (join_team if team in known else create_team)(game.app, game.caller(name), team)
    await join_team(game.app, game.caller("Idle"), "FOXES")
    round_ = await game.daily()
    await game.at_once(
        *(game.click(round_, n, c) for n, c in (("Ada", 0), ("Bob", 1), ("Cy", 0), ("Di", 0), ("Ed", 0)))
    )
    board = await standings(game.app, league=None, window=Window.ALL, by=Ranked.TEAM)
    assert [(s.place, s.name, s.members) for s in board] == [(1, "Owls", 2), (2, "Foxes", 2), (None, "Solo", 1)]
    assert await game.points(by=Ranked.TEAM) == {"Owls": 10, "Foxes": 5, "Solo": 10}


async def test_leagues_are_counted_apart_and_named_together(game):
    await game.imports(draft("One?"), draft("Two?"))
    other = await ensure_space(game.app, "web", "other", "Other group", "Asia/Tokyo")
    there = type(game)(game.app, other, game.clock)
    for side in (game, there):
        await side.answers(await side.asks(), "Ada", 0)
        await create_team(game.app, side.caller("Ada"), "Foxes")
        await side.answers(await side.asks(), "Bob", 0)
        await join_team(game.app, side.caller("Bob"), "Foxes")

    async def board(league, by=Ranked.PLAYER):
        return await standings(game.app, league=league, window=Window.ALL, by=by)

    assert len(await board("other GROUP")) == 2
    assert len(await board(None)) == 4
    assert [(s.name, s.members) for s in await board(None, Ranked.TEAM)] == [("Foxes", 2), ("Foxes", 2)]
    with pytest.raises(NotFound, match="There are: Other group, Study group"):
        await board("third")


@pytest.mark.both_databases
async def test_a_space_is_made_once_however_many_meet_it_at_the_same_time(game, url, clock):
    async with application_on(url, clock=clock, seed=2) as other:
        spaces = await asyncio.gather(
            *(ensure_space(app, "discord", "42", "Server", "UTC") for app in (game.app, other) * 4)
        )
    assert len({space.id for space in spaces}) == 1
    named_alike = await ensure_space(game.app, "slack", "T1", "Server", "UTC")
    assert named_alike.league_id != spaces[0].league_id


@pytest.mark.both_databases
async def test_two_founders_of_one_team_make_one_team(game, url, clock):
    async with application_on(url, clock=clock, seed=2) as other:
        outcomes = await asyncio.gather(
            *(create_team(app, game.caller(f"P{n}"), "Foxes") for n, app in enumerate((game.app, other) * 3)),
            return_exceptions=True,
        )
    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert all(isinstance(o, BadInput) for o in outcomes if isinstance(o, Exception))
    (team,) = await teams(game.app, game.caller())
    assert len(team.members) == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "\u200b"])
async def test_a_team_needs_a_name(game, name):
    with pytest.raises(BadInput, match="1 to 40 characters"):
        await create_team(game.app, game.caller(), name)


async def test_leaving_a_team(game):
    assert await leave_team(game.app, game.caller()) is None
    await create_team(game.app, game.caller(), "Foxes")
    assert await leave_team(game.app, game.caller()) == "Foxes"
    assert (await teams(game.app, game.caller()))[0].members == ()


async def test_ones_own_figures(game):
    await game.imports(draft("One?", topic="S3"), draft("Two?", topic="S3"), draft("Three?"))
    for day, choice in enumerate((0, 1, 0)):
        await game.answers(await game.asks(), "Ada", choice)
        if day < 2:
            game.clock.advance(days=1)
    text = plain(await stats(game.app, game.caller()))
    assert "2 of 3 right (67%), 20 points, 3 days in a row." in text
    assert "S3" in text
    game.clock.advance(days=1)
    assert "3 days in a row" in plain(await stats(game.app, game.caller())), "today isn't over yet"
    game.clock.advance(days=1)
    assert "0 days in a row" in plain(await stats(game.app, game.caller()))


@pytest.mark.both_databases  # nothing else sends this SQL to both
async def test_answers_are_summed_by_topic_and_day_with_one_sum_for_earlier_days(game):
    await game.imports(draft("One?", topic="S3"), draft("Two?", topic="S3"), draft("Three?"), draft("Four?"))
    first = game.clock.now().date()
    for choice in (0, 1, 0, 1):
        await game.answers(await game.asks(), "Ada", choice)
        game.clock.advance(days=1)
    await game.answers(await game.daily(reveal=Reveal.AT_CLOSE), "Ada", 0)
    ada = game.member("Ada")

    async def read(unit):
        return await unit.answers.by_topic_and_day(ada, first + timedelta(days=2)), await unit.answers.history(ada)

    sums, history = await game.app.storage.read(read)
    told = {(one.topic, one.day): (one.given, one.graded.right, one.graded.answered, one.points) for one in sums}
    assert len(told) == len(sums)
    wanted = {}
    for one in history:
        place = one.topic, one.day if one.day >= first + timedelta(days=2) else None
        before = wanted.get(place, (0, 0, 0, 0))
        this = 1, int(one.right is True), int(one.right is not None), one.points or 0
        wanted[place] = tuple(map(sum, zip(before, this, strict=True)))
    assert told == wanted
    assert (len(history), sum(one.given for one in sums), sum(one.graded.answered for one in sums)) == (5, 5, 4)
    assert await game.app.storage.read(lambda unit: unit.answers.by_topic_and_day(game.member("Bob"), first)) == []


async def traces(game, *words):
    """Tables in which any of these words occurs."""
    found = set()

    async def read(connection):
        for table in metadata.sorted_tables:
            for row in await connection.execute(sa.select(table)):
                if any(word in str(tuple(row)) for word in words):
                    found.add(table.name)

    await game.app.storage.read_raw(read)
    return found


async def test_deleting_ones_data_leaves_no_trace(game):
    await game.imports(draft("One?"), draft("Two?"), draft("Three?"))
    game_of = {reveal: await game.daily(reveal=reveal) for reveal in Reveal}
    ada = Member(space_id=game.space.id, external_id="account-4711", name="Ada Lovelace")
    caller = replace(game.caller(), member=ada)
    (private,) = await ask_now(game.app, caller, private=True)
    for round_ in (*game_of.values(), private):
        await game.app.answers.submit(replace(game.click(round_, "", 0), member=ada))
        await game.answers(round_, "Bob", 0)
        await game.closes(round_)
    await create_team(game.app, caller, "Foxes")
    exported = json.loads(await export_data(game.app, [caller.member]))
    assert (exported["name"], len(exported["answers"])) == ("Ada Lovelace", 3)
    assert await forget_accounts(game.app, [caller.member])
    assert await traces(game, "Lovelace", "4711") == set()
    assert await game.points() == {"Bob": 20}
    await game.agrees()
    assert not await forget_accounts(game.app, [caller.member])
    assert json.loads(await export_data(game.app, [caller.member]))["answers"] == []


@pytest.mark.both_databases
async def test_a_conversation(app, space):
    """The commands of one evening, as they are typed."""
    ada = Conversation(app, space, is_host=True)
    bob = Conversation(app, space, speaker="Bob")
    await ada.follows(
        [
            ("/quiz", "No question is ready yet."),
            ("/quiz daily show", "No daily question here yet."),
            ("/quiz daily now", "No daily question here yet."),
            ("/quiz daily set 09:00", "Tell me when and where"),
            ("/quiz daily set 09:00 Berlin", "Did you mean Europe/Berlin"),
            (
                "/quiz daily set 9:00 Europe/Berlin",
                "The daily question is set…Every day at 09:00 Berlin time, starting tomorrow, Tuesday 3 March.",
            ),
            ("/quiz daily show", "09:00 Europe/Berlin, daily, buttons, result at once, next: Tue 2026-03-03 09:00"),
            ("/quiz daily pause", "Paused."),
            ("/quiz daily show", "paused"),
            ("/quiz daily resume", "next: Tue 2026-03-03 09:00"),
            ("/quiz daily now", "No question is ready for this series."),
            ("/quiz bank list", "There are no question banks yet."),
            ("/quiz bank review nothing", "There is no bank named “nothing”."),
            ("/quiz help", "For hosts"),
        ]
    )
    await bob.follows(
        [
            ("/quiz daily stop", "Only a host can do that."),
            ("/quiz bank list", "Only a host"),
            ("/quiz help", "For everybody"),
            ("/quiz team list", "There are no teams yet."),
            ("/quiz team join Owls", "No team “Owls” yet (teams: none yet)."),
            ("/quiz team create Night-Owls *", "Team Night-Owls * is created, and you are in it."),
            ("/quiz team create NIGHT-OWLS *", "There is a team “NIGHT-OWLS *” already."),
            ("/quiz team list", "Night-Owls *…: Bob"),
            ("/quiz team leave", "You left Night-Owls *."),
            ("/quiz leaderboard", "No answers in this period yet."),
            ("/quiz stats", "None yet."),
            ("/quiz count=9", "Ask for 1 to 5 questions"),
            ("/quiz count=" + 5_000 * "9", "isn't a number of questions."),
            ("/quiz difficulty=huge", "No question of difficulty “huge” is ready."),
            ("/quiz count=many", "“many” isn't a number of questions."),
            ("/fly", "I don't know “/fly”."),
            ("/quiz privacy export", '"name": "Bob"'),
            ("/quiz privacy delete nope", "Nothing was deleted, because “nope” isn't part of the command."),
            ("/quiz privacy delete confirm", "Nothing was deleted, because “confirm” isn't part of the command."),
            ("/quiz privacy delete confirm=no", "Delete everything about you?"),
            (YES, "Done"),
            ("/quiz privacy delete", "Delete everything about you?"),
            (YES, "Nothing was stored about you."),
        ]
    )
    assert "For hosts" not in await bob.says("/quiz help")
    assert await ada.insists("/quiz daily stop") == "Stopped. Points and past questions stay."
    await ada.follows([("/quiz daily show", "No daily question here yet.")])


async def test_the_export_says_in_words_what_is_not_in_it(game):
    await game.imports()
    await game.answers(await game.asks(), "Ada", 0)
    words = " ".join(json.loads(await export_data(game.app, [game.member("Ada")]))["not in here"])
    for left_out in ("texts of questions", "others answered", "posted", "platform", "log of changes", "backups"):
        assert left_out in words


async def test_last_weeks_board_can_be_seen_again(game):
    await game.imports(draft("One?"), draft("Two?"))
    await game.answers(await game.asks(), "Ada", 0)
    await game.later(days=7)
    await game.answers(await game.asks(), "Bob", 0)
    conversation = Conversation(game.app, game.space)
    await conversation.follows(
        [
            ("/quiz leaderboard last-week", "Leaderboard: last week…1 | Ada | 10"),
            ("/quiz leaderboard team last-week", "Leaderboard: last week"),
        ]
    )
    assert "Bob" not in await conversation.says("/quiz leaderboard last-week")
    await game.later(days=14)
    await conversation.follows([("/quiz leaderboard last-week", "Nobody answered last week.")])
