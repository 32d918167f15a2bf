"""The room's addresses, their pages, and who may see them."""

from functools import partial

from aiohttp import web
from aiohttp.typedefs import Handler as AnyHandler

from adapters.web import (
    about,
    class_code,
    desk,
    events,
    images,
    joining,
    leaving,
    people,
    signing_in,
    standings,
    study,
    writing,
)
from adapters.web.door import For, Handler, behind_door
from adapters.web.failures import explain_failures
from adapters.web.hosting import banks, daily, daily_form, league, questions
from adapters.web.on_demand import on_demand
from adapters.web.pages import STATIC
from adapters.web.room import Room
from bot.site import KNOWN

ROUTES: tuple[tuple[str, str, Handler, For], ...] = (
    ("GET", "/", study.show_room, For.ANYBODY),
    ("GET", "/join", joining.show_join, For.ANYBODY),
    ("POST", "/join", joining.submit_name, For.ANYBODY),
    ("POST", "/return", joining.come_back, For.ANYBODY),
    ("GET", "/host", joining.show_host_link, For.ANYBODY),
    ("POST", "/host", joining.use_host_link, For.MEMBERS),
    ("GET", leaving.ADDRESS, leaving.show_me, For.MEMBERS),
    ("POST", leaving.ADDRESS, leaving.change_name, For.MEMBERS),
    ("GET", leaving.DATA, leaving.show_data, For.MEMBERS),
    ("GET", leaving.FILE, leaving.send_data, For.MEMBERS),
    ("GET", leaving.DELETE, leaving.show_delete, For.MEMBERS),
    ("POST", leaving.DELETE, leaving.take_delete, For.MEMBERS),
    ("POST", "/sign-out", leaving.sign_out, For.MEMBERS),
    ("POST", leaving.LINK, leaving.change_link, For.MEMBERS),
    ("GET", leaving.SIGN_IN, signing_in.show_link, For.ANYBODY),
    ("POST", leaving.SIGN_IN, signing_in.use_link, For.ANYBODY),
    ("GET", "/people", people.show_people, For.HOSTS),
    ("POST", "/people", people.decide, For.HOSTS),
    ("GET", class_code.ADDRESS, class_code.show_code, For.HOSTS),
    ("POST", class_code.ADDRESS, class_code.change_code, For.HOSTS),
    ("GET", daily.ADDRESS, daily.show, For.HOSTS),
    ("POST", daily.ADDRESS, daily.decide, For.HOSTS),
    ("GET", daily.STOP, daily.show_stop, For.HOSTS),
    ("GET", daily_form.ADDRESS, daily_form.show, For.HOSTS),
    ("POST", daily_form.ADDRESS, daily_form.take, For.HOSTS),
    ("GET", banks.ADDRESS, banks.show_banks, For.HOSTS),
    ("GET", banks.BANK, on_demand("hosting.bank", "show_bank"), For.HOSTS),
    ("GET", f"{banks.BANK}/export", on_demand("hosting.bank", "export"), For.HOSTS),
    ("GET", banks.DELETE, banks.show_delete, For.HOSTS),
    ("POST", banks.DELETE, banks.take_delete, For.HOSTS),
    ("GET", questions.ADDRESS, questions.show, For.HOSTS),
    ("POST", questions.ADDRESS, questions.take_key, For.HOSTS),
    ("GET", questions.WITHDRAW, questions.show_withdraw, For.HOSTS),
    ("POST", questions.WITHDRAW, questions.take_withdraw, For.HOSTS),
    ("GET", league.ADDRESS, league.show, For.HOSTS),
    ("POST", league.ADDRESS, league.take, For.HOSTS),
    ("GET", league.ASK, league.ask, For.HOSTS),
    ("GET", "/transcript", study.show_transcript, For.MEMBERS),
    ("GET", "/events", events.stream_events, For.MEMBERS),
    ("POST", "/say", study.say, For.MEMBERS),
    ("POST", "/dismiss", study.dismiss, For.MEMBERS),
    ("POST", "/rounds/{round_id}/answer", study.answer, For.MEMBERS),
    ("POST", "/rounds/{round_id}/reaction", study.react, For.MEMBERS),
    ("POST", "/rounds/{round_id}/back", study.turn, For.MEMBERS),
    ("GET", "/images/{digest}", images.show_image, For.MEMBERS),
    ("GET", "/standings", standings.show_standings, For.MEMBERS),
    ("GET", "/standings/card", standings.show_card, For.MEMBERS),
    ("POST", "/standings", standings.switch_public, For.HOSTS),
    ("GET", "/questions/add", partial(writing.show, command=writing.ADD), For.HOSTS),
    ("POST", "/questions/add", partial(writing.take, command=writing.ADD), For.HOSTS),
    ("GET", "/questions/edit", partial(writing.show, command=writing.EDIT), For.HOSTS),
    ("POST", "/questions/edit", partial(writing.take, command=writing.EDIT), For.HOSTS),
    ("GET", writing.PICTURES, on_demand("illustrating", "show"), For.HOSTS),
    ("POST", writing.PICTURES, on_demand("illustrating", "take"), For.HOSTS),
    ("GET", "/questions/suggest", partial(writing.show, command=writing.SUGGEST), For.MEMBERS),
    ("POST", "/questions/suggest", partial(writing.take, command=writing.SUGGEST), For.MEMBERS),
    ("GET", "/import", on_demand("importing", "show_import"), For.HOSTS),
    ("POST", "/import", on_demand("importing", "read_upload"), For.HOSTS),
    ("GET", "/import/{number}", desk.show, For.HOSTS),
    ("POST", "/import/{number}", on_demand("importing", "store_found"), For.HOSTS),
    ("POST", "/import/{number}/mend", desk.take, For.HOSTS),
    ("POST", "/import/{number}/drop", on_demand("importing", "drop_found"), For.HOSTS),
    ("GET", "/import/{number}/example", on_demand("examples", "show"), For.HOSTS),
    ("POST", "/import/{number}/example", on_demand("examples", "learn"), For.HOSTS),
    ("POST", "/import/{number}/keep", on_demand("examples", "keep"), For.HOSTS),
)
"""What members and strangers may open: method, path, handler, and whom the door lets in."""


def add_room_routes(site: web.Application, room: Room) -> None:
    """Add the room's pages, each behind the door."""
    site[KNOWN].append(room.sessions.is_known)
    explain = explain_failures(room.pages, room.app.settings.language)

    def guarded(handler: AnyHandler) -> AnyHandler:
        return partial(explain, handler=handler)

    for method, path, handler, who in ROUTES:
        behind = guarded(behind_door(room, handler, who))
        site.router.add_route(method, path, behind)
        if method == "GET" and handler is not events.stream_events:
            site.router.add_route("HEAD", path, behind)
    for path, template in about.PAGES.items():
        site.router.add_get(path, guarded(partial(about.show, room, template=template)))
    site.router.add_get("/public/{key}", guarded(partial(standings.show_public_standings, room)))
    site.router.add_get("/public/{key}/card", guarded(partial(standings.show_public_card, room)))
    site.router.add_get("/static/{name}", guarded(_static))
    site.router.add_route("*", "/{path:.*}", guarded(_nothing_here))


async def _nothing_here(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


async def _static(request: web.Request) -> web.StreamResponse:
    path = STATIC / request.match_info["name"]
    if path.parent != STATIC or not path.is_file():
        raise web.HTTPNotFound
    # The address changes with the content, so nothing that a browser keeps is ever out of date.
    return web.FileResponse(path, headers={"Cache-Control": "public, max-age=31536000, immutable"})
