"""Checks of the room's port, key, host names and pages about the bot, for ``quizbot doctor``."""

import asyncio
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address

from adapters.web.sessions import signing_key
from bot.application import Check
from bot.domain.errors import BadInput
from bot.health import ALIVE
from bot.settings import Settings
from bot.site import is_loopback
from bot.site.binding import PortTaken, bound
from bot.site.names import OwnNames

_PATIENCE_S = 2.0


async def port_check(settings: Settings) -> Check:
    """Check whether the room can listen at its address; if that is taken, ask there whether it is a Quizbot."""
    name, address = "web room", f"{settings.web_host}:{settings.web_port}"
    try:
        for one in await bound(settings):
            one.close()
    except PortTaken as taken:
        if await asyncio.to_thread(_is_quizbot, settings.web_host, settings.web_port):
            return Check(name=name, ok=True, found=f"{address} is in use by a Quizbot that runs")
        return Check(name=name, ok=False, found=f"{address} is in use by another program", mend=str(taken))
    except BadInput as error:
        return Check(name=name, ok=False, found=f"can't listen on {address}", mend=str(error))
    return Check(name=name, ok=True, found=f"{address} is free")


def _is_quizbot(host: str, port: int) -> bool:
    with suppress(ValueError):  # a name, such as localhost
        host = "127.0.0.1" if ip_address(host).is_unspecified else host
    connection = HTTPConnection(host, port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().read(len(ALIVE) + 1) == ALIVE.encode()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def key_check(settings: Settings) -> Check:
    """Check whether there is a key to sign sessions with; makes one, as a start does."""
    try:
        signing_key(settings)
    except BadInput as error:
        return Check(name="web room's key", ok=False, found=f"can't be used: {settings.var_dir}", mend=str(error))
    where = "QUIZBOT_WEB_SECRET" if settings.web_secret else f"a file in {settings.var_dir}"
    return Check(name="web room's key", ok=True, found=where)


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


def operator_check(settings: Settings) -> list[Check]:
    """Check whether the pages about the bot can be shown; empty if neither setting is set."""
    if not (settings.operator_name or settings.operator_contact):
        return []
    found = "/about, /privacy and /terms are shown" if settings.operator else "/about, /privacy and /terms aren't shown"
    mend = "Set both QUIZBOT_OPERATOR_NAME and QUIZBOT_OPERATOR_CONTACT."
    return [Check(name="pages about the bot", ok=settings.operator is not None, found=found, mend=mend)]
