"""Pictures that were made to take hours to unpack: the bot's own process never unpacks one."""

from collections.abc import AsyncIterator
from io import BytesIO
from time import process_time

import pytest
from PIL import Image

from bot.apart.painting import SHEETS, ApartPainter, PaintingLimits
from bot.application import Application
from bot.domain.images import Image as Shown
from bot.domain.images import ImageFile
from bot.domain.sheets import Sheet, Tile
from bot.importers.bank.pictures import checked
from tests.budget import at_usual_pace
from tests.pictures import png

SLOW_S = 0.5
"""Seconds of processor time in this process: unpacking it takes four times as long."""


def of_many_passes(size: int) -> bytes:
    """A progressive JPEG that refines its pixels again and again, each time with some bytes for all of them."""
    file = BytesIO()
    Image.new("L", (1_000, 1_000), 128).save(file, "JPEG", progressive=True)
    whole = file.getvalue().removesuffix(b"\xff\xd9")
    last = whole[whole.rindex(b"\xff\xda") :]
    return whole + last * ((size - len(whole)) // len(last)) + b"\xff\xd9"


def shown(file: ImageFile) -> Sheet:
    return Sheet(tiles=(("A", Shown(digest=file.digest, media_type=file.media_type, alt="A curve")),))


@pytest.fixture
async def painter() -> AsyncIterator[ApartPainter[Tile]]:
    painter = ApartPainter[Tile](SHEETS, PaintingLimits(processor_s=1))
    yield painter
    await painter.close()


async def test_a_slow_picture_keeps_another_process_busy(app: Application) -> None:
    slow = checked(of_many_passes(20_000), "slow.jpg")
    await app.storage.write(lambda unit: unit.images.put([slow]))
    began = process_time()
    assert await app.sheets.of(shown(slow)) is not None
    assert at_usual_pace(process_time() - began) < SLOW_S


async def test_a_picture_that_takes_too_long_ends_its_painter_and_the_next_is_painted(
    painter: ApartPainter[Tile],
) -> None:
    with pytest.raises(EOFError):
        await painter.paint([Tile(letter="A", data=of_many_passes(200_000), alt="A curve")])
    assert await painter.paint([Tile(letter="A", data=png(), alt="A dot")])
