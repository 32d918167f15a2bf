"""Checks of the room's port and host names, for ``quizbot doctor``."""

import errno
import socket

from bot.application import Check
from bot.settings import Settings
from bot.site import is_loopback
from bot.site.names import OwnNames


def port_check(settings: Settings) -> Check:
    """Check whether the address that the room listens on is free."""
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


def names_check(settings: Settings) -> list[Check]:
    """Check whether the server's host names are set; empty if it serves only this machine."""
    names = OwnNames(settings.web_host, settings.public_url, settings.own_names)
    if is_loopback(settings.web_host):
        return []
    if not names.is_open:
        return [Check(name="web room's name", ok=True, found="requests under foreign names are refused")]
    return [
        Check(
            name="web room's name",
            ok=False,
            found="not set: requests are answered under any name, also under one that a hostile page made up",
            mend="Set QUIZBOT_PUBLIC_URL to the address that people open, or QUIZBOT_WEB_NAMES to the names in use.",
        )
    ]
