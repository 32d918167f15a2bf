"""One league over several places, and what it agrees on."""

from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering import leagues as rendering
from bot.rendering import replies
from bot.rendering.words import literal
from bot.services import leagues
from bot.services.commands import Handler
from bot.services.core import Core


async def _show(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await leagues.show(core, caller)


async def _invite(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return rendering.invited(await leagues.invite(core, caller))


async def _join(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("code"):
        raise BadInput(_("Which code? /quiz league join CODE. Those who invite you get one with /quiz league invite"))
    found = await leagues.join(core, caller, options["code"])
    names = [space.name for space in found.spaces]
    return rendering.proposed(found.league.name, names, found.players, is_public=found.league.public_key is not None)


async def _confirm(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    return await leagues.confirm(core, caller, options.get("name", ""))


async def _decline(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    name = await leagues.decline(core, caller, options.get("name", ""))
    return replies.say(_("{name} was told so, kindly.").format(name=literal(name)))


async def _leave(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await leagues.leave(core, caller)


async def _set(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options:
        raise BadInput(_("What should it be? /quiz league set account_age=7d card=dark"))
    return await leagues.change(core, caller, options)


HANDLERS: dict[str, Handler] = {
    "league show": _show,
    "league invite": _invite,
    "league join": _join,
    "league confirm": _confirm,
    "league decline": _decline,
    "league leave": _leave,
    "league set": _set,
}
