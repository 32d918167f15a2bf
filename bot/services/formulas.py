"""Pictures of the formulas in questions, for platforms that show no formulas."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import structlog
from cachetools import LRUCache

from bot.domain.formulas import LabelledFormula
from bot.domain.images import Image, image_file
from bot.domain.views import MessageView
from bot.ports import FormulaPainter
from bot.rendering.formulas.gathering import formulas_of
from bot.services.pictures import Picture

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
    _kept: LRUCache[tuple[LabelledFormula, ...], Picture | None] = field(default_factory=lambda: LRUCache(_KEPT))

    async def of(self, view: MessageView, labels: Iterable[str]) -> Picture | None:
        """Return a picture of a question's formulas, each behind its choice's label.

        None if there are none, or if they can't be painted: the message has their source, and goes out without one.
        """
        formulas = formulas_of(view, labels)
        if not formulas:
            return None
        async with self._room:
            if formulas not in self._kept:
                self._kept[formulas] = await self._painted(formulas)
            return self._kept[formulas]

    async def _painted(self, formulas: tuple[LabelledFormula, ...]) -> Picture | None:
        painted = await self.paint(formulas)
        file = image_file(painted) if painted else None
        if file is None:
            _log.warning("formulas_not_painted", reason="they can't be read, or take too long")
            return None
        alt = "; ".join(formula.words for formula in formulas)
        return Picture(image=Image(digest=file.digest, media_type=file.media_type, alt=alt), file=file)
