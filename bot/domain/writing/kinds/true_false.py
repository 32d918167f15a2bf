"""How people write a statement that is true or false."""

from dataclasses import replace

from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.writing.kinds.typed_key import with_typed_key
from bot.domain.writing.record import Complain, KindInWriting, Part
from bot.domain.writing.signs import RIGHT
from bot.i18n import gettext as _
from bot.i18n import later


def _read(draft: QuestionDraft, text: str, complain: Complain) -> QuestionDraft:
    statement = replace(draft, choices=("True", "False"))
    try:
        return with_typed_key(statement, text.lstrip(RIGHT))
    except BadInput:
        complain(Part.ANSWERS, _("Write true or false, and nothing else."))
        return statement


def _write(draft: QuestionDraft) -> str:
    if not draft.key:
        return ""
    return _("True").casefold() if draft.key == (0,) else _("False").casefold()


IN_WRITING = KindInWriting(
    name="true_false",
    title=later("True or false"),
    notation=later("The word true or false"),
    read=_read,
    write=_write,
)
