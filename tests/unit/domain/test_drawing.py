"""Which question comes next."""

from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drawing import Candidate, draw

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda d: d.replace(tzinfo=UTC))
pools = st.lists(st.none() | moments, max_size=12).map(
    lambda asked: [Candidate(question_id=n, last_asked=when) for n, when in enumerate(asked)]
)


@given(pools, st.integers())
def test_what_was_never_asked_comes_first_then_what_was_asked_longest_ago(pool, seed):
    drawn = draw(pool, Random(seed))
    if not pool:
        assert drawn is None
    elif any(one.last_asked is None for one in pool):
        assert drawn.last_asked is None
    else:
        assert drawn.last_asked == min(one.last_asked for one in pool)


def test_every_fresh_question_may_come():
    pool = [Candidate(question_id=n, last_asked=None) for n in range(5)]
    assert {draw(pool, Random(seed)).question_id for seed in range(60)} == set(range(5))
