"""The series of a channel, as they are set, previewed, paused and stopped by what people type."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.limits import Allowance, Limit
from bot.i18n import use_language
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
            (
                "/quiz daily set 18:30 Europe/Berlin name=evening",
                "evening: Every day at 18:30 Berlin time, starting today",
            ),
            ("/quiz daily show", "09:00 Europe/Berlin, daily…evening: 18:30 Europe/Berlin"),
            ("/quiz daily set 19:00 Europe/Berlin name=Evening", "Evening: Every day at 19:00 Berlin time"),
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


async def test_days_yes_and_no_are_understood_in_the_language_of_whoever_types(ada):
    with use_language("es"):
        told = await ada.says("/quiz daily set 09:00 Europe/Madrid days=lun,miércoles thread=sí quiet=no")
        shown = await ada.says("/quiz daily show")
    assert "Cada lunes y miércoles a las 09:00 (hora de Madrid)" in told
    assert "09:00 Europe/Madrid, lun,mié, botones" in shown
    shown = await ada.says("/quiz daily show")
    assert "09:00 Europe/Madrid, mon,wed, buttons, result at once, a thread to talk" in shown


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
            ("/quiz daily close name=evening", "No daily question is open here."),
            ("/quiz daily close", "Closed."),
            ("/quiz daily close", "No question is open here."),
            ("/quiz", None),
            ("/quiz", None),
            ("/quiz daily close", "Closed. The results of 2 questions follow."),
            ("/quiz private=yes", None),
            ("/quiz daily close", "No question is open here."),
        ]
    )
    (left,) = await app.storage.read(lambda unit: unit.rounds.open_in(space.id))
    assert left.private_to == "ada", "nobody else sees it"


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
            (command, "starting tomorrow, Saturday 27 March.…topic deep nets…isn't UTC…on Sun 2027-03-28"),
        ]
    )


async def test_what_is_set_is_told_in_one_sentence(ada, clock):
    clock.set(datetime(2026, 11, 28, 12, tzinfo=UTC))
    await ada.follows(
        [
            (
                BERLIN,
                "The daily question is set\nEvery day at 09:00 Berlin time, starting tomorrow, Sunday 29 November.",
            ),
            ("/quiz daily set 23:00 UTC", "Every day at 23:00 UTC, starting today, Saturday 28 November."),
            (
                "/quiz daily set 9:00 America/New_York days=mon,wed,fri",
                "Every Monday, Wednesday and Friday at 09:00 New York",
            ),
            ("/quiz daily set 9:00 UTC days=wed", "Every Wednesday at 09:00 UTC, starting on Wednesday 2 December."),
            (f"{BERLIN} reveal=at_close thread=yes", "Options: result at the close, a thread to talk."),
            (f"{BERLIN} answer_with=reactions", "Options: answered with reactions."),
            (f"{BERLIN} topic=nets", "All dates and times: /quiz daily preview 09:00 Europe/Berlin topic=nets"),
        ]
    )
    assert "UTC" not in await ada.says(BERLIN), "its clock doesn't change soon"


async def test_a_league_with_teams_learns_the_result_at_the_close_unless_told_otherwise(ada):
    assert "at the close" not in await ada.says(BERLIN)
    await ada.says("/quiz team create Owls")
    await ada.follows(
        [
            (BERLIN, "Options: result at the close.…because your league has teams…reveal=on_answer"),
            ("/quiz daily show", "result at the close"),
            (f"{BERLIN} reveal=on_answer", "The daily question is set"),
            ("/quiz daily show", "result at once"),
        ]
    )
    assert "because" not in await ada.says(f"{BERLIN} reveal=at_close")
    assert "because" not in await ada.says(f"{BERLIN} answer_with=reactions")


async def test_times_zones_and_days_as_people_write_them(ada):
    await ada.follows(
        [
            (
                "/quiz daily set 9am UTC+2 days=weekdays",
                "Monday to Friday at 09:00 UTC+2, starting tomorrow",
            ),
            ("/quiz daily set 9am GMT-8", "“GMT-8” can mean two opposite things. Write UTC-8"),
            ("/quiz daily set 9am EST", "Did you mean America/New_York?"),
        ]
    )


async def test_every_few_days_without_holidays(ada):
    await ada.follows(
        [
            (
                f"{BERLIN} every=2 holidays=2026-03-05..2026-03-06,2026-03-09",
                "Every 2 days at 09:00…starting tomorrow, Tuesday 3 March.…not on 2026-03-05..2026-03-06,2026-03-09.",
            ),
            (
                f"{BERLIN} every=2 holidays=2026-03-05..2026-03-06,2026-03-09".replace("set", "preview"),
                "Tue 2026-03-03…Sat 2026-03-07…Wed 2026-03-11",
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


async def test_what_is_asked_out_of_turn_counts_even_if_another_series_has_nothing_to_ask(game):
    await game.imports()
    good, _bad = await game.series(), await game.series(topic="nothing like it")
    game.app.limiter.limits = replace(
        game.app.limiter.limits, allowances={Limit.CHANNEL_ASKS: Allowance(at_once=4, every=timedelta(minutes=1))}
    )
    host = Conversation(game.app, game.space, is_host=True)
    for _time in range(3):
        assert "No question is ready" in await host.says("/quiz daily now")
    assert "Try again in" in await host.says("/quiz daily now")
    assert len(await game.app.storage.read(lambda unit: unit.rounds.drawn_in(good.id))) == 3


async def test_a_bank_that_isnt_there_is_said_in_the_preview_too(ada):
    assert "no bank named “x”" in await ada.says("/quiz daily preview 09:00 UTC bank=x")
