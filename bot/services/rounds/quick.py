"""Decide where people may ask for quick questions."""

from bot.domain.commands import Caller
from bot.domain.quick import Allowed, QuickRule
from bot.ports import Unit
from bot.services.acting import actor, note
from bot.services.core import Core


async def quick_rule(core: Core, caller: Caller) -> QuickRule:
    """Return the rule of the caller's space."""
    return await core.storage.read(lambda unit: unit.spaces.quick_rule(caller.space.id))


async def set_quick_rule(core: Core, caller: Caller, allowed: Allowed) -> None:
    """Store what a host decided; `Allowed.HERE` means the caller's channel."""
    rule = QuickRule(allowed=allowed, channel=caller.channel if allowed is Allowed.HERE else None)

    async def work(unit: Unit) -> None:
        await unit.spaces.set_quick_rule(caller.space.id, rule)
        who = await actor(unit, caller.member)
        await note(core, unit, "quick questions", f"space {caller.space.id}", allowed, actor=who)

    await core.storage.write(work)
