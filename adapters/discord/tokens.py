"""Interaction tokens: only with one can the bot speak privately to a member. Each works for 15 minutes."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import TypeVar

from adapters.discord.inbound import Origin

K = TypeVar("K")

LAST = timedelta(minutes=14, seconds=30)
"""How long a token is used: a little less than Discord allows, because messages take time to arrive."""


class Tokens:
    """The newest token of each member in each channel, and the token behind each private message."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Origin] = OrderedDict()
        self._posted: OrderedDict[str, Origin] = OrderedDict()

    def remember(self, who: Origin) -> None:
        """Remember an interaction's token."""
        key = who.channel, who.user
        self._kept[key] = who
        self._kept.move_to_end(key)
        _drop_old(self._kept, who.at)

    def of(self, channel: str, user: str, now: datetime) -> Origin | None:
        """Return the interaction that lets the bot speak to a member now, if any."""
        return _alive(self._kept.get((channel, user)), now)

    def posted(self, message_ref: str, who: Origin) -> None:
        """Remember which interaction a private message replied to."""
        self._posted[message_ref] = who
        _drop_old(self._posted, who.at)

    def behind(self, message_ref: str, now: datetime) -> Origin | None:
        """Return the interaction that lets the bot edit a private message now, if any."""
        return _alive(self._posted.get(message_ref), now)


def _alive(who: Origin | None, now: datetime) -> Origin | None:
    return who if who is not None and now < who.at + LAST else None


def _drop_old(kept: OrderedDict[K, Origin], now: datetime) -> None:
    while kept and not _alive(next(iter(kept.values())), now):
        kept.popitem(last=False)
