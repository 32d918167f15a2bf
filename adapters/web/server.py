"""Listening over HTTP: the application that adapters and health checks put their routes on."""

import asyncio
import errno
import socket
from collections.abc import Callable, Iterable
from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.domain.errors import BadInput
from bot.i18n import gettext as _

_STOP_WITHIN_S = 1.0


def new_application(middlewares: Iterable[Middleware] = ()) -> web.Application:
    """An application without routes."""
    return web.Application(middlewares=middlewares)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on ``host``."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


class HttpServer:
    """One listening server."""

    def __init__(self, application: web.Application, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_STOP_WITHIN_S)

    async def start(self) -> None:
        """Listen; returns once it does.

        Raises:
            BadInput: the address can't be listened on, with what to do about it.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise BadInput(_why_not(error, self._host, self._port)) from None

    async def stop(self, end_streams: Callable[[], None]) -> None:
        """Take no more requests and end the running ones: streams at once, others within a second."""
        for site in list(self._runner.sites):
            await site.stop()
        end_streams()
        await asyncio.sleep(0)
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """The address to open in a browser on this machine, such as ``http://127.0.0.1:8080``."""
        host, port = self._runner.addresses[0][:2]
        if ip_address(host).is_unspecified:
            host = "127.0.0.1"
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        text = _("Port {port} on {host} is taken by another program. Stop it, or set QUIZBOT_WEB_PORT to a free port.")
    elif error.errno == errno.EACCES:
        text = _("Port {port} on {host} needs more rights. Set QUIZBOT_WEB_PORT to a port above 1023.")
    elif error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        text = _("{host} is no address of this machine. Set QUIZBOT_WEB_HOST to one that is, such as 127.0.0.1.")
    else:
        text = _("Can't listen on {host}, port {port}: {reason}.")
    return text.format(host=host, port=port, reason=error.strerror)
