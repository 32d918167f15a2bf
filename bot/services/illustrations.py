"""The pictures of a message: its own, the sheet with those of its choices, and that of its formulas, in this order."""

from collections.abc import Iterable

import structlog

from bot.domain.formulas import Formulas
from bot.domain.images import Image, ImageFile
from bot.domain.own_chart import OwnChart
from bot.domain.sheets import Sheet, sheet_of
from bot.domain.views import MessageView
from bot.rendering.formulas.gathering import formulas_of
from bot.services.core import Core

Illustration = Image | Sheet | Formulas | OwnChart
"""What one picture of a message shows."""

_log = structlog.get_logger(__name__)


def illustrations(view: MessageView, labels: Iterable[str], *, asks: bool) -> tuple[Illustration, ...]:
    """Return what the pictures of a message show.

    Args:
        view: the message.
        labels: what stands before each choice, in the order of the choices.
        asks: whether the message asks a question. Others have no picture of their formulas: a result, which follows its
            question, has their source alone.
    """
    formulas = formulas_of(view, labels) if asks else ()
    return (*untold(view), *((Formulas(formulas),) if formulas else ()))


def untold(view: MessageView) -> tuple[Image | Sheet, ...]:
    """Return what only pictures tell: a message without them says it in words. Formulas are in the text anyway."""
    return tuple(shown for shown in (view.image, sheet_of(view)) if shown)


def words(shown: Illustration, limit: int) -> str:
    """Say what a picture shows, in at most ``limit`` characters."""
    if isinstance(shown, Sheet):
        return shown.alt(limit)
    return shown.alt if len(shown.alt) <= limit else f"{shown.alt[: limit - 1]}…"


async def file_of(core: Core, shown: Illustration) -> ImageFile | None:
    """Return a picture's file, stored or painted; None if there is none, so that its message goes out without it."""
    match shown:
        case Sheet():
            return await core.sheets.of(shown)
        case Formulas():
            return await core.formulas.of(shown)
        case OwnChart():
            return await core.charts.of(shown)
    file = await core.storage.read(lambda unit: unit.images.find(shown.digest))
    if file is None:
        _log.warning("picture_not_stored", digest=shown.digest)
    return file
