"""The words that people type for a time, days, a length of time, and yes or no.

Yes, no and weekdays are understood in English and in the language that is spoken.
"""

import re
import unicodedata
from datetime import time, timedelta

from bot.domain.errors import BadInput
from bot.domain.rounds import AnswerWith, Reveal
from bot.i18n import gettext as _
from bot.i18n import pgettext

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHORTEST_ROUND = timedelta(minutes=1)

_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?: ?(?P<half>[ap])\.?m\.?)?")
_SEVERAL_DAYS = {
    **dict.fromkeys(("daily", "all", "every"), range(7)),
    **dict.fromkeys(("weekday", "weekdays"), range(5)),
    **dict.fromkeys(("weekend", "weekends"), range(5, 7)),
}
_BETWEEN_DAYS = re.compile(r"[,、\s]+")
_DASH = re.compile(r"(?<!\s)\s*[-–]\s*")
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
"""Those of Latin letters; the signs that make other letters of kana or Devanagari aren't among them."""
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_YES, _NO = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off"})


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
    for word in filter(None, _BETWEEN_DAYS.split(_without_own_dashes(_DASH.sub("-", text.strip())))):
        first, dash, last = word.partition("-")
        if word in _SEVERAL_DAYS or word == _folded(_("daily")):
            days.update(_SEVERAL_DAYS.get(word, range(7)))
        elif dash:
            start, end = _weekday(first), _weekday(last)
            days.update((start + n) % 7 for n in range((end - start) % 7 + 1))
        else:
            days.add(_weekday(word))
    if not days:
        raise BadInput(_("Name at least one day, like mon,wed,fri."))
    return frozenset(days)


def weekday_name(weekday: int) -> str:
    """The name of a weekday; 0 is Monday."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[weekday]


def short_weekday(weekday: int) -> str:
    """The short name of a weekday, as in tables; 0 is Monday."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[weekday]


def _without_own_dashes(text: str) -> str:
    """Return a text in small letters and without accents, with ``seg`` for ``segunda-feira``: a dash is a range."""
    text = _folded(text)
    for day in range(7) if "-" in text else ():
        if "-" in (name := _folded(weekday_name(day))):
            text = text.replace(name, _folded(short_weekday(day)))
    return text


def _weekday(word: str) -> int:
    for day, name in enumerate(_FULL_DAYS):
        if word.startswith(WEEKDAYS[day]) and name.startswith(word):
            return day
    for day in range(7):
        short, name = _folded(short_weekday(day)).rstrip("."), _folded(weekday_name(day))
        if word.startswith(short) and name.startswith(word.rstrip(".")):
            return day
    raise BadInput(_("“{word}” isn't a day. Use mon, tue, wed, thu, fri, sat, sun.").format(word=word))


def _folded(text: str) -> str:
    """Return a text without what people leave out: capital letters and accents."""
    text = text.strip().casefold()
    return text if text.isascii() else unicodedata.normalize("NFKD", text).translate(_ACCENTS)


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
    """Write weekdays as ``mon,tue``, or ``daily``, for the program and its command line."""
    return "daily" if len(days) == 7 else ",".join(WEEKDAYS[day] for day in sorted(days))


def typed_days(days: frozenset[int]) -> str:
    """Write weekdays as the reader types them: ``mon,tue`` or ``daily``, and in German ``mo,di`` or ``täglich``."""
    if len(days) == 7:
        return _("daily")
    names = (_("mon"), _("tue"), _("wed"), _("thu"), _("fri"), _("sat"), _("sun"))
    return ",".join(names[day] for day in sorted(days))


def parse_yes(text: str) -> bool:
    """Whether a text agrees: ``yes`` or ``no``.

    Raises:
        BadInput: for anything else.
    """
    if not text.strip():
        return False
    if (said := switched(text)) is None:
        raise BadInput(_("“{text}” is neither yes nor no.").format(text=text[:40]))
    return said


def ticked(text: str) -> bool:
    """Whether an option is switched on, as a platform's own control or a person writes it; any other word means no."""
    return text == "1" or switched(text) is True


def switched(text: str) -> bool | None:
    """Whether a word means yes or on, or else no or off; None: it means neither."""
    word = _folded(text)
    if word in _YES or word in {_folded(_("yes")), _folded(pgettext("switch", "on"))}:
        return True
    if word in _NO or word in {_folded(_("no")), _folded(pgettext("switch", "off"))}:
        return False
    return None
