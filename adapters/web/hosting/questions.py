"""The hosts' page about one question of the room's own banks: correct its key, or withdraw it."""

import re

from aiohttp import web

from adapters.web import telling, writing
from adapters.web.door import Visit
from adapters.web.hosting.banks import address_of
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import QuestionId
from bot.domain.kinds import KINDS
from bot.domain.limits import Limit
from bot.domain.questions import LETTERS, Question
from bot.domain.typed import typed
from bot.domain.writing import KINDS_IN_WRITING
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.ports import Bank, Unit
from bot.rendering.asked import withdrawing
from bot.services.banks.correcting import Regrading, correct_key, withdraw
from bot.services.banks.distribution import answers_so_far
from bot.services.banks.rights import own_question
from bot.services.limiting import person

ADDRESS = "/hosting/question"
WITHDRAW = "/hosting/question/withdraw"

LONGEST_KEY = 4_000
LONGEST_REASON = 500

_ID = re.compile(r"[0-9]{1,18}")


async def show(visit: Visit) -> web.StreamResponse:
    """Show a question with its key."""
    return await _page(visit, *await _question(visit))


async def take_key(visit: Visit) -> web.StreamResponse:
    """Correct the key of a question, or say why it can't be that."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    question, bank = await _question(visit)
    key, reason = visit.text("key").strip(), visit.text("reason").strip()
    wrong = {
        name: _("That is too long: it can have {most} characters at most.").format(most=most)
        for name, text, most in (("key", key, LONGEST_KEY), ("reason", reason, LONGEST_REASON))
        if len(text) > most
    }
    if wrong:
        return await _page(visit, question, bank, wrong)
    try:
        done = await correct_key(visit.room.app, question.id, key, reason=reason, actor=_actor(visit))
    except BadInput as error:
        return await _page(visit, question, bank, {"key": str(error)})
    raise telling.done(visit, address(question.id), _and_before(_("The key is corrected."), done))


async def show_withdraw(visit: Visit) -> web.StreamResponse:
    """Ask before a question is withdrawn."""
    question, _bank = await _question(visit)
    action = f"{WITHDRAW}?id={question.id}"
    return await telling.asking(visit, withdrawing(question), form={}, action=action, back=address(question.id))


async def take_withdraw(visit: Visit) -> web.StreamResponse:
    """Withdraw a question."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    question, bank = await _question(visit)
    done = await withdraw(visit.room.app, question.id, reason="", actor=_actor(visit))
    raise telling.done(visit, address_of(bank.name), _and_before(_("The question is withdrawn."), done))


def address(question_id: QuestionId) -> str:
    """Return the address of a question's page."""
    return f"{ADDRESS}?id={question_id}"


def _actor(visit: Visit) -> str:
    return f"player {visit.member.player_id}"


def _and_before(said: str, done: Regrading) -> str:
    """Add to a sentence what a correction did to past rounds."""
    if not done.rounds:
        return " ".join((said, _("It hadn't been asked yet.")))
    regraded = ngettext(
        "{number} answer from before counts differently now.",
        "{number} answers from before count differently now.",
        done.answers,
    )
    return f"{said} {regraded.format(number=done.answers)}"


async def _question(visit: Visit) -> tuple[Question, Bank]:
    """Return the question that the address names, and its bank.

    Raises:
        NotAllowed: the bank is the operator's.
        NotFound: the room has none like that.
    """
    number = visit.request.query.get("id", "")
    if not _ID.fullmatch(number):
        raise NotFound(_("That question doesn't exist. Check the address."))

    async def read(unit: Unit) -> tuple[Question, Bank]:
        question = await own_question(unit, visit.room.space.id, QuestionId(int(number)))
        return question, await unit.banks.bank_of(question)

    return await visit.room.app.storage.read(read)


async def _page(visit: Visit, question: Question, bank: Bank, wrong: dict[str, str] | None = None) -> web.Response:
    return await telling.page(
        visit,
        "hosting_question.html",
        status=400 if wrong else 200,
        question=question,
        bank=address_of(bank.name),
        bank_name=bank.name,
        letters=LETTERS if question.kind in {"choice", "order"} else "",
        right=", ".join(question.key.spelled(question.order)) if question.key else "",
        told=await answers_so_far(visit.room.app, question),
        can_edit=question.kind in KINDS_IN_WRITING and not question.withdrawn,
        can_correct=question.kind in KINDS and not question.withdrawn,
        edit=writing.address(typed("question edit", id=str(question.id))),
        withdraw=f"{WITHDRAW}?id={question.id}",
        action=address(question.id),
        wrong=wrong or {},
        key=visit.text("key"),
        reason=visit.text("reason"),
    )
