"""The process's HTTP server: adapters put their addresses on it, and health checks theirs."""

import asyncio
import errno
import socket
from ipaddress import ip_address

from aiohttp import web

from bot.domain.errors import BadInput
from bot.i18n import gettext as _

_STOP_WITHIN_S = 1.0


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on ``host``."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


class HttpServer:
    """One listening server; its ``site`` takes routes until it starts."""

    def __init__(self, host: str, port: int, *, guarded: bool) -> None:
        """Nothing listens before `start`.

        Args:
            host: the address to listen on.
            port: 0 takes a free one.
            guarded: whether a secret protects sessions, so that other machines may come in.
        """
        self._host = host
        self._port = port
        self._guarded = guarded
        self.site = web.Application()
        self._runner = web.AppRunner(self.site, access_log=None, shutdown_timeout=_STOP_WITHIN_S)

    async def start(self) -> None:
        """Listen; returns once it does.

        Raises:
            BadInput: the address can't be listened on or needs a secret, with what to do about it.
        """
        if not self._guarded and not is_loopback(self._host):
            raise BadInput(
                _("QUIZBOT_WEB_HOST={host} can be reached from other machines: set QUIZBOT_WEB_SECRET too.").format(
                    host=self._host
                )
            )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise BadInput(_why_not(error, self._host, self._port)) from None

    async def refuse(self) -> None:
        """Take no more connections; running requests go on."""
        for listening in list(self._runner.sites):
            await listening.stop()

    async def stop(self) -> None:
        """Take no more requests, and end the running ones within a second."""
        await self.refuse()
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
    elif error.errno in {errno.EADDRNOTAVAIL, None} or isinstance(error, socket.gaierror):  # None: since Python 3.13
        text = _("{host} is no address of this machine. Set QUIZBOT_WEB_HOST to one that is, such as 127.0.0.1.")
    else:
        text = _("Can't listen on {host}, port {port}: {reason}.")
    return text.format(host=host, port=port, reason=error.strerror)
