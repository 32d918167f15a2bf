"""A person's own data."""

from collections.abc import Sequence

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import BadInput
from bot.domain.identity import Member
from bot.domain.limits import Limit
from bot.domain.typed import typed
from bot.domain.views import Caution, MessageView
from bot.domain.words import switched
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import replies
from bot.services import forgetting
from bot.services.chat.commands import Command, ForAccounts, Handler
from bot.services.core import Core
from bot.services.people import fastest, privacy


async def _export(core: Core, members: Sequence[Member], _options: dict[str, str]) -> MessageView:
    return replies.own_data(await privacy.export_data(core, members))


async def _ask_delete(core: Core, members: Sequence[Member], _options: dict[str, str]) -> Caution | None:
    return replies.deleting(await forgetting.linked_elsewhere(core, members)) if members else None


async def _delete(core: Core, members: Sequence[Member], _options: dict[str, str]) -> MessageView:
    deleted = await forgetting.forget_accounts(core, members)
    return replies.say(
        {
            forgetting.Deleted.NOTHING: _("Nothing was stored about you."),
            forgetting.Deleted.ALL: _("Done: your answers, points and name are deleted."),
            forgetting.Deleted.ONE_ACCOUNT: _(
                "Done: this account, with its name and answers, is deleted. Your other accounts stay. To delete them "
                "too, type the command there."
            ),
        }[deleted]
    )


async def _fastest(core: Core, members: Sequence[Member], options: dict[str, str]) -> MessageView:
    show = options.get("show", "")
    named = switched(show)
    if show and named is None:
        raise BadInput(_("Type on or off: {command}").format(command=typed("privacy race", show="off")))
    if not members:
        return replies.say(_("Nothing is stored about you."))
    if named is not None:
        await fastest.let_be_named(core, members, named=named)
        return replies.fastest_chosen(named=named)
    return replies.fastest_choice(named=await fastest.may_be_named(core, members))


def _for_one(command: ForAccounts) -> Handler:
    async def handler(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
        return await command(core, [caller.member], options)

    return handler


async def _ask_delete_one(core: Core, caller: Caller, options: dict[str, str]) -> Caution | None:
    return await _ask_delete(core, [caller.member], options)


COMMANDS = (
    Command(
        name="privacy export",
        does=later("Everything stored about you"),
        handler=_for_one(_export),
        limit=None,
        in_private=_export,
        opens_group=True,
        help=later("everything stored about you; privacy delete erases it, privacy race hides how fast you are"),
    ),
    Command(
        name="privacy delete",
        does=later("Delete your name, answers and points for good"),
        handler=_for_one(_delete),
        limit=Limit.CHANGES,
        misfit=later("Nothing was deleted, because “{word}” isn't part of the command."),
        replaces=True,
        asks=_ask_delete_one,
        asks_in_private=_ask_delete,
        in_private=_delete,
    ),
    Command(
        name="privacy race",
        does=later("Whether results may name you among the fastest"),
        handler=_for_one(_fastest),
        limit=Limit.CHANGES,
        options=(
            Option(
                name="show",
                about=later("on or off (default: show how it is now)"),
                slot=Slot.NEXT,
                takes_rest=True,
                choices=("on", "off"),
            ),
        ),
        in_private=_fastest,
    ),
)
