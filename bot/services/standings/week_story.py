"""Find what else the post on a week tells: what it begins with, who rose, what split the group, and what comes."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from bot.domain.headlines import WEEKS_COMPARED, Contender, Flawless, WeekFacts, headline
from bot.domain.identity import PlayerId, Space, SpaceId
from bot.domain.leagues import League
from bot.domain.series import Series, due_date, local
from bot.domain.standings import Standing
from bot.domain.stretches import week_of
from bot.domain.weeks import (
    FEWEST_ANSWERS,
    FEWEST_TO_SPLIT,
    MOST_THANKED,
    TOP_RISERS,
    Coming,
    Riser,
    SplitQuestion,
    TeamOfWeek,
    WeekReview,
    WeekStory,
)
from bot.ports import QuestionFigures, Unit
from bot.services.core import Core
from bot.services.standings.ranking import ranked_players
from bot.services.standings.week_review import hardest, week_bounds, week_figures

_WEEK = timedelta(days=7)
_HALF = Fraction(1, 2)
_FAR_FROM_HALF = Fraction(1, 5)
"""How far from half the share of right answers may be for a question that split the group."""
_MOST_COMING = 5


async def week_story(
    core: Core, unit: Unit, league: League, space: Space, week: WeekReview, *, channel: str, now: datetime
) -> WeekStory:
    """Return what the post on a week tells in a channel of a space, beside the review of its league."""
    figures = await week_figures(unit, league, week.monday)
    players = await ranked_players(unit, {league.id: week_of(week.monday).period})
    earlier = await ranked_players(unit, {league.id: week_of(week.monday - _WEEK).period})
    before = {one.player_id: one.place for one in earlier if one.player_id is not None and one.place is not None}
    answers = await _answers(unit, league, week)
    facts = WeekFacts(
        best=[_of_team(team) for team in week.teams] or [_of_player(player, before) for player in players],
        had_winner=any(team.change is not None for team in week.teams)
        if week.teams
        else any(one.score > 0 for one in earlier),
        flawless=[Flawless(name=p.name, answers=p.answered) for p in week.players if p.right == p.answered],
        answers=answers[0],
        earlier=answers[1:],
        unsolved=_unsolved(figures, league),
    )
    return WeekStory(
        headline=headline(facts),
        risers=_risers(players, before),
        split=await _split(unit, figures, space.id),
        thanked=tuple(await unit.thanks.between(space.id, *week_bounds(league, week.monday)))[:MOST_THANKED],
        coming=await _coming(core, unit, space.id, channel, now),
    )


async def _answers(unit: Unit, league: League, week: WeekReview) -> list[int]:
    """Return how many answers the week had, and each of those before it, latest first."""
    periods = [week_of(week.monday - back * _WEEK).period for back in range(WEEKS_COMPARED + 1)]
    answered = await unit.boards.answered(league.id, periods)
    return [answered.get(period, 0) for period in periods]


def _of_team(team: TeamOfWeek) -> Contender:
    place, change = team.standing.place, team.change
    before = None if place is None or change is None else place + change
    return Contender(name=team.standing.name, score=team.standing.score, before=before)


def _of_player(player: Standing, before: dict[PlayerId, int]) -> Contender:
    known = None if player.player_id is None else before.get(player.player_id)
    return Contender(name=player.name, score=player.score, before=known)


def _risers(players: Sequence[Standing], before: dict[PlayerId, int]) -> tuple[Riser, ...]:
    """Return who gained the most places; of those who gained the same, the better ones first."""
    risers = [
        Riser(player_id=one.player_id, name=one.name, gained=before[one.player_id] - one.place)
        for one in players
        if one.player_id is not None and one.place is not None and one.place < before.get(one.player_id, 0)
    ]
    return tuple(sorted(risers, key=lambda riser: -riser.gained)[:TOP_RISERS])


def _unsolved(figures: Sequence[QuestionFigures], league: League) -> int | None:
    """Return the weekday of the latest question that nobody got, of those that were the only one of their day."""
    on_day = Counter(league.day(one.opened_at) for one in figures)
    days = [
        league.day(one.opened_at)
        for one in figures
        if not one.right and one.answered >= FEWEST_ANSWERS and one.asked == on_day[league.day(one.opened_at)] == 1
    ]
    return max(days).weekday() if days else None


async def _split(unit: Unit, figures: Sequence[QuestionFigures], space_id: SpaceId) -> SplitQuestion | None:
    """Return the question with the share of right answers nearest to half, unless it is being asked again."""
    hard = hardest(figures)
    near = [
        one
        for one in figures
        if one != hard and one.answered >= FEWEST_TO_SPLIT and _from_half(one)[0] <= _FAR_FROM_HALF
    ]
    for one in sorted(near, key=_from_half):
        round_ = await unit.rounds.find(one.round_id)
        if round_ and round_.key and not await unit.rounds.is_being_asked(one.question_id, space_id):
            question = await unit.banks.question(round_.question_id, round_.revision)
            return SplitQuestion(round=round_, question=question, right=one.right, answered=one.answered)
    return None


def _from_half(one: QuestionFigures) -> tuple[Fraction, int, int]:
    return abs(Fraction(one.right, one.answered) - _HALF), -one.answered, one.question_id


async def _coming(core: Core, unit: Unit, space_id: SpaceId, channel: str, now: datetime) -> tuple[Coming, ...]:
    """Return when the series of the channel ask in the next seven days; without any there, those of the space."""
    running = [series for series in await unit.schedules.all(space_id) if not series.paused]
    told = [series for series in running if series.channel == channel] or running
    coming = {found for series in told if (found := _of_series(core, series, now)).days}
    return tuple(sorted(coming, key=lambda one: (one.at, one.zone, one.days))[:_MOST_COMING])


def _of_series(core: Core, series: Series, now: datetime) -> Coming:
    """Return the days of a series up to the same time on its clock in a week, even if the clock changes."""
    zone, days = series.timetable.zone, list[date]()
    moment = max(series.next_at or now, core.next_fire(series.timetable, now))
    until = local(now, zone).replace(tzinfo=None) + _WEEK
    while local(moment, zone).replace(tzinfo=None) <= until:
        days.append(due_date(series.timetable, moment))
        moment = core.next_fire(series.timetable, moment)
    return Coming(days=tuple(days), at=series.timetable.at, zone=zone)
