"""The names that the HTTP server answers to.

A foreign website can point its own host name at this server's address. If the server answered requests for that name,
the website could read the answers.
"""

import socket
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on ``host``."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def host_in(header: str | None) -> str:
    """Return the host in a ``Host`` header, without port and brackets; empty if missing or malformed."""
    try:
        return (urlsplit(f"//{header or ''}").hostname or "").rstrip(".")
    except ValueError:
        return ""


class OwnNames:
    """The server's own names, which decide the ``Host`` headers that it answers."""

    def __init__(self, listens_on: str, public_url: str, others: Iterable[str]) -> None:
        """Take the address that the server listens on, the public address, and further names from the settings."""
        self._alone = is_loopback(listens_on)
        named = {urlsplit(public_url).hostname or "", *(name.casefold() for name in others)} - {""}
        self._named = named | {listens_on.casefold().strip("[]"), socket.gethostname().casefold()}
        self._is_open = not self._alone and not named

    @property
    def is_open(self) -> bool:
        """Whether every name is answered, because nobody said which ones are the server's own."""
        return self._is_open

    def answer_to(self, host: str) -> bool:
        """Whether requests for this host are answered.

        IP addresses are answered, because no website can redirect one; a server for this machine alone refuses them.
        """
        return bool(host) and (self._is_open or is_loopback(host) or host in self._named or self._is_address(host))

    def _is_address(self, host: str) -> bool:
        try:
            ip_address(host)
        except ValueError:
            return False
        return not self._alone
