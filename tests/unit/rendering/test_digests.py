"""What somebody is told about their own week."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.accuracy import Accuracy
from bot.domain.grading import POINT
from bot.domain.own_weeks import OwnWeek, best_topic
from bot.domain.streaks import Streak
from bot.domain.subscriptions import MOST_REFUSED, Subject, Subscription
from bot.i18n import use_language
from bot.rendering.digests import digest, digest_choice
from bot.testing import plain

WEEK = OwnWeek(
    monday=date(2026, 3, 2),
    points=35 * POINT,
    right=3,
    answered=5,
    place=2,
    gained=None,
    streak=Streak(days=4),
    best=None,
)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ["3 of 5 right (60%), 35 points, 4 days in a row.", "You were number 2."]),
        ({"streak": Streak(days=0), "place": None}, ["3 of 5 right (60%), 35 points."]),
        ({"gained": 3}, [..., "You were number 2 (up 3 places)."]),
        ({"gained": -1}, [..., "You were number 2 (down 1 place)."]),
        ({"gained": 0}, [..., "You were number 2."]),
        (
            {"best": ("*S3*", Accuracy(right=3, answered=4))},
            [..., ..., r"Your best topic: \*S3\*, with 3 of 4 right."],
        ),
    ],
)
def test_a_week_is_told_in_lines_without_those_that_say_nothing(changes, told):
    lines = digest("Study", replace(WEEK, **changes)).text.split("\n")
    assert len(lines) == len(told)
    assert all(expected in (line, ...) for line, expected in zip(lines, told, strict=True))


def test_the_share_is_written_as_the_readers_language_does():
    with use_language("de"):
        assert "(60\N{NO-BREAK SPACE}%)" in digest("Study", WEEK).text


@pytest.mark.parametrize(
    ("answers", "best"),
    [
        ({"S3": (3, 4), "EC2": (2, 3)}, "S3"),
        ({"S3": (2, 4), "EC2": (2, 3)}, "EC2"),
        ({"S3": (3, 3), "EC2": (5, 5)}, "EC2"),  # both all right
        ({"S3": (2, 3), "EC2": (2, 3)}, "EC2"),
        ({"S3": (2, 2)}, None),  # two answers say little
        ({"S3": (0, 9)}, None),
        ({}, None),
    ],
)
def test_the_best_topic_has_the_largest_share_of_enough_answers(answers, best):
    found = best_topic({topic: Accuracy(right=right, answered=all_) for topic, (right, all_) in answers.items()})
    assert (found and found[0]) == best


def test_whoever_couldnt_be_reached_is_told_how_to_begin_again():
    refused = Subscription(space_id=1, account="ada", subject=Subject.DIGEST, language="en", refused=MOST_REFUSED)
    assert "My messages to you were refused" in plain(digest_choice(refused))
