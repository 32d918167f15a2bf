"""Texts that take long to render: whoever looks at the room waits for them, and nobody else does."""

import asyncio
from typing import Any

import pytest

from adapters.web import markdown
from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.process import spare_the_collector
from bot.services.banks.storing import import_document
from bot.services.rounds.asking import ask_now
from bot.testing import document, draft
from tests.security.watchdog import LONGEST_S, Watchdog

OpenRoom = Any  # the fixture's class: test folders aren't packages

TEXTS = {
    "long": draft("a|b\n-|-\n" * 4_500, "x", "y", topic="hostile"),
    "many": draft("What?", *("*_" * 249 + f"{n}" for n in range(25)), topic="hostile"),
}


@pytest.mark.parametrize("text", TEXTS)
async def test_hostile_texts_keep_nobody_waiting(room: OpenRoom, text: str) -> None:
    ada = await room.person("Ada")
    space = await room.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    await import_document(room.app, document(TEXTS[text]), bank="hostile", space_id=space.id)
    member = Member(space_id=space.id, external_id="nobody", name="Nobody")
    caller = Caller(space=space, channel="study", member=member, is_host=False)
    await ask_now(room.app, caller, topic="hostile")
    await room.deliver()
    markdown.forget()
    spare_the_collector()
    watchdog = Watchdog()
    watching = asyncio.create_task(watchdog.watch())
    for _time in range(2):
        assert (await ada.get("/")).status == 200
    watching.cancel()
    assert watchdog.longest < LONGEST_S
