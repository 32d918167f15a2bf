"""The hosts' page about one bank: its questions, and the bank as a file."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from aiohttp import web

from adapters.web import telling
from adapters.web.door import Visit
from adapters.web.hosting.banks import named
from adapters.web.paging import page_of
from bot import importers
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.domain.questions import Question
from bot.i18n import gettext as _
from bot.services.banks.storing import pictures
from bot.services.limiting import person

QUESTIONS_A_PAGE = 50
_STATES = ("ready", "unkeyed", "needs attention", "withdrawn")


async def show_bank(visit: Visit) -> web.StreamResponse:
    """Show the questions of a bank: all, or those in one state or with some words in them."""
    bank, questions = await named(visit)
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


async def export(visit: Visit) -> web.StreamResponse:
    """Send a bank as a file, without its withdrawn questions and those that the format can't hold."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    bank, stored = await named(visit)
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
