"""The servers that the bot is in, as the core knows them."""

from bot.application import Application
from bot.domain.identity import Space, SpaceId
from bot.ports import Unit
from bot.services.platforms.arriving import arrive, depart, spaces_of
from bot.services.turns import Turns

ADAPTER = "discord"


class Spaces:
    """Looks spaces up, and remembers them: every click needs one."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._by_guild: dict[str, Space] = {}
        self._by_id: dict[SpaceId, Space] = {}
        self._turns = Turns()

    async def of(self, guild: str) -> Space | None:
        """The space that a server is; None where the bot hasn't arrived."""
        if guild in self._by_guild:
            return self._by_guild[guild]
        async with self._turns.of(guild):  # of the clicks that come at once, the first one looks for all
            if guild not in self._by_guild:
                self._keep(await self._app.storage.read(lambda unit: unit.spaces.find(ADAPTER, guild)))
        return self._by_guild.get(guild)

    async def by_id(self, space_id: SpaceId) -> Space:
        """One space."""
        if space_id not in self._by_id:

            async def read(unit: Unit) -> Space:
                found = await unit.spaces.get(space_id)
                if found is None:
                    raise LookupError(f"there is no space {space_id}")
                return found

            self._keep(await self._app.storage.read(read))
        return self._by_id[space_id]

    async def present(self) -> list[Space]:
        """Where the bot is, as far as the core knows."""
        return await spaces_of(self._app, ADAPTER)

    async def arrive(self, guild: str, name: str, *, welcome_in: str | None) -> Space:
        """The bot is in a server."""
        space = await arrive(self._app, ADAPTER, guild, name, zone=self._app.settings.zone, channel=welcome_in)
        self._keep(space)
        return space

    async def depart(self, guild: str) -> None:
        """The bot is no longer in a server."""
        if known := self._by_guild.pop(guild, None):
            self._by_id.pop(known.id, None)
        await depart(self._app, ADAPTER, guild)

    def _keep(self, space: Space | None) -> None:
        if space is not None:
            self._by_guild[space.external_id] = space
            self._by_id[space.id] = space
