"""What the weekly post tells beside the standings, from what was really played."""

import asyncio
import threading
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.grading import POINT
from bot.domain.headlines import Comeback, Flawless, NewLeader, QuietWeek, RecordWeek, SharedLead, Unsolved, Win
from bot.domain.series import Timetable
from bot.domain.weeks import Coming
from bot.ports import PostKind
from bot.rendering.cards.painting import paint
from bot.services.forgetting import forget_accounts
from bot.services.leagues.teams import create_team, join_team
from bot.services.rounds.closing import close_round
from bot.services.series.series import pause_series
from bot.services.standings.week_review import review_week
from bot.services.standings.week_story import week_story
from bot.services.standings.weekly_post import post_week
from bot.testing import draft, plain
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.sqlite_first

MONDAY = date(2026, 3, 2)


@pytest.fixture
async def play(game):
    """Ask and answer one question on a day of March: those who get it, and the others who answer."""
    await game.imports(*(draft(f"Question {n}?", "yes", "no") for n in range(30)))

    async def on(day, *right, wrong=(), hour=12):
        game.clock.set(datetime(2026, 3, day, hour, tzinfo=UTC))
        round_ = await game.asks()
        await game.at_once(*(game.click(round_, name, 0) for name in right))
        await game.at_once(*(game.click(round_, name, 1) for name in wrong))
        await close_round(game.app, round_.id)
        return round_

    return on


async def story(game, monday=MONDAY, *, today=9, month=3, channel="study"):
    game.clock.set(datetime(2026, month, today, 8, tzinfo=UTC))

    async def read(unit):
        league, now = await unit.leagues.get(game.space.league_id), game.clock.now()
        space = await unit.spaces.get(game.space.id)
        week = await review_week(unit, league, monday, league.day(now))
        return await week_story(game.app, unit, league, space, week, channel=channel, now=now)

    return await game.app.storage.read(read)


async def week_post(game):
    """The words of the one weekly post."""
    recent = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 200))
    (post,) = (post for post in recent if post.kind is PostKind.WEEK)
    return plain(post.view)


async def test_the_first_week_is_won(game, play):
    await play(3, "Ada", "Bo")
    await play(4, "Ada", wrong=["Bo"])
    told = await story(game)
    assert told.headline == Win(name="Ada", score=20 * POINT)
    assert told.risers == ()


async def test_two_who_share_the_lead_are_both_named(game, play):
    await play(3, "Ada", "Bo", wrong=["Cy"])
    assert (await story(game)).headline == SharedLead(first="Ada", second="Bo")


async def test_a_week_in_which_nobody_got_a_point_had_no_leader(game, play):
    await play(3, wrong=["Ada", "Bo"])
    await play(10, "Cy", wrong=["Ada", "Bo"])
    assert (await story(game, date(2026, 3, 9), today=16)).headline == Win(name="Cy", score=10 * POINT)


async def test_another_winner_than_the_week_before_is_a_new_leader_who_rose(game, play):
    await play(3, "Ada", wrong=["Bo"])
    await play(10, "Bo", wrong=["Ada"])
    told = await story(game, date(2026, 3, 9), today=16)
    assert told.headline == NewLeader(name="Bo")
    assert [(one.name, one.gained) for one in told.risers] == [("Bo", 1)]


async def test_a_winner_from_far_behind_comes_back(game, play):
    for day, right in ((3, "Ada Bo Cy"), (4, "Ada Bo"), (5, "Ada")):
        await play(day, *right.split(), wrong=["Di"])
    await play(10, "Di", wrong=["Ada", "Bo", "Cy"])
    told = await story(game, date(2026, 3, 9), today=16)
    assert told.headline == Comeback(name="Di", before=4)
    assert [(one.name, one.gained) for one in told.risers] == [("Di", 3), ("Cy", 1)]


async def test_the_race_of_teams_is_told_where_teams_have_places(game, play):
    for team, *names in (("Owls", "Ada", "Bo"), ("Foxes", "Cy", "Di")):
        await create_team(game.app, game.caller(names[0]), team)
        await join_team(game.app, game.caller(names[1]), team)
    await play(3, "Ada", "Bo", wrong=["Cy", "Di"])
    await play(10, "Cy", "Di", wrong=["Ada", "Bo"])
    assert (await story(game)).headline == Win(name="Owls", score=7 * POINT)
    assert (await story(game, date(2026, 3, 9), today=16)).headline == NewLeader(name="Foxes")


async def test_whoever_had_everything_right_is_named(game, play):
    for day in range(3, 8):
        await play(day, "Ada", wrong=["Bo"])
    assert (await story(game)).headline == Flawless(name="Ada", answers=5)


@pytest.mark.both_databases
async def test_a_week_is_compared_with_those_before_it(game, play):
    for day in (3, 10, 17, 24):
        await play(day, "Ada", wrong=["Bo"])
    await play(31, "Ada", wrong=["Bo", "Cy"])
    assert (await story(game, date(2026, 3, 30), today=31)).headline == RecordWeek(answers=3)


async def test_a_week_with_few_answers_is_quiet(game, play):
    for day in (3, 10, 17, 24):
        await play(day, "Ada", wrong=["Bo"])
    await play(31, "Ada")
    assert (await story(game, date(2026, 3, 30), today=31)).headline == QuietWeek(answers=1)


@pytest.mark.parametrize(("again", "told"), [(None, Unsolved(weekday=1)), (3, Win(name="Ada", score=20 * POINT))])
async def test_nobody_got_the_only_question_of_a_day(game, play, again, told):
    """If another question was asked on that day, nobody would know which of the two is meant."""
    await play(3, wrong=["Ada", "Bo", "Cy"])
    await play(4, "Ada")
    if again:
        await play(again, "Ada", hour=13)
    else:
        await play(5, "Ada")
    assert (await story(game)).headline == told


GROUP = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo")


async def test_the_question_that_half_of_the_group_got_is_told(game, play):
    await play(3, "Ada", wrong=GROUP[1:])  # the hardest, which is told anyway
    await play(4, *GROUP[:4], wrong=GROUP[4:])
    split = await play(5, *GROUP[:3], wrong=GROUP[3:])
    await play(6, *GROUP)
    told = (await story(game)).split
    assert (told.round.id, told.right, told.answered) == (split.id, 3, 6)


async def test_no_question_split_a_group_that_agreed_or_hardly_answered(game, play):
    await play(3, "Ada", wrong=GROUP[1:])
    await play(4, *GROUP)
    await play(5, "Ada", "Bo", wrong=["Cy", "Di"])
    assert (await story(game)).split is None


@pytest.fixture
async def a_split(game):
    """A question that half of the group got, and one that was harder; both have closed."""
    await game.imports(draft("Hard?", "yes", "no"), bank="hard")
    await game.imports(draft("Split?", "yes", "no"), bank="split")
    for bank, right in (("hard", 0), ("split", 3)):
        round_ = await game.daily(bank=bank)
        for position, name in enumerate(GROUP):
            await game.answers(round_, name, int(position >= right))
        await close_round(game.app, round_.id)


async def test_the_answer_of_a_question_that_is_asked_again_stays_secret(game, a_split):
    assert (await story(game)).split is not None
    await game.daily(bank="split")
    assert (await story(game)).split is None


async def test_an_answer_that_becomes_secret_while_the_card_is_painted_is_not_told(game, a_split):
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    painting, go_on = threading.Event(), threading.Event()

    def slowly(card, theme):
        painting.set()
        go_on.wait(PATIENCE_S)
        return paint(card, theme)

    game.app.pictures.paint = slowly
    posting = asyncio.create_task(post_week(game.app, game.space.id))
    await asyncio.to_thread(painting.wait, PATIENCE_S)
    await game.daily(bank="split")
    go_on.set()
    await posting
    await post_week(game.app, game.space.id)
    assert "Split?" not in await week_post(game)


async def test_the_questions_of_the_next_seven_days_are_told(game, play):
    await play(3, "Ada")
    await game.series(timetable=Timetable(at=time(9), zone="Europe/Berlin", days=frozenset(range(5))))
    holiday = frozenset({date(2026, 3, 14)})
    await game.series(name="even", timetable=Timetable(at=time(18), zone="UTC", days=frozenset({5}), holidays=holiday))
    days = tuple(date(2026, 3, day) for day in (10, 11, 12, 13, 16))
    assert (await story(game)).coming == (Coming(days=days, at=time(9), zone="Europe/Berlin"),)


async def test_a_clock_change_takes_no_day_away(game, play):
    """At eight in UTC it is ten in Berlin; after the night of the 25th of October, nine."""
    await play(3, "Ada")
    await game.series(timetable=Timetable(at=time(10), zone="Europe/Berlin"))
    (coming,) = (await story(game, month=10, today=24)).coming
    assert coming.days == tuple(date(2026, 10, day) for day in range(25, 32))


async def test_a_channel_without_series_announces_those_of_its_space_except_paused_ones(game, play):
    await play(3, "Ada")
    series = await game.series()
    assert len((await story(game, channel="news")).coming) == 1
    await pause_series(game.app, series.id)
    assert (await story(game, channel="news")).coming == ()


async def test_whoever_is_forgotten_is_in_no_part_of_the_post(game, play):
    await play(3, "Ada", wrong=["Bo"])
    await play(10, "Bo", wrong=["Ada"])
    game.clock.set(datetime(2026, 3, 16, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    before = await week_post(game)
    assert "There is a new leader: Bo.\n\n2026-03-09 to 2026-03-15" in before
    assert "- Bo: up 1 place" in before
    await forget_accounts(game.app, [game.member("Bo")])
    after = await week_post(game)
    assert "Bo" not in after
    assert "2026-03-09 to 2026-03-15" in after
    assert "- –: up 1 place" in after
