"""Streaks: how many days in a row somebody answered, counting only days that had a question.

A day ends a streak if a series of the league asked a question on it and the player answered none. Other days never do:
weekends of a series that asks from Monday to Friday, holidays, pauses, days when the bot was away. An answer on such a
day, to a quick question or to one that is still open, still counts. Quick questions never end a streak: nobody can
know when they come. A question that was withdrawn counts as if it had never been asked, and one whose result comes at
its close counts once it has closed.

Before a league's first series there is no timetable to follow: every day counts, as in a calendar.
"""


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
