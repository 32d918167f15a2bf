"""Once a second, do what is due: ask series, close rounds, post weekly leaderboards, deliver messages.

One timer is enough, because everything due is in the database: nothing is lost with a process, and work that
another process or the command line leaves there is done within a second.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.domain.errors import QuizbotError
from bot.domain.identity import NightId, RoundId, SeriesId, SpaceId
from bot.ports import Lane, Messenger, Unit
from bot.services.banks import importing, unfinished
from bot.services.core import Core
from bot.services.forgetting import forget_deletions, forget_departed
from bot.services.night import move_on
from bot.services.platforms.delivery import deliver, show_counts, waiting_lanes
from bot.services.rounds.closing import close_round
from bot.services.rounds.reminding import remind, rounds_to_remind_of
from bot.services.series.series import ask_due
from bot.services.standings.digests import send_digests, spaces_to_digest
from bot.services.standings.weekly_post import post_week

TICK_S = 1
SWEEP = timedelta(hours=1)
"""How often expired data is deleted, and its bytes are wiped from the database's files."""
SIDE_BY_SIDE = 16
"""How many due series or rounds are handled at once."""
CLAIMS_AT_ONCE = {Lane.CHANNELS: 3, Lane.DIRECT: 1}
"""How many claims of each lane are delivered at once, so that one slow message doesn't stop the others."""

T = TypeVar("T", SeriesId, RoundId, NightId, SpaceId)

_log = structlog.get_logger(__name__)


class Runner:
    """The heartbeat of one process, for the platforms that it serves."""

    def __init__(
        self,
        core: Core,
        messengers: Mapping[str, Messenger],
        *,
        worker: str,
        grace: timedelta,
        retention: timedelta = timedelta(days=30),
    ) -> None:
        """Set up without starting; from now on, commands know which platforms this process serves.

        Args:
            core: storage, clock and everything else that use cases need.
            messengers: the platforms that this process serves, by name.
            worker: the name under which this process claims messages.
            grace: how late a daily question may still be asked.
            retention: how long the data of a space that the bot left is kept.
        """
        self._core = core
        self._messengers = messengers
        core.serves.update(messengers)
        self._worker = worker
        self._grace = grace
        self._retention = retention
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._sweeps_at = core.clock.now()
        self._stopping = False
        self._under_way = dict.fromkeys(Lane, 0)
        self._tasks: list[asyncio.Task[None]] = []
        self._taking_up = asyncio.Lock()
        self._beaten = asyncio.Event()
        self._taken_up_until = core.clock.now()

    def start(self) -> None:
        """Start doing what is due."""
        # Without this, a busy morning would log every second that the beat before is still running.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        self._scheduler.add_job(
            self._beat,
            IntervalTrigger(seconds=TICK_S),
            coalesce=True,  # after a delay, one tick does everything that has become due
            max_instances=1,
            misfire_grace_time=None,  # by default, a tick that comes a second late would be dropped
        )
        self._scheduler.start()
        self._tasks = [
            asyncio.create_task(self._deliver_when_woken(), name="delivery"),
            asyncio.create_task(self._tell_when_woken(), name="weeks"),
        ]

    async def stop(self) -> None:
        """Finish the current turn, then stop."""
        self._stopping = True
        self._core.wake()
        self._beaten.set()
        await asyncio.gather(*self._tasks)
        async with self._taking_up:  # first, because the shutdown cancels a running beat
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Do everything that is due now, and deliver all waiting messages."""
        await self._beat()
        await self._tell_weeks()
        await self._deliver_all()

    async def _beat(self) -> None:
        """Run one beat. Delivery and weekly posts run separately, so no question waits for thousands of them."""
        if self._stopping:
            return
        now = self._core.clock.now()
        async with self._taking_up, _next_tick_tries_again("tick"):
            await self._take_up_due(now)
            self._taken_up_until = now
        self._beaten.set()
        self._core.wake()

    async def _tell_weeks(self) -> None:
        """Post weekly leaderboards and send digests, after closing what ends at the same moment: that counts, too."""
        async with _next_tick_tries_again("weeks"):
            until, adapters = self._taken_up_until, list(self._messengers)
            due = await self._core.storage.read(lambda unit: unit.spaces.weekly_due(until, adapters))
            await self._each("week", due, self._tell)
            await self._each("digest", await spaces_to_digest(self._core, adapters), self._digest)

    async def _tell_when_woken(self) -> None:
        while not self._stopping:
            await self._beaten.wait()
            self._beaten.clear()
            await self._tell_weeks()

    async def _tell(self, space_id: SpaceId) -> None:
        await post_week(self._core, space_id)

    async def _digest(self, space_id: SpaceId) -> None:
        await send_digests(self._core, space_id)

    async def _take_up_due(self, now: datetime) -> None:
        core, adapters = self._core, list(self._messengers)
        due = await core.storage.read(lambda unit: _due(unit, now, adapters))
        await self._each("series", due.series, self._ask)
        await self._each("round", due.rounds, self._close)
        await self._each("night", due.nights, self._move_on)
        await self._each("reminder", due.reminders, self._remind)
        if now >= self._sweeps_at:
            self._sweeps_at = now + SWEEP
            await forget_departed(core, self._retention)
            await forget_deletions(core)
            await unfinished.forget_old(core)
            await importing.forget_old(core)
            await core.storage.wipe()
        await show_counts(core, self._messengers)

    async def _each(self, what: str, ids: Sequence[T], take_up: Callable[[T], Awaitable[None]]) -> None:
        """Handle items side by side, because some must ask their platform first; a slow one delays only a few others.

        Ten thousand items may be due, and so many tasks at once would block the event loop: so a few tasks handle one
        item after the other. They also let the bot stop before all items are handled.
        """
        waiting = iter(ids)

        async def in_turn() -> None:
            for number in waiting:
                if self._stopping:
                    return
                async with _next_tick_tries_again(what, id=number):
                    await take_up(number)

        await asyncio.gather(*(in_turn() for _ in ids[:SIDE_BY_SIDE]))

    async def _ask(self, series_id: SeriesId) -> None:
        await ask_due(self._core, series_id, self._grace)

    async def _move_on(self, night_id: NightId) -> None:
        await move_on(self._core, night_id)

    async def _remind(self, round_id: RoundId) -> None:
        await remind(self._core, round_id)

    async def _close(self, round_id: RoundId) -> None:
        await close_round(self._core, round_id)

    async def _deliver_all(self) -> None:
        async with _next_tick_tries_again("delivery"):
            for lane in await waiting_lanes(self._core, self._messengers):
                while await self._deliver(lane):
                    pass

    async def _deliver_when_woken(self) -> None:
        async with asyncio.TaskGroup() as claims:
            while not self._stopping:
                await self._core.waiting.wait()
                self._core.waiting.clear()
                async with _next_tick_tries_again("delivery"):
                    for lane in await waiting_lanes(self._core, self._messengers):
                        if self._under_way[lane] < CLAIMS_AT_ONCE[lane]:
                            self._under_way[lane] += 1
                            claims.create_task(self._deliver_beside(lane))

    async def _deliver_beside(self, lane: Lane) -> None:
        try:
            claimed = await self._deliver(lane)
        finally:  # even if a messenger's library cancels it: the group would say nothing, and the lane stay taken
            self._under_way[lane] -= 1
        if claimed:
            self._core.wake()  # messages may have come while the lane had no room for another claim

    async def _deliver(self, lane: Lane) -> int:
        async with _next_tick_tries_again("delivery"):
            return 0 if self._stopping else await deliver(self._core, self._messengers, self._worker, lane)
        return 0


class _Due(NamedTuple):
    series: list[SeriesId]
    rounds: list[RoundId]
    nights: list[NightId]
    reminders: list[RoundId]


async def _due(unit: Unit, now: datetime, adapters: Collection[str]) -> _Due:
    """Read all that is due in one transaction: each process does so every second."""
    return _Due(
        series=await unit.schedules.due(now, adapters),
        rounds=await unit.rounds.due_to_close(now, adapters),
        nights=await unit.nights.going_on(adapters),
        reminders=await rounds_to_remind_of(unit, now, adapters),
    )


@asynccontextmanager
async def _next_tick_tries_again(what: str, **about: int) -> AsyncIterator[None]:
    """Log an item's error, so that it doesn't stop the other items."""
    try:
        yield
    except QuizbotError as error:
        _log.warning("put_off", what=what, reason=str(error), **about)
    except Exception:  # noqa: BLE001 - whatever went wrong, the next tick must come
        _log.exception("failed", what=what, **about)
