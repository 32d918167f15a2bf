"""How much at once, and how soon more: with time as a parameter."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.limits import Allowance, TokenBucket, parse_allowance

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIVE = Allowance(at_once=5, every=timedelta(seconds=30))


def after(**parts):
    return NOON + timedelta(**parts)


def emptied(bucket, number, now):
    for _ in range(number):
        bucket = bucket.take(1, now)
    return bucket


def test_a_bucket_holds_so_many_and_one_more_every_so_often():
    bucket = emptied(TokenBucket(allowance=FIVE), 5, NOON)
    assert bucket.take(1, NOON) is None
    assert bucket.wait(1, NOON) == timedelta(seconds=30)
    assert bucket.wait(1, after(seconds=10)) == timedelta(seconds=20)
    assert bucket.take(1, after(seconds=29.999)) is None
    again = bucket.take(1, after(seconds=30))
    assert again.take(1, after(seconds=30)) is None
    assert again.wait(2, after(seconds=30)) == timedelta(seconds=60)


def test_it_never_holds_more_than_when_it_began():
    bucket = emptied(TokenBucket(allowance=FIVE), 5, NOON)
    assert emptied(bucket, 5, after(days=300)).take(1, after(days=300)) is None


def test_more_than_it_ever_holds_takes_all():
    bucket = TokenBucket(allowance=FIVE).take(9, NOON)
    assert bucket.wait(9, NOON) == FIVE.whole
    assert bucket.take(9, after(seconds=150)) is not None


def test_what_is_given_back_was_not_taken():
    bucket = emptied(TokenBucket(allowance=FIVE), 5, NOON).give_back(2)
    assert bucket.take(2, NOON) is not None
    assert bucket.take(3, NOON) is None


def test_nobody_waits_longer_because_a_clock_was_set_back():
    bucket = emptied(TokenBucket(allowance=FIVE), 5, NOON)
    assert bucket.wait(1, after(hours=-5)) == timedelta(seconds=30)


def test_people_of_one_address_share_what_several_may():
    bucket = TokenBucket(allowance=FIVE.times(10)).take(50, NOON)
    assert bucket.wait(1, NOON) == timedelta(seconds=3)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 7)), max_size=40))
def test_in_any_stretch_of_time_no_more_is_let_through_than_allowed(tries):
    now, bucket, taken = NOON, TokenBucket(allowance=FIVE), []
    for seconds, number in tries:
        now += timedelta(seconds=seconds)
        left = bucket.take(number, now)
        assert (left is None) == bool(bucket.wait(number, now))
        if left:
            bucket = left
            taken += [now] * min(number, 5)
    for first, start in enumerate(taken):
        for last in range(first, len(taken)):
            assert last - first + 1 <= 5 + (taken[last] - start) / FIVE.every


@pytest.mark.parametrize(("written", "at_once", "seconds"), [("5/30s", 5, 30), ("3/20m", 3, 1200), ("1/2h", 1, 7200)])
def test_an_allowance_is_read(written, at_once, seconds):
    assert parse_allowance(written) == Allowance(at_once=at_once, every=timedelta(seconds=seconds))


def test_off_is_no_limit():
    assert parse_allowance("off") is None


@pytest.mark.parametrize("written", ["", "5", "0/1s", "5/0s", "5/30", "-1/3s", "5/30d", "5 / 30s", "9999999/1s"])
def test_anything_else_is_refused_with_how_to_write_it(written):
    with pytest.raises(BadInput, match="5/30s"):
        parse_allowance(written)
