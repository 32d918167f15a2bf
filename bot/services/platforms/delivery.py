"""Deliver the outbox as messages: each exactly once, even if processes die at any moment.

A worker claims a message, then posts it under its stable key. If the worker dies in between, its claim runs out, and
the worker that takes over looks for the key on the platform before posting again.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import chain

import structlog

from bot import metrics
from bot.domain.identity import RoundId, Space, SpaceId
from bot.i18n import use_language
from bot.ports import (
    HOSTS,
    Claim,
    Forbidden,
    Gone,
    Lane,
    Locked,
    Messenger,
    MessengerError,
    Post,
    RateLimited,
    StorageUnavailable,
    Unit,
)
from bot.services.core import Core
from bot.services.platforms.gone import channel_gone, message_gone, post_lost
from bot.services.rounds.asking import question_key
from bot.services.rounds.reminding import is_needless

_RETRY = (timedelta(seconds=2), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))
_MARGIN = timedelta(seconds=4)
"""A worker begins no post on a claim that runs out sooner than this."""
_POSTING_LASTS = timedelta(minutes=1)
SIDE_BY_SIDE = 24
"""How many messages of a claim are under way at once: with a few claims, enough for 50 a second at a second each."""
COUNTED_AT_ONCE = 500
"""How many rounds' answers one query counts: as many ids as every database takes."""

_log = structlog.get_logger(__name__)


async def waiting_lanes(core: Core, messengers: Collection[str]) -> list[Lane]:
    """Return the lanes in which messages wait for these platforms: looking is cheap, but each claim is a write."""
    now = core.clock.now()
    return await core.storage.read(lambda unit: unit.outbox.waiting_lanes(messengers, now))


async def deliver(core: Core, messengers: Mapping[str, Messenger], worker: str, lane: Lane = Lane.CHANNELS) -> int:
    """Claim some of the messages of a lane that wait for these platforms, and post or edit them; return how many.

    Messages of one channel go one after another, in order; channels go side by side.

    Raises:
        StorageUnavailable: the outcome of a message can't be stored now; the message is tried again.
        ExceptionGroup: a messenger raised errors other than its own; those messages are tried again, too.
    """
    now = core.clock.now()
    claimed = await core.storage.write(lambda unit: unit.outbox.claim(list(messengers), worker, now, lane))
    if claimed:
        core.wake()  # more may be left, and these may take long
    channels: dict[tuple[SpaceId, str], list[Claim]] = {}
    for claim in claimed:
        channels.setdefault(_channel(claim.post), []).append(claim)
    room = asyncio.Semaphore(SIDE_BY_SIDE)

    async def deliver_channel(channel: tuple[SpaceId, str]) -> list[Exception]:
        broken = []
        async with core.turns.of(channel), room:
            for claim in channels[channel]:
                if _runs_out(core, claim):
                    break  # the platform is slow: another worker may take over the rest
                try:
                    with use_language(claim.language):
                        await _deliver_one(core, messengers[claim.adapter], claim)
                except Exception as error:  # noqa: BLE001 - raised once the other messages have had their turn
                    broken.append(error)
        return broken

    broken = list(chain.from_iterable(await asyncio.gather(*map(deliver_channel, channels))))
    for unavailable in (error for error in broken if isinstance(error, StorageUnavailable)):
        raise unavailable
    if broken:
        raise ExceptionGroup("messages that a messenger broke on", broken)
    return len(claimed)


def _channel(post: Post) -> tuple[SpaceId, str]:
    """Return what a message is posted in; no channel has the name of a direct one, which begins with ``@``."""
    return post.space_id, f"@{post.private_to}" if post.is_direct else post.channel


def _runs_out(core: Core, claim: Claim) -> bool:
    return core.clock.now() >= claim.until - _MARGIN


async def _deliver_one(core: Core, messenger: Messenger, claim: Claim) -> None:
    """Post or edit one message, and store the outcome."""
    post, tries = claim.post, claim.tries
    if await _is_needless(core, post):
        await core.storage.write(lambda unit: unit.outbox.failed(post.key, "needless by now", None))
        return
    try:
        reference = await _make_true(core, messenger, claim)
    except (Gone, Forbidden, Locked) as error:
        _log.warning("post_given_up", key=post.key, reason=str(error))
        await _give_up(core, post, error)
        await _end(core, post, error)
    except RateLimited as error:
        await _put_off(core, claim, str(error), timedelta(seconds=error.retry_after), untried=True)
    except MessengerError as error:
        _log.warning("post_delayed", key=post.key, reason=str(error), tries=tries)
        await _put_off(core, claim, str(error), _pause(tries))
    except StorageUnavailable:
        raise  # the outcome can't be stored; the claim runs out by itself
    except Exception as error:
        await _put_off(core, claim, repr(error), _pause(tries))
        raise
    else:
        if reference is None:
            _log.info("post_left_to_others", key=post.key)
            return
        await _record_delivery(core, post, reference)


async def _is_needless(core: Core, post: Post) -> bool:
    """Whether a message is a reminder that nobody needs any more."""
    if not post.is_direct or post.round_id is None or post.message_ref is not None:
        return False
    await core.answers.settle()  # an answer on its way counts
    now = core.clock.now()
    return await core.storage.read(lambda unit: is_needless(unit, post, now))


async def _end(core: Core, post: Post, error: MessengerError) -> None:
    """Act on a message that isn't there, or a channel that is closed to the bot or locked."""
    space = await core.storage.read(lambda unit: unit.spaces.find(post.space_id))
    if space is None or post.private_to is not None or post.channel == HOSTS:
        return
    if isinstance(error, Forbidden):
        await channel_gone(core, space, post.channel, str(error))
    elif isinstance(error, Locked):
        if post.message_ref is None:  # what was posted stays as it is
            await post_lost(core, space, post, str(error))
    elif post.message_ref is not None:
        await message_gone(core, space, post.channel, post.message_ref)


def _pause(tries: int) -> timedelta:
    return _RETRY[min(tries, len(_RETRY) - 1)]


async def _make_true(core: Core, messenger: Messenger, claim: Claim) -> str | None:
    """Return the message's id on the platform; None if the claim ran out first, so that another worker may post it."""
    post, reference = claim.post, claim.post.message_ref
    if reference is None:
        post = await _with_reply_ref(core, post)
        reference = await messenger.find(post) if claim.tries else None
    if reference is None:
        return None if _runs_out(core, claim) else await messenger.post(post)
    if post.version > 1:
        await messenger.edit(replace(post, message_ref=reference))
    return reference


async def _with_reply_ref(core: Core, post: Post) -> Post:
    if post.reply_to is None:
        return post
    key = post.reply_to
    answered = await core.storage.read(lambda unit: unit.outbox.find(key))
    return replace(post, reply_ref=answered.message_ref if answered else None)


async def _give_up(core: Core, post: Post, error: MessengerError) -> None:
    metrics.posts.labels("given up").inc()

    async def work(unit: Unit) -> None:
        await unit.outbox.failed(post.key, str(error), None)
        if post.is_direct and post.private_to and isinstance(error, Forbidden):
            await unit.subscriptions.refused(post.space_id, post.private_to)

    await core.storage.write(work)


async def _record_delivery(core: Core, post: Post, reference: str) -> None:
    metrics.posts.labels("delivered").inc()

    async def work(unit: Unit) -> None:
        await unit.outbox.delivered(post.key, post.version, reference)
        if post.is_direct and post.private_to:
            await unit.subscriptions.reached(post.space_id, post.private_to)

    await core.storage.write(work)


async def _put_off(core: Core, claim: Claim, reason: str, after: timedelta, *, untried: bool = False) -> None:
    metrics.posts.labels("put off").inc()
    retry_at = core.clock.now() + after
    await core.storage.write(lambda unit: unit.outbox.put_off(claim, reason, retry_at, untried=untried))


async def show_counts(core: Core, messengers: Mapping[str, Messenger]) -> None:
    """Update the public counts of answers that have changed."""
    changed = list(core.counted)
    for start in range(0, len(changed), COUNTED_AT_ONCE):
        await _show_some(core, messengers, changed[start : start + COUNTED_AT_ONCE])


async def _show_some(core: Core, messengers: Mapping[str, Messenger], changed: Collection[RoundId]) -> None:
    core.counted.difference_update(changed)
    try:
        shown = await core.storage.read(lambda unit: _counts(core, unit, changed))
    except BaseException:
        core.counted.update(changed)
        raise
    for space, post, answered in shown:
        if space.adapter in messengers:
            with use_language(space.language):
                await _show_count(core, messengers[space.adapter], space, post, answered)


async def _counts(core: Core, unit: Unit, round_ids: Collection[RoundId]) -> list[tuple[Space, Post, int]]:
    shown = []
    for round_id, answered in (await unit.rounds.answered(round_ids)).items():
        post = await unit.outbox.find(question_key(round_id))
        space = await unit.spaces.find(post.space_id) if post else None
        if post and space and post.message_ref:
            shown.append((space, post, answered))
        elif post and core.clock.now() - post.posted_at < _POSTING_LASTS:
            core.counted.add(round_id)  # somebody answered before the post was recorded as delivered
    return shown


async def _show_count(core: Core, messenger: Messenger, space: Space, post: Post, answered: int) -> None:
    try:
        await messenger.show_count(post, answered)
    except Gone:
        await message_gone(core, space, post.channel, post.message_ref or "")
    except MessengerError as error:
        _log.info("count_not_shown", key=post.key, reason=str(error))
