"""The standings page: for members, and, where those who run the league say so, for whoever has the link."""

from aiohttp import web

from adapters.web.boards import board_of
from adapters.web.door import Visit
from adapters.web.room import Room
from bot.domain.errors import BadInput
from bot.domain.identity import LeagueId
from bot.i18n import gettext as _
from bot.services.league_pages import LeaguePage, Shown, league_page
from bot.services.publishing import public_league, publish, unpublish

ROWS_A_PAGE = 100


async def show_standings(visit: Visit) -> web.StreamResponse:
    """The league of the room."""
    league_id = await _league_id(visit.room)
    page = await _page(visit.room, visit.request, league_id)
    board = board_of(page, visit.request.query, ROWS_A_PAGE)
    key = page.league.public_key
    address = f"{visit.room.app.site_url}/public/{key}" if key else ""
    return visit.page(
        "standings.html", page=page, board=board, me=visit.member.player_id, public=False, address=address
    )


async def switch_public(visit: Visit) -> web.StreamResponse:
    """Open the page to whoever has the link, or close it again."""
    change = {"on": publish, "off": unpublish}.get(visit.text("public"))
    if change is None:
        raise BadInput(_("Switch it on or off."))
    await change(visit.room.app, visit.room.space.id, actor=f"player {visit.member.player_id}")
    raise web.HTTPSeeOther("/standings#public")


async def show_public_standings(room: Room, request: web.Request) -> web.StreamResponse:
    """The same to read only, for whoever has the link: without a session, and without the way into the room."""
    league = await public_league(room.app, request.match_info["key"])
    if league is None:
        raise web.HTTPNotFound
    page = await _page(room, request, league.id)
    board = board_of(page, request.query, ROWS_A_PAGE)
    values = {"visitor": None, "csrf": "", "path": request.path, "me": None, "public": True, "address": ""}
    html = room.pages.render("standings.html", page=page, board=board, **values)
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return web.Response(text=html, content_type="text/html", headers=headers)


async def _page(room: Room, request: web.Request, league_id: LeagueId) -> LeaguePage:
    by = request.query.get("by", "")
    shown = Shown(by) if by in set(Shown) else Shown.PLAYER
    return await league_page(room.app, league_id, stretch=request.query.get("window") or "week", shown=shown)


async def _league_id(room: Room) -> LeagueId:
    """Of the room's league now: it may have joined another since the bot was started."""
    space = await room.app.storage.read(lambda unit: unit.spaces.get(room.space.id))
    if space is None:
        raise LookupError("the room has lost its space")
    return space.league_id
