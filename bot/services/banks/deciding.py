"""What a host decides about a question on the desk with a click or a form: pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.desk import At, Desk, Laid, laid
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.writing import KINDS_IN_WRITING, Written, drafted, longest
from bot.i18n import gettext as _
from bot.services.banks.mending import Edit, accept


def row_at(desk: Desk, at: At | None) -> Laid:
    """Return a question on the desk; None: the first one that needs somebody and can be written in a form.

    Raises:
        BadInput: there is none.
    """
    for row in laid(desk):
        if row.at == at or (at is None and row.waits and row.can_be_written):
            return row
    raise BadInput(_("That question isn't there any more.") if at else _("No question in this file needs a form."))


def with_key(desk: Desk, at: At, position: int) -> Desk:
    """Make one choice the right one; whatever was noticed about the question before counts as seen.

    Raises:
        BadInput: there is no such question or choice, or its right answer isn't picked from choices.
    """
    draft = row_at(desk, at).draft
    return accept(desk, at, replace(_as_it_is(draft), key=(position,), select=1))


def as_written(row: Laid) -> Written:
    """Return a question as it stands in a form.

    Raises:
        BadInput: it is too long for one, or of a kind that can't be mended before it is stored.
    """
    draft = row.draft
    if not row.can_be_written:
        raise BadInput(_("Questions of this kind can be edited once they are stored."))
    answers = KINDS_IN_WRITING[draft.kind].write(draft)
    written = Written(kind=draft.kind, question=draft.stem, answers=answers, explanation=draft.explanation)
    if any(len(text) > longest(part) for part, text in written.parts()):
        raise BadInput(_("This question is too long for a form. Mend it in the file, and import that again."))
    return written


def with_written(desk: Desk, at: At, written: Written) -> Desk:
    """Put a question in the place of one on the desk; whatever was noticed about that before counts as seen.

    Raises:
        Miswritten: something in it is wrong or missing.
        BadInput: there is no such question any more.
    """
    before = row_at(desk, at).draft
    draft = drafted(replace(written, kind=before.kind))
    rows = tuple(_rows(before.choices, draft.choices))
    return accept(desk, at, replace(_as_it_is(draft), rows=rows, select=draft.select))


def _rows(before: Sequence[str], after: Sequence[str]) -> Iterator[int]:
    """Yield for each choice the position that it had before; -1: it is new."""
    known = {text: position for position, text in enumerate(before)}
    for position, text in enumerate(after):
        edited = position if len(before) == len(after) and before[position] not in after else -1
        yield known.get(text, edited)


def _as_it_is(draft: QuestionDraft) -> Edit:
    return Edit(
        stem=draft.stem,
        choices=draft.choices,
        key=draft.key,
        explanation=draft.explanation,
        choice_explanations=draft.choice_explanations or (),
        rows=tuple(range(len(draft.choices))),
        select=draft.select,
    )
