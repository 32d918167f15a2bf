"""Questions that were asked in a channel: what its hosts see and change afterwards."""

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import BadInput
from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.typed import typed
from bot.domain.views import Caution, MessageView
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import asked as rendering
from bot.services.acting import actor
from bot.services.banks import asked, correcting
from bot.services.chat.commands import Command
from bot.services.chat.commands.forms import question_id
from bot.services.core import Core
from bot.services.rounds.missing import not_yet_answered


async def _recent(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return rendering.asked_lately(await asked.asked_lately(core, caller))


async def _unanswered(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    found = await not_yet_answered(core, caller)
    return rendering.not_yet_answered([(one.question, one.missing, one.expected, one.names) for one in found])


async def _ask_withdraw(core: Core, caller: Caller, options: dict[str, str]) -> Caution:
    return rendering.withdrawing(await _to_change(core, caller, options))


async def _withdraw(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    question = await _to_change(core, caller, options)
    who = await core.storage.write(lambda unit: actor(unit, caller.member))
    done = await correcting.withdraw(core, question.id, reason="", actor=who)
    return rendering.withdrawn(done.rounds, done.answers)


async def _ask_correct(core: Core, caller: Caller, options: dict[str, str]) -> Caution | None:
    if not (text := options.get("key", "")):
        return None
    question = await _to_change(core, caller, options)
    return rendering.correcting(question, kind_of(question).typed_key(text, question))


async def _correct(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    question = await _to_change(core, caller, options)
    text = options.get("key", "")
    if not text:
        return rendering.asking_for_key(question)
    who = await core.storage.write(lambda unit: actor(unit, caller.member))
    done = await correcting.correct_key(core, question.id, text, reason="", actor=who, thanked=caller.member)
    return rendering.corrected(done.question, done.rounds, done.answers)


async def _to_change(core: Core, caller: Caller, options: dict[str, str]) -> Question:
    if "id" not in options:
        raise BadInput(_("Which question? To find its number: {command}").format(command=typed("question recent")))
    question = await asked.to_change(core, caller, question_id(options["id"]))
    if question.withdrawn:
        raise BadInput(_("Question {id} is withdrawn: it isn't asked or scored any more.").format(id=question.id))
    return question


_ID = Option(name="id", about=later("The question's number, as the list shows it"), slot=Slot.NEXT, required=True)

COMMANDS = (
    Command(
        name="question recent",
        does=later("The latest questions here, to correct or withdraw one"),
        handler=_recent,
        limit=None,
        for_hosts=True,
        help=later("the latest questions here; also question correct, withdraw, unanswered"),
    ),
    Command(
        name="question correct",
        does=later("Correct the right answer of a question; past answers are judged again"),
        handler=_correct,
        asks=_ask_correct,
        limit=None,
        options=(
            _ID,
            Option(name="key", about=later("The right answer, such as B or 3.5"), slot=Slot.NEXT, takes_rest=True),
        ),
        for_hosts=True,
        replaces=True,
    ),
    Command(
        name="question withdraw",
        does=later("Withdraw a bad question: it is never asked again, and earns nothing"),
        handler=_withdraw,
        asks=_ask_withdraw,
        limit=None,
        options=(_ID,),
        for_hosts=True,
        replaces=True,
    ),
    Command(
        name="question unanswered",
        does=later("How many people haven't answered the open questions here yet, or who"),
        handler=_unanswered,
        limit=None,
        for_hosts=True,
    ),
)
