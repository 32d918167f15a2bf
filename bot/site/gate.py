"""The gate counts connections and requests, and turns away those over the limits at once."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import structlog
from prometheus_client import Counter as Metric
from prometheus_client import Gauge

from bot.site.limits import Limits
from bot.site.names import is_loopback
from bot.site.proxy import Networks, counted_as, is_within

_log = structlog.get_logger(__name__)

_OPEN = Gauge("quizbot_http_connections", "Connections that are open.")
_REFUSED = Metric("quizbot_http_refused", "Connections and requests that were turned away, by reason", ["reason"])
_CUT = Metric("quizbot_http_cut_off", "Connections closed for slowness, by what was waited for", ["owed"])

_QUIET_S = 60.0
"""Refusals are logged at most once in so many seconds."""


class Guest(Protocol):
    """A connection, as far as the gate needs to know it."""

    def cut(self) -> None:
        """Close the connection at once, even with unsent data."""


class Gate:
    """Counts the open connections and requests of a server."""

    def __init__(self, limits: Limits, proxies: Networks, now: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing open; ``now`` returns seconds."""
        self.limits = limits
        self.proxies = proxies
        self._now = now
        self._open: dict[Guest, str] = {}
        self._by_address: Counter[str] = Counter()
        self._waiting: OrderedDict[Guest, None] = OrderedDict()
        self._requests: Counter[str] = Counter()
        self._strangers = 0
        self._told_at = -_QUIET_S
        self._untold = 0

    def enter(self, guest: Guest, peer: str) -> bool:
        """Count a new connection; False if there are too many. A full server closes the longest idle one."""
        address = counted_as(peer)
        if not is_within(peer, self.proxies) and self._by_address[address] >= self._most_of(peer):
            self.refused("address")
            return False
        if len(self._open) >= self.limits.connections and not self.make_room():
            self.refused("full")
            return False
        self._open[guest] = address
        self._by_address[address] += 1
        self._waiting[guest] = None
        _OPEN.inc()
        return True

    def _most_of(self, peer: str) -> int:
        return self.limits.per_own_address if is_loopback(peer) else self.limits.per_address

    def make_room(self) -> bool:
        """Close the connection that has been idle the longest; False if none is idle."""
        if not self._waiting:
            return False
        guest = next(iter(self._waiting))
        self.refused("room for others")
        guest.cut()
        self.leave(guest)
        return True

    def leave(self, guest: Guest) -> None:
        """Stop counting a closed connection; repeating this changes nothing."""
        address = self._open.pop(guest, None)
        self._waiting.pop(guest, None)
        if address is None:
            return
        _OPEN.dec()
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]

    def busy(self, guest: Guest) -> None:
        """Note that a connection has sent a request."""
        self._waiting.pop(guest, None)

    def waits(self, guest: Guest) -> None:
        """Note that a connection's request is answered, so it is idle."""
        if guest in self._open:
            self._waiting[guest] = None

    @contextmanager
    def request(self, client: str, *, forwarded: bool, known: bool) -> Iterator[bool]:
        """Count a request during the block; yield whether there is room for it.

        Args:
            client: the client's address.
            forwarded: whether it came through a trusted proxy, whose number of connections isn't limited.
            known: whether the client is signed in; then there is always room.
        """
        address = counted_as(client) if forwarded else None
        if address is not None and self._requests[address] >= self._most_of(client):
            self.refused("address")
            yield False
            return
        if not known and self._strangers >= self.limits.strangers:
            self.refused("full")
            yield False
            return
        self._strangers += not known
        if address is not None:
            self._requests[address] += 1
        try:
            yield True
        finally:
            self._strangers -= not known
            if address is not None:
                self._requests[address] -= 1
                if not self._requests[address]:
                    del self._requests[address]

    def refused(self, reason: str) -> None:
        """Record a refusal: each one in the metrics, at most one a minute in the log."""
        _REFUSED.labels(reason).inc()
        self._untold += 1
        now = self._now()
        if now - self._told_at >= _QUIET_S:
            _log.warning("http_refused", reason=reason, refused=self._untold, open=len(self._open))
            self._told_at, self._untold = now, 0

    @staticmethod
    def cut_off(owed: str) -> None:
        """Record a client that was cut off for being too slow."""
        _CUT.labels(owed).inc()
