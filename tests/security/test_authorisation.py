"""Who may do what: every command and every address of the room, tried by everybody who could try it.

The rows stand beside the table of commands and the room's routes: what is added there without a row here fails.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from adapters.web.adapter import WebAdapter
from adapters.web.door import FRAGMENT_HEADER
from adapters.web.sessions import COOKIE
from bot.application import Application
from bot.domain.answers import SubmitAnswer
from bot.domain.commands import Caller
from bot.domain.errors import NotAllowed, NotFound, QuizbotError
from bot.domain.identity import Member, RoundId, Space
from bot.services.banks.storing import import_document
from bot.services.chat import dispatch
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.completion import suggest
from bot.services.chat.grammar import parse_command
from bot.services.leagues.spaces import ensure_space
from bot.services.platforms.delivery import deliver
from bot.services.rounds.answering import receipts, submit_answer
from bot.site import KNOWN
from bot.testing import Conversation, FakeClock, FakeMessenger, application_on, document, draft, plain
from tests.adapters.web.test_importing import DUMP, upload

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any


@dataclass(frozen=True)
class Row:
    """How a command is tried.

    Attributes:
        text: what is typed; ``{who}`` stands for the speaker's name, ``{code}`` for another league's code.
        hosts: whether it is for hosts alone.
        private: whether it works in a direct message.
        before: what two hosts say first, ours and the one next door.
        finds_nothing: whether it has nothing to do for any of those who try it here, and says so.
    """

    text: str
    hosts: bool = False
    private: bool = False
    before: tuple[tuple[str, str], ...] = ()
    finds_nothing: bool = False


ASKED_IN = (("theirs", "/league join {code}"),)
ROWS = (
    Row("/quiz"),
    Row("/quiz private=yes count=2"),
    Row("/leaderboard week team"),
    Row("/stats"),
    Row("/team create Team {who}"),
    Row("/team join Foxes"),
    Row("/team leave"),
    Row("/team list"),
    Row("/team map @owls Foxes", hosts=True),
    Row("/team draw 2", hosts=True, finds_nothing=True),
    Row("/league show"),
    Row("/league invite", hosts=True),
    Row("/league join {code}", hosts=True),
    Row("/league confirm", hosts=True, before=ASKED_IN),
    Row("/league decline", hosts=True, before=ASKED_IN),
    Row("/league leave", hosts=True, before=(*ASKED_IN, ("ours", "/league confirm"))),
    Row("/league set card=dark", hosts=True),
    Row("/league season"),
    Row("/league season start Winter", hosts=True),
    Row("/league season END", hosts=True, before=(("ours", "/league season start Winter"),)),
    Row("/league public on", hosts=True),
    Row("/link"),
    Row("/unlink", finds_nothing=True),
    Row("/daily set 09:00 UTC name=late", hosts=True),
    Row("/daily preview 09:00 UTC", hosts=True),
    Row("/daily show", hosts=True),
    Row("/daily pause", hosts=True),
    Row("/daily resume", hosts=True),
    Row("/daily now", hosts=True),
    Row("/daily stop", hosts=True),
    Row("/bank list", hosts=True),
    Row("/bank import", hosts=True),
    Row("/bank review ours-only", hosts=True),
    Row("/privacy export", private=True),
    Row("/privacy delete", private=True),
    Row("/privacy race off", private=True),
    Row("/help", private=True),
)


def rows_of(file: Path) -> set[tuple[object, ...]]:
    """Every row of every table of a database."""
    with closing(sqlite3.connect(file)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {(name, *row) for name in names for row in connection.execute(f"SELECT * FROM {name}")}  # noqa: S608 - names from the schema


@dataclass
class World:
    """Two groups that know nothing of each other, with one of everything in each; and their database."""

    app: Application
    messenger: FakeMessenger
    file: Path
    ours: Space
    theirs: Space

    async def says(self, space: Space, name: str, text: str, *, is_host: bool) -> str | None:
        """Have somebody type a command in the study channel.

        Raises:
            QuizbotError: it was refused.
        """
        member = Member(space_id=space.id, external_id=name.casefold(), name=name)
        caller = Caller(space=space, channel="study", member=member, is_host=is_host)
        view = await dispatch.handle(self.app, caller, text)
        return None if view is None else plain(view)

    def rows(self) -> set[tuple[object, ...]]:
        """Every row of every table."""
        return rows_of(self.file)

    async def round_of_ours(self) -> RoundId:
        """A question that is open in our channel."""
        await self.says(self.ours, "Ada", "/quiz", is_host=True)
        await deliver(self.app, {"web": self.messenger}, worker="test")
        posts = await self.app.storage.read(lambda unit: unit.outbox.recent(self.ours.id, "study", 10))
        return next(post.round_id for post in posts if post.round_id)


SECRETS = ("ours-only", "Foxes", "evening", "Our secret stem", "our-topic", "Ada")
"""Names and texts of ours that nobody next door may read."""


async def _furnish(app: Application, name: str, words: tuple[str, ...]) -> Space:
    bank, team, series, stem, topic, host = words
    space = await ensure_space(app, "web", name, name, "UTC")
    questions = [draft(f"{stem} {at}?", topic=topic, line=at) for at in range(1, 9)]
    await import_document(app, document(*questions), bank=bank, space_id=space.id)
    ada = Conversation(app, space, speaker=host, is_host=True)
    for line in (f"/team create {team}", f"/daily set 20:00 UTC name={series}"):
        assert "isn't" not in (await ada.says(line) or "")
    return space


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """A database with both groups."""
    file = tmp_path_factory.mktemp("furnished") / "quizbot.db"
    shutil.copy(migrated_file, file)

    async def furnish() -> None:
        async with application_on(f"sqlite+aiosqlite:///{file}", clock=FakeClock()) as app:
            await _furnish(app, "Ours", SECRETS)
            await _furnish(app, "Theirs", ("theirs", "Bears", "noon", "Their stem", "their-topic", "Zoe"))

    asyncio.run(furnish())
    return file


@pytest.fixture
async def world(tmp_path: Path, furnished: Path) -> AsyncIterator[World]:
    file = tmp_path / "quizbot.db"
    shutil.copy(furnished, file)
    async with application_on(f"sqlite+aiosqlite:///{file}", clock=FakeClock(), seed=2) as app:
        ours = await ensure_space(app, "web", "Ours", "Ours", "UTC")
        theirs = await ensure_space(app, "web", "Theirs", "Theirs", "UTC")
        yield World(app, FakeMessenger(), file, ours, theirs)


def name_of(row: Row) -> str:
    """The command that a row types."""
    return parse_command(row.text.format(who="Bob", code="7QJ2-0XKD")).name


def test_every_command_has_a_row() -> None:
    assert {name_of(row) for row in ROWS} == set(COMMANDS)


def test_every_choice_that_is_for_hosts_has_a_row() -> None:
    typed = [parse_command(row.text.format(who="Bob", code="7QJ2-0XKD")) for row in ROWS if row.hosts]
    for name, command in COMMANDS.items():
        for option in command.options:
            tried = {one.options.get(option.name, "").casefold() for one in typed if one.name == name}
            assert set(option.hosts_choices) <= tried, (name, option.name)


@pytest.mark.parametrize("row", ROWS, ids=[row.text for row in ROWS])
async def test_a_command_does_what_it_is_for_and_nothing_for_anybody_else(world: World, row: Row) -> None:
    invited = await world.says(world.theirs, "Zoe", "/league invite", is_host=True)
    codes = {"theirs": await _code(world, world.ours, "Ada"), "ours": _code_in(invited)}
    for side, text in row.before:
        space, host = (world.ours, "Ada") if side == "ours" else (world.theirs, "Zoe")
        await world.says(space, host, text.format(code=codes[side]), is_host=True)
    await world.says(world.ours, "Bob", "/team join Foxes", is_host=False)

    async def tried(name: str, *, is_host: bool) -> str:
        before = world.rows()
        text = row.text.format(who=name, code=codes["ours"])
        try:
            await world.says(world.ours, name, text, is_host=is_host)
        except NotAllowed:
            assert world.rows() == before, "a refusal leaves no trace"
            return "refused"
        except QuizbotError:
            if not row.finds_nothing:
                raise
            return "found nothing"
        return "done"

    private = await _in_private(world, row.text.format(who="Bob", code=codes["ours"]))
    assert private == ("done" if row.private else "nothing there")
    done = "found nothing" if row.finds_nothing else "done"
    ordinary = "refused" if row.hosts else done
    got = {name: await tried(name, is_host=False) for name in ("Stranger", "Bob")}
    assert got == {"Stranger": ordinary, "Bob": ordinary}
    assert await tried("Ada", is_host=True) == done


async def _code(world: World, space: Space, host: str) -> str:
    return _code_in(await world.says(space, host, "/league invite", is_host=True))


def _code_in(text: str | None) -> str:
    words = (text or "").replace("`", " ").split()
    return next(word for word in words if len(word) >= 9 and "-" in word and word.replace("-", "").isupper())


async def _in_private(world: World, text: str) -> str:
    """What a direct message of somebody who was never here does."""
    before = world.rows()
    try:
        await dispatch.run_in_private(world.app, "web", "nobody", parse_command(text))
    except NotFound:
        assert world.rows() == before
        return "nothing there"
    return "done"


NAMED_FROM_NEXT_DOOR = (
    "/bank review ours-only",
    "/daily set 09:00 UTC bank=ours-only",
    "/daily preview 09:00 UTC bank=ours-only",
    "/quiz our-topic",
    "/team join Foxes",
    "/team map @owls Foxes",
    "/daily show name=evening",
    "/daily pause name=evening",
    "/daily resume name=evening",
    "/daily now name=evening",
    "/daily stop name=evening",
    "/league confirm Ours",
    "/league decline Ours",
)
"""What names something of ours, typed by a host next door, in a channel of the same name."""


@pytest.mark.parametrize("text", NAMED_FROM_NEXT_DOOR)
async def test_a_host_next_door_finds_nothing_of_ours_by_its_name(world: World, text: str) -> None:
    before = world.rows()
    try:
        told = await world.says(world.theirs, "Zoe", text, is_host=True)
    except QuizbotError as refused:
        told = str(refused)
    else:
        assert text.startswith("/league")
        assert "Nobody waits" in (told or "")
    assert world.rows() == before
    assert not [secret for secret in SECRETS if secret in told and secret not in text]


@pytest.mark.parametrize("row", ROWS, ids=[row.text for row in ROWS])
async def test_a_host_next_door_changes_and_reads_nothing_of_ours(world: World, row: Row) -> None:
    """League commands that need our code or our yes come first, and are refused."""
    mine = {one for one in world.rows() if _is_ours(world, one)}
    assert {one[0] for one in mine} >= {"banks", "series", "teams"}
    try:
        told = await world.says(world.theirs, "Zoe", row.text.format(who="Zoe", code="7QJ2-0XKD-11"), is_host=True)
    except QuizbotError as refused:
        told = str(refused)
    assert mine <= world.rows()
    assert not [secret for secret in SECRETS if secret in (told or "") and secret not in row.text]


def _is_ours(world: World, row: tuple[object, ...]) -> bool:
    return any(value == world.ours.id for value in row[1:]) or any(name in row for name in SECRETS)


async def test_nothing_of_ours_is_offered_next_door_while_somebody_types(world: World) -> None:
    for command in COMMANDS.values():
        for option in command.options:
            offered = await suggest(world.app, world.theirs, option, "")
            assert not {one.casefold() for one in offered} & {one.casefold() for one in SECRETS}, (command.name, option)


@pytest.mark.parametrize("channel", ["study", "elsewhere"])
async def test_an_answer_from_next_door_to_a_round_of_ours_is_not_stored_and_tells_nothing(
    world: World, channel: str
) -> None:
    round_id = await world.round_of_ours()
    zoe = Member(space_id=world.theirs.id, external_id="zoe", name="Zoe")
    before = world.rows()
    answer = SubmitAnswer(
        round_id=round_id, channel=channel, member=zoe, given=frozenset({0}), at=world.app.clock.now(), event_id="1"
    )
    told = plain(await submit_answer(world.app, answer))
    assert "isn't here" in told
    assert world.rows() == before
    assert await receipts(world.app, zoe, [round_id]) == {}
    gone = plain(await submit_answer(world.app, replace(answer, round_id=RoundId(2**62))))
    assert gone == told, "one that there is must not be told from one that there isn't"


MEMBERS, HOSTS, ANYBODY = "members", "hosts", "anybody"
ADDRESSES: dict[tuple[str, str], tuple[str, dict[str, str], int]] = {
    ("GET", "/"): (ANYBODY, {}, 200),
    ("POST", "/join"): (ANYBODY, {"name": "Dora"}, 303),
    ("POST", "/return"): (ANYBODY, {"code": "0000-0000-0000"}, 303),
    ("GET", "/host"): (ANYBODY, {}, 303),
    ("POST", "/host"): (MEMBERS, {"token": "guessed"}, 303),
    ("GET", "/me"): (MEMBERS, {}, 200),
    ("GET", "/people"): (HOSTS, {}, 200),
    ("POST", "/people"): (HOSTS, {"do": "give", "member": "bob"}, 303),
    ("GET", "/standings/card"): (MEMBERS, {}, 404),
    ("GET", "/transcript"): (MEMBERS, {}, 200),
    ("GET", "/events"): (MEMBERS, {}, 200),
    ("POST", "/say"): (MEMBERS, {"text": "/quiz"}, 303),
    ("POST", "/rounds/{round_id}/answer"): (MEMBERS, {"pick": "0"}, 303),
    ("POST", "/rounds/{round_id}/reaction"): (MEMBERS, {"sign": "0"}, 303),
    ("GET", "/images/{digest}"): (MEMBERS, {}, 404),
    ("GET", "/standings"): (MEMBERS, {}, 200),
    ("POST", "/standings"): (HOSTS, {"public": "on"}, 303),
    ("GET", "/import"): (HOSTS, {}, 200),
    ("POST", "/import"): (HOSTS, {"text": DUMP}, 303),
    ("GET", "/import/{token}"): (HOSTS, {}, 404),
    ("POST", "/import/{token}"): (HOSTS, {}, 404),
    ("POST", "/import/{token}/drop"): (HOSTS, {}, 303),
    ("GET", "/public/{key}"): (ANYBODY, {}, 404),
    ("GET", "/public/{key}/card"): (ANYBODY, {}, 404),
    ("GET", "/static/{name}"): (ANYBODY, {}, 404),
    ("GET", "/nothing-here"): (ANYBODY, {}, 404),
    ("POST", "/sign-out"): (MEMBERS, {"where": "everywhere"}, 303),
}
"""For whom each address is, what is sent to it, and what it answers to a host.

Signing out comes last, and the card before there is anything to draw.
"""


async def test_every_address_of_the_room_has_a_row(app: Application) -> None:
    site = web.Application()
    site[KNOWN] = []
    await WebAdapter(app).start(site)
    there = {
        (route.method, route.resource.canonical)
        for route in site.router.routes()
        if route.resource and route.method not in {"HEAD", "*"}
    }
    assert there == set(ADDRESSES) - {("GET", "/nothing-here")}


async def test_a_host_may_do_everything_in_the_room(room: OpenRoom) -> None:
    ada, _bob = await room.person("Ada"), await room.person("Bob")
    round_id = await _asked(room, ada)
    for (method, path), (_whom, fields, status) in ADDRESSES.items():
        assert await _status(ada, method, path, fields, round_id) == status, (method, path)


async def test_a_member_may_do_nothing_that_is_for_hosts(room: OpenRoom, tmp_path: Path) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    round_id = await _asked(room, ada)
    for (method, path), (whom, fields, status) in ADDRESSES.items():
        before = _rows(tmp_path)
        wanted = 403 if whom is HOSTS else 400 if path == "/host" else status
        assert await _status(bob, method, path, fields, round_id) == wanted, (method, path)
        if whom is HOSTS:
            assert _rows(tmp_path) == before, (method, path)


@pytest.mark.parametrize("who", ["nobody", "removed", "deleted", "signed out", "forged", "of another room"])
async def test_whoever_is_not_in_the_room_may_do_nothing_in_it(
    room: OpenRoom, open_room: Any, tmp_path: Path, who: str
) -> None:
    ada = await room.person("Ada")
    somebody = await room.person("" if who in {"nobody", "forged", "of another room"} else "Bob")
    await somebody.get()
    match who:
        case "removed":
            await ada.post("/people", {"do": "remove", "member": "bob"})
        case "deleted":
            await somebody.say("/privacy delete")
        case "signed out":
            copy = await _copied(room, somebody)
            await somebody.post("/sign-out", {"where": "everywhere"})
            somebody = copy
        case "forged":
            somebody.client.cookie_jar.update_cookies({COOKIE: "eyJtZW1iZXJfaWQiOiJhZGEifQ.c2lnbmVk"})
        case "of another room":
            other = await open_room(web_secret="another room's own secret")  # noqa: S106 - a test's
            stranger = await other.person("Mallory")
            somebody.client.cookie_jar.update_cookies({COOKIE: _cookie(stranger)})
    round_id = await _asked(room, ada)
    before = _rows(tmp_path)
    for (method, path), (whom, fields, _answers) in ADDRESSES.items():
        if whom is not ANYBODY:
            assert await _status(somebody, method, path, fields, round_id) == 303, (method, path)
            assert await _status(somebody, method, path, fields, round_id, **SCRIPT) == 401, (method, path)
    assert _rows(tmp_path) == before


SCRIPT = {FRAGMENT_HEADER: "1"}


@pytest.mark.parametrize("how", ["foreign origin", "foreign site", "no token", "another's token"])
async def test_a_hosts_browser_sends_no_form_of_anybody_elses(room: OpenRoom, tmp_path: Path, how: str) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    round_id = await _asked(room, ada)
    await bob.get()
    headers = {"foreign origin": {"Origin": "https://evil.example"}, "foreign site": {"Sec-Fetch-Site": "same-site"}}
    token = {"no token": {"csrf": ""}, "another's token": {"csrf": bob.csrf}}.get(how, {})
    before = _rows(tmp_path)
    for (method, path), (_whom, fields, _answers) in ADDRESSES.items():
        if method == "POST":
            status = await _status(ada, method, path, fields | token, round_id, **headers.get(how, {}))
            assert status == (400 if token else 403), path
    assert _rows(tmp_path) == before


async def test_a_preview_is_its_makers_alone(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await ada.post("/people", {"do": "give", "member": "bob"})
    preview = (await upload(ada, DUMP)).url.path
    await bob.get("/import")
    assert (await bob.get(preview)).status == 404
    assert (await bob.post(preview)).status == 404
    await bob.post(f"{preview}/drop")
    assert (await ada.get(preview)).status == 200, "another host must not drop it"


async def _asked(room: OpenRoom, host: Person) -> RoundId:
    """A question that is open in the room."""
    await host.get()
    await host.say("/quiz")
    await room.deliver()
    await host.get()
    return (await room.rounds())[-1]


async def _status(
    person: Person, method: str, path: str, fields: dict[str, str], round_id: RoundId, **headers: str
) -> int:
    """What an address answers, without following where it leads."""
    names = {"round_id": str(round_id), "digest": "0" * 64, "token": "guessed", "key": "guessed", "name": "guessed"}
    address = path.format(**names)
    if method == "GET":
        response = await person.client.get(person.base + address, allow_redirects=False, headers=headers)
    else:
        response = await person.post(address, fields, allow_redirects=False, headers=headers)
    response.close()
    return int(response.status)


def _cookie(person: Person) -> str:
    (morsel,) = [one for one in person.client.cookie_jar if one.key == COOKIE]
    return str(morsel.value)


async def _copied(room: OpenRoom, person: Person) -> Person:
    """Another browser with the same cookie."""
    copy = await room.person()
    copy.client.cookie_jar.update_cookies({COOKIE: _cookie(person)})
    return copy


def _rows(folder: Path) -> set[tuple[object, ...]]:
    return rows_of(folder / "quizbot.db")
