"""A person's own data: shown whole, and deleted for good."""

import json

from bot.domain.commands import Caller
from bot.domain.grading import in_points
from bot.ports import Unit
from bot.rendering.words import literal
from bot.services.closing import post_result
from bot.services.core import Core


async def export_data(core: Core, caller: Caller) -> str:
    """Everything that is stored about the caller, as JSON."""

    async def work(unit: Unit) -> str:
        player = await unit.people.player(caller.member)
        names = await unit.people.names([player]) if player else {}
        played = await unit.answers.history(caller.member)
        team = await unit.people.team_of(caller.space.league_id, player) if player else None
        data = {
            "name": caller.member.name,
            "account": caller.member.external_id,
            "shown as": list(names.values()),
            "team": team,
            "answers": [
                {
                    "at": a.at.isoformat(),
                    "question": str(a.question_id),
                    "chosen": list(a.chosen),
                    "right": a.right,
                    "points": None if a.points is None else in_points(a.points),
                }
                for a in played
            ],
        }
        return json.dumps(data, ensure_ascii=False, indent=1)

    return await core.storage.read(work)


async def delete_data(core: Core, caller: Caller) -> bool:
    """Forget the caller: name, team, answers and points, in past results too. False where nothing was known."""
    now = core.clock.now()

    async def work(unit: Unit) -> bool:
        player = await unit.people.player(caller.member)
        if player is None:
            return False
        names = {caller.member.name, *(await unit.people.names([player])).values()}
        naming = [round_id for name in names for round_id in await unit.outbox.rounds_naming(literal(name))]
        await unit.people.forget(player)
        for round_id in sorted(set(naming)):
            round_ = await unit.rounds.lock(round_id)
            if round_ is not None and round_.closed_at is not None:
                await post_result(unit, round_, now)
        return True

    known = await core.storage.write(work)
    core.wake()
    return known
