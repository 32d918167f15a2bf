"""Seasons of the league."""

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.domain.typed import typed
from bot.domain.views import Caution, MessageView
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import replies
from bot.rendering.seasons import ending, season_days, season_list, season_name
from bot.rendering.words import literal
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.standings import seasons


async def _final_standings_in(core: Core, caller: Caller, options: dict[str, str]) -> str | None:
    ends_one = options.get("action", "").casefold() in {"start", "end"}
    return await seasons.final_standings_in(core, caller) if ends_one else None


async def _ask_end(core: Core, caller: Caller, options: dict[str, str]) -> Caution | None:
    if options.get("action", "").casefold() != "end":
        return None
    running, _over = await seasons.seasons(core, caller)
    return ending(running) if running and running.ends_on is None else None


async def _season(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    action = options.get("action", "show").casefold()
    if action == "show":
        return season_list(*await seasons.seasons(core, caller))
    if action not in {"start", "end"}:
        raise BadInput(_("“{action}” isn't a command. There are: show, start NAME, end.").format(action=action))
    if action == "end":
        ended = literal(season_name(await seasons.finish_season(core, caller)))
        return replies.say(_("{season} ends today. Its final standings follow.").format(season=ended))
    begun = await seasons.start_season(core, caller, options.get("name", ""))
    return replies.say(_("{season} is on: {days}.").format(season=literal(season_name(begun)), days=season_days(begun)))


COMMANDS = (
    Command(
        name="league season",
        does=later("The current season and earlier ones; hosts begin and end them"),
        handler=_season,
        asks=_ask_end,
        posts_in=_final_standings_in,
        replaces=True,
        limit=Limit.CHANGES,
        options=(
            Option(
                name="action",
                about=later("What to do (default: show)"),
                slot=Slot.NEXT,
                choices=("show", "start", "end"),
                hosts_choices=("start", "end"),
            ),
            Option(name="name", about=later("What the new season is called"), slot=Slot.NEXT, takes_rest=True),
        ),
        help=later("a new season; league season end ends it, league season shows all"),
        help_example=typed("league season", action="start", name="NAME"),
    ),
)
