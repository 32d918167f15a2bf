"""How people write a question with blanks: a line for each gap in it, with bars between spellings."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.accepted import InBlank
from bot.domain.drafts import QuestionDraft
from bot.domain.gaps import count_gaps, evened
from bot.domain.lines import one_line
from bot.domain.views import MOST_FIELDS
from bot.domain.writing.kinds.short import SIGNS, check, is_exact, misses, written_misses
from bot.domain.writing.record import Complain, KindInWriting, Part
from bot.domain.writing.signs import BETWEEN_SPELLINGS, EXACT, MISS, NOTE, Entry, entries, joined, protected, split_at
from bot.i18n import gettext as _
from bot.i18n import later, ngettext


def _read(draft: QuestionDraft, text: str, complain: Complain) -> QuestionDraft:
    read, gaps = entries(text, SIGNS), count_gaps(draft.stem)
    filled = [entry for entry in read if entry.sign not in {MISS, NOTE}]
    if not 1 <= gaps <= MOST_FIELDS:
        message = _("Write ____ (three underscores or more) where a text is missing, 1 to {most} times.")
        complain(Part.QUESTION, message.format(most=MOST_FIELDS))
    elif len(filled) != gaps:
        told = ngettext("The question has {number} gap.", "The question has {number} gaps.", gaps).format(number=gaps)
        advice = _("Write a line for each gap, in order, with what is right there.")
        complain(Part.ANSWERS, f"{told} {advice}")
    accepted = [one for blank, entry in enumerate(filled) for one in _spellings(blank, entry)]
    check(read, [one.text for one in accepted], complain)
    return replace(
        draft,
        stem=evened(draft.stem),
        accepted=tuple(accepted),
        exact=is_exact(filled, complain),
        near_misses=tuple(near for blank, some in enumerate(_of_each(read)) for near in misses(some, blank)),
    )


def _spellings(blank: int, entry: Entry) -> list[InBlank]:
    texts = map(one_line, split_at(entry.text, BETWEEN_SPELLINGS))
    return [InBlank(blank, text) for text in texts if text]


def _of_each(read: Sequence[Entry]) -> list[list[Entry]]:
    """Divide what was read: each blank's line with the near misses below it."""
    found: list[list[Entry]] = []
    for entry in read:
        if entry.sign not in {MISS, NOTE} or not found:
            found.append([])
        found[-1].append(entry)
    return found


def _write(draft: QuestionDraft) -> str:
    lines = []
    for blank in range(count_gaps(draft.stem) if draft.accepted else 0):
        texts = [one.text for one in draft.accepted if isinstance(one, InBlank) and one.blank == blank]
        line = joined(texts, BETWEEN_SPELLINGS)
        lines.append(f"{EXACT} {line}" if draft.exact else protected(line, SIGNS))
        lines += written_misses([near for near in draft.near_misses if near.blank == blank])
    return "\n".join(lines)


IN_WRITING = KindInWriting(
    name="blanks",
    title=later("Blanks to fill in"),
    notation=later("A line for each ____ in the question: what is right there"),
    read=_read,
    write=_write,
)
