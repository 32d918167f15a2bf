"""The standings page: for members and, if the hosts allow it, for anybody with the link."""

from typing import Any

from aiohttp import web

from adapters.web import markdown
from adapters.web.boards import board_of
from adapters.web.charts import climbs_as_lines
from adapters.web.door import Visit
from adapters.web.periods import groups, heading, nothing_yet
from adapters.web.room import Room
from bot.domain.errors import BadInput
from bot.domain.identity import LeagueId
from bot.domain.limits import Limit
from bot.i18n import gettext as _
from bot.rendering.cards.card import alt_text
from bot.rendering.cards.palette import Theme
from bot.services.limiting import person
from bot.services.standings.pages import LeaguePage, Shown, card_of_week, league_page
from bot.services.standings.public_link import public_league, publish, unpublish

ROWS_A_PAGE = 100


async def show_standings(visit: Visit) -> web.StreamResponse:
    """Show the standings of the room's league."""
    page = await _page(visit.room, visit.request, await _league_id(visit.room))
    secret = page.league.link_secret
    address = f"{visit.room.app.site_url}/public/{secret}" if secret else ""
    mine: dict[str, Any] = {"me": visit.member.player_id, "public": False, "address": address}
    return await markdown.beside_the_loop(
        lambda: visit.page("standings.html", **_told(visit.room, page, visit.request), **mine)
    )


async def switch_public(visit: Visit) -> web.StreamResponse:
    """Make or close the page's public link."""
    change = {"on": publish, "off": unpublish}.get(visit.text("public"))
    if change is None:
        raise BadInput(_("Switch it on or off."))
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    await change(visit.room.app, visit.room.space.id, actor=f"player {visit.member.player_id}")
    raise web.HTTPSeeOther("/standings#public")


async def show_public_standings(room: Room, request: web.Request) -> web.StreamResponse:
    """Show the standings, read-only, to anybody with the link: without a session or links into the room."""
    league = await public_league(room.app, request.match_info["key"])
    if league is None:
        raise web.HTTPNotFound
    page = await _page(room, request, league.id)
    nobodys = {"visitor": None, "csrf": "", "path": request.path, "me": None, "public": True, "address": ""}
    html = await markdown.beside_the_loop(
        lambda: room.pages.render("standings.html", **_told(room, page, request), **nobodys)
    )
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return web.Response(text=html, content_type="text/html", headers=headers)


def _told(room: Room, page: LeaguePage, request: web.Request) -> dict[str, Any]:
    """Return what every reader sees: the times to choose from, the table, and the card's address with its text."""
    return {
        "page": page,
        "groups": groups(page, room.pages.day),
        "heading": heading(page, room.pages.day),
        "nothing_yet": nothing_yet(page),
        "board": board_of(page, request.query, ROWS_A_PAGE),
        "climbs": climbs_as_lines(page),
        "card": f"{request.path}/card",
        "card_in_words": alt_text(page.card) if page.card else "",
    }


async def show_card(visit: Visit) -> web.StreamResponse:
    """Serve the picture of a week of the room's league."""
    return await _picture(visit.room, visit.request, await _league_id(visit.room))


async def show_public_card(room: Room, request: web.Request) -> web.StreamResponse:
    """Serve a week's picture to anybody with the public link."""
    league = await public_league(room.app, request.match_info["key"])
    if league is None:
        raise web.HTTPNotFound
    return await _picture(room, request, league.id)


async def _picture(room: Room, request: web.Request, league_id: LeagueId) -> web.Response:
    theme = Theme.DARK if request.query.get("theme") == "dark" else Theme.LIGHT
    file = await card_of_week(room.app, league_id, request.query.get("window") or "week", theme)
    if file is None:
        raise web.HTTPNotFound
    return web.Response(body=file.data, content_type=file.media_type, headers={"Cache-Control": "private, max-age=60"})


async def _page(room: Room, request: web.Request, league_id: LeagueId) -> LeaguePage:
    by = request.query.get("by", "")
    shown = Shown(by) if by in set(Shown) else Shown.PLAYER
    return await league_page(room.app, league_id, stretch=request.query.get("window") or "week", shown=shown)


async def _league_id(room: Room) -> LeagueId:
    """Return the id of the room's current league: the room may have joined another since the start."""
    space = await room.app.storage.read(lambda unit: unit.spaces.get(room.space.id))
    return space.league_id
