"""Plays a seed through, step by step, and stops at the first thing that is wrong."""

import asyncio
import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from bot.testing import FakeClock
from tests.simulation.actions import Actions, Step
from tests.simulation.judge import Judge
from tests.simulation.loop import Killed, SimulatedLoop, forgotten, no_threads, running_on
from tests.simulation.platform import FINAL
from tests.simulation.world import PLATFORMS, STARTS, World

STEPS = 30
_LEAPS_S = (0, 0, 0.2, 1, 1, 5, 9, 30, 120, 900, 3_600, 4 * 3_600, 11 * 3_600, 30 * 3_600)
_LEAP_ODDS = (6, 6, 4, 6, 6, 5, 5, 4, 4, 4, 4, 3, 2, 1)
_SHOWN = 40


class Failed(AssertionError):
    """A seed that shows something wrong, with what happened last and how to see it again."""

    def __init__(self, seed: int, world: World) -> None:
        lines = [f"seed {seed}: {world.wrong[0]}", "", *world.trace[-_SHOWN:], ""]
        lines += [f"- {wrong}" for wrong in world.wrong[:10]]
        super().__init__("\n".join([*lines, f"again: python -m tests.simulation {seed}"]))
        self.seed = seed
        self.wrong = world.wrong


def play(seed: int, migrated: Path, steps: int = STEPS) -> list[str]:
    """Play a seed on a copy of a migrated file; all that happened, in order.

    Raises:
        Failed: something is wrong.
    """
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder, forgotten():
        file = Path(folder) / "quizbot.db"
        shutil.copy(migrated, file)
        return _play(seed, file, steps)


def _play(seed: int, file: Path, steps: int) -> list[str]:
    clock = FakeClock(STARTS)
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # of what killed processes leave open
    world = World(seed, file, clock)
    loop = SimulatedLoop(clock)
    loop.set_exception_handler(partial(unheard, world))
    asyncio.set_event_loop(loop)
    try:
        with no_threads(), heard(world):
            loop.run_until_complete(_live(world, steps))
    except Exception as error:
        if not world.wrong:
            world.violates(f"the simulation ended in {error!r}")
            raise Failed(seed, world) from error
    finally:
        for process in world.processes:
            process.machine.bury()
        world.evidence.close()
        asyncio.set_event_loop(None)
        loop.close()
    if world.wrong:
        raise Failed(seed, world)
    return world.trace


def unheard(world: World, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An error that nobody waited for: wrong, unless a dead process leaves it behind."""
    machine, error = running_on.get(), context.get("exception")
    if machine is not None and not machine.dead and not isinstance(error, Killed):
        world.violates(f"{machine.name}: {context['message']}: {error!r}")


def in_memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of our own in it


async def _live(world: World, steps: int) -> None:
    await world.build()
    actions, judge = Actions(world), Judge(world)
    for number in range(steps):
        if number == steps - 5:
            world.calm()
        _come_and_go(world, dying=number < steps - 5)
        world.note(f"step {number}")
        kill = number < steps - 5 and world.random.random() < 0.06
        await _step(world, actions.some(), kill=kill)
        step, actions.step = actions.step, Step()
        judge.looks(step)
        if world.wrong:
            break
        actions.rush = _leap(world)
    else:
        await _end(world, actions, judge)
    for process in world.alive:
        await process.stop()


def _leap(world: World) -> bool:
    """Let time go by; True where it stops at a moment at which a round must close, and everybody hurries."""
    now = world.clock.now()
    opened = [r for r in world.model.rounds.values() if r.closed_at is None and r.closes_at is not None]
    waiting = [r for r in opened if r.at_close] or opened
    coming = [r.closes_at for r in waiting if r.closes_at > now]
    if coming and world.random.random() < 0.2:
        world.clock.set(min(coming) + timedelta(seconds=world.random.choice((-0.01, 0, 0.01))))
        return True
    lasting = _LEAPS_S[:-4] if world.cramming else _LEAPS_S
    (leap,) = world.random.choices(lasting, _LEAP_ODDS[: len(lasting)])
    world.clock.advance(timedelta(seconds=leap))
    return False


def _come_and_go(world: World, *, dying: bool) -> None:
    alive = world.alive
    if not alive or (len(alive) == 1 and world.random.random() < 0.15):
        serves = PLATFORMS if not alive else PLATFORMS[: world.random.randint(1, 2)]
        world.boot(*serves)
    elif len(alive) > 1 and dying and world.random.random() < 0.1:
        victim = world.random.choice(alive)
        victim.machine.kill()
        world.note(f"{victim.machine.name} is killed")


async def _step(world: World, actions: list, *, kill: bool) -> None:
    loop = asyncio.get_running_loop()
    if kill:
        victim = world.random.choice(world.alive)

        def die() -> None:
            if not victim.machine.dead:
                world.note(f"{victim.machine.name} is killed")
                victim.machine.kill()

        loop.call_later(world.random.choice((1e-4, 1e-3, 1e-2, 0.1, 0.5)), die)

    async def soon(action) -> None:
        await asyncio.sleep(world.random.choice((0, 1e-5, 1e-4, 1e-3, 1e-2)))
        if world.alive:
            await action
        else:
            action.close()

    await asyncio.gather(*(soon(action) for action in actions))


async def _end(world: World, actions: Actions, judge: Judge) -> None:
    """Nothing fails any more: what is owed must come."""
    if not any(len(process.lines) == len(PLATFORMS) for process in world.alive):
        world.boot(*PLATFORMS)
    for _ in range(60):
        world.clock.advance(timedelta(minutes=4))
        for process in world.alive:
            await process.does(process.runner.tick())
        if not any(row["waiting"] for row in world.evidence.posts()):
            break
    await actions.verifies()
    step, actions.step = actions.step, Step()
    judge.looks(step)
    for row in world.evidence.posts():
        shown = world.platforms[row["adapter"]].shown.get(row["key"])
        given_up = not row["waiting"] and row["problem"] in {*FINAL, "deleted"}
        if not given_up and (shown is None or shown.version != row["version"]):
            world.violates(
                f"{row['key']} never came: version {row['version']} waits, {shown and shown.version} is shown"
            )


@contextlib.contextmanager
def heard(world: World) -> Iterator[None]:
    """Whatever the program logs as an error is wrong, unless it comes from a dead process."""

    def listen(_logger: Any, level: str, event: dict[str, Any]) -> dict[str, Any]:
        machine = running_on.get()
        if machine is not None and not machine.dead:
            if "put_off" in event["event"]:
                world.put_off[machine.name] += 1
            elif level in {"error", "critical"} and event["event"] != "answer_refused":
                world.violates(f"{machine.name} logs {event}")
        raise structlog.DropEvent

    processors = structlog.get_config()["processors"]
    kept = list(processors)
    processors[:] = [structlog.processors.format_exc_info, listen]
    try:
        yield
    finally:
        processors[:] = kept
