"""How people write items to put in order: each on a line, in the right order."""

from dataclasses import replace

from bot.domain.drafts import QuestionDraft
from bot.domain.writing.record import Complain, KindInWriting, Part
from bot.domain.writing.signs import entries, protected, repeated
from bot.i18n import gettext as _
from bot.i18n import later

MOST_ITEMS = 8
"""The most items of a question, as in a bank's file."""
_NO_SIGNS = ""


def _read(draft: QuestionDraft, text: str, complain: Complain) -> QuestionDraft:
    items = tuple(filter(None, (entry.text for entry in entries(text, _NO_SIGNS))))
    if not 2 <= len(items) <= MOST_ITEMS:
        message = _("Write 2 to {most} items in the right order, one on each line.")
        complain(Part.ANSWERS, message.format(most=MOST_ITEMS))
    if (twice := repeated(items)) is not None:
        complain(Part.ANSWERS, _("“{text}” is there twice. Remove one.").format(text=twice[:60]))
    return replace(draft, choices=items, key=tuple(range(len(items))))


def _write(draft: QuestionDraft) -> str:
    positions = draft.key or range(len(draft.choices))
    return "\n".join(protected(draft.choices[at], _NO_SIGNS) for at in positions)


IN_WRITING = KindInWriting(
    name="order",
    title=later("Put in order"),
    notation=later("The items in the right order, one on each line"),
    read=_read,
    write=_write,
)
