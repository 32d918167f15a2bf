"""Pictures of the formulas in questions, for platforms that show no formulas."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog
from cachetools import LRUCache

from bot.domain.formulas import Formulas, LabelledFormula
from bot.domain.images import ImageFile, image_file
from bot.ports import FormulaPainter

_KEPT = 64
"""How many pictures are kept, of about 10 KiB each; a question's is needed again with its count and its close."""

_log = structlog.get_logger(__name__)


async def _unpainted(_formulas: Sequence[LabelledFormula]) -> bytes | None:
    return None


@dataclass(slots=True)
class FormulaPictures:
    """Has the formulas of questions painted for one process, one picture at a time; the same ones only once."""

    paint: FormulaPainter = _unpainted
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _kept: LRUCache[Formulas, ImageFile | None] = field(default_factory=lambda: LRUCache(_KEPT))

    async def of(self, formulas: Formulas) -> ImageFile | None:
        """Return a picture of formulas; None if they can't be painted: their message has their source."""
        async with self._room:
            if formulas not in self._kept:
                self._kept[formulas] = await self._painted(formulas)
            return self._kept[formulas]

    async def _painted(self, formulas: Formulas) -> ImageFile | None:
        try:
            painted = await self.paint(formulas.listed)
        except Exception:  # noqa: BLE001 - better a question without this picture than no question
            _log.exception("formulas_not_painted")
            return None
        file = image_file(painted) if painted else None
        if file is None:
            _log.warning("formulas_not_painted", reason="they can't be read, or take too long")
        return file
