"""A person's own data: shown whole, and deleted for good."""

import json
from collections.abc import Sequence
from typing import Any

from bot.domain.grading import in_points
from bot.domain.identity import Member
from bot.ports import Unit
from bot.rendering.words import literal
from bot.services.closing import post_result
from bot.services.core import Core
from bot.services.weekly import forget_in_weekly_posts


async def accounts(core: Core, adapter: str, external_id: str) -> list[Member]:
    """Every member that one account of a platform is, in all its spaces."""
    return await core.storage.read(lambda unit: unit.people.accounts(adapter, external_id))


async def export_data(core: Core, members: Sequence[Member]) -> str:
    """Everything that is stored about these accounts of one person, as JSON: an object, or a list of several."""

    async def work(unit: Unit) -> str:
        data = [await _data(unit, member) for member in members]
        return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=1)

    return await core.storage.read(work)


async def _data(unit: Unit, member: Member) -> dict[str, Any]:
    player = await unit.people.player(member)
    known = await unit.people.players([player]) if player else []
    space = await unit.spaces.get(member.space_id)
    return {
        "name": member.name,
        "account": member.external_id,
        "place": space.name if space else None,
        "shown as": [one.name for one in known],
        "may be named among the fastest": all(one.races for one in known),
        "team": await unit.people.team_of(space.league_id, player) if player and space else None,
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
    }


async def delete_data(core: Core, members: Sequence[Member]) -> bool:
    """Forget these accounts: names, teams, answers and points, in past results too. False where nothing was known."""
    known = [await _forget(core, member) for member in members]
    core.wake()
    return any(known)


async def _forget(core: Core, member: Member) -> bool:
    now = core.clock.now()

    async def work(unit: Unit) -> bool:
        player = await unit.people.player(member)
        if player is None:
            return False
        names = {member.name, *(await unit.people.names([player])).values()}
        space = await unit.spaces.get(member.space_id)
        if space is None:
            raise LookupError(f"member {member.external_id} has lost its space")
        naming = [i for name in names for i in await unit.outbox.rounds_naming(literal(name), space.league_id)]
        await unit.people.forget(player)
        await forget_in_weekly_posts(unit, player, names, space.league_id, now)
        for round_id in sorted(set(naming)):
            round_ = await unit.rounds.lock(round_id)
            if round_ is not None and round_.closed_at is not None:
                await post_result(unit, round_, now)
        return True

    return await core.storage.write(work)
