"""Discord's REST interface, through discord.py's HTTP client, which keeps the rate limits and retries.

Payloads are plain JSON as Discord documents it, with no other object model between them and the core.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route

from adapters.discord.controls import Json
from adapters.discord.outbound import File
from bot.i18n import gettext as _
from bot.ports import Forbidden, Gone, Locked, MessengerError, OutcomeUnknown, RateLimited

_TOO_MANY = frozenset({30046, 40003})
"""Discord's codes for too many edits of an old message, or direct messages to new people."""
_UNKNOWN_MESSAGE = 10008
_CLOSED_TO_US = frozenset({10003, 10004, 10013, 50001, 50007, 50013, 50278, 160002})
"""Channel, server or user unknown, no access, no direct messages, permissions missing, no server shared, no history."""
ARCHIVED, _LOCKED = 50083, 160005

_SHORTLY_S = 5.0
_PATIENCE_S = 40.0
"""Seconds for one request, including its waiting for a rate limit (up to half a minute)."""
_UNTIL_MORE_S = 60.0
"""How long to wait after one of `_TOO_MANY`: Discord doesn't say."""


class Rest:
    """Makes the calls that need the bot's token."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http

    async def call(
        self,
        method: str,
        path: str,
        body: Json | list[Json] | None = None,
        files: Sequence[File] = (),
        query: dict[str, str | int] | None = None,
        **path_parts: Any,  # noqa: ANN401 - ids, as text or numbers
    ) -> Any:  # noqa: ANN401 - JSON of whatever shape
        """Send one request; ``path_parts`` fill the path and decide which rate limit it counts towards.

        Raises:
            discord.HTTPException: Discord refused.
            discord.RateLimited: its rate limit would delay it by more than half a minute (`buckets`).
            aiohttp.ClientError, OSError, TimeoutError: the connection failed.
        """
        more: dict[str, Any] = {} if query is None else {"params": query}
        if files:
            more["form"] = parts(json.dumps(body), files)
        elif body is not None:
            more["json"] = body
        async with asyncio.timeout(_PATIENCE_S):
            return await self._http.request(Route(method, path, **path_parts), **more)


def parts(text: str, files: Sequence[File]) -> list[Json]:
    """Return the form parts of a request that carries files next to its JSON."""
    return [
        {"name": "payload_json", "value": text, "content_type": "application/json"},
        *(
            {"name": f"files[{number}]", "value": file.content, "filename": file.name, "content_type": file.media_type}
            for number, file in enumerate(files)
        ),
    ]


TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError)
"""The errors that a call may raise."""


@contextmanager
def in_the_cores_words(closed: Callable[[], str]) -> Iterator[None]:
    """Turn a call's errors into the core's own; ``closed`` says what to do about a channel closed to the bot."""
    try:
        yield
    except discord.RateLimited as error:
        raise RateLimited(error.retry_after) from error
    except discord.HTTPException as error:
        raise _translated(error, closed) from error
    except RuntimeError as error:  # aiohttp raises this after discord.py has closed
        raise MessengerError(_("Discord isn't connected any more: {reason}").format(reason=error)) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise OutcomeUnknown(repr(error)) from error


def _translated(error: discord.HTTPException, closed: Callable[[], str]) -> MessengerError:
    if error.code == _UNKNOWN_MESSAGE:
        return Gone(str(error))
    if error.code in _CLOSED_TO_US:
        return Forbidden(closed())
    if error.code in {ARCHIVED, _LOCKED}:
        return Locked(_("The thread is locked. Unlock it, or give me the permission “Manage Threads” there."))
    if error.code in _TOO_MANY or error.status == 429:
        stated = float(error.response.headers.get("Retry-After", _SHORTLY_S))
        return RateLimited(_UNTIL_MORE_S if error.code in _TOO_MANY else stated)
    if error.status >= 500:
        return OutcomeUnknown(str(error))
    return MessengerError(str(error))
