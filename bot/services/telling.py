"""Post messages that the bot sends by itself, and that no later message replaces, in the language of the space."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from bot.domain.identity import SpaceId
from bot.domain.views import MessageView
from bot.i18n import use_language
from bot.ports import HOSTS, Post, Unit
from bot.services.core import Core


async def in_language_of(unit: Unit, space_id: SpaceId) -> AbstractContextManager[None]:
    """Return a block in which the language of a space is spoken, for rendering what everybody there reads."""
    return use_language((await unit.spaces.get(space_id)).language)


async def tell(
    core: Core,
    unit: Unit,
    space_id: SpaceId,
    channel: str,
    render: Callable[[], MessageView],
    *,
    private_to: str | None = None,
) -> None:
    """Post what ``render`` returns in a channel of a space, to all or to one member, in the caller's transaction."""
    with await in_language_of(unit, space_id):
        view = render()
    key, now = f"n{core.ids.next()}", core.clock.now()
    await unit.outbox.put(
        Post(key=key, space_id=space_id, channel=channel, view=view, posted_at=now, private_to=private_to)
    )


async def tell_hosts(core: Core, unit: Unit, space_id: SpaceId, render: Callable[[], MessageView]) -> None:
    """Tell the hosts of a space what ``render`` returns, in the caller's transaction."""
    await tell(core, unit, space_id, HOSTS, render)
