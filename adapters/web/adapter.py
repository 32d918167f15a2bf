"""The web adapter: the room's parts, put together and opened."""

from adapters.web.failures import explain_failures
from adapters.web.health import add_health_routes
from adapters.web.hub import Hub
from adapters.web.messenger import WebMessenger
from adapters.web.pages import Pages
from adapters.web.room import ADAPTER, CHANNEL, ROOM, HostInvitation, Room
from adapters.web.routes import add_room_routes
from adapters.web.server import HttpServer, is_loopback, new_application
from adapters.web.sessions import Sessions, signing_key
from adapters.web.shield import add_headers, only_own_names
from adapters.web.whispers import Whispers
from bot.application import Application
from bot.domain.errors import BadInput
from bot.domain.identity import Space
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.first_steps import start_study_channel
from bot.services.places import ensure_space


class WebAdapter:
    """`bot.application.Adapter` for the local web room."""

    name = ADAPTER

    def __init__(self, app: Application) -> None:
        self._app = app
        self.hub = Hub()
        self._whispers = Whispers()
        self.messenger = WebMessenger(self.hub, self._whispers)
        self.invitation = HostInvitation()
        self._server: HttpServer | None = None

    async def start(self) -> None:
        """Open the room; returns once it listens.

        Raises:
            BadInput: the address can't be used, or needs a secret.
        """
        settings = self._app.settings
        if settings.web_secret is None and not is_loopback(settings.web_host):
            raise BadInput(
                _("QUIZBOT_WEB_HOST={host} can be reached from other machines: set QUIZBOT_WEB_SECRET too.").format(
                    host=settings.web_host
                )
            )
        room = await self._room()
        application = new_application([explain_failures(room.pages), only_own_names(settings.web_host)])
        application.on_response_prepare.append(add_headers)
        add_room_routes(application, room)
        add_health_routes(application, {"database": self._database_problem})
        self._server = HttpServer(application, settings.web_host, settings.web_port)
        await self._server.start()
        self._announce()

    async def _room(self) -> Room:
        settings = self._app.settings
        space = await ensure_space(self._app, ADAPTER, ROOM, _("Study room"), self._app.settings.zone)
        await start_study_channel(self._app, space, CHANNEL, self._app.settings.zone)
        return Room(
            app=self._app,
            space=space,
            pages=Pages(language=settings.language, zone=await self._zone(space)),
            sessions=Sessions(signing_key(settings)),
            invitation=self.invitation,
            hub=self.hub,
            whispers=self._whispers,
        )

    async def _zone(self, space: Space) -> str:
        league = await self._app.storage.read(lambda unit: unit.people.league(space.league_id))
        return league.zone if league else self._app.settings.zone

    def _announce(self) -> None:
        """Say at the terminal where the room is: what somebody who typed ``make run`` waits for."""
        print(_("The room is open: {address}").format(address=self.address), flush=True)  # noqa: T201
        link = f"{self.address}/host?token={self.invitation.token}"
        print(_("To be its host, open once: {link}").format(link=link), flush=True)  # noqa: T201

    @property
    def address(self) -> str:
        """Where the room is, once it is open."""
        if self._server is None:
            raise RuntimeError("the room isn't open")
        return self._server.address

    async def stop(self) -> None:
        """Close the room: running requests end first, open pages are let go."""
        if self._server is not None:
            await self._server.stop(end_streams=self.hub.close)

    async def _database_problem(self) -> str | None:
        async def read(unit: Unit) -> None:
            await unit.people.leagues()

        await self._app.storage.read(read)
        return None
