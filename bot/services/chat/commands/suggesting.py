"""Questions that members suggest in a form, and that hosts decide about."""

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import Busy
from bot.domain.views import MessageView
from bot.domain.writing import Miswritten
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import writing as words
from bot.services.banks import suggesting, unfinished
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
    suggestion_id,
    with_options,
)
from bot.services.core import Core
from bot.services.rounds.rehearsing import rehearsed


async def _suggest(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    written, again, named = filled_in(options), corrected(options), chosen(options, "again")
    if written is None:
        shown, command = await begun(core, caller, options), with_options("question suggest", named)
        return words.form(command, shown, title=_("Suggest a question"), submit=_("Suggest it"))
    try:
        question = await suggesting.suggest(core, caller, written)
    except (Miswritten, Busy) as error:
        return await came_back(core, caller, written, error, "question suggest", named)
    await unfinished.drop(core, caller, again)
    rehearsal = rehearsed(question)
    return words.suggested(rehearsal.asked, rehearsal.told)


async def _suggestions(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    waiting = await suggesting.waiting(core, caller)
    return words.waiting(waiting.shown, waiting.more)


async def _approve(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    number, bank = suggestion_id(options.get("id", "")), options.get("bank") or WRITTEN_HERE
    return as_stored(await suggesting.approve(core, caller, number, bank=bank), _("This question is there already:"))


async def _decline(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    await suggesting.decline(core, caller, suggestion_id(options.get("id", "")))
    return words.declined()


_ID = Option(name="id", about=later("The suggestion's number, as the list shows it"), slot=Slot.NEXT, required=True)

COMMANDS = (
    Command(
        name="question suggest",
        does=later("Suggest a question to the hosts"),
        handler=_suggest,
        limit=None,
        options=(KIND, *TEXTS),
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
        options=(_ID, BANK),
        for_hosts=True,
    ),
    Command(
        name="question decline",
        does=later("Decline a suggested question"),
        handler=_decline,
        limit=None,
        options=(_ID,),
        for_hosts=True,
    ),
)
