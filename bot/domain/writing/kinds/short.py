"""How people write a question for a short text: each accepted answer on a line, near misses with their hints below."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.accepted import NearMiss, check_accepted
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.views import LONGEST_TYPED
from bot.domain.writing.record import Complain, KindInWriting, Part
from bot.domain.writing.signs import EXACT, MISS, NOTE, Entry, entries, protected, with_note
from bot.i18n import gettext as _
from bot.i18n import later

SIGNS = EXACT + MISS + NOTE
_MOST_MISSES = 50


def _read(draft: QuestionDraft, text: str, complain: Complain) -> QuestionDraft:
    read = entries(text, SIGNS)
    answers = [entry for entry in read if entry.sign not in {MISS, NOTE}]
    accepted = tuple(entry.text for entry in answers if entry.text)
    if not accepted:
        complain(Part.ANSWERS, _("Which answers are right? Write each on a line, the best one first."))
    check(read, accepted, complain)
    return replace(draft, accepted=accepted, exact=is_exact(answers, complain), near_misses=misses(read))


def check(read: Sequence[Entry], accepted: Sequence[str], complain: Complain) -> None:
    """Complain about texts that are too many or too long, and about notes and near misses that lack each other."""
    try:
        check_accepted(accepted)
    except BadInput as error:
        complain(Part.ANSWERS, str(error))
    near = [entry for entry in read if entry.sign == MISS]
    if len(near) > _MOST_MISSES:
        text = _("At most {number} wrong answers can have a hint.")
        complain(Part.ANSWERS, text.format(number=_MOST_MISSES))
    unfit = (one for one in near if not (one.text and one.note and len(one.text) <= LONGEST_TYPED))
    if (first := next(unfit, None)) is not None:  # one of a kind is enough to learn from
        text = _(
            "Line {number} begins with -, so it is a wrong answer with a hint: write the hint on the next line, "
            "behind >."
        )
        complain(Part.ANSWERS, text.format(number=first.line))
    if any(one.sign == NOTE or (one.sign != MISS and one.note) for one in read):
        text = _("A line that begins with > is a hint: it stands below a wrong answer, which begins with -.")
        complain(Part.ANSWERS, text)


def is_exact(answers: Sequence[Entry], complain: Complain) -> bool:
    """Whether answers count only exactly as they are written; complain if that is said of some of them only."""
    exact = [entry.sign == EXACT for entry in answers]
    if any(exact) and not all(exact):
        complain(
            Part.ANSWERS, _("= in front means “exactly like this”: put it in front of each right answer, or none.")
        )
    return any(exact)


def misses(read: Sequence[Entry], blank: int = 0) -> tuple[NearMiss, ...]:
    """Return the near misses among what was read."""
    return tuple(NearMiss(text=entry.text, hint=entry.note, blank=blank) for entry in read if entry.sign == MISS)


def written_misses(near_misses: Sequence[NearMiss]) -> list[str]:
    """Write near misses as `misses` reads them."""
    return [with_note(f"{MISS} {near.text}", near.hint) for near in near_misses]


def _write(draft: QuestionDraft) -> str:
    texts = [one for one in draft.accepted if isinstance(one, str)]
    answers = [f"{EXACT} {one}" if draft.exact else protected(one, SIGNS) for one in texts]
    return "\n".join([*answers, *written_misses(draft.near_misses)])


IN_WRITING = KindInWriting(
    name="short",
    title=later("Short answer"),
    notation=later("What counts as right, one answer on each line"),
    read=_read,
    write=_write,
)
