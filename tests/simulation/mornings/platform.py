"""A platform that counts how often each message was posted, and each process's way to it."""

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

from bot.ports import MessengerError, OutcomeUnknown, Post, RateLimited
from tests.simulation.loop import Machine
from tests.simulation.mornings.loop import nobody

PATIENCE_S = 3.5
"""How long an adapter waits for a reply: shorter than delivery's hold on a message."""
_DELAYS_S = (0.01, 0.01, 0.05, 0.2, 0.8, 1.6)


class Platform:
    """See the module; where it ``knows_keys``, a key that comes again is no second message, as Discord has it."""

    def __init__(self, name: str, *, knows_keys: bool) -> None:
        self.name = name
        self.posted: Counter[str] = Counter()
        self.under_way: list[asyncio.Task[None]] = []
        self.posting: Counter[str] = Counter()
        """How many requests to post each message are under way."""
        self._knows_keys = knows_keys
        self._references: dict[str, str] = {}

    def post(self, post: Post) -> str:
        if not (self._knows_keys and post.key in self._references):
            self.posted[post.key] += 1
            self._references.setdefault(post.key, f"{self.name}-{len(self._references) + 1}")
        return self._references[post.key]

    def find(self, post: Post) -> str | None:
        return self._references.get(post.key)

    def edit(self, post: Post) -> None:
        assert post.message_ref == self._references.get(post.key), f"{post.key} is edited as {post.message_ref}"


class Line:
    """`bot.ports.Messenger` of one process: what it sent arrives even if the process dies, a reply may not."""

    def __init__(
        self,
        platform: Platform,
        machine: Machine,
        point: Callable[[str], None],
        note: Callable[[str], None],
        random: Random,
        faults: float,
    ) -> None:
        self._platform = platform
        self._machine = machine
        self._point = point
        self._note = note
        self._random = random
        self.faults = faults

    async def post(self, post: Post) -> str:
        self._point("sends")
        self._platform.posting[post.key] += 1
        try:
            return await self._asks("post", post, self._posts)
        finally:
            self._platform.posting[post.key] -= 1

    def _posts(self, post: Post) -> str:
        reference = self._platform.post(post)
        if not self._machine.dead:
            self._point("is posted")
        return reference

    async def find(self, post: Post) -> str | None:
        return await self._asks("find", post, self._platform.find)

    async def edit(self, post: Post) -> None:
        await self._asks("edit", post, self._platform.edit)

    async def show_count(self, _post: Post, _answered: int) -> None:
        """Nobody answers here."""

    async def reactions(self, _post: Post) -> None:
        """Nobody reacts here."""

    async def _asks(self, verb: str, post: Post, do: Callable):
        self._machine.alive()
        self._note(f"{self._machine.name}: {verb} {post.key} v{post.version}")
        loop = asyncio.get_running_loop()
        reply = loop.create_future()
        with nobody():
            self._platform.under_way.append(loop.create_task(self._travels(partial(do, post), reply)))
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await reply
        except TimeoutError:
            raise OutcomeUnknown("no reply") from None

    async def _travels(self, do: Callable, reply: asyncio.Future) -> None:
        await asyncio.sleep(self._random.choice(_DELAYS_S))
        trouble = self._trouble() if self._random.random() < self.faults else None
        result, error = None, trouble
        if trouble is None or (isinstance(trouble, OutcomeUnknown) and self._random.random() < 0.5):
            result = do()
        if error is not None and self._random.random() < 0.3:
            return  # it says nothing at all
        await asyncio.sleep(self._random.choice(_DELAYS_S))
        if reply.done():
            return
        if error is None:
            reply.set_result(result)
        else:
            reply.set_exception(error)

    def _trouble(self) -> MessengerError:
        if self._random.random() < 0.2:
            return RateLimited(self._random.choice((0.5, 3.0, 40.0)))
        return OutcomeUnknown("the platform says 500")
