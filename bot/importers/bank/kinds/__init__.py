"""The kinds of question in the project's own format, a module for each with its `IN_BANKS`."""

from collections.abc import Mapping

from bot.domain.drafts import QuestionDraft
from bot.importers.bank.kinds import blanks, card, choice, match, number, order, short, true_false
from bot.importers.bank.kinds.record import KindInBanks

KINDS_IN_BANKS: Mapping[str, KindInBanks] = {
    kind.name: kind
    for kind in (
        choice.IN_BANKS,
        true_false.IN_BANKS,
        number.IN_BANKS,
        short.IN_BANKS,
        blanks.IN_BANKS,
        order.IN_BANKS,
        match.IN_BANKS,
        card.IN_BANKS,
    )
}
"""Every kind, by its name."""

UNNAMED = choice.IN_BANKS.name
"""The kind of a question that names none; the only one in the first version of the format."""


def in_banks(draft: QuestionDraft) -> KindInBanks:
    """Return how files hold questions of the draft's kind."""
    return KINDS_IN_BANKS[draft.kind]
