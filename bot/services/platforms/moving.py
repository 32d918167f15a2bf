"""Continue in a channel whose id has changed."""

from bot.domain.identity import Space
from bot.services.core import Core


async def channel_moved(core: Core, space: Space, old: str, new: str) -> None:
    """Move everything from a channel's old id to the new one that the platform has given it."""
    await core.storage.write(lambda unit: unit.spaces.move_channel(space.id, old, new))
