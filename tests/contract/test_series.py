"""Series: one question for each local date, whoever asks, late, paused or out of turn."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.errors import BadInput, NotFound
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.series import Timetable
from bot.ports import HOSTS, MessengerError
from bot.scheduling.runner import Runner
from bot.services.series.series import (
    add_series,
    ask_due,
    ask_in_series_now,
    find_series,
    pause_series,
    remove_series,
    resume_series,
)
from bot.services.series.timetables import paused_until
from bot.storage import tables
from bot.testing import FakeMessenger, application_on, draft, plain

pytestmark = pytest.mark.sqlite_first

GRACE = timedelta(hours=2)


@pytest.fixture
async def daily(game):
    """A series at nine in Berlin; it is nine in UTC now, so it asks tomorrow first."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(20)))
    return await game.series()


async def rounds(game, series):
    async def read(unit):
        questions = await unit.banks.questions((await unit.banks.named("bank", None)).id)
        found = [round_ for question in questions for round_ in await unit.rounds.of_question(question.id)]
        return sorted((round_ for round_ in found if round_.series_id == series.id), key=lambda r: r.id)

    return await game.app.storage.read(read)


async def said_in(game, channel):
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, channel, 50))
    return [plain(post.view) for post in posts]


async def due(game, adapter="web"):
    return await game.app.storage.read(lambda unit: unit.schedules.due(game.clock.now(), [adapter]))


async def test_it_asks_when_its_moment_comes_and_not_before(game, daily):
    assert daily.next_at == datetime(2026, 3, 3, 8, tzinfo=UTC)
    game.clock.set(datetime(2026, 3, 3, 7, 59, 59, tzinfo=UTC))
    assert await due(game) == []
    await ask_due(game.app, daily.id, GRACE)
    assert await rounds(game, daily) == []
    game.clock.advance(seconds=1)
    assert await due(game) == [daily.id]
    assert await due(game, "discord") == [], "only a process with its adapter claims it"
    await ask_due(game.app, daily.id, GRACE)
    (round_,) = await rounds(game, daily)
    assert round_.due_on == date(2026, 3, 3)
    assert (await find_series(game.app, daily.id)).next_at == datetime(2026, 3, 4, 8, tzinfo=UTC)


@pytest.mark.both_databases
async def test_many_processes_ask_one_question(game, daily, url, clock):
    game.clock.set(datetime(2026, 3, 3, 8, tzinfo=UTC))
    async with application_on(url, clock=clock, seed=2) as other:
        await asyncio.gather(*(ask_due(app, daily.id, GRACE) for app in (game.app, other) * 5))
    assert len(await rounds(game, daily)) == 1


async def test_a_week_of_mornings_asks_seven_questions_and_closes_the_one_before(game, daily):
    for day in range(3, 10):
        game.clock.set(datetime(2026, 3, day, 8, 0, 1, tzinfo=UTC))
        await ask_due(game.app, daily.id, GRACE)
    asked = await rounds(game, daily)
    assert [round_.due_on.day for round_ in asked] == list(range(3, 10))
    assert [round_.closed_at is None for round_ in asked] == [False] * 6 + [True]
    assert len({round_.question_id for round_ in asked}) == 7


async def test_after_a_short_downtime_it_is_asked_late_once(game, daily):
    game.clock.set(datetime(2026, 3, 3, 9, 59, tzinfo=UTC))
    await ask_due(game.app, daily.id, GRACE)
    await ask_due(game.app, daily.id, GRACE)
    (round_,) = await rounds(game, daily)
    assert (round_.due_on, round_.opened_at) == (date(2026, 3, 3), game.clock.now())


async def test_after_a_long_downtime_it_is_skipped_and_the_hosts_are_told_once(game, daily):
    game.clock.set(datetime(2026, 3, 6, 12, tzinfo=UTC))
    await ask_due(game.app, daily.id, GRACE)
    assert await rounds(game, daily) == []
    assert (await find_series(game.app, daily.id)).next_at == datetime(2026, 3, 7, 8, tzinfo=UTC)
    entries = await game.app.storage.read(lambda unit: unit.audit.about(f"series {daily.id}"))
    assert [(one.action, one.details[:10]) for one in entries] == [("skipped", f"2026-03-0{n}") for n in (3, 4, 5, 6)]
    assert await said_in(game, "study") == []
    (told,) = await said_in(game, HOSTS)
    assert told.startswith("4 questions, from Tue 2026-03-03 09:00 to Fri 2026-03-06 09:00, were skipped")
    assert "09:00 Europe/Berlin" in told


async def test_days_of_downtime_bring_one_question_not_many(game, daily):
    game.clock.set(datetime(2026, 3, 6, 8, 30, tzinfo=UTC))
    await ask_due(game.app, daily.id, GRACE)
    assert [round_.due_on for round_ in await rounds(game, daily)] == [date(2026, 3, 6)]
    (told,) = await said_in(game, HOSTS)
    assert told.startswith("3 questions, from Tue 2026-03-03 09:00 to Thu 2026-03-05 09:00, were skipped")
    assert len(await said_in(game, "study")) == 1


async def test_a_skipped_local_time_is_asked_after_the_gap_under_its_own_date(game):
    """23:30 on 28 March doesn't exist in Nuuk; it is asked at midnight, and the 29th has its own question."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(5)))
    game.clock.set(datetime(2026, 3, 28, 12, tzinfo=UTC))
    series = await game.series(timetable=Timetable(at=time(23, 30), zone="America/Nuuk"))
    for _ in range(2):
        game.clock.set((await find_series(game.app, series.id)).next_at)
        await ask_due(game.app, series.id, GRACE)
    assert [round_.due_on.day for round_ in await rounds(game, series)] == [28, 29]


async def test_a_paused_series_asks_nothing_until_it_is_resumed(game, daily):
    assert (await pause_series(game.app, daily.id)).paused
    game.clock.set(datetime(2026, 3, 5, 8, tzinfo=UTC))
    assert await due(game) == []
    await ask_due(game.app, daily.id, GRACE)
    assert await rounds(game, daily) == []
    resumed = await resume_series(game.app, daily.id)
    assert resumed.next_at == datetime(2026, 3, 6, 8, tzinfo=UTC), "what was missed meanwhile isn't made up for"


async def test_resuming_on_a_day_that_was_asked_asks_tomorrow(game, daily):
    game.clock.set(datetime(2026, 3, 3, 8, tzinfo=UTC))
    await ask_due(game.app, daily.id, GRACE)
    await pause_series(game.app, daily.id)
    assert (await resume_series(game.app, daily.id)).next_at.day == 4
    await ask_due(game.app, daily.id, GRACE)
    assert len(await rounds(game, daily)) == 1


async def test_asking_out_of_turn_closes_the_one_before_and_leaves_the_morning_alone(game, daily):
    first = await ask_in_series_now(game.app, daily.id)
    second = await ask_in_series_now(game.app, daily.id)
    assert [round_.closed_at is None for round_ in await rounds(game, daily)] == [False, True]
    assert (first.due_on, second.due_on) == (None, None)
    game.clock.set(datetime(2026, 3, 3, 8, tzinfo=UTC))
    await ask_due(game.app, daily.id, GRACE)
    assert len(await rounds(game, daily)) == 3


@pytest.mark.both_databases
async def test_without_a_question_the_channel_is_told_once_and_asking_now_fails_cleanly(game):
    await game.imports(draft("Only one?"), bank="other")
    series = await game.series(bank="OTHER", topic="nothing")
    with pytest.raises(NotFound, match="No question is ready"):
        await ask_in_series_now(game.app, series.id)
    game.clock.set(datetime(2026, 3, 3, 8, tzinfo=UTC))
    for _ in range(3):
        await ask_due(game.app, series.id, GRACE)
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 10))
    assert [plain(post.view) for post in posts] == [
        "No question is ready today. A host can import some: /quiz bank import"
    ]


async def test_it_closes_after_its_own_time(game):
    await game.imports()
    series = await game.series(close_after=timedelta(minutes=30), reveal=Reveal.AT_CLOSE)
    round_ = await ask_in_series_now(game.app, series.id)
    assert round_.closes_at == game.clock.now() + timedelta(minutes=30)


async def test_reactions_are_always_revealed_at_the_close(game):
    series = await game.series(answer_with=AnswerWith.REACTIONS, reveal=Reveal.ON_ANSWER)
    assert series.reveal is Reveal.AT_CLOSE
    assert await find_series(game.app, series.id) == series


async def test_a_series_that_takes_anothers_place_closes_its_round(game, daily):
    await ask_in_series_now(game.app, daily.id)
    new = await add_series(game.app, game.space, "study", daily.timetable, replaces=[daily])
    here = await game.app.storage.read(lambda unit: unit.schedules.all(game.space.id, "study"))
    assert [series.id for series in here] == [new.id]
    assert all(round_.closed_at for round_ in await rounds(game, daily))


async def test_a_removed_series_is_gone_and_its_points_stay(game, daily):
    round_ = await ask_in_series_now(game.app, daily.id)
    await game.answers(round_, "Ada", 0)
    await remove_series(game.app, daily.id)
    assert await game.points() == {"Ada": 10}
    for use in (find_series, pause_series, resume_series, ask_in_series_now, remove_series):
        with pytest.raises(NotFound, match="no series"):
            await use(game.app, daily.id)
    game.clock.advance(days=3)
    await ask_due(game.app, daily.id, GRACE)
    assert len(await rounds(game, daily)) == 1


async def test_a_bank_must_be_there(game):
    with pytest.raises(NotFound, match="no bank named “x”"):
        await game.series(bank="x")


async def test_a_series_comes_back_as_it_was_stored(game):
    await game.imports()
    for days, every in (({0}, 1), ({5, 6}, 1), (set(range(7)), 3)):
        series = await game.series(
            timetable=Timetable(
                at=time(23, 5),
                zone="Asia/Kathmandu",
                days=frozenset(days),
                every=every,
                holidays=frozenset({date(2026, 12, 24), date(2027, 1, 6)}),
            ),
            name="evening",
            bank="bank",
            topic="Any",
            weights={"data": 20, "modeling": 36},
            difficulty="easy:1,hard:2",
            close_after=timedelta(days=1),
            thread=True,
            together="exam",
        )
        assert await find_series(game.app, series.id) == series


async def test_every_few_days_count_from_the_first_posting_over_pauses_and_holidays(game):
    await game.imports(*(draft(f"Question number {n}?") for n in range(20)))
    table = Timetable(at=time(9), zone="Europe/Berlin", every=3, holidays=frozenset({date(2026, 3, 6)}))
    series = await game.series(timetable=table)
    assert series.timetable.anchor == date(2026, 3, 3)
    for day in range(3, 19):
        game.clock.set(datetime(2026, 3, day, 8, tzinfo=UTC))
        if day == 10:
            await pause_series(game.app, series.id)
        if day == 13:
            await resume_series(game.app, series.id)
        await ask_due(game.app, series.id, GRACE)
    assert [round_.due_on.day for round_ in await rounds(game, series)] == [3, 9, 15, 18]


async def test_a_pause_with_an_end_goes_on_by_itself(game, daily):
    paused = await pause_series(game.app, daily.id, date(2026, 3, 7))
    assert paused.next_at == datetime(2026, 3, 7, 8, tzinfo=UTC)
    assert paused_until(game.app, paused) == date(2026, 3, 7)
    for day in range(3, 9):
        game.clock.set(datetime(2026, 3, day, 8, tzinfo=UTC))
        await ask_due(game.app, daily.id, GRACE)
    assert [round_.due_on.day for round_ in await rounds(game, daily)] == [7, 8]
    assert paused_until(game.app, await find_series(game.app, daily.id)) is None


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2020, 1, 1), date(9999, 12, 31)])
async def test_a_pause_must_end_ahead(game, daily, day):
    with pytest.raises(BadInput, match="A pause can't end on"):
        await pause_series(game.app, daily.id, day)
    assert await find_series(game.app, daily.id) == daily


@pytest.mark.both_databases
async def test_a_heartbeat_asks_posts_closes_and_goes_on_after_trouble(game, daily):
    """What one series, round or message meets doesn't keep the others waiting."""
    web = FakeMessenger()
    runner = Runner(game.app, {"web": web}, worker="one", grace=GRACE)
    broken = await game.series(timetable=Timetable(at=time(8), zone="Europe/Berlin"))
    await game.app.storage.write_raw(
        lambda connection: connection.execute(
            sa.update(tables.series).where(tables.series.c.id == broken.id).values(zone="Mars/Olympus")
        )
    )
    quick = await game.asks()
    web.fail_next(MessengerError("down"))
    game.clock.set(datetime(2026, 3, 3, 8, tzinfo=UTC))
    await runner.tick()
    (round_,) = await rounds(game, daily)
    assert f"q{round_.id}" in web.shown
    game.clock.advance(seconds=10)
    await runner.tick()
    assert f"r{quick.id}" in web.shown
    await runner.stop()


@pytest.mark.both_databases
async def test_stopping_waits_for_the_turn_that_is_under_way(game, daily):
    class Slow(FakeMessenger):
        async def post(self, post):
            began.set()
            await go_on.wait()
            return await super().post(post)

    began, go_on, web = asyncio.Event(), asyncio.Event(), Slow()
    round_ = await ask_in_series_now(game.app, daily.id)
    game.app.waiting.clear()  # so that a tick takes it up
    runner = Runner(game.app, {"web": web}, worker="one", grace=GRACE)
    runner.start()
    await began.wait()
    stopping = asyncio.create_task(runner.stop())
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    assert web.log == [("post", f"q{round_.id}")]
