"""The icon for Slack's and Discord's app directories is the room's current drawing, in a size that both take."""

from pathlib import Path

import pytest
from PIL import Image

from tests.supply.icon import DRAWING, FROM, ICON, SIDE, digest, squared

ROOT = Path(__file__).parents[2]


def test_the_icon_was_painted_from_the_current_drawing():
    with Image.open(ROOT / ICON) as icon:
        assert icon.text[FROM] == digest(ROOT), "run `make icon`"


def test_it_is_a_square_without_round_corners_in_a_size_that_both_take():
    with Image.open(ROOT / ICON) as icon:
        assert icon.size == (SIDE, SIDE)
        assert 512 <= SIDE <= 2000
        whole = icon.convert("RGBA")
    corners = {whole.getpixel((x, y)) for x in (0, SIDE - 1) for y in (0, SIDE - 1)}
    assert corners == {(0x3A, 0x4F, 0xC4, 255)}
    assert whole.getextrema()[3] == (255, 255)
    assert whole.getpixel((SIDE * 11 // 36, SIDE // 2)) == (255, 255, 255, 255)
    assert (ROOT / ICON).stat().st_size < 40_000


def test_a_drawing_without_the_corner_that_is_squared_is_refused():
    assert "rx=" not in squared((ROOT / DRAWING).read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match="rx"):
        squared("<svg/>")
