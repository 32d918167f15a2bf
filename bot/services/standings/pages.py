"""Read a league's standings for a page: any day, week, month or season, by player, team or question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate
from zoneinfo import ZoneInfo

from bot.domain.identity import LeagueId
from bot.domain.images import ImageFile
from bot.domain.leagues import League
from bot.domain.standings import Standing, Window
from bot.domain.stretches import Stretch, parse_stretch, weeks_since
from bot.domain.team_climb import team_climbs
from bot.domain.team_race import place_teams
from bot.i18n import gettext as _
from bot.ports import QuestionFigures, Unit
from bot.rendering.cards.card import Card
from bot.rendering.week_card import week_card
from bot.services.core import Core
from bot.services.standings.ranking import ranked_players
from bot.services.standings.team_standings import team_standings
from bot.services.standings.week_review import review_week

LATEST_WEEKS = 8
"""The most weeks over which players and teams are followed."""
MOST_FOLLOWED = 5

LATEST_ROUNDS = 300
"""The most rounds that count for the difficulty of questions."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Shown(StrEnum):
    """What the page lists."""

    PLAYER = "player"
    TEAM = "team"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """A player's points or a team's score, in parts, at the end of each week, counted from the first week on."""

    name: str
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaguePage:
    """The content of the page.

    Attributes:
        stretch: the time that the page is about.
        today: the league's current day.
        has_teams: whether the league has any; only looked up if no team is in the standings.
        weeks: the weeks that can be chosen, newest first.
        card: how a week went, for a picture; None for other times, or if nobody answered.
        standings: players or teams, best first; empty if questions are shown.
        questions: how the league did on each question, hardest first; empty unless questions are shown.
        climbs: how the best players or teams did over the ``followed`` weeks, most points first; empty in the first
            week, and if questions are shown.
        followed: the latest weeks up to the end of the stretch, oldest first.
    """

    league: League
    shown: Shown
    stretch: Stretch
    today: date
    weeks: tuple[Stretch, ...]
    card: Card | None = None
    standings: tuple[Standing, ...] = ()
    questions: tuple[QuestionFigures, ...] = ()
    has_teams: bool = True
    climbs: tuple[Climb, ...] = ()
    followed: tuple[Stretch, ...] = ()


async def league_page(core: Core, league_id: LeagueId, *, stretch: str, shown: Shown) -> LeaguePage:
    """Read what the page of a league shows.

    Raises:
        BadInput: ``stretch`` names no time that standings are kept for.
    """
    now = core.clock.now()

    async def read(unit: Unit) -> LeaguePage:
        league = await unit.leagues.get(league_id)
        today = league.day(now)
        wanted = parse_stretch(stretch, league, today)
        first = await unit.rounds.first_opened(league_id)
        weeks = weeks_since(league.day(first), today) if first else []
        questions: list[QuestionFigures] = []
        standings: list[Standing] = []
        if wanted.name == Window.SEASON and not league.season_on(today):
            pass  # no season is running, so there is nothing to show
        elif shown is Shown.QUESTION:
            questions = await unit.rounds.figures(league_id, *_moments(wanted, league, now), LATEST_ROUNDS)
        else:
            standings = await _ranked(unit, league, wanted, shown, today)
        last = min(wanted.last or today, today)
        followed = [week for week in reversed(weeks) if week.first and week.first <= last][-LATEST_WEEKS:]
        return LeaguePage(
            league=league,
            shown=shown,
            stretch=wanted,
            today=today,
            weeks=tuple(weeks),
            card=None if shown is Shown.QUESTION else await _card(unit, league, wanted, today),
            standings=tuple(standings),
            questions=tuple(questions),
            climbs=await _climbs(unit, league, standings, followed) if len(followed) > 1 else (),
            followed=tuple(followed),
            has_teams=bool(standings or shown is not Shown.TEAM or await unit.boards.memberships(league.id, [])),
        )

    return await core.storage.read(read)


async def card_of_week(core: Core, league_id: LeagueId, stretch: str, theme: str) -> ImageFile | None:
    """Return the picture of a week; None if there is nothing to show.

    Raises:
        BadInput: ``stretch`` names no time that standings are kept for.
    """
    page = await league_page(core, league_id, stretch=stretch, shown=Shown.PLAYER)
    picture = await core.pictures.of(page.card, theme) if page.card else None
    return picture.file if picture else None


async def _climbs(
    unit: Unit, league: League, standings: Sequence[Standing], weeks: Sequence[Stretch]
) -> tuple[Climb, ...]:
    mondays = {week.period: week.first for week in weeks if week.first}
    players = {one.player_id: one.name for one in standings[:MOST_FOLLOWED] if one.player_id is not None}
    teams = {one.team_id: one.name for one in standings[:MOST_FOLLOWED] if one.team_id is not None and one.place}
    climbs: list[Climb] = []
    if players:
        earned = await unit.boards.points_in(league.id, list(mondays), list(players))
        for player, name in players.items():
            points = accumulate(earned.get((player, period), 0) for period in mondays)
            climbs.append(Climb(name=name, points=tuple(points)))
    elif teams:
        of_teams = await unit.boards.team_weeks(league.id, mondays)
        on_demand = league.rules.team_race_on_demand
        scores = team_climbs(of_teams, teams, list(mondays.values()), on_demand=on_demand)
        climbs = [Climb(name=name, points=tuple(map(float, scores[team]))) for team, name in teams.items()]
    return tuple(sorted(climbs, key=lambda climb: -climb.points[-1]))


async def _card(unit: Unit, league: League, stretch: Stretch, today: date) -> Card | None:
    if stretch.window is not Window.WEEK or stretch.first is None:
        return None
    week = await review_week(unit, league, stretch.first, today)
    return replace(week_card(week), title=_("The week's standings")) if week else None


async def _ranked(unit: Unit, league: League, stretch: Stretch, shown: Shown, today: date) -> list[Standing]:
    if shown is Shown.TEAM:
        return place_teams(await team_standings(unit, league, stretch, today))
    return await ranked_players(unit, {league.id: stretch.period})


def _moments(stretch: Stretch, league: League, now: datetime) -> tuple[datetime, datetime]:
    """Return when a stretch begins, and the first moment after its end."""
    zone = ZoneInfo(league.zone)
    since = datetime.combine(stretch.first, time(), zone) if stretch.first else _LONG_AGO
    until = datetime.combine(stretch.last + timedelta(days=1), time(), zone) if stretch.last else now
    return since.astimezone(UTC), until.astimezone(UTC)
