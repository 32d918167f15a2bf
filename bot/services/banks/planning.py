"""Work out what storing a document changes in a bank: pure functions, so that a thread can run them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.images import ImageFile
from bot.domain.questions import Question
from bot.domain.revisions import first_revision, next_revision
from bot.ports import Bank, ImportReport
from bot.services.banks.matching import exported_id


class _State(StrEnum):
    NEW = "new"
    EDITED = "edited"
    UNCHANGED = "unchanged"


class Read(NamedTuple):
    """A draft and its question: in a new revision, unless nothing changed."""

    draft: QuestionDraft
    question: Question
    state: _State

    @property
    def source_id(self) -> str | None:
        """The source's own id; None if the source gave none, or if the id comes from an export."""
        return None if self.draft.source_id == exported_id(self.question) else self.draft.source_id


class Plan(NamedTuple):
    """What storing a document's questions changes in a bank, and the report on it.

    Attributes:
        moved: for each question whose predecessor changes, the new one; None: it follows none any more.
        shown: the files of the pictures that new revisions show, each once.
    """

    bank: Bank
    new: bool
    changed: Sequence[Read]
    moved: Mapping[QuestionId, QuestionId | None]
    shown: Sequence[ImageFile]
    report: ImportReport

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed or self.moved)


def planned(
    drafts: Sequence[QuestionDraft],
    matched: Sequence[Question | None],
    ids: Sequence[QuestionId],
    *,
    bank: Bank,
    known: Sequence[Question],
    left_out: int,
    new: bool,
) -> Plan:
    """Plan what storing drafts changes; ``matched`` has the question of each, and new questions get ``ids``."""
    read = _read(drafts, matched, iter(ids), bank.id)
    moved = _moved(read)
    changed = [one for one in read if one.state is not _State.UNCHANGED]
    return Plan(
        bank=bank,
        new=new,
        changed=changed,
        moved=moved,
        shown=_shown(changed),
        report=_report(bank.name, known, read, moved, left_out=left_out),
    )


def _read(
    drafts: Sequence[QuestionDraft], matched: Sequence[Question | None], ids: Iterator[QuestionId], bank_id: BankId
) -> list[Read]:
    read = []
    for draft, question in zip(drafts, matched, strict=True):
        if question is None:
            read.append(Read(draft, first_revision(draft, question_id=next(ids), bank_id=bank_id), _State.NEW))
        elif edited := next_revision(draft, question):
            read.append(Read(draft, edited, _State.EDITED))
        else:
            read.append(Read(draft, question, _State.UNCHANGED))
    return read


def _moved(read: Sequence[Read]) -> dict[QuestionId, QuestionId | None]:
    """Return the questions that must follow a different question than before.

    A question follows the one that the source names, or the one before it in the file if it depends on that.
    """
    by_source: dict[str | None, QuestionId] = {}
    for one in read:
        by_source.setdefault(one.draft.source_id, one.question.id)
    moved: dict[QuestionId, QuestionId | None] = {}
    previous = None
    for draft, question, _state in read:
        leans = FindingCode.DEPENDS_ON_PREVIOUS in draft.findings
        before = by_source.get(draft.after) if draft.after else previous if leans else None
        if before != question.after:
            moved[question.id] = before
        previous = question.id
    return moved


def _shown(changed: Sequence[Read]) -> list[ImageFile]:
    """Return the files of the pictures that new revisions show, each once."""
    files = {file.digest: file for one in changed for file in one.draft.files}
    return list(files.values())


def _report(
    bank: str,
    known: Sequence[Question],
    read: Sequence[Read],
    moved: Collection[QuestionId],
    *,
    left_out: int,
) -> ImportReport:
    now = {question.id: question for question in known} | {one.question.id: one.question for one in read}
    statuses = [question.status for question in now.values()]
    states = [
        _State.EDITED if one.state is _State.UNCHANGED and one.question.id in moved else one.state for one in read
    ]
    return ImportReport(
        bank=bank,
        new=states.count(_State.NEW),
        edited=states.count(_State.EDITED),
        unchanged=states.count(_State.UNCHANGED),
        ready=statuses.count("ready"),
        unkeyed=statuses.count("unkeyed"),
        needs_attention=statuses.count("needs attention"),
        left_out=left_out,
    )
