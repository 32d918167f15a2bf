"""The kinds of question as people write them, a module for each with its `IN_WRITING`."""

from collections.abc import Mapping

from bot.domain.writing.kinds import blanks, card, choice, match, number, order, short, true_false
from bot.domain.writing.record import KindInWriting

KINDS_IN_WRITING: Mapping[str, KindInWriting] = {
    kind.name: kind
    for kind in (
        choice.IN_WRITING,
        true_false.IN_WRITING,
        number.IN_WRITING,
        short.IN_WRITING,
        blanks.IN_WRITING,
        order.IN_WRITING,
        match.IN_WRITING,
        card.IN_WRITING,
    )
}
"""Every kind, by its name."""
