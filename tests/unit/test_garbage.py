"""Garbage is looked for less often while a file is read, and as often as before afterwards."""

import gc

import pytest

from bot.garbage import hardly_collecting


def test_reading_hardly_looks_for_garbage_and_leaves_the_setting_as_it_was():
    before = gc.get_threshold()
    with pytest.raises(AssertionError, match="while it reads"), hardly_collecting():
        assert gc.get_threshold()[0] <= before[0], "while it reads"
    assert gc.get_threshold() == before
