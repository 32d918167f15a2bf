"""One league over several spaces, and what it agrees on."""

from bot.domain.commands import Caller, Option, Slot, ValueKind
from bot.domain.errors import BadInput
from bot.domain.league_options import CHANNELS, HERE, THEMES
from bot.domain.limits import Limit
from bot.domain.typed import typed
from bot.domain.views import Caution, MessageView
from bot.domain.words import WEEKDAYS
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import leagues as rendering
from bot.rendering import replies
from bot.rendering.words import literal
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.leagues import agreement, joining


async def _show(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await agreement.show(core, caller)


async def _invite(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return rendering.invited(await joining.invite(core, caller))


async def _join(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("code"):
        raise BadInput(
            _("Which code? {command}. The space that invites you gets one with {invite}").format(
                command=typed("league join", code="CODE"), invite=typed("league invite")
            )
        )
    found = await joining.join(core, caller, options["code"])
    names = [space.name for space in found.spaces]
    return rendering.proposed(found.league.name, names, found.players, is_public=found.league.link_secret is not None)


async def _confirm(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    return await joining.confirm(core, caller, options.get("name", ""))


async def _told_in(core: Core, caller: Caller, _options: dict[str, str]) -> str | None:
    return await joining.told_in(core, caller)


async def _decline(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    name = await joining.decline(core, caller, options.get("name", ""))
    return replies.say(_("I have told {name}, kindly.").format(name=literal(name)))


async def _ask_leave(core: Core, caller: Caller, _options: dict[str, str]) -> Caution | None:
    return await joining.leaving(core, caller)


async def _leave(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await joining.leave(core, caller)


async def _set(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options:
        raise BadInput(_("What should it be? {command}").format(command=rendering.RULES_EXAMPLE))
    return await agreement.change(core, caller, options)


_WHICH = Option(name="name", about=later("Which space, if several asked"), slot=Slot.NEXT, takes_rest=True)

COMMANDS = (
    Command(
        name="league show",
        does=later("Which spaces share your league, and its rules"),
        handler=_show,
        limit=None,
        opens_group=True,
    ),
    Command(
        name="league invite",
        does=later("Get a code that lets another space join your league"),
        handler=_invite,
        limit=Limit.CODES,
        for_hosts=True,
        help=later("one league with another space; also league show, join, confirm, leave, set"),
    ),
    Command(
        name="league join",
        does=later("Join another space's league"),
        handler=_join,
        limit=Limit.CODES,
        options=(
            Option(
                name="code",
                about=later("The code that the other space gave you"),
                kind=ValueKind.CODE,
                slot=Slot.NEXT,
                takes_rest=True,
                required=True,
            ),
        ),
        for_hosts=True,
    ),
    Command(
        name="league confirm",
        does=later("Accept a space that asked to play in your league"),
        handler=_confirm,
        posts_in=_told_in,
        limit=Limit.CHANGES,
        options=(_WHICH,),
        for_hosts=True,
    ),
    Command(
        name="league decline",
        does=later("Turn down a space that asked to play in your league"),
        handler=_decline,
        limit=Limit.CHANGES,
        options=(_WHICH,),
        for_hosts=True,
    ),
    Command(
        name="league leave",
        does=later("Take this space and its points out of the league"),
        handler=_leave,
        asks=_ask_leave,
        replaces=True,
        limit=Limit.CHANGES,
        for_hosts=True,
    ),
    Command(
        name="league set",
        does=later("Change the league's rules"),
        handler=_set,
        limit=Limit.CHANGES,
        options=(
            Option(name="account_age", about=later("How old an account must be to answer, like 7d; 0 for no limit")),
            Option(
                name="join_age",
                about=later("How long people must have been here before they can answer, like 1d; 0 for no limit"),
            ),
            Option(
                name="team_race_on_demand",
                about=later("Whether questions from /quiz count for teams"),
                choices=("yes", "no"),
            ),
            Option(
                name="name_unanswered",
                about=later("Whether hosts see who hasn't answered yet, or only how many"),
                choices=("yes", "no"),
            ),
            Option(
                name="streak_freeze",
                about=later("Whether one missed day a week is frozen and doesn't end a streak (default: no)"),
                choices=("yes", "no"),
            ),
            Option(name="card", about=later("How the weekly card looks"), choices=THEMES, example="card=dark"),
            Option(
                name="weekly",
                about=later("When last week's leaderboard is posted, like monday 09:00"),
                takes_rest=True,
                in_menus=False,
            ),
            Option(name="weekly_day", about=later("On which day last week's leaderboard is posted"), choices=WEEKDAYS),
            Option(name="weekly_time", about=later("When, like 09:00, in the league's time zone")),
            Option(
                name="weekly_channel",
                about=later("In this channel, or where the daily question is"),
                choices=CHANNELS,
                posting_choices=(HERE,),
            ),
        ),
        for_hosts=True,
    ),
)
