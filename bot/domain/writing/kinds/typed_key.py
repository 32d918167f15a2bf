"""Reads answers as hosts type them to correct a key."""

from bot.domain.drafts import QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.kinds import kind_of
from bot.domain.revisions import first_revision


def with_typed_key(draft: QuestionDraft, text: str) -> QuestionDraft:
    """Return the draft with the key that a text names.

    Raises:
        BadInput: the text isn't a key for such a question.
    """
    kind, question = kind_of(draft), first_revision(draft, question_id=QuestionId(0), bank_id=BankId(0))
    return kind.with_key(draft, question.order, kind.typed_key(text, question))
