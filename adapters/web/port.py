"""Whether the room's port can be had, for ``quizbot doctor``."""

import errno
import socket

from bot.application import Check
from bot.settings import Settings


def port_check(settings: Settings) -> Check:
    """Look whether the address that the room listens on is free."""
    address = f"{settings.web_host}:{settings.web_port}"
    with socket.socket(socket.AF_INET6 if ":" in settings.web_host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.web_host, settings.web_port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return Check(
                    name="web room",
                    ok=True,
                    found=f"{address} is in use: by the running bot, or else change QUIZBOT_WEB_PORT",
                )
            return Check(
                name="web room",
                ok=False,
                found=f"{address}: {error.strerror}",
                mend="Change QUIZBOT_WEB_HOST or QUIZBOT_WEB_PORT.",
            )
    return Check(name="web room", ok=True, found=f"{address} is free")
