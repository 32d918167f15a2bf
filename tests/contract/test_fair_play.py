"""Who may answer, by the rules of a league, and what counts once although it was asked in several spaces."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.answers import AnswerStatus
from bot.domain.leagues import Rules
from bot.domain.rounds import AnswerWith
from bot.services.leagues.spaces import ensure_space
from bot.services.rounds.answering import submit_answer
from bot.storage import tables as t
from bot.testing import application_on, plain


async def rules(game, **changed):
    async def work(unit):
        league = await unit.leagues.get(game.space.league_id)
        await unit.leagues.save(replace(league, rules=Rules(**changed)))

    await game.app.storage.write(work)


@pytest.mark.parametrize(("rule", "known"), [("min_account_days", "account_since"), ("min_join_days", "joined_at")])
async def test_whoever_is_too_new_is_told_from_when_on_and_nothing_is_stored(game, rule, known):
    await game.imports()
    await rules(game, **{rule: 7})
    round_ = await game.asks()
    since = datetime(2026, 2, 23, 9, 30, tzinfo=UTC)  # seven days later is half an hour from now
    early = replace(game.click(round_, "Bob", 0), **{known: since})
    outcome = await game.app.answers.submit(early)
    assert (outcome.status, outcome.answer) == (AnswerStatus.TOO_NEW, None)
    assert "You can start on 2026-03-02 at 09:31 UTC" in plain(await submit_answer(game.app, early))
    assert await game.stored(round_) == {}
    assert await game.app.storage.read(lambda unit: unit.people.player(game.member("Bob"))) is None
    in_time = replace(game.click(round_, "Bob", 0, at=since + timedelta(days=7)), **{known: since})
    assert (await game.app.answers.submit(in_time)).status is AnswerStatus.SAVED


async def test_where_the_platform_tells_nothing_everybody_may_answer(game):
    await game.imports()
    await rules(game, min_account_days=7, min_join_days=7)
    assert (await game.answers(await game.asks(), "Ada", 0)).status is AnswerStatus.SAVED


async def test_a_rule_of_today_holds_at_once_in_a_round_that_was_open_before(game):
    await game.imports()
    round_ = await game.asks()
    new = {"account_since": game.clock.now(), "joined_at": game.clock.now()}
    assert (await game.app.answers.submit(replace(game.click(round_, "Ada", 0), **new))).status is AnswerStatus.SAVED
    await rules(game, min_account_days=1)
    assert (await game.app.answers.submit(replace(game.click(round_, "Bob", 0), **new))).status is AnswerStatus.TOO_NEW


async def share(game, *rounds, name="both"):
    """Let these rounds ask the same."""

    async def write(connection):
        shared = {
            "id": game.app.ids.next(),
            "league_id": game.space.league_id,
            "name": name,
            "due_on": date(2026, 3, 2),
            "question_id": rounds[0].question_id,
            "revision": 1,
        }
        await connection.execute(sa.insert(t.shared_questions).values(shared))
        await connection.execute(
            sa.update(t.rounds).where(t.rounds.c.id.in_([r.id for r in rounds])).values(shared_id=shared["id"])
        )

    await game.app.storage.write_raw(write)


async def two_sides(game, **series):
    """The same question in two spaces of one league, where Ada is one player."""
    other = await ensure_space(game.app, "slack", "T1", "Slack group", "UTC")
    there = type(game)(game.app, other, game.clock)
    await game.imports()
    asked = [await side.daily(**series) for side in (game, there)]
    await share(game, *asked)
    await one_player(game, there, "Ada", 77)
    return there, *asked


async def one_player(game, there, name, number):
    async def write(connection):
        await connection.execute(sa.insert(t.players).values(id=number, name=name))
        for space in (game.space, there.space):
            key = {"space_id": space.id, "external_id": name.casefold(), "player_id": number, "name": name}
            await connection.execute(sa.insert(t.members).values(key))

    await game.app.storage.write_raw(write)


@pytest.fixture
async def both(game):
    return await two_sides(game)


async def test_a_question_that_two_spaces_share_is_answered_once(game, both):
    there, here_asked, there_asked = both
    assert (await game.answers(here_asked, "Ada", 0)).status is AnswerStatus.SAVED
    outcome = await there.answers(there_asked, "Ada", 0)
    assert (outcome.status, outcome.elsewhere) == (AnswerStatus.ANSWERED_ELSEWHERE, game.space.id)
    told = plain(await submit_answer(game.app, there.click(there_asked, "Ada", 0)))
    assert told == "You have answered this one in Study group already: it counts once."
    assert (await there.answers(there_asked, "Bob", 0)).status is AnswerStatus.SAVED
    assert (await game.answers(here_asked, "Ada", 0)).status is AnswerStatus.UNCHANGED
    await game.agrees()


async def test_of_two_answers_in_one_batch_one_counts(game, both):
    there, here_asked, there_asked = both
    outcomes = await game.at_once(game.click(here_asked, "Ada", 0), there.click(there_asked, "Ada", 0))
    assert [o.status for o in outcomes] == [AnswerStatus.SAVED, AnswerStatus.ANSWERED_ELSEWHERE]


async def test_two_processes_that_hear_of_both_answers_at_once_count_one(game, both, url, clock):
    there, here_asked, there_asked = both

    for number in range(100, 140):
        await one_player(game, there, f"P{number}", number)
    async with application_on(url, clock=clock, seed=2) as second:
        clicks = [
            (app, side.click(asked, f"P{number}", 0))
            for number in range(100, 140)
            for app, side, asked in ((game.app, game, here_asked), (second, there, there_asked))
        ]
        outcomes = await asyncio.gather(*(app.answers.submit(click) for app, click in clicks))
    for first, other in zip(outcomes[::2], outcomes[1::2], strict=True):
        assert {first.status, other.status} == {AnswerStatus.SAVED, AnswerStatus.ANSWERED_ELSEWHERE}
    await game.agrees()


async def test_an_answer_that_was_taken_back_here_can_be_given_there(game):
    there, here_asked, there_asked = await two_sides(game, answer_with=AnswerWith.REACTIONS)
    await game.answers(here_asked, "Ada", 0)
    assert (await there.answers(there_asked, "Ada", 1)).status is AnswerStatus.ANSWERED_ELSEWHERE
    assert (await game.answers(here_asked, "Ada")).status is AnswerStatus.TAKEN_BACK
    assert (await there.answers(there_asked, "Ada", 1)).status is AnswerStatus.SAVED
