"""Acknowledge clicks in time: if handling takes too long, acknowledge first and reply later."""

import asyncio
from collections import deque

import discord

from adapters.discord.inbound import Origin
from adapters.discord.outbound import Outgoing
from adapters.discord.replies import ALREADY_ACKNOWLEDGED, Replies

DEFER_AFTER_S = 1.2
"""Seconds before a slow click is acknowledged: Discord waits 3 s, time on the network included."""


class Deadlines:
    """Clicks that wait for a reply. All have the same time limit, so one timer for the oldest is enough."""

    def __init__(self, replies: Replies, after: float) -> None:
        self._replies = replies
        self._after = after
        self._waiting: deque[Reply] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, who: Origin) -> "Reply":
        """Start the time limit of a click; return its reply."""
        loop = asyncio.get_running_loop()
        reply = Reply(self._replies, who, loop.time() + self._after)
        self._waiting.append(reply)
        if self._timer is None:
            self._timer = loop.call_at(reply.due, self._ring)
        return reply

    def _ring(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting and (self._waiting[0].sent or self._waiting[0].due <= loop.time()):
            reply = self._waiting.popleft()
            if not reply.sent:
                reply.defer()
        self._timer = loop.call_at(self._waiting[0].due, self._ring) if self._waiting else None


class Reply:
    """The one reply to a click."""

    def __init__(self, replies: Replies, who: Origin, due: float) -> None:
        self.due = due
        self.sent = False
        self._replies = replies
        self._who = who
        self._deferred: asyncio.Task[None] | None = None

    def defer(self) -> None:
        """Tell Discord that the reply will follow."""
        self._deferred = asyncio.create_task(self._replies.defer(self._who))

    async def send(self, outgoing: Outgoing) -> None:
        """Send the reply; nothing is sent if the same click arrived twice and was answered already."""
        self.sent = True
        try:
            if self._deferred is None:
                await self._replies.reply(self._who, outgoing)
            else:
                await self._deferred
                await self._replies.edit(self._who, outgoing)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
