"""Every space gets last week's leaderboard, once."""

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.images import image_file
from bot.domain.leagues import WeeklyPost
from bot.domain.rounds import Reveal
from bot.domain.series import Timetable
from bot.ports import HOSTS, PostKind
from bot.rendering.cards.painting import paint
from bot.scheduling.runner import Runner
from bot.services.forgetting import forget_accounts
from bot.services.leagues.spaces import ensure_space
from bot.services.leagues.teams import create_team, join_team, teams
from bot.services.platforms.gone import channel_gone
from bot.services.series.series import ask_due
from bot.services.standings.weekly_post import post_week
from bot.storage import tables as t
from bot.testing import FakeMessenger, application_on, draft, plain
from tests.contract.test_linking import link
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.sqlite_first

GRACE = timedelta(hours=6)


@pytest.fixture
async def daily(game):
    """A series at nine in Berlin, which is the league's weekly moment too; it asks on Tuesday 3 March first."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(20)))
    return await game.series()


async def posted(game, channel="study", space=None):
    space_id = (space or game.space).id
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(space_id, channel, 200))
    return [post for post in posts if post.kind in {PostKind.WEEK, PostKind.SEASON}]


async def reviews(game, channel="study"):
    return [plain(post.view) for post in await posted(game, channel)]


async def due(game, adapter="web"):
    return await game.app.storage.read(lambda unit: unit.spaces.weekly_due(game.clock.now(), [adapter]))


async def at(game, daily, *days, hour=8):
    """Let these days of March come: the question is asked, then the week is told about."""
    for day in days:
        game.clock.set(datetime(2026, 3, day, hour, tzinfo=UTC))
        await ask_due(game.app, daily.id, GRACE)
        for space_id in await due(game):
            await post_week(game.app, space_id)


async def open_round(game):
    (round_,) = await game.app.storage.read(lambda unit: unit.rounds.open_in(game.space.id))
    return round_


async def test_a_week_is_told_about_on_the_monday_after_it_and_only_once(game, daily):
    await at(game, daily, 3)
    for name in ("Ada", "Bob", "Cy"):
        known = [team.name for team in await teams(game.app, game.caller("Ada"))]
        await (join_team if known else create_team)(game.app, game.caller(name), "Owls")
    asked = await open_round(game)
    await game.answers(asked, "Ada", 0)
    await game.answers(asked, "Bob", 1)
    await at(game, daily, 4, 8)
    assert await reviews(game) == []
    await at(game, daily, 9, 10)
    (review,) = await reviews(game)
    assert "Last week's teams" in review
    assert "Owls" in review


async def test_where_no_team_has_a_place_it_is_the_players_board(game, daily):
    await at(game, daily, 3)
    await game.answers(await open_round(game), "Ada", 0)
    await at(game, daily, 9)
    (review,) = await reviews(game)
    assert "1 | Ada | 10" in review


async def test_a_week_without_answers_is_not_told_about(game, daily):
    await at(game, daily, 3, 9)
    assert await reviews(game) == []
    assert await due(game) == []


async def test_after_downtime_it_comes_late_in_the_same_week(game, daily):
    await at(game, daily, 3)
    await game.answers(await open_round(game), "Ada", 0)
    await at(game, daily, 15)
    assert len(await reviews(game)) == 1


async def test_it_does_not_come_once_the_next_week_has_begun(game, daily):
    await at(game, daily, 3)
    await game.answers(await open_round(game), "Ada", 0)
    await at(game, daily, 16, hour=7)
    assert await reviews(game) == []
    assert (await game.app.storage.read(lambda unit: unit.spaces.get(game.space.id))).weekly_next_at == datetime(
        2026, 3, 16, 8, tzinfo=UTC
    )


async def test_a_process_tells_only_spaces_of_its_platforms(game, daily):
    await at(game, daily, 3)
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    assert await due(game, "discord") == []
    assert await due(game) == [game.space.id]


async def test_a_space_where_nothing_was_asked_has_no_weeks(game, daily):
    assert (await game.app.storage.read(lambda unit: unit.spaces.get(game.space.id))).weekly_next_at is None


async def in_the_same_league(game, name):
    space = await ensure_space(game.app, "web", name, name, "Europe/Berlin")
    league_id = game.space.league_id
    await game.app.storage.write_raw(
        lambda c: c.execute(t.spaces.update().where(t.spaces.c.id == space.id).values(league_id=league_id))
    )
    return type(game)(game.app, replace(space, league_id=league_id), game.clock)


async def week_of_play(game, daily, **right):
    """Every day of a week is asked; names with the days (of March) on which they answer rightly, else wrongly."""
    for day in range(3, 9):
        await at(game, daily, day)
        asked = await open_round(game)
        await game.at_once(*(game.click(asked, name, 0 if day in days else 1) for name, days in right.items()))


async def test_it_tells_of_teams_players_the_hardest_question_and_streaks_and_how_the_score_is_made(game, daily):
    for team, *names in (("Owls", "Ada", "Bob"), ("Foxes", "Cy", "Di")):
        await create_team(game.app, game.caller(names[0]), team)
        await join_team(game.app, game.caller(names[1]), team)
    await week_of_play(game, daily, Ada={3, 4, 5, 6, 7}, Bob={3, 4}, Cy={3}, Di={3})
    await at(game, daily, 9)
    (review,) = await reviews(game)
    assert "2026-03-02 to 2026-03-08" in review
    assert "1 | Owls | 27.5 | new | 35 | 2 of 2\n2 | Foxes | 17.5 | new | 10 | 2 of 2" in review
    assert "- Ada: 50 points\n- Bob: 20 points\n- Cy: 10 points" in review
    assert "(0 of 4 got it)" in review
    assert "- Ada: 6 days in a row\n- Bob: 6 days in a row\n- Cy: 6 days in a row" in review
    assert "Score: the mean of those who answered" in review


async def test_a_weekend_without_a_question_ends_no_streak_of_the_week(game):
    await game.imports(*(draft(f"Question number {n}?") for n in range(20)))
    weekdays = Timetable(at=time(9), zone="Europe/Berlin", days=frozenset(range(5)))
    daily = await game.series(timetable=weekdays)
    for day in (3, 4, 5, 6):
        await at(game, daily, day)
        asked = await open_round(game)
        await game.answers(asked, "Ada", 0)
        if day != 6:
            await game.answers(asked, "Bob", 0)
    await at(game, daily, 9)
    (review,) = await reviews(game)
    assert "Ada: 4 days in a row" in review
    assert "Bob: 3 days" not in review


def table_of(review):
    """The rows of the table in a post's words."""
    return [row for line in review.splitlines() if len(row := line.split(" | ")) == 6 and row[0].isdigit()]


@pytest.mark.both_databases
async def test_it_shows_how_places_changed_since_the_week_before(game, daily):
    for team, *names in (("Owls", "Ada", "Bob"), ("Foxes", "Cy", "Di")):
        await create_team(game.app, game.caller(names[0]), team)
        await join_team(game.app, game.caller(names[1]), team)
    for day, winners in ((3, "Ada Bob"), (10, "Cy Di")):
        await at(game, daily, day)
        asked = await open_round(game)
        clicks = (game.click(asked, name, 0 if name in winners else 1) for name in ("Ada", "Bob", "Cy", "Di"))
        await game.at_once(*clicks)
        await at(game, daily, day + 6)
    first, second = [table_of(review) for review in await reviews(game)]
    changes = [[(row[1], row[3]) for row in rows] for rows in (first, second)]
    assert changes == [[("Owls", "new"), ("Foxes", "new")], [("Foxes", "▲ 1"), ("Owls", "▼ 1")]]


async def test_the_card_comes_as_the_posts_picture_with_everything_in_its_words(game, daily):
    await week_of_play(game, daily, Ada={3}, Bob={4})
    await at(game, daily, 9)
    (post,) = await posted(game)
    file = await game.app.storage.read(lambda unit: unit.images.find(post.view.image.digest))
    assert image_file(file.data) == file
    assert "Ada" in post.view.image.alt
    assert "Study group · 2026-03-02 to 2026-03-08" in post.view.image.alt


async def test_a_card_that_cannot_be_painted_does_not_cost_the_post(game, daily):
    def breaks(_card, _theme):
        raise RuntimeError("no ink")

    game.app.pictures.paint = breaks
    await week_of_play(game, daily, Ada={3})
    await at(game, daily, 9)
    (post,) = await posted(game)
    assert post.view.image is None
    assert "1 | Ada | 10" in plain(post.view)


async def test_spaces_of_one_league_share_one_picture(game, daily):
    drawn = []
    game.app.pictures.paint = lambda card, theme: drawn.append(card) or paint(card, theme)
    other = await in_the_same_league(game, "other")
    await other.asks()
    await week_of_play(game, daily, Ada={3})
    await at(game, daily, 9)
    assert len(await posted(game)) == len(await posted(game, space=other.space)) == 1
    assert len(drawn) == 1


@pytest.mark.both_databases
async def test_two_processes_post_a_week_once(game, daily, url, clock):
    await week_of_play(game, daily, Ada={3})
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    async with application_on(url, clock=clock, seed=2) as second:
        await asyncio.gather(*(post_week(app, game.space.id) for app in (game.app, second) * 3))
    (post,) = await posted(game)
    assert post.version == 1


async def test_it_comes_in_the_channel_that_was_chosen_for_it(game, daily):
    await week_of_play(game, daily, Ada={3})
    await game.app.storage.write_raw(lambda c: c.execute(t.spaces.update().values(weekly_channel="news")))
    await at(game, daily, 9)
    assert len(await reviews(game, "news")) == 1


@pytest.mark.both_databases
async def test_without_a_running_series_it_comes_where_something_was_asked_last(game):
    await game.imports()
    await game.answers(await game.asks(), "Ada", 0)
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    assert await due(game) == [game.space.id]
    await post_week(game.app, game.space.id)
    assert len(await reviews(game)) == 1


async def test_a_league_chooses_the_moment(game, daily):
    def friday_at_five(league):
        return replace(league, weekly=WeeklyPost(weekday=4, at=time(17)))

    async def choose(unit):
        await unit.leagues.save(friday_at_five(await unit.leagues.get(game.space.league_id)))

    await game.app.storage.write(choose)
    await week_of_play(game, daily, Ada={3})
    assert (await game.app.storage.read(lambda unit: unit.spaces.get(game.space.id))).weekly_next_at == datetime(
        2026, 3, 13, 16, tzinfo=UTC
    )
    game.clock.set(datetime(2026, 3, 13, 16, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    assert "2026-03-02 to 2026-03-08" in (await reviews(game))[0]


async def test_answers_that_are_graded_at_the_weekly_moment_count_in_the_week(game):
    await game.imports(*(draft(f"Question number {n}?") for n in range(20)))
    await game.series(reveal=Reveal.AT_CLOSE)
    runner = Runner(game.app, {"web": FakeMessenger()}, worker="w", grace=GRACE)
    game.clock.set(datetime(2026, 3, 8, 8, tzinfo=UTC))
    await runner.tick()
    await game.answers(await open_round(game), "Ada", 0)
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await runner.tick()
    assert "1 | Ada | 10" in (await reviews(game))[0]


@pytest.mark.both_databases
async def test_somebody_forgotten_while_the_card_is_painted_is_not_named(game, daily):
    await week_of_play(game, daily, Ada={3}, Bob={3})
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    drawing, go_on = threading.Event(), threading.Event()

    def slowly(card, theme):
        drawing.set()
        go_on.wait(PATIENCE_S)
        return paint(card, theme)

    game.app.pictures.paint = slowly
    posting = asyncio.create_task(post_week(game.app, game.space.id))
    await asyncio.to_thread(drawing.wait, PATIENCE_S)
    await forget_accounts(game.app, [game.member("Bob")])
    go_on.set()
    await posting
    assert await reviews(game) == []
    await post_week(game.app, game.space.id)
    (post,) = await posted(game)
    assert "Ada" in plain(post.view)
    assert "Bob" not in plain(post.view) + post.view.image.alt


async def test_whoever_is_forgotten_is_taken_out_of_past_weeks_and_the_card_goes(game, daily):
    await week_of_play(game, daily, Ada={3}, Bob={4})
    await at(game, daily, 9)
    (before,) = await posted(game)
    await forget_accounts(game.app, [game.member("Ada")])
    (after,) = await posted(game)
    assert after.version == 2
    assert after.view.image is None
    assert "Ada" not in plain(after.view)
    assert "1 | Bob | 10" in plain(after.view)
    assert await game.app.storage.read(lambda unit: unit.images.find(before.view.image.digest)) is None


async def test_cards_outlive_banks_and_go_with_the_last_space_that_shows_them(game, daily):
    other = await in_the_same_league(game, "other")
    third = await in_the_same_league(game, "third")
    await other.asks()
    await link(game, other)  # whose people are forgotten is on no card any more
    await week_of_play(game, daily, Ada={3})
    await at(game, daily, 9)
    (post,) = await posted(game, space=other.space)

    async def kept_after(side):
        async def forget(unit):
            space = await unit.spaces.get(side.space.id)
            await unit.forgetting.forget_space(space, [], game.clock.now())
            return await unit.images.find(post.view.image.digest)

        return await game.app.storage.write(forget)

    assert await kept_after(third) is not None
    assert await kept_after(game) is not None
    assert await kept_after(other) is None


@pytest.mark.both_databases
async def test_where_the_chosen_channel_is_closed_it_comes_where_questions_are_asked_and_hosts_are_told(game, daily):
    await game.app.storage.write_raw(lambda c: c.execute(t.spaces.update().values(weekly_channel="news")))
    await channel_gone(game.app, game.space, "news", "It is archived.")
    await channel_gone(game.app, game.space, "news", "It is archived.")
    told = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, HOSTS, 10))
    assert len(told) == 1
    await week_of_play(game, daily, Ada={3})
    await at(game, daily, 9)
    assert len(await reviews(game)) == 1
