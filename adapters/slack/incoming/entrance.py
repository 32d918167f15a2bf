"""The way in: what Slack sends goes through Bolt, and is finished before the adapter stops."""

import asyncio

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.i18n import use_language


class Intake:
    """Hands requests to Bolt."""

    def __init__(self, bolt: AsyncApp, language: str) -> None:
        self._bolt = bolt
        self._language = language
        self._running = 0
        self._is_open = True
        self._idle = asyncio.Event()
        self._idle.set()

    async def take(self, request: AsyncBoltRequest) -> BoltResponse:
        """Let Bolt's listeners handle a request; the response is its acknowledgement.

        Once it is to `finish` there is none: nobody would be left to do what was acknowledged.
        """
        if not self._is_open:
            return BoltResponse(status=503)
        self._running += 1
        self._idle.clear()
        try:
            with use_language(self._language):
                return await self._bolt.async_dispatch(request)
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    async def finish(self, within: float) -> None:
        """Take no more requests, and wait for those being handled, but no longer than so many seconds."""
        self._is_open = False
        try:
            async with asyncio.timeout(within):
                await self._idle.wait()
        except TimeoutError:
            return
