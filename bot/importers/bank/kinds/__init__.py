"""The kinds of question in the project's own format, a module for each with its `IN_BANKS`."""

from collections.abc import Mapping

from bot.domain.drafts import QuestionDraft
from bot.importers.bank.kinds import blanks, card, choice, kept, match, number, order, short, true_false
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
"""Every kind that can be asked, by its name."""

UNNAMED = choice.IN_BANKS.name
"""The kind of a question that names none; the only one in the first version of the format."""


def named_in_banks(kind: str) -> KindInBanks:
    """Return how files hold questions of the kind with this name; a name of no kind here is one that is only kept."""
    return KINDS_IN_BANKS.get(kind, kept.IN_BANKS)


def in_banks(draft: QuestionDraft) -> KindInBanks:
    """Return how files hold questions of the draft's kind."""
    return named_in_banks(draft.kind)
