"""The platforms: slow, sometimes failing, and watched."""

import asyncio
from collections.abc import Callable
from random import Random

from bot.ports import Forbidden, Gone, MessengerError, OutcomeUnknown, Post, RateLimited
from bot.testing import FakeMessenger
from tests.simulation.loop import Machine

_SLOWEST_S = 1.4
"""There and back stays below what delivery allows one post to take."""

FINAL = {"missing permission": Forbidden, "unknown channel": Gone}
"""What a message is given up for."""

Watch = Callable[[str, Post], None]


class Line:
    """One process's way to one platform; ``lost`` are the messages that it said are gone, or may not be there."""

    def __init__(self, platform: FakeMessenger, machine: Machine, watch: Watch, random: Random, faults: float) -> None:
        self._platform = platform
        self._machine = machine
        self._watch = watch
        self._random = random
        self.faults = faults
        self.lost: list[tuple[type[MessengerError], Post]] = []

    async def post(self, post: Post) -> str:
        return await self._travel("post", post, lambda: self._platform.post(post))

    async def find(self, post: Post) -> str | None:
        return await self._travel("find", post, lambda: self._platform.find(post))

    async def edit(self, post: Post) -> None:
        await self._travel("edit", post, lambda: self._platform.edit(post))

    async def show_count(self, post: Post, answered: int) -> None:
        await self._travel("count", post, lambda: self._platform.show_count(post, answered))

    async def reactions(self, _post: Post) -> None:
        """Here a reaction is the stored answer itself, as in the web room."""

    async def _travel(self, verb: str, post: Post, do: Callable):
        await asyncio.sleep(self._delay())
        self._machine.alive()
        if self._random.random() < self.faults:
            error, after_doing = self._trouble()
            if isinstance(error, (Forbidden, Gone)):
                self.lost.append((type(error), post))
            self._platform.fail_next(error, after_doing=after_doing)
        self._watch(verb, post)
        try:
            result, error = await do(), None
        except MessengerError as raised:
            result, error = None, raised
        await asyncio.sleep(self._delay())
        self._machine.alive()
        if error is not None:
            raise error
        return result

    def _delay(self) -> float:
        return self._random.choice((0.0, 0.001, 0.02, 0.3, _SLOWEST_S))

    def _trouble(self) -> tuple[MessengerError, bool]:
        kind = self._random.randrange(10)
        if kind < 4:
            return OutcomeUnknown("connection lost"), bool(kind % 2)
        if kind < 8:
            return RateLimited(self._random.choice((0.5, 3.0, 40.0))), False
        reason = self._random.choice(list(FINAL))
        return FINAL[reason](reason), False
