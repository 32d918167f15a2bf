"""One process of the bot with a clock of its own, watched at each point at which it might die."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from bot.ports import Clock, Ids, Messenger, Storage
from bot.scheduling.runner import Runner
from tests.simulation.loop import Machine
from tests.simulation.model import GRACE
from tests.simulation.process import Process


class OwnClock:
    """`bot.ports.Clock` of one machine, which may be wrong."""

    def __init__(self, true: Clock) -> None:
        self._true = true
        self.ahead = timedelta()

    def now(self) -> datetime:
        return self._true.now() + self.ahead


class Watched:
    """`bot.ports.Storage` that says where it is: about to write, with all written but the commit, or done."""

    def __init__(self, storage: Storage, machine: Machine, point: Callable[[str], None]) -> None:
        self._storage = storage
        self._machine = machine
        self._point = point

    async def read(self, work):
        return await self._storage.read(work)

    async def write(self, work):
        async def watched(unit):
            result = await work(unit)
            self._at("commits")
            return result

        self._at("writes")
        result = await self._storage.write(watched)
        self._at("has written")
        return result

    async def wipe(self):
        await self._storage.wipe()

    def _at(self, point: str) -> None:
        self._point(point)
        self._machine.alive()


class Heartbeat:
    """Stands where the runner keeps APScheduler: beats on simulated time, at the pace that the world gives."""

    def __init__(self, first: float, pace: Callable[[], float], beats: Callable[[Callable], Awaitable[None]]) -> None:
        self.running = False
        self._first = first
        self._pace = pace
        self._beats = beats
        self._jobs: list[Callable] = []
        self._going: list[asyncio.Task[None]] = []

    def add_job(self, job: Callable, _trigger: object, **_options: object) -> None:
        self._jobs.append(job)

    def start(self) -> None:
        self.running = True
        self._going = [asyncio.create_task(self._go(job)) for job in self._jobs]

    async def _go(self, job: Callable) -> None:
        await asyncio.sleep(self._first)
        while True:
            await self._beats(job)
            await asyncio.sleep(self._pace())

    def shutdown(self, *, wait: bool) -> None:
        assert not wait
        self.running = False
        for going in self._going:
            going.cancel()


class MorningProcess(Process):
    """See the module."""

    def __init__(
        self,
        machine: Machine,
        url: str,
        clock: OwnClock,
        ids: Ids,
        random: Random,
        lines: Mapping[str, Messenger],
        point: Callable[[str], None],
    ) -> None:
        super().__init__(machine, url, clock, ids, random, lines)
        self.clock = clock
        self._stopping = False
        self.core = replace(self.core, storage=Watched(self._database, machine, point))
        self.runner = Runner(self.core, lines, worker=machine.name, grace=GRACE)

    @property
    def at_work(self) -> bool:
        """Whether a database on the other end of a socket has something to do for it."""
        if self.machine.dead or self._database.is_sqlite:
            return False
        return self._stopping or bool(self._database._running)

    async def stop(self) -> None:
        self._stopping = True
        await super().stop()

    async def starts(self, heartbeat: Heartbeat) -> None:
        """Begin to take up what is due."""

        async def start() -> None:
            self.runner._scheduler = heartbeat
            self.runner.start()

        await self.does(start())
