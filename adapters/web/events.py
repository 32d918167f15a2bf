"""The stream of changes that an open page listens to (server-sent events).

Every event carries the whole message as this member may see it now. A page says at which moment it was made, and hears
first what changed since; if that is too long ago, it is told to fetch everything. So events need no ids.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from functools import partial

from aiohttp import web

from adapters.web import markdown
from adapters.web.door import Visit
from adapters.web.hub import Changed, Counted, Missed, News, Stream
from adapters.web.outbound import element_id
from adapters.web.pages import SESSION
from adapters.web.transcript import one_seen
from adapters.web.visitors import Visitor, recognise
from bot.i18n import language
from bot.rendering.questions import answered_count

HEARTBEAT_S = 15.0
"""Seconds between checks of a silent page, which also end the streams of members who are no longer in the room."""

_PATIENCE_S = 10.0
"""How long a page may take to read an event before it is dropped; it connects again by itself."""

_CONNECT_AGAIN_MS = 2_000


async def stream_events(visit: Visit) -> web.StreamResponse:
    """Send a page its news until the page or the room closes."""
    since = visit.request.query.get("since", "")
    with visit.room.hub.stream(visit.member.member.external_id, since) as stream:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        try:
            await response.prepare(visit.request)
            await _send(response, f"retry: {_CONNECT_AGAIN_MS}\n\n")
            async for text in _texts(visit, stream):
                await _send(response, text)
            if stream.retired:
                await _send(response, _event("rest", {}))
        except (TimeoutError, ConnectionError):
            if visit.request.transport is not None:
                visit.request.transport.abort()
        return response


async def _send(response: web.StreamResponse, text: str) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        await response.write(text.encode())


async def _texts(visit: Visit, stream: Stream) -> AsyncIterator[str]:
    """Yield events as they come, and a comment now and then to notice dead connections.

    Ends when the reader isn't in the room any more: another process may have removed them. That is looked up before
    every message, but not for counts, which tell nothing: with many pages they come often.
    """
    visitor, looked_up_at = visit.member, time.monotonic()
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT_S):
                batch = await stream.next()
        except TimeoutError:
            batch = []
        if batch is None:
            return
        only_counts = bool(batch) and all(isinstance(news, Counted) for news in batch)
        if not only_counts or time.monotonic() - looked_up_at >= HEARTBEAT_S:
            found = await recognise(visit.room.app, visit.room.space, visit.session)
            if found is None:
                return
            visitor, looked_up_at = found, time.monotonic()
        if not batch:
            yield ": still here\n\n"
        for news in batch:
            yield await _in_words(visit, visitor, news)


async def _in_words(visit: Visit, visitor: Visitor, news: News) -> str:
    match news:
        case Missed():
            return _event("missed", {})
        case Counted(key=key, answered=answered):
            return _event("counted", {"id": element_id(key), "text": answered_count(answered)})
        case Changed(key=key):
            seen = await one_seen(visit.room, visitor, key)
            if seen is None:
                return ""
            html = await markdown.beside_the_loop(partial(visit.room.pages.message, seen, language()))
            return _event("changed", {"html": html.replace(SESSION, visit.session.csrf)})


def _event(name: str, data: dict[str, str]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
