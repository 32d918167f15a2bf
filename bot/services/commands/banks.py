"""Question banks."""

from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.services import banks
from bot.services.commands import Handler
from bot.services.core import Core


async def _bank_list(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.bank_list(await banks.summaries(core, caller.space.id))


async def _bank_import(_core: Core, _caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.say(
        _("Import your file on this room's import page, or on the command line: `quizbot bank import FILE`")
    )


async def _bank_review(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("name"):
        raise BadInput(_("Which bank? /quiz bank review NAME"))
    bank, questions = await banks.bank_questions(core, options["name"], caller.space.id)
    return replies.bank_review(bank, [question for question in questions if question.status != "ready"])


HANDLERS: dict[str, Handler] = {
    "bank list": _bank_list,
    "bank import": _bank_import,
    "bank review": _bank_review,
}
