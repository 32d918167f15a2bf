"""Store questions that people write, one at a time, and edit them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.commands import Caller
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput, NotAllowed
from bot.domain.identity import BankId, ChoiceId, QuestionId, SpaceId
from bot.domain.images import MOST_OF_A_BANK_MB, ImageFile, PictureEdit
from bot.domain.questions import Question
from bot.domain.revisions import first_revision, illustrated, rewritten
from bot.domain.thanks import Deed
from bot.domain.writing import KINDS_IN_WRITING, Written, drafted, edited
from bot.i18n import gettext as _
from bot.ports import Bank, Unit
from bot.services.acting import actor, note
from bot.services.banks.rights import own_question
from bot.services.banks.room import check_room
from bot.services.banks.storing import check_looks, check_name
from bot.services.core import Core

BANK = "Written here"
"""The bank of a space for questions written there, unless a host names another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A written question as it is stored.

    Attributes:
        changed: whether anything was stored: the bank may have this very question already.
    """

    question: Question
    bank: Bank
    changed: bool = True


async def add(core: Core, caller: Caller, written: Written, *, bank: str = BANK) -> Stored:
    """Store a written question in a bank of the caller's space; a bank that doesn't exist yet is created.

    Raises:
        Miswritten: something in the question is wrong or missing.
        BadInput: the bank's name can't be used.
        NotAllowed: the bank of this name is for every space.
    """
    check_name(bank)
    draft = drafted(written)

    async def work(unit: Unit) -> Stored:
        stored = await put(core, unit, caller.space.id, draft, bank=bank)
        if stored.changed:
            await _note(core, unit, caller, "question written", stored)
        return stored

    return await core.storage.write(work)


async def put(core: Core, unit: Unit, space_id: SpaceId, draft: QuestionDraft, *, bank: str) -> Stored:
    """Store a draft as a new question in the caller's transaction, unless the bank has this very question.

    Raises:
        BadInput: the bank's name looks like that of another bank, or the space's banks have no room for it.
        NotAllowed: the bank of this name is for every space.
    """
    target = await _bank(core, unit, space_id, bank)
    for known in await unit.banks.asking(target.id, draft.stem):
        if rewritten(draft, known) is None:
            return Stored(question=known, bank=target, changed=False)
    await check_room(unit, space_id, questions=1)
    question = first_revision(draft, question_id=QuestionId(core.ids.next()), bank_id=target.id)
    await unit.banks.save([(question, None)], core.clock.now())
    return Stored(question=question, bank=target)


async def check_bank(core: Core, caller: Caller, name: str) -> None:
    """Check that a question may be stored in a bank of this name.

    Raises:
        BadInput: it can't be the name of a new bank.
        NotAllowed: the bank of this name is for every space.
    """
    check_name(name)
    await core.storage.read(lambda unit: _find_bank(unit, caller.space.id, name))


async def _find_bank(unit: Unit, space_id: SpaceId, name: str) -> Bank | None:
    """Return the space's bank of this name; None if one may be created."""
    named = await unit.banks.named(name, space_id)
    if named is None:
        await check_looks(unit, name, space_id)
    elif named.space_id is None:  # a bank of the space's own would hide it
        text = _("“{bank}” is for every space, so only whoever runs me can add to it. Choose another name.")
        raise NotAllowed(text.format(bank=named.name))
    return named


async def _bank(core: Core, unit: Unit, space_id: SpaceId, name: str) -> Bank:
    """Return the space's bank of this name, locked; create it if there is none."""
    if known := await _find_bank(unit, space_id, name):
        await unit.banks.lock(known.id)
        return known
    await check_room(unit, space_id, banks=1)
    bank = Bank(id=BankId(core.ids.next()), name=name, title=name, version=1, space_id=space_id, starter=False)
    await unit.banks.add(bank)
    return bank


async def to_edit(core: Core, caller: Caller, question_id: QuestionId) -> Question:
    """Return a question that the caller's space may edit.

    Raises:
        NotAllowed: the question isn't in a bank of the caller's space.
        NotFound: the caller's space has no such question.
        BadInput: the question is withdrawn, or of a kind that is never asked.
    """
    return await core.storage.read(lambda unit: _editable(unit, caller.space.id, question_id))


async def edit(core: Core, caller: Caller, question_id: QuestionId, written: Written) -> Stored:
    """Store what a host made of a question as its next revision; rounds keep the revision that they asked.

    Raises:
        Miswritten: something in the question is wrong or missing.
        QuizbotError: see `to_edit`.
    """

    return await _revise(core, caller, question_id, lambda known: rewritten(edited(known, written), known))


async def illustrate(
    core: Core, caller: Caller, question_id: QuestionId, edits: Mapping[ChoiceId | None, PictureEdit], *, seen: int
) -> Stored:
    """Store a host's changes to a question's pictures as its next revision; rounds keep the revision they asked.

    ``seen`` is the revision that the host looked at, and ``edits`` are those of `bot.domain.revisions.illustrated`.

    Raises:
        BadInput: somebody has changed the question meanwhile, or the bank's pictures would be too large.
        QuizbotError: see `to_edit`.
    """

    def revise(known: Question) -> Question | None:
        if known.revision != seen:
            raise BadInput(_("Somebody has changed this question meanwhile. Check it, and store your pictures again."))
        return illustrated(known, edits)

    files = [edit.file for edit in edits.values() if edit.file]
    return await _revise(core, caller, question_id, revise, files)


async def _revise(
    core: Core,
    caller: Caller,
    question_id: QuestionId,
    revise: Callable[[Question], Question | None],
    files: Sequence[ImageFile] = (),
) -> Stored:
    """Store what ``revise`` makes of a question, with its new pictures; store nothing if that is None."""

    async def work(unit: Unit) -> Stored:
        known = await _editable(unit, caller.space.id, question_id)
        bank, new = await unit.banks.bank_of(known), revise(known)
        if new is None:
            return Stored(question=known, bank=bank, changed=False)
        await unit.banks.lock(bank.id)
        if files:
            await _put(unit, bank, files)
        await unit.banks.save([(new, None)], core.clock.now())
        stored = Stored(question=new, bank=bank)
        await _note(core, unit, caller, "question edited", stored)
        await unit.thanks.add(caller.member, Deed.IMPROVED, new.id, core.clock.now())
        return stored

    return await core.storage.write(work)


async def _put(unit: Unit, bank: Bank, files: Sequence[ImageFile]) -> None:
    size = await unit.images.size_of(bank.id) + sum(len(file.data) for file in files)
    if size > MOST_OF_A_BANK_MB * 1024**2:
        text = _("The pictures of the bank “{bank}” would have more than {limit} MB together. Use another bank.")
        raise BadInput(text.format(bank=bank.name, limit=MOST_OF_A_BANK_MB))
    await unit.images.put(files)


async def _editable(unit: Unit, space_id: SpaceId, question_id: QuestionId) -> Question:
    question = await own_question(unit, space_id, question_id)
    if question.withdrawn:
        raise BadInput(_("Question {id} is withdrawn: it isn't asked or scored any more.").format(id=question_id))
    if question.kind not in KINDS_IN_WRITING:
        text = _(
            "Question {id} is of a kind that is kept, but can't be asked. Edit it in its file, and import that again."
        )
        raise BadInput(text.format(id=question_id))
    return question


async def _note(core: Core, unit: Unit, caller: Caller, action: str, stored: Stored) -> None:
    who = await actor(unit, caller.member)
    details = f"revision {stored.question.revision} in bank {stored.bank.name}"
    await note(core, unit, action, f"question {stored.question.id}", details, actor=who)
