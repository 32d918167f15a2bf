"""Discord's REST interface, through the parts of discord.py that keep its limits and try again.

Payloads go out as Discord documents them, and come back so: between them and the core there is no second model.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter

from adapters.discord.controls import Json
from adapters.discord.inbound import Origin
from adapters.discord.outbound import EPHEMERAL, File, Outgoing
from bot.ports import Forbidden, Gone, MessengerError, OutcomeUnknown, RateLimited

_PATIENCE = aiohttp.ClientTimeout(total=20)
_REPLY, _DEFER, _CHOICES = 4, 5, 8
ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION = 40060, 10062
TOO_MANY_EDITS = 30046
_UNKNOWN_MESSAGE = 10008
_CLOSED_TO_US = frozenset({10003, 10004, 50001, 50007, 50013, 50083, 160005})
"""Channel or server unknown, no access, no direct messages, permissions missing, thread archived or locked."""

_SHORTLY_S = 5.0
_UNTIL_MORE_EDITS_S = 60.0


class Rest:
    """The calls that need the bot's token."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http

    async def call(
        self,
        method: str,
        path: str,
        body: Json | list[Json] | None = None,
        files: Sequence[File] = (),
        query: dict[str, str | int] | None = None,
        **places: Any,  # noqa: ANN401 - ids, as text or numbers
    ) -> Any:  # noqa: ANN401 - JSON of whatever shape
        """Send one request; ``places`` fill the path, and tell which limit it counts against.

        Raises:
            discord.HTTPException: Discord refused.
            discord.RateLimited: the limit would take more than half a minute.
            aiohttp.ClientError, OSError, TimeoutError: the connection failed.
        """
        route = Route(method, path, **places)
        more: dict[str, Any] = {} if query is None else {"params": query}
        if files:
            return await self._http.request(route, form=_parts(body, files), **more)
        if body is not None:
            more["json"] = body
        return await self._http.request(route, **more)


def _parts(body: Json | list[Json] | None, files: Sequence[File]) -> list[Json]:
    return [
        {"name": "payload_json", "value": json.dumps(body), "content_type": "application/json"},
        *(
            {"name": f"files[{number}]", "value": file.content, "filename": file.name, "content_type": "text/plain"}
            for number, file in enumerate(files)
        ),
    ]


class Replies:
    """Replies to interactions, whose token is all the right they need; they don't count against the bot's limit."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._adapter = AsyncWebhookAdapter()  # type: ignore[no-untyped-call]  # discord.py's __init__ says no types
        self.application_id = 0

    def open(self, application_id: int) -> None:
        """Get ready, as the application that replies."""
        self.application_id = application_id
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=_PATIENCE)

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    async def reply(self, who: Origin, outgoing: Outgoing) -> None:
        """Say something to whoever did it, alone."""
        body = outgoing.body | {"flags": EPHEMERAL}
        await self._callback(who, {"type": _REPLY, "data": body}, outgoing.files)

    async def defer(self, who: Origin) -> None:
        """Acknowledge, and say something later."""
        await self._callback(who, {"type": _DEFER, "data": {"flags": EPHEMERAL}})

    async def complete(self, who: Origin, found: Sequence[str]) -> None:
        """Offer what may have been meant by what is being typed."""
        choices = [{"name": text[:100], "value": text[:100]} for text in found[:25] if text]
        await self._callback(who, {"type": _CHOICES, "data": {"choices": choices}})

    async def edit(self, who: Origin, outgoing: Outgoing, message_ref: str = "@original") -> None:
        """Put something in place of a reply."""
        await self._webhook("PATCH", "/messages/{message_id}", who, outgoing, message_id=message_ref)

    async def take_back(self, who: Origin) -> None:
        """Remove the reply."""
        await self._webhook("DELETE", "/messages/{message_id}", who, message_id="@original")

    async def follow_up(self, who: Origin, outgoing: Outgoing) -> str:
        """Say something more to whoever did it, alone; Discord's id of it."""
        return str((await self._webhook("POST", "", who, outgoing, {"flags": EPHEMERAL}))["id"])

    async def fetch(self, url: str) -> bytes:
        """A file that somebody uploaded."""
        async with self._open.get(url) as response:
            response.raise_for_status()
            return await response.read()

    async def _callback(self, who: Origin, body: Json, files: Sequence[File] = ()) -> None:
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = Route("POST", path, webhook_id=who.id, webhook_token=who.token)
        await self._send(route, body, files)

    async def _webhook(
        self, method: str, path: str, who: Origin, outgoing: Outgoing | None = None, more: Json | None = None, **at: str
    ) -> Any:  # noqa: ANN401 - JSON of whatever shape
        route = Route(
            method,
            "/webhooks/{webhook_id}/{webhook_token}" + path,
            webhook_id=self.application_id,
            webhook_token=who.token,
            **at,
        )
        if outgoing is None:
            return await self._send(route, None, ())
        return await self._send(route, outgoing.body | (more or {}), outgoing.files, wait=method == "POST")

    async def _send(self, route: Route, body: Json | None, files: Sequence[File], *, wait: bool = False) -> Any:  # noqa: ANN401 - JSON of whatever shape
        parts = _parts(body, files) if files else None
        query = {"wait": "true"} if wait else None
        payload = None if files else body
        return await self._adapter.request(route, self._open, payload=payload, multipart=parts, params=query)

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("replies are sent before the bot has logged in")
        return self._session


TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError)
"""What a call may raise."""


@contextmanager
def in_the_cores_words(closed: Callable[[], str]) -> Iterator[None]:
    """Raise what a call raises as the core's own errors; ``closed`` says what to do where the place is closed to us."""
    try:
        yield
    except discord.RateLimited as error:
        raise RateLimited(error.retry_after) from error
    except discord.HTTPException as error:
        raise _translated(error, closed) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise OutcomeUnknown(repr(error)) from error


def _translated(error: discord.HTTPException, closed: Callable[[], str]) -> MessengerError:
    if error.code == _UNKNOWN_MESSAGE:
        return Gone(str(error))
    if error.code in _CLOSED_TO_US:
        return Forbidden(closed())
    if error.code == TOO_MANY_EDITS:
        return RateLimited(_UNTIL_MORE_EDITS_S)
    if error.status == 429:
        return RateLimited(float(error.response.headers.get("Retry-After", _SHORTLY_S)))
    if error.status >= 500:
        return OutcomeUnknown(str(error))
    return MessengerError(str(error))
