"""Keeps people from doing too much at once. What they did lately is kept in this process's memory alone."""

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
"""Buckets. Beyond that, those unused for the longest are dropped, as if nothing had been taken from them."""

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)


for _limit in (*Limit, "open_questions"):
    metrics.limited.labels(str(_limit))  # so that each stands in the metrics from the start, as 0


class Limited(Busy):
    """Somebody did too much at once."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where several people may connect from, such as a whole class: together they may do what several people may."""

    name: str


class Limiter:
    """The limits, and how much of them is used up."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self.limits = limits
        self._clock = clock
        self._buckets: LRUCache[tuple[Limit, Hashable], TokenBucket] = LRUCache(_KEPT)

    @contextmanager
    def within(self, limit: Limit | None, who: Sequence[Hashable], number: int = 1) -> Iterator[None]:
        """Count what is done inside against a limit, for each of ``who``; what people are told went wrong is free.

        Without a limit nothing is counted.

        Raises:
            Limited: it is too much for one of them, with when to try again; nothing was done or counted.
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
            Limited: it is too much for one of them, with when to try again; nothing was counted.
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
        """Don't count what was counted."""
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
    """Whom a caller's commands are counted for: the account, and all accounts of the address where that is known."""
    account = ("account", caller.member.space_id, caller.member.external_id)
    return [account, Address(caller.address)] if caller.address else [account]


def channel(caller: Caller) -> list[Hashable]:
    """The channel in which somebody calls."""
    return [("channel", caller.space.id, caller.channel)]


def _rounded(wait: timedelta) -> timedelta:
    """Up to whole seconds, and to whole minutes from two on."""
    unit = _MINUTE if wait > 2 * _MINUTE else _SECOND
    return -(-wait // unit) * unit
