"""The web adapter: builds the room's parts, and opens and closes the room."""

from collections.abc import Sequence

from aiohttp import web
from typing_extensions import override

from adapters.web import markdown
from adapters.web.checks import key_check, names_check, operator_check, port_check
from adapters.web.hub import Hub
from adapters.web.messenger import WebMessenger
from adapters.web.pages import pages_in
from adapters.web.room import ADAPTER, CHANNEL, ROOM, HostInvitation, Room
from adapters.web.routes import add_room_routes
from adapters.web.sessions import Sessions, signing_key
from adapters.web.whispers import Whispers
from bot.application import Adapter, Application, Check
from bot.domain.identity import Space
from bot.i18n import gettext as _
from bot.services.leagues.spaces import ensure_space
from bot.services.series.first_series import start_study_channel
from bot.site import Limits


class WebAdapter(Adapter):
    """`bot.application.Adapter` for the local web room."""

    name = ADAPTER
    messenger: WebMessenger

    def __init__(self, app: Application) -> None:
        self._app = app
        self.hub = Hub(most=Limits.here().streams)
        self._whispers = Whispers()
        app.on_forgotten.extend([self._whispers.forget_replies, markdown.forget])
        self.messenger = WebMessenger(self.hub, self._whispers)
        self.invitation = HostInvitation()

    @override
    async def start(self, site: web.Application) -> None:
        """Open the room on the process's HTTP server."""
        add_room_routes(site, await self._room())

    async def _room(self) -> Room:
        settings = self._app.settings
        space = await ensure_space(self._app, ADAPTER, ROOM, _("Study room"), self._app.settings.zone)
        await start_study_channel(self._app, space, CHANNEL, self._app.settings.zone)
        pages = pages_in(await self._zone(space))
        self._app.on_forgotten.append(pages.message.cache_clear)
        return Room(
            app=self._app,
            space=space,
            pages=pages,
            sessions=Sessions(signing_key(settings), lasts=settings.session_lasts, now=self._app.clock.now),
            invitation=self.invitation,
            hub=self.hub,
            whispers=self._whispers,
        )

    async def _zone(self, space: Space) -> str:
        league = await self._app.storage.read(lambda unit: unit.leagues.find(space.league_id))
        return league.zone if league else self._app.settings.zone

    @override
    def greeting(self, address: str) -> str:
        """Return the lines with the room's address, printed at the start."""
        link = f"{address}/host?token={self.invitation.token}"
        return "\n".join(
            (
                _("The room is open: {address}").format(address=address),
                _("To be its host, open once: {link}").format(link=link),
            )
        )

    @override
    async def stop(self) -> None:
        """Close the streams of open pages."""
        self.hub.close()

    @override
    async def problem(self) -> str | None:
        """Return None: the room needs nothing but the process and its database."""
        return None

    @override
    async def check(self) -> Sequence[Check]:
        """Check whether the room could start, its host names, and the pages about the bot."""
        settings = self._app.settings
        return [await port_check(settings), key_check(settings), *names_check(settings), *operator_check(settings)]
