"""A person's own data."""

from collections.abc import Awaitable, Callable, Sequence

from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.identity import Member
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.services import privacy, racing
from bot.services.commands import Handler
from bot.services.core import Core
from bot.services.privacy import Deleted


async def _export(core: Core, members: Sequence[Member], _options: dict[str, str]) -> MessageView:
    return replies.own_data(await privacy.export_data(core, members))


async def _delete(core: Core, members: Sequence[Member], _options: dict[str, str]) -> MessageView:
    deleted = await privacy.delete_data(core, members)
    return replies.say(
        {
            Deleted.NOTHING: _("Nothing was stored about you."),
            Deleted.ALL: _("Done: your answers, points and name are deleted."),
            Deleted.ONE_ACCOUNT: _(
                "Done: this account with its name and answers is deleted. Your other accounts stay: "
                "type it there, too, to delete them."
            ),
        }[deleted]
    )


async def _race(core: Core, members: Sequence[Member], options: dict[str, str]) -> MessageView:
    show = options.get("show", "").casefold()
    if show not in {"", "on", "off"}:
        raise BadInput(_("Write on or off: /quiz privacy race off"))
    if not members:
        return replies.say(_("Nothing is stored about you."))
    if show:
        await racing.let_be_named(core, members, races=show == "on")
        return replies.racing_set(races=show == "on")
    return replies.racing(races=await racing.may_be_named(core, members))


ForAccounts = Callable[[Core, Sequence[Member], dict[str, str]], Awaitable[MessageView]]

FOR_ACCOUNTS: dict[str, ForAccounts] = {"privacy export": _export, "privacy delete": _delete, "privacy race": _race}
"""What somebody asks for with all their accounts at once."""


def _for_one(command: ForAccounts) -> Handler:
    async def handler(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
        return await command(core, [caller.member], options)

    return handler


HANDLERS: dict[str, Handler] = {name: _for_one(command) for name, command in FOR_ACCOUNTS.items()}
