"""Which question comes next."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accuracy import Accuracy
from bot.domain.question_draw import Candidate, Taste, draw, group_level, hardness, once_asked

START = datetime(2026, 1, 1, tzinfo=UTC)
TOPICS = ("data", "modeling", "Ops", None)
LEVELS = ("easy", "medium", "hard", None)

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda d: d.replace(tzinfo=UTC))
pools = st.lists(st.none() | moments, max_size=12).map(
    lambda asked: [Candidate(question_id=n, last_asked=when) for n, when in enumerate(asked)]
)
weights = st.dictionaries(st.sampled_from(["data", "modeling", "ops"]), st.integers(1, 60), min_size=1)
mixes = st.sampled_from([None, "easy", "hard", "adaptive", "easy:50,medium:30,hard:20", "hard:1"])


def fresh(number, **about):
    return Candidate(question_id=number, last_asked=None, **about)


@st.composite
def banks(draw_from):
    """Questions of all kinds, some of them after another one of the bank."""
    size = draw_from(st.integers(1, 20))
    return [
        fresh(
            number,
            topic=draw_from(st.sampled_from(TOPICS)),
            difficulty=draw_from(st.sampled_from(LEVELS)),
            waits_for=draw_from(st.none() | st.sampled_from([n for n in range(size) if n != number] or [None])),
        )
        for number in range(size)
    ]


def played(bank, count, seed, taste):
    """What a series asks in ``count`` days, and what it could choose from each time."""
    asked, course = [], []
    for day in range(count):
        drawn = draw(bank, Random(f"{seed}:{day}"), taste, asked)
        if drawn is None:
            break
        course.append((drawn, bank))
        asked.append(drawn.candidate)
        bank = once_asked(bank, drawn.candidate.question_id, START + timedelta(days=day))
    return course


@given(pools, st.integers())
def test_what_was_never_asked_comes_first_then_what_was_asked_longest_ago(pool, seed):
    drawn = draw(pool, Random(seed))
    if not pool:
        assert drawn is None
    elif any(one.last_asked is None for one in pool):
        assert drawn.candidate.last_asked is None
        assert not drawn.repeats
    else:
        assert drawn.candidate.last_asked == min(one.last_asked for one in pool)
        assert drawn.repeats


def test_every_fresh_question_may_come():
    pool = [fresh(n) for n in range(5)]
    assert {draw(pool, Random(seed)).candidate.question_id for seed in range(60)} == set(range(5))


@given(banks(), st.integers(), weights | st.just({}), mixes)
def test_nothing_is_repeated_until_all_that_can_be_asked_was(bank, seed, shares, difficulty):
    taste = Taste(weights=shares, difficulty=difficulty)
    course = played(bank, 2 * len(bank), seed, taste)
    first_round = [drawn.candidate.question_id for drawn, _ in course if not drawn.repeats]
    assert len(first_round) == len(set(first_round))
    again = [drawn.candidate.question_id for drawn, _ in course if drawn.repeats]
    assert again == (first_round * 2 * len(bank))[: len(again)], "the oldest first"
    if again and difficulty not in {"easy", "hard"}:
        left = {one.question_id for one in bank} - set(first_round)
        waiting = {one.question_id for one in bank if one.waits_for is not None}
        assert left <= waiting, "only what waits for another isn't asked"


@given(banks(), st.integers(), weights | st.just({}), mixes)
def test_nothing_comes_before_what_it_depends_on(bank, seed, shares, difficulty):
    seen = set()
    for drawn, _ in played(bank, 2 * len(bank), seed, Taste(weights=shares, difficulty=difficulty)):
        before = bank[drawn.candidate.question_id].waits_for
        assert before is None or before in seen
        seen.add(drawn.candidate.question_id)


@given(banks(), st.integers(), weights | st.just({}), mixes)
def test_the_same_seed_and_state_give_the_same_questions(bank, seed, shares, difficulty):
    taste = Taste(weights=shares, difficulty=difficulty)
    assert played(bank, 30, seed, taste) == played(bank, 30, seed, taste)


@given(weights, st.integers())
def test_each_topic_is_within_one_question_of_its_share_at_any_time(shares, seed):
    bank = [fresh(n, topic=TOPICS[n % 4]) for n in range(4 * 40)]
    counts = Counter()
    for number, (drawn, _) in enumerate(played(bank, 40, seed, Taste(weights=shares)), start=1):
        counts[drawn.candidate.folded_topic] += 1
        for name, share in shares.items():
            assert abs(counts[name] - Fraction(number * share, sum(shares.values()))) < 1
    assert set(counts) <= set(shares), "what isn't named gets no turn"


@given(st.integers())
def test_a_mix_of_levels_is_within_one_question_of_its_shares(seed):
    bank = [fresh(n, difficulty=LEVELS[n % 4]) for n in range(4 * 40)]
    counts = Counter()
    for number, (drawn, _) in enumerate(played(bank, 40, seed, Taste(difficulty="easy:50,medium:30,hard:20")), start=1):
        counts[drawn.candidate.level] += 1
        for level, share in (("easy", 50), ("medium", 30), ("hard", 20)):
            assert abs(counts[level] - Fraction(number * share, 100)) < 1


def test_a_topic_that_is_used_up_hands_its_share_on():
    bank = [fresh(0, topic="data"), *(fresh(n, topic=("modeling", "ops")[n % 2]) for n in range(1, 41))]
    course = played(bank, 31, 1, Taste(weights={"data": 50, "modeling": 25, "ops": 25}))
    counts = Counter(drawn.candidate.topic for drawn, _ in course)
    assert counts["data"] == 1
    assert abs(counts["modeling"] - counts["ops"]) <= 1


def test_topics_without_a_share_come_once_nothing_else_is_left():
    bank = [*(fresh(n, topic="other") for n in range(5)), *(fresh(n, topic="data") for n in range(5, 10))]
    course = played(bank, 10, 1, Taste(weights={"data": 1}))
    assert [drawn.candidate.topic for drawn, _ in course] == ["data"] * 5 + ["other"] * 5
    assert course[-1][0].topic.due is None


def test_the_share_that_decided_is_told():
    bank = [fresh(n, topic=("data", "modeling")[n % 2]) for n in range(8)]
    asked = [fresh(n, topic="data") for n in range(100, 102)]
    share = draw(bank, Random(1), Taste(weights={"data": 50, "modeling": 50}), asked).topic
    assert (share.name, share.had, share.of, share.due) == ("modeling", 0, 2, Fraction(1, 2))


@pytest.mark.parametrize(
    ("group", "there", "expected"),
    [
        ("hard", ("easy", "medium", "hard"), "hard"),
        ("hard", ("easy", None), "medium"),
        ("easy", ("medium", "hard"), "medium"),
        ("medium", ("hard",), "hard"),
    ],
)
def test_an_adaptive_series_asks_what_suits_the_group_or_is_nearest_to_it(group, there, expected):
    bank = [fresh(n, difficulty=level) for n, level in enumerate(there)]
    assert draw(bank, Random(1), Taste(difficulty="adaptive", group=group)).candidate.level == expected


def test_a_level_is_kept_to_even_where_that_means_repeats():
    bank = [fresh(0, difficulty="hard"), Candidate(1, START, difficulty="easy"), fresh(2)]
    assert draw(bank, Random(1), Taste(difficulty="easy")).candidate.question_id == 1
    assert draw(bank, Random(1), Taste(difficulty="medium")).candidate.question_id == 2


@pytest.mark.parametrize(
    ("right", "answered", "expected"),
    [(4, 4, None), (4, 5, "easy"), (5, 8, "medium"), (3, 6, "hard"), (0, 0, None), (79, 100, "medium")],
)
def test_how_hard_a_question_proved_to_be(right, answered, expected):
    assert hardness(Accuracy(right=right, answered=answered)) == expected


@pytest.mark.parametrize(
    ("right", "answered", "expected"),
    [(9, 9, "medium"), (9, 10, "hard"), (8, 10, "medium"), (5, 10, "medium"), (4, 10, "easy"), (0, 0, "medium")],
)
def test_how_hard_it_should_be_for_a_group(right, answered, expected):
    assert group_level(Accuracy(right=right, answered=answered)) == expected
