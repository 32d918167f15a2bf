"""Paint cards as pictures for messages: each once, in a thread, one at a time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from cachetools import LRUCache

from bot.domain.images import Image, ImageFile, image_file
from bot.rendering.cards.card import Card, alt_text
from bot.rendering.cards.palette import Theme

_KEPT = 16
"""How many pictures are kept: spaces of one league are due together and show the same card."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A painted card: the image that a message shows, and its file."""

    image: Image
    file: ImageFile


def _paint(card: Card, theme: Theme) -> bytes:
    from bot.rendering.cards.painting import paint  # noqa: PLC0415 - 10 MiB, and most processes paint nothing

    return paint(card, theme)


@dataclass(slots=True)
class Pictures:
    """Paints cards for one process, one at a time, because painting keeps a processor busy for a while."""

    paint: Callable[[Card, Theme], bytes] = _paint
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _kept: LRUCache[tuple[Card, Theme], Picture] = field(default_factory=lambda: LRUCache(_KEPT))

    async def of(self, card: Card, theme: str) -> Picture | None:
        """Return the card as a picture; None if it can't be painted, so that its message goes out without one."""
        key = card, Theme(theme)
        async with self._room:
            if key not in self._kept:
                try:
                    self._kept[key] = await asyncio.to_thread(self._picture, *key)
                except Exception:  # noqa: BLE001 - whatever a name or a font made of it
                    _log.exception("card_not_drawn", title=card.title)
                    return None
            return self._kept[key]

    def drop(self) -> None:
        """Forget all cards painted so far."""
        self._kept.clear()

    def _picture(self, card: Card, theme: Theme) -> Picture:
        file = image_file(self.paint(card, theme))
        if file is None:
            raise ValueError("what was painted is no picture")
        return Picture(image=Image(digest=file.digest, media_type=file.media_type, alt=alt_text(card)), file=file)
