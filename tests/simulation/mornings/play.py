"""Plays the mornings of a seed through, and says what was wrong with them."""

import asyncio
import logging
import shutil
import tempfile
import traceback
from functools import partial
from pathlib import Path

from bot.testing import FakeClock
from tests.simulation.loop import forgotten, no_threads
from tests.simulation.mornings.judge import Judge
from tests.simulation.mornings.loop import MorningLoop
from tests.simulation.mornings.postgres import PostgresMachine, kept_connections
from tests.simulation.mornings.world import Morning
from tests.simulation.play import heard, in_memory, unheard

_SHOWN = 60


class Failed(AssertionError):
    """A seed that shows something wrong, with what happened last and how to see it again."""

    def __init__(self, world: Morning) -> None:
        lines = [f"seed {world.seed}: {world.wrong[0]}", "", *world.trace[-_SHOWN:], ""]
        lines += [f"- {wrong}" for wrong in world.wrong[:10]]
        super().__init__("\n".join([*lines, f"again: python -m tests.simulation.mornings {world.seed}"]))


def play(seed: int, migrated: Path) -> list[str]:
    """Play a seed on a copy of a migrated file; all that happened, in order.

    Raises:
        Failed: something is wrong.
    """
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder, no_threads(), forgotten():
        file = Path(folder) / "quizbot.db"
        shutil.copy(migrated, file)
        return _play(Morning(seed, f"sqlite+aiosqlite:///{file}", FakeClock()))


def play_on_postgres(seed: int, url: str) -> list[str]:
    """The same on a migrated, empty PostgreSQL; what happens at once may come in another order the next time."""
    with kept_connections(), no_threads(), forgotten():
        return _play(Morning(seed, url, FakeClock(), PostgresMachine))


def _play(world: Morning) -> list[str]:
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # of what killed processes leave open
    loop = MorningLoop(world.clock, world.at_work)
    loop.set_exception_handler(partial(unheard, world))
    asyncio.set_event_loop(loop)
    try:
        with heard(world):
            loop.run_until_complete(_live(world))
    except Exception:  # noqa: BLE001 - it is told below
        world.violates(f"the simulation ended in {traceback.format_exc()}")
    finally:
        for process in world.processes:
            process.machine.bury()
        asyncio.set_event_loop(None)
        loop.close()
    if world.wrong:
        raise Failed(world)
    return world.trace


async def _live(world: Morning) -> None:
    await world.build()
    await world.lives()
    for seat in world.seats:
        await seat.process.does(seat.process.runner.stop())
    process = world.seats[0].process
    await process.does(Judge(world, process).looks())
    for seat in world.seats:
        await seat.process.stop()
