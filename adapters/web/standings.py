"""The standings page."""

from typing import TypeVar

from aiohttp import web

from adapters.web.door import Visit
from adapters.web.room import CHANNEL
from bot.domain.standings import Ranked, Window
from bot.i18n import gettext as _
from bot.services.scores import leaderboard

_Named = TypeVar("_Named", Window, Ranked)


async def show_standings(visit: Visit) -> web.StreamResponse:
    """The leaderboard of a window, by player or by team."""
    window = _chosen(Window, visit.request.query.get("window"), Window.WEEK)
    by = _chosen(Ranked, visit.request.query.get("by"), Ranked.PLAYER)
    view = await leaderboard(visit.room.app, visit.member.calls(visit.room.space, CHANNEL), window=window, by=by)
    windows = {
        Window.DAY: _("Today"),
        Window.WEEK: _("This week"),
        Window.MONTH: _("This month"),
        Window.SEASON: _("This season"),
        Window.ALL: _("All time"),
    }
    ranked = {Ranked.PLAYER: _("Players"), Ranked.TEAM: _("Teams")}
    return visit.page("standings.html", view=view, window=window, by=by, windows=windows, ranked=ranked)


def _chosen(kind: type[_Named], name: str | None, otherwise: _Named) -> _Named:
    return kind(name) if name in set(kind) else otherwise
