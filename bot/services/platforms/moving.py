"""Go on in a channel whose id has changed."""

from bot.domain.identity import Space
from bot.services.core import Core


async def channel_moved(core: Core, space: Space, old: str, new: str) -> None:
    """Let everything that was in one channel be in another: the platform has given the same channel a new id."""
    await core.storage.write(lambda unit: unit.spaces.move_channel(space.id, old, new))
