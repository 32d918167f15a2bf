"""Compute what answers add to totals: pure sums, independent of the database.

A day's on-demand points are capped. The cap is applied to the day's sum, not to each answer, so that totals are the
same in whatever order the answers came.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from bot.domain.answers import Answer
from bot.domain.grading import capped
from bot.domain.identity import LeagueId, PlayerId
from bot.domain.leagues import League
from bot.domain.rounds import Round
from bot.domain.standings import Window, period, periods

PlayerDay = tuple[LeagueId, PlayerId, date]
DaySums = tuple[PlayerId, int, int, int, int, int]
"""A player, then what to add to points, right answers, answers, on-demand points, and counted on-demand points."""
TotalsRow = tuple[LeagueId, str, PlayerId, int, int, int, int]
"""A league and a period, followed by `DaySums`."""


def day_name(day: date) -> str:
    """The period of a single day."""
    return period(Window.DAY, day, 0)


@lru_cache(maxsize=1_000)
def _periods(day: date, season: int) -> tuple[str, ...]:
    """The day itself first: its row alone keeps on-demand points before the cap."""
    return tuple(sorted(periods(day, season), key=lambda name: name != day_name(day)))


class Ledger:
    """Collects what changes in a transaction, by local day of the league and player."""

    def __init__(self, leagues: Mapping[LeagueId, League]) -> None:
        self._leagues = leagues
        self._days: dict[tuple[LeagueId, date], dict[PlayerId, list[int]]] = {}

    def local_day(self, answer: Answer, round_: Round) -> date:
        """Return the day that an answer counts on: its stored day or, if it is new, the day in its league's zone."""
        return answer.day or self._leagues[round_.league_id].day(answer.at)

    def add(self, answer: Answer, round_: Round, day: date, *, sign: int = 1) -> None:
        """Count an answer in (or, with sign -1, out); one without a grade changes nothing."""
        if answer.grade is None:
            return
        sums = self._days.setdefault((round_.league_id, day), {}).setdefault(answer.player_id, [0, 0, 0, 0])
        sums[3 if round_.on_demand else 0] += sign * answer.grade.points
        sums[1] += sign * answer.grade.right
        sums[2] += sign

    def capped_days(self) -> list[PlayerDay]:
        """Return the days whose earlier on-demand points are needed to apply the cap."""
        return [
            (league_id, player_id, day)
            for (league_id, day), players in self._days.items()
            for player_id, sums in players.items()
            if sums[3]
        ]

    def days(
        self, on_demand_before: Mapping[PlayerDay, int]
    ) -> Iterator[tuple[LeagueId, tuple[str, ...], list[DaySums]]]:
        """What to add to every period of a league's day, the day itself first: it alone keeps what the cap left out."""
        for (league_id, day), players in sorted(self._days.items()):
            sums = []
            for player_id, (points, right, answered, extra) in sorted(players.items()):
                was = on_demand_before.get((league_id, player_id, day), 0) if extra else 0
                counted = capped(was + extra) - capped(was)
                if points + counted or right or answered or extra:
                    sums.append((player_id, points + counted, right, answered, extra, counted))
            if sums:
                yield league_id, _periods(day, self._leagues[league_id].season_on(day)), sums

    def rows(self, on_demand_before: Mapping[PlayerDay, int]) -> list[TotalsRow]:
        """What to add to every total, sorted by key, so that two transactions can't deadlock."""
        return sorted(
            (league_id, name, player_id, points, right, answered, counted if number else extra)
            for league_id, names, sums in self.days(on_demand_before)
            for number, name in enumerate(names)
            for player_id, points, right, answered, extra, counted in sums
        )

    @property
    def takes_out(self) -> bool:
        """Whether a total may have fallen to zero."""
        return any(sums[2] < 0 for players in self._days.values() for sums in players.values())
