"""With a league's freeze, one missed day a week ends no streak. The last day is Sunday 8 March 2026."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.series import Timetable
from bot.services.series.series import add_series, ask_in_series_now
from bot.testing import Conversation, draft

pytestmark = pytest.mark.sqlite_first

SUNDAY = date(2026, 3, 8)


async def plays(game, days, *, freeze=True):
    """A series asks every day up to Sunday; Ada answers on those marked x, oldest first."""
    await game.imports(*(draft(f"{number}?") for number in range(100)))
    first = datetime(2026, 3, 8, 9, tzinfo=UTC) - timedelta(days=len(days) - 1)
    game.clock.set(first - timedelta(hours=1))
    series = await add_series(game.app, game.space, "study", Timetable(at=time(9), zone="UTC"))
    if freeze:
        await Conversation(game.app, game.space, is_host=True).says("/quiz league set streak_freeze=yes")
    for number, mark in enumerate(days):
        game.clock.set(first + timedelta(days=number))
        if mark == " ":
            continue
        round_ = await ask_in_series_now(game.app, series.id)
        if mark == "x":
            await game.answers(round_, "Ada", 0)


async def streak(game, day=SUNDAY, *, is_over=True):
    async def read(unit):
        ada = await unit.people.ensure_player(game.member("Ada"))
        found = await unit.boards.streaks_with_frozen_day(game.space.league_id, [ada], day, is_over=is_over)
        return (found[ada].days, found[ada].frozen and f"{found[ada].frozen:%a}") if ada in found else (0, None)

    return await game.app.storage.write(read)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("xxxxxxxxxxxxxx", (14, None)),
        ("xxxxxxxx-xxxxx", (13, "Tue")),
        ("x-xxxxx-xxxxxx", (12, "Mon")),
        ("xxxxxxxx-x-xxx", (3, None)),  # the second missed day ends it
        ("xxxxxx--xxxxxx", (12, "Mon")),  # Sunday and Monday are of two weeks
        ("xxxxxxxxxxxxx-", (13, "Sun")),
        ("xxxxxxxxxxxx--", (0, None)),
        ("xx--xxxxxxxxxx", (10, None)),
        ("xxxxx-xxxxxxxx", (13, None)),  # more than a week ago: not told any more
        ("xxxxx  x-xxx  ", (9, "Tue")),  # weekends without a question
        ("       -xxxxxx", (6, None)),  # nothing before it that was saved
    ],
)
async def test_the_first_missed_day_of_a_week_is_frozen(game, days, expected):
    await plays(game, days)
    assert await streak(game) == expected


async def test_without_the_rule_every_missed_day_ends_a_streak(game):
    await plays(game, "xxxxxxxx-xxxxx", freeze=False)
    assert await streak(game) == (5, None)


async def test_a_day_that_is_not_over_is_not_frozen(game):
    await plays(game, "xxxxxxxxxxxxx-")
    assert await streak(game, is_over=False) == (0, None)
    assert await streak(game, SUNDAY - timedelta(days=1)) == (13, None)


@pytest.mark.parametrize("weeks", [2, 10])
async def test_weeks_are_seen_whole_however_far_back_they_are(game, weeks):
    await plays(game, "x-x-xxx" + "-xxxxxx" * weeks)
    assert await streak(game) == (6 * weeks + 3, "Mon")


async def test_a_frozen_day_is_told_in_stats_and_in_the_result(game):
    await plays(game, "xxxxxxxxxxxx-x")
    ada = Conversation(game.app, game.space)
    await ada.follows([("/quiz stats", "13 days in a row, 🧊 frozen on Saturday")])
    await game.later(hours=20)
    (round_,) = await game.app.storage.read(lambda unit: unit.rounds.open_in(game.space.id))
    await game.closes(round_)
    post = await game.app.storage.read(lambda unit: unit.outbox.find(f"r{round_.id}"))
    assert any("- Ada: 13 days in a row, 🧊 frozen on Saturday" in one.text for one in post.view.sections)


async def test_a_league_says_whether_a_missed_day_ends_streaks(game):
    host = Conversation(game.app, game.space, is_host=True)
    await host.follows(
        [
            ("/quiz league show", "One missed day a week ends a streak: yes"),
            ("/quiz league set streak_freeze=yes", "One missed day a week ends a streak: no"),
        ]
    )
