"""Starting and stopping a quiz night."""

from bot.domain.commands import Caller, Option, Slot, ValueKind, ValueSource
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.domain.night import COUNTS, PACES, QUESTIONS, SECONDS
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.domain.words import parse_yes
from bot.i18n import gettext as _
from bot.i18n import later
from bot.services import night
from bot.services.chat.commands import Command
from bot.services.core import Core


async def _start(core: Core, caller: Caller, options: dict[str, str]) -> None:
    await night.start(
        core,
        caller,
        count=_number(options.get("count"), QUESTIONS),
        seconds=_number(options.get("seconds"), SECONDS),
        bank=options.get("bank"),
        topic=options.get("topic"),
        speed=parse_yes(options.get("speed", "")),
    )


def _number(text: str | None, usual: int) -> int:
    try:
        return usual if text is None else int(text)
    except ValueError:
        raise BadInput(_("“{text}” isn't a whole number.").format(text=text)) from None


async def _stop(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    await night.stop(core, caller)
    return MessageView(text=_("The quiz night ends after its open question."))


COMMANDS = (
    Command(
        name="night start",
        does=later("Start a quiz night: questions one after another in this channel"),
        handler=_start,
        limit=Limit.ASKS,
        options=(
            Option(
                name="count", about=later("How many questions (default: ten)"), kind=ValueKind.NUMBER, bounds=COUNTS
            ),
            Option(
                name="seconds",
                about=later("How many seconds each question is open (default: 30)"),
                kind=ValueKind.NUMBER,
                bounds=PACES,
            ),
            Option(name="bank", about=later("The bank to draw from"), completed_from=ValueSource.BANKS),
            Option(
                name="speed",
                about=later("A right answer in the first half of the time earns one point more"),
                kind=ValueKind.YES_NO,
            ),
            Option(
                name="topic",
                about=later("What it is about"),
                slot=Slot.NEXT,
                takes_rest=True,
                completed_from=ValueSource.TOPICS,
            ),
        ),
        for_hosts=True,
        of_channel=True,
        posts=True,
        help=later("a quiz night: questions one after another; {command} ends it").format(command=typed("night stop")),
        help_example=typed("night start", named={"count": "10", "seconds": "30"}),
        opens_group=True,
    ),
    Command(
        name="night stop",
        does=later("End the quiz night after its open question"),
        handler=_stop,
        limit=None,
        for_hosts=True,
        of_channel=True,
        posts=True,
    ),
)
