"""Draw teams of equal strength by lot: a host sees them first, and confirms the same ones."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from random import Random

from bot.domain.balancing import balanced
from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.identity import PlayerId, Team, TeamId
from bot.domain.leagues import League
from bot.domain.lookalikes import looks
from bot.domain.standings import Window, period
from bot.domain.team_draw import DrawnTeam
from bot.domain.team_race import monday
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.acting import actor, note
from bot.services.core import Core
from bot.services.leagues.spaces import league_of
from bot.services.leagues.teams import clean_name

MOST_TEAMS = 12
DAYS = 30
_WORDS = (
    *("Amber", "Birch", "Cedar", "Dune", "Ember", "Fern", "Glade", "Harbor", "Indigo", "Juniper", "Kestrel", "Lark"),
    *("Maple", "Nova", "Opal", "Pine", "Quartz", "Robin", "Sage", "Tide", "Umber", "Violet", "Willow", "Zephyr"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """Everybody who takes part in a draw.

    Attributes:
        strengths: the points that each player earned lately; None: none yet.
        taken: what the names of the league's teams look like, which new names must not.
    """

    league: League
    today: date
    strengths: dict[int, int | None]
    names: dict[PlayerId, str]
    taken: frozenset[str]


async def draw_teams(
    core: Core, caller: Caller, number: int, *, prefix: str = "", confirmed: bool = False
) -> list[DrawnTeam]:
    """Draw teams of equal strength, by the points of the last `DAYS` days up to yesterday.

    The same number gives the same teams all day, except for people who join meanwhile. If ``confirmed``, everybody
    moves to their new team, and old teams left empty are deleted; otherwise nothing is stored.

    Raises:
        BadInput: there are too few people for so many teams.
    """
    people = await core.storage.read(lambda unit: _field(core, unit, caller))
    most = min(MOST_TEAMS, len(people.strengths) // 2)
    if most < 2:
        raise BadInput(_("There are too few people for teams yet: at least four must have answered."))
    if not 2 <= number <= most:
        raise BadInput(
            _("With {people} people there can be 2 to {most} teams.").format(people=len(people.strengths), most=most)
        )
    seed = f"{people.league.id}:{people.today}:{number}"
    dealt = await asyncio.to_thread(balanced, people.strengths, number, seed, Random)
    names = _names(prefix or _("Team"), people.taken)
    drawn = [_drawn(next(names), [PlayerId(one) for one in team], people) for team in dealt]
    if confirmed:
        await core.storage.write(lambda unit: _store(core, unit, caller, people, drawn))
    return drawn


async def _field(core: Core, unit: Unit, caller: Caller) -> _Field:
    league = await league_of(unit, caller.space.id)
    today = league.day(core.clock.now())
    days = [period(Window.DAY, today - timedelta(days=ago), 0) for ago in range(DAYS + 1)]
    in_teams = [member.player_id for member in await unit.boards.memberships(league.id, [])]
    new_today = await unit.boards.sums(league.id, days[:1])  # today isn't over: it only shows who takes part
    strengths: dict[int, int | None] = dict.fromkeys([*in_teams, *new_today])
    for player_id, sums in (await unit.boards.sums(league.id, days[1:])).items():
        strengths[player_id] = sums.points - (0 if league.rules.team_race_on_demand else sums.on_demand)
    return _Field(
        league=league,
        today=today,
        strengths=strengths,
        names=await unit.people.names(list(map(PlayerId, strengths))),
        taken=frozenset(look for team in await unit.people.teams(league.id) for look in looks(team.name)),
    )


def _names(prefix: str, taken: frozenset[str]) -> Iterator[str]:
    """Yield friendly names that don't look like the name of any team in the league."""
    for word in chain(_WORDS, map(str, count(1))):
        name = clean_name(f"{prefix} {word}")
        if looks(name).isdisjoint(taken):
            yield name


def _drawn(name: str, players: list[PlayerId], people: _Field) -> DrawnTeam:
    known = [strength for one in players if (strength := people.strengths[one]) is not None]
    return DrawnTeam(
        name=name,
        players=tuple(players),
        members=tuple(people.names[one] for one in players),
        strength=sum(known) / len(known) if known else None,
    )


async def _store(core: Core, unit: Unit, caller: Caller, people: _Field, drawn: list[DrawnTeam]) -> None:
    league_id = (await unit.spaces.lock(caller.space.id)).league_id
    if league_id != people.league.id:
        raise BadInput(_("This space plays in another league now. Please draw again."))
    teams = {Team(id=TeamId(core.ids.next()), league_id=league_id, name=one.name): one.players for one in drawn}
    await unit.leagues.lock(league_id)
    await unit.people.deal_teams(teams, monday(people.today))
    details = ", ".join(one.name for one in drawn)
    await note(core, unit, "teams drawn", f"league {league_id}", details, actor=await actor(unit, caller.member))
