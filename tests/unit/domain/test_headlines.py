"""What a week is remembered for: the most telling of what happened, and never who came last."""

from dataclasses import fields, replace
from fractions import Fraction
from itertools import permutations

import pytest

from bot.domain.grading import POINT
from bot.domain.headlines import (
    CloseRace,
    Comeback,
    Contender,
    Flawless,
    NewLeader,
    QuietWeek,
    RecordWeek,
    SharedLead,
    Unsolved,
    WeekFacts,
    Win,
    headline,
)


def ranked(*rows):
    """Contenders by name, points, and their places in the week before."""
    return tuple(
        Contender(name=name, score=points * POINT, before=before[0] if before else None)
        for name, points, *before in rows
    )


CLEAR = ranked(("Owls", 50, 1), ("Foxes", 20, 2), ("Newts", 10, 3))
USUAL = (0,) * 8 + (20, 24, 16, 20)
ADA = Flawless(name="Ada", answers=7)


@pytest.mark.parametrize(
    ("best", "told"),
    [
        (ranked(("Owls", 50, 1), ("Foxes", 45, 2)), CloseRace(name="Owls", lead=5 * POINT)),
        (ranked(("Owls", 50, 1), ("Foxes", 44, 2)), Win(name="Owls", score=50 * POINT)),
        (ranked(("Owls", 50, 1), ("Foxes", 50, 2), ("Newts", 49)), SharedLead(first="Owls", second="Foxes")),
        (ranked(("Owls", 50, 1), ("Foxes", 50, 2), ("Newts", 50)), None),
        (ranked(("Owls", 50, 4), ("Foxes", 20, 1)), Comeback(name="Owls", before=4)),
        (ranked(("Owls", 50, 3), ("Foxes", 20, 1)), NewLeader(name="Owls")),
        (ranked(("Owls", 50), ("Foxes", 20, 1)), NewLeader(name="Owls")),
        (ranked(("Owls", 50, 1)), Win(name="Owls", score=50 * POINT)),
        (ranked(("Owls", 0, 1), ("Foxes", 0, 2)), None),
        ((), None),
    ],
)
def test_a_race_is_told_by_how_close_it_was_and_by_who_led_before(best, told):
    assert headline(WeekFacts(best=best, had_winner=True)) == told


def test_a_lead_too_small_to_be_seen_is_not_told():
    owls, foxes = ranked(("Owls", 50, 1), ("Foxes", 50, 2))
    barely = replace(foxes, score=foxes.score - Fraction(1, 3))
    assert headline(WeekFacts(best=(owls, barely), had_winner=True)) == Win(name="Owls", score=50 * POINT)


def test_in_the_first_week_nobody_takes_the_lead_from_anybody():
    first = WeekFacts(best=ranked(("Owls", 50), ("Foxes", 20)))
    assert headline(first) == Win(name="Owls", score=50 * POINT)


@pytest.mark.parametrize(
    ("answers", "earlier", "told"),
    [
        (25, USUAL, RecordWeek(answers=25)),
        (24, USUAL, None),  # as many as once before
        (10, USUAL, QuietWeek(answers=10)),  # half of the usual twenty
        (11, USUAL, None),
        (25, (0, 20, 24, 16), None),  # three weeks don't say what is usual
        (2, (0, 20, 24, 16), None),
        (25, (), None),
    ],
)
def test_a_week_is_a_record_or_quiet_beside_those_before_it(answers, earlier, told):
    week = WeekFacts(best=CLEAR, had_winner=True, answers=answers, earlier=earlier)
    assert headline(week) == (told or Win(name="Owls", score=50 * POINT))


def test_a_few_right_answers_are_not_a_flawless_week():
    few = Flawless(name="Bo", answers=4)
    assert headline(WeekFacts(best=CLEAR, flawless=(few, ADA))) == ADA
    assert headline(WeekFacts(best=CLEAR, flawless=(few,))) == Win(name="Owls", score=50 * POINT)


def test_the_most_telling_comes_first():
    """Take away what was told, and the next comes: a race, a flawless week, a record, an unsolved question."""
    close = ranked(("Owls", 50, 1), ("Foxes", 48, 2))
    week = WeekFacts(best=close, had_winner=True, flawless=(ADA,), answers=99, earlier=USUAL, unsolved=1)
    told = [headline(week)]
    for less in ({"best": CLEAR}, {"flawless": ()}, {"answers": 5}, {"unsolved": None}, {"earlier": ()}, {"best": ()}):
        week = replace(week, **less)
        told.append(headline(week))
    assert [type(one) for one in told] == [
        CloseRace,
        Flawless,
        RecordWeek,
        Unsolved,
        QuietWeek,
        Win,
        type(None),
    ]


def test_nobody_but_winners_and_flawless_players_is_ever_named():
    for rows in permutations((("Owls", 50), ("Foxes", 46), ("Newts", 10))):
        best = ranked(*((name, points, before) for before, (name, points) in enumerate(rows, start=1)))
        told = headline(WeekFacts(best=sorted(best, key=lambda one: -one.score), had_winner=True))
        named = {getattr(told, field.name) for field in fields(told) if field.type is str}
        assert named <= {"Owls"}
