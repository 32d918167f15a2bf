"""How people write multiple choice: a choice on each line, the right ones with a star, and why below."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.drafts import QuestionDraft
from bot.domain.questions import MAX_CHOICES
from bot.domain.selection import miscounted, selection
from bot.domain.writing.record import Complain, KindInWriting, Part
from bot.domain.writing.signs import NOTE, RIGHT, Entry, entries, protected, repeated, with_note
from bot.i18n import gettext as _
from bot.i18n import later

_SIGNS = RIGHT + NOTE


def _read(draft: QuestionDraft, text: str, complain: Complain) -> QuestionDraft:
    read = entries(text, _SIGNS)
    choices = [entry for entry in read if entry.sign != NOTE]
    for problem in _problems(read, choices):
        complain(Part.ANSWERS, problem)
    notes = tuple(entry.note for entry in choices)
    key = tuple(at for at, entry in enumerate(choices) if entry.sign == RIGHT)
    drafted = replace(
        draft,
        choices=tuple(entry.text for entry in choices),
        key=key,
        select=selection(draft.stem, len(key)),
        choice_explanations=notes if any(notes) else None,
    )
    if key and (problem := miscounted(drafted)):
        advice = _("Change the stars, or the question.")
        complain(Part.ANSWERS, f"{problem} {advice}")
    return drafted


def _problems(read: Sequence[Entry], choices: Sequence[Entry]) -> list[str]:
    found = []
    if not 2 <= len(choices) <= MAX_CHOICES:
        text = _("Write 2 to {most} choices, one on each line.")
        found.append(text.format(most=MAX_CHOICES))
    if choices and all(entry.sign != RIGHT for entry in choices):
        found.append(_("Which choice is right? Put * in front of it."))
    if any(entry.sign == NOTE for entry in read):
        found.append(
            _("A line that begins with > explains the choice above it, but there is none above the first line.")
        )
    if (empty := next((entry for entry in choices if not entry.text), None)) is not None:
        found.append(_("Line {number} has no text behind its *.").format(number=empty.line))
    if (twice := repeated(entry.text for entry in choices if entry.text)) is not None:
        found.append(_("“{text}” is there twice. Remove one.").format(text=twice[:60]))
    return found


def _write(draft: QuestionDraft) -> str:
    notes = draft.choice_explanations or ("",) * len(draft.choices)
    return "\n".join(
        with_note(f"{RIGHT} {text}" if at in draft.key else protected(text, _SIGNS), note)
        for at, (text, note) in enumerate(zip(draft.choices, notes, strict=True))
    )


IN_WRITING = KindInWriting(
    name="choice",
    title=later("Multiple choice"),
    notation=later("One choice on each line, with * in front of the right ones"),
    read=_read,
    write=_write,
)
