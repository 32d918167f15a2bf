"""Bind the address that the HTTP server listens on, or say why that fails."""

import asyncio
import errno
import socket

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import Settings
from bot.site.listening import Listening
from bot.site.names import is_loopback

BACKLOG = 128
"""How many connections may wait to be accepted."""


class PortTaken(BadInput):
    """Another program listens at the address."""


async def bound(settings: Settings) -> list[Listening]:
    """Return listening sockets at the address in the settings.

    Raises:
        PortTaken: another program listens there.
        BadInput: the address can't be used or needs a secret; the text says what to do.
    """
    host, port = settings.web_host, settings.web_port
    if settings.web_secret is None and not is_loopback(host):
        raise BadInput(
            _("QUIZBOT_WEB_HOST={host} can be reached from other machines: set QUIZBOT_WEB_SECRET too.").format(
                host=host
            )
        )
    sockets: list[Listening] = []
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        for family, kind, protocol, _name, address in dict.fromkeys(found):
            sockets.append(listening := Listening(family, kind, protocol))
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listening.bind(address)
            listening.listen(BACKLOG)
    except OSError as error:
        for one in sockets:
            one.close()
        raise _why_not(error, host, port) from None
    return sockets


def _why_not(error: OSError, host: str, port: int) -> BadInput:
    kind = BadInput
    if error.errno == errno.EADDRINUSE:
        kind = PortTaken
        text = _("Port {port} on {host} is taken by another program. Stop it, or set QUIZBOT_WEB_PORT to a free port.")
    elif error.errno == errno.EACCES:
        text = _("Port {port} on {host} needs more rights. Set QUIZBOT_WEB_PORT to a port above 1023.")
    elif error.errno in {errno.EADDRNOTAVAIL, None} or isinstance(error, socket.gaierror):  # None: since Python 3.13
        text = _("{host} isn't an address of this machine. Set QUIZBOT_WEB_HOST to one that is, such as 127.0.0.1.")
    else:
        text = _("Can't listen on {host}, port {port}: {reason}.")
    return kind(text.format(host=host, port=port, reason=error.strerror))
