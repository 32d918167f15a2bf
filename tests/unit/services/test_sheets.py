"""Sheets are painted once, by one process one at a time, and never keep a question back."""

import pytest

from bot.domain.images import Image, image_file
from bot.domain.sheets import Sheet
from bot.services.sheets import Sheets
from tests.pictures import png

PICTURES = tuple(file for file in (image_file(png(0)), image_file(png(255))) if file)
GONE = Image(digest="0" * 64, media_type="image/png", alt="A picture that is gone")


def sheet(*letters, files=PICTURES, gone=False):
    images = [Image(digest=file.digest, media_type=file.media_type, alt="A box") for file in files]
    return Sheet(tiles=tuple(zip(letters, [*images[: 1 if gone else 2], *([GONE] if gone else [])], strict=True)))


@pytest.fixture
async def stored(app):
    await app.storage.write(lambda unit: unit.images.put(PICTURES))
    return app.storage


async def test_a_sheet_is_painted_once_for_each_order(stored):
    painted = []

    async def paint(tiles):
        painted.append([(tile.letter, tile.data) for tile in tiles])
        return png(len(painted))

    sheets = Sheets(stored, paint)
    first, again, other = [await sheets.of(sheet(*letters)) for letters in ("AB", "AB", "BA")]
    assert (first, other) == (again, image_file(png(2)))
    assert painted == [[*zip(letters, [file.data for file in PICTURES], strict=True)] for letters in ("AB", "BA")]


async def test_a_sheet_with_a_picture_that_is_gone_is_painted_all_the_same(stored, app):
    whole, lacking = [await app.sheets.of(sheet("A", "B", gone=gone)) for gone in (False, True)]
    assert whole
    assert lacking
    assert whole.media_type == lacking.media_type == "image/png"
    assert whole.digest != lacking.digest


async def test_a_sheet_that_cannot_be_painted_is_none_and_tried_three_times_at_most(stored, caplog):
    tried = []

    async def paint(tiles):
        tried.append(tiles)
        raise MemoryError

    sheets = Sheets(stored, paint)
    assert {await sheets.of(sheet("A", "B")) for _time in range(5)} == {None}
    assert len(tried) == 3
