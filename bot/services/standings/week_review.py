"""Review a week: its standings, the hardest question, and the longest streaks."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.leagues import League
from bot.domain.standings import Standing, rank_players
from bot.domain.stretches import week_of
from bot.domain.team_race import monday, place_teams
from bot.domain.weeks import (
    FEWEST_ANSWERS,
    SHORTEST_STREAK,
    TOP_PLAYERS,
    TOP_PLAYERS_ALONE,
    TOP_STREAKS,
    TOP_TEAMS,
    HardQuestion,
    Streak,
    TeamOfWeek,
    WeekReview,
)
from bot.ports import QuestionFigures, Unit
from bot.services.standings.team_standings import team_standings

_ROUNDS = 300
"""The most rounds of a week whose questions are looked at."""


async def review_week(unit: Unit, league: League, day: date, today: date) -> WeekReview | None:
    """Return the review of the week that contains a day; None if nobody answered."""
    best = rank_players(await unit.boards.top(league.id, week_of(day).period, TOP_PLAYERS_ALONE))
    if not best:
        return None
    teams = await _placed(unit, league, day, today)
    before = {team.team_id: team.place for team in await _placed(unit, league, day - timedelta(days=7), today)}
    return WeekReview(
        league=league.name,
        monday=monday(day),
        teams=tuple(
            TeamOfWeek(standing=team, change=_change(before.get(team.team_id), team.place))
            for team in teams[:TOP_TEAMS]
        ),
        more_teams=max(0, len(teams) - TOP_TEAMS),
        players=tuple(best[:TOP_PLAYERS] if teams else best),
        hardest=_as_told(hardest(await week_figures(unit, league, monday(day)))),
        streaks=await _longest_streaks(unit, league, monday(day) + timedelta(days=6)),
    )


async def _placed(unit: Unit, league: League, day: date, today: date) -> Sequence[Standing]:
    teams = place_teams(await team_standings(unit, league, week_of(day), today))
    return [team for team in teams if team.place is not None]


def _change(before: int | None, now: int | None) -> int | None:
    return None if before is None or now is None else before - now


async def week_figures(unit: Unit, league: League, first: date) -> list[QuestionFigures]:
    """Return how a league fared with the questions of the week that begins on a Monday, the hardest first."""
    return await unit.rounds.figures(league.id, *week_bounds(league, first), _ROUNDS)


def week_bounds(league: League, first: date) -> tuple[datetime, datetime]:
    """Return when the week that begins on a Monday begins and ends, in UTC."""
    zone = ZoneInfo(league.zone)
    begins, ends = (datetime.combine(first + timedelta(days=n), time(), zone).astimezone(UTC) for n in (0, 7))
    return begins, ends


def hardest(figures: Sequence[QuestionFigures]) -> QuestionFigures | None:
    """Return the first of a week's figures with enough answers to say how hard its question was."""
    return next((one for one in figures if one.answered >= FEWEST_ANSWERS), None)


def _as_told(hard: QuestionFigures | None) -> HardQuestion | None:
    return HardQuestion(stem=hard.stem, right=hard.right, answered=hard.answered) if hard else None


async def _longest_streaks(unit: Unit, league: League, day: date) -> tuple[Streak, ...]:
    names = {score.player_id: score.name for score in await unit.boards.scores({league.id: week_of(day).period})}
    lengths = await unit.boards.streaks(league.id, list(names), day, is_over=True)
    streaks = [Streak(player_id=player, name=names[player], days=days) for player, days in lengths.items()]
    longest = sorted(streaks, key=lambda one: (-one.days, one.name.casefold(), one.player_id))
    return tuple(streak for streak in longest[:TOP_STREAKS] if streak.days >= SHORTEST_STREAK)
