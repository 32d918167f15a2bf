"""Series: the repeated asking of questions in one channel."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypedDict
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.errors import BadInput
from bot.domain.identity import SeriesId, SpaceId
from bot.domain.rounds import AnswerWith, Reveal
from bot.i18n import gettext as _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHORTEST_ROUND = timedelta(minutes=1)
_BEGINNING = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When a series asks: a local time on some weekdays (0 is Monday) in an IANA zone.

    Attributes:
        every: it asks every so many days, counted by local dates from ``anchor``.
        anchor: a date on which it asks; without one the days are counted from 1 January 1970.
        holidays: local dates on which it doesn't ask.
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
    """Whether the questions that a series hasn't asked yet last for the coming week."""

    ENOUGH = "enough"
    LOW = "low"
    USED_UP = "used up"
    """It repeats questions."""


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
    together: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A repeated asking in a channel; ``next_at`` is when it asks next, None while it is paused.

    Attributes:
        name: tells it from the channel's other series, case ignored.
        weights: the topics to draw from with the share of each, relative to the others; empty: any topic.
        difficulty: as `bot.domain.series_options.parse_difficulty` gives it.
        thread: whether each question gets a thread to talk about it.
        together: series of one league with the same word here ask the same question on the same local date.
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
    together: str | None = None
    next_at: datetime | None = None
    supply: Supply = Supply.ENOUGH

    def is_named(self, name: str | None) -> bool:
        """Whether it is the one that a name means; None means the one without a name."""
        return (self.name or "").casefold() == (name or "").casefold()

    @property
    def paused(self) -> bool:
        """Whether it waits to be resumed."""
        return self.next_at is None


def parse_time(text: str) -> time:
    """A local time from ``9:00`` or ``09:00``.

    Raises:
        BadInput: for anything else.
    """
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise BadInput(_("“{text}” isn't a time of day. Write it like 09:00 or 18:30.").format(text=text))
    return time(int(found[1]), int(found[2]))


def parse_zone(text: str) -> str:
    """The IANA name that ``text`` means, whatever its case.

    Raises:
        BadInput: when there is no such zone; cities are suggested.
    """
    known = {name.casefold(): name for name in available_timezones()}
    wanted = text.strip().replace(" ", "_").casefold()
    if wanted in known:
        return known[wanted]
    near = sorted(name for name in known.values() if wanted and wanted in name.casefold())[:3]
    if near:
        raise BadInput(_("“{text}” isn't a time zone. Did you mean {names}?").format(text=text, names=", ".join(near)))
    raise BadInput(_("“{text}” isn't a time zone. Write it like Europe/Berlin or UTC.").format(text=text))


def parse_days(text: str) -> frozenset[int]:
    """Weekdays from ``mon,tue`` (full names work too), a range like ``mon-fri``, or ``daily``.

    Raises:
        BadInput: for a word that is no weekday.
    """
    days: set[int] = set()
    joined = re.sub(r"(?<!\s)\s*[-–]\s*", "-", text.strip().casefold())
    for word in filter(None, re.split(r"[,\s]+", joined)):
        first, dash, last = word.partition("-")
        if word in {"daily", "all", "every"}:
            days.update(range(7))
        elif dash:
            start, end = _weekday(first), _weekday(last)
            days.update((start + n) % 7 for n in range((end - start) % 7 + 1))
        else:
            days.add(_weekday(word))
    if not days:
        raise BadInput(_("Name at least one day, like mon,wed,fri."))
    return frozenset(days)


def _weekday(word: str) -> int:
    if len(word) >= 3 and word[:3] in WEEKDAYS and _FULL_DAYS[WEEKDAYS.index(word[:3])].startswith(word):
        return WEEKDAYS.index(word[:3])
    raise BadInput(_("“{word}” isn't a day. Use mon, tue, wed, thu, fri, sat, sun.").format(word=word))


_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def parse_duration(text: str) -> timedelta:
    """How long a round stays open, from ``30m``, ``8h`` or ``1d``.

    Raises:
        BadInput: for anything else, for less than a minute and for more than 366 days.
    """
    found = re.fullmatch(r"(\d{1,6})\s*([mhd])", text.strip().casefold())
    duration = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta()
    if not SHORTEST_ROUND <= duration <= timedelta(days=366):
        raise BadInput(_("“{text}” isn't a length of time. Write it like 30m, 8h or 1d.").format(text=text))
    return duration


def parse_answer_with(text: str) -> AnswerWith:
    """``buttons`` or ``reactions``.

    Raises:
        BadInput: for anything else.
    """
    try:
        return AnswerWith(text.strip().casefold())
    except ValueError:
        raise BadInput(_("People answer with “buttons” or “reactions”, not “{text}”.").format(text=text)) from None


def parse_reveal(text: str, answer_with: AnswerWith) -> Reveal:
    """``on_answer`` or ``at_close``; an empty text gives the default.

    With reactions it is always ``at_close``: a reaction can have no private reply.

    Raises:
        BadInput: for anything else.
    """
    try:
        reveal = Reveal(text.strip().casefold() or Reveal.ON_ANSWER)
    except ValueError:
        raise BadInput(_("Results are revealed “on_answer” or “at_close”, not “{text}”.").format(text=text)) from None
    return Reveal.AT_CLOSE if answer_with is AnswerWith.REACTIONS else reveal


def describe_days(days: frozenset[int]) -> str:
    """The weekdays as ``mon,tue``, or ``daily``."""
    return "daily" if len(days) == 7 else ",".join(WEEKDAYS[day] for day in sorted(days))


def due_date(timetable: Timetable, moment: datetime) -> date:
    """The local date whose question a moment of the timetable asks.

    That is the moment's own date, but the one before where clocks went over the timetable's time into the next day.
    """
    shown = local(moment, timetable.zone)
    return shown.date() if shown.time() >= timetable.at else shown.date() - timedelta(days=1)


def local(moment: datetime, zone: str) -> datetime:
    """The moment as a clock on the wall of ``zone`` shows it."""
    return moment.astimezone(ZoneInfo(zone))
