"""A running bot, as in production: the real database, the real library, a server on loopback."""

import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from random import Random
from unittest.mock import patch

from bot.application import Adapter, Application
from bot.bootstrap import application
from bot.domain.identity import RoundId, Space
from bot.domain.rounds import Round
from bot.ports import Post, Unit
from bot.process import running
from bot.scheduling import runner
from bot.services.rounds.closing import close_round
from bot.settings import Settings
from bot.testing import A_MONDAY
from tests.adapters.outbox import settled

_LATEST = 50
TICK_S = 0.2
"""The heart beats faster than in production, or tests would wait for it most of the time."""


class GoingClock:
    """Goes as clocks go, from a Monday morning on, and can be put forward."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._ahead = timedelta()

    def now(self) -> datetime:
        """What it shows, in UTC."""
        return A_MONDAY + timedelta(seconds=time.monotonic() - self._started) + self._ahead

    def advance(self, by: timedelta) -> None:
        """Go on by a time span at once."""
        self._ahead += by


class Bot:
    """The product on one database and one platform, started and stopped as often as a test likes.

    Attributes:
        app: the product of the process that runs now.
        adapter: its platform.
        address: where it listens.
    """

    app: Application
    adapter: Adapter
    address: str

    def __init__(self, settings: Settings, clock: GoingClock, create: Callable[[Application], Adapter]) -> None:
        self.clock = clock
        self._settings = settings
        self._create = create
        self._process = AsyncExitStack()

    async def start(self) -> None:
        """Start a process on the database, whatever stands in it. Chances are the same in every test."""
        async with AsyncExitStack() as starting:
            self.take_part_in(
                await starting.enter_async_context(application(self._settings, clock=self.clock, random=Random(1)))
            )
            with patch.object(runner, "TICK_S", TICK_S):
                self.address = await starting.enter_async_context(running(self.app, [self.adapter]))
            self._process = starting.pop_all()

    def take_part_in(self, app: Application) -> None:
        """Be the platform of a process that somebody else starts and stops."""
        self.app, self.adapter = app, self._create(app)

    async def stop(self) -> None:
        """End the process in order."""
        await self._process.aclose()

    async def settled(self) -> None:
        """Wait until every message that was asked for stands on the platform, or was given up."""
        await settled(self.app, self.adapter.name)

    async def space(self) -> Space:
        """The one space that the bot is in."""
        (space,) = await self.app.storage.read(lambda unit: unit.spaces.present(self.adapter.name))
        return space

    async def posts(self, channel: str, reader: str | None = None) -> list[Post]:
        """The latest messages in a channel that everybody sees, or this member alone; oldest first."""
        space = await self.space()
        posts = await self.app.storage.read(lambda unit: unit.outbox.recent(space.id, channel, _LATEST))
        return [post for post in posts if post.message_ref and post.private_to in {None, reader}]

    async def newest_round(self, channel: str) -> Round:
        """The round that was asked last in a channel."""
        rounds = [post.round_id for post in await self.posts(channel) if post.round_id and not post.reply_to]
        return await self.round(rounds[-1])

    async def round(self, round_id: RoundId) -> Round:
        """One round."""
        found = await self.app.storage.read(lambda unit: unit.rounds.find(round_id))
        assert found is not None, f"there is no round {round_id}"
        return found

    async def close(self, round_id: RoundId) -> None:
        """Close a round, as when its time has come."""
        await close_round(self.app, round_id)
        await self.settled()

    async def answers(self, round_id: RoundId) -> dict[str, str]:
        """The letters that are stored as answers in a round, by player's name."""
        round_ = await self.round(round_id)

        async def read(unit: Unit) -> dict[str, str]:
            given = await unit.answers.of_round(round_id)
            names = await unit.people.names([answer.player_id for answer in given])
            return {
                names[one.player_id]: ", ".join(one.response.spelled(round_.order)) for one in given if one.response
            }

        return await self.app.storage.read(read)
