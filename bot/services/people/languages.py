"""Decide in which language the bot speaks to everybody in a space."""

from bot.domain.commands import Caller
from bot.ports import Unit
from bot.services.acting import actor, note
from bot.services.core import Core


async def set_language(core: Core, caller: Caller, language: str) -> None:
    """Store the language that a host chose for the caller's space, one of `bot.i18n.LANGUAGES`."""

    async def work(unit: Unit) -> None:
        await unit.spaces.set_language(caller.space.id, language)
        who = await actor(unit, caller.member)
        await note(core, unit, "language", f"space {caller.space.id}", language, actor=who)

    await core.storage.write(work)
