"""A room that listens on loopback, with limits and settings of a test's own; and the command line."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from random import Random
from typing import Any

import pytest

from adapters.web.adapter import WebAdapter
from bot.bootstrap import application
from bot.domain.drafts import ParsedDocument
from bot.process import running
from bot.services.banks.storing import import_document
from bot.site import Limits
from tests.adapters.stages.running import GoingClock
from tests.adapters.web.conftest import (  # noqa: F401 - the fixtures are asked for by name
    FIRST,
    QUESTIONS,
    OpenRoom,
    make_settings,
    stack,
)
from tests.unit.conftest import here, run

__all__ = ["here", "run"]

OpenARoom = Callable[..., Awaitable[OpenRoom]]


@pytest.fixture
def open_room(make_settings: Any, stack: AsyncExitStack) -> OpenARoom:  # noqa: F811 - the fixtures from above
    """Opens a room; several in one test are several processes on one database, with one time."""
    shared = GoingClock()

    async def open_one(limits: Limits | None = None, clock: Any = None, **settings: object) -> OpenRoom:
        app = await stack.enter_async_context(
            application(make_settings(**settings), clock=clock or shared, random=Random(1))
        )
        await import_document(app, ParsedDocument(format="numbered", questions=(FIRST,)), bank="first", starter=True)
        adapter = WebAdapter(app)
        opened = OpenRoom(
            app, adapter, await stack.enter_async_context(running(app, [adapter], heartbeat=False, limits=limits))
        )
        await opened.deliver()
        await import_document(app, ParsedDocument(format="numbered", questions=QUESTIONS), bank="starter", starter=True)

        async def leave() -> None:
            for client in opened.people:
                await client.close()

        stack.push_async_callback(leave)
        return opened

    return open_one


@pytest.fixture
async def room(open_room: OpenARoom) -> OpenRoom:
    """A room with the limits that it has where nobody sets any."""
    return await open_room()
