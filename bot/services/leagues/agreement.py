"""Show which spaces share a league and what they agree on, and change that agreement."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.commands import Caller
from bot.domain.identity import LeagueId, Space, SpaceId
from bot.domain.league_options import HERE, changed, parse_channel
from bot.domain.leagues import League
from bot.domain.views import MessageView
from bot.ports import Unit
from bot.rendering import leagues as rendering
from bot.services.acting import actor, note
from bot.services.core import Core


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A league, the spaces in it that the bot hasn't left, and how many players it has."""

    league: League
    spaces: tuple[Space, ...]
    players: int


async def gathering(unit: Unit, league_id: LeagueId) -> Gathering:
    """Return a league with its spaces and the number of its players."""
    league = await unit.leagues.get(league_id)
    present = tuple(space for space in await unit.spaces.of_league(league_id) if space.left_at is None)
    return Gathering(league=league, spaces=present, players=await unit.leagues.players(league_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A space's league as its hosts see it.

    Attributes:
        here: the space.
        asking: the names of the spaces that wait for this league's hosts.
        wanted: the name of the league that this space asked to join; None if it didn't ask.
    """

    gathering: Gathering
    here: Space
    asking: tuple[str, ...]
    wanted: str | None


async def overview(unit: Unit, space_id: SpaceId) -> Overview:
    """Return a space's league, and who waits for whom."""
    here = await unit.spaces.get(space_id)
    asking = [await unit.spaces.find(one) for one in await unit.leagues.asked_by(here.league_id)]
    wish = await unit.leagues.wants_to_join(here.id)
    wanted = None if wish is None else await unit.leagues.find(wish)
    return Overview(
        gathering=await gathering(unit, here.league_id),
        here=here,
        asking=tuple(space.name for space in asking if space is not None),
        wanted=wanted.name if wanted else None,
    )


async def show(core: Core, caller: Caller) -> MessageView:
    """Show what the caller's league agreed on, which spaces share it, and which wait to join."""

    return await core.storage.read(lambda unit: _shown(unit, caller.space.id))


async def _shown(unit: Unit, space_id: SpaceId) -> MessageView:
    found = await overview(unit, space_id)
    return rendering.league(
        found.gathering.league,
        [space.name for space in found.gathering.spaces],
        found.gathering.players,
        found.here,
        asking=found.asking,
        wanted=found.wanted,
    )


async def change(core: Core, caller: Caller, options: Mapping[str, str]) -> MessageView:
    """Change what the caller's league agrees on, or where this space gets its weekly leaderboard.

    Raises:
        BadInput: the message says what was wrong; nothing has changed.
    """
    channel = parse_channel(options["weekly_channel"]) if "weekly_channel" in options else None

    async def work(unit: Unit) -> MessageView:
        here = await unit.spaces.get(caller.space.id)
        before = await unit.leagues.lock(here.league_id)
        league = changed(before, options)
        await unit.leagues.save(league)
        if league.weekly_moments != before.weekly_moments:
            await _plan_weeks(core, unit, league)
        if channel is not None:
            await unit.spaces.set_weekly_channel(here.id, caller.channel if channel == HERE else None)
        details = ", ".join(f"{name}={value}" for name, value in options.items())
        by = await actor(unit, caller.member)
        await note(core, unit, "league changed", f"space {here.id}", f"league {league.id}: {details}", actor=by)
        return await _shown(unit, caller.space.id)

    return await core.storage.write(work)


async def _plan_weeks(core: Core, unit: Unit, league: League) -> None:
    following = core.next_fire(league.weekly_moments, core.clock.now())
    for space in await unit.spaces.of_league(league.id):
        if space.weekly_next_at is not None:
            await unit.spaces.set_weekly_next(space.id, following)
