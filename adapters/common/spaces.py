"""The spaces of one platform, remembered: everything that comes in asks for one."""

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
    """Looks spaces up by the platform's id and by the core's."""

    def __init__(
        self, app: Application, adapter: str, *, lasts: float = math.inf, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Nothing is known yet.

        Args:
            app: where spaces are stored.
            adapter: the adapter's name.
            lasts: for how many seconds what was looked up is trusted, where other processes may change it.
            now: a clock in seconds.
        """
        self._app = app
        self._adapter = adapter
        self._by_outside: TTLCache[str, Space] = TTLCache(_MOST_KEPT, lasts, timer=now)
        self._by_id: TTLCache[SpaceId, Space] = TTLCache(_MOST_KEPT, lasts, timer=now)
        self._turns = Turns()

    async def of(self, external_id: str) -> Space | None:
        """The space that a server or workspace is, also one that the bot has left; None where it never arrived."""
        if (known := self._by_outside.get(external_id)) is not None:
            return known
        async with self._turns.of(external_id):  # of those who ask at once, the first one looks for all
            if (known := self._by_outside.get(external_id)) is not None:
                return known
            found = await self._app.storage.read(lambda unit: unit.spaces.known_as(self._adapter, external_id))
            if found is not None:
                self._keep(found)
            return found

    async def by_id(self, space_id: SpaceId) -> Space:
        """One space.

        Raises:
            LookupError: there is none.
        """
        if (known := self._by_id.get(space_id)) is not None:
            return known

        found = await self._app.storage.read(lambda unit: unit.spaces.get(space_id))
        self._keep(found)
        return found

    async def present(self) -> list[Space]:
        """Where the bot is, as far as the core knows."""
        return await spaces_of(self._app, self._adapter)

    async def arrive(self, external_id: str, name: str, *, welcome_in: str | None = None) -> Space:
        """The bot is in a server or workspace (again); it says hello in a channel where there is one for that."""
        zone = self._app.settings.zone
        space = await arrive(self._app, self._adapter, external_id, name, zone=zone, channel=welcome_in)
        self._keep(space)
        return space

    async def depart(self, external_id: str) -> None:
        """The bot is no longer in a server or workspace."""
        self.forget(external_id)
        await depart(self._app, self._adapter, external_id)

    def forget(self, external_id: str) -> None:
        """What is known of a space may have changed."""
        if (known := self._by_outside.pop(external_id, None)) is not None:
            self._by_id.pop(known.id, None)

    def _keep(self, space: Space) -> None:
        if space.left_at is None:  # it may be invited again, and another process notice that first
            self._by_outside[space.external_id] = space
            self._by_id[space.id] = space
