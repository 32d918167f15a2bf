"""Create, join, leave and list the teams of a league."""

from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import LeagueId, PlayerId, Team, TeamId
from bot.domain.lookalikes import look_alike
from bot.domain.names import chosen, shown
from bot.domain.team_race import monday
from bot.domain.typed import typed
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.core import Core
from bot.services.leagues.spaces import league_of

LONGEST_NAME = 40


async def create_team(core: Core, caller: Caller, name: str) -> Team:
    """Create a team and put the caller into it.

    Raises:
        BadInput: the name is unusable, or is or looks like another team's name.
    """
    name = clean_name(name)

    async def work(unit: Unit) -> Team:
        league_id = (await unit.spaces.lock(caller.space.id)).league_id
        team = Team(id=TeamId(core.ids.next()), league_id=league_id, name=name)
        for other in await unit.people.teams(team.league_id):
            _tell_apart(name, other.name)
        await unit.people.add_team(team)
        await join(core, unit, team, await unit.people.ensure_player(caller.member))
        return team

    return await core.storage.write(work)


def _tell_apart(name: str, other: str) -> None:
    if name.casefold() == other.casefold():
        message = _("There is a team “{name}” already. Join it: {command}")
        raise BadInput(message.format(name=name, command=typed("team join", name=name)))
    if look_alike(name, other):
        message = _("“{name}” looks like the team “{other}”. Choose another name, or join that team: {command}")
        raise BadInput(message.format(name=name, other=other, command=typed("team join", name=other)))


async def join_team(core: Core, caller: Caller, name: str) -> Team:
    """Put the caller into a team.

    Raises:
        NotFound: there is no such team; the message names the teams of the league.
    """
    name = clean_name(name)

    async def work(unit: Unit) -> Team:
        team = await find_team(unit, (await unit.spaces.lock(caller.space.id)).league_id, name)
        await join(core, unit, team, await unit.people.ensure_player(caller.member))
        return team

    return await core.storage.write(work)


async def join(core: Core, unit: Unit, team: Team, player_id: PlayerId) -> None:
    """Put a player into a team, in the caller's transaction: their points count for it from this week's Monday on."""
    league = await unit.leagues.get(team.league_id)
    today = league.day(core.clock.now())
    await unit.people.join_team(team, player_id, monday(today))


async def find_team(unit: Unit, league_id: LeagueId, name: str) -> Team:
    """Find a team of a league by its name, case ignored.

    Raises:
        NotFound: there is no such team; the message names the teams of the league.
    """
    teams = await unit.people.teams(league_id)
    team = next((team for team in teams if team.name.casefold() == name.casefold()), None)
    if team is None:
        names = ", ".join(team.name for team in teams) or _("none yet")
        raise NotFound(
            _("No team “{name}” yet (teams: {names}). Create it: {command}").format(
                name=name, names=names, command=typed("team create", name=name)
            )
        )
    return team


async def leave_team(core: Core, caller: Caller) -> str | None:
    """Take the caller out of their team and return its name; None if they were in no team."""

    async def work(unit: Unit) -> str | None:
        space, player = await unit.spaces.lock(caller.space.id), await unit.people.player(caller.member)
        return await unit.people.leave_team(space.league_id, player) if player else None

    return await core.storage.write(work)


async def teams(core: Core, caller: Caller) -> list[Team]:
    """Return the teams of the caller's league."""

    async def work(unit: Unit) -> list[Team]:
        return await unit.people.teams((await league_of(unit, caller.space.id)).id)

    return await core.storage.read(work)


def clean_name(name: str) -> str:
    """Return a team's name without needless spaces and invisible characters.

    Raises:
        BadInput: nothing is left, the name is too long, or it looks like the bot's own.
    """
    cleaned = shown(name)
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise BadInput(_("A team's name can have 1 to {most} characters.").format(most=LONGEST_NAME))
    return chosen(cleaned)
