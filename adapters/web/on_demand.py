"""Pages whose modules take long to import, or much memory: they are imported when somebody opens one of them."""

from asyncio import to_thread
from importlib import import_module
from threading import Lock
from types import ModuleType

from aiohttp import web

from adapters.web.door import Handler, Visit

_one_at_a_time = Lock()
"""Two threads that import modules which import each other could see one half imported."""


def on_demand(module: str, name: str) -> Handler:
    """Return the page ``name`` of a module of `adapters.web`, which is imported on a thread before its first visit."""
    page: Handler | None = None

    async def show(visit: Visit) -> web.StreamResponse:
        nonlocal page
        if page is None:
            found: Handler = getattr(await to_thread(_imported, module), name)
            page = found
        return await page(visit)

    return show


def _imported(module: str) -> ModuleType:
    with _one_at_a_time:
        return import_module(f"adapters.web.{module}")
