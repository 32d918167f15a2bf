"""Live quiz nights: what happens next in one, given what was asked, what was answered, and the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.domain.identity import NightId, RoundId, SpaceId

QUESTIONS, COUNTS = 10, (1, 50)
SECONDS, PACES = 30, (10, 300)
PAUSE = timedelta(seconds=5)
"""How long people have to read a result before the next question comes."""
READABLE = timedelta(seconds=5)
"""A question stays open at least this long, even if everybody has answered."""
FEWEST_TO_HURRY = 2
"""A question closes early only if this many have answered it: with one fast player, all others may still be reading."""
UNANSWERED = 2
"""After so many questions in a row without an answer, everybody has left."""
TOO_LONG = timedelta(minutes=15)
"""After a standstill of this length, such as one of the bot itself, nobody is waiting for the next question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One quiz night in one channel.

    Attributes:
        count: how many questions it asks.
        seconds: how long each question is open.
        bank: the name of the bank that it draws from; None: all of the space's.
        speed: whether quick right answers earn a bonus.
        stops: whether a host has stopped it, so that it ends once its open question has closed.
        ended_at: None while it goes on.
    """

    id: NightId
    space_id: SpaceId
    channel: str
    count: int
    seconds: int
    bank: str | None = None
    topic: str | None = None
    started_at: datetime
    speed: bool = False
    stops: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of a night: when it was open, and how many answered it."""

    round_id: RoundId
    opened_at: datetime
    closed_at: datetime | None
    answered: int


class Step(Enum):
    """What happens next."""

    WAIT = auto()
    CLOSE = auto()
    ASK = auto()
    END = auto()


def next_step(night: Night, asked: Sequence[Asked], missing: int | None, now: datetime) -> Step:
    """Return what happens next in a night that hasn't ended.

    Args:
        night: the night.
        asked: its questions so far, in their order; only the last one may be open, and its time is kept elsewhere.
        missing: how many of those who answered an earlier question haven't answered the open one; None if nobody has
            answered an earlier one, or none is open.
        now: the moment.
    """
    last = asked[-1] if asked else None
    if last is not None and last.closed_at is None:
        all_answered = missing == 0 and last.answered >= FEWEST_TO_HURRY
        return Step.CLOSE if all_answered and now >= last.opened_at + READABLE else Step.WAIT
    since = night.started_at if last is None or last.closed_at is None else last.closed_at
    stood_since = since if last is None else min(since, last.opened_at + timedelta(seconds=night.seconds))
    if night.stops or len(asked) >= night.count or everybody_left(asked) or now - stood_since > TOO_LONG:
        return Step.END
    return Step.ASK if last is None or now >= since + PAUSE else Step.WAIT


def everybody_left(asked: Sequence[Asked]) -> bool:
    """Whether the last questions, all closed, had no answer."""
    latest = asked[-UNANSWERED:]
    return len(latest) == UNANSWERED and not any(one.answered for one in latest)
