"""What one person, channel or address may do at once, and what they are told."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Hashable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from prometheus_client import REGISTRY

from adapters.web.door import For
from adapters.web.routes import ROUTES
from bot.application import Application
from bot.bootstrap import application
from bot.domain.commands import Caller, ValueKind
from bot.domain.identity import Member, Space
from bot.domain.limits import Limit
from bot.services import limiting
from bot.services.banks.storing import bank_questions, import_document
from bot.services.chat.commands.table import COMMANDS
from bot.services.leagues.spaces import ensure_space
from bot.services.limiting import Limited
from bot.services.night import move_on
from bot.settings import Settings, load
from bot.storage.tables import metadata
from bot.testing import Conversation, FakeClock, document, draft
from tests.adapters.stages.running import GoingClock

OpenARoom = Any  # the fixture's class: test folders aren't packages
ROOT = Path(__file__).parents[2]
WAIT = re.compile(r"That was a lot at once\. Try again in (\d+) (second|minute)")


@pytest.fixture(autouse=True)
def as_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits that people get who set none."""
    for name in [name for name in os.environ if name.startswith("QUIZBOT_LIMIT_")]:
        monkeypatch.delenv(name)


@pytest.fixture
async def core(tmp_path: Path, migrated_file: Path, clock: FakeClock) -> AsyncIterator[Application]:
    """A core with questions, on a clock that stands still."""
    shutil.copy(migrated_file, tmp_path / "quizbot.db")
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/quizbot.db")
    async with application(settings, clock=clock, random=Random(1)) as one:
        await import_document(one, document(*(draft(f"Question {n}?") for n in range(60))), bank="bank")
        yield one


@pytest.fixture
async def home(core: Application) -> Space:
    return await ensure_space(core, "web", "local", "Study group", "Europe/Berlin")


def refused(limit: str) -> float:
    return REGISTRY.get_sample_value("quizbot_limited_total", {"limit": limit}) or 0


async def open_questions(core: Application, space: Space) -> int:
    return len(await core.storage.read(lambda unit: unit.rounds.open_in(space.id)))


async def test_one_person_asks_five_questions_and_then_one_every_half_minute(
    core: Application, home: Space, clock: FakeClock
) -> None:
    before, ada = refused("asks"), Conversation(core, home)
    replies = [await ada.says("/quiz") for _ in range(126)]
    assert replies[:5] == [None] * 5
    assert set(replies[5:]) == {"That was a lot at once. Try again in 30 seconds."}
    assert await open_questions(core, home) == 5
    assert refused("asks") - before == 121
    clock.advance(seconds=10)
    await ada.follows([("/quiz", "Try again in 20 seconds.")])
    clock.advance(seconds=20)
    await ada.follows([("/quiz", None), ("/quiz", "Try again")])


async def test_all_at_the_same_time_get_no_more_through(core: Application, home: Space) -> None:
    ada = Conversation(core, home)
    replies = await asyncio.gather(*(ada.says("/quiz") for _ in range(20)))
    assert replies.count(None) == 5


async def test_a_question_counts_as_often_as_it_is_asked(core: Application, home: Space) -> None:
    await Conversation(core, home).follows(
        [("/quiz count=3", None), ("/quiz count=3", "Try again in 30 seconds."), ("/quiz count=2", None)]
    )


async def test_what_went_wrong_is_free(core: Application, home: Space) -> None:
    ada = Conversation(core, home)
    for _ in range(10):
        await ada.follows([("/quiz no such topic", "No question is ready on"), ("/quiz count=77", "Ask for 1 to 5")])
    await ada.follows([("/quiz count=5", None)])


async def test_many_people_ask_ten_in_a_channel_and_another_channel_is_free(core: Application, home: Space) -> None:
    replies = [await Conversation(core, home, speaker=f"P{n}").says("/quiz") for n in range(15)]
    assert replies[:10] == [None] * 10
    assert all(reply and WAIT.match(reply) for reply in replies[10:])
    await Conversation(core, home, speaker="P11", channel="other").follows([("/quiz", None)])


async def test_a_private_question_takes_nothing_from_the_channel(core: Application, home: Space) -> None:
    for n in range(30):
        await Conversation(core, home, speaker=f"P{n}").follows([("/quiz private=yes", None)])
    await Conversation(core, home).follows([("/quiz", None)])


async def test_no_more_than_ten_questions_of_quiz_are_open_in_a_channel(
    core: Application, home: Space, clock: FakeClock
) -> None:
    before, ada = refused("open_questions"), Conversation(core, home)
    for _ in range(2):
        await ada.follows([("/quiz count=5", None)])
        clock.advance(minutes=3)
    await ada.follows([("/quiz", "At most 10 questions can be open here.")])
    await Conversation(core, home, channel="other").follows([("/quiz", None)])
    assert refused("open_questions") - before == 1


async def test_one_person_suggests_ten_questions_and_then_one_every_two_hours(
    core: Application, home: Space, clock: FakeClock
) -> None:
    before, ada = refused("suggestions"), Conversation(core, home)
    boss = Conversation(core, home, speaker="Boss", is_host=True)
    for n in range(10):
        await ada.follows([(f"/quiz question suggest kind=number question=Many{n}? answers=7", "Thank you!")])
        (one,) = await core.storage.read(lambda unit: unit.suggestions.waiting(home.id))
        await boss.follows([(f"/quiz question decline {one.id}", "The suggestion is gone.")])
    another = "/quiz question suggest kind=number question=Many? answers=7"
    await ada.follows([(another, "Try again in 2 hours."), ("/quiz question suggest", "in the form")])
    clock.advance(hours=2)
    await ada.follows([(another, "Thank you!"), (another.replace("Many", "Much"), "Try again in")])
    assert refused("suggestions") - before == 2


async def test_a_host_asks_five_questions_of_a_series_out_of_turn_and_then_one_every_half_minute(
    core: Application, home: Space, clock: FakeClock
) -> None:
    boss = Conversation(core, home, is_host=True)
    await boss.says("/quiz daily set 09:00 Europe/Berlin")
    for _ in range(5):
        await boss.follows([("/quiz daily now", None)])
    await boss.follows([("/quiz daily now", "Try again in 30 seconds."), ("/quiz", "Try again in 30 seconds.")])
    clock.advance(seconds=30)
    await boss.follows([("/quiz daily now", None)])


async def test_hosts_together_ask_no_more_in_a_channel_than_others(core: Application, home: Space) -> None:
    hosts = [Conversation(core, home, is_host=True, speaker=f"Host {n}") for n in range(3)]
    await hosts[0].says("/quiz daily set 09:00 Europe/Berlin")
    for one in hosts[:2]:
        for _ in range(5):
            await one.follows([("/quiz daily now", None)])
    await hosts[2].follows([("/quiz daily now", "Try again in 1 minute.")])


async def test_starting_quiz_nights_is_limited_like_asking_questions(core: Application, home: Space) -> None:
    """Each night posts two public messages, even if it is stopped at once."""
    hosts = [Conversation(core, home, is_host=True, speaker=f"Host {n}") for n in range(3)]
    for one in (*[hosts[0]] * 5, *[hosts[1]] * 5):
        await one.follows([("/night start", None), ("/night stop", "ends after")])
        for night in await core.storage.read(lambda unit: unit.nights.going_on(["web"])):
            await move_on(core, night)
    await hosts[0].follows([("/night start", "Try again in 30 seconds.")])
    await hosts[2].follows([("/night start", "Try again in 1 minute."), ("/quiz private=yes", None)])


async def test_three_teams_an_hour(core: Application, home: Space, clock: FakeClock) -> None:
    ada = Conversation(core, home)
    replies = [await ada.says(f"/quiz team create Team of {word}") for word in ("ants", "bees", "cats", "dogs")]
    assert [bool(WAIT.match(reply or "")) for reply in replies] == [False, False, False, True]
    assert "Try again in 20 minutes." in (replies[-1] or "")
    await Conversation(core, home, speaker="Bob").follows([("/quiz team create Owls", "is created")])
    clock.advance(minutes=20)
    await ada.follows([("/quiz team create Elks", "is created")])


async def test_three_codes_at_a_time_and_a_new_one_ends_the_oldest(
    core: Application, home: Space, clock: FakeClock
) -> None:
    codes = []
    for _ in range(4):
        codes.append(re.search(r"/quiz link (\S+?)`", await Conversation(core, home).says("/quiz link") or "")[1])
        clock.advance(seconds=1)
    await Conversation(core, home, speaker="Bob").follows([(f"/quiz link {codes[0]}", "That code has expired.")])
    told = await Conversation(core, home, speaker="Bob").says(f"/quiz link {codes[1]}")
    assert "expired" not in (told or "expired")


async def test_ten_wrong_codes_an_hour(core: Application, home: Space, clock: FakeClock) -> None:
    mallory, told = Conversation(core, home, speaker="Mallory"), []
    for n in range(30):
        told.append(await mallory.says(f"/quiz link 0000-0000-{n:04}") or "")
        clock.advance(seconds=1)
    assert len([text for text in told if "I don't know that code" in text]) == 10
    assert all(WAIT.match(text) for text in told[10:])
    code = re.search(r"/quiz link (\S+?)`", await Conversation(core, home).says("/quiz link") or "")[1]
    assert WAIT.match(await mallory.says(f"/quiz link {code}") or ""), "a right code isn't told from a wrong one then"


async def rows(core: Application) -> dict[str, int]:
    async def read(connection: Any) -> dict[str, int]:
        counted = {table.name: sa.select(sa.func.count()).select_from(table) for table in metadata.sorted_tables}
        return {name: await connection.scalar(number) for name, number in counted.items()}

    storage: Any = core.storage
    return await storage.read_raw(read)


GUESSES = {"name": "Foxes", "code": "0000-0000-0000", "show": "off", "count": "1"}


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if not command.for_hosts])
async def test_a_command_that_makes_rows_is_limited(core: Application, home: Space, name: str) -> None:
    """Tried by somebody new: whatever is stored then could be stored without end."""
    options = " ".join(f"{o.name}='{GUESSES[o.name]}'" for o in COMMANDS[name].options if o.name in GUESSES)
    for typed in (f"/quiz {name}", f"/quiz {name} {options}"):
        before = await rows(core)
        await Conversation(core, home, speaker=f"New {len(typed)}").says(typed)
        after = await rows(core)
        more = [table for table in after if after[table] > before[table]]
        assert not more or COMMANDS[name].limit, f"{typed} adds rows to {more}"


def test_what_asks_in_public_or_deals_with_codes_is_limited() -> None:
    without = [command.name for command in COMMANDS.values() if command.limit is None]
    asks = {name for name in without if COMMANDS[name].posts}
    assert asks == {"daily set", "daily resume", "daily close", "night stop"}, "these ask nothing at once"
    assert not [name for name in without if any(o.kind is ValueKind.CODE for o in COMMANDS[name].options)]
    everybodys = {command.name for command in COMMANDS.values() if command.group == "daily" and not command.for_hosts}
    assert everybodys == {"daily show"}, "it only reads"


def test_the_guide_lists_the_limits_that_cannot_be_set() -> None:
    """Those that can be are compared with the settings in test_example_config."""
    guide = (ROOT / "docs/operator-guide.md").read_text(encoding="utf-8").partition("\n## Limits\n")[2]
    table = guide.partition("\n## ")[0]
    every = (ROOT / "docs/security.md").read_text(encoding="utf-8").partition("\n## Every limit\n")[2]
    for limit in Limit:
        assert f"| `QUIZBOT_LIMIT_{limit.name}` |" in table
        assert f"`QUIZBOT_LIMIT_{limit.name}`" in every.partition("\n## ")[0]
    for line in ("| 10 an hour |", "| 50 points a day |", "| 5 at once |"):
        assert line in table


def test_a_limit_that_is_written_wrong_is_told_with_how_to_write_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIZBOT_LIMIT_ASKS", "many")
    with pytest.raises(Exception, match="QUIZBOT_LIMIT_ASKS: write it like 5/30s"):
        load()


@pytest.mark.parametrize("count", ["+5", "0005"])
async def test_five_questions_count_as_five_however_the_number_is_typed(
    core: Application, home: Space, count: str
) -> None:
    ada = Conversation(core, home, speaker="Ada")
    await ada.says(f"/quiz count={count} private=yes")
    await ada.follows([("/quiz private=yes", "That was a lot at once.")])


async def test_a_class_joins_from_one_address_and_a_flood_does_not(open_room: OpenARoom) -> None:
    clock = GoingClock()
    room = await open_room(clock=clock, limit_joins="6/1m")
    flood = [await room.person() for _ in range(10)]
    for number, person in enumerate(flood):
        await person.get()
        response = await person.post("/join", {"name": f"Person {number}"})
        assert response.status == (200 if number < 6 else 429)
    assert "Try again in" in flood[-1].text
    clock.advance(timedelta(minutes=1))
    assert (await flood[-1].post("/join", {"name": "Person 9"})).status == 200


async def test_each_of_a_class_at_one_address_may_do_as_much_as_anybody(core: Application, home: Space) -> None:
    def counted(number: int) -> list[Hashable]:
        member = Member(space_id=home.id, external_id=f"p{number}", name=f"Person {number}")
        return limiting.person(Caller(space=home, channel="study", member=member, is_host=False, address="203.0.113.1"))

    for number in range(60):
        core.limiter.take(Limit.ASKS, counted(number), 5)
    with pytest.raises(Limited):
        core.limiter.take(Limit.ASKS, counted(60), 5)


async def test_wrong_codes_of_one_person_leave_the_class_its_ways_back(open_room: OpenARoom) -> None:
    room = await open_room()
    stranger, other = await room.person(), await room.person()
    for one in (stranger, other):
        await one.get()
    for number in range(12):
        await stranger.post("/return", {"code": f"0000-0000-{number:04}"})
    assert (await other.post("/return", {"code": "0000-0000-0000"})).status == 400


async def test_behind_a_trusted_proxy_each_address_counts_for_itself(open_room: OpenARoom) -> None:
    room = await open_room(limit_joins="1/1h", trusted_proxy="127.0.0.1")
    for number, address in enumerate(("203.0.113.1", "203.0.113.2", "203.0.113.1")):
        person = await room.person()
        await person.get()
        header = {"X-Forwarded-For": address}
        response = await person.post("/join", {"name": f"Person {number}"}, headers=header)
        assert response.status == (200 if number < 2 else 429)


async def test_ways_back_are_not_guessed(open_room: OpenARoom) -> None:
    room = await open_room(limit_wrong_codes="3/1h", limit_people_per_address=1)
    stranger = await room.person()
    await stranger.get()
    told = [(await stranger.post("/return", {"code": f"0000-0000-{n:04}"})).status for n in range(5)]
    assert told == [400, 400, 400, 429, 429]
    assert "Try again in" in stranger.text


async def test_the_message_box_takes_so_many_at_once(open_room: OpenARoom) -> None:
    room = await open_room(limit_messages="3/1h")
    ada = await room.person("Ada")
    for _ in range(3):
        await ada.say("/help")
        assert "Try again in" not in ada.text
    await ada.say("/help")
    assert "That was a lot at once. Try again in" in ada.text
    bob = await room.person("Bob")
    await bob.say("/help")
    assert "Try again in" not in bob.text


async def test_every_form_of_hosts_counts_towards_what_a_person_may_do(open_room: OpenARoom) -> None:
    room = await open_room(limit_messages="1/1h")
    space_id = await room.space_id()
    await import_document(room.app, document(draft()), bank="own", space_id=space_id)
    (question,) = (await bank_questions(room.app, "own", space_id))[1]
    ada = await room.person("Ada")
    await ada.say("/help")
    told = {}
    for method, path, _handler, who in ROUTES:
        if (method, who) == ("POST", For.HOSTS):
            address = f"{path.replace('{number}', '1')}?id={question.id}"
            told[path] = (await ada.post(address, {"do": "send", "public": "on"}, allow_redirects=False)).status
    assert len(told) > 10
    assert told == dict.fromkeys(told, 429)


async def test_previews_are_limited_and_what_was_written_stays(open_room: OpenARoom) -> None:
    room = await open_room(limit_previews="2/1h")
    ada = await room.person("Ada")
    await ada.get("/questions/add")
    question = {"kind": "short", "question": "Which <one>?", "answers": "this", "do": "preview"}
    told = [(await ada.post("/questions/add", question)).status for _ in range(3)]
    assert told == [200, 200, 429]
    assert (await ada.post("/questions/add", question | {"do": "send"})).url.path == "/", "storing counts for itself"
    await ada.get("/questions/add")
    assert (await ada.post("/questions/add", question)).status == 429
    assert "That was a lot at once. Try again in" in ada.text
    assert "Which &lt;one&gt;?</textarea>" in ada.page


async def test_a_suggestion_that_finds_no_room_stays_in_its_form(open_room: OpenARoom) -> None:
    room = await open_room(limit_waiting_suggestions=1)
    ada = await room.person("Ada")
    await ada.get("/questions/suggest")
    question = {"kind": "short", "question": "First?", "answers": "this", "do": "send"}
    assert (await ada.post("/questions/suggest", question)).url.path == "/"
    await ada.get("/questions/suggest")
    await ada.post("/questions/suggest", question | {"question": "Second?"})
    assert "1 suggestion is waiting for the hosts already." in ada.text
    assert "Second?</textarea>" in ada.page


async def test_accounts_of_one_address_share_what_several_people_may(open_room: OpenARoom) -> None:
    room = await open_room(limit_teams="1/1h", limit_people_per_address=2)
    told = []
    for number, word in enumerate(("Ants", "Bees", "Cats")):
        person = await room.person(f"Person {number}")
        await person.say(f"/team create {word}")
        told.append("That was a lot at once" in person.text)
    assert told == [False, False, True]
