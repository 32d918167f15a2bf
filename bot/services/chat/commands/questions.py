"""Single questions: what hosts decide about them."""

import re

from bot.domain.commands import Caller, Option, Slot
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import QuestionId
from bot.domain.limits import Limit
from bot.domain.quick import Allowed, QuickRule, parse_allowed
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import replies, unaccepted
from bot.services.banks import accepting
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.rounds import quick

_LARGEST_ID = 2**63 - 1


async def _answers(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    waiting = await accepting.waiting(core, caller.space.id)
    return unaccepted.waiting(waiting.shown, waiting.more)


async def _accept(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    question_id, text, code = _which(options)
    accepted, done = await accepting.accept(core, caller, question_id, text=text, code=code)
    return unaccepted.accepted(accepted, done.people, changed=done.changed)


async def _aside(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    question_id, text, code = _which(options)
    return unaccepted.set_aside(await accepting.set_aside(core, caller, question_id, text=text, code=code))


async def _quick(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if "allowed" not in options:
        rule = await quick.quick_rule(core, caller)
        return replies.quick_rule(rule, is_here=rule.channel == caller.channel)
    allowed = parse_allowed(options["allowed"])
    await quick.set_quick_rule(core, caller, allowed)
    return replies.quick_rule(QuickRule(allowed=allowed), is_here=True)


def _which(options: dict[str, str]) -> tuple[QuestionId, str, str]:
    """Return the question that is meant, and the answer: its text, or its code in the list."""
    number, text, code = (options.get(name, "") for name in ("id", "text", "answer"))
    if not number or not (text or code):
        example = typed("question accept", id="ID", text="TEXT")
        raise BadInput(_("Which question, and which answer? Like this: {command}").format(command=example))
    if not (re.fullmatch("[0-9]{1,19}", number) and int(number) <= _LARGEST_ID):
        raise NotFound(_("There is no question {id}.").format(id=number[:40]))
    return QuestionId(int(number)), text, code


_OPTIONS = (
    Option(
        name="id",
        about=later("The question's number, as the list shows it"),
        slot=Slot.NEXT,
        required=True,
    ),
    Option(
        name="text",
        about=later("The answer, as somebody would type it"),
        slot=Slot.NEXT,
        takes_rest=True,
        required=True,
    ),
    Option(
        name="answer",
        about=later("The answer's code, as the list's buttons hold it, instead of its text"),
        in_menus=False,
    ),
)

COMMANDS = (
    Command(
        name="question answers",
        does=later("Typed answers that were judged wrong, for you to accept or set aside"),
        handler=_answers,
        limit=None,
        for_hosts=True,
        opens_group=True,
        help=later("typed answers that were judged wrong: accept those that are right after all, set aside the rest"),
    ),
    Command(
        name="question accept",
        does=later("Accept one more answer to a question, from now on and in past rounds"),
        handler=_accept,
        limit=None,
        options=_OPTIONS,
        for_hosts=True,
    ),
    Command(
        name="question aside",
        does=later("Set a wrong answer aside, so that the list leaves it out"),
        handler=_aside,
        limit=None,
        options=_OPTIONS,
        for_hosts=True,
    ),
    Command(
        name="question quick",
        does=later("Where people can ask for a question with /quiz"),
        handler=_quick,
        limit=Limit.CHANGES,
        options=(
            Option(
                name="allowed",
                about=later("everywhere, here (only), private (just for yourself) or off; default: show it"),
                slot=Slot.NEXT,
                choices=tuple(Allowed),
            ),
        ),
        for_hosts=True,
        help=later("where people can ask for a question: everywhere, here, private or off"),
    ),
)
