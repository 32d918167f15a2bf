"""How people write a card: its back, and below it what else may be typed for it."""

from dataclasses import replace

from bot.domain.accepted import check_accepted
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.lines import one_line
from bot.domain.writing.record import Complain, KindInWriting, Part
from bot.domain.writing.signs import ALSO, bare_text, protected, sign_of
from bot.i18n import gettext as _
from bot.i18n import later


def _read(draft: QuestionDraft, text: str, complain: Complain) -> QuestionDraft:
    lines = text.split("\n")
    also: list[str] = []
    while lines and sign_of(lines[-1].strip(), ALSO):
        also.insert(0, one_line(lines.pop().strip()[1:]))
    if lines:
        lines[-1] = bare_text(lines[-1], ALSO)
    back, accepted = "\n".join(lines).strip(), tuple(filter(None, also))
    if not back:
        complain(Part.ANSWERS, _("Write the back of the card."))
    try:
        check_accepted(accepted)
    except BadInput as error:
        complain(Part.ANSWERS, str(error))
    return replace(draft, back=back, accepted=accepted)


def _write(draft: QuestionDraft) -> str:
    *lines, last = draft.back.split("\n")
    also = (f"{ALSO} {one}" for one in draft.accepted if isinstance(one, str))
    return "\n".join([*lines, protected(last, ALSO), *also])


IN_WRITING = KindInWriting(
    name="card",
    title=later("Card"),
    notation=later("The back of the card, as long as you like"),
    read=_read,
    write=_write,
)
