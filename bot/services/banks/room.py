"""How much the banks of a space may hold: the more they do, the longer everybody waits for a question to be drawn."""

from bot.domain.errors import BadInput
from bot.domain.identity import SpaceId
from bot.i18n import gettext as _
from bot.ports import Unit

MOST_BANKS = 500
MOST_QUESTIONS = 100_000
"""Counted with the questions that are withdrawn, and with what stays of deleted banks."""


async def check_room(unit: Unit, space_id: SpaceId | None, *, banks: int = 0, questions: int = 0) -> None:
    """Check that so many more banks and questions fit into a space; the operator's own banks (None) have no limit.

    Raises:
        BadInput: they don't.
    """
    if space_id is None or not (banks or questions):
        return
    held = await unit.banks.held(space_id)
    if held.banks + banks > MOST_BANKS or held.questions + questions > MOST_QUESTIONS:
        text = _("That doesn't fit: all banks here together may hold {questions} questions, in up to {banks} banks.")
        raise BadInput(text.format(questions=MOST_QUESTIONS, banks=MOST_BANKS))
