"""Handle messages and channels that are gone: their rounds close properly, and hosts hear of it once."""

from datetime import datetime
from functools import partial

import structlog

from bot.domain.identity import RoundId, Space, SpaceId
from bot.ports import Post, PostKind, Unit
from bot.rendering.notices import channel_parked, not_posted
from bot.services.acting import note
from bot.services.core import Core
from bot.services.rounds.asking import result_key
from bot.services.rounds.closing import close, end
from bot.services.rounds.last_look import LastLook, look
from bot.services.telling import tell_hosts

_log = structlog.get_logger(__name__)


async def message_gone(core: Core, space: Space, channel: str, message_ref: str) -> None:
    """Handle a deleted message, whoever wrote it: if it was an open question, its round closes with its result."""
    post = await core.storage.read(lambda unit: unit.outbox.at_message(space.id, channel, message_ref))
    if post is None or post.round_id is None or post.kind is not PostKind.QUESTION:
        return
    await core.write_and_deliver(partial(_close, key=post.key, round_id=post.round_id, now=core.clock.now()))


async def _close(unit: Unit, key: str, round_id: RoundId, now: datetime) -> None:
    """Close the round from its stored answers alone, because the reactions are gone with the message."""
    await close(unit, round_id, now)
    await unit.outbox.failed(key, "deleted", None)


async def post_lost(core: Core, space: Space, post: Post, reason: str) -> None:
    """Handle a message that a locked thread doesn't take: hosts are told each time, and the channel's series go on.

    A question's round ends, because nobody can answer it. ``reason`` says in words what to do.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> None:
        if post.kind is PostKind.QUESTION and post.round_id is not None:
            await close(unit, post.round_id, now)
            for key in (post.key, result_key(post.round_id)):
                await unit.outbox.failed(key, reason, None)
        here = await unit.schedules.all(space.id, post.channel)
        await tell_hosts(core, unit, space.id, partial(not_posted, reason, here))

    await core.write_and_deliver(work)


async def group_gone(core: Core, space: Space, group: str) -> None:
    """Handle a deleted group of the platform: it is host no more, and plays for no team."""

    async def work(unit: Unit) -> None:
        await unit.hosts.remove_group(space.id, group)
        await unit.people.map_group(space.id, group, None)

    await core.storage.write(work)


async def channel_gone(core: Core, space: Space, channel: str, reason: str) -> None:
    """Give up a channel in which the bot can't post: its series pause, its rounds end, and the hosts are told once.

    A weekly leaderboard that was set to this channel comes elsewhere from now on.

    ``reason`` says in words what is missing. A second call finds nothing running and tells nobody; nor does a call
    after somebody has asked for another question there.
    """
    asked = await core.storage.read(lambda unit: unit.rounds.open_in(space.id, channel))
    # The message below says what to fix in the channel, so the rounds needn't.
    looks = {round_id: LastLook(again=seen.again) for round_id, seen in (await look(core, asked)).items()}

    async def work(unit: Unit) -> None:
        here = await unit.spaces.find(space.id)
        if here is None or here.left_at is not None:
            return  # the bot was removed: if it is added again, its series go on
        running = [s for s in await unit.schedules.all(space.id, channel) if not s.paused]
        open_rounds = await unit.rounds.open_in(space.id, channel)
        for series in running:
            await unit.schedules.set_next(series.id, None)
        for round_ in open_rounds:
            await end(core, unit, round_, looks)
        await unit.nights.give_up(space.id, channel, core.clock.now())
        await unit.outbox.give_up_in(space.id, channel, reason)
        weekly = await _move_weekly(unit, space.id, channel)
        if weekly or running or (open_rounds and not await unit.spaces.was_closed(space.id, channel)):
            await _tell(core, unit, space.id, channel, reason)

    await core.write_and_deliver(work)


async def _move_weekly(unit: Unit, space_id: SpaceId, channel: str) -> bool:
    """Move the weekly leaderboard from this channel to where questions are asked; False if it wasn't set to it."""
    space = await unit.spaces.find(space_id)
    if space is None or space.weekly_channel != channel:
        return False
    await unit.spaces.set_weekly_channel(space_id, None)
    return True


async def _tell(core: Core, unit: Unit, space_id: SpaceId, channel: str, reason: str) -> None:
    _log.warning("channel_parked", space_id=space_id, channel=channel, reason=reason)
    await unit.spaces.add_closed_channel(space_id, channel)
    await note(core, unit, "channel parked", f"space {space_id}", f"{channel}: {reason}")
    await tell_hosts(core, unit, space_id, partial(channel_parked, reason))
