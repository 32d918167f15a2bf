"""Pictures of the formulas in questions, for platforms that show no formulas."""

from collections.abc import Sequence

from bot.domain.formulas import Formulas, LabelledFormula
from bot.ports import FormulaPainter
from bot.services.painting import Painted

_KEPT = 64
"""How many pictures are kept, of about 10 KiB each; a question's is needed again with its count and its close."""


async def _unpainted(_formulas: Sequence[LabelledFormula]) -> bytes | None:
    return None


class FormulaPictures(Painted[Formulas]):
    """Has the formulas of questions painted for one process; a message without their picture has their source."""

    def __init__(self, paint: FormulaPainter = _unpainted) -> None:
        super().__init__(lambda formulas: paint(formulas.listed), kept=_KEPT)
