"""Post messages that the bot sends by itself, and that no later message replaces."""

from bot.domain.identity import SpaceId
from bot.domain.views import MessageView
from bot.ports import HOSTS, Post, Unit
from bot.services.core import Core


async def tell(
    core: Core, unit: Unit, space_id: SpaceId, channel: str, view: MessageView, *, private_to: str | None = None
) -> None:
    """Post a message in a channel of a space, to all or to one member, in the caller's transaction."""
    key, now = f"n{core.ids.next()}", core.clock.now()
    await unit.outbox.put(
        Post(key=key, space_id=space_id, channel=channel, view=view, posted_at=now, private_to=private_to)
    )


async def tell_hosts(core: Core, unit: Unit, space_id: SpaceId, view: MessageView) -> None:
    """Tell the hosts of a space something, in the caller's transaction."""
    await tell(core, unit, space_id, HOSTS, view)
