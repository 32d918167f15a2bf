"""The HTTP server: set up, started and stopped."""

import asyncio
import errno
import socket
import warnings
from ipaddress import ip_address

from aiohttp import BadContentDispositionHeader, BadContentDispositionParam, web

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import Settings
from bot.site.connection import Connection
from bot.site.doorway import KNOWN, Doorway
from bot.site.gate import Gate
from bot.site.limits import Limits
from bot.site.listening import Listening
from bot.site.names import OwnNames, is_loopback
from bot.site.proxy import networks_in

_STOP_WITHIN_S = 1.0
_BACKLOG = 128


class HttpServer:
    """An HTTP server; add routes to its ``site`` before it starts."""

    def __init__(self, settings: Settings, limits: Limits | None = None) -> None:
        """Set up without listening; without ``limits``, they follow from what this process can open."""
        self._host = settings.web_host
        self._port = settings.web_port
        self._guarded = settings.web_secret is not None
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
        if not self._guarded and not is_loopback(self._host):
            raise BadInput(
                _("QUIZBOT_WEB_HOST={host} can be reached from other machines: set QUIZBOT_WEB_SECRET too.").format(
                    host=self._host
                )
            )
        # These warnings would print what a client sent.
        warnings.simplefilter("ignore", BadContentDispositionHeader)
        warnings.simplefilter("ignore", BadContentDispositionParam)
        await self._runner.setup()
        try:
            await self._listen()
        except OSError as error:
            await self._runner.cleanup()
            raise BadInput(_why_not(error, self._host, self._port)) from None

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
        found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        sockets: list[Listening] = []
        try:
            for family, kind, protocol, _name, address in dict.fromkeys(found):
                sockets.append(listening := Listening(family, kind, protocol))
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                listening.bind(address)
                listening.keep_spare(self._no_file)
        except OSError:
            for one in sockets:
                one.close()
            raise
        self._address = sockets[0].getsockname()[:2]
        for one in sockets:
            made = await loop.create_server(lambda: Connection(server, self._gate), sock=one, backlog=_BACKLOG)
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


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        text = _("Port {port} on {host} is taken by another program. Stop it, or set QUIZBOT_WEB_PORT to a free port.")
    elif error.errno == errno.EACCES:
        text = _("Port {port} on {host} needs more rights. Set QUIZBOT_WEB_PORT to a port above 1023.")
    elif error.errno in {errno.EADDRNOTAVAIL, None} or isinstance(error, socket.gaierror):  # None: since Python 3.13
        text = _("{host} isn't an address of this machine. Set QUIZBOT_WEB_HOST to one that is, such as 127.0.0.1.")
    else:
        text = _("Can't listen on {host}, port {port}: {reason}.")
    return text.format(host=host, port=port, reason=error.strerror)
