"""What commands that are filled in have in common: the form, what was filled in, and what to say if it isn't taken."""

import re

from bot.domain.commands import Caller, Option, ValueSource
from bot.domain.errors import BadInput, NotFound, QuizbotError
from bot.domain.identity import QuestionId, SuggestionId
from bot.domain.typed import Form, Typed, TypedOption, typed
from bot.domain.views import MessageView
from bot.domain.writing import KINDS_IN_WRITING, Part, Written
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import writing as words
from bot.services.banks import unfinished
from bot.services.banks.writing import Stored
from bot.services.core import Core
from bot.services.rounds.rehearsing import rehearsed

_LARGEST_ID = 2**63 - 1
_FIRST = next(iter(KINDS_IN_WRITING))

KIND = Option(name="kind", about=later("What kind of question it is"), choices=tuple(KINDS_IN_WRITING))
BANK = Option(
    name="bank",
    about=later("Which bank of yours to store it in (default: “Written here”)"),
    completed_from=ValueSource.BANKS,
)
TEXTS = (
    Option(name="question", about=later("What is asked"), in_menus=False),
    Option(name="answers", about=later("The choices or right answers, as the form says"), in_menus=False),
    Option(name="explanation", about=later("Why that is right"), in_menus=False),
    Option(name="topic", about=later("What it is about"), in_menus=False),
    Option(name="again", about=later("The form that came back with mistakes"), in_menus=False),
)


def filled_in(options: dict[str, str]) -> Written | None:
    """Return what a form was filled in with; None if the form is only asked for."""
    if Part.QUESTION not in options and Part.ANSWERS not in options:
        return None
    return Written(**{part: options.get(part, "") for part in Part} | {Part.KIND: options.get(Part.KIND, _FIRST)})


async def begun(core: Core, caller: Caller, options: dict[str, str]) -> Written:
    """Return what a form holds at first: nothing but the kind or, if it came back, what was filled in."""
    if "again" in options:
        return await unfinished.find(core, caller, suggestion_id(options["again"]))
    return Written(kind=options.get(Part.KIND, _FIRST), question="", answers="")


def chosen(options: dict[str, str], *names: str) -> dict[str, str]:
    """Return those of the named options that are given."""
    return {name: options[name] for name in names if options.get(name)}


def corrected(options: dict[str, str]) -> SuggestionId | None:
    """Return the number of the form that came back and is corrected; None: it is a new one.

    Raises:
        BadInput: no form can have this number.
    """
    return suggestion_id(options["again"]) if options.get("again") else None


async def came_back(
    core: Core, caller: Caller, written: Written, error: QuizbotError, name: str, named: dict[str, str]
) -> MessageView:
    """Say why what was filled in isn't taken, and keep it, so that its writer can send it again."""
    again = await unfinished.keep(core, caller, written, instead_of=corrected(named))
    return words.refused(error, with_options(name, named | {"again": str(again)}))


def with_options(command: str, named: dict[str, str]) -> Typed:
    """Return a command with these options."""
    return Typed(command, tuple(TypedOption(name, value, Form.NAMED) for name, value in named.items()))


def as_stored(stored: Stored, unchanged: str) -> MessageView:
    """Show what is stored; ``unchanged`` says why nothing was, if that is so."""
    rehearsal = rehearsed(stored.question)
    lead = _("Stored! It will look like this:") if stored.changed else unchanged
    return words.stored(stored.question, stored.bank.name, rehearsal.asked, rehearsal.told, lead=lead)


def question_id(number: str) -> QuestionId:
    """Read the number of a question.

    Raises:
        NotFound: no question can have it.
    """
    if not _is_id(number):
        raise NotFound(_("There is no question {id}.").format(id=number[:40]))
    return QuestionId(int(number))


def suggestion_id(number: str) -> SuggestionId:
    """Read the number of a suggestion.

    Raises:
        BadInput: no suggestion can have it.
    """
    if not _is_id(number):
        command = typed("question suggestions")
        raise BadInput(_("Which suggestion? Use the buttons in the list: {command}").format(command=command))
    return SuggestionId(int(number))


def _is_id(number: str) -> bool:
    return re.fullmatch("[0-9]{1,19}", number) is not None and int(number) <= _LARGEST_ID
