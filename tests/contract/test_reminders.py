"""Reminders: whoever wants them hears of an open question before it costs them their streak, and nobody else does."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.domain.identity import Member
from bot.domain.series import Timetable
from bot.ports import Forbidden, OutcomeUnknown
from bot.services import telling
from bot.services.banks.correcting import withdraw
from bot.services.chat import dispatch
from bot.services.chat.grammar import parse_command
from bot.services.platforms.arriving import arrive
from bot.services.rounds import reminding
from bot.services.series.series import add_series, remove_series
from bot.testing import Conversation, plain
from tests.contract.reminders import MONDAY, TUESDAY, Room, a_room, daily, with_a_streak

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def room(game):
    return await a_room(game)


async def test_whoever_has_a_streak_is_reminded_once_two_hours_before_the_day_ends(room):
    await with_a_streak(room, "Ada")
    await room.at(TUESDAY + timedelta(hours=21, minutes=59))
    assert room.reminded == []
    await room.at(TUESDAY + timedelta(hours=22))
    ((who, text),) = room.reminded
    assert who == "ada"
    assert "Study group" in text
    assert "1 day in a row" in text
    assert "/quiz reminders off" in text
    (post,) = [one for one in room.messenger.shown.values() if one.is_direct]
    assert post.view.answer_by == TUESDAY + timedelta(days=1), "the streak ends with the day, before the question does"
    assert post.reply_ref == room.messenger.references[f"q{(await room.round()).id}"]
    for hour in (22, 23, 26, 31, 33):
        await room.at(TUESDAY + timedelta(hours=hour, minutes=30))
    assert len(room.reminded) == 1


async def test_the_reminder_comes_two_hours_before_the_close_if_that_is_first(room):
    await with_a_streak(room, "Ada", close_after=timedelta(hours=8))
    await room.at(TUESDAY + timedelta(hours=14, minutes=59))
    assert room.reminded == []
    await room.at(TUESDAY + timedelta(hours=15))
    assert len(room.reminded) == 1
    (post,) = [one for one in room.messenger.shown.values() if one.is_direct]
    assert post.view.answer_by == TUESDAY + timedelta(hours=17)


async def test_a_question_open_for_less_than_four_hours_reminds_nobody(room):
    await with_a_streak(room, "Ada", close_after=timedelta(hours=3, minutes=50))
    for minutes in range(30, 240, 40):
        await room.at(TUESDAY + timedelta(hours=9, minutes=minutes))
    assert room.reminded == []


@pytest.mark.parametrize("reveal", ["on_answer", "at_close"])
async def test_whoever_has_answered_said_no_or_has_no_streak_is_left_alone(room, reveal):
    await with_a_streak(room, "Ada", "Bob", "Cem", reveal=reveal)
    await room.says("Dora", "/quiz reminders on")  # she has never answered
    assert "won't remind" in await room.says("Bob", "/quiz reminders off")
    await room.answers("Ada")
    await room.at(TUESDAY + timedelta(hours=22))
    assert [who for who, _text in room.reminded] == ["cem"]
    posts = await room.game.app.storage.read(lambda unit: unit.outbox.recent(room.space.id, "study", 50))
    assert [post.private_to for post in posts if post.is_direct] == ["cem"], "the room shows what is in the outbox"


async def test_an_answer_to_another_question_of_the_day_saves_the_streak_too(room):
    await with_a_streak(room, "Ada")
    await room.game.answers(await room.game.asks(), "Ada", 0)
    await room.at(TUESDAY + timedelta(hours=22))
    assert room.reminded == []


async def test_people_are_reminded_of_the_question_in_the_channel_where_they_play(room):
    earlier = Timetable(at=time(8), zone="UTC")
    await add_series(room.game.app, room.space, "another", earlier, close_after=timedelta(hours=12))
    await daily(room)
    await room.says("Ada", "/quiz reminders on")
    await room.at(MONDAY + timedelta(hours=9))
    await room.answers("Ada")
    for hour in (8, 9, 18, 22):
        await room.at(TUESDAY + timedelta(hours=hour))
    (post,) = [one for one in room.messenger.shown.values() if one.is_direct]
    assert post.channel == "study"


async def test_with_two_series_there_is_one_reminder_a_day(room):
    timetable = Timetable(at=time(9), zone="UTC")
    await add_series(room.game.app, room.space, "another", timetable, close_after=timedelta(hours=6))
    await daily(room)
    await room.says("Ada", "/quiz reminders on")
    await room.at(MONDAY + timedelta(hours=9))
    for round_ in await room.game.app.storage.read(lambda unit: unit.rounds.open_in(room.space.id)):
        await Conversation(room.game.app, room.space, round_.channel).answers(round_, frozenset({0}))
    for hour in (9, 13, 15, 22, 23):
        await room.at(TUESDAY + timedelta(hours=hour, minutes=1))
        assert len(room.reminded) == (hour >= 13)


async def test_an_answer_between_the_plan_and_the_delivery_is_noticed(room):
    await with_a_streak(room, "Ada", "Bob")
    room.game.clock.set(TUESDAY + timedelta(hours=22))
    await room.runner._beat()
    await room.answers("Ada")
    await room.says("Bob", "/quiz reminders off")
    await room.beat()
    assert room.reminded == []


async def test_a_question_that_closed_while_the_bot_was_away_reminds_nobody(room):
    await with_a_streak(room, "Ada")
    room.game.clock.set(TUESDAY + timedelta(hours=22))
    await room.runner._beat()  # and dies before the delivery
    room.restarted()
    await room.at(TUESDAY + timedelta(hours=24))
    assert room.reminded == []


async def test_a_withdrawn_question_reminds_nobody(room):
    await with_a_streak(room, "Ada")
    await withdraw(room.game.app, (await room.round()).question_id, reason="wrong", actor="host")
    await room.at(TUESDAY + timedelta(hours=22))
    assert room.reminded == []


async def test_a_missed_day_that_would_be_frozen_reminds_nobody(room):
    await Conversation(room.game.app, room.game.space, is_host=True).says("/quiz league set streak_freeze=yes")
    await with_a_streak(room, "Ada")
    await room.at(TUESDAY + timedelta(hours=22))
    assert room.reminded == [], "nothing ends: Tuesday is frozen"
    for day in (2, 3):
        await room.at(MONDAY + timedelta(days=day, hours=9))
        if day == 2:
            await room.answers("Ada")
    await room.at(MONDAY + timedelta(days=3, hours=22))
    assert len(room.reminded) == 1, "the freeze of the week is used up"


@pytest.mark.parametrize("reveal", ["on_answer", "at_close"])
async def test_an_open_question_counts_whenever_its_verdict_comes(room, reveal):
    await with_a_streak(room, "Ada", reveal=reveal)
    await room.at(TUESDAY + timedelta(hours=22))
    assert len(room.reminded) == 1


async def test_whoever_deletes_everything_is_not_reminded(room):
    await with_a_streak(room, "Ada")
    ada = Conversation(room.game.app, room.game.space)
    assert "deleted" in await ada.insists("/quiz privacy delete")
    await room.at(TUESDAY + timedelta(hours=22))
    assert room.reminded == []
    assert "You get no reminders" in await room.says("Ada", "/quiz reminders")


async def test_what_is_stored_is_exported_and_deleted_also_from_sent_reminders(room):
    await with_a_streak(room, "Ada")
    await room.at(TUESDAY + timedelta(hours=22))
    ada = Conversation(room.game.app, room.game.space)
    assert '"about": "reminders"' in await ada.says("/quiz privacy export")
    await ada.insists("/quiz privacy delete")
    assert await room.game.app.storage.read(lambda unit: unit.subscriptions.of(room.game.member("Ada"))) == []
    posts = await room.game.app.storage.read(lambda unit: unit.outbox.recent(room.space.id, "study", 50))
    ((view, private_to),) = [(post.view, post.private_to) for post in posts if post.is_direct]
    assert "in a row" not in plain(view)
    assert private_to == ""


async def test_somebody_who_only_wanted_reminders_can_see_and_delete_that_in_a_direct_message(room):
    await room.says("Eve", "/quiz reminders on")

    async def says(text):
        return plain(await dispatch.run_in_private(room.game.app, "web", "eve", parse_command(text)))

    assert '"about": "reminders"' in await says("privacy export")
    assert "I remind you" in await says("reminders")
    assert "won't remind" in await says("reminders off")
    assert "Nothing is stored" in await says("reminders")


@pytest.mark.both_databases
async def test_after_three_refusals_nothing_is_tried_until_somebody_switches_them_on_again(room):
    await with_a_streak(room, "Ada")
    for day in range(1, 6):
        await room.at(MONDAY + timedelta(days=day, hours=9))
        if day > 1:  # the streak of the day before
            room.game.clock.set(MONDAY + timedelta(days=day, hours=9, minutes=1))
        room.messenger.fail_next(Forbidden("closed"))
        before = len(room.messenger._trouble)
        await room.at(MONDAY + timedelta(days=day, hours=22))
        tried = len(room.messenger._trouble) < before
        assert tried == (day <= 3)
        room.messenger._trouble.clear()
        await room.answers("Ada")
    assert "refused" in await room.says("Ada", "/quiz reminders")
    await room.says("Ada", "/quiz reminders on")
    await room.at(MONDAY + timedelta(days=6, hours=9))
    await room.at(MONDAY + timedelta(days=6, hours=22))
    assert len(room.reminded) == 1


async def test_rounds_take_turns_and_one_whose_messages_are_stuck_lets_others_go_first(room, monkeypatch):
    monkeypatch.setattr(reminding, "ROUNDS_AT_ONCE", 1)
    monkeypatch.setattr(telling, "PEOPLE_AT_ONCE", 1)
    monkeypatch.setattr(telling, "MOST_WAITING", 2)
    rooms = [room, Room(room.game, room.messenger)]
    rooms[1].space = await arrive(room.game.app, "web", "second", "Second room", zone="UTC", welcomes=False)
    for one in rooms:
        await daily(one)
        for name in ("Ada", "Bob", "Cem"):
            await one.says(name, "/quiz reminders on")
    await room.at(MONDAY + timedelta(hours=9))
    for one in rooms:
        await one.answers("Ada", "Bob", "Cem")
    await room.at(TUESDAY + timedelta(hours=9))
    room.game.clock.set(TUESDAY + timedelta(hours=22))
    for _beat in range(6):
        await room.runner._beat()

    async def waiting(one):
        return await room.game.app.storage.read(lambda unit: unit.outbox.direct_waiting(one.space.id))

    assert [await waiting(one) for one in rooms] == [2, 2]
    for _beat in range(6):
        room.game.clock.advance(seconds=11)
        await room.beat()
    assert len(room.reminded) == 6


async def test_many_people_are_reminded_once_each_and_a_few_at_a_time_with_a_restart_in_the_middle(room):
    names = [f"P{number:02}" for number in range(25)]
    await with_a_streak(room, *names)
    room.game.clock.set(TUESDAY + timedelta(hours=22))
    most = 0
    for beat in range(8):
        if beat == 1:
            room.messenger.fail_next(OutcomeUnknown("killed"), after_doing=True)
        if beat == 2:
            room.restarted()
        before = len(room.reminded)
        await room.beat()
        most = max(most, len(room.reminded) - before)
        room.game.clock.advance(seconds=10)
    assert sorted(who for who, _text in room.reminded) == sorted(name.casefold() for name in names)
    assert most <= 10


async def test_in_a_direct_message_reminders_are_switched_in_all_spaces(room):
    game = room.game
    elsewhere = await arrive(game.app, "web", "second", "Second room", zone="UTC")
    there = Member(space_id=elsewhere.id, external_id="ada", name="Ada")
    for member in (there, game.member("Ada")):
        await game.app.storage.write(lambda unit, member=member: unit.people.ensure_player(member))

    async def says(text):
        return plain(await dispatch.run_in_private(game.app, "web", "ada", parse_command(text)))

    async def wanted():
        return [
            bool(await game.app.storage.read(lambda u, m=m: u.subscriptions.of(m))) for m in (there, game.member("Ada"))
        ]

    await says("reminders on")
    assert await wanted() == [True, True]
    await says("reminders off")
    assert await wanted() == [False, False]


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "Asia/Beirut",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
)
"""With clock changes at two, at midnight, by half an hour, and south of the equator."""


def days_around_changes(zone):
    """The days of 2026 that aren't 24 hours long in a zone, each after the day before it."""
    beginnings = [datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)) + timedelta(days=number) for number in range(366)]
    moments = [beginning.astimezone(UTC) for beginning in beginnings]
    days = list(pairwise(moments))
    changed = [number for number, (begins, ends) in enumerate(days) if ends - begins != timedelta(days=1)]
    assert len(changed) == 2
    return [days[number - 1 : number + 1] for number in changed]


@pytest.mark.parametrize("zone", ZONES)
async def test_over_both_clock_changes_there_is_one_reminder_a_day_two_hours_before_it_ends(room, zone):
    room.space = await arrive(room.game.app, "web", zone, "A room elsewhere", zone=zone, welcomes=False)
    await room.says("Ada", "/quiz reminders on")
    for (before, begins), (_begins, ends) in days_around_changes(zone):
        room.game.clock.set(before)
        series = await daily(room, zone)
        await room.at(before + timedelta(hours=10))
        await room.answers("Ada")
        await room.at(begins + timedelta(hours=10))
        room.messenger.shown.clear()
        await room.at(ends - timedelta(hours=2, minutes=1))
        assert room.reminded == []
        await room.at(ends - timedelta(hours=2))
        await room.at(ends - timedelta(hours=1))
        assert len(room.reminded) == 1
        await remove_series(room.game.app, series.id)
