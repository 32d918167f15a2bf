"""Who was fastest among those who were right."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.answers import Answer
from bot.domain.fastest import fastest
from bot.domain.grading import Grade
from bot.domain.identity import ChoiceId, LeagueId, PlayerId, QuestionId, RoundId, SpaceId
from bot.domain.kinds.choice import ChoiceKey, Chosen
from bot.domain.reactions import read_back_event
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.testing import A_MONDAY

ROUND = Round(
    id=RoundId(1),
    space_id=SpaceId(1),
    league_id=LeagueId(1),
    channel="study",
    question_id=QuestionId(1),
    revision=1,
    key=ChoiceKey([ChoiceId(0)]),
    select=1,
    order=(ChoiceId(0), ChoiceId(1)),
    reveal=Reveal.AT_CLOSE,
    answer_with=AnswerWith.BUTTONS,
    opened_at=A_MONDAY,
    closes_at=None,
)


def answer(player, seconds, *, right=True, event_id="1"):
    return Answer(
        round_id=ROUND.id,
        player_id=PlayerId(player),
        response=Chosen([ChoiceId(0 if right else 1)]),
        at=A_MONDAY + timedelta(seconds=seconds),
        event_id=event_id,
        grade=Grade(points=720_720 if right else 0, right=right),
    )


def times(*answers, eligible=range(1, 10), round_=ROUND):
    """The times of the fastest in seconds, first to last."""
    return [(player, time.total_seconds()) for player, time in fastest(round_, answers, eligible).items()]


def test_the_three_fastest_are_named_first_to_last():
    assert times(answer(1, 40), answer(2, 12), answer(3, 90), answer(4, 60)) == [(2, 12), (1, 40), (4, 60)]


def test_who_was_wrong_was_not_fast():
    assert times(answer(1, 1, right=False), answer(2, 12)) == [(2, 12)]


def test_who_would_rather_not_be_named_makes_room_for_the_next():
    assert times(answer(1, 1), answer(2, 2), answer(3, 3), answer(4, 4), eligible={2, 3, 4}) == [(2, 2), (3, 3), (4, 4)]


def test_a_reaction_that_was_read_back_has_no_time():
    assert times(answer(1, 5, event_id=read_back_event(7)), answer(2, 9)) == [(2, 9)]


@pytest.mark.parametrize("event_id", ["1234567890123456789", "00001234567890123456", "Ev0123r", "1700000000.000100"])
def test_what_a_platform_calls_a_click_is_no_reading_back(event_id):
    assert times(answer(1, 5, event_id=event_id), answer(2, 9)) == [(1, 5), (2, 9)]


def test_one_alone_does_not_race():
    assert times(answer(1, 5)) == []


def test_in_private_nobody_races():
    assert times(answer(1, 5), answer(2, 9), round_=replace(ROUND, private_to="ada")) == []
