"""Reading by example: a host marks the lines of one question, and the file is read again like it."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from adapters.web import desk
from adapters.web.door import Visit
from bot.domain.errors import BadInput, NotFound
from bot.domain.limits import Limit
from bot.domain.readings import Example
from bot.i18n import Later, later
from bot.i18n import gettext as _
from bot.importers.reading.lines import Line
from bot.importers.source import Source
from bot.services.banks.importing import Brought, data_of, keep_learned, read_like
from bot.services.limiting import person

_LINES = 60
_OVERLAP = 20
"""How many lines a page shows, and how many of them the next page repeats, so that no question is cut off."""
_LONGEST = 300

MARKS: Mapping[str, Later] = {
    "question": later("the question begins"),
    "choice": later("a choice"),
    "right": later("a right choice"),
    "answer": later("says what is right"),
    "explanation": later("the explanation begins"),
}
"""What a line can be marked as, in words."""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of the file, and what it is marked as; empty: nothing."""

    number: int
    text: str
    mark: str


async def show(visit: Visit) -> web.StreamResponse:
    """Show the lines of the file, each with what it can be marked as."""
    return await _page(visit, await _shown(visit))


async def learn(visit: Visit) -> web.StreamResponse:
    """Read the file again like the question whose lines are marked, and like those that were shown before."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    before = await _shown(visit)
    marks = _marks(visit)
    try:
        after = await read_like(visit.room.app, before, _example(marks))
    except BadInput as error:
        return await _page(visit, before, marks, problem=str(error))
    desk.tell(visit, after, _("The file was read again, with your question as the example."))
    raise web.HTTPSeeOther(visit.request.path.removesuffix("/example"))


async def keep(visit: Visit) -> web.StreamResponse:
    """Keep the reading that was learned, for the next file that looks the same."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    before, name = await desk.waiting(visit), visit.text("name").strip()
    await keep_learned(visit.room.app, before, name)
    told = _("Kept as “{name}”. The next file that looks like this one will be read the same way.").format(name=name)
    desk.tell(visit, before, told)
    raise web.HTTPSeeOther(visit.request.path.removesuffix("/keep"))


async def _shown(visit: Visit) -> Brought:
    """Return the visitor's file, if it can be read by example.

    Raises:
        NotFound: it isn't waiting, or has no lines that can be shown.
    """
    found = await desk.waiting(visit)
    if not desk.can_be_shown(found):
        raise NotFound(_("The lines of this file can't be shown."))
    return found


def _marks(visit: Visit) -> dict[int, str]:
    """What lines are marked as, by their numbers."""
    marks = {}
    for name, value in visit.form.items():
        found = re.fullmatch(r"line-([0-9]{1,7})", name)
        if found and isinstance(value, str) and value in MARKS:
            marks[int(found[1])] = value
    return marks


def _example(marks: Mapping[int, str]) -> Example:
    """The question whose lines are marked.

    Raises:
        BadInput: a mark is missing, or stands on more lines than it may.
    """
    lines: dict[str, list[int]] = defaultdict(list)
    for number, mark in sorted(marks.items()):
        lines["choice" if mark == "right" else mark].append(number)
    if len(lines["question"]) != 1:
        raise BadInput(_("Mark one line where the question begins."))
    if len(lines["answer"]) > 1 or len(lines["explanation"]) > 1:
        raise BadInput(_("Mark only the first line of the answer and of the explanation."))
    right = tuple(at for at, number in enumerate(lines["choice"]) if marks[number] == "right")
    return Example(
        question=lines["question"][0],
        choices=tuple(lines["choice"]),
        right=right,
        answer=next(iter(lines["answer"]), None),
        explanation=next(iter(lines["explanation"]), None),
    )


async def _page(
    visit: Visit, found: Brought, marks: Mapping[int, str] | None = None, *, problem: str = ""
) -> web.Response:
    source = Source(await data_of(visit.room.app, found.waiting))
    lines = await asyncio.to_thread(lambda: source.lines)
    wanted = visit.request.query.get("from", "")
    first = min(max(int(wanted), 1) if re.fullmatch("[0-9]{1,7}", wanted) else 1, len(lines))
    last = min(first + _LINES - 1, len(lines))
    marked = marks or {}
    return visit.page(
        "example.html",
        status=400 if problem else 200,
        here=f"/import/{found.waiting.id}",
        waiting=found.waiting,
        problem=problem,
        marks=MARKS,
        lines=[_marked(line, marked) for line in lines[first - 1 : last]],
        first=first,
        before=max(first - _LINES + _OVERLAP, 1) if first > 1 else None,
        after=last - _OVERLAP + 1 if last < len(lines) else None,
    )


def _marked(line: Line, marks: Mapping[int, str]) -> MarkedLine:
    return MarkedLine(line.number, line.text[:_LONGEST], marks.get(line.number, ""))
