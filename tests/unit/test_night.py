"""What happens next in a quiz night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.identity import NightId, RoundId, SpaceId
from bot.domain.night import PAUSE, READABLE, TOO_LONG, Asked, Night, Step, everybody_left, next_step

START = datetime(2026, 11, 20, 19, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def night(**changes):
    usual = {"id": NightId(1), "space_id": SpaceId(1), "channel": "study", "count": 3, "seconds": 30}
    return Night(**(usual | {"started_at": START} | changes))


def asked(*answered, last_is_open=False):
    """Questions that were open for 30 seconds each, with so many answers."""
    found = []
    for number, count in enumerate(answered):
        opened = START + number * timedelta(seconds=35)
        is_open = last_is_open and number == len(answered) - 1
        closed = None if is_open else opened + timedelta(seconds=30)
        found.append(Asked(round_id=RoundId(number), opened_at=opened, closed_at=closed, answered=count))
    return found


def test_the_first_question_comes_at_once():
    assert next_step(night(), [], None, START) is Step.ASK


def test_the_next_question_comes_after_a_pause():
    (one,) = asked(2)
    assert next_step(night(), [one], None, one.closed_at + PAUSE - SECOND) is Step.WAIT
    assert next_step(night(), [one], None, one.closed_at + PAUSE) is Step.ASK


def test_the_last_question_ends_the_night():
    so_far = asked(2, 2, 2)
    assert next_step(night(), so_far, None, so_far[-1].closed_at) is Step.END


def test_an_open_question_closes_once_all_players_have_answered_but_not_before_it_could_be_read():
    so_far = asked(2, 2, last_is_open=True)
    opened = so_far[-1].opened_at
    assert next_step(night(), so_far, 0, opened + READABLE - SECOND) is Step.WAIT
    assert next_step(night(), so_far, 0, opened + READABLE) is Step.CLOSE
    assert next_step(night(), so_far, 1, opened + READABLE) is Step.WAIT


def test_nobody_is_known_yet_at_the_first_question_so_it_waits_for_its_time():
    so_far = asked(1, last_is_open=True)
    assert next_step(night(), so_far, None, START + timedelta(seconds=20)) is Step.WAIT


def test_a_stopped_night_finishes_its_open_question():
    so_far = asked(2, 1, last_is_open=True)
    assert next_step(night(stops=True), so_far, 1, so_far[-1].opened_at + READABLE) is Step.WAIT
    closed = asked(2, 1)
    assert next_step(night(stops=True), closed, None, closed[-1].closed_at) is Step.END


@pytest.mark.parametrize(
    ("answered", "left"), [((0,), False), ((0, 0), True), ((0, 1), False), ((1, 0), False), ((1, 0, 0), True)]
)
def test_two_questions_in_a_row_without_an_answer_end_the_night(answered, left):
    so_far = asked(*answered)
    assert everybody_left(so_far) is left
    then = so_far[-1].closed_at + PAUSE
    assert (next_step(night(count=9), so_far, None, then) is Step.END) is left


def test_after_a_long_standstill_it_ends_instead_of_surprising_people():
    (one,) = asked(2)
    assert next_step(night(), [one], None, one.closed_at + TOO_LONG) is Step.ASK
    assert next_step(night(), [one], None, one.closed_at + TOO_LONG + SECOND) is Step.END
    assert next_step(night(), [], None, START + TOO_LONG + SECOND) is Step.END


def test_one_quick_player_leaves_the_others_time_to_read():
    so_far = asked(1, 1, last_is_open=True)
    assert next_step(night(), so_far, 0, so_far[-1].opened_at + READABLE) is Step.WAIT


def test_a_night_ends_after_a_standstill_during_a_question_too():
    (one,) = asked(2)
    late = one.opened_at + timedelta(hours=8)
    closed_late = replace(one, closed_at=late)
    assert next_step(night(), [closed_late], None, late + PAUSE) is Step.END
