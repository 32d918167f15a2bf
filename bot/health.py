"""Health checks for operators and their monitoring: ``/healthz``, ``/readyz`` and ``/metrics``."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from bot.domain.errors import QuizbotError

Probe = Callable[[], Awaitable[str | None]]
"""Returns what is wrong with one part of the process; None if nothing is."""

ALIVE = "alive\n"
"""What ``/healthz`` says."""

_PATIENCE_S = 4.0


def add_health_routes(application: web.Application, probes: Mapping[str, Probe]) -> None:
    """Answer ``/healthz``, ``/readyz`` (503 with the reasons) and ``/metrics``."""

    async def ready(_request: web.Request) -> web.Response:
        problems = [f"{name}: {why}" for name, probe in probes.items() if (why := await _problem(probe))]
        return web.Response(text="\n".join(problems or ["ready"]) + "\n", status=503 if problems else 200)

    application.add_routes(
        [web.get("/healthz", _alive), web.get("/readyz", ready), web.get("/metrics", _metrics)],
    )


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text=ALIVE)


async def _metrics(_request: web.Request) -> web.Response:
    return web.Response(body=generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _problem(probe: Probe) -> str | None:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await probe()
    except QuizbotError as error:
        return str(error)
    except TimeoutError:
        return f"no answer within {_PATIENCE_S:g} s"
    except Exception as error:  # noqa: BLE001 - whatever a check raises is the reason
        return f"{type(error).__name__}: {error}"
