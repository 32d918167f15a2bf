"""Teams."""

from bot.domain.commands import Caller, Option, Slot, ValueKind, ValueSource
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.domain.words import ticked
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import replies
from bot.rendering.team_draw import teams_drawn
from bot.rendering.words import literal
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.leagues import team_draw, team_groups, teams
from bot.services.leagues.team_draw import MOST_TEAMS

_MAP = typed("team map", group="GROUP", name="NAME")
_DRAW = typed("team draw", teams="3")


async def _team_create(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    team = await teams.create_team(core, caller, options.get("name", ""))
    return replies.say(_("Team {name} is created, and you are in it.").format(name=literal(team.name)))


async def _team_join(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    team = await teams.join_team(core, caller, options.get("name", ""))
    return replies.say(_("You play for {name} now.").format(name=literal(team.name)))


async def _team_map(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("group"):
        raise BadInput(_("Which group, and which team? {command}").format(command=_MAP))
    team = await team_groups.map_group(core, caller, options["group"], options.get("name", ""))
    if team is None:
        return replies.say(_("That group doesn't play for a team any more."))
    return replies.say(
        _("Everybody in that group plays for {name} from their next answer on.").format(name=literal(team.name))
    )


async def _team_leave(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    name = await teams.leave_team(core, caller)
    return replies.say(_("You left {name}.").format(name=literal(name)) if name else _("You are in no team."))


async def _team_list(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.team_list(await teams.teams(core, caller))


async def _team_draw(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    number = options.get("teams", "")
    if not number.isdecimal():
        raise BadInput(_("How many teams? {command}").format(command=_DRAW))
    confirmed = ticked(options.get("confirm", ""))
    prefix = options.get("prefix", "")
    drawn = await team_draw.draw_teams(core, caller, int(number), prefix=prefix, confirmed=confirmed)
    again = typed("team draw", teams=number, confirm=True, prefix=prefix)
    return teams_drawn(drawn, again=again, confirmed=confirmed)


COMMANDS = (
    Command(
        name="team create",
        does=later("Create a team"),
        handler=_team_create,
        limit=Limit.TEAMS,
        options=(Option(name="name", about=later("The team's name"), slot=Slot.NEXT, takes_rest=True, required=True),),
    ),
    Command(
        name="team join",
        does=later("Play for a team"),
        handler=_team_join,
        limit=Limit.CHANGES,
        options=(
            Option(
                name="name",
                about=later("Which one"),
                slot=Slot.NEXT,
                takes_rest=True,
                required=True,
                completed_from=ValueSource.TEAMS,
            ),
        ),
    ),
    Command(name="team leave", does=later("Leave your team"), handler=_team_leave, limit=Limit.CHANGES),
    Command(
        name="team map",
        does=later("Make everybody in a role or user group play for a team"),
        handler=_team_map,
        limit=Limit.CHANGES,
        options=(
            Option(
                name="group",
                about=later("The role or user group whose members play for the team"),
                kind=ValueKind.GROUP,
                slot=Slot.NEXT,
                required=True,
            ),
            Option(
                name="name",
                about=later("The team that they play for; leave it out to end that"),
                slot=Slot.NEXT,
                takes_rest=True,
                completed_from=ValueSource.TEAMS,
            ),
        ),
        for_hosts=True,
        help=later("everybody in a group of this platform plays for that team"),
        help_example=_MAP,
    ),
    Command(
        name="team draw",
        does=later("Draw equally strong teams: shows them first, creates them with confirm"),
        handler=_team_draw,
        limit=Limit.CHANGES,
        options=(
            Option(
                name="teams",
                about=later("How many"),
                kind=ValueKind.NUMBER,
                slot=Slot.ANYWHERE,
                required=True,
                bounds=(2, MOST_TEAMS),
            ),
            Option(
                name="confirm",
                about=later("Create the teams as shown"),
                kind=ValueKind.YES_NO,
                slot=Slot.ANYWHERE,
            ),
            Option(
                name="prefix",
                about=later("First word of the team names, instead of Team"),
                slot=Slot.NEXT,
                takes_rest=True,
            ),
        ),
        for_hosts=True,
        help=later("three equally strong teams, shown before anything changes"),
        help_example=_DRAW,
    ),
    Command(
        name="team list",
        does=later("The teams and who is in them"),
        handler=_team_list,
        limit=None,
        opens_group=True,
        help=later("the teams; also team create NAME, team join NAME, team leave"),
    ),
)
