"""The HTTP server's limits: how many connections and requests, and how long it waits."""

import sys
from dataclasses import dataclass
from typing import Self

_MOST = 2_000
_SPARED_FILES = 128
"""Open files left for the database, the platforms and everything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits on connections and requests (counts), and on waiting (seconds).

    Attributes:
        connections: open connections in total.
        per_address: open connections of one IPv4 address or IPv6 /64 network. A whole class may share one.
        per_own_address: open connections of an address of this machine, which may be a proxy that no setting mentions.
        strangers: requests being answered at the same time for people who aren't signed in, and for platforms.
        head: from the start of a connection, or a later request's first byte, to the end of the request's headers.
        body: for the body of a request from somebody who isn't signed in.
        known_body: for the body of a request from somebody who is signed in.
        idle: between two requests on one connection.
        stuck: how long a client may read nothing while there is something to read.
        lingering: how long to go on reading a body after answering, so that the client reads the answer.
    """

    connections: int = _MOST
    per_address: int = 256
    per_own_address: int = _MOST
    strangers: int = _MOST * 3 // 8
    head: float = 10
    body: float = 20
    known_body: float = 300
    idle: float = 75
    stuck: float = 30
    lingering: float = 3

    @classmethod
    def here(cls) -> Self:
        """Return the limits for this process, which can't have more connections than open files."""
        most = max(16, min(_MOST, _open_files() - _SPARED_FILES))
        return cls(
            connections=most, per_address=max(8, most // 8), per_own_address=most, strangers=max(4, most * 3 // 8)
        )

    @property
    def streams(self) -> int:
        """How many event streams may be open: half of the connections, so that they leave room for requests."""
        return self.connections // 2


def _open_files() -> int:
    if sys.platform == "win32":
        return _MOST
    import resource  # noqa: PLC0415 - Windows doesn't have it

    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST + _SPARED_FILES if soft == resource.RLIM_INFINITY else soft
