"""Streaks in words."""

from bot.domain.streaks import Streak
from bot.domain.words import weekday_name
from bot.i18n import ngettext
from bot.rendering.words import days_in_a_row


def streak_in_words(streak: Streak) -> str:
    """The days in a row, and which day was frozen lately."""
    if streak.frozen is None:
        return days_in_a_row(streak.days)
    return ngettext(
        "{number} day in a row, 🧊 frozen on {weekday}", "{number} days in a row, 🧊 frozen on {weekday}", streak.days
    ).format(number=streak.days, weekday=weekday_name(streak.frozen.weekday()))
