"""The hosts' pages about banks: all with their counts, and deleting one."""

from urllib.parse import urlencode

from aiohttp import web

from adapters.web import telling
from adapters.web.door import Visit
from bot.domain.limits import Limit
from bot.domain.questions import Question
from bot.domain.views import Caution
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.ports import Bank, Unit
from bot.rendering.words import literal
from bot.services.banks.deleting import delete_bank, own_bank
from bot.services.banks.storing import bank_questions, summaries
from bot.services.limiting import person

ADDRESS = "/hosting/banks"
BANK = "/hosting/bank"
DELETE = "/hosting/bank/delete"


def address_of(name: str) -> str:
    """Return the address of a bank's page."""
    return f"{BANK}?{urlencode({'bank': name})}"


async def show_banks(visit: Visit) -> web.StreamResponse:
    """Show the banks that the room draws from, with their counts."""
    found = await summaries(visit.room.app, visit.room.space.id)
    own = [one for one in found if one.bank.space_id is not None]
    return await telling.page(visit, "hosting_banks.html", own=own, others=[one for one in found if one not in own])


async def named(visit: Visit) -> tuple[Bank, list[Question]]:
    """Return the room's own bank that the address names, with its questions.

    Raises:
        NotAllowed: the bank is the operator's; hosts play, too, so they don't see its keys.
        NotFound: there is none.
    """
    name = visit.request.query.get("bank", "")
    own = await visit.room.app.storage.read(lambda unit: own_bank(unit, visit.caller, name))
    return await bank_questions(visit.room.app, own.name, visit.room.space.id)


async def show_delete(visit: Visit) -> web.StreamResponse:
    """Ask before a bank is deleted, and say which daily questions draw from it."""
    bank, questions = await named(visit)

    async def count(unit: Unit) -> int:
        series = await unit.schedules.all(visit.room.space.id)
        return sum(one.bank is not None and one.bank.casefold() == bank.name.casefold() for one in series)

    number = await visit.room.app.storage.read(count)
    text = ngettext(
        "Its {number} question is never asked again. Points and answers stay.",
        "Its {number} questions are never asked again. Points and answers stay.",
        len(questions),
    ).format(number=len(questions))
    if number:
        text += " " + ngettext(
            "{number} daily question draws from this bank alone, and will have nothing to ask.",
            "{number} daily questions draw from this bank alone, and will have nothing to ask.",
            number,
        ).format(number=number)
    title = _("Delete “{bank}”?").format(bank=literal(bank.name))
    caution = Caution(title=title, text=text, yes=_("Delete it"))
    return await telling.asking(visit, caution, form={"bank": bank.name}, action=DELETE, back=address_of(bank.name))


async def take_delete(visit: Visit) -> web.StreamResponse:
    """Delete a bank."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    name = visit.text("bank")
    stay = await delete_bank(visit.room.app, visit.caller, name)
    said = _("“{bank}” is deleted.").format(bank=name)
    if stay:
        said += " " + ngettext(
            "{number} question that was asked stays stored with its answers.",
            "{number} questions that were asked stay stored with their answers.",
            stay,
        ).format(number=stay)
    raise telling.done(visit, ADDRESS, said)
