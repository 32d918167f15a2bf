"""Open pages hear of changes as they happen, each in its member's own version."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientResponse

from adapters.web import events
from adapters.web.hub import Counted
from bot.domain.identity import Member, RoundId
from bot.services.people.hosts import remove_member
from tests.patience import PATIENCE_S, kept_waiting

OpenRoom = Any  # the fixtures' classes: test folders aren't packages
Person = Any


@asynccontextmanager
async def listening(person: Person) -> AsyncIterator[ClientResponse]:
    response = await person.client.get(f"{person.base}/events", headers={"Accept": "text/event-stream"})
    try:
        assert response.content_type == "text/event-stream"
        assert await next_event(response) == ("missed", {})
        yield response
    finally:
        response.close()


async def next_event(response: ClientResponse) -> tuple[str, dict[str, str]]:
    name = ""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            line = (await response.content.readline()).decode().rstrip("\n")
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return name, json.loads(line.removeprefix("data: "))


async def first_round(room: OpenRoom) -> RoundId:
    rounds: list[RoundId] = await room.rounds()
    return rounds[0]


async def test_a_new_question_comes_to_every_page(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    async with listening(ada) as hers, listening(bob) as his:
        await ada.say("/quiz")
        await room.deliver()
        for page in (hers, his):
            name, data = await next_event(page)
            assert name == "changed"
            assert "Quick question" in data["html"]
            assert data["html"].count("<article") == 1


async def test_a_receipt_comes_to_its_owners_other_page_and_the_count_to_all(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    round_id = await first_round(room)
    async with listening(ada) as hers, listening(bob) as his:
        await ada.answer(round_id, 0, 1)
        await ada.answer(round_id, 0)
        await room.deliver()
        name, data = await next_event(hers)
        assert name == "changed"
        assert "Only you can see this" in data["html"]
        assert await next_event(his) == ("counted", {"id": f"m-q{round_id}", "text": "1 answered."})


async def test_a_private_question_reaches_nobody_else(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    async with listening(ada) as hers, listening(bob) as his:
        await ada.say("/quiz private=yes metrics")
        await room.deliver()
        assert "Only you can see this" in (await next_event(hers))[1]["html"]
        await bob.say("/quiz ensembles")
        await room.deliver()
        assert "Which two reduce variance?" in (await next_event(his))[1]["html"]


async def test_the_room_closes_at_once_with_pages_open(room: OpenRoom) -> None:
    people = [await room.person(name) for name in ("Ada", "Bob", "Cy")]
    streams = [listening(person) for person in people]
    for stream in streams:
        await stream.__aenter__()
    began = time.monotonic() - kept_waiting()
    await room.adapter.stop()
    assert time.monotonic() - kept_waiting() - began < 1.5
    for stream in streams:
        await stream.__aexit__(None, None, None)


async def test_a_page_that_stops_reading_is_let_go(room: OpenRoom) -> None:
    ada = await room.person("Ada")
    async with listening(ada):
        assert len(room.adapter.hub) == 1
    await ada.say("/quiz")
    await room.deliver()
    async with asyncio.timeout(PATIENCE_S):
        while len(room.adapter.hub):  # noqa: ASYNC110 - the server notices on its own
            await asyncio.sleep(0.02)


async def removed(room: OpenRoom, person: str) -> None:
    """Remove somebody from the room as another process would."""
    space_id = await room.space_id()
    ada, other = (Member(space_id=space_id, external_id=name, name=name) for name in ("ada", person))
    await remove_member(room.app, ada, other)


async def test_counts_come_without_looking_their_readers_up(room: OpenRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    bob = (await room.person("Ada"), await room.person("Bob"))[1]
    async with listening(bob) as his:
        monkeypatch.setattr(events, "recognise", None)
        room.adapter.hub.publish(Counted("q1", 2))
        assert await next_event(his) == ("counted", {"id": "m-q1", "text": "2 answered."})


async def test_whoever_was_removed_hears_no_counts_for_long(room: OpenRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    bob = (await room.person("Ada"), await room.person("Bob"))[1]
    async with listening(bob) as his:
        await removed(room, "bob")
        monkeypatch.setattr(events, "HEARTBEAT_S", 0.0)
        room.adapter.hub.publish(Counted("q1", 2))
        async with asyncio.timeout(PATIENCE_S):
            assert b"counted" not in await his.content.read()
