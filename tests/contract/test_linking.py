"""One person with several accounts: one player, whose answers count once, and who may part again."""

import asyncio
import json
import re
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa

from bot.domain.answers import AnswerStatus
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.standings import Ranked, Window
from bot.ports import Reactions
from bot.services.forgetting import forget_accounts, forget_departed
from bot.services.leagues.spaces import ensure_space
from bot.services.leagues.teams import create_team
from bot.services.people.privacy import export_data
from bot.services.platforms.arriving import depart
from bot.services.platforms.delivery import deliver
from bot.services.rounds.asking import question_key
from bot.services.rounds.reacting import read_back
from bot.services.standings.scores import standings
from bot.storage import tables as t
from bot.testing import Conversation, FakeMessenger, application_on, draft, plain
from tests.contract.accounts import code_of, link, person
from tests.contract.locking import answered_during_a_recount

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def there(game):
    other = await ensure_space(game.app, "slack", "T1", "Slack group", "Asia/Tokyo")
    return type(game)(game.app, other, game.clock)


async def players(game, *accounts):
    """How many players are behind these accounts."""

    async def read(unit):
        return {await unit.people.player(side.member(name)) for side, name in accounts}

    return len(await game.app.storage.read(read))


async def test_two_accounts_become_one_player_and_part_again(game, there):
    await game.imports(draft("One?"), draft("Two?"))
    for side, choice in ((game, 0), (there, 0)):
        await side.answers(await side.daily(), "Ada", choice)
    code = await code_of(game)
    await person(there).follows(
        [
            (f"/quiz link {code.replace('-', ' ').lower()}", "Is this you, too?…Ada (Study group)"),
            ("/quiz link confirm", "You said yes. Now type `/quiz link` as Ada (Study group)"),
        ]
    )
    await person(game).follows(
        [
            ("/quiz link", "Is this you, too?…Ada (Slack group)"),
            ("/quiz link confirm", "You are one player now: Ada (Study group), Ada (Slack"),
        ]
    )
    await person(there).follows(
        [
            ("/quiz stats", "2 of 2 right"),
            (f"/quiz link {code}", "That code has been used already"),
            ("/quiz unlink", "This account plays for itself again, with its own answers. Still linked: Ada (Study"),
            ("/quiz stats", "1 of 1 right"),
            ("/quiz unlink", "This account isn't linked to another one."),
        ]
    )
    await person(game).follows([("/quiz stats", "1 of 1 right"), ("/quiz unlink", "linked to another one")])
    await game.agrees()


async def test_a_code_is_for_another_account_works_once_and_for_ten_minutes(game, there, clock):
    code = await code_of(game)
    assert len(code.replace("-", "")) == 12, "of 32 letters: 60 bits"
    await person(game).follows([(f"/quiz link {code}", "You are that player already.")])
    await person(there).follows([(f"/quiz link {code}", "Is this you, too?")])
    await person(game).says("/quiz link confirm")
    await person(there).follows([("/quiz link confirm", "You are one player now")])
    again = await code_of(game)
    await person(there).follows(
        [
            (f"/quiz link {again}", "You are that player already."),
            ("/quiz link 0000-0000-0000", "I don't know that code."),
        ]
    )
    late = await code_of(game, "Bob")
    clock.advance(CODE_LASTS)
    await person(there, "Bob").follows([(f"/quiz link {late}", "That code has expired.")])


CODE_LASTS = timedelta(minutes=10)


async def test_a_code_is_worth_nothing_once_the_account_that_got_it_has_parted(game, there):
    """It was of a player that is somebody else's now."""
    await link(game, there, "Mallory", "Victim")
    code = await code_of(game, "Mallory")
    await person(game, "Mallory").says("/quiz unlink")
    await person(game, "Mallory").follows([(f"/quiz link {code}", "That code has expired.")])
    assert await players(game, (game, "Mallory"), (there, "Victim")) == 2


async def test_a_code_for_a_league_links_no_account_and_the_other_way_round(game, there):
    boss = Conversation(game.app, game.space, is_host=True)
    league = re.search(r"league join (\S+?)`", await boss.says("/quiz league invite"))[1]
    await person(there).follows([(f"/quiz link {league}", "I don't know that code.")])
    other_boss = Conversation(there.app, there.space, is_host=True)
    await other_boss.follows([(f"/quiz league join {await code_of(game)}", "I don't know that code.")])


@pytest.mark.both_databases
async def test_where_both_accounts_answered_the_earlier_answer_counts(game):
    await game.imports()
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    await game.answers(round_, "Ada", 1)
    await game.later(seconds=5)
    await game.answers(round_, "Alias", 0)
    assert "1 question was answered twice" in await link(game, game, "Ada", "Alias")
    stored = await game.stored(round_)
    assert {name: set(answer.response) for name, answer in stored.items()} == {"Ada": {1}}
    assert await notes(game, "answer dropped")
    assert (await game.answers(round_, "Alias", 2)).status is AnswerStatus.CHANGED, "it is one player's answer"
    assert len(await game.stored(round_)) == 1
    await game.closes(round_)
    await game.agrees()


async def test_a_result_is_posted_anew_where_an_answer_is_dropped(game):
    await game.imports()
    round_ = await game.daily()
    await game.answers(round_, "Ada", 1)
    await game.later(seconds=5)
    await game.answers(round_, "Alias", 0)
    await game.closes(round_)
    await link(game, game, "Ada", "Alias")
    result = await game.app.storage.read(lambda unit: unit.outbox.find(f"r{round_.id}"))
    assert "Alias" not in plain(result.view)
    await game.agrees()


async def notes(game, action):
    async def read(connection):
        return list(await connection.scalars(sa.select(t.audit.c.details).where(t.audit.c.action == action)))

    return await game.app.storage.read_raw(read)


async def test_the_older_player_stays_with_name_and_team(game, there):
    await create_team(game.app, game.caller("Ada"), "Foxes")
    await game.later(seconds=1)
    await create_team(game.app, game.caller("Alias"), "Owls")
    await link(game, game, "Alias", "Ada")  # whichever of them types the code
    team_list = await person(game).says("/quiz team list")
    assert "**Foxes**: Ada" in team_list
    assert "**Owls**: nobody yet" in team_list


async def test_two_accounts_have_one_daily_cap(game):
    await game.imports(*(draft(f"Question {n}?") for n in range(12)))
    rounds = [await game.asks() for _ in range(12)]
    for number, round_ in enumerate(rounds):
        await game.answers(round_, "Ada" if number % 2 else "Alias", 0)
    assert await game.points() == {"Ada": 50, "Alias": 50}
    await link(game, game, "Alias", "Ada")
    assert list((await game.points()).values()) == [50]
    await game.agrees()


async def test_the_team_goes_along_with_an_account_that_parts(game, there):
    await create_team(game.app, game.caller("Ada"), "Foxes")
    await create_team(game.app, there.caller("Ada"), "Owls")
    await link(game, there)
    await person(there).says("/quiz unlink")
    assert "**Foxes**: Ada" in await person(game).says("/quiz team list")
    assert "**Owls**: Ada" in await person(there).says("/quiz team list")


async def test_own_data_shows_all_accounts_and_deleting_one_keeps_the_other(game, there):
    await game.imports(draft("One?"), draft("Two?"))
    asked = [await side.daily() for side in (game, there)]
    await game.answers(asked[0], "Ada", 0)
    await there.answers(asked[1], "Lovelace", 0)
    for side, round_ in zip((game, there), asked, strict=True):
        await side.closes(round_)
    for side, name in ((game, "Ada"), (there, "Lovelace")):
        await person(side, name).says(f"/quiz question suggest kind=short question={name}? answers=a")
    await person(there, "Lovelace").says("/quiz digest on")
    await link(game, there, "Ada", "Lovelace")
    data = json.loads(await export_data(game.app, [game.member("Ada")]))
    assert [(one["space"], one["about"]) for one in data["asked to be told"]] == [("Slack group", "digest")]
    assert [(one["space"], one["question"]) for one in data["questions written"]] == [
        (game.space.name, "Ada?"),
        ("Slack group", "Lovelace?"),
    ]
    assert data["linked accounts"] == [{"name": "Lovelace", "account": "lovelace", "space": "Slack group"}]
    assert len(data["answers"]) == 2
    deleted = await person(there, "Lovelace").insists("/quiz privacy delete")
    assert "this account, with its name and answers, is deleted. Your other accounts" in deleted
    assert await game.points() == {"Ada": 10}
    assert await traces(game, "Lovelace", "lovelace") == set()
    await game.agrees()
    assert "Done: your answers, points and name are deleted." in await person(game).insists("/quiz privacy delete")
    assert await person(there, "Lovelace").insists("/quiz privacy delete") == "Nothing was stored about you."


@pytest.mark.parametrize("linked_with", ["study group", "third group"])
async def test_deleting_an_account_takes_its_name_out_of_what_former_leagues_archived(game, there, linked_with):
    await game.imports()
    third = type(game)(game.app, await ensure_space(game.app, "web", "third", "Third group", "UTC"), game.clock)
    other = {"study group": game, "third group": third}[linked_with]
    await other.answers(await other.daily(), "Ada", 0)
    await unite(game, there)
    boss = Conversation(game.app, game.space, is_host=True)
    await boss.says("/quiz league season start Spring")
    await there.answers(await there.daily(), "Lovelace", 0)
    await boss.insists("/quiz league season end")
    await Conversation(game.app, there.space, is_host=True).insists("/quiz league leave")
    await link(other, there, "Ada", "Lovelace")
    await person(there, "Lovelace").insists("/quiz privacy delete")
    assert await traces(game, "Lovelace", "lovelace") == set()
    await game.agrees()


async def test_deleting_an_account_takes_its_name_out_of_results_where_another_of_them_answered(game, there):
    """A player is called as the account that was named last, wherever the player is."""
    await game.imports()
    asked = [await side.daily() for side in (game, there)]
    await link(game, there, "Ada", "Lovelace")
    renamed = replace(there.member("Lovelace"), name="Countess")
    await there.app.answers.submit(replace(there.click(asked[1], "Lovelace", 0), member=renamed))
    await game.answers(asked[0], "Ada", 0)
    await game.closes(asked[0])
    assert "posts" in await traces(game, "Countess")
    await forget_accounts(game.app, [renamed])
    assert await traces(game, "Countess", "lovelace") == set()


async def unite(game, there):
    boss, guest = Conversation(game.app, game.space, is_host=True), Conversation(game.app, there.space, is_host=True)
    code = re.search(r"league join (\S+?)`", await boss.says("/quiz league invite"))[1]
    await guest.says(f"/quiz league join {code}")
    assert "plays in the league" in await boss.says("/quiz league confirm")


async def traces(game, *words):
    async def read(connection):
        tables = t.metadata.sorted_tables
        # As tuples: SQLAlchemy's rows leave out the middle of long values where they are shown as text.
        rows = [(table.name, tuple(row)) for table in tables for row in await connection.execute(sa.select(table))]
        return {name for name, row in rows if any(word in str(row) for word in words)}

    return await game.app.storage.read_raw(read)


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", range(3))
async def test_linking_and_parting_leaves_the_standings_as_they_were(game, there, seed):
    chance = Random(seed)
    await game.imports(*(draft(f"Question {n}?") for n in range(6)))
    for _day in range(3):
        for side in (game, there):
            round_ = await side.daily()
            await side.at_once(
                *(side.click(round_, f"P{n}", chance.randrange(4)) for n in range(6) if chance.random() < 0.8)
            )
        game.clock.advance(hours=chance.randrange(40))
    await person(game, "P0").says("/quiz stats")
    before = await boards(game)
    for number in range(3):
        assert "one player now" in await link(game, there, f"P{number}", f"P{number}")
    await game.agrees()
    for number in range(3):
        await person(chance.choice((game, there)), f"P{number}").says("/quiz unlink")
    assert await boards(game) == before
    await game.agrees()


async def boards(game):
    return {
        (league, window): {
            (s.place, s.name, s.points, s.right, s.answered)
            for s in await standings(game.app, league=league, window=window, by=Ranked.PLAYER)
        }
        for league in ("Study group", "Slack group")
        for window in Window
    }


@pytest.mark.both_databases
async def test_answers_that_come_while_accounts_are_linked_and_part_belong_to_somebody_there(game, there, url, clock):
    """Through two processes, in both spaces, while a third links and separates the accounts again and again."""
    await game.imports(draft("One?"), draft("Two?"))
    rounds = [(side, await side.daily(reveal=reveal)) for side in (game, there) for reveal in Reveal]
    async with application_on(url, clock=clock, seed=2) as second:
        clicks = [
            (app, side.click(round_, f"P{number}", number % 4))
            for number in range(12)
            for app, (side, round_) in zip((game.app, second) * 2, rounds, strict=True)
        ]
        Random(1).shuffle(clicks)

        async def deliver_all():
            outcomes = []
            for start in range(0, len(clicks), 4):
                part = clicks[start : start + 4]
                outcomes += await asyncio.gather(*(app.answers.submit(click) for app, click in part))
            return outcomes

        async def link_some():
            for number in (0, 1, 2, 0, 1, 2):
                await link(game, there, f"P{number}", f"P{number}")
                if number != 1:
                    await person(there, f"P{number}").says("/quiz unlink")

        outcomes, _ = await asyncio.gather(deliver_all(), link_some())
    assert {outcome.status for outcome in outcomes} == {AnswerStatus.SAVED}

    async def strays(connection):
        rounds_of = t.answers.join(t.rounds, t.rounds.c.id == t.answers.c.round_id)
        there = sa.exists().where(
            t.members.c.player_id == t.answers.c.player_id, t.members.c.space_id == t.rounds.c.space_id
        )
        return list(await connection.scalars(sa.select(t.answers.c.round_id).select_from(rounds_of).where(~there)))

    assert await game.app.storage.read_raw(strays) == []
    for side, round_ in rounds:
        assert len(await side.stored(round_)) == 12 or await players(game, (game, "P1"), (there, "P1")) == 1
        await side.closes(round_)
    await game.agrees()


async def test_reactions_of_either_account_are_the_players(game):
    await game.imports()
    web = FakeMessenger()
    round_ = await game.daily(answer_with=AnswerWith.REACTIONS)
    await deliver(game.app, {"web": web}, "one")
    await game.answers(round_, "Zoe", 1)
    await link(game, game, "Zoe", "Ada")
    position = frozenset({round_.order.index(1)})
    web.reacted = {question_key(round_.id): Reactions(put_on={game.member("Zoe"): position})}
    post = await game.app.storage.read(lambda unit: unit.outbox.find(question_key(round_.id)))
    await read_back(game.app, web, post)
    (answer,) = (await game.stored(round_)).values()
    assert set(answer.response) == {1}


@pytest.mark.both_databases
async def test_whoever_is_elsewhere_too_stays_when_a_space_is_forgotten(game, there):
    await game.imports(draft("One?"), draft("Two?"))
    for side in (game, there):
        await side.answers(await side.daily(), "Ada", 0)
        await side.answers(await side.daily(), "Lovelace", 0)
    await unite(game, there)
    await link(game, there, "Ada", "Lovelace")
    await depart(game.app, "slack", "T1")
    game.clock.advance(days=40)
    await forget_departed(game.app, timedelta(days=30))
    assert await game.points() == {"Ada": 10, "Lovelace": 10}
    assert await game.app.storage.read(lambda unit: unit.spaces.known_as("slack", "T1")) is None
    await game.agrees()


@pytest.mark.both_databases
async def test_an_answer_that_comes_while_accounts_are_linked_waits_for_it(game, there, url, clock, monkeypatch):
    """Through another process, at the very moment when the player's answers were read."""
    await game.imports(draft("One?"), draft("Two?"))
    first, second_round = await game.daily(), await game.daily()
    await game.answers(first, "Ada", 0)
    await person(there).says(f"/quiz link {await code_of(game)}")
    await person(game).says("/quiz link confirm")
    async with application_on(url, clock=clock, seed=2) as second:
        await second.answers.submit(game.click(first, "Bob", 0))
        outcome = await answered_during_a_recount(
            monkeypatch, second, game.click(second_round, "Ada", 0), person(there).says("/quiz link confirm")
        )
    assert outcome.status is AnswerStatus.SAVED
    assert await game.points() == {"Ada": 20, "Bob": 10}
    await game.agrees()
