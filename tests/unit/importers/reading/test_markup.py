"""Frames of containers in Markdown are taken off in step with the length of their lines."""

from time import thread_time

import pytest

from bot.importers.reading.lines import Line
from bot.importers.reading.markup import without_tags


@pytest.mark.parametrize("gap", [" ", "-", "- ", ":"])
def test_a_frame_that_does_not_end_is_read_in_step_with_its_length(gap: str) -> None:
    line = Line(1, f":::{gap * 250}{{x")
    started = thread_time()
    assert [*without_tags([line])] == [line]
    assert thread_time() - started < 1


def test_the_title_of_a_frame_has_no_gap_behind_it() -> None:
    lines = [*without_tags([Line(1, "::: tip  Look here   {.wide}"), Line(2, ":::")])]
    assert [line.text for line in lines] == ["Look here", ""]
