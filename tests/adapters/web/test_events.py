"""Open pages hear of changes as they happen, each in its member's own version."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse

from bot.domain.identity import RoundId
from tests.patience import PATIENCE_S

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
        for events in (hers, his):
            name, data = await next_event(events)
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
    began = time.monotonic()
    await room.adapter.stop()
    assert time.monotonic() - began < 1.5
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
