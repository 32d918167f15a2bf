"""Post messages that the bot sends by itself, and that no later message replaces, in the language of the space.

`channel_of` says in which channel.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from bot.domain.identity import RoundId, Space, SpaceId
from bot.domain.subscriptions import Subscription
from bot.domain.views import MessageView
from bot.i18n import use_language
from bot.ports import HOSTS, Post, PostKind, Unit
from bot.services.core import Core

PEOPLE_AT_ONCE = 10
"""How many subscribers are told something in one beat: platforms dislike bots that write to many people quickly."""
MOST_WAITING = 20
"""The most direct messages that may wait in a space; no more are added, because they would come late."""


async def in_language_of(unit: Unit, space_id: SpaceId) -> AbstractContextManager[None]:
    """Return a block in which the language of a space is spoken, for rendering what everybody there reads."""
    return use_language((await unit.spaces.get(space_id)).language)


async def channel_of(unit: Unit, space: Space) -> str | None:
    """Return the channel for a space's leaderboards; None if there is none yet.

    It is the channel that was set, else that of the oldest running series, else that of the latest public question.
    """
    if space.weekly_channel is not None:
        return space.weekly_channel
    running = [series for series in await unit.schedules.all(space.id) if not series.paused]
    return running[0].channel if running else await unit.outbox.last_asked_in(space.id)


async def tell(
    core: Core,
    unit: Unit,
    space_id: SpaceId,
    channel: str,
    render: Callable[[], MessageView],
    *,
    private_to: str | None = None,
) -> None:
    """Post what ``render`` returns in a channel of a space, in the caller's transaction.

    With ``private_to``, one member is told it in a direct message instead.
    """
    with await in_language_of(unit, space_id):
        view = render()
    key, now = f"n{core.ids.next()}", core.clock.now()
    await unit.outbox.put(
        Post(
            key=key,
            space_id=space_id,
            channel=channel,
            view=view,
            posted_at=now,
            kind=PostKind.NOTICE if private_to is None else PostKind.DIRECT,
            private_to=private_to,
        )
    )


async def subscribers_at_once(unit: Unit, space_id: SpaceId) -> int:
    """Return how many subscribers of a space may be told something now: none while many direct messages wait there."""
    return min(PEOPLE_AT_ONCE, max(0, MOST_WAITING - await unit.outbox.direct_waiting(space_id)))


async def tell_subscriber(
    core: Core,
    unit: Unit,
    subscription: Subscription,
    channel: str,
    render: Callable[[], MessageView],
    *,
    round_id: RoundId | None = None,
    reply_to: str | None = None,
) -> None:
    """Send a subscriber a direct message with what ``render`` returns in their language, in the caller's transaction.

    It reaches them at most once. If the platform refuses it, that counts for the subscription.

    Args:
        core: its clock and ids.
        unit: the transaction.
        subscription: who is told, and in which language.
        channel: the channel of their space that it comes from.
        render: makes the message.
        round_id: the round that it is about; None: none.
        reply_to: key of the post that it links to; None: none.
    """
    with use_language(subscription.language):
        view = render()
    await unit.outbox.put(
        Post(
            key=f"n{core.ids.next()}",
            space_id=subscription.space_id,
            channel=channel,
            view=view,
            posted_at=core.clock.now(),
            kind=PostKind.DIRECT,
            round_id=round_id,
            reply_to=reply_to,
            private_to=subscription.account,
            language=subscription.language,
        )
    )


async def tell_hosts(core: Core, unit: Unit, space_id: SpaceId, render: Callable[[], MessageView]) -> None:
    """Tell the hosts of a space what ``render`` returns, in the caller's transaction."""
    await tell(core, unit, space_id, HOSTS, render)
