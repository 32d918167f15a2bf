"""A daily question says which one it is, its result says when the next one comes, and a quick one who asked for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.images import ImageFile
from bot.domain.series import Timetable
from bot.rendering.questions import open_question
from bot.services.forgetting import forget_accounts
from bot.services.rounds.asking import question_key, result_key
from bot.services.rounds.closing import close_early
from bot.services.series.series import ask_due, ask_in_series_now, pause_series, remove_series
from bot.services.series.timetables import first_from
from bot.testing import Conversation, draft, plain

PICTURE = ImageFile(digest="0" * 64, media_type="image/png", data=b"a picture")

pytestmark = pytest.mark.sqlite_first


async def view(game, key):
    return (await game.app.storage.read(lambda unit: unit.outbox.find(key))).view


async def asked(game, round_):
    return await view(game, question_key(round_.id))


async def told(game, round_):
    return await view(game, result_key(round_.id))


async def test_the_questions_of_a_series_are_numbered_and_named_by_their_topic(game):
    await game.imports(*(draft(f"{number}?", topic="Storage") for number in range(3)))
    series = await game.series()
    rounds = [await ask_in_series_now(game.app, series.id) for _number in range(3)]
    titles = [(await asked(game, one)).title for one in rounds]
    assert titles == ["Question 1 · Storage", "Question 2 · Storage", "Question 3 · Storage"]


async def test_a_question_without_a_topic_has_its_number_alone(game):
    await game.imports(draft("?", topic=None))
    assert (await asked(game, await game.daily())).title == "Question 1"


async def test_another_series_counts_for_itself(game):
    await game.imports(*(draft(f"{number}?", topic=None) for number in range(3)))
    await game.daily()
    assert (await asked(game, await game.daily(name="evening"))).title == "Question 1"


async def test_a_closed_question_keeps_its_title(game):
    await game.imports(draft("?", topic="Storage"))
    round_ = await game.daily()
    await game.closes(round_)
    assert (await asked(game, round_)).title == "Question 1 · Storage"


async def test_a_topic_with_markdown_is_told_as_it_is(game):
    await game.imports(draft("?", topic="a*b*"))
    assert (await asked(game, await game.daily())).title == r"Question 1 · a\*b\*"


@pytest.mark.parametrize(
    ("zone", "closed", "coming"),
    [
        ("Europe/Berlin", datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 7, 20, tzinfo=UTC), datetime(2026, 3, 8, 13, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2026, 3, 7, 20, tzinfo=UTC), datetime(2026, 3, 8, 3, 30, tzinfo=UTC)),
    ],
)
async def test_a_result_says_when_the_next_question_comes_by_the_clock_of_the_series(game, zone, closed, coming):
    await game.imports(draft("One?"), draft("Two?"))
    game.clock.set(closed)
    round_ = await game.daily(timetable=Timetable(at=time(9), zone=zone))
    await game.closes(round_)
    assert (await told(game, round_)).next_at == coming


async def test_a_result_that_comes_with_the_next_question_tells_of_the_one_after_it(game):
    await game.imports(draft("One?"), draft("Two?"))
    series = await game.series()
    first = await ask_in_series_now(game.app, series.id)
    game.clock.set(series.next_at)
    await ask_due(game.app, series.id, timedelta(hours=1))
    later = await game.app.storage.read(lambda unit: unit.schedules.get(series.id))
    assert (await told(game, first)).next_at == later.next_at > game.clock.now()


async def test_a_result_promises_no_question_that_nobody_planned(game):
    await game.imports(*(draft(f"{number}?") for number in range(3)))
    quick = await game.asks()
    await game.closes(quick)
    paused, stopped = await game.series(name="paused"), await game.series(name="stopped")
    first, second = [await ask_in_series_now(game.app, one.id) for one in (paused, stopped)]
    await pause_series(game.app, paused.id)
    await close_early(game.app, [first])
    await remove_series(game.app, stopped.id)
    assert [(await told(game, one)).next_at for one in (quick, first, second)] == [None, None, None]


async def test_a_pause_until_a_date_is_told_by_the_result(game):
    await game.imports()
    series = await game.series()
    round_ = await ask_in_series_now(game.app, series.id)
    await pause_series(game.app, series.id, date(2026, 4, 1))
    await game.closes(round_)
    assert (await told(game, round_)).next_at == first_from(game.app, series.timetable, date(2026, 4, 1))


async def test_a_quick_question_says_who_asked_for_it(game):
    await game.imports()
    assert "Asked by\n- Ada" in plain(await asked(game, await game.asks()))


async def test_a_private_and_a_daily_question_name_nobody(game):
    await game.imports(draft("One?"), draft("Two?"))
    for round_ in (await game.asks(private=True), await game.daily()):
        assert "Asked by" not in plain(await asked(game, round_))


async def test_the_first_question_of_a_series_says_who_set_it_up(game):
    await game.imports(draft("One?"), draft("Two?"))
    grace = Conversation(game.app, game.space, speaker="Grace", is_host=True)
    await grace.says("/quiz daily set 09:00 Europe/Berlin")
    (series,) = await game.app.storage.read(lambda unit: unit.schedules.all(game.space.id))
    first = await ask_in_series_now(game.app, series.id)
    assert "Set up by\n- Grace" in plain(await asked(game, first))
    await forget_accounts(game.app, [game.member("Grace")])
    (section,) = (await asked(game, first)).sections
    assert section.text == "- –"


async def test_only_the_first_question_of_a_series_says_who_set_it_up(game):
    await game.imports(draft("One?"), draft("Two?"))
    await Conversation(game.app, game.space, is_host=True).says("/quiz daily set 09:00 Europe/Berlin")
    (series,) = await game.app.storage.read(lambda unit: unit.schedules.all(game.space.id))
    _first, second = [await ask_in_series_now(game.app, series.id) for _question in range(2)]
    assert "Set up by" not in plain(await asked(game, second))


async def test_who_is_forgotten_is_gone_from_the_question_they_asked_for(game):
    await game.imports()
    round_ = await game.asks()
    await forget_accounts(game.app, [game.member("Ada")])
    (section,) = (await asked(game, round_)).sections
    assert section.text == "- –"


async def test_a_picture_stays_in_a_question_when_its_asker_is_forgotten(game):
    await game.imports(replace(draft("?"), image=PICTURE, image_alt="A chart"))
    round_ = await game.asks()
    await forget_accounts(game.app, [game.member("Ada")])
    shown = await asked(game, round_)
    assert (shown.sections[0].text, shown.image and shown.image.alt) == ("- –", "A chart")


async def test_a_round_from_before_has_no_number(game):
    await game.imports()
    round_ = await game.daily()
    question = await game.app.storage.read(lambda unit: unit.banks.question(round_.question_id))
    assert open_question(replace(round_, number=None), question).title == "Question of the day"
