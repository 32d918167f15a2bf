"""Keep people from doing too much at once. What they did lately is known only in this process's memory."""

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from cachetools import LRUCache

from bot import metrics
from bot.domain.commands import Caller
from bot.domain.errors import Busy, QuizbotError
from bot.domain.limits import Limit, Limits, TokenBucket
from bot.i18n import gettext as _
from bot.ports import Clock
from bot.rendering.words import span

_KEPT = 20_000
"""The most buckets. Beyond that, the ones unused for longest are dropped, as if nothing had been taken from them."""

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)


for _limit in (*Limit, "open_questions", "waiting_suggestions"):
    metrics.limited.labels(str(_limit))  # so that each is in the metrics from the start, as 0


class Limited(Busy):
    """Somebody did too much at once."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that several people, such as a whole class, may share: it is allowed as much as several people."""

    name: str


class Limiter:
    """Counts what people do against the limits."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self.limits = limits
        self._clock = clock
        self._buckets: LRUCache[tuple[Limit, Hashable], TokenBucket] = LRUCache(_KEPT)

    @contextmanager
    def within(self, limit: Limit | None, who: Sequence[Hashable], number: int = 1) -> Iterator[None]:
        """Count what happens inside the block against a limit, for each of ``who``; a `QuizbotError` costs nothing.

        Without a limit nothing is counted.

        Raises:
            Limited: it is too much for one of them; the message says when to try again. Nothing was done or counted.
        """
        if limit is None:
            yield
            return
        self.take(limit, who, number)
        try:
            yield
        except QuizbotError:
            self.give_back(limit, who, number)
            raise

    def take(self, limit: Limit, who: Sequence[Hashable], number: int = 1) -> None:
        """Count something against a limit, for each of ``who``.

        Raises:
            Limited: it is too much for one of them; the message says when to try again. Nothing was counted.
        """
        now = self._clock.now()
        buckets = self._of(limit, who)
        wait = max((bucket.wait(number, now) for bucket in buckets.values()), default=timedelta())
        if wait:
            metrics.limited.labels(limit.value).inc()
            raise Limited(_("That was a lot at once. Try again in {time}.").format(time=span(_rounded(wait))))
        for key, bucket in buckets.items():
            self._buckets[key] = bucket.take(number, now) or bucket

    def give_back(self, limit: Limit, who: Sequence[Hashable], number: int = 1) -> None:
        """Undo a `take`."""
        for one in who:
            if bucket := self._buckets.get((limit, one)):
                self._buckets[limit, one] = bucket.give_back(number)

    def _of(self, limit: Limit, who: Sequence[Hashable]) -> dict[tuple[Limit, Hashable], TokenBucket]:
        allowance = self.limits.allowances.get(limit)
        if allowance is None:
            return {}
        buckets = {}
        for one in who:
            own = allowance.times(self.limits.people_per_address) if isinstance(one, Address) else allowance
            buckets[limit, one] = self._buckets.get((limit, one)) or TokenBucket(allowance=own)
        return buckets


def person(caller: Caller) -> list[Hashable]:
    """Return whom a caller's commands count for: the account and, if it is known, the address."""
    account = ("account", caller.member.space_id, caller.member.external_id)
    return [account, Address(caller.address)] if caller.address else [account]


def typist(adapter: str, space: str, account: str) -> list[Hashable]:
    """Return whom everything typed counts for, before anything else about them is looked up."""
    return [("typist", adapter, space, account)]


def channel(caller: Caller) -> list[Hashable]:
    """Return the caller's channel, as something to count for."""
    return [("channel", caller.space.id, caller.channel)]


def _rounded(wait: timedelta) -> timedelta:
    """Round up to whole seconds, or to whole minutes if it is more than two."""
    unit = _MINUTE if wait > 2 * _MINUTE else _SECOND
    return -(-wait // unit) * unit
