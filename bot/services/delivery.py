"""The outbox becomes messages: each exactly once, whatever is killed and when.

A message is claimed, then posted under its stable key. A worker that dies in between leaves the claim to run
out; whoever takes over looks for the key on the platform before posting again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import structlog

from bot import metrics
from bot.ports import Forbidden, Gone, Messenger, MessengerError, Post, RateLimited, Unit
from bot.services.asking import question_key
from bot.services.core import Core

_RETRY = (timedelta(seconds=2), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))
_MARGIN = timedelta(seconds=4)
"""No post is begun on a claim that runs out sooner than this."""

_log = structlog.get_logger(__name__)


async def deliver(core: Core, messengers: Mapping[str, Messenger], worker: str) -> int:
    """Post and edit what waits for these platforms; how many messages were taken up.

    Raises:
        ExceptionGroup: what a messenger raised beside its own errors; those messages are tried again, too.
    """
    now = core.clock.now()
    waiting = await core.storage.read(lambda unit: unit.outbox.waits(list(messengers), now))
    if not waiting:
        return 0
    claimed = await core.storage.write(lambda unit: unit.outbox.claim(list(messengers), worker, now))
    broken = []
    for claim in claimed:
        if core.clock.now() >= claim.until - _MARGIN:
            break  # the platform is slow: another worker may take over what is left
        if error := await _deliver_one(core, messengers[claim.adapter], claim.post, claim.tries):
            broken.append(error)
    if broken:
        raise ExceptionGroup("messages that a messenger broke on", broken)
    return len(claimed)


async def _deliver_one(core: Core, messenger: Messenger, post: Post, tries: int) -> Exception | None:
    """Post or edit one message; what the messenger raised that none should raise, so that the next get their turn."""
    try:
        reference = await _make_true(messenger, post, tries)
    except (Gone, Forbidden) as error:
        _log.warning("post_given_up", key=post.key, reason=str(error))
        await _failed(core, post, str(error), None)
    except RateLimited as error:
        await _failed(core, post, str(error), timedelta(seconds=error.retry_after))
    except MessengerError as error:
        _log.warning("post_delayed", key=post.key, reason=str(error), tries=tries)
        await _failed(core, post, str(error), _pause(tries))
    except Exception as error:  # noqa: BLE001 - it is raised once those behind it had their turn
        await _failed(core, post, repr(error), _pause(tries))
        return error
    else:
        metrics.posts.labels("delivered").inc()
        await core.storage.write(lambda unit: unit.outbox.delivered(post.key, post.version, reference))
    return None


def _pause(tries: int) -> timedelta:
    return _RETRY[min(tries, len(_RETRY) - 1)]


async def _make_true(messenger: Messenger, post: Post, tries: int) -> str:
    reference = post.message_ref
    if reference is None and tries:
        reference = await messenger.find(post)
    if reference is None:
        return await messenger.post(post)
    if post.version > 1:
        await messenger.edit(replace(post, message_ref=reference))
    return reference


async def _failed(core: Core, post: Post, reason: str, after: timedelta | None) -> None:
    metrics.posts.labels("given up" if after is None else "put off").inc()
    retry_at = None if after is None else core.clock.now() + after

    async def work(unit: Unit) -> None:
        await unit.outbox.failed(post.key, reason, retry_at)

    await core.storage.write(work)


async def show_counts(core: Core, messengers: Mapping[str, Messenger]) -> None:
    """Bring the public count of answers up to date where it changed."""
    changed = list(core.counted)
    core.counted.clear()
    if not changed:
        return

    async def work(unit: Unit) -> list[tuple[str, Post, int]]:
        counts = await unit.rounds.answered(changed)
        shown = []
        for round_id, answered in counts.items():
            post = await unit.outbox.get(question_key(round_id))
            space = await unit.spaces.get(post.space_id) if post else None
            if post and space and space.adapter in messengers and post.message_ref:
                shown.append((space.adapter, post, answered))
        return shown

    try:
        shown = await core.storage.read(work)
    except BaseException:
        core.counted.update(changed)
        raise
    for adapter, post, answered in shown:
        try:
            await messengers[adapter].show_count(post, answered)
        except MessengerError as error:
            _log.info("count_not_shown", key=post.key, reason=str(error))
