"""The import desk: shows what was found in a file, those questions first that need somebody, and has them mended."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import web

from adapters.web.door import Visit
from adapters.web.paging import Page, page_of
from adapters.web.sheet import Filled, MendingForm, filled_in, sheet_of
from bot.domain.desk import At, Desk, Laid, at_in, dropped, laid
from bot.domain.drafts import Finding, QuestionDraft
from bot.domain.errors import BadFile, BadInput, NotFound
from bot.domain.identity import ImportId
from bot.domain.limits import Limit
from bot.domain.typed import Typed
from bot.i18n import gettext as _
from bot.ports import ImportReport
from bot.services.banks import mending
from bot.services.banks.importing import Brought, find, mend
from bot.services.banks.storing import import_document
from bot.services.limiting import person

Questions = Sequence[QuestionDraft]

SHEETS_A_PAGE = 10
QUESTIONS_A_PAGE = 50
FINDINGS_A_PAGE = 200
LARGEST_SHOWN = 256 * 1024
"""The largest file, in bytes, whose lines are shown to be marked."""

_ID = re.compile("[0-9]{1,19}")


def address(command: Typed) -> str:
    """Return the address at which a question is mended, for the command that opens a form for that elsewhere."""
    options = {option.name: option.value for option in command.options}
    return f"/import/{options['id']}?mend={options['at']}#needs"


async def waiting(visit: Visit) -> Brought:
    """Return the visitor's own file that waits under the number in the address.

    Raises:
        NotFound: there is none.
    """
    number = visit.request.match_info["number"]
    with suppress(NotFound):
        if _ID.fullmatch(number):
            return await find(visit.room.app, visit.caller, ImportId(int(number)))
    raise NotFound(_("This preview is gone: it was stored or discarded, or it has expired. Choose the file again."))


def tell(visit: Visit, found: Brought, told: str) -> None:
    """Keep the outcome of the last action, for the next page that shows the desk."""
    visit.room.told[found.waiting.id, found.waiting.version] = told


def can_be_shown(found: Brought) -> bool:
    """Whether the lines of a file can be shown, so that its owner marks a question there."""
    return bool(found.desk.document.roles) and found.waiting.size <= LARGEST_SHOWN


async def show(visit: Visit) -> web.StreamResponse:
    """Show what was found: what needs somebody, then every question with its key, every finding, and the notes."""
    return await _page(visit, await waiting(visit))


async def take(visit: Visit) -> web.StreamResponse:
    """Do what the visitor wants with one question, and show the desk again; nothing is stored."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    before = await waiting(visit)
    filled = filled_in(visit)
    told = ""

    def change(desk: Desk) -> Desk:
        nonlocal told
        desk, told = _done(visit, desk, filled, parts)
        return desk

    try:
        _check_latest(visit.text("version") == str(before.desk.version))
        parts = await _parts(visit, before, filled) if visit.text("do") == "split" else ()
        after = await mend(visit.room.app, before, change)
    except BadInput as error:
        return await _page(visit, await waiting(visit), wrong=(filled, str(error)))
    tell(visit, after, told)
    page = visit.request.query.get("needs", "")
    raise web.HTTPSeeOther(f"{visit.request.path.removesuffix('/mend')}?needs={_number(page)}#needs")


def _check_latest(is_latest: bool) -> None:
    """Raise BadInput if the form comes from a page that is older than what was done since."""
    if not is_latest:
        raise BadInput(_("You have changed something in another window. Here is the latest; try again."))


def _done(visit: Visit, desk: Desk, filled: Filled, parts: Sequence[Questions]) -> tuple[Desk, str]:
    """Do what a form says; return the desk as it is then, and a sentence on it.

    Raises:
        BadInput: it can't be done.
    """
    at = filled.at
    if visit.text("do") == "undo":
        return mending.undo(desk, at.portion), _("The questions are back as the file has them.")
    line = next((row.draft.line for row in laid(desk) if row.at == at), 0)
    match visit.text("do"):
        case "drop":
            return mending.drop(desk, at), _("Dropped the question on line {line}.").format(line=line)
        case "split":
            split = mending.split(desk, at, _number(visit.text("line")), *parts)
            return split, _("Split the question on line {line}.").format(line=line)
        case "join":
            joined = mending.join(_edited(desk, filled), at)
            return joined, _("Joined the question on line {line} with the next one.").format(line=line)
        case "accept":
            return _told(mending.accept(desk, at, filled.edit), at, _("The question on line {line} stays as it is."))
        case "save":
            return _told(_edited(desk, filled), at, _("Mended the question on line {line}."))
    raise BadInput(_("The form didn't arrive whole. Please try again."))


def _told(desk: Desk, at: At, done: str) -> tuple[Desk, str]:
    row = next(row for row in laid(desk) if row.at == at)
    text = _("The question on line {line} still needs you.") if row.waits else done
    return desk, text.format(line=row.draft.line)


def _edited(desk: Desk, filled: Filled) -> Desk:
    return mending.edit(desk, filled.at, filled.edit) if filled.edit else desk


async def _parts(visit: Visit, before: Brought, filled: Filled) -> list[Questions]:
    """Have both parts of a question that is to be split read as if each stood alone.

    Raises:
        BadInput: it can't be split like this.
    """
    parts: list[Questions] = []
    for text in mending.halves(before.desk, filled.at, _number(visit.text("line"))):
        try:
            found = await visit.room.app.files.read(
                text.encode(),
                name=before.waiting.file,
                format=before.desk.document.format,
                space_id=before.waiting.space_id,
            )
            parts.append(found.questions)
        except BadFile:  # nothing is in it that could be read
            parts.append(())
    return parts


def _number(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


async def _page(visit: Visit, found: Brought, *, wrong: tuple[Filled, str] | None = None) -> web.Response:
    """Return the page, made on a thread; ``wrong`` is a form that couldn't be taken, and why."""
    waiting, desk = found.waiting, found.desk
    portions = list(desk.portions.values())
    report = await import_document(
        visit.room.app, desk.document, bank=waiting.bank, space_id=waiting.space_id, dry_run=True, portions=portions
    )
    return await asyncio.to_thread(_made, visit, found, report, wrong)


def _made(visit: Visit, found: Brought, report: ImportReport, wrong: tuple[Filled, str] | None) -> web.Response:
    desk, query = found.desk, visit.request.query
    document, rows = desk.document, laid(desk)
    asked = wrong[0].at if wrong else at_in(query.get("mend", ""))
    waits = [row for row in rows if row.waits or row.at == asked]
    waits.sort(key=lambda row: row.at != asked)
    needs: Page[Laid] = page_of(waits, None if wrong else query.get("needs"), SHEETS_A_PAGE)
    rest = [row for row in rows if not row.waits]
    findings: Page[Finding] = page_of(
        sorted(document.findings, key=lambda finding: finding.line), query.get("findings"), FINDINGS_A_PAGE
    )
    return visit.page(
        "found.html",
        status=400 if wrong else 200,
        here=f"/import/{found.waiting.id}",
        waiting=found.waiting,
        told=visit.room.told.get((found.waiting.id, found.waiting.version), ""),
        report=report,
        can_be_shown=can_be_shown(found),
        document=document,
        counts=_counts(rows),
        needs=needs,
        sheets=_sheets(desk, needs.items, wrong),
        problem=wrong[1] if wrong and all(row.at != asked for row in needs.items) else "",
        questions=page_of(rest, query.get("questions"), QUESTIONS_A_PAGE),
        dropped=list(dropped(desk)),
        findings=findings,
        kinds=Counter(finding.code.value for finding in document.findings).most_common(),
    )


def _sheets(desk: Desk, rows: Sequence[Laid], wrong: tuple[Filled, str] | None) -> list[MendingForm]:
    return [sheet_of(desk, row, wrong if wrong and wrong[0].at == row.at else None) for row in rows]


def _counts(laid: Sequence[Laid]) -> dict[str, int]:
    waits, ready = sum(row.waits for row in laid), sum(row.is_ready for row in laid)
    return {"found": len(laid), "ready": ready, "waits": waits, "kept": len(laid) - ready - waits}
