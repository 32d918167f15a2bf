"""Charts show their numbers: in squares, heights and lines, and never in a colour alone."""

import re
from datetime import date, timedelta

from bot.domain.accuracy import Accuracy
from bot.domain.progress import TopicDay, mondays_to, progress
from bot.rendering.charts.columns import columns, height_of
from bot.rendering.charts.heat_map import heat_map, level
from bot.rendering.charts.lines import lines, points, spread

TODAY = date(2026, 11, 25)  # a Wednesday
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def answers(*days_ago: int, topic: str | None = "nets", right: bool | None = True) -> list[TopicDay]:
    graded = Accuracy(right=int(right is True), answered=int(right is not None))
    return [
        TopicDay(topic=topic, day=TODAY - timedelta(days=ago), given=1, graded=graded, points=graded.right * 10)
        for ago in days_ago
    ]


def test_progress_counts_days_from_the_first_monday_to_today() -> None:
    before = TopicDay(topic="nets", day=None, given=5, graded=Accuracy(right=1, answered=1), points=10)
    found = progress([*answers(0, 0, 1), before, *answers(-1)], TODAY)
    assert (found.mondays[0], found.mondays[-1]) == (date(2026, 9, 7), date(2026, 11, 23))
    assert (len(found.days), found.days[-3:], sum(found.days)) == (80, (0, 1, 2), 3)
    assert (found.total, found.points) == (Accuracy(right=4, answered=4), 40)  # of all time, but nothing from tomorrow


def test_progress_goes_by_topic_and_week_and_leaves_out_what_is_not_graded() -> None:
    given = [*answers(0, 7), *answers(1, right=False), *answers(2, topic=None), *answers(0, right=None)]
    nets, rest = progress(given, TODAY).topics
    assert (nets.topic, nets.total) == ("nets", Accuracy(right=2, answered=3))
    assert nets.weeks[-2:] == (Accuracy(right=1, answered=1), Accuracy(right=1, answered=2))
    assert rest.topic is None


def test_weeks_reach_over_the_turn_of_a_year() -> None:
    assert mondays_to(date(2027, 1, 3), 2) == (date(2026, 12, 21), date(2026, 12, 28))


def test_each_day_has_its_number_in_its_square() -> None:
    drawn = heat_map((0, 2, 0, 0, 0, 0, 0, 120), DAYS, 'a "calendar"')
    assert drawn.count("<rect") == 8
    assert re.findall(r'class="in-heat-\d">([^<]+)<', drawn) == ["2", "99+"]
    assert 'aria-label="a &quot;calendar&quot;"><g aria-hidden="true">' in drawn  # nothing else in it is read out
    first, last = re.findall(r'<rect x="(\d+)" y="(\d+)"', drawn)[:: len(DAYS)]
    assert (last[1], int(last[0]) - int(first[0])) == (first[1], 25)  # the next Monday is one column on


def test_more_answers_are_never_paler() -> None:
    assert [level(number) for number in (0, 1, 2, 3, 5, 6, 9, 10, 1_000)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_a_week_without_answers_differs_from_one_without_a_right_answer() -> None:
    none, wrong, half, whole = (Accuracy(right=r, answered=a) for r, a in ((0, 0), (0, 3), (1, 2), (4, 4)))
    assert [height_of(week) for week in (none, wrong, half, whole)] == [0, 2, 16, 32]
    assert columns((none, wrong, half, whole), "weeks").count("<rect") == 3


def test_a_line_goes_from_left_to_right_and_up_with_the_points() -> None:
    assert points((0, 5, 10), 10) == ["0,210", "226,110", "452,10"]
    drawn = lines([(0, 10), (0, 5)], "lines")
    assert re.findall(r'class="end end-\d">(\d)<', drawn) == ["1", "2"]
    assert lines([(0, 0)], "nothing yet").count("<polyline") == 1


def test_numbers_at_the_ends_of_lines_can_be_told_apart() -> None:
    assert spread([100, 100, 20]) == [100, 120, 20]
    assert spread([210, 210, 210]) == [170, 190, 210]
    assert spread([]) == []
