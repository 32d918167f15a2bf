"""Banks: documents are stored, and stored again when they were edited."""

import re
from collections.abc import Iterable, Sequence

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import BankId, QuestionId, SpaceId
from bot.domain.images import ImageFile
from bot.domain.questions import MAX_CHOICES, Question, first_revision, next_revision
from bot.i18n import gettext as _
from bot.ports import Bank, BankSummary, ImportReport, Unit
from bot.services.core import Core
from bot.services.matching import exported_id, match

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
        BadInput: an unusable name or one that another space's bank has, or a document without questions and notes.
    """
    if not _NAME.fullmatch(bank):
        raise BadInput(
            _("“{bank}” can't be a bank's name: use letters, digits, spaces and - . ( ) +").format(bank=bank)
        )
    if not document.questions and not document.notes:
        raise BadInput(_("There is nothing to import: neither questions nor notes were found."))

    async def work(unit: Unit) -> ImportReport:
        stored = await unit.banks.named(bank)
        if stored is not None and space_id not in {None, stored.space_id}:
            raise BadInput(_("“{bank}” belongs to somebody else: choose another name.").format(bank=bank))
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
        revisions, counts = _revisions(core, target.id, usable, known, source_ids)
        report = _report(bank, known, revisions, counts, left_out=len(document.questions) - len(usable))
        if not dry_run and (stored is None or revisions):
            if stored is None:
                await unit.banks.add(target)
            await unit.images.put(_shown(usable, revisions))
            await unit.banks.save(revisions, core.clock.now())
            await unit.banks.new_version(target.id, document.notes, document.findings)
        return report

    return await (core.storage.read if dry_run else core.storage.write)(work)


def _usable(draft: QuestionDraft) -> bool:
    """Whether a draft can be shown at all: some choices, and not more than there are letters."""
    return 2 <= len(draft.choices) <= MAX_CHOICES


def _revisions(
    core: Core,
    bank_id: BankId,
    drafts: Sequence[QuestionDraft],
    known: Sequence[Question],
    source_ids: dict[str, QuestionId],
) -> tuple[list[tuple[Question, str | None]], dict[str, int]]:
    revisions: list[tuple[Question, str | None]] = []
    counts = {"new": 0, "edited": 0, "unchanged": 0}
    for draft, question in zip(drafts, match(drafts, known, source_ids), strict=True):
        if question is None:
            fresh = first_revision(draft, question_id=QuestionId(core.ids.next()), bank_id=bank_id)
            revisions.append((fresh, draft.source_id))
            counts["new"] += 1
        elif edited := next_revision(draft, question):
            revisions.append((edited, None if draft.source_id == exported_id(question) else draft.source_id))
            counts["edited"] += 1
        else:
            counts["unchanged"] += 1
    return revisions, counts


def _shown(drafts: Sequence[QuestionDraft], revisions: Sequence[tuple[Question, str | None]]) -> Iterable[ImageFile]:
    """The files of the pictures that new revisions show, each once."""
    files = {draft.image.digest: draft.image for draft in drafts if draft.image}
    return [files[digest] for digest in {question.image.digest for question, _ in revisions if question.image}]


def _report(
    bank: str,
    known: Sequence[Question],
    revisions: Sequence[tuple[Question, str | None]],
    counts: dict[str, int],
    *,
    left_out: int,
) -> ImportReport:
    now = {question.id: question for question in known} | {question.id: question for question, _ in revisions}
    statuses = [question.status for question in now.values()]
    return ImportReport(
        bank=bank,
        **counts,
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
        files = [await unit.images.get(digest) for digest in names]
        return {names[file.digest]: file.data for file in files if file}

    return await core.storage.read(work)
