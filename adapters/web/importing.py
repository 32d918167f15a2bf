"""The import page: read a file or pasted text, show what was found, and store it once the host agrees."""

import asyncio
from dataclasses import dataclass
from pathlib import PurePath

from aiohttp import web

from adapters.web import desk
from adapters.web.door import Visit
from adapters.web.transcript import whisper
from adapters.web.waiting_imports import WaitingImport
from bot import importers
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.i18n import gettext as _
from bot.importers.desk import opened, size
from bot.importers.upload import PASTED, bank_name
from bot.rendering.replies import imported
from bot.services.banks.storing import import_document, recall
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
    """Read the submitted file and keep it until the host decides; nothing is stored."""
    room = visit.room
    room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    try:
        upload = _upload(visit)
        document = await room.app.files.read(
            upload.data, name=upload.file_name, format=visit.text("format") or None, space_id=room.space.id
        )
        bank = visit.text("bank").strip() or bank_name(upload.file_name, document)
        report = await import_document(room.app, document, bank=bank, space_id=room.space.id, dry_run=True)
        portions = await recall(room.app, document, bank=bank, space_id=room.space.id)
        laid_out = opened(document, portions)
        token = room.imports.keep(
            WaitingImport(
                desk=laid_out,
                report=report,
                file_name=upload.file_name,
                bank=bank,
                member_id=visit.member.member.external_id,
                size=await asyncio.to_thread(size, laid_out),
                made_at=room.app.clock.now(),
            )
        )
    except BadInput as error:
        return _form(visit, problem=str(error))
    raise web.HTTPSeeOther(f"/import/{token}")


def _upload(visit: Visit) -> Upload:
    if sent := visit.file("file"):
        return Upload(data=sent.data, file_name=PurePath(sent.name).name)
    pasted = visit.text("text")
    if not pasted.strip():
        raise BadInput(_("Choose a file, or paste the questions into the box."))
    return Upload(data=pasted.encode(), file_name=PASTED)


async def store_found(visit: Visit) -> web.StreamResponse:
    """Store the questions that were found and return to the room, where a private message says what was stored."""
    waiting = desk.waiting(visit)
    room = visit.room
    portions = list(waiting.desk.portions.values())
    report = await import_document(
        room.app, waiting.desk.document, bank=waiting.bank, space_id=room.space.id, portions=portions
    )
    room.imports.drop(visit.request.match_info["token"], visit.member.member.external_id)
    whisper(room, visit.member, imported(report))
    raise web.HTTPSeeOther("/#latest")


async def drop_found(visit: Visit) -> web.StreamResponse:
    """Forget a file of the visitor's own."""
    visit.room.imports.drop(visit.request.match_info["token"], visit.member.member.external_id)
    raise web.HTTPSeeOther("/import")
