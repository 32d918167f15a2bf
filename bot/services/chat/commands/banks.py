"""Question banks."""

from bot.domain.commands import Caller, Option, Slot, ValueSource
from bot.domain.errors import BadInput
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import replies
from bot.services.banks import storing
from bot.services.chat.commands import Command
from bot.services.core import Core


async def _bank_list(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.bank_list(await storing.summaries(core, caller.space.id))


async def _bank_review(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("name"):
        raise BadInput(_("Which bank? {command}").format(command=typed("bank review", name="NAME")))
    bank, questions = await storing.bank_questions(core, options["name"], caller.space.id)
    return replies.bank_review(bank, [question for question in questions if question.status != "ready"])


COMMANDS = (
    Command(
        name="bank list",
        does=later("The banks of this space and those for every space, and how many questions are ready"),
        handler=_bank_list,
        limit=None,
        for_hosts=True,
        opens_group=True,
        help=later(
            "the question banks; bank import adds your own file, bank settle or bank mend goes on with it, "
            "bank review lists questions to check"
        ),
    ),
    Command(
        name="bank review",
        does=later("Questions that aren't asked, and why"),
        handler=_bank_review,
        limit=None,
        options=(
            Option(
                name="name",
                about=later("Which bank"),
                slot=Slot.NEXT,
                takes_rest=True,
                required=True,
                completed_from=ValueSource.BANKS,
            ),
        ),
        for_hosts=True,
    ),
)
