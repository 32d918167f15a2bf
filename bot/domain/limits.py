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
"""The word for no limit."""

_WRITTEN = re.compile(r"([1-9]\d{0,5})/([1-9]\d{0,4})([smh])")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}


class Limit(StrEnum):
    """What is limited; each has a setting ``QUIZBOT_LIMIT_…`` with its name."""

    ASKS = "asks"
    """Questions that one person asks for, also out of turn in a series."""
    CHANNEL_ASKS = "channel_asks"
    """Questions for everybody that are asked for in one channel."""
    TEAMS = "teams"
    """Teams that one person creates."""
    CODES = "codes"
    """Codes that one person asks for or types."""
    WRONG_CODES = "wrong_codes"
    """Wrong codes that one person types."""
    CHANGES = "changes"
    """Everything else that one person stores with a command."""
    MESSAGES = "messages"
    """Commands that one person types, including those that fail or are refused."""
    FORMS = "forms"
    """Forms that one person opens to type an answer, where a platform allows everybody together only so many."""
    SUGGESTIONS = "suggestions"
    """Questions that one person suggests."""
    PREVIEWS = "previews"
    """Previews of a question that one person gets while writing it."""
    JOINS = "joins"
    """People who join the web room from one address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A number of actions allowed at once; after that, one more each time ``every`` has passed."""

    at_once: int
    every: timedelta

    @property
    def whole(self) -> timedelta:
        """The time until a used-up allowance is whole again."""
        return self.at_once * self.every

    def times(self, people: int) -> Self:
        """Return the allowance that several people share."""
        return replace(self, at_once=self.at_once * people, every=self.every / people)


def parse_allowance(written: str) -> Allowance | None:
    """Read ``5/30s``: five at once, then one every 30 seconds (``s``, ``m`` or ``h``); None for ``off``.

    Raises:
        BadInput: the text has another form.
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

    It stores the moment at which the allowance is whole again, so that nothing has to be counted in between.
    """

    allowance: Allowance
    full_at: datetime = _LONG_AGO

    def take(self, number: int, now: datetime) -> Self | None:
        """Return the bucket without ``number`` tokens; None if it doesn't hold that many now.

        Taking more than the bucket can ever hold takes all that it can hold.
        """
        return None if self.wait(number, now) else replace(self, full_at=self._after(number, now))

    def wait(self, number: int, now: datetime) -> timedelta:
        """Return how long it takes until the bucket holds ``number`` tokens; zero if it does now."""
        return max(self._after(number, now) - now - self.allowance.whole, timedelta())

    def give_back(self, number: int) -> Self:
        """Return the bucket with ``number`` unused tokens put back."""
        return replace(self, full_at=self.full_at - self._cost(number))

    def _after(self, number: int, now: datetime) -> datetime:
        """When the bucket is full again if ``number`` are taken; a clock that is set back makes nobody wait longer."""
        return min(max(self.full_at, now), now + self.allowance.whole) + self._cost(number)

    def _cost(self, number: int) -> timedelta:
        return min(number, self.allowance.at_once) * self.allowance.every


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All limits as they are set.

    Attributes:
        allowances: the allowance of each limit; a limit without one doesn't apply.
        people_per_address: how many people's allowances the people at one address share.
        codes_held: how many valid codes for one purpose a person, or a space that invites, may have.
        open_questions: how many public questions that people asked for may be open in a channel.
        waiting_suggestions: how many suggested questions may wait for the hosts of a space.
    """

    allowances: Mapping[Limit, Allowance] = field(default_factory=dict)
    people_per_address: int
    codes_held: int
    open_questions: int
    waiting_suggestions: int
