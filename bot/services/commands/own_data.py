"""A person's own data."""

from collections.abc import Awaitable, Callable, Sequence

from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.services import privacy
from bot.services.commands import Handler
from bot.services.core import Core


async def _export(core: Core, members: Sequence[Member]) -> MessageView:
    return replies.own_data(await privacy.export_data(core, members))


async def _delete(core: Core, members: Sequence[Member]) -> MessageView:
    known = await privacy.delete_data(core, members)
    return replies.say(
        _("Done: your answers, points and name are deleted.") if known else _("Nothing was stored about you.")
    )


async def _privacy_export(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await _export(core, [caller.member])


async def _privacy_delete(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await _delete(core, [caller.member])


FOR_ACCOUNTS: dict[str, Callable[[Core, Sequence[Member]], Awaitable[MessageView]]] = {
    "privacy export": _export,
    "privacy delete": _delete,
}
"""The same for several accounts of one person at once."""

HANDLERS: dict[str, Handler] = {
    "privacy export": _privacy_export,
    "privacy delete": _privacy_delete,
}
