"""Storage of hosts; see `bot.ports.storage` for what all storage ports share."""

from typing import Protocol

from bot.domain.hosts import Host
from bot.domain.identity import SpaceId


class Hosts(Protocol):
    """Who was made host, in spaces of every platform."""

    async def of(self, space_id: SpaceId) -> list[Host]:
        """Return the hosts of a space, oldest first."""

    async def add(self, host: Host) -> None:
        """Store a host; its ``since`` replaces an earlier one."""

    async def remove(self, host: Host) -> bool:
        """Remove a host, whatever its ``since``; return whether there was one."""

    async def remove_group(self, space_id: SpaceId, group: str) -> None:
        """Remove a group from the hosts of a space and of all its channels."""
