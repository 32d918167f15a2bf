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
    """Serve these platforms inside the block; gives the address where the process listens.

    Args:
        app: the product on its database.
        adapters: the platforms; none of them started.
        heartbeat: whether to take up what is due; tests may want to do that by hand.
        limits: of the HTTP server; what this process can take on where they are left out.

    Raises:
        QuizbotError: an adapter or the HTTP server can't start, with what to do about it.
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
        closing.push_async_callback(server.refuse)  # first: what comes in from here on would not be answered
        yield server.address


def spare_the_collector() -> None:
    """Have the garbage collector pass over all objects that there are by now.

    Most are code and stay. A look at all of them takes 70 ms, in which nobody is answered; after this one, each looks
    only at those that came later.
    """
    gc.collect()
    gc.freeze()


def _worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
