"""Sheets for messages."""

from bot.domain.sheets import Sheet, Tile
from bot.ports import SheetPainter, Storage, Unit
from bot.services.painting import Painted

_KEPT = 4
"""How many sheets are kept, of up to some MB each, for messages that have to be sent again."""


class Sheets(Painted[Sheet]):
    """Has sheets painted for one process; a message without its sheet says in words what the pictures show."""

    def __init__(self, storage: Storage, paint: SheetPainter) -> None:
        async def painted(sheet: Sheet) -> bytes | None:
            return await paint(await storage.read(lambda unit: _tiles(unit, sheet)))

        super().__init__(painted, kept=_KEPT)


async def _tiles(unit: Unit, sheet: Sheet) -> list[Tile]:
    """Return what to paint; a picture that is gone has no bytes."""
    found = [(letter, image, await unit.images.find(image.digest)) for letter, image in sheet.tiles]
    return [Tile(letter=letter, data=file.data if file else b"", alt=image.alt) for letter, image, file in found]
