"""Storage of readings by example; see `bot.ports.storage` for what all storage ports share."""

from typing import Protocol

from bot.domain.identity import SpaceId
from bot.domain.readings import Reading


class Readings(Protocol):
    """Readings by example. A name is unique, case ignored, among those of a space, and among the operator's."""

    async def of(self, space_id: SpaceId | None) -> dict[str, Reading]:
        """Return a space's own readings by name, sorted by name; for None, the operator's."""

    async def keep(self, name: str, reading: Reading, space_id: SpaceId | None) -> None:
        """Store a reading; it replaces the one of the same name."""

    async def drop(self, name: str, space_id: SpaceId | None) -> bool:
        """Delete a reading; return whether there was one."""
