"""Banks: documents are stored, and stored again when they were edited."""

import re
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.domain.drafts import FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import BankId, QuestionId, SpaceId
from bot.domain.images import ImageFile
from bot.domain.lookalikes import look_alike
from bot.domain.names import shown
from bot.domain.questions import MAX_CHOICES, Question
from bot.domain.revisions import first_revision, next_revision
from bot.i18n import gettext as _
from bot.ports import Bank, BankSummary, ImportReport, Unit
from bot.services.banks.matching import exported_id, match
from bot.services.core import Core

_NAME = re.compile(r"[\w][\w .()+-]{0,79}")


async def import_document(
    core: Core,
    document: ParsedDocument,
    *,
    bank: str,
    space_id: SpaceId | None = None,
    starter: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Store a document's questions and notes in a bank; the same document again changes nothing.

    Args:
        core: storage, clock and ids.
        document: what an importer read.
        bank: the bank's name; it is made where there is none.
        space_id: the only space that may draw from a new bank; None: every space.
        starter: a new bank is drawn from only while nothing else is there.
        dry_run: report what would happen, store nothing.

    Raises:
        BadInput: an unusable name, one that another space's bank has or that looks like another bank's, or a document
            without questions and notes.
    """
    if not _NAME.fullmatch(bank) or shown(bank) != bank:
        raise BadInput(
            _("“{bank}” can't be a bank's name: use letters, digits, spaces and - . ( ) +").format(bank=bank)
        )
    if not document.questions and not document.notes:
        raise BadInput(_("There is nothing to import: neither questions nor notes were found."))

    async def work(unit: Unit) -> ImportReport:
        stored = await unit.banks.named(bank)
        if stored is not None and space_id not in {None, stored.space_id}:
            raise BadInput(_("“{bank}” belongs to somebody else: choose another name.").format(bank=bank))
        if stored is None:
            await _check_looks(unit, bank, space_id)
        usable = [draft for draft in document.questions if _usable(draft)]
        known = await unit.banks.questions(stored.id) if stored else []
        source_ids = await unit.banks.source_ids(stored.id) if stored else {}
        target = stored or Bank(
            id=BankId(core.ids.next()),
            name=bank,
            title=document.title or bank,
            version=0,
            space_id=space_id,
            starter=starter,
        )
        read = _read(core, target.id, usable, known, source_ids)
        moved = _moved(read)
        changed = [one for one in read if one.state is not _State.UNCHANGED]
        report = _report(bank, known, read, moved, left_out=len(document.questions) - len(usable))
        if not dry_run and (stored is None or changed or moved):
            if stored is None:
                await unit.banks.add(target)
            await unit.images.put(_shown(changed))
            await unit.banks.save(((one.question, one.source_id) for one in changed), core.clock.now())
            await unit.banks.set_order(moved)
            await unit.banks.new_version(target.id, document.notes, document.findings)
        return report

    return await (core.storage.read if dry_run else core.storage.write)(work)


async def _check_looks(unit: Unit, bank: str, space_id: SpaceId | None) -> None:
    for other in await _summaries(unit, space_id):
        if look_alike(other.bank.name, bank):
            message = _("“{bank}” looks like the bank “{other}” that is there already: choose another name.")
            raise BadInput(message.format(bank=bank, other=other.bank.name))


def _usable(draft: QuestionDraft) -> bool:
    """Whether a draft can be shown at all: some choices, and not more than there are letters."""
    return 2 <= len(draft.choices) <= MAX_CHOICES


class _State(StrEnum):
    NEW = "new"
    EDITED = "edited"
    UNCHANGED = "unchanged"


class _Read(NamedTuple):
    """A draft, and the question that it is: a new revision unless nothing changed."""

    draft: QuestionDraft
    question: Question
    state: _State

    @property
    def source_id(self) -> str | None:
        """The source's own id; one that an export gave is no source's."""
        return None if self.draft.source_id == exported_id(self.question) else self.draft.source_id


def _read(
    core: Core,
    bank_id: BankId,
    drafts: Sequence[QuestionDraft],
    known: Sequence[Question],
    source_ids: dict[str, QuestionId],
) -> list[_Read]:
    read = []
    for draft, question in zip(drafts, match(drafts, known, source_ids), strict=True):
        if question is None:
            fresh = first_revision(draft, question_id=QuestionId(core.ids.next()), bank_id=bank_id)
            read.append(_Read(draft, fresh, _State.NEW))
        elif edited := next_revision(draft, question):
            read.append(_Read(draft, edited, _State.EDITED))
        else:
            read.append(_Read(draft, question, _State.UNCHANGED))
    return read


def _moved(read: Sequence[_Read]) -> dict[QuestionId, QuestionId | None]:
    """The questions that must come after another one than before.

    That is the one that the source names, or the one before it in the file where it leans on that.
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


def _shown(changed: Sequence[_Read]) -> Iterable[ImageFile]:
    """The files of the pictures that new revisions show, each once."""
    files = {one.draft.image.digest: one.draft.image for one in changed if one.draft.image}
    return files.values()


def _report(
    bank: str,
    known: Sequence[Question],
    read: Sequence[_Read],
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


async def summaries(core: Core, space_id: SpaceId | None = None) -> list[BankSummary]:
    """The banks that a space may draw from (None: all there are) with their counts, by name."""
    return await core.storage.read(lambda unit: _summaries(unit, space_id))


async def _summaries(unit: Unit, space_id: SpaceId | None) -> list[BankSummary]:
    return [summary for summary in await unit.banks.summaries() if summary.bank.is_open_to(space_id)]


async def bank_questions(core: Core, name: str, space_id: SpaceId | None = None) -> tuple[Bank, list[Question]]:
    """A bank with the current revisions of its questions.

    Raises:
        NotFound: there is no such bank, or not for this space; those there are get named.
    """

    async def work(unit: Unit) -> tuple[Bank, list[Question]]:
        bank = await unit.banks.named(name)
        if bank is None or not bank.is_open_to(space_id):
            names = ", ".join(summary.bank.name for summary in await _summaries(unit, space_id))
            raise NotFound(
                _("There is no bank named “{name}”. There are: {names}.").format(name=name, names=names or "–")
            )
        return bank, await unit.banks.questions(bank.id)

    return await core.storage.read(work)


async def pictures(core: Core, questions: Iterable[Question]) -> dict[str, bytes]:
    """The pictures that questions show, under the names of their files."""
    names = {question.image.digest: question.image.file_name for question in questions if question.image}

    async def work(unit: Unit) -> dict[str, bytes]:
        files = [await unit.images.find(digest) for digest in names]
        return {names[file.digest]: file.data for file in files if file}

    return await core.storage.read(work)
