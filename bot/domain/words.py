"""The words that people type for a time, days, a length of time, and yes or no."""

import re
from datetime import time, timedelta

from bot.domain.errors import BadInput
from bot.domain.rounds import AnswerWith, Reveal
from bot.i18n import gettext as _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHORTEST_ROUND = timedelta(minutes=1)

_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?: ?(?P<half>[ap])\.?m\.?)?")
_SEVERAL_DAYS = {
    **dict.fromkeys(("daily", "all", "every"), range(7)),
    **dict.fromkeys(("weekday", "weekdays"), range(5)),
    **dict.fromkeys(("weekend", "weekends"), range(5, 7)),
}
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_YES, _NO = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off", ""})


def parse_time(text: str) -> time:
    """Parse a local time such as ``9:00``, ``09:00``, ``9am`` or ``9:30 pm``.

    Raises:
        BadInput: for anything else.
    """
    found = _TIME.fullmatch(text.strip().casefold())
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (24, 0)
    if found and found["half"]:
        hour = hour % 12 + (12 if found["half"] == "p" else 0) if 1 <= hour <= 12 else 24
    if not found or hour > 23 or minute > 59 or not (found["minute"] or found["half"]):
        raise BadInput(_("“{text}” isn't a time of day. Write it like 09:00 or 18:30.").format(text=text))
    return time(hour, minute)


def parse_days(text: str) -> frozenset[int]:
    """Parse weekdays such as ``mon,tue`` (full names work too), ``mon-fri``, ``weekdays``, ``weekends`` or ``daily``.

    Raises:
        BadInput: for a word that isn't a day.
    """
    days: set[int] = set()
    joined = re.sub(r"(?<!\s)\s*[-–]\s*", "-", text.strip().casefold())
    for word in filter(None, re.split(r"[,\s]+", joined)):
        first, dash, last = word.partition("-")
        if word in _SEVERAL_DAYS:
            days.update(_SEVERAL_DAYS[word])
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


def parse_duration(text: str) -> timedelta:
    """Parse how long a round stays open, such as ``30m``, ``8h`` or ``1d``.

    Raises:
        BadInput: for anything else, for less than a minute and for more than 366 days.
    """
    found = re.fullmatch(r"(\d{1,6})\s*([mhd])", text.strip().casefold())
    duration = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta()
    if not SHORTEST_ROUND <= duration <= timedelta(days=366):
        raise BadInput(_("“{text}” isn't a length of time. Write it like 30m, 8h or 1d.").format(text=text))
    return duration


def describe_duration(duration: timedelta) -> str:
    """Write a length of whole minutes as `parse_duration` reads it, in the largest unit that says it exactly."""
    for sign in ("d", "h"):
        number, rest = divmod(duration, timedelta(**{_UNITS[sign]: 1}))
        if not rest:
            return f"{number}{sign}"
    return f"{duration // timedelta(minutes=1)}m"


def parse_answer_with(text: str) -> AnswerWith:
    """Parse ``buttons`` or ``reactions``.

    Raises:
        BadInput: for anything else.
    """
    try:
        return AnswerWith(text.strip().casefold())
    except ValueError:
        raise BadInput(_("People answer with “buttons” or “reactions”, not “{text}”.").format(text=text)) from None


def parse_reveal(text: str, answer_with: AnswerWith) -> Reveal:
    """Parse ``on_answer`` or ``at_close``; an empty text gives the default.

    With reactions it is always ``at_close``, because a reaction can't get a private reply.

    Raises:
        BadInput: for anything else.
    """
    try:
        reveal = Reveal(text.strip().casefold() or Reveal.ON_ANSWER)
    except ValueError:
        raise BadInput(_("Results are revealed “on_answer” or “at_close”, not “{text}”.").format(text=text)) from None
    return Reveal.AT_CLOSE if answer_with is AnswerWith.REACTIONS else reveal


def describe_days(days: frozenset[int]) -> str:
    """Write weekdays as ``mon,tue``, or ``daily``."""
    return "daily" if len(days) == 7 else ",".join(WEEKDAYS[day] for day in sorted(days))


def parse_yes(text: str) -> bool:
    """Whether a text agrees: ``yes`` or ``no``.

    Raises:
        BadInput: for anything else.
    """
    word = text.strip().casefold()
    if word not in _YES | _NO:
        raise BadInput(_("“{text}” is neither yes nor no.").format(text=text[:40]))
    return word in _YES


def ticked(text: str) -> bool:
    """Whether an option is switched on, as a platform's own control or a person writes it; any other word means no."""
    return text.casefold() in _YES | {"1"}
