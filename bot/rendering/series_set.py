"""The reply to a host who has set a daily question: one sentence, and what they should know about it."""

from datetime import datetime, timedelta

from bot.domain.clocks import Upcoming
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.series import Series, Timetable, local
from bot.domain.series_options import describe_holidays
from bot.domain.typed import Typed
from bot.domain.views import MessageView
from bot.domain.words import weekday_name
from bot.domain.zones import is_fixed, zone_words
from bot.i18n import gettext as _
from bot.i18n import ngettext, pgettext
from bot.rendering.series import chosen, clock_words
from bot.rendering.words import listed, literal, side_by_side

_EVERY_DAY = 7
_WORKING_DAYS = frozenset(range(5))


def series_set(
    series: Series, coming: Upcoming, left_out: int, now: datetime, *, preview: Typed, for_teams: bool
) -> MessageView:
    """When a new series asks, and which of its options differ from the usual ones.

    Args:
        series: the new series.
        coming: its first postings.
        left_out: how many questions it doesn't ask because of how it asks.
        now: the current time.
        preview: the command that shows all of its dates and times.
        for_teams: whether its results come at the close only because the league has teams.
    """
    name = f"{literal(series.name)}: " if series.name else ""
    lines = [
        name + _sentence(series.timetable, coming.moments[0], now),
        _chosen(series),
        _for_teams() if for_teams else "",
        clock_words(series.timetable, coming) if _moves_soon(coming) else "",
        _not_asked(series, left_out),
    ]
    return MessageView(
        title=_("The daily question is set"),
        text="\n\n".join(filter(None, lines)),
        footer=_("All dates and times: {command}").format(command=preview),
    )


def _sentence(timetable: Timetable, first: datetime, now: datetime) -> str:
    shown, today = local(first, timetable.zone), local(now, timetable.zone).date()
    if shown.date() == today:
        text = _("{days} at {time} {clock}, starting today, {day}.")
    elif shown.date() == today + timedelta(days=1):
        text = _("{days} at {time} {clock}, starting tomorrow, {day}.")
    else:
        text = _("{days} at {time} {clock}, starting on {day}.")
    return text.format(
        days=_days(timetable), time=f"{timetable.at:%H:%M}", clock=_clock(timetable.zone), day=_date(shown)
    )


def _date(day: datetime) -> str:
    first = pgettext("first of a month", "{weekday} {day} {month}")
    text = first if day.day == 1 else _("{weekday} {day} {month}")
    return text.format(weekday=weekday_name(day.weekday()), day=day.day, month=_month(day))


def _month(day: datetime) -> str:
    months = (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August")),
        *(_("September"), _("October"), _("November"), _("December")),
    )
    return months[day.month - 1]


def _days(timetable: Timetable) -> str:
    if timetable.every > 1:
        return _("Every {number} days").format(number=timetable.every)
    if len(timetable.days) == _EVERY_DAY:
        return _("Every day")
    if timetable.days == _WORKING_DAYS:
        return _("Monday to Friday")
    return _("Every {day}").format(day=listed([weekday_name(day) for day in sorted(timetable.days)]))


def _clock(zone: str) -> str:
    """Whose clock it is: that of the city that names the zone, or UTC's."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return zone_words(zone) if is_fixed(zone) or "/" not in zone else _("{city} time").format(city=city)


def _chosen(series: Series) -> str:
    """The options of the series that differ from the usual ones."""
    parts = chosen(series)
    if series.answer_with is AnswerWith.REACTIONS:
        parts.insert(0, _("answered with reactions"))
    elif series.reveal is Reveal.AT_CLOSE:
        parts.insert(0, _("result at the close"))
    if series.timetable.holidays:
        parts.append(_("not on {days}").format(days=describe_holidays(series.timetable.holidays)))
    return _("Options: {parts}.").format(parts=side_by_side(parts)) if parts else ""


def _for_teams() -> str:
    return _(
        "People learn the result when the question closes, because your league has teams and the first to answer "
        "could tell the others. To tell everybody at once, add {option}."
    ).format(option="`reveal=on_answer`")


def _moves_soon(coming: Upcoming) -> bool:
    return coming.moved is not None and coming.moved <= coming.moments[-1]


def _not_asked(series: Series, left_out: int) -> str:
    if not left_out:
        return ""
    if series.answer_with is AnswerWith.REACTIONS:
        text = ngettext(
            "This series leaves out {number} question: it can't be answered with a reaction.",
            "This series leaves out {number} questions: they can't be answered with reactions.",
            left_out,
        )
    else:
        text = ngettext(
            "This series leaves out {number} card: its back is too long to be typed. With cards=yes it is asked, too.",
            "This series leaves out {number} cards: their backs are too long to be typed. With cards=yes they are "
            "asked, too.",
            left_out,
        )
    return text.format(number=left_out)
