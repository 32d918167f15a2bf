"""One process of the bot: adapters, HTTP server and heartbeat, started and stopped in order."""

import gc
import os
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from bot.application import Adapter, Application
from bot.health import add_health_routes
from bot.scheduling.runner import Runner
from bot.site import HttpServer, Limits


@asynccontextmanager
async def running(
    app: Application, adapters: Sequence[Adapter], *, heartbeat: bool = True, limits: Limits | None = None
) -> AsyncIterator[str]:
    """Serve these platforms during the block; yield the address where the process listens.

    Args:
        app: storage, clock and everything else that use cases need.
        adapters: the platforms, not yet started.
        heartbeat: whether to do what is due once a second; tests may want to call that themselves.
        limits: limits of the HTTP server; None: what this process can take on.

    Raises:
        QuizbotError: an adapter or the HTTP server can't start; the text says what to do.
    """
    settings = app.settings
    server = HttpServer(settings, limits)
    add_health_routes(server.site, {"database": app.storage.check} | {a.name: a.problem for a in adapters})
    messengers = {adapter.name: adapter.messenger for adapter in adapters}
    runner = Runner(app, messengers, worker=_worker(), grace=settings.late_grace, retention=settings.retention)
    async with AsyncExitStack() as closing:
        closing.push_async_callback(server.stop)
        for adapter in adapters:
            closing.push_async_callback(adapter.stop)
            await adapter.start(server.site)
        closing.push_async_callback(runner.stop)
        await server.start()
        if heartbeat:
            runner.start()
        closing.push_async_callback(server.refuse)  # comes first: a new request could not be answered any more
        yield server.address


def spare_the_collector() -> None:
    """Make the garbage collector ignore all objects that exist by now.

    Most of them are code, which stays. Checking all of them takes 70 ms, in which nobody gets an answer; after this,
    the collector checks only newer objects.
    """
    gc.collect()
    gc.freeze()


def _worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
