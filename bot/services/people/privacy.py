"""Show a person all of their own data, or delete it for good."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.grading import in_points
from bot.domain.identity import Member
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.core import Core
from bot.services.people.linking import named, part
from bot.services.rounds.closing import renew_results


async def accounts(core: Core, adapter: str, external_id: str) -> list[Member]:
    """Return one platform account as a member of every space that knows it."""
    return await core.storage.read(lambda unit: unit.people.accounts(adapter, external_id))


async def export_data(core: Core, members: Sequence[Member]) -> str:
    """Return everything stored about these accounts of one person, as JSON: an object, or a list of several."""

    async def work(unit: Unit) -> str:
        people = {await unit.people.player(member) or member: member for member in members}
        data = [await _data(unit, member) for member in people.values()]
        return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=1)

    return await core.storage.read(work)


async def _data(unit: Unit, member: Member) -> dict[str, Any]:
    player = await unit.people.player(member)
    known = await unit.people.players([player]) if player else []
    admission = await unit.admissions.find(member)
    space = await unit.spaces.get(member.space_id)
    return {
        "name": member.name,
        "account": member.external_id,
        "space": space.name,
        "linked accounts": [await _account(unit, other) for other in await _others(unit, member)],
        "shown as": [one.name for one in known],
        "may be named among the fastest": all(one.among_fastest for one in known),
        "team": await unit.people.team_of(space.league_id, player) if player else None,
        "host of the web room": admission is not None and admission.is_host,
        "removed from the web room at": _moment(admission.removed_at if admission else None),
        "answers": [
            {
                "at": a.at.isoformat(),
                "question": str(a.question_id),
                "chosen": list(a.chosen),
                "right": a.right,
                "points": None if a.points is None else in_points(a.points),
            }
            for a in await unit.answers.history(member)
        ],
        "not in here": _left_out(),
    }


def _left_out() -> list[str]:
    """Say what else concerns a person but isn't in the export: it is kept elsewhere, or isn't theirs alone."""
    return [
        _("the texts of questions: each answer tells its question's number"),
        _("questions that you asked for in private and didn't answer"),
        _("what others answered"),
        _("sums of your points, which standings are made from: they follow from your answers"),
        _("what the bot posted and archived seasons, where they name you"),
        _("the log of changes, which knows you by a number alone"),
        _("messages and profiles that the chat platform keeps itself: ask its operator"),
        _("the operator's backups, which hold what was here when they were made"),
    ]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


async def _account(unit: Unit, member: Member) -> dict[str, Any]:
    space = await unit.spaces.get(member.space_id)
    return {"name": member.name, "account": member.external_id, "space": space.name}


async def _others(unit: Unit, member: Member) -> list[Member]:
    """Return the accounts that are linked with a member's."""
    player = await unit.people.player(member)
    accounts = await unit.people.accounts_of(player) if player else []
    return [one for one in accounts if one.account != member.account]


async def linked_elsewhere(core: Core, members: Sequence[Member]) -> list[tuple[str, str]]:
    """Return the linked accounts that would stay if these ones of one person were deleted, by name and space."""
    own = {member.account for member in members}

    async def work(unit: Unit) -> list[tuple[str, str]]:
        others = {other.account: other for member in members for other in await _others(unit, member)}
        return await named(unit, [other for account, other in others.items() if account not in own])

    return await core.storage.read(work)


class Deleted(StrEnum):
    """What was deleted; falsy if nothing was stored."""

    NOTHING = ""
    ALL = "all"
    ONE_ACCOUNT = "one account"
    """The accounts linked with it stay."""


async def delete_data(core: Core, members: Sequence[Member]) -> Deleted:
    """Forget these accounts: names, teams, answers and points, also in posted messages. Linked accounts stay."""
    known = [await _forget(core, member) for member in members]
    if not any(one is not None for one in known):
        return Deleted.NOTHING
    core.forgotten()
    core.wake()
    await core.storage.wipe()
    own = {member.account for member in members}
    stay = any(one.account not in own for accounts in known if accounts for one in accounts)
    return Deleted.ONE_ACCOUNT if stay else Deleted.ALL


async def _forget(core: Core, member: Member) -> list[Member] | None:
    """Forget one account and return those that were linked with it; None if nothing was stored about it."""
    now = core.clock.now()

    async def work(unit: Unit) -> list[Member] | None:
        player = await unit.people.player(member)
        if player is None:
            return [] if await unit.people.forget_private(member) else None
        others = await _others(unit, member)
        unknown_in = await unit.spaces.spaces_that_may_name([one.space_id for one in (member, *others)])
        player = await part(core, unit, member) or player
        await renew_results(unit, await unit.people.forget(player, unknown_in, now), now)
        return others

    return await core.storage.write(work)
