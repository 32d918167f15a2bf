"""The hosts' pages about banks: all with their counts, one with its questions, a file of one, and deleting one."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from aiohttp import web

from adapters.web import telling
from adapters.web.door import Visit
from adapters.web.paging import page_of
from bot import importers
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.domain.questions import Question
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.ports import Bank, Unit
from bot.services.banks.deleting import delete_bank, own_bank
from bot.services.banks.storing import bank_questions, pictures, summaries
from bot.services.limiting import person

ADDRESS = "/hosting/banks"
BANK = "/hosting/bank"
EXPORT = "/hosting/bank/export"
DELETE = "/hosting/bank/delete"

QUESTIONS_A_PAGE = 50
_STATES = ("ready", "unkeyed", "needs attention", "withdrawn")


def address_of(name: str) -> str:
    """Return the address of a bank's page."""
    return f"{BANK}?{urlencode({'bank': name})}"


async def show_banks(visit: Visit) -> web.StreamResponse:
    """Show the banks that the room draws from, with their counts."""
    found = await summaries(visit.room.app, visit.room.space.id)
    own = [one for one in found if one.bank.space_id is not None]
    return await telling.page(visit, "hosting_banks.html", own=own, others=[one for one in found if one not in own])


async def show_bank(visit: Visit) -> web.StreamResponse:
    """Show the questions of a bank: all, or those in one state or with some words in them."""
    bank, questions = await _bank(visit)
    query = visit.request.query
    state, words = query.get("state", ""), query.get("words", "").strip()
    found, counts = await asyncio.to_thread(_found, questions, state, words)  # a bank may hold 100,000 questions
    listed = page_of(found, query.get("page"), QUESTIONS_A_PAGE)
    return await telling.page(
        visit,
        "hosting_bank.html",
        bank=bank,
        questions=listed,
        counts=[(one, counts[one]) for one in _STATES],
        state=state,
        words=words,
        query=urlencode({"bank": bank.name, "state": state, "words": words}),
        writings=importers.WRITINGS,
    )


def _found(questions: Sequence[Question], state: str, words: str) -> tuple[list[Question], Counter[str]]:
    """Return the questions in a state (empty: in any) with some words in them, and how many are in each state."""
    states = [question.status for question in questions]
    wanted, both = words.casefold(), zip(questions, states, strict=True)
    return [one for one, its in both if state in {"", its} and _has(one, wanted)], Counter(states)


def _has(question: Question, wanted: str) -> bool:
    if not wanted:
        return True
    text = " ".join((question.stem, question.topic or "", *(choice.text for choice in question.choices)))
    return wanted in text.casefold()


async def _bank(visit: Visit) -> tuple[Bank, list[Question]]:
    """Return the room's own bank that the address names, with its questions.

    Raises:
        NotAllowed: the bank is the operator's; hosts play, too, so they don't see its keys.
        NotFound: there is none.
    """
    name = visit.request.query.get("bank", "")
    own = await visit.room.app.storage.read(lambda unit: own_bank(unit, visit.caller, name))
    return await bank_questions(visit.room.app, own.name, visit.room.space.id)


async def export(visit: Visit) -> web.StreamResponse:
    """Send a bank as a file, without its withdrawn questions and those that the format can't hold."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    bank, stored = await _bank(visit)
    name = visit.request.query.get("format", "")
    writing = next((one for one in importers.WRITINGS if one.name == name), None)
    if writing is None:
        raise BadInput(_("Banks can't be written in that format. Choose one from the list."))
    here = [one for one in stored if not one.withdrawn]
    held = await asyncio.to_thread(importers.held, here, name)
    files = await pictures(visit.room.app, held)
    written = await asyncio.to_thread(importers.export, held, name, name=bank.name, title=bank.title, pictures=files)
    file = quote(f"{bank.name}.{writing.extension}", safe="")
    return web.Response(
        body=written if isinstance(written, bytes) else written.encode(),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{file}", "Cache-Control": "no-store"},
    )


async def show_delete(visit: Visit) -> web.StreamResponse:
    """Ask before a bank is deleted, and say which daily questions draw from it."""
    bank, questions = await _bank(visit)

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
    return telling.asking(
        visit,
        title=_("Delete “{bank}”?").format(bank=bank.name),
        text=text,
        form={"bank": bank.name},
        action=DELETE,
        yes=_("Delete it"),
        back=address_of(bank.name),
    )


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
