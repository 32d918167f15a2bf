"""Paint sheets for messages, in a thread."""

import asyncio
from collections.abc import Callable, Sequence

from bot.domain.sheets import Sheet
from bot.ports import Storage, Unit
from bot.services.painting import Painted

_KEPT = 4
"""How many sheets are kept, of up to some MB each, for messages that have to be sent again."""


def _paint(sheet: Sheet, files: Sequence[bytes]) -> bytes:
    from bot.rendering.sheet import Tile, paint  # noqa: PLC0415 - 10 MiB, and most processes paint nothing

    pairs = zip(sheet.tiles, files, strict=True)
    return paint([Tile(letter=letter, data=data, alt=image.alt) for (letter, image), data in pairs])


class Sheets(Painted[Sheet]):
    """Paints sheets for one process, one at a time, because a sheet may unpack to more than 100 MB for a while."""

    def __init__(self, storage: Storage, paint: Callable[[Sheet, Sequence[bytes]], bytes] = _paint) -> None:
        async def painted(sheet: Sheet) -> bytes:
            files = await storage.read(lambda unit: _files(unit, sheet))
            return await asyncio.to_thread(paint, sheet, files)

        super().__init__(painted, kept=_KEPT)


async def _files(unit: Unit, sheet: Sheet) -> list[bytes]:
    """Return the bytes of the pictures; none for a picture that is gone."""
    found = [await unit.images.find(image.digest) for _letter, image in sheet.tiles]
    return [file.data if file else b"" for file in found]
