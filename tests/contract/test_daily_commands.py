"""The series of a channel, as they are set, previewed, paused and stopped by what people type."""

from datetime import UTC, datetime

import pytest

from bot.services.series.series import ask_due
from bot.testing import YES, Conversation, draft
from tests.contract.test_series import GRACE

BERLIN = "/quiz daily set 09:00 Europe/Berlin"


@pytest.fixture
def ada(app, space):
    return Conversation(app, space, is_host=True)


async def test_a_channel_has_several_series_told_apart_by_name(ada):
    await ada.follows(
        [
            (BERLIN, "The daily question is set"),
            ("/quiz daily set 18:30 Europe/Berlin name=evening", "evening: 18:30 Europe/Berlin, daily"),
            ("/quiz daily show", "09:00 Europe/Berlin, daily…evening: 18:30 Europe/Berlin"),
            ("/quiz daily set 19:00 Europe/Berlin name=Evening", "Evening: 19:00 Europe/Berlin"),
            ("/quiz daily show", "09:00 Europe/Berlin, daily…Evening: 19:00 Europe/Berlin"),
            ("/quiz daily pause name=evening", "Paused."),
            ("/quiz daily show", "09:00 Europe/Berlin…next: Tue…19:00 Europe/Berlin…paused"),
            ("/quiz daily show name=EVENING", "Evening: 19:00 Europe/Berlin…paused"),
            ("/quiz daily stop name=morning", "No daily question here is named “morning”. There are: Evening."),
            ("/quiz daily stop name=evening", "Stop the daily question?…Evening, 19:00 Europe/Berlin…stay."),
            (YES, "Stopped."),
            ("/quiz daily show", "09:00 Europe/Berlin"),
            ("/quiz daily stop", "Stop the daily question?"),
            (YES, "Stopped."),
            ("/quiz daily show", "No daily question here yet."),
        ]
    )
    assert "18:30" not in await ada.says("/quiz daily show")


async def test_without_a_name_all_of_the_channel_are_meant(ada):
    await ada.says(BERLIN)
    await ada.says("/quiz daily set 18:30 Europe/Berlin name=evening")
    await ada.says("/quiz daily pause")
    assert (await ada.says("/quiz daily show")).count("paused") == 2
    await ada.says("/quiz daily resume")
    assert (await ada.says("/quiz daily show")).count("next: ") == 2


async def test_an_open_question_is_closed_by_its_name_or_with_all_the_others(app, space, ada, game):
    await game.imports(draft("One?"), draft("Two?"))
    await ada.says(BERLIN)
    await ada.says("/quiz daily set 18:30 Europe/Berlin name=evening")
    await ada.says("/quiz daily now")
    await ada.follows(
        [
            ("/quiz daily close name=evening", "Closed. The result follows."),
            ("/quiz daily close name=evening", "No question of the day is open here."),
            ("/quiz daily close", "Closed."),
            ("/quiz daily close", "No question of the day is open here."),
        ]
    )
    assert await app.storage.read(lambda unit: unit.rounds.open_in(space.id)) == []


async def test_setting_again_replaces_the_one_without_a_name(ada):
    await ada.says(BERLIN)
    await ada.says("/quiz daily set 10:00 Europe/Berlin")
    shown = await ada.says("/quiz daily show")
    assert "10:00" in shown
    assert "09:00 Europe" not in shown


async def test_clocks_that_go_forward_before_the_first_question_move_nothing(ada, clock):
    clock.set(datetime(2027, 3, 27, 12, tzinfo=UTC))  # the Saturday before
    assert "it moves" not in await ada.says("/quiz daily preview 9:00 Europe/London days=mon")


async def test_a_preview_tells_moments_and_clocks_and_sets_nothing(ada, clock):
    clock.set(datetime(2027, 3, 26, 12, tzinfo=UTC))
    reply = await ada.says("/quiz daily preview 9:00 Europe/London days=mon-sun topic='deep nets'")
    for said in (
        "Nothing is set yet",
        "Europe/London isn't UTC: in summer its clock is an hour ahead.",
        "in UTC it moves from 09:00 to 08:00 on Sun 2027-03-28.",
        "Sat 2027-03-27 09:00 | Sat 2027-03-27 09:00 | GMT, UTC",
        "Sun 2027-03-28 09:00 | Sun 2027-03-28 08:00 | BST, UTC+01:00",
        "Wed 2027-03-31 09:00",
    ):
        assert said in reply
    command = reply.rpartition("Set it: ")[2].strip("`")
    assert command == "/quiz daily set 9:00 Europe/London days=mon-sun topic='deep nets'"
    await ada.follows(
        [
            ("/quiz daily show", "No daily question here yet."),
            (command, "topic deep nets…isn't UTC…Sun 2027-03-28 09:00"),
        ]
    )


async def test_times_zones_and_days_as_people_write_them(ada):
    await ada.follows(
        [
            (
                "/quiz daily set 9am UTC+2 days=weekdays",
                "09:00 UTC+2, mon,tue,wed,thu,fri…UTC+2 | UTC…Tue 2026-03-03 09:00 | Tue 2026-03-03 07:00",
            ),
            ("/quiz daily set 9am GMT-8", "“GMT-8” is read in two opposite ways. Write UTC-8"),
            ("/quiz daily set 9am EST", "Did you mean America/New_York?"),
        ]
    )


async def test_every_few_days_without_holidays(ada):
    await ada.follows(
        [
            (
                f"{BERLIN} every=2 holidays=2026-03-05..2026-03-06,2026-03-09",
                "every 2 days (not on 2026-03-05..2026-03-06,2026-03-09)…Tue 2026-03-03…Sat 2026-03-07…Wed 2026-03-11",
            ),
            (f"{BERLIN} every=2 days=mon", "Choose either days or every, not both"),
            (f"{BERLIN} holidays=soon", "“soon” isn't a date. Write it like 2026-03-28."),
            (f"{BERLIN} color=red", "“color” isn't an option. There are: time, zone, days, every, holidays"),
            ("/quiz daily show", "every 2 days"),
        ]
    )


async def test_a_pause_until_a_date_says_so_and_ends_by_itself(ada, app, clock):
    await ada.says(BERLIN)
    await ada.follows(
        [
            ("/quiz daily pause until=tomorrow", "“tomorrow” isn't a date."),
            ("/quiz daily pause until=2026-03-02", "A pause can't end on 2026-03-02"),
            ("/quiz daily pause until=2026-03-06", "paused until Fri 2026-03-06 09:00"),
            ("/quiz daily show", "paused until Fri 2026-03-06 09:00"),
        ]
    )
    clock.set(datetime(2026, 3, 6, 8, tzinfo=UTC))
    (series,) = await app.storage.read(lambda unit: unit.schedules.all())
    await ask_due(app, series.id, GRACE)
    await ada.follows([("/quiz daily show", "next: Sat 2026-03-07 09:00")])


async def test_a_pause_until_a_date_is_ended_early_by_hand(ada):
    await ada.says(BERLIN)
    await ada.says("/quiz daily pause until=2026-03-06")
    await ada.follows([("/quiz daily resume", "next: Tue 2026-03-03 09:00")])


async def test_only_the_named_series_asks_now(ada, game):
    await game.imports(*(draft(f"Question number {n}?") for n in range(5)))
    await ada.says(BERLIN)
    await ada.says("/quiz daily set 18:30 Europe/Berlin name=evening")
    assert await ada.says("/quiz daily now name=evening") is None
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 9))
    assert len(posts) == 1


async def test_a_bank_that_isnt_there_is_said_in_the_preview_too(ada):
    assert "no bank named “x”" in await ada.says("/quiz daily preview 09:00 UTC bank=x")
