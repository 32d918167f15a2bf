"""Series: the repeated asking of questions in one channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypedDict
from zoneinfo import ZoneInfo

from bot.domain.identity import SeriesId, SpaceId
from bot.domain.rounds import AnswerWith, Reveal

HERE = "here"
"""The mention of everybody in the channel who is online."""

_BEGINNING = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When a series asks: a local time on some weekdays (0 is Monday) in an IANA zone.

    Attributes:
        every: the number of days between questions, counted by local dates from ``anchor``.
        anchor: a date with a question; None: days are counted from 1 January 1970.
        holidays: local dates without a question.
    """

    at: time
    zone: str
    days: frozenset[int] = frozenset(range(7))
    every: int = 1
    anchor: date | None = None
    holidays: frozenset[date] = frozenset()

    def asks_on(self, day: date) -> bool:
        """Whether a local date has a question."""
        counted = (day - (self.anchor or _BEGINNING)).days % self.every == 0
        return counted and day.weekday() in self.days and day not in self.holidays


class Supply(StrEnum):
    """Whether a series has enough fresh questions for the next week."""

    ENOUGH = "enough"
    LOW = "low"
    USED_UP = "used up"
    """The series repeats questions."""


class Options(TypedDict, total=False):
    """How a series asks, apart from its timetable; see `Series`."""

    name: str | None
    bank: str | None
    topic: str | None
    weights: Mapping[str, int]
    difficulty: str | None
    answer_with: AnswerWith
    reveal: Reveal
    close_after: timedelta | None
    thread: bool
    quiet: bool
    together: str | None
    cards: bool
    mention: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A question asked again and again in a channel; ``next_at`` is when it asks next, None while paused.

    Attributes:
        name: distinguishes it from the channel's other series, case ignored.
        weights: each topic's share, relative to the others; empty: any topic.
        difficulty: as `bot.domain.series_options.parse_difficulty` gives it.
        thread: whether each question gets a thread for discussion.
        quiet: whether results stay in their questions' threads, on platforms that put them there.
        together: series of one league with the same word here ask the same question on the same local date.
        cards: whether it also asks cards whose back is too long to be typed; they aren't scored.
        mention: whom each question calls: `HERE`, or a group of the platform as ``&`` and its id; empty: nobody.
        set_by: the account of the host who set it up; empty if unknown, or set up on the command line.
    """

    id: SeriesId
    space_id: SpaceId
    channel: str
    timetable: Timetable
    name: str | None = None
    bank: str | None = None
    topic: str | None = None
    weights: Mapping[str, int] = field(default_factory=dict, hash=False)
    difficulty: str | None = None
    answer_with: AnswerWith = AnswerWith.BUTTONS
    reveal: Reveal = Reveal.ON_ANSWER
    close_after: timedelta | None = None
    thread: bool = False
    quiet: bool = False
    together: str | None = None
    cards: bool = False
    mention: str = ""
    next_at: datetime | None = None
    supply: Supply = Supply.ENOUGH
    set_by: str = ""

    def is_named(self, name: str | None) -> bool:
        """Whether this series has the given name; None stands for the series without a name."""
        return (self.name or "").casefold() == (name or "").casefold()

    @property
    def paused(self) -> bool:
        """Whether the series is paused."""
        return self.next_at is None


def due_date(timetable: Timetable, moment: datetime) -> date:
    """Return the local date whose question is asked at a moment of the timetable.

    That is the moment's own date, or the day before if a clock change skipped the time into the next day.
    """
    shown = local(moment, timetable.zone)
    return shown.date() if shown.time() >= timetable.at else shown.date() - timedelta(days=1)


def local(moment: datetime, zone: str) -> datetime:
    """Convert a moment to the local time of ``zone``."""
    return moment.astimezone(ZoneInfo(zone))
