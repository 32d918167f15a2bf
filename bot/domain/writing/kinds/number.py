"""How people write a question for a number: what hosts type to correct one, on as many lines as they like."""

from collections.abc import Iterator

from bot.domain.accepted import MOST_ACCEPTED, AcceptedNumber
from bot.domain.decimals import written
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.writing.kinds.typed_key import with_typed_key
from bot.domain.writing.record import Complain, KindInWriting, Part
from bot.i18n import gettext as _
from bot.i18n import later

_BETWEEN_NUMBERS = ";"
_PERCENT = frozenset({"%", "percent", "per cent"})
"""Units of which no share can be written: 50 % ± 5 % is from 45 to 55 %."""


def _read(draft: QuestionDraft, text: str, complain: Complain) -> QuestionDraft:
    numbers = [one for one in text.replace("\n", _BETWEEN_NUMBERS).split(_BETWEEN_NUMBERS) if one.strip()]
    if not numbers:
        complain(Part.ANSWERS, _("Which number is right? Write it like 3.5, 3.5 ± 0.1 kg, or 3..4."))
    elif len(numbers) > MOST_ACCEPTED:  # reading them would take its time
        complain(Part.ANSWERS, _("A question accepts at most {number} answers.").format(number=MOST_ACCEPTED))
    else:
        try:
            return with_typed_key(draft, _BETWEEN_NUMBERS.join(numbers))
        except BadInput as error:
            complain(Part.ANSWERS, str(error))
    return draft


def _write(draft: QuestionDraft) -> str:
    return "\n".join(_lines(draft))


def _lines(draft: QuestionDraft) -> Iterator[str]:
    unit = f" {draft.unit}" if draft.unit else ""
    for one in draft.accepted:
        if not isinstance(one, AcceptedNumber):
            continue
        if one.is_range:
            yield f"{written(one.low)}..{written(one.high)}{unit}"
        elif one.relative and one.tolerance and draft.unit.casefold() not in _PERCENT:
            yield f"{written(one.value)}{unit} ± {written(one.tolerance * 100)} %"
        elif one.tolerance:  # without its unit: behind a number without one, 5 % is a share
            tolerance = one.tolerance * abs(one.value) if one.relative else one.tolerance
            yield f"{written(one.value)}{unit} ± {written(tolerance)}"
        else:
            yield written(one.value) + unit


IN_WRITING = KindInWriting(
    name="number",
    title=later("Number"),
    notation=later("The number, like 3.5, 3.5 ± 0.1 kg, 200 ± 5 % or 3..4"),
    read=_read,
    write=_write,
)
