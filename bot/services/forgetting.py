"""Forget for good: people who ask for it, and spaces that the bot left long ago.

What that deletes and blanks in the database is all in `bot.storage.forgetting`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.domain.deletions import REMEMBERED_FOR
from bot.domain.identity import Member, SpaceId
from bot.ports import Unit
from bot.services.acting import note
from bot.services.core import Core
from bot.services.people.linking import linked_with, named, part
from bot.services.rounds.closing import renew_results

_log = structlog.get_logger(__name__)


async def linked_elsewhere(core: Core, members: Sequence[Member]) -> list[tuple[str, str]]:
    """Return the linked accounts that would stay if these ones of one person were deleted, by name and space."""
    own = {member.account for member in members}

    async def work(unit: Unit) -> list[tuple[str, str]]:
        others = {other.account: other for member in members for other in await linked_with(unit, member)}
        return await named(unit, [other for account, other in others.items() if account not in own])

    return await core.storage.read(work)


class Deleted(StrEnum):
    """What was deleted; falsy if nothing was stored."""

    NOTHING = ""
    ALL = "all"
    ONE_ACCOUNT = "one account"
    """The accounts linked with it stay."""


async def forget_accounts(core: Core, members: Sequence[Member]) -> Deleted:
    """Forget these accounts: names, teams, answers and points, also in posted messages. Linked accounts stay."""
    known = [await _forget_account(core, member) for member in members]
    if not any(one is not None for one in known):
        return Deleted.NOTHING
    _drop_and_deliver(core)
    await core.storage.wipe()
    own = {member.account for member in members}
    stay = any(one.account not in own for accounts in known if accounts for one in accounts)
    return Deleted.ONE_ACCOUNT if stay else Deleted.ALL


async def _forget_account(core: Core, member: Member) -> list[Member] | None:
    """Forget one account and return those that were linked with it; None if nothing was stored about it."""
    now = core.clock.now()
    await core.answers.settle()  # one that was given before would make the account again

    async def work(unit: Unit) -> list[Member] | None:
        await unit.forgetting.remember(member, max(now, member.acted_at or now))
        player = await unit.people.player(member)
        if player is None:
            return [] if await unit.forgetting.forget_private(member) else None
        others = await linked_with(unit, member)
        unknown_in = await unit.forgetting.spaces_that_may_name([one.space_id for one in (member, *others)])
        player = await part(core, unit, member) or player
        await renew_results(unit, await unit.forgetting.forget_player(player, unknown_in, now), now)
        return others

    return await core.storage.write(work)


async def forget_deletions(core: Core) -> None:
    """Forget which accounts were deleted, once nothing that they did before can arrive any more."""
    before = core.clock.now() - REMEMBERED_FOR
    await core.storage.write(lambda unit: unit.forgetting.drop_deletions(before))


async def forget_departed(core: Core, retention: timedelta) -> None:
    """Delete all data of spaces that the bot left longer ago than ``retention``, with an audit line for each."""
    now = core.clock.now()
    for space in await core.storage.read(lambda unit: unit.spaces.left_before(now - retention)):
        await _forget_space(core, space.id, now)


async def _forget_space(core: Core, space_id: SpaceId, now: datetime) -> None:
    async def work(unit: Unit) -> None:
        space = await unit.spaces.lock_if_there(space_id)
        if space is None or space.left_at is None:  # it was invited again, or another process was first
            return
        unknown_in = await unit.forgetting.spaces_that_may_name([space_id]) - {space_id}
        await renew_results(unit, await unit.forgetting.forget_space(space, unknown_in, now), now)
        await note(core, unit, "space deleted", f"space {space_id}", space.adapter)
        _log.info("space_deleted", space_id=space_id)

    await core.storage.write(work)
    _drop_and_deliver(core)


def _drop_and_deliver(core: Core) -> None:
    """Drop what this process's memory holds of people who were forgotten, and deliver the messages that lost names."""
    core.forgotten()
    core.wake()
