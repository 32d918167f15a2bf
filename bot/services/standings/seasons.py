"""Let hosts begin and end seasons, show them to everybody, and archive their final standings."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime

from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.grading import in_points
from bot.domain.identity import SpaceId
from bot.domain.leagues import FinalPlayer, FinalStandings, FinalTeam, League, Season
from bot.domain.names import shown
from bot.domain.seasons import begin_season, end_season, last_season, running_season
from bot.domain.standings import Standing
from bot.domain.stretches import parse_stretch
from bot.domain.team_race import place_teams
from bot.i18n import gettext as _
from bot.i18n import use_language
from bot.ports import Post, PostKind, Unit
from bot.rendering.season_card import season_card
from bot.rendering.seasons import season_over
from bot.services.acting import actor, note
from bot.services.core import Core
from bot.services.leagues.spaces import league_of
from bot.services.pictures import Picture
from bot.services.standings.ranking import ranked_players
from bot.services.standings.team_standings import team_standings
from bot.services.telling import channel_of

LONGEST_NAME = 40

_Ended = tuple[League, FinalStandings | None]
_Change = Callable[[League, date], tuple[League, Season | None]]


async def start_season(core: Core, caller: Caller, name: str) -> Season:
    """Begin a season. The season that was running ends with yesterday, and its final standings go to every space.

    Raises:
        BadInput: the name is unusable.
    """
    cleaned = shown(name)
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise BadInput(_("A season's name can have 1 to {most} characters.").format(most=LONGEST_NAME))
    league, _final = await _change(core, caller, "begun", lambda league, today: begin_season(league, cleaned, today))
    return league.seasons[-1]


async def finish_season(core: Core, caller: Caller) -> Season:
    """End the running season with today, and post its final standings in every space.

    Raises:
        BadInput: no season is running.
    """
    league, _final = await _change(core, caller, "ended", end_season)
    return league.seasons[-1]


async def final_standings_in(core: Core, caller: Caller) -> str | None:
    """Return the channel of the caller's space for the running season's final standings; None if there is none."""

    async def work(unit: Unit) -> str | None:
        league = await unit.leagues.get(caller.space.league_id)
        running = running_season(league, league.day(core.clock.now()))
        if running is None or running.ends_on is not None:
            return None
        return await channel_of(unit, caller.space)

    return await core.storage.read(work)


async def seasons(core: Core, caller: Caller) -> tuple[Season | None, list[tuple[Season, FinalStandings | None]]]:
    """Return the running season, and the earlier ones with their final standings, latest first."""

    async def work(unit: Unit) -> tuple[Season | None, list[tuple[Season, FinalStandings | None]]]:
        league = await league_of(unit, caller.space.id)
        today = league.day(core.clock.now())
        over = [one for one in reversed(league.seasons) if one.ends_on is not None and one.ends_on < today]
        return running_season(league, today), [
            (one, await unit.leagues.archived(league.id, one.number)) for one in over
        ]

    return await core.storage.read(work)


async def last_final(unit: Unit, league: League, today: date) -> FinalStandings | None:
    """Return the final standings of the latest season that has ended; None if there are none."""
    season = last_season(league, today)
    return await unit.leagues.archived(league.id, season.number) if season else None


async def _change(core: Core, caller: Caller, action: str, change: _Change) -> _Ended:
    """Change seasons in one transaction. A rehearsal, which is undone, comes first: its standings make the card."""
    now = core.clock.now()
    league, foreseen = await _rehearsed(core, lambda unit: _carry_out(unit, caller, change, now))
    with use_language(caller.space.language):
        picture = await _picture(core, league, foreseen) if foreseen else None

    async def work(unit: Unit) -> _Ended:
        league, final = await _carry_out(unit, caller, change, now)
        if final is not None:
            await unit.leagues.archive(league.id, final, now)
            await _post(unit, league, final, picture if final == foreseen else None, now)
        details = f"{league.seasons[-1].number} {league.seasons[-1].name}".strip()
        by = await actor(unit, caller.member)
        await note(core, unit, f"season {action}", f"league {league.id}", details, actor=by)
        return league, final

    return await core.write_and_deliver(work)


async def _carry_out(unit: Unit, caller: Caller, change: _Change, now: datetime) -> _Ended:
    """Change the league's seasons and rebuild their totals; return the league, and the ended season's standings."""
    await unit.boards.hold((await unit.spaces.lock(caller.space.id)).league_id)
    before = await league_of(unit, caller.space.id)
    today = before.day(now)
    league, ended = change(before, today)
    await unit.leagues.save(league)
    await unit.boards.rebuild_seasons(league)
    return league, await _final(unit, league, ended, today) if ended else None


async def _final(unit: Unit, league: League, season: Season, today: date) -> FinalStandings:
    stretch = parse_stretch(f"season-{season.number}", league, today)
    teams = place_teams(await team_standings(unit, league, stretch, today))
    players = await ranked_players(unit, {league.id: stretch.period})
    return FinalStandings(
        season=season,
        teams=tuple(map(_final_team, teams)),
        players=tuple(
            FinalPlayer(place=s.place, player_id=s.player_id, name=s.name, points=in_points(float(s.points)))
            for s in players
            if s.player_id is not None
        ),
    )


def _final_team(standing: Standing) -> FinalTeam:
    return FinalTeam(
        place=standing.place,
        name=standing.name,
        score=in_points(float(standing.score)),
        mean=in_points(float(standing.points)),
        members=standing.members,
        of=standing.of,
    )


async def _picture(core: Core, league: League, final: FinalStandings) -> Picture | None:
    return await core.pictures.of(season_card(league.name, final), league.weekly.theme) if final.players else None


async def _post(unit: Unit, league: League, final: FinalStandings, picture: Picture | None, now: datetime) -> None:
    if not final.players:
        return
    if picture is not None:
        await unit.images.put([picture.file])
    for space in await unit.spaces.of_league(league.id):
        channel = await channel_of(unit, space) if space.left_at is None else None
        if channel is not None:
            with use_language(space.language):
                view = season_over(final)
            if picture is not None:
                view = replace(view, image=picture.image)
            key, kind = final_key(space.id, final.season), PostKind.SEASON
            post = Post(key=key, kind=kind, space_id=space.id, channel=channel, view=view, posted_at=now)
            await unit.outbox.put(post)


def final_key(space_id: SpaceId, season: Season) -> str:
    """Return the outbox key of the post on a season's end: at most 25 characters, like platforms' nonces."""
    return f"t{space_id}s{season.number}"


class _UndoneError(Exception):
    """Undoes the transaction of a rehearsal, and carries its outcome out of it."""

    def __init__(self, outcome: _Ended) -> None:
        super().__init__()
        self.outcome = outcome


async def _rehearsed(core: Core, work: Callable[[Unit], Awaitable[_Ended]]) -> _Ended:
    async def undone(unit: Unit) -> None:
        raise _UndoneError(await work(unit))

    try:
        await core.storage.write(undone)
    except _UndoneError as end:
        return end.outcome
    raise AssertionError("a rehearsal is always undone")
