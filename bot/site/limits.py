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
        connections: open connections in all.
        per_address: open connections of one address; of IPv6, of one /64 network. A whole class may share one.
        per_own_address: the same for addresses of this machine, where an undeclared proxy may stand.
        strangers: requests in work at the same time from people who aren't signed in, and from platforms.
        head: from the first byte of a request, or the connection, to the end of its headers.
        body: for the body of a stranger's request.
        known_body: for the body of a request from somebody who is signed in.
        idle: between two requests of one connection.
        stuck: how long the other side may read nothing while there is something to read.
        lingering: how long to go on reading a body that nobody wants, so that the answer is read.
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
        """Return this process's limits: never more connections than it can open files."""
        most = max(16, min(_MOST, _open_files() - _SPARED_FILES))
        return cls(
            connections=most, per_address=max(8, most // 8), per_own_address=most, strangers=max(4, most * 3 // 8)
        )

    @property
    def streams(self) -> int:
        """Event streams in all: half of the connections, so that beside them and strangers an eighth stays."""
        return self.connections // 2


def _open_files() -> int:
    if sys.platform == "win32":
        return _MOST
    import resource  # noqa: PLC0415 - it isn't there on Windows

    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST + _SPARED_FILES if soft == resource.RLIM_INFINITY else soft
