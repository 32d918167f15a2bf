"""How many days in a row somebody has answered."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.rounds import Reveal
from bot.domain.series import Timetable
from bot.services.banks.correcting import withdraw
from bot.services.series.series import add_series, ask_in_series_now
from bot.storage import tables as t
from bot.storage.streaks import asked_in, card_days, first_asked
from bot.testing import Conversation, draft

LAST = date(2026, 3, 2)


async def streaks(game, *names, day=LAST):
    """The streaks of these people, by name."""

    async def read(unit):
        players = {await unit.people.ensure_player(game.member(name)): name for name in names}
        found = await unit.boards.streaks(game.space.league_id, list(players), day)
        return {players[player]: length for player, length in found.items()}

    return await game.app.storage.write(read)


async def answers_on(game, name, *days_ago):
    """Somebody answers a question a day, on these days before the last."""
    for ago in sorted(days_ago, reverse=True):
        game.clock.set(datetime(2026, 3, 2, 9, tzinfo=UTC) - timedelta(days=ago))
        await game.answers(await game.asks(), name, 0)


async def add_days(game, name, days):
    """Totals of so many single days, as answers would have left them."""
    player = await game.app.storage.write(lambda unit: unit.people.ensure_player(game.member(name)))
    rows = [
        {
            "league_id": game.space.league_id,
            "period": (LAST - timedelta(days=ago)).isoformat(),
            "player_id": player,
            **dict.fromkeys(("points", "correct", "on_demand"), 0),
            "answered": 1,
        }
        for ago in range(days)
    ]
    await game.app.storage.write_raw(lambda connection: connection.execute(sa.insert(t.totals), rows))


async def test_days_in_a_row_are_counted_back_from_the_day(game):
    await game.imports()
    await answers_on(game, "Ada", 0, 1, 2)
    assert await streaks(game, "Ada") == {"Ada": 3}


async def test_a_day_without_an_answer_ends_a_streak(game):
    await game.imports()
    await answers_on(game, "Ada", 0, 1, 3, 4)
    assert await streaks(game, "Ada") == {"Ada": 2}


async def test_who_did_not_answer_on_the_day_has_none(game):
    await game.imports()
    await answers_on(game, "Ada", 1, 2)
    assert await streaks(game, "Ada") == {}


async def test_only_those_who_are_asked_about_are_told(game):
    await game.imports(draft("One?"), draft("Two?"))
    await answers_on(game, "Ada", 0)
    await answers_on(game, "Bob", 0)
    assert await streaks(game, "Bob", "Cy") == {"Bob": 1}


async def test_two_answers_on_a_day_are_one_day(game):
    await game.imports(draft("One?"), draft("Two?"))
    await answers_on(game, "Ada", 0, 0, 1)
    assert await streaks(game, "Ada") == {"Ada": 2}


async def test_streaks_are_counted_through_however_long_they_are(game):
    lengths = (13, 14, 15, 73, 74, 75, 134, 400)
    for length in lengths:
        await add_days(game, f"P{length}", length)
    assert await streaks(game, *(f"P{length}" for length in lengths)) == {f"P{length}": length for length in lengths}


async def daily(game, asked, answered, reveal=Reveal.ON_ANSWER):
    """A series asks on these days before the last, and Ada answers on some of them; return its rounds, oldest first."""
    await game.imports(*(draft(f"{number}?") for number in range(30)))
    game.clock.set(datetime(2026, 3, 2, 8, tzinfo=UTC) - timedelta(days=max(asked)))
    series = await add_series(game.app, game.space, "study", Timetable(at=time(9), zone="UTC"), reveal=reveal)
    rounds = []
    for ago in sorted(asked, reverse=True):
        game.clock.set(datetime(2026, 3, 2, 9, tzinfo=UTC) - timedelta(days=ago))
        rounds.append(await ask_in_series_now(game.app, series.id))
        if ago in answered:
            await game.answers(rounds[-1], "Ada", 0)
    return rounds


async def test_a_day_without_a_question_ends_no_streak(game):
    await daily(game, asked=[0, 3, 4, 21], answered=[0, 3, 4, 21])  # a weekend and a long pause lie between them
    assert await streaks(game, "Ada", "Bob") == {"Ada": 4}
    assert await streaks(game, "Ada", day=LAST - timedelta(days=1)) == {"Ada": 3}


async def test_a_missed_question_of_a_series_ends_a_streak_and_a_quick_one_does_not(game):
    await daily(game, asked=[0, 2, 4, 5], answered=[0, 2, 5])
    game.clock.set(datetime(2026, 3, 1, 9, tzinfo=UTC))
    await game.asks()  # nobody answers it
    assert await streaks(game, "Ada") == {"Ada": 2}


async def test_an_answer_on_a_day_without_a_question_counts(game):
    await daily(game, asked=[0, 3], answered=[0, 3])
    await answers_on(game, "Ada", 2)
    assert await streaks(game, "Ada") == {"Ada": 3}


async def test_before_the_first_series_every_day_counts(game):
    await game.imports(draft("?"))
    await answers_on(game, "Ada", 7, 6, 4, 3)
    await daily(game, asked=[0, 2], answered=[0, 2])
    assert await streaks(game, "Ada") == {"Ada": 4}


async def test_a_withdrawn_question_ends_no_streak(game):
    _first, second, _third = await daily(game, asked=[0, 1, 2], answered=[0, 2])
    assert await streaks(game, "Ada") == {"Ada": 1}
    await withdraw(game.app, second.question_id, reason="", actor="")
    assert await streaks(game, "Ada") == {"Ada": 2}


async def test_a_question_whose_answers_wait_for_its_close_ends_no_streak(game):
    await daily(game, asked=[0, 1], answered=[0, 1], reveal=Reveal.AT_CLOSE)
    assert await streaks(game, "Ada") == {"Ada": 1}


async def test_the_days_of_a_series_are_found_by_their_index(game, store):
    if store != "sqlite":
        pytest.skip("PostgreSQL plans by the rows that there are")
    day = datetime(2026, 3, 2, tzinfo=UTC)
    plans = []

    async def explain(connection):
        for query in (first_asked(1), asked_in(1, [(day, day + timedelta(days=1))])):
            spelt = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
            plans.append(str((await connection.execute(sa.text(f"EXPLAIN QUERY PLAN {spelt}"))).all()))

    await game.app.storage.read_raw(explain)
    assert all("ix_rounds_series" in plan for plan in plans), plans


async def test_nobody_has_no_streak(game):
    assert await streaks(game) == {}


async def test_cards_of_a_league_are_found_by_their_index_whatever_else_it_asked(game, store):
    """Every result and every `/stats` looks for them."""
    if store != "sqlite":
        pytest.skip("PostgreSQL plans by the rows that there are")
    plans = []

    async def explain(connection):
        query = card_days(game.space.league_id, [1, 2], LAST, 14)
        spelt = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        plans.extend(row[-1] for row in await connection.execute(sa.text(f"EXPLAIN QUERY PLAN {spelt}")))

    await game.app.storage.read_raw(explain)
    assert any("ix_rounds_cards" in plan for plan in plans), plans


async def test_stats_tell_the_same_streak(game):
    await game.imports()
    await answers_on(game, "Ada", 0, 1, 2, 4)
    assert await streaks(game, "Ada") == {"Ada": 3}
    await Conversation(game.app, game.space).follows([("/quiz stats", "3 days in a row")])


async def test_stats_wait_for_today_until_it_is_over(game):
    await game.imports()
    await answers_on(game, "Ada", 1, 2)
    game.clock.set(datetime(2026, 3, 2, 9, tzinfo=UTC))
    ada = Conversation(game.app, game.space)
    await ada.follows([("/quiz stats", "2 days in a row")])
    await game.later(days=1)
    await ada.follows([("/quiz stats", "0 days in a row")])
