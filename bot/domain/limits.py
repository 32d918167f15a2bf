"""How much one person, channel or address may do at once, and how soon more."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.domain.errors import BadInput
from bot.i18n import gettext as _

OFF = "off"
"""How a limit that doesn't hold is written."""

_WRITTEN = re.compile(r"([1-9]\d{0,5})/([1-9]\d{0,4})([smh])")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}


class Limit(StrEnum):
    """What is limited; each has a setting ``QUIZBOT_LIMIT_…`` of its name."""

    ASKS = "asks"
    """Questions that one person asks for."""
    CHANNEL_ASKS = "channel_asks"
    """Questions for everybody that are asked for in one channel."""
    TEAMS = "teams"
    """Teams that one person founds."""
    CODES = "codes"
    """Codes that one person is given, or types in."""
    WRONG_CODES = "wrong_codes"
    """Wrong codes that one person types."""
    CHANGES = "changes"
    """Everything else that one person stores with a command."""
    MESSAGES = "messages"
    """What one member of the web room types into the message box."""
    JOINS = "joins"
    """People who join the web room from one address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """So many at once; whoever used them up gets one more ``every`` so often."""

    at_once: int
    every: timedelta

    @property
    def whole(self) -> timedelta:
        """How long it takes until somebody who used everything up has all of it again."""
        return self.at_once * self.every

    def times(self, people: int) -> Self:
        """What several people may do together."""
        return replace(self, at_once=self.at_once * people, every=self.every / people)


def parse_allowance(written: str) -> Allowance | None:
    """Read ``5/30s``: five at once, then one every 30 seconds (``s``, ``m`` or ``h``); None for ``off``.

    Raises:
        BadInput: it is written in another way.
    """
    if written == OFF:
        return None
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise BadInput(_("write it like 5/30s (five at once, then one every 30 seconds; s, m or h), or off"))
    return Allowance(at_once=int(found[1]), every=int(found[2]) * _UNITS[found[3]])


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenBucket:
    """What is left of an allowance.

    Kept as the moment at which all of it is there again, so that it needs no counting while nothing happens.
    """

    allowance: Allowance
    full_at: datetime = _LONG_AGO

    def take(self, number: int, now: datetime) -> Self | None:
        """The bucket without ``number`` tokens; None where it doesn't hold as many.

        More than the bucket ever holds takes all that it holds.
        """
        return None if self.wait(number, now) else replace(self, full_at=self._after(number, now))

    def wait(self, number: int, now: datetime) -> timedelta:
        """How long it takes until it holds ``number`` tokens; zero where it does."""
        return max(self._after(number, now) - now - self.allowance.whole, timedelta())

    def give_back(self, number: int) -> Self:
        """The bucket with tokens that were taken and not used."""
        return replace(self, full_at=self.full_at - self._cost(number))

    def _after(self, number: int, now: datetime) -> datetime:
        """When it would be full again without ``number`` more; a clock that was set back makes nobody wait longer."""
        return min(max(self.full_at, now), now + self.allowance.whole) + self._cost(number)

    def _cost(self, number: int) -> timedelta:
        return min(number, self.allowance.at_once) * self.allowance.every


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All limits as they are set.

    Attributes:
        allowances: how much of each; what isn't there isn't limited.
        people_per_address: as much as so many people may do, all people of one address may do together.
        codes_held: how many codes for one purpose a person, or a space that invites, has at a time.
        open_questions: how many questions for everybody may be open in a channel that somebody asked for.
    """

    allowances: Mapping[Limit, Allowance] = field(default_factory=dict)
    people_per_address: int
    codes_held: int
    open_questions: int
