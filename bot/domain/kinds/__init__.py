"""Every kind of question that can be asked, by its name, and one for all kinds that are only kept."""

from collections.abc import Mapping

from bot.domain.drafts import QuestionDraft
from bot.domain.kinds.blanks import BlanksKind
from bot.domain.kinds.card import CardKind
from bot.domain.kinds.choice import ChoiceKind
from bot.domain.kinds.kept import KeptKind
from bot.domain.kinds.kind import Kind, ShownOption
from bot.domain.kinds.match import MatchKind
from bot.domain.kinds.number import NumberKind
from bot.domain.kinds.order import OrderKind
from bot.domain.kinds.short import ShortKind
from bot.domain.kinds.true_false import TrueFalseKind
from bot.domain.kinds.wording import same_words
from bot.domain.questions import Question
from bot.domain.rounds import Round

__all__ = ["KINDS", "Kind", "ShownOption", "kind_named", "kind_of", "same_words"]

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        ChoiceKind(),
        TrueFalseKind(),
        NumberKind(),
        ShortKind(),
        BlanksKind(),
        OrderKind(),
        MatchKind(),
        CardKind(),
    )
}
"""Every kind that can be asked."""

_KEPT = KeptKind()


def kind_named(name: str) -> Kind:
    """The kind with this name; a name that isn't among `KINDS` stands for one that is kept, and never asked."""
    return KINDS.get(name, _KEPT)


def kind_of(asked: QuestionDraft | Question | Round) -> Kind:
    """The kind of a question, or of the question that a round asks."""
    return KINDS.get(asked.kind, _KEPT)  # not by `kind_named`: every answer asks this three times
