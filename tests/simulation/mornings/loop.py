"""The simulation's event loop, on which a process may also stand still, or speak to a real database."""

import asyncio
import contextlib
import selectors
from collections.abc import Callable, Iterator
from contextvars import Context

from bot.testing import FakeClock
from tests.simulation.loop import Leaping, Machine, SimulatedLoop, running_on

_REAL_PATIENCE_S = 0.05


class _Listening(Leaping):
    """Lets no time pass while a database is at work."""

    def __init__(self, clock: FakeClock, at_work: Callable[[], bool]) -> None:
        super().__init__(clock)
        self._at_work = at_work

    def select(self, timeout: float | None = None) -> list:
        if not self._at_work():
            return super().select(timeout)
        events = selectors.SelectSelector.select(self, 0 if timeout == 0 else _REAL_PATIENCE_S)
        return events if events or timeout is None else super().select(timeout)


class MorningLoop(SimulatedLoop):
    """A loop on which each process may stall as if its own loop were blocked: what it would do meanwhile waits."""

    def __init__(self, clock: FakeClock, at_work: Callable[[], bool]) -> None:
        """Nothing stalls yet.

        Args:
            clock: the true time.
            at_work: whether a database on the other end of a socket has something to do.
        """
        self._stalled: dict[Machine | None, list[asyncio.Handle]] = {}
        super().__init__(clock, _Listening(clock, at_work))

    def stall(self, machine: Machine, seconds: float) -> None:
        """Let a process do nothing for so long; what it has sent goes on without it."""
        if machine not in self._stalled:
            self._stalled[machine] = []
            with nobody():
                self.call_later(seconds, self._resume, machine)

    def _resume(self, machine: Machine) -> None:
        self._ready.extend(self._stalled.pop(machine))

    def call_soon(self, callback, *args, context: Context | None = None) -> asyncio.Handle:
        waiting = self._stalled.get(_machine(context)) if self._stalled else None
        if waiting is None:
            return super().call_soon(callback, *args, context=context)
        handle = asyncio.Handle(callback, args, self, context)
        waiting.append(handle)
        return handle

    def call_at(self, when: float, callback, *args, context: Context | None = None) -> asyncio.TimerHandle:
        def rings() -> None:
            if _machine(context) in self._stalled:
                self.call_soon(rings_late, context=context)
            else:
                callback(*args)

        def rings_late() -> None:
            if not timer.cancelled():
                callback(*args)

        timer = super().call_at(when, rings, context=context)
        return timer


def _machine(context: Context | None) -> Machine | None:
    return running_on.get() if context is None else context.get(running_on)


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    """What is begun in the block is no process's own: nobody's death or stall touches it."""
    token = running_on.set(None)
    try:
        yield
    finally:
        running_on.reset(token)
