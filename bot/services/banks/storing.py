"""Store documents in banks, again whenever they are edited, and look banks up."""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from bot.domain.drafts import Finding, ParsedDocument
from bot.domain.errors import BadInput, Busy, NotFound
from bot.domain.former_banks import is_former
from bot.domain.identity import BankId, QuestionId, SpaceId
from bot.domain.lookalikes import look_alike
from bot.domain.mending import Mending, Portion, renewed
from bot.domain.names import shown
from bot.domain.questions import Question
from bot.i18n import gettext as _
from bot.ports import Bank, BankSummary, ImportReport, Stamp, Unit
from bot.services.banks.planning import Plan, planned
from bot.services.banks.recalling import findings_left, matched, recalled
from bot.services.banks.room import check_room
from bot.services.core import Core

_NAME = re.compile(r"[\w][\w .()+-]{0,79}")
_SLICE = 100
"""How many questions are written in one turn of the loop."""
_TRIES = 5


async def import_document(
    core: Core,
    document: ParsedDocument,
    *,
    bank: str,
    space_id: SpaceId | None = None,
    starter: bool = False,
    dry_run: bool = False,
    portions: Sequence[Portion] | None = None,
) -> ImportReport:
    """Store a document's questions and notes in a bank; storing the same document again changes nothing.

    Questions that somebody mended before storing them stay as mended, unless the document says something else now.

    Args:
        core: storage, clock and ids.
        document: what an importer read.
        bank: the bank's name; a bank that doesn't exist yet is created.
        space_id: the space that owns the bank and alone draws from it; None: the operator's bank, for every space.
        starter: a new bank is drawn from only while no other bank has a ready question.
        dry_run: report what would happen, but store nothing.
        portions: the document's questions as somebody mended them, to be remembered; None: as they were mended before.

    Raises:
        BadInput: the name is unusable, or looks like that of another bank of this owner or the operator; the document
            has neither questions nor notes; or the space's banks have no room for it.
        Busy: others keep changing the bank at the same time.
    """
    check_name(bank)
    if not document.questions and not document.notes:
        raise BadInput(_("There is nothing to import: neither questions nor notes were found."))

    for _try in range(_TRIES):
        seen = await core.storage.read(lambda unit: _seen(unit, document, bank, space_id))
        wanted = await _wanted(document, seen, portions)
        plan = await _planned(core, document, seen, wanted, bank=bank, space_id=space_id, starter=starter)
        if dry_run:
            await core.storage.read(partial(_check_room, plan))
        if dry_run or not (plan.changes or seen.other_notes or wanted.mendings != seen.mendings):
            return plan.report
        with suppress(_OvertakenError):
            return await core.storage.write(partial(_store, core, document, wanted, plan, seen))
    raise Busy(_("Others are changing “{bank}” too. Try again in a moment; nothing was stored.").format(bank=bank))


async def recall(
    core: Core, document: ParsedDocument, *, bank: str, space_id: SpaceId | None = None
) -> tuple[Portion, ...]:
    """Return a document's questions as people mended them when it was last stored in the bank."""
    mendings = await core.storage.read(lambda unit: _mendings(unit, bank, space_id))
    return await asyncio.to_thread(recalled, document.questions, mendings)


async def _mendings(unit: Unit, name: str, space_id: SpaceId | None) -> tuple[Mending, ...]:
    bank = await _own(unit, name, space_id)
    return () if bank is None else await unit.banks.mendings(bank.id)


def check_name(bank: str) -> None:
    """Check the name that somebody wants a bank to have.

    Raises:
        BadInput: it has other characters than names may have, is too long, or is kept for deleted banks.
    """
    if is_former(bank):
        raise BadInput(_("“{bank}” is what deleted banks are called. Choose another name.").format(bank=bank))
    if not is_name(bank):
        raise BadInput(
            _("“{bank}” can't be a bank's name: use letters, digits, spaces and - . ( ) +").format(bank=bank)
        )


def is_name(text: str) -> bool:
    """Whether a bank, or a reading, may have this name."""
    return bool(_NAME.fullmatch(text)) and shown(text) == text


class _OvertakenError(Exception):
    """The bank has changed since the plan was made."""


class _Seen(NamedTuple):
    """A bank as the plan sees it; its stamp changes whenever a question in the bank does."""

    bank: Bank | None
    stamp: Stamp | None = None
    questions: Sequence[Question] = ()
    source_ids: Mapping[str, QuestionId] = MappingProxyType({})
    other_notes: bool = False
    mendings: tuple[Mending, ...] = ()


class _Wanted(NamedTuple):
    """What is to be stored: a document's questions and findings, mended, and what to remember of that."""

    portions: Sequence[Portion]
    findings: Sequence[Finding]
    mendings: tuple[Mending, ...]


async def _seen(unit: Unit, document: ParsedDocument, name: str, space_id: SpaceId | None) -> _Seen:
    bank = await _own(unit, name, space_id)
    if bank is None:
        await check_looks(unit, name, space_id)
        return _Seen(None)
    stamp = await unit.banks.stamp(bank.id)
    questions, source_ids = await unit.banks.questions(bank.id), await unit.banks.source_ids(bank.id)
    other_notes = not await unit.banks.has_notes(bank.id, document.notes)
    return _Seen(bank, stamp, questions, source_ids, other_notes, await unit.banks.mendings(bank.id))


async def _own(unit: Unit, name: str, space_id: SpaceId | None) -> Bank | None:
    """Return this owner's bank, never the operator's of the same name; None if there is none."""
    named = await unit.banks.named(name, space_id)
    return named if named and named.space_id == space_id else None


async def check_looks(unit: Unit, bank: str, space_id: SpaceId | None) -> None:
    """Check that a new bank's name isn't easily taken for that of another bank its owner sees.

    Raises:
        BadInput: it is; the message names the other bank.
    """
    for other in await _seen_by(unit, space_id):
        same = other.bank.name.casefold() == bank.casefold()  # the operator's bank: the space's own goes first
        if not same and look_alike(other.bank.name, bank):
            message = _("“{bank}” looks like the bank “{other}” that is there already: choose another name.")
            raise BadInput(message.format(bank=bank, other=other.bank.name))


async def _wanted(document: ParsedDocument, seen: _Seen, portions: Sequence[Portion] | None) -> _Wanted:
    if portions is None:
        portions, mendings = await asyncio.to_thread(recalled, document.questions, seen.mendings), seen.mendings
    else:
        mendings = await asyncio.to_thread(renewed, seen.mendings, portions)
    return _Wanted(portions, await asyncio.to_thread(findings_left, document, portions), mendings)


async def _planned(
    core: Core,
    document: ParsedDocument,
    seen: _Seen,
    wanted: _Wanted,
    *,
    bank: str,
    space_id: SpaceId | None,
    starter: bool,
) -> Plan:
    """Work out on a thread what to write, so that neither the event loop nor the database waits for it."""
    pairs = await asyncio.to_thread(matched, wanted.portions, seen.mendings, seen.questions, seen.source_ids)
    drafts, known = [draft for draft, _question in pairs], [question for _draft, question in pairs]
    target = seen.bank or Bank(
        id=BankId(core.ids.next()),
        name=bank,
        title=document.title or bank,
        version=0,
        space_id=space_id,
        starter=starter,
    )
    ids = []
    for question in known:
        if question is None:
            ids.append(QuestionId(core.ids.next()))
            if len(ids) % _SLICE == 0:
                await asyncio.sleep(0)
    left_out = sum(len(portion.drafts) for portion in wanted.portions) - len(drafts)
    return await asyncio.to_thread(
        planned, drafts, known, ids, bank=target, known=seen.questions, left_out=left_out, new=seen.bank is None
    )


async def _store(
    core: Core, document: ParsedDocument, wanted: _Wanted, plan: Plan, seen: _Seen, unit: Unit
) -> ImportReport:
    """Write the difference in one transaction, a slice at a time."""
    stored = await _own(unit, plan.bank.name, plan.bank.space_id)
    if stored is not None:
        await unit.banks.lock(stored.id)
    if (await unit.banks.stamp(stored.id) if stored else None) != seen.stamp:
        raise _OvertakenError
    await _check_room(plan, unit)
    if stored is None:
        await unit.banks.add(plan.bank)
    await unit.images.put(plan.shown)
    for start in range(0, len(plan.changed), _SLICE):
        slice_ = plan.changed[start : start + _SLICE]
        await unit.banks.save(((one.question, one.source_id) for one in slice_), core.clock.now())
    moved = list(plan.moved.items())
    for start in range(0, len(moved), _SLICE):
        await unit.banks.set_order(dict(moved[start : start + _SLICE]))
    await unit.banks.new_version(plan.bank.id, document.notes, wanted.findings)
    if wanted.mendings != seen.mendings:
        await unit.banks.set_mendings(plan.bank.id, wanted.mendings)
    return plan.report


async def _check_room(plan: Plan, unit: Unit) -> None:
    await check_room(unit, plan.bank.space_id, banks=int(plan.new), questions=plan.report.new)


async def summaries(core: Core, space_id: SpaceId | None = None) -> list[BankSummary]:
    """Return the banks that a space may draw from (None: all banks), by name, with their counts."""
    return await core.storage.read(lambda unit: unit.banks.summaries(space_id))


async def _seen_by(unit: Unit, space_id: SpaceId | None) -> list[BankSummary]:
    """Return the banks that an owner can call by name: the operator (None) only the operator's own."""
    return [one for one in await unit.banks.summaries(space_id) if one.bank.space_id in {None, space_id}]


def names_of(banks: Iterable[BankSummary]) -> list[str]:
    """Return the names by which a space finds these banks; a name that the operator uses too appears once."""
    found: dict[str, str] = {}
    for one in banks:
        found.setdefault(one.bank.name.casefold(), one.bank.name)
    return list(found.values())


async def bank_questions(core: Core, name: str, space_id: SpaceId | None = None) -> tuple[Bank, list[Question]]:
    """Return the bank that a space (None: the operator) calls by a name, and its questions' current revisions.

    Raises:
        NotFound: this space has no such bank; the message names those that it has.
    """

    async def work(unit: Unit) -> tuple[Bank, list[Question]]:
        bank = await unit.banks.named(name, space_id)
        if bank is None:
            names = ", ".join(names_of(await _seen_by(unit, space_id)))
            raise NotFound(
                _("There is no bank named “{name}”. There are: {names}.").format(name=name, names=names or "–")
            )
        return bank, await unit.banks.questions(bank.id)

    return await core.storage.read(work)


async def pictures(core: Core, questions: Iterable[Question]) -> dict[str, bytes]:
    """Return the pictures of some questions and of their choices by their file names."""
    names = {image.digest: image.file_name for question in questions for image in question.images}

    async def work(unit: Unit) -> dict[str, bytes]:
        files = [await unit.images.find(digest) for digest in names]
        return {names[file.digest]: file.data for file in files if file}

    return await core.storage.read(work)
