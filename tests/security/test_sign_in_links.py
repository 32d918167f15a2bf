"""A sign-in link of one's own makes the same player in another browser, once."""

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.services.people.sign_in_links import LINK_LASTS
from tests.adapters.stages.running import GoingClock

OpenARoom = Any  # the fixtures' classes: test folders aren't packages
OpenRoom = Any
Person = Any


async def link_of(person: Person) -> str:
    """Make a link on one's own page; return its address without the host."""
    await person.get("/me")
    await person.post("/me/link", {"do": "make"})
    found = re.search(r'<input id="sign-in" value="([^"]+)"', person.page)
    assert found
    return unescape(found[1]).removeprefix(person.base)


async def use(room: OpenRoom, link: str, person: Person | None = None) -> Person:
    """Open a link in another browser, and press its button."""
    person = person or await room.person()
    await person.get(link)
    await person.post("/sign-in", {"key": link.partition("key=")[2]})
    return person


def in_files(folder: Path) -> bytes:
    """Everything in the files of the database."""
    return b"".join(path.read_bytes() for path in folder.glob("quizbot.db*"))


def is_in(person: Person, name: str) -> bool:
    return f'<bdi class="name">{name}</bdi>' in person.page


async def test_the_link_brings_the_same_player_once(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    link = await link_of(bob)
    there = await use(room, link)
    assert is_in(there, "Bob")
    assert (await there.get("/people")).status == 403
    await there.post("/me", {"name": "Robert"})
    await bob.get()
    assert is_in(bob, "Robert")
    eve = await use(room, link)
    assert "This link doesn't work any more." in eve.text
    assert not is_in(eve, "Robert")
    await bob.get("/me")
    assert "You have a link" not in bob.text
    assert (await (await use(room, await link_of(ada))).get("/people")).status == 200


async def test_opening_the_link_tells_nothing_and_uses_nothing_up(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    link = await link_of(ada)
    for address in (link, "/sign-in?key=guessed", "/sign-in"):
        stranger = await room.person()
        response = await stranger.get(address)
        assert (response.status, response.headers["Referrer-Policy"]) == (200, "strict-origin")
        assert "Ada" not in stranger.page
    head = await (await room.person()).client.head(room.base + link)
    assert head.status == 200
    assert is_in(await use(room, link), "Ada")


async def test_somebody_who_is_in_already_stays_who_they_are(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    link = await link_of(ada)
    await bob.get(link)
    assert "You are already here as Bob." in bob.text
    await bob.get()
    await bob.post("/sign-in", {"key": link.partition("key=")[2]})
    assert is_in(bob, "Bob")
    assert is_in(await use(room, link), "Ada")


async def test_the_link_is_shown_once_and_stored_as_a_digest(room: OpenRoom, tmp_path: Path) -> None:
    ada = await room.person("Ada")
    key = (await link_of(ada)).partition("key=")[2]
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}", key)
    await ada.get("/me")
    assert key not in ada.page
    stored = in_files(tmp_path)
    assert b"Ada" in stored
    assert key.encode() not in stored
    assert key.replace("-", "").encode() not in stored


async def test_a_link_ends_when_its_owner_says_so_or_makes_another(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    first, second = await link_of(ada), await link_of(ada)
    assert not is_in(await use(room, first), "Ada")
    await ada.get("/me")
    assert "You have a link that is valid until" in ada.text
    await ada.post("/me/link", {"do": "end"})
    assert "Your sign-in link no longer works." in ada.text
    assert "You have a link" not in ada.text
    assert not is_in(await use(room, second), "Ada")


@pytest.mark.parametrize(("after", "works"), [(timedelta(minutes=-1), True), (timedelta(), False)])
async def test_a_link_expires(open_room: OpenARoom, after: timedelta, works: bool) -> None:
    clock = GoingClock()
    room = await open_room(clock=clock)
    link = await link_of(await room.person("Ada"))
    clock.advance(LINK_LASTS + after)
    assert is_in(await use(room, link), "Ada") is works


@pytest.mark.parametrize("how", ["everywhere", "sign-out", "remove", "delete"])
async def test_a_link_ends_with_all_sessions_and_with_its_owner(room: OpenRoom, how: str) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    link = await link_of(bob)
    match how:
        case "everywhere":
            await bob.post("/sign-out", {"where": "everywhere"})
        case "delete":
            await bob.post("/me/delete")
        case _:
            await ada.post("/people", {"do": how, "member": "bob"})
    assert not is_in(await use(room, link), "Bob")
    if how == "delete":
        await bob.join("Bob")
        assert not is_in(await use(room, link), "Bob"), "who takes the name later is somebody else"


async def test_guesses_and_joins_from_one_address_are_limited_together(open_room: OpenARoom) -> None:
    room = await open_room(limit_joins="3/1h")
    ada = await room.person("Ada")
    link = await link_of(ada)
    eve = await room.person()
    for status in (400, 400, 429):
        await eve.get("/sign-in")
        assert (await eve.post("/sign-in", {"key": "0000"})).status == status
    assert "Try again in" in eve.text
    assert not is_in(await use(room, link), "Ada")


async def test_wrong_keys_count_as_wrong_codes(open_room: OpenARoom) -> None:
    room = await open_room(limit_wrong_codes="2/1h", limit_people_per_address=1)
    link = await link_of(await room.person("Ada"))
    eve = await room.person()
    for status in (400, 400, 429):
        await eve.get("/sign-in")
        assert (await eve.post("/sign-in", {"key": "0000"})).status == status
    assert not is_in(await use(room, link), "Ada")


async def test_links_are_limited_logged_and_exported(open_room: OpenARoom) -> None:
    room = await open_room(limit_codes="2/1h")
    ada = await room.person("Ada")
    with capture_logs() as lines:
        link = await link_of(ada)
        await use(room, link)
        await use(room, link)
        await link_of(ada)
        data = json.loads(await (await ada.get("/me/data.json")).text())
        await ada.get("/me")
        await ada.post("/me/link", {"do": "end"})
        await ada.post("/me/link", {"do": "make"})
    assert "Try again in" in ada.text
    assert data["sign-in link of the web room expires at"]
    assert [line["event"] for line in lines] == [
        "sign_in_link_made",
        "signed_in",
        "sign_in_link_refused",
        "sign_in_link_made",
        "sign_in_link_ended",
    ]
    assert link.partition("key=")[2] not in str(lines)
    assert "Ada" not in str(lines)
