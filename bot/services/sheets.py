"""Paint sheets for messages: each once, in a thread, one at a time."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog
from cachetools import LRUCache

from bot.domain.images import ImageFile, image_file
from bot.domain.sheets import Sheet
from bot.ports import Storage, Unit

_KEPT = 4
"""How many sheets are kept, of up to some MB each, for messages that have to be sent again."""

_log = structlog.get_logger(__name__)


def _paint(sheet: Sheet, files: Sequence[bytes]) -> bytes:
    from bot.rendering.sheet import Tile, paint  # noqa: PLC0415 - 10 MiB, and most processes paint nothing

    pairs = zip(sheet.tiles, files, strict=True)
    return paint([Tile(letter=letter, data=data, alt=image.alt) for (letter, image), data in pairs])


@dataclass(slots=True)
class Sheets:
    """Paints sheets for one process, one at a time, because a sheet may unpack to more than 100 MB for a while."""

    storage: Storage
    paint: Callable[[Sheet, Sequence[bytes]], bytes] = _paint
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _kept: LRUCache[Sheet, ImageFile] = field(default_factory=lambda: LRUCache(_KEPT))

    async def of(self, sheet: Sheet) -> ImageFile | None:
        """Return the painted sheet; None if it can't be painted, so that its message goes out in words."""
        async with self._room:
            if sheet not in self._kept:
                files = await self.storage.read(lambda unit: _files(unit, sheet))
                try:
                    painted = image_file(await asyncio.to_thread(self.paint, sheet, files))
                except Exception:  # noqa: BLE001 - whatever a picture or a font made of it
                    _log.exception("sheet_not_painted", letters=[letter for letter, _image in sheet.tiles])
                    return None
                if painted is not None:
                    self._kept[sheet] = painted
            return self._kept.get(sheet)


async def _files(unit: Unit, sheet: Sheet) -> list[bytes]:
    """Return the bytes of the pictures; none for a picture that is gone."""
    found = [await unit.images.find(image.digest) for _letter, image in sheet.tiles]
    return [file.data if file else b"" for file in found]
