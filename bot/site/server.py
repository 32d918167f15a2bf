"""The HTTP server: set up, started and stopped."""

import asyncio
import warnings
from ipaddress import ip_address

from aiohttp import BadContentDispositionHeader, BadContentDispositionParam, web

from bot.domain.errors import BadInput
from bot.settings import Settings
from bot.site.binding import BACKLOG, bound
from bot.site.connection import Connection
from bot.site.doorway import KNOWN, Doorway
from bot.site.gate import Gate
from bot.site.limits import Limits
from bot.site.names import OwnNames
from bot.site.proxy import networks_in

_STOP_WITHIN_S = 1.0


class HttpServer:
    """An HTTP server; add routes to its ``site`` before it starts."""

    def __init__(self, settings: Settings, limits: Limits | None = None) -> None:
        """Set up without listening; without ``limits``, they follow from what this process can open."""
        self._settings = settings
        self._gate = Gate(limits or Limits.here(), networks_in(settings.proxies))
        names = OwnNames(settings.web_host, settings.public_url, settings.own_names)
        doorway = Doorway(self._gate, names, public_is_secure=settings.is_https)
        self.site = web.Application(middlewares=[doorway.middleware()])
        self.site[KNOWN] = []
        self.site.on_response_prepare.append(doorway.protect)
        self._runner = web.AppRunner(self.site, access_log=None, shutdown_timeout=_STOP_WITHIN_S)
        self._listening: list[asyncio.Server] = []
        self._address = ("", 0)

    async def start(self) -> None:
        """Start listening; return once the server listens.

        Raises:
            BadInput: the address can't be used or needs a secret; the text says what to do.
        """
        # These warnings would print what a client sent.
        warnings.simplefilter("ignore", BadContentDispositionHeader)
        warnings.simplefilter("ignore", BadContentDispositionParam)
        await self._runner.setup()
        try:
            await self._listen()
        except BadInput:
            await self._runner.cleanup()
            raise

    async def refuse(self) -> None:
        """Accept no more connections; running requests go on."""
        for server in self._listening:
            server.close()

    async def stop(self) -> None:
        """Accept no more requests, and end the running ones within a second."""
        await self.refuse()
        await asyncio.sleep(0)
        await self._runner.cleanup()

    async def _listen(self) -> None:
        loop, server = asyncio.get_running_loop(), self._runner.server
        if server is None:
            raise RuntimeError("the runner isn't set up")
        sockets = await bound(self._settings)
        self._address = sockets[0].getsockname()[:2]
        for one in sockets:
            one.keep_spare(self._no_file)
            made = await loop.create_server(lambda: Connection(server, self._gate), sock=one, backlog=BACKLOG)
            self._listening.append(made)

    def _no_file(self) -> None:
        self._gate.refused("no file")
        self._gate.make_room()

    @property
    def address(self) -> str:
        """The address to open in a browser on this machine, such as ``http://127.0.0.1:8080``."""
        host, port = self._address
        if ip_address(host).is_unspecified:
            host = "127.0.0.1"
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
