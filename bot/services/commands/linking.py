"""One person's accounts."""

from bot.domain.commands import Caller
from bot.domain.views import MessageView
from bot.rendering import linking as rendering
from bot.services import linking
from bot.services.commands import Handler
from bot.services.core import Core


async def _link(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if options.get("code"):
        return await linking.link(core, caller, options["code"])
    return rendering.code(await linking.give_code(core, caller))


async def _unlink(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await linking.unlink(core, caller)


HANDLERS: dict[str, Handler] = {
    "link": _link,
    "unlink": _unlink,
}
