"""Teams."""

from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.rendering.team_draw import teams_drawn
from bot.rendering.words import literal
from bot.services import groups, team_draw, teams
from bot.services.commands import Handler
from bot.services.core import Core


async def _team_create(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    team = await teams.create_team(core, caller, options.get("name", ""))
    return replies.say(_("Team {name} is founded, and you are in it.").format(name=literal(team.name)))


async def _team_join(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    team = await teams.join_team(core, caller, options.get("name", ""))
    return replies.say(_("You play for {name} now.").format(name=literal(team.name)))


async def _team_map(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("group"):
        raise BadInput(_("Which group, and which team? /quiz team map GROUP NAME"))
    team = await groups.map_group(core, caller, options["group"], options.get("name", ""))
    if team is None:
        return replies.say(_("That group stands for no team any more."))
    return replies.say(
        _("Whoever is in that group plays for {name} from the next answer on.").format(name=literal(team.name))
    )


async def _team_leave(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    name = await teams.leave_team(core, caller)
    return replies.say(_("You left {name}.").format(name=literal(name)) if name else _("You are in no team."))


async def _team_list(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.team_list(await teams.teams(core, caller))


async def _team_draw(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    number = options.get("teams", "")
    if not number.isdecimal():
        raise BadInput(_("How many teams? /quiz team draw 3"))
    confirmed = options.get("confirm", "").casefold() in {"true", "yes", "1", "on"}
    prefix = options.get("prefix", "")
    drawn = await team_draw.draw_teams(core, caller, int(number), prefix=prefix, confirmed=confirmed)
    return teams_drawn(drawn, again=" ".join(filter(None, (number, "confirm", prefix))), confirmed=confirmed)


HANDLERS: dict[str, Handler] = {
    "team create": _team_create,
    "team join": _team_join,
    "team leave": _team_leave,
    "team list": _team_list,
    "team map": _team_map,
    "team draw": _team_draw,
}
