"""Streaks: how many days in a row somebody answered, counting only days that had a question.

A day ends a streak if a series of the league asked a question on it and the player answered none. Other days never do:
weekends of a series that asks from Monday to Friday, holidays, pauses, days when the bot was away. An answer on such a
day, to a quick question or to one that is still open, still counts. Quick questions never end a streak: nobody can
know when they come. A question that was withdrawn counts as if it had never been asked, and one whose result comes at
its close counts once it has closed.

Before a league's first series there is no timetable to follow: every day counts, as in a calendar.

Where a league wants it, the first missed day of each week (from Monday) is *frozen*: it neither counts nor ends a
streak. So with one question a week, no missed day ends a streak. A day that isn't over can't be frozen.
"""

from dataclasses import dataclass
from datetime import date

DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """How many days in a row somebody answered; ``frozen`` is the frozen day within the last week, if there is one."""

    days: int
    frozen: date | None = None


def unbroken(answered: int, asked: int) -> tuple[int, bool]:
    """Count answered days back from the last of some days, up to one that was missed.

    Args:
        answered: the days with an answer; the lowest bit is the last day, the next one the day before it.
        asked: the days with a question, in the same bits.

    Returns:
        How many days count, and whether none was missed, so that earlier days may count, too.
    """
    missed = asked & ~answered
    first_missed = missed & -missed
    return (answered & (first_missed - 1)).bit_count(), not missed


def first_missed_of_weeks(answered: int, asked: int, weekday: int) -> int:
    """Return the first missed day of each week, in bits as for `unbroken`.

    Args:
        answered: the days with an answer.
        asked: the days with a question. The days begin on a Monday, or a week would be seen in part.
        weekday: that of the last day; 0 is Monday.
    """
    missed, week, ends = asked & ~answered, (1 << weekday + 1) - 1, 0
    frozen = 0
    while missed >> ends:
        here = missed >> ends & week
        frozen |= 1 << here.bit_length() - 1 + ends if here else 0
        ends += week.bit_length()
        week = (1 << DAYS_OF_WEEK) - 1
    return frozen


def latest_within_a_week(frozen: int, answered: int, asked: int) -> tuple[int, int] | None:
    """Return how many days ago the latest frozen day of the last seven was, and how many answered days came after it.

    The bits are those of `unbroken`; None if the streak ended after that day, or there is no such day.
    """
    latest = frozen & -frozen
    newer = latest - 1
    if not latest or latest >> DAYS_OF_WEEK or asked & ~answered & ~frozen & newer:
        return None
    return latest.bit_length() - 1, (answered & newer).bit_count()
