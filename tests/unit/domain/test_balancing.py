"""Teams that are drawn are as strong as each other."""

from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.balancing import balanced

people = st.lists(st.one_of(st.none(), st.integers(0, 1_000)), min_size=2, max_size=40)


def sums(teams, strengths):
    """How far each team is above the mean of all, in sum."""
    rated = [strength for strength in strengths if strength is not None]
    mean = sum(rated) / len(rated) if rated else 0
    return [sum(strengths[n] - mean for n in team if strengths[n] is not None) for team in teams]


def spread(teams, strengths):
    return max(sums(teams, strengths)) - min(sums(teams, strengths))


def drawn(strengths, number, seed="seed"):
    return balanced(dict(enumerate(strengths)), number, seed, Random)


@given(people, st.integers(1, 8))
def test_everybody_is_in_one_team_and_sizes_and_newcomers_differ_by_one_at_most(strengths, number):
    number = min(number, len(strengths))
    teams = drawn(strengths, number)
    assert sorted(n for team in teams for n in team) == list(range(len(strengths)))
    sizes = [len(team) for team in teams]
    assert max(sizes) - min(sizes) <= 1
    newcomers = [sum(strengths[n] is None for n in team) for team in teams]
    assert max(newcomers) - min(newcomers) <= 1


@given(people, st.integers(1, 8))
def test_no_swap_of_two_makes_two_teams_more_alike(strengths, number):
    teams = drawn(strengths, min(number, len(strengths)))
    above = sums(teams, strengths)
    for one, mine in enumerate(teams):
        for other, theirs in enumerate(teams):
            for a in mine:
                for b in theirs:
                    if strengths[a] is not None and strengths[b] is not None:
                        moved = strengths[a] - strengths[b]
                        gap = above[one] - above[other]
                        assert abs(gap - 2 * moved) >= abs(gap) - 1e-6


@given(st.lists(st.integers(0, 100), min_size=4, max_size=7), st.integers(2, 3))
def test_a_draw_of_few_is_as_even_as_the_best_of_all_draws_but_for_little(strengths, number):
    def cut(order):
        edges = [round(n * len(order) / number) for n in range(number + 1)]
        return [order[a:b] for a, b in pairwise(edges)]

    best = min(spread(cut(order), strengths) for order in permutations(range(len(strengths))))
    assert spread(drawn(strengths, number), strengths) <= best + 5


@given(people, st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_teams_whoever_is_named_first(strengths, random):
    everybody = list(enumerate(strengths))
    before = balanced(dict(everybody), 2, "a", Random)
    random.shuffle(everybody)
    assert balanced(dict(everybody), 2, "a", Random) == before


def test_another_newcomer_leaves_those_with_results_where_they_were():
    strengths = {n: n * 7 % 50 for n in range(20)}
    before = balanced(strengths, 3, "a", Random)
    after = balanced(strengths | {99: None}, 3, "a", Random)
    assert [[n for n in team if n != 99] for team in after] == before


def test_five_hundred_are_dealt_almost_evenly():
    strengths = [n * n % 997 for n in range(500)]
    assert spread(drawn(strengths, 7), strengths) < 10


def test_there_must_be_somebody_for_every_team():
    with pytest.raises(ValueError, match="3 teams of 2 people"):
        drawn([1, 2], 3)
