"""A cache of one platform's spaces, because every incoming event looks one up."""

import math
import time
from collections.abc import Callable

from cachetools import TTLCache

from bot.application import Application
from bot.domain.identity import Space, SpaceId
from bot.services.platforms.arriving import arrive, depart, spaces_of
from bot.services.turns import Turns

_MOST_KEPT = 20_000


class Spaces:
    """Finds spaces by the platform's id and by the core's id."""

    def __init__(
        self, app: Application, adapter: str, *, lasts: float = math.inf, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Start with an empty cache.

        Args:
            app: where spaces are stored.
            adapter: the adapter's name.
            lasts: how many seconds a cached space is trusted, if other processes may change it.
            now: a clock in seconds.
        """
        self._app = app
        self._adapter = adapter
        self._by_outside: TTLCache[str, Space] = TTLCache(_MOST_KEPT, lasts, timer=now)
        self._by_id: TTLCache[SpaceId, Space] = TTLCache(_MOST_KEPT, lasts, timer=now)
        self._turns = Turns()

    async def of(self, external_id: str) -> Space | None:
        """Return the space of a server or workspace, even if the bot has left it; None if the bot was never there."""
        try:
            return self._by_outside[external_id]  # every click asks, and `get` takes twice as long
        except KeyError:
            pass
        async with self._turns.of(external_id):  # when several ask at once, the first one looks it up for all
            if (known := self._by_outside.get(external_id)) is not None:
                return known
            found = await self._app.storage.read(lambda unit: unit.spaces.known_as(self._adapter, external_id))
            if found is not None:
                self._keep(found)
            return found

    async def by_id(self, space_id: SpaceId) -> Space:
        """Return the space with this id.

        Raises:
            LookupError: there is none.
        """
        if (known := self._by_id.get(space_id)) is not None:
            return known

        found = await self._app.storage.read(lambda unit: unit.spaces.get(space_id))
        if found.left_at is None:  # not by its outside id: the bot may be leaving it right now
            self._by_id[space_id] = found
        return found

    async def present(self) -> list[Space]:
        """List the spaces that the bot is in, as far as the core knows."""
        return await spaces_of(self._app, self._adapter)

    async def arrive(
        self, external_id: str, name: str, *, welcome_in: str | None = None, welcomes: bool = True
    ) -> Space:
        """Record that the bot joined a server or workspace (again); see `bot.services.platforms.arriving.arrive`.

        It says hello in ``welcome_in``, if given.
        """
        space = await arrive(
            self._app,
            self._adapter,
            external_id,
            name,
            zone=self._app.settings.zone,
            channel=welcome_in,
            welcomes=welcomes,
        )
        self._keep(space)
        return space

    async def depart(self, external_id: str) -> None:
        """Record that the bot has left a server or workspace."""
        async with self._turns.of(external_id):  # nobody who looks it up meanwhile keeps it as it was
            self.forget(external_id)
            await depart(self._app, self._adapter, external_id)

    def forget(self, external_id: str) -> None:
        """Drop a space from the cache, because it may have changed."""
        if (known := self._by_outside.pop(external_id, None)) is not None:
            self._by_id.pop(known.id, None)

    def _keep(self, space: Space) -> None:
        if space.left_at is None:  # it may be invited again, and another process notice that first
            self._by_outside[space.external_id] = space
            self._by_id[space.id] = space
