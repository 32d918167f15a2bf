"""The import page: read a file or pasted text, show what was found, and store it once the host agrees."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from aiohttp import web

from adapters.web import desk
from adapters.web.door import Visit
from adapters.web.transcript import whisper
from bot import importers
from bot.domain.errors import BadInput, NotFound
from bot.domain.limits import Limit
from bot.i18n import gettext as _
from bot.rendering.replies import imported
from bot.services.banks.importing import PASTED, bring, forget, store
from bot.services.limiting import person


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The file or text that a host submitted."""

    data: bytes
    file_name: str


async def show_import(visit: Visit) -> web.StreamResponse:
    """Show the page that asks for a file."""
    return _form(visit)


def _form(visit: Visit, problem: str = "") -> web.Response:
    return visit.page(
        "import.html",
        status=400 if problem else 200,
        problem=problem,
        formats=importers.FORMATS,
        chosen=visit.text("format"),
        bank=visit.text("bank"),
        pasted=visit.text("text"),
    )


async def read_upload(visit: Visit) -> web.StreamResponse:
    """Read the submitted file and keep it until the host decides; nothing is stored in a bank."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    try:
        upload = _upload(visit)
        brought = await bring(
            visit.room.app,
            visit.caller,
            upload.file_name,
            upload.data,
            bank=visit.text("bank"),
            format=visit.text("format") or None,
        )
    except BadInput as error:
        return _form(visit, problem=str(error))
    raise web.HTTPSeeOther(f"/import/{brought.waiting.id}")


def _upload(visit: Visit) -> Upload:
    if sent := visit.file("file"):
        return Upload(data=sent.data, file_name=PurePath(sent.name).name)
    pasted = visit.text("text")
    if not pasted.strip():
        raise BadInput(_("Choose a file, or paste the questions into the box."))
    return Upload(data=pasted.encode(), file_name=PASTED)


async def store_found(visit: Visit) -> web.StreamResponse:
    """Store the questions that were found and return to the room, where a private message says what was stored."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    report = await store(visit.room.app, await desk.waiting(visit), ready_alone=False)
    whisper(visit.room, visit.member, imported(report))
    raise web.HTTPSeeOther("/#latest")


async def drop_found(visit: Visit) -> web.StreamResponse:
    """Forget a file of the visitor's own."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    with suppress(NotFound):
        await forget(visit.room.app, await desk.waiting(visit))
    raise web.HTTPSeeOther("/import")
