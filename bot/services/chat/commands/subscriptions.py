"""Handle ``/reminders`` and ``/digest``: people choose what they are told in direct messages."""

from collections.abc import Callable, Sequence

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import BadInput
from bot.domain.identity import Member
from bot.domain.limits import Limit
from bot.domain.subscriptions import Subject, Subscription
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.domain.words import switched
from bot.i18n import Later, later
from bot.i18n import gettext as _
from bot.rendering.digests import digest_choice, digest_chosen
from bot.rendering.reminders import reminders_choice, reminders_chosen
from bot.rendering.replies import say
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.people.subscribing import subscribe, subscription_of, unsubscribe


def _command(
    subject: Subject,
    *,
    does: Later,
    help: Later,  # noqa: A002 - as the command's own field is called
    choice: Callable[[Subscription | None], MessageView],
    chosen: Callable[[bool], MessageView],
) -> Command:
    """Return the command that has the name of a subject: it switches that on or off, or shows how it is."""

    async def in_private(core: Core, members: Sequence[Member], options: dict[str, str]) -> MessageView:
        turn = options.get("turn", "")
        wanted = switched(turn)
        if turn and wanted is None:
            raise BadInput(_("Type on or off: {command}").format(command=typed(subject.value, turn="on")))
        if not members:
            return say(_("Nothing is stored about you."))
        if wanted is None:
            return choice(await subscription_of(core, members, subject))
        await (subscribe if wanted else unsubscribe)(core, members, subject)
        return chosen(wanted)

    async def handler(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
        return await in_private(core, [caller.member], options)

    turn = Option(
        name="turn",
        about=later("on or off (default: show how it is now)"),
        slot=Slot.NEXT,
        takes_rest=True,
        choices=("on", "off"),
    )
    return Command(
        name=subject.value,
        does=does,
        handler=handler,
        limit=Limit.CHANGES,
        options=(turn,),
        in_private=in_private,
        help=help,
    )


COMMANDS = (
    _command(
        Subject.REMINDERS,
        does=later("Whether I remind you before you lose a streak"),
        help=later("a private message before you lose a streak, if you want one: reminders on"),
        choice=reminders_choice,
        chosen=lambda wanted: reminders_chosen(wanted=wanted),
    ),
    _command(
        Subject.DIGEST,
        does=later("Whether I tell you about your own week"),
        help=later("your own week in a private message, if you want one: digest on"),
        choice=digest_choice,
        chosen=lambda wanted: digest_chosen(wanted=wanted),
    ),
)
