"""A host sets, changes, pauses, asks and stops daily questions on a page."""

import asyncio
import re
from datetime import time
from typing import Any

import aiohttp
import pytest

from adapters.web.hosting.daily_form import mistakes
from adapters.web.room import CHANNEL
from bot.domain.series import Series
from bot.domain.words import WEEKDAYS

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any


async def series(room: OpenRoom) -> list[Series]:
    space_id = await room.space_id()
    return list(await room.app.storage.read(lambda unit: unit.schedules.all(space_id, CHANNEL)))


async def fills_in(person: Person, address: str = "/hosting/daily", **changes: str | list[str]) -> Any:
    """Open the form, change some of its fields, and send it."""
    await person.get(address)
    fields: dict[str, Any] = {"time": "18:30", "zone": "Europe/Paris", "days": list(WEEKDAYS), "reveal": "at_close"}
    fields |= {"answer_with": "buttons", "name": "evening"} | changes
    pairs = [(name, each) for name, value in fields.items() for each in ([value] if isinstance(value, str) else value)]
    return await person.post(address, aiohttp.FormData([("csrf", person.csrf), *pairs]))


async def decides(person: Person, do: str, one: Series, **fields: str) -> Any:
    await person.get("/hosting")
    return await person.post("/hosting", {"do": do, "series": str(one.id), "newest": newest(person), **fields})


def newest(person: Person) -> str:
    """The open round of the first series on the page; empty if none is open."""
    return "".join(re.findall(r'name="newest" value="(\d*)"', person.page)[:1])


async def test_the_page_shows_each_series_with_its_next_five_moments_and_what_is_open(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await ada.get("/hosting")
    assert "09:00, Europe/Berlin every day" in ada.text
    assert len(re.findall(r'<time [^>]*data-style="weekday"', ada.page)) == 5
    assert "Close now" in ada.text
    assert "0 answered" in ada.text or "Nobody has answered" in ada.text


async def test_the_form_begins_with_results_at_the_close_where_the_league_has_teams(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    chosen = re.compile(r'<option value="(\w+)" selected>(?:at once|when the question)')
    await ada.get("/hosting/daily")
    assert chosen.findall(ada.page) == ["on_answer"]
    await ada.say("/team create Owls")
    await ada.get("/hosting/daily")
    assert chosen.findall(ada.page) == ["at_close"]


async def test_a_series_is_set_with_all_that_the_form_offers(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    response = await fills_in(
        ada, days=["mon", "wed"], topic="metrics", bank="starter", close_after="8h", holidays="2027-01-01", cards="yes"
    )
    assert response.url.path == "/hosting"
    assert "The daily question is set." in ada.text
    assert "18:30, Europe/Paris Monday, Wednesday bank starter topic metrics" in ada.text
    _morning, evening = await series(room)
    assert (evening.timetable.at, evening.timetable.days) == (time(18, 30), {0, 2})
    assert (evening.bank, evening.topic, evening.name, evening.cards) == ("starter", "metrics", "evening", True)
    await ada.get("/hosting")
    assert "The daily question is set." not in ada.text, "it is said once"


SOUND = {"time": "18:30", "zone": "Europe/Paris", "days": "mon", "answer_with": "buttons", "reveal": "on_answer"}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("time", "25:00", "isn't a time of day"),
        ("zone", "Berlin", "Did you mean Europe/Berlin?"),
        ("days", "", "Tick at least one day."),
        ("days", "someday", "isn't a day"),
        ("name", "two words", "can't be a name here"),
        ("close_after", "soon", "isn't a length of time"),
        ("every", "0", "isn't a number of days"),
        ("holidays", "Christmas", "isn't a date"),
        ("difficulty", "nice", "isn't a difficulty"),
        ("weights", "data", "isn't a topic with its share"),
        ("answer_with", "signs", "People answer with"),
        ("reveal", "never", "Results are revealed"),
        ("topic", "x" * 6001, "That is too long"),
        ("every", "2", "Choose either days or every"),
        ("weights", "metrics:1", "Choose either topic or weights"),
        ("cards", "yes", "Cards can't be answered with reactions"),
    ],
)
def test_every_mistake_is_told_at_its_field(field: str, value: str, told: str) -> None:
    with_it = {"weights": {"topic": "metrics"}, "cards": {"answer_with": "reactions"}}.get(field, {})
    wrong = mistakes(SOUND | with_it | {field: value})
    assert list(wrong) == [field]
    assert told in wrong[field]


async def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    response = await fills_in(ada, time="25:00", zone="Berlin", name="two words", holidays="2027-01-01", days=["tue"])
    assert response.status == 400
    for field in ("time", "zone", "name"):
        assert re.search(rf'<p class="problem" id="wrong-{field}"><span aria-hidden="true">! </span>“', ada.page)
        assert re.search(rf'name="{field}" aria-describedby="[^"]*wrong-{field}" aria-invalid="true"', ada.page)
    for typed in ("25:00", "Berlin", "two words", "2027-01-01"):
        assert f'value="{typed}"' in ada.page
    assert 'value="tue" checked' in ada.page
    assert 'value="mon" checked' not in ada.page
    for field, value, told in (("bank", "gone", "no bank named “gone”"), ("name", "", "here has no name")):
        assert (await fills_in(ada, **{field: value})).status == 400
        assert told in ada.page.split(f'id="wrong-{field}"')[1].split("</p>")[0]
    assert len(await series(room)) == 1


async def test_a_series_is_changed_in_place_and_its_open_question_stays(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    (before,) = await series(room)
    await ada.get(f"/hosting/daily?series={before.id}")
    assert 'value="09:00"' in ada.page
    await fills_in(ada, f"/hosting/daily?series={before.id}", name="")
    assert "The daily question is changed." in ada.text
    (after,) = await series(room)
    assert (after.id, after.timetable.at, after.timetable.zone) == (before.id, time(18, 30), "Europe/Paris")
    assert "Close now" in ada.text


async def test_two_series_of_one_name_are_refused(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await fills_in(ada)
    _morning, evening = await series(room)
    await fills_in(ada, f"/hosting/daily?series={evening.id}", name="")
    assert "Another daily question here has no name." in ada.text
    await fills_in(ada, f"/hosting/daily?series={evening.id}", name="EVENING")
    assert [one.name for one in await series(room)] == [None, "EVENING"]


async def test_two_clicks_set_one_series(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await asyncio.gather(fills_in(ada), fills_in(ada))
    assert [one.name for one in await series(room)] == [None, "evening"]


async def test_two_clicks_ask_one_question(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    (one,), before = await series(room), await room.rounds()
    await ada.get("/hosting")
    form = {"do": "now", "series": str(one.id), "newest": newest(ada)}
    answers = await asyncio.gather(ada.post("/hosting", form), ada.post("/hosting", form))
    await room.deliver()
    assert [answer.status for answer in answers] == [200, 200]
    assert len(await room.rounds()) == len(before) + 1


async def test_a_series_is_paused_also_until_a_date_and_resumed(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    (one,) = await series(room)
    await decides(ada, "pause", one)
    assert "The daily question is paused." in ada.text
    assert (await series(room))[0].next_at is None
    await decides(ada, "resume", one)
    assert "The daily question is resumed." in ada.text
    assert (await series(room))[0].next_at == one.next_at
    assert (await decides(ada, "pause", one, until="1999-01-01")).status == 400
    assert "A pause can&#39;t end on 1999-01-01" in ada.page
    assert 'value="1999-01-01" aria-invalid="true"' in ada.page
    later = f"{room.app.clock.now().year + 1}-03-01"
    await decides(ada, "pause", one, until=later)
    assert "Paused until 1 Mar" in ada.text
    assert "Resume" in ada.text


async def test_the_next_question_is_asked_now_and_an_open_one_is_closed(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    (one,), (first,) = await series(room), await room.rounds()
    await decides(ada, "now", one)
    assert "The next question is in the room." in ada.text
    found = await room.app.storage.read(lambda unit: unit.rounds.find(first))
    assert found.closed_at is not None
    shown = re.search(r'name="round" value="(\d+)"', ada.page)
    assert shown
    await ada.post("/hosting", {"do": "close", "round": shown[1]})
    assert "The question is closed, and its result is in the room." in ada.text
    assert "Close now" not in ada.text
    assert (await ada.post("/hosting", {"do": "close", "round": shown[1]})).status == 404
    assert "That question is closed already." in ada.text


async def test_stopping_is_asked_first(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    (one,) = await series(room)
    await ada.get(f"/hosting/daily/stop?series={one.id}")
    assert "Stop the daily question?" in ada.text
    assert len(await series(room)) == 1
    await ada.post("/hosting", {"do": "stop", "series": str(one.id)})
    assert "The daily question is stopped." in ada.text
    assert await series(room) == []
    assert "No daily question yet." in ada.text
    assert (await decides(ada, "now", one)).status == 404
    assert (await ada.get(f"/hosting/daily?series={one.id}")).status == 404


async def test_a_series_that_isnt_there_is_told_kindly(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    for number in ("", "x", "7", "9" * 30):
        assert (await ada.post("/hosting", {"do": "now", "series": number})).status == 404
        assert "That daily question was stopped." in ada.text


async def test_a_series_without_a_ready_question_says_so(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    await fills_in(ada, topic="nothing like it")
    assert "No question is ready for it." in ada.text


async def test_nobody_but_hosts_gets_there(room: OpenRoom) -> None:
    _ada, bob, nobody = await room.person("Ada"), await room.person("Bob"), await room.person()
    (one,) = await series(room)
    for address in ("/hosting", "/hosting/daily", f"/hosting/daily/stop?series={one.id}"):
        assert (await bob.get(address)).status == 403
        assert (await nobody.get(address)).url.path == "/"
    await bob.get("/")
    for address, fields in (("/hosting", {"do": "stop", "series": str(one.id)}), ("/hosting/daily", {})):
        assert (await bob.post(address, fields)).status == 403
    assert await series(room) == [one]
    assert "/hosting" not in bob.page
