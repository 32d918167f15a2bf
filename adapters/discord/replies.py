"""Replies to interactions, authorised by the interaction's token alone.

Interaction endpoints don't count towards the bot's global rate limit, so replies don't wait at its gate:
https://discord.com/developers/docs/topics/rate-limits#global-rate-limit.

discord.py would first build an object that costs more than the whole click, so this module sends replies itself. If the
outcome of a try is unknown, it tries again; an error that shows that the first try arrived is fine.
"""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import aiohttp
import discord
from discord.http import Route

from adapters.discord.controls import Json
from adapters.discord.inbound import Origin
from adapters.discord.outbound import EPHEMERAL, File, Outgoing
from adapters.discord.rest import parts

ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION = 40060, 10062

_DEFER, _DEFER_UPDATE, _CHOICES, _MODAL = 5, 6, 8, 9
_PATIENCE = aiohttp.ClientTimeout(total=20)
_PAUSES_S = (0.2, 0.6, 1.2)
"""Pauses between tries; their sum is below the three seconds that Discord waits for the first reply."""

_MOST_CHOICES, _LONGEST_CHOICE = 25, 100


class Replies:
    """Sends private replies to the people behind interactions.

    Every method may raise what `rest.TROUBLE` names; 40060 means that somebody else has acknowledged it.
    """

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._application_id = 0

    def open(self, application_id: int) -> None:
        """Get ready to reply as this application."""
        self._application_id = application_id
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=_PATIENCE)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def reply(self, who: Origin, outgoing: Outgoing) -> None:
        """Reply at once."""
        await self._callback(who, outgoing.as_reply, outgoing.files)

    async def defer(self, who: Origin, *, replaces: bool = False) -> None:
        """Acknowledge the interaction; the reply follows later, and ``replaces`` the message that it was done to."""
        later = {"type": _DEFER_UPDATE} if replaces else {"type": _DEFER, "data": {"flags": EPHEMERAL}}
        await self._callback(who, json.dumps(later))

    async def show(self, who: Origin, modal: Json) -> None:
        """Reply at once with a modal."""
        await self._callback(who, json.dumps({"type": _MODAL, "data": modal}))

    async def complete(self, who: Origin, found: Sequence[str]) -> None:
        """Offer completions for what is being typed."""
        fitting = [text for text in found if 0 < len(text) <= _LONGEST_CHOICE][:_MOST_CHOICES]
        choices = [{"name": text, "value": text} for text in fitting]
        await self._callback(who, json.dumps({"type": _CHOICES, "data": {"choices": choices}}))

    async def edit(self, who: Origin, outgoing: Outgoing, message_ref: str = "@original") -> None:
        """Replace a reply."""
        await self._webhook("PATCH", f"/messages/{message_ref}", who, outgoing)

    async def take_back(self, who: Origin) -> None:
        """Remove the reply."""
        await self._webhook("DELETE", "/messages/@original", who)

    async def follow_up(self, who: Origin, outgoing: Outgoing) -> str:
        """Send another message; return its id on Discord."""
        return str((await self._webhook("POST", "?wait=true", who, outgoing, {"flags": EPHEMERAL}))["id"])

    async def _callback(self, who: Origin, text: str, files: Sequence[File] = ()) -> None:
        await self._send("POST", f"/interactions/{who.id}/{who.token}/callback", text, files)

    async def _webhook(
        self, method: str, path: str, who: Origin, outgoing: Outgoing | None = None, more: Json | None = None
    ) -> Any:  # noqa: ANN401 - JSON of whatever shape
        address = f"/webhooks/{self._application_id}/{who.token}{path}"
        if outgoing is None:
            return await self._send(method, address, "")
        return await self._send(method, address, json.dumps(outgoing.body | (more or {})), outgoing.files)

    async def _send(self, method: str, path: str, text: str, files: Sequence[File] = ()) -> Any:  # noqa: ANN401 - JSON of whatever shape
        unsure = False
        for pause in (*_PAUSES_S, None):
            try:
                async with self._opened.request(method, Route.BASE + path, **_carried(text, files)) as response:
                    answer = await response.json() if response.content_type == "application/json" else None
                    if response.status < 300:
                        return answer
                    error = discord.HTTPException(response, answer)
            except (aiohttp.ClientError, TimeoutError):
                if pause is None:
                    raise
                unsure = True
            else:
                if unsure and error.code == ALREADY_ACKNOWLEDGED:
                    return None
                if pause is None or (error.status < 500 and error.status != 429):
                    raise error
                unsure = unsure or error.status >= 500
                if error.status == 429:
                    pause = float((answer or {}).get("retry_after", pause))  # noqa: PLW2901 - Discord knows better
            await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    @property
    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("replies are sent before the bot has logged in")
        return self._session


def _carried(text: str, files: Sequence[File]) -> dict[str, Any]:
    if files:
        form = aiohttp.FormData(quote_fields=False)  # Discord wants the brackets of files[0] as they are
        for part in parts(text, files):
            form.add_field(**part)
        return {"data": form}
    return {"data": text, "headers": {"Content-Type": "application/json"}} if text else {}
