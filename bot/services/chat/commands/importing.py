"""A file that a host brings: what was found in it, and what they decide about it with buttons and forms."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace

from bot.domain.commands import Caller, Option, Slot, ValueKind
from bot.domain.desk import At, Desk, at_in, laid
from bot.domain.errors import BadInput
from bot.domain.identity import ImportId
from bot.domain.questions import LETTERS
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.domain.writing import Miswritten
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import importing as words
from bot.rendering import replies
from bot.services.banks import importing, mending, unfinished
from bot.services.banks.deciding import as_written, row_at, with_key, with_written
from bot.services.banks.importing import Brought
from bot.services.chat.commands import Command
from bot.services.chat.commands.forms import begun, came_back, chosen, corrected, filled_in, with_options
from bot.services.core import Core

_NUMBER = re.compile("[0-9]{1,19}")


async def import_file(core: Core, caller: Caller, file: str, data: bytes, *, bank: str = "") -> MessageView:
    """Read a file that a host gives to ``bank import``, and return what was found; nothing is stored in a bank.

    Raises:
        BadInput: the file can't be read, holds nothing, or its bank can't have this name.
    """
    brought = await importing.bring(core, caller, file, data, bank=bank)
    lead = words.beside(brought.beside) if brought.beside else ""
    return await _shown(brought, lead)


async def _import(_core: Core, _caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.say(
        _("Import your file on this room's import page, or on the command line: `quizbot bank import FILE`")
    )


async def _settle(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    async with core.turns.of(("bank settle", caller.member.account)):  # so that a second click sees what the first did
        return await _settled(core, caller, options)


async def _settled(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    brought, do = await _find(core, caller, options), options.get("do", "")
    if not do:
        return await _shown(brought)
    if _is_old(brought, options):
        return await _shown(brought, words.trouble(importing.overtaken()))
    match do:
        case "all" | "ready":
            return await _store(core, brought, ready_alone=do == "ready")
        case "cancel":
            await importing.forget(core, brought)
            return words.cancelled(brought.waiting.file)
    try:
        return await _mended(core, brought, _at(options), *_decided(do))
    except BadInput as error:
        return await _shown(await importing.find(core, caller, brought.waiting.id), words.trouble(error))


async def _store(core: Core, brought: Brought, *, ready_alone: bool) -> MessageView:
    report = await importing.store(core, brought, ready_alone=ready_alone)
    rows = await asyncio.to_thread(laid, brought.desk) if ready_alone else ()
    return words.stored(report, left=sum(not row.is_ready for row in rows))


def _decided(do: str) -> tuple[Callable[[Desk, At], Desk], str]:
    """Return what a button does to a question, and what to say once it is done.

    Raises:
        BadInput: no button does that.
    """
    if do == "out":
        return mending.drop, _("Dropped the question on line {line}.")
    if do == "keep":
        return mending.accept, _("The question on line {line} stays as it is.")
    if do in tuple(LETTERS):
        done = _("The key of the question on line {line} is set.")
        return lambda desk, at: with_key(desk, at, LETTERS.index(do)), done
    raise BadInput(_("I can't do that with a file. Use the buttons: {command}").format(command=typed("bank settle")))


async def _mended(core: Core, brought: Brought, at: At, change: Callable[[Desk, At], Desk], done: str) -> MessageView:
    line = (await asyncio.to_thread(row_at, brought.desk, at)).draft.line
    after = await importing.mend(core, brought, lambda desk: change(desk, at))
    rows = await asyncio.to_thread(laid, after.desk)
    waits = any(row.waits for row in rows if row.at == at and row.draft.line == line)
    return await _shown(after, words.told(line, done, waits=waits))


async def _mend(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    brought, written = await _find(core, caller, options), filled_in(options)
    if written is None:
        return await _form(core, caller, brought, options)
    if _is_old(brought, options):
        return await _shown(brought, words.trouble(importing.overtaken()))
    row = await asyncio.to_thread(row_at, brought.desk, _at(options))
    written = replace(written, kind=row.draft.kind)
    try:
        done = _("Mended the question on line {line}.")
        view = await _mended(core, brought, row.at, lambda desk, at: with_written(desk, at, written), done)
    except Miswritten as error:
        named = _named(brought, row.at, options)
        return await came_back(core, caller, written, error, "bank mend", named)
    except BadInput as error:
        return await _shown(await importing.find(core, caller, brought.waiting.id), words.trouble(error))
    await unfinished.drop(core, caller, corrected(options))
    return view


async def _form(core: Core, caller: Caller, brought: Brought, options: dict[str, str]) -> MessageView:
    row = await asyncio.to_thread(row_at, brought.desk, at_in(options.get("at", "")))
    shown = await begun(core, caller, options) if options.get("again") else as_written(row)
    return words.mending_form(with_options("bank mend", _named(brought, row.at, options)), shown)


def _named(brought: Brought, at: At, options: dict[str, str]) -> dict[str, str]:
    """Return the options of a form's command that aren't filled in."""
    waiting = brought.waiting
    return {"id": str(waiting.id), "seen": str(waiting.version), "at": str(at), **chosen(options, "again")}


async def _find(core: Core, caller: Caller, options: dict[str, str]) -> Brought:
    """Return the file that is meant, the caller's own.

    Raises:
        NotFound: it isn't waiting.
        BadInput: no file can have this number.
    """
    number = options.get("id", "")
    if number and not _NUMBER.fullmatch(number):
        raise BadInput(_("Which file? Use the buttons: {command}").format(command=typed("bank settle")))
    return await importing.find(core, caller, ImportId(int(number)) if number else None)


def _is_old(brought: Brought, options: dict[str, str]) -> bool:
    """Whether a button or form was shown before the last action."""
    return options.get("seen", "") != str(brought.waiting.version)


def _at(options: dict[str, str]) -> At:
    at = at_in(options.get("at", ""))
    if at is None:
        raise BadInput(_("Which question? Use the buttons: {command}").format(command=typed("bank settle")))
    return at


async def _shown(brought: Brought, lead: str = "") -> MessageView:
    return await asyncio.to_thread(words.on_desk, brought.waiting, brought.desk, lead)


_WHICH = (
    Option(name="id", about=later("The file's number, which the buttons fill in"), in_menus=False),
    Option(name="seen", about=later("The file's state, which the buttons fill in"), in_menus=False),
    Option(name="at", about=later("Which of its questions"), in_menus=False),
)

COMMANDS = (
    Command(
        name="bank import",
        does=later("Bring your own questions"),
        handler=_import,
        limit=None,
        options=(
            Option(name="file", about=later("A file of up to 10 MB"), kind=ValueKind.FILE, required=True),
            Option(
                name="name",
                about=later("What the bank is called"),
                slot=Slot.NEXT,
                takes_rest=True,
                in_menus=False,
            ),
            Option(
                name="anyway",
                about=later("Import a file that others can open, too"),
                kind=ValueKind.YES_NO,
                in_menus=False,
            ),
        ),
        for_hosts=True,
        of_a_space=True,
    ),
    Command(
        name="bank settle",
        does=later("Continue with a file that you brought: settle its questions, import it or cancel it"),
        handler=_settle,
        limit=None,
        options=(*_WHICH, Option(name="do", about=later("What to do, which the buttons fill in"), in_menus=False)),
        for_hosts=True,
        of_a_space=True,
        replaces=True,
    ),
    Command(
        name="bank mend",
        does=later("Mend the next question of that file in a form"),
        handler=_mend,
        limit=None,
        options=(
            *_WHICH,
            Option(name="question", about=later("What is asked"), in_menus=False),
            Option(name="answers", about=later("The choices or right answers, as the form says"), in_menus=False),
            Option(name="explanation", about=later("Why that is right"), in_menus=False),
            Option(name="again", about=later("The form that came back with mistakes"), in_menus=False),
        ),
        for_hosts=True,
        opens_form=True,
        of_a_space=True,
        replaces=True,
    ),
)
