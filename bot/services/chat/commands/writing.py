"""Questions that people write in chat: hosts store and edit them, members suggest them."""

import re

from bot.domain.commands import Caller, Option, Slot, ValueSource
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import QuestionId, SuggestionId
from bot.domain.typed import Form, Typed, TypedOption, typed
from bot.domain.views import MessageView
from bot.domain.writing import KINDS_IN_WRITING, Miswritten, Part, Written, longest, written_of
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import writing as words
from bot.services.banks import suggesting, writing
from bot.services.banks.writing import BANK, Stored
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.rounds.rehearsing import rehearsed

LONGEST_BANK = 40
"""The most characters of a bank's name here, because a form's id holds it."""
_LARGEST_ID = 2**63 - 1
_FIRST = next(iter(KINDS_IN_WRITING))


async def _add(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    bank, written = options.get("bank", ""), _filled_in(options)
    if len(bank) > LONGEST_BANK:
        raise BadInput(_("Choose a bank whose name has at most {most} characters.").format(most=LONGEST_BANK))
    made_from = _suggestion(options["suggestion"]) if "suggestion" in options else None
    named = {name: options[name] for name in ("suggestion", "bank") if options.get(name)}
    if written is None:
        if made_from is not None and "again" not in options:
            shown = await suggesting.to_change(core, caller, made_from)
        else:
            shown = await _begun(core, caller, options)
        return words.form(_with("question add", named), shown, title=_("Write a question"), submit=_("Store it"))
    try:
        if made_from is None:
            stored = await writing.add(core, caller, written, bank=bank or BANK)
        else:
            stored = await suggesting.approve(core, caller, made_from, bank=bank or BANK, changed=written)
    except Miswritten as error:
        return await _back(core, caller, written, error, "question add", named)
    await suggesting.drop_unfinished(core, caller)
    return _stored(stored, _("This question is there already:"))


async def _edit(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("id"):
        example = typed("question edit", id="ID")
        raise BadInput(_("Which question? Like this: {command}").format(command=example))
    question_id, written = _question(options["id"]), _filled_in(options)
    if written is None:
        known = written_of(await writing.to_edit(core, caller, question_id))
        shown = await _begun(core, caller, options) if "again" in options else _short(known)
        command = typed("question edit", id=str(question_id))
        return words.form(command, shown, title=_("Edit the question"), submit=_("Store it"))
    try:
        stored = await writing.edit(core, caller, question_id, written)
    except Miswritten as error:
        return await _back(core, caller, written, error, "question edit", {"id": str(question_id)})
    await suggesting.drop_unfinished(core, caller)
    return _stored(stored, _("Nothing has changed:"))


async def _suggest(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    written = _filled_in(options)
    if written is None:
        shown = await _begun(core, caller, options)
        return words.form(typed("question suggest"), shown, title=_("Suggest a question"), submit=_("Suggest it"))
    try:
        question = await suggesting.suggest(core, caller, written)
    except Miswritten as error:
        return await _back(core, caller, written, error, "question suggest", {})
    rehearsal = rehearsed(question)
    return words.suggested(rehearsal.asked, rehearsal.told)


async def _suggestions(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    waiting = await suggesting.waiting(core, caller)
    return words.waiting(waiting.shown, waiting.more)


async def _approve(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    bank = options.get("bank") or BANK
    stored = await suggesting.approve(core, caller, _suggestion(options.get("id", "")), bank=bank)
    return _stored(stored, _("This question is there already:"))


async def _decline(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    await suggesting.decline(core, caller, _suggestion(options.get("id", "")))
    return words.declined()


def _stored(stored: Stored, unchanged: str) -> MessageView:
    """Show what is stored; ``unchanged`` says why nothing was, if that is so."""
    rehearsal = rehearsed(stored.question)
    lead = _("Stored! It will look like this:") if stored.changed else unchanged
    return words.stored(stored.question, stored.bank.name, rehearsal.asked, rehearsal.told, lead=lead)


def _filled_in(options: dict[str, str]) -> Written | None:
    """Return what a form was filled in with; None if the form is only asked for."""
    if Part.QUESTION not in options and Part.ANSWERS not in options:
        return None
    return Written(**{part: options.get(part, "") for part in Part} | {Part.KIND: options.get(Part.KIND, _FIRST)})


async def _begun(core: Core, caller: Caller, options: dict[str, str]) -> Written:
    """Return what a form holds at first: nothing but the kind or, after a mistake, what was filled in."""
    if "again" in options:
        return await suggesting.unfinished(core, caller, _suggestion(options["again"]))
    return Written(kind=options.get(Part.KIND, _FIRST), question="", answers="")


def _short(written: Written) -> Written:
    """Return a question that fits into a form.

    Raises:
        BadInput: it doesn't.
    """
    if any(len(text) > longest(part) for part, text in written.parts()):
        raise BadInput(_("This question is too long for a form. Export its bank, edit the file, and import it again."))
    return written


async def _back(
    core: Core, caller: Caller, written: Written, error: Miswritten, name: str, named: dict[str, str]
) -> MessageView:
    """Say what is wrong with what was filled in, and keep it so that its writer can correct it."""
    again = await suggesting.keep_unfinished(core, caller, written)
    return words.mistakes(error, _with(name, named | {"again": str(again)}))


def _with(command: str, named: dict[str, str]) -> Typed:
    return Typed(command, tuple(TypedOption(name, value, Form.NAMED) for name, value in named.items()))


def _question(number: str) -> QuestionId:
    if not _is_id(number):
        raise NotFound(_("There is no question {id}.").format(id=number[:40]))
    return QuestionId(int(number))


def _suggestion(number: str) -> SuggestionId:
    if not _is_id(number):
        raise BadInput(_("Which suggestion? Use the buttons in the list: {command}").format(command=_LIST))
    return SuggestionId(int(number))


def _is_id(number: str) -> bool:
    return re.fullmatch("[0-9]{1,19}", number) is not None and int(number) <= _LARGEST_ID


_LIST: Typed = typed("question suggestions")
_KIND = Option(name="kind", about=later("What kind of question it is"), choices=tuple(KINDS_IN_WRITING))
_BANK = Option(
    name="bank",
    about=later("Which bank of yours to store it in (default: “Written here”)"),
    completed_from=ValueSource.BANKS,
)
_TEXTS = (
    Option(name="question", about=later("What is asked"), in_menus=False),
    Option(name="answers", about=later("The choices or right answers, as the form says"), in_menus=False),
    Option(name="explanation", about=later("Why that is right"), in_menus=False),
    Option(name="topic", about=later("What it is about"), in_menus=False),
    Option(name="again", about=later("The form that came back with mistakes"), in_menus=False),
)
_SUGGESTION_ID = Option(
    name="id", about=later("The suggestion's number, as the list shows it"), slot=Slot.NEXT, required=True
)

COMMANDS = (
    Command(
        name="question add",
        does=later("Write a question in a form"),
        handler=_add,
        limit=None,
        options=(
            _KIND,
            _BANK,
            *_TEXTS,
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
            *_TEXTS,
        ),
        for_hosts=True,
        opens_form=True,
    ),
    Command(
        name="question suggest",
        does=later("Suggest a question to the hosts"),
        handler=_suggest,
        limit=None,
        options=(_KIND, *_TEXTS),
        opens_form=True,
        help=later("suggest a question of your own: the hosts decide whether it is asked"),
    ),
    Command(
        name="question suggestions",
        does=later("Suggested questions, for you to accept or decline"),
        handler=_suggestions,
        limit=None,
        for_hosts=True,
        help=later("questions that members suggest: question approve ID takes one, question decline ID doesn't"),
    ),
    Command(
        name="question approve",
        does=later("Accept a suggested question"),
        handler=_approve,
        limit=None,
        options=(_SUGGESTION_ID, _BANK),
        for_hosts=True,
    ),
    Command(
        name="question decline",
        does=later("Decline a suggested question"),
        handler=_decline,
        limit=None,
        options=(_SUGGESTION_ID,),
        for_hosts=True,
    ),
)
