"""Which address leads where, and for whom."""

from aiohttp import web

from adapters.web import events, importing, joining, standings, study
from adapters.web.door import For, Handler, behind_door
from adapters.web.pages import STATIC
from adapters.web.room import Room

_ROUTES: tuple[tuple[str, str, Handler, For], ...] = (
    ("GET", "/", study.show_room, For.ANYBODY),
    ("POST", "/join", joining.submit_name, For.ANYBODY),
    ("GET", "/host", joining.open_host_link, For.ANYBODY),
    ("GET", "/transcript", study.show_transcript, For.MEMBERS),
    ("GET", "/events", events.stream_events, For.MEMBERS),
    ("POST", "/say", study.say, For.MEMBERS),
    ("POST", "/rounds/{round_id}/answer", study.answer, For.MEMBERS),
    ("POST", "/rounds/{round_id}/reaction", study.react, For.MEMBERS),
    ("GET", "/standings", standings.show_standings, For.MEMBERS),
    ("GET", "/import", importing.show_import, For.HOSTS),
    ("POST", "/import", importing.read_upload, For.HOSTS),
    ("GET", "/import/{token}", importing.show_preview, For.HOSTS),
    ("POST", "/import/{token}", importing.store_preview, For.HOSTS),
    ("POST", "/import/{token}/drop", importing.drop_preview, For.HOSTS),
)


def add_room_routes(application: web.Application, room: Room) -> None:
    """Open the room's pages; each stands behind the door."""
    for method, path, handler, who in _ROUTES:
        application.router.add_route(method, path, behind_door(room, handler, who))
        if method == "GET" and handler is not events.stream_events:
            application.router.add_route("HEAD", path, behind_door(room, handler, who))
    application.router.add_get("/static/{name}", _static)


async def _static(request: web.Request) -> web.StreamResponse:
    path = STATIC / request.match_info["name"]
    if path.parent != STATIC or not path.is_file():
        raise web.HTTPNotFound
    # The address changes with the content, so nothing that a browser keeps is ever out of date.
    return web.FileResponse(path, headers={"Cache-Control": "public, max-age=31536000, immutable"})
