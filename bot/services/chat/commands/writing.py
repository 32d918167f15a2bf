"""Questions that hosts write in a form, and edit in one."""

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.domain.writing import Miswritten, Written, longest, written_of
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import writing as words
from bot.services.banks import suggesting, unfinished, writing
from bot.services.banks.writing import BANK as WRITTEN_HERE
from bot.services.chat.commands import Command
from bot.services.chat.commands.forms import (
    BANK,
    KIND,
    TEXTS,
    as_stored,
    begun,
    came_back,
    chosen,
    corrected,
    filled_in,
    question_id,
    suggestion_id,
    with_options,
)
from bot.services.core import Core

LONGEST_BANK = 40
"""The most characters of a bank's name here, because a form's id holds it."""


async def _add(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    bank, written = options.get("bank") or WRITTEN_HERE, filled_in(options)
    if len(bank) > LONGEST_BANK:
        raise BadInput(_("Choose a bank whose name has at most {most} characters.").format(most=LONGEST_BANK))
    made_from = suggestion_id(options["suggestion"]) if "suggestion" in options else None
    again, named = corrected(options), chosen(options, "suggestion", "bank", "again")
    if written is None:
        await writing.check_bank(core, caller, bank)
        if made_from is not None and "again" not in options:
            shown = await suggesting.to_change(core, caller, made_from)
        else:
            shown = await begun(core, caller, options)
        return words.form(with_options("question add", named), shown, title=_("Write a question"), submit=_("Store it"))
    try:
        if made_from is None:
            stored = await writing.add(core, caller, written, bank=bank)
        else:
            stored = await suggesting.approve(core, caller, made_from, bank=bank, changed=written)
    except (BadInput, NotAllowed, NotFound) as error:
        if isinstance(error, NotFound):  # another host has decided about the suggestion
            named.pop("suggestion", None)
        elif not isinstance(error, Miswritten):  # the bank can't be used any more, so the form couldn't be opened
            named.pop("bank", None)
        return await came_back(core, caller, written, error, "question add", named)
    await unfinished.drop(core, caller, again)
    return as_stored(stored, _("This question is there already:"))


async def _edit(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("id"):
        example = typed("question edit", id="ID")
        raise BadInput(_("Which question? Like this: {command}").format(command=example))
    number, written = question_id(options["id"]), filled_in(options)
    again, named = corrected(options), chosen(options, "again")
    if written is None:
        known = written_of(await writing.to_edit(core, caller, number))
        shown = await begun(core, caller, options) if "again" in options else _short(known)
        command = with_options("question edit", {"id": str(number), **named})
        return words.form(command, shown, title=_("Edit the question"), submit=_("Store it"))
    try:
        stored = await writing.edit(core, caller, number, written)
    except Miswritten as error:
        return await came_back(core, caller, written, error, "question edit", {"id": str(number), **named})
    except (BadInput, NotAllowed) as error:  # it can't be edited any more, but written as a new one
        return await came_back(core, caller, written, error, "question add", named)
    await unfinished.drop(core, caller, again)
    return as_stored(stored, _("Nothing has changed:"))


def _short(written: Written) -> Written:
    """Return a question that fits into a form.

    Raises:
        BadInput: it doesn't.
    """
    if any(len(text) > longest(part) for part, text in written.parts()):
        raise BadInput(_("This question is too long for a form. Export its bank, edit the file, and import it again."))
    return written


COMMANDS = (
    Command(
        name="question add",
        does=later("Write a question in a form"),
        handler=_add,
        limit=None,
        options=(
            KIND,
            BANK,
            *TEXTS,
            Option(name="suggestion", about=later("The suggestion that it is made from"), in_menus=False),
        ),
        for_hosts=True,
        opens_form=True,
        help=later("write a question in a form; question edit ID changes one"),
    ),
    Command(
        name="question edit",
        does=later("Edit a question of your own banks in a form"),
        handler=_edit,
        limit=None,
        options=(
            Option(name="id", about=later("The question's number"), slot=Slot.NEXT, required=True),
            Option(name="kind", about=later("What kind of question it is"), in_menus=False),
            *TEXTS,
        ),
        for_hosts=True,
        opens_form=True,
    ),
)
