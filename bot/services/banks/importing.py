"""Read a file that somebody brings, let them settle its questions, and store these once they say so."""

import asyncio
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from bot.domain.commands import Caller
from bot.domain.desk import Desk, laid_again, opened, ready_portions, traces
from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import ImportId
from bot.domain.mending import Portion
from bot.domain.readings import Example
from bot.domain.typed import typed
from bot.domain.waiting_imports import LASTS, WaitingImport
from bot.i18n import gettext as _
from bot.ports import ImportReport, Unit
from bot.services.banks.reading import keep_reading, kept_readings
from bot.services.banks.storing import import_document, recall
from bot.services.core import Core

PASTED = "pasted.txt"
"""The file name that stands for pasted text."""
LARGEST = 10 * 1024**2
"""The largest file that is accepted from chat, in bytes."""
MOST_OF_ONE, MOST_OF_A_SPACE = 4, 8
"""The most files that wait from one account, and in a space; beyond that, the oldest goes."""

_FAST = 1
"""The level of compression: text shrinks to a third, in a tenth of a second for the largest file."""

_UNUSABLE = re.compile(r"[^\w .()+-]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file that waits, with its questions on the desk.

    Attributes:
        beside: the name of the newest file of the same account that waited already when it was brought; empty: none.
    """

    waiting: WaitingImport
    desk: Desk
    beside: str = ""


async def bring(
    core: Core,
    caller: Caller,
    file: str,
    data: bytes,
    *,
    bank: str = "",
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> Brought:
    """Read a file and keep it until the caller decides; nothing of it is stored in a bank.

    Args:
        core: storage, clock and the reader of files.
        caller: the host who brings it.
        file: its name.
        data: its bytes.
        bank: the name of the bank that it is meant for; empty: as the file is called.
        format: the name of its format; None to detect it.

    Raises:
        BadInput: the file can't be read, holds nothing, or its bank can't have this name.
        NotFound: the caller was forgotten meanwhile.
    """
    player = await core.storage.read(lambda unit: unit.people.player(caller.member))
    kept = await kept_readings(core, caller.space.id)
    document = await core.files.read(data, name=file, format=format, space_id=caller.space.id, kept=kept)
    name, space_id = bank.strip() or bank_name(file, document), caller.space.id
    await import_document(core, document, bank=name, space_id=space_id, dry_run=True)
    desk = opened(document, await recall(core, document, bank=name, space_id=space_id))
    waiting = WaitingImport(
        id=ImportId(core.ids.next()),
        space_id=space_id,
        account=caller.member.external_id,
        at=core.clock.now(),
        file=file,
        format=format,
        bank=name,
        size=len(data),
        traces=await asyncio.to_thread(traces, desk),
    )
    packed = await asyncio.to_thread(zlib.compress, data, _FAST)  # before the transaction, for which others wait
    before = await _waiting(core, caller)

    async def add(unit: Unit) -> None:
        await unit.forgetting.refuse_outdated(caller.member)
        await unit.spaces.lock(space_id)  # reading takes seconds, in which people may delete everything about them
        if await unit.people.player(caller.member) != player:
            raise _gone()
        await unit.waiting_imports.add(waiting, packed, most_of_one=MOST_OF_ONE, most=MOST_OF_A_SPACE)

    await core.storage.write(add)
    await core.desks.keep(waiting.id, desk)
    return Brought(waiting=waiting, desk=desk, beside=before[0].file if before else "")


async def _waiting(core: Core, caller: Caller) -> list[WaitingImport]:
    """Return the caller's files that wait and whose time isn't over, newest first."""
    since = core.clock.now() - LASTS
    own = await core.storage.read(lambda unit: unit.waiting_imports.of(caller.member))
    return [one for one in own if one.at >= since]


async def find(core: Core, caller: Caller, import_id: ImportId | None = None) -> Brought:
    """Return a file of the caller's that waits, the newest unless told.

    Raises:
        NotFound: it isn't waiting any more, or was brought by somebody else.
    """
    waiting = next((one for one in await _waiting(core, caller) if import_id in {None, one.id}), None)
    if waiting is None:
        raise _gone()
    desk = core.desks.find(waiting.id, waiting.version) or await _read_again(core, waiting)
    return Brought(waiting=waiting, desk=desk)


async def _read_again(core: Core, waiting: WaitingImport) -> Desk:
    data = await data_of(core, waiting)
    if waiting.examples:
        document = await core.files.read_like(data, waiting.examples, name=waiting.file, space_id=waiting.space_id)
    else:
        kept = await kept_readings(core, waiting.space_id)
        document = await core.files.read(
            data, name=waiting.file, format=waiting.format, space_id=waiting.space_id, kept=kept
        )
    desk = await asyncio.to_thread(laid_again, document, waiting.traces, waiting.version)
    if desk is None:  # another version of the program reads it in another way
        raise _gone()
    await core.desks.keep(waiting.id, desk)
    return desk


async def data_of(core: Core, waiting: WaitingImport) -> bytes:
    """Return the bytes of a file that waits.

    Raises:
        NotFound: it was imported or cancelled meanwhile.
    """
    packed = await core.storage.read(lambda unit: unit.waiting_imports.packed(waiting.id))
    if packed is None:
        raise _gone()
    return await asyncio.to_thread(zlib.decompress, packed)


async def read_like(core: Core, brought: Brought, example: Example) -> Brought:
    """Read a file again like one of its questions, and those that were shown before; what was mended is gone.

    Raises:
        BadInput: the example names lines that can't be a question, no way of reading the file fits all examples, or
            somebody has changed something meanwhile.
        NotFound: it isn't waiting any more.
    """
    waiting, examples = brought.waiting, (*brought.waiting.examples, example)
    data = await data_of(core, waiting)
    document = await core.files.read_like(data, examples, name=waiting.file, space_id=waiting.space_id)
    await import_document(core, document, bank=waiting.bank, space_id=waiting.space_id, dry_run=True)
    portions = await recall(core, document, bank=waiting.bank, space_id=waiting.space_id)
    desk = replace(opened(document, portions), version=waiting.version + 1)
    return await _renewed(core, replace(waiting, examples=examples), desk)


async def keep_learned(core: Core, brought: Brought, name: str) -> None:
    """Keep the reading that was learned from a file's questions under a name.

    Raises:
        BadInput: the file isn't read by example, the name is unusable, or there are too many readings.
    """
    waiting, document = brought.waiting, brought.desk.document
    if document.learned is None:
        raise BadInput(_("The form didn't arrive whole. Please try again."))
    await keep_reading(core, name, document.learned.reading, waiting.space_id)
    named = replace(document, learned=replace(document.learned, name=name))
    await core.desks.keep(waiting.id, replace(brought.desk, document=named))


async def mend(core: Core, brought: Brought, change: Callable[[Desk], Desk]) -> Brought:
    """Change something on the desk of a file that waits, and keep it.

    Raises:
        BadInput: ``change`` can't be done, or somebody has changed something meanwhile.
    """
    return await _renewed(core, brought.waiting, await asyncio.to_thread(change, brought.desk))


async def _renewed(core: Core, waiting: WaitingImport, desk: Desk) -> Brought:
    kept = await asyncio.to_thread(traces, desk)
    after = replace(waiting, at=core.clock.now(), version=desk.version, traces=kept)
    if not await core.storage.write(lambda unit: unit.waiting_imports.renew(after, seen=waiting.version)):
        raise overtaken()
    await core.desks.keep(after.id, desk)
    return Brought(waiting=after, desk=desk)


async def store(core: Core, brought: Brought, *, ready_alone: bool) -> ImportReport:
    """Store the questions of a file that waits, as they were mended, and forget the file.

    Doing it twice stores them once.

    Args:
        core: storage, clock and ids.
        brought: the file.
        ready_alone: leave out whatever isn't ready to be asked; the bank remembers nothing about it.

    Raises:
        BadInput: nothing would be stored, or the bank's name can't be used any more.
        Busy: others keep changing the bank at the same time.
    """
    waiting, desk = brought.waiting, brought.desk
    portions: Sequence[Portion] = list(desk.portions.values())
    if ready_alone:
        portions = await asyncio.to_thread(ready_portions, desk)
        if not portions:
            raise BadInput(_("No question in this file is ready yet."))
    report = await import_document(core, desk.document, bank=waiting.bank, space_id=waiting.space_id, portions=portions)
    await forget(core, brought)
    return report


async def forget(core: Core, brought: Brought) -> None:
    """Forget a file that waits; nothing of it is stored."""
    await core.storage.write(lambda unit: unit.waiting_imports.drop(brought.waiting.id))
    core.desks.drop(brought.waiting.id)


async def forget_old(core: Core) -> None:
    """Forget the files that nobody has decided about in time."""
    before = core.clock.now() - LASTS
    await core.storage.write(lambda unit: unit.waiting_imports.forget(before))


def overtaken() -> BadInput:
    """Return what to say if somebody acts on an outdated desk."""
    return BadInput(_("Something has changed since that button was shown. Here is the latest."))


def _gone() -> NotFound:
    text = _("No such file of yours is waiting: it was imported or cancelled, or waited too long. Import it: {command}")
    return NotFound(text.format(command=typed("bank import")))


def bank_name(file: str, document: ParsedDocument) -> str:
    """The name of the bank for a file: the file's own name, reduced to characters that bank names allow."""
    source = PurePath(file).stem if file != PASTED else document.title or _("Pasted questions")
    return _SPACE.sub(" ", _UNUSABLE.sub(" ", source)).lstrip(" .()+-").rstrip()[:80] or _("Imported questions")
