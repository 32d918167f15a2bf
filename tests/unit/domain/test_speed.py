"""The bonus for a quick right answer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.answers import Answer, due_answer, graded_answer
from bot.domain.grading import FULL_MARKS, POINT
from bot.domain.kinds.choice import ChoiceKey, Chosen
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.speed import points_for_speed

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
LASTS_S = 30


def a_round(*, speed=True, closes_at=NINE + timedelta(seconds=LASTS_S), key=(2,)):
    return Round(
        id=7,
        space_id=1,
        league_id=1,
        channel="study",
        question_id=3,
        revision=1,
        key=ChoiceKey(key),
        select=len(key),
        order=(2, 0, 3, 1),
        reveal=Reveal.AT_CLOSE,
        answer_with=AnswerWith.BUTTONS,
        opened_at=NINE,
        closes_at=closes_at,
        speed=speed,
    )


def answered(second, *choices):
    at = NINE + timedelta(seconds=second)
    return Answer(round_id=7, player_id=1, response=Chosen(choices or (2,)), at=at, event_id="e")


@pytest.mark.parametrize(("second", "bonus"), [(-2, 1), (0, 1), (1, 1), (15, 1), (15.1, 0), (29.9, 0), (40, 0)])
def test_it_falls_from_a_tenth_to_nothing_in_whole_points(second, bonus):
    round_, answer = a_round(), answered(second)
    grade = graded_answer(answer, round_).grade
    assert (grade.points, grade.right) == (FULL_MARKS + bonus * POINT, True)
    assert points_for_speed(grade, round_, answer.response) == bonus * POINT


@pytest.mark.parametrize("round_", [a_round(speed=False), a_round(closes_at=None)], ids=["off", "no close"])
def test_without_it_a_right_answer_earns_the_same_at_any_time(round_):
    assert graded_answer(answered(0), round_).grade.points == FULL_MARKS


def test_only_a_fully_right_answer_earns_it():
    round_ = a_round(key=(0, 2))
    assert graded_answer(answered(0, 2), round_).grade.points == FULL_MARKS // 2
    assert graded_answer(answered(0, 1), round_).grade.points == 0
    assert graded_answer(answered(0, 0, 2), round_).grade.points == FULL_MARKS + POINT


def test_it_waits_for_the_close_as_the_verdict_does():
    assert due_answer(answered(0), a_round()).grade is None


def test_a_withdrawn_question_pays_nothing_for_speed():
    assert graded_answer(answered(0), a_round(key=())).grade is None
