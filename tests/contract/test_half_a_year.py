"""Half a year is played in two spaces of one league; then every standing is what a plain recount of it gives.

The recount knows only what this test did itself: who chose what when, who was in which team since when. It has
formulas of its own, in fractions of points.
"""

import asyncio
import random
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.domain.grading import POINT
from bot.domain.rounds import Reveal
from bot.domain.standings import Ranked, Window
from bot.services.banks.correcting import correct_key
from bot.services.leagues.spaces import ensure_space
from bot.services.leagues.teams import create_team, join_team, leave_team
from bot.services.series.series import ask_in_series_now
from bot.services.standings import seasons
from bot.services.standings.pages import Shown, league_page
from bot.services.standings.scores import standings
from bot.storage import tables as t
from bot.testing import draft

pytestmark = pytest.mark.sqlite_first

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = date(2026, 3, 2)
SEASON_TWO = date(2026, 4, 13)
TEAMS = [f"Team {letter}" for letter in "ABCDEFGH"]
LATEST_SHARE = 0.85
"""How many answer where nobody does so late: to questions on demand, which close after an hour, and on the last day."""
KEYS = [frozenset({0}), frozenset({1}), frozenset({0, 2}), frozenset({0, 1, 3})]


@dataclass
class Played:
    """What was done: answers by round and player, and who is in which team since which Monday."""

    players: list[str]
    random: random.Random
    keys: dict[int, frozenset[int]] = field(default_factory=dict)
    answers: dict[tuple[int, str], tuple[datetime, frozenset[int], int, bool]] = field(default_factory=dict)
    teams: dict[str, tuple[str, date]] = field(default_factory=dict)
    founded: set[str] = field(default_factory=set)


def monday(day):
    return day - timedelta(days=day.isocalendar().weekday - 1)


# The recount.


def worth(chosen, key):
    return Fraction(10 * max(0, len(chosen & key) - len(chosen - key)), len(key))


def days_of(played):
    """By player, their local days with points under the cap, right answers, and answers."""
    sums = defaultdict(lambda: [Fraction(0), Fraction(0), 0, 0])
    for (_round, player), (at, chosen, question, on_demand) in played.answers.items():
        key = played.keys[question]
        day = sums[player, at.astimezone(BERLIN).date()]
        day[1 if on_demand else 0] += worth(chosen, key)
        day[2] += chosen == key
        day[3] += 1
    days = defaultdict(dict)
    for (player, day), (fixed, extra, right, n) in sums.items():
        days[player][day] = fixed + min(Fraction(50), extra), right, n
    return days


def ranked(rows):
    """(score, name, …) as (place, name, …), best first; the place is one more than the number of better ones."""
    scores = sorted(row[0] for row in rows)
    ordered = sorted(rows, key=lambda row: (-row[0], row[1].casefold()))
    return [(1 + len(scores) - bisect_right(scores, row[0]), *row[1:]) for row in ordered]


def players_between(days, first, last):
    rows = []
    for name, played in days.items():
        there = [figures for day, figures in played.items() if first <= day <= last]
        if there:
            points, right, n = (sum(column) for column in zip(*there, strict=True))
            rows.append((points, name, points, right, n))
    return ranked(rows)


def teams_between(played, days, first, last):
    rows = team_rows(played, days, first, last)
    alone = sorted((row for row in rows if row[3] < 2), key=lambda row: row[1])
    return ranked([row for row in rows if row[3] >= 2]) + [(None, *row[1:]) for row in alone]


def team_rows(played, days, first, last):
    """Each team with an answer: its score, name, mean, how many answered, and of how many."""
    first = max(first, FIRST)
    members = {name: (team, since) for name, (team, since) in played.teams.items() if since <= last}
    begins = max(first, min((since for _team, since in members.values()), default=first))

    @cache
    def weeks(since):
        all_days = ((max(begins, since) + timedelta(days=n)) for n in range((last - max(begins, since)).days + 1))
        return len({day.isocalendar()[:2] for day in all_days})

    earned = {
        name: [points for day, (points, *_) in days[name].items() if max(first, since) <= day <= last]
        for name, (_team, since) in members.items()
    }

    def mean(names):
        parts = sum(Fraction(weeks(members[name][1]), weeks(begins)) for name in names)
        return sum(sum(earned[name]) for name in names) / parts

    of_team = defaultdict(list)
    for name, (team, _since) in members.items():
        of_team[team].append(name)
    active = {team: [name for name in names if earned[name]] for team, names in of_team.items()}
    if not any(active.values()):
        return []
    everybody = mean([name for names in active.values() for name in names])
    rows = []
    for team, names in active.items():
        if names:
            n = len(names)
            score = mean(names) if n >= 5 else (n * mean(names) + (5 - n) * everybody) / 5
            rows.append((score, team, mean(names), n, len(of_team[team])))
    return rows


# The play.


async def play(game, players, weeks):
    """Every day a question in each space; people answer, change their mind, join, leave and change teams."""
    other = await ensure_space(game.app, "web", "other", "Other", "Europe/Berlin")
    league_id = game.space.league_id
    await game.app.storage.write_raw(
        lambda c: c.execute(t.spaces.update().where(t.spaces.c.id == other.id).values(league_id=league_id))
    )
    there = type(game)(game.app, replace(other, league_id=league_id), game.clock)
    played = Played([f"P{n:03}" for n in range(players)], random.Random(7))
    drafts = [
        draft(f"Question {n}?", key=sorted(KEYS[n % 4]), select=len(KEYS[n % 4]), source_id=str(n)) for n in range(120)
    ]
    await game.imports(*drafts)
    questions = await game.app.storage.read(_questions)
    played.keys = {question.id: KEYS[int(question.stem.split()[1][:-1]) % 4] for question in questions}
    sides = [(game, played.players[::2]), (there, played.players[1::2])]
    daily = [
        (side, names, await side.series(reveal=reveal))
        for (side, names), reveal in zip(sides, (Reveal.ON_ANSWER, Reveal.AT_CLOSE), strict=True)
    ]
    for number in range(weeks * 7):
        day = FIRST + timedelta(days=number)
        game.clock.set(datetime(day.year, day.month, day.day, 7, tzinfo=UTC))
        if day == SEASON_TWO:
            await seasons.start_season(game.app, game.caller("Boss"), "Summer")
        await _change_teams(played, sides, day, number)
        for side, names, series in daily:
            await _answer(
                played,
                side,
                names,
                await ask_in_series_now(game.app, series.id),
                share=0.8 if number < weeks * 7 - 1 else LATEST_SHARE,
            )
            if number % 28 == 3:
                for round_ in await _on_demand(side):
                    await _answer(played, side, names[:20], round_, share=0.9)
    for space_id in (game.space.id, other.id):
        for round_ in await game.app.storage.read(lambda unit, i=space_id: unit.rounds.open_in(i)):
            await game.closes(round_)
    question = questions[0]
    await correct_key(game.app, question.id, "ABCD"[min({0, 1, 2, 3} - played.keys[question.id])], reason="", actor="")
    played.keys[question.id] = frozenset({min({0, 1, 2, 3} - played.keys[question.id])})
    return played


async def _questions(unit):
    return await unit.banks.questions((await unit.banks.named("bank", None)).id)


async def _on_demand(side):
    return [await side.asks() for _ in range(7)]


async def _answer(played, side, names, round_, share):
    """Most answer, some of them late in the evening, when it is tomorrow in Berlin; some change their mind."""
    chance, clicks = played.random, []
    changes = round_.reveal is Reveal.AT_CLOSE
    for name in names:
        if chance.random() > share:
            continue
        late = timedelta(hours=15, minutes=30) if chance.random() < 0.05 and share < LATEST_SHARE else timedelta()
        for turn in range(2 if changes and chance.random() < 0.1 else 1):
            chosen = frozenset(chance.sample(range(4), 1 if round_.select == 1 else round_.select))
            if chance.random() < 0.5:
                chosen = played.keys[round_.question_id]
            at = side.clock.now() + late + timedelta(minutes=turn)
            clicks.append(side.click(round_, name, *chosen, at=at))
            played.answers[round_.id, name] = (at, chosen, round_.question_id, round_.on_demand)
    await asyncio.gather(*map(side.app.answers.submit, clicks))


async def _change_teams(played, sides, day, number):
    """On the first day everybody but a few is in a team; then every third day some come, go or change."""
    chance = played.random
    if number and number % 3:
        return
    for side, names in sides:
        some = names[: len(names) * 3 // 4] if number == 0 else chance.sample(names, max(1, len(names) // 50))
        for name in some:
            team = chance.choice([*TEAMS, None] if number else TEAMS)
            caller = side.caller(name)
            if team is None:
                await leave_team(side.app, caller)
                played.teams.pop(name, None)
                continue
            await (join_team if team in played.founded else create_team)(side.app, caller, team)
            played.founded.add(team)
            if played.teams.get(name, ("",))[0] != team:
                played.teams[name] = (team, monday(day))


# What must be true.


def as_points(value):
    return Fraction(value) / POINT


async def agree(game, played, weeks):
    last = FIRST + timedelta(days=weeks * 7 - 1)
    game.clock.set(datetime(last.year, last.month, last.day, 20, tzinfo=UTC))
    days = days_of(played)
    season_two = SEASON_TWO if last >= SEASON_TWO else FIRST
    windows = {
        Window.DAY: last,
        Window.WEEK: monday(last),
        Window.MONTH: last.replace(day=1),
        Window.SEASON: season_two,
        Window.ALL: FIRST,
    }
    for window, first in windows.items():
        by_player = await standings(game.app, league=None, window=window, by=Ranked.PLAYER)
        assert shown_players(by_player) == players_between(days, first, last), window
        by_team = await standings(game.app, league=None, window=window, by=Ranked.TEAM)
        assert shown_teams(by_team) == teams_between(played, days, first, last), window
    stretches = {
        f"{year}-W{week:02}": (begun, begun + timedelta(days=6))
        for n in range(weeks)
        for begun in [FIRST + timedelta(days=7 * n)]
        for year, week, _ in [begun.isocalendar()]
    }
    if season_two > FIRST:
        stretches["season-1"] = (FIRST, SEASON_TWO - timedelta(days=1))
    for stretch, (first, until) in stretches.items():
        page = await league_page(game.app, game.space.league_id, stretch=stretch, shown=Shown.PLAYER)
        assert shown_players(page.standings) == players_between(days, first, until), stretch
        page = await league_page(game.app, game.space.league_id, stretch=stretch, shown=Shown.TEAM)
        assert shown_teams(page.standings) == teams_between(played, days, first, until), stretch
        best = {standing.name for standing in page.standings[:5] if standing.place}
        assert {climb.name for climb in page.climbs} == (best if len(page.followed) > 1 else set()), stretch
        for column, week in enumerate(page.followed if page.climbs else ()):
            rows = team_rows(played, days, page.followed[0].first, min(week.last, last))
            scores = {row[1]: float(row[0] * POINT) for row in rows}
            assert all(climb.points[column] == scores.get(climb.name, 0) for climb in page.climbs), stretch
    await game.agrees()


def shown_players(board):
    return [(s.place, s.name, as_points(s.points), s.right, s.answered) for s in board]


def shown_teams(board):
    return [(s.place, s.name, as_points(s.points), s.members, s.of) for s in board]


@pytest.mark.timeout(600)
async def test_after_half_a_year_every_standing_is_what_a_recount_gives(game, soak):
    players, weeks = (500, 26) if soak else (16, 8)
    played = await play(game, players, weeks)
    assert len(played.answers) > players * weeks * 5
    await agree(game, played, weeks)
