"""Messages about series: what is set, when it asks, and what was missed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.domain.clocks import Upcoming, offset, yearly_offsets
from bot.domain.identity import SeriesId
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.series import HERE, Series, Timetable, local
from bot.domain.series_options import describe_holidays, describe_shares
from bot.domain.typed import Mention, Typed, typed
from bot.domain.views import Caution, MessageView, Table
from bot.domain.words import short_weekday, typed_days
from bot.domain.zones import is_fixed, zone_words
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.words import literal, side_by_side, span

EXAMPLE = typed("daily set", time="09:00", zone="Europe/Berlin")
"""An example of the command that sets a daily question."""


def no_question_ready() -> MessageView:
    """The public message when no question is ready."""
    text = _("No question is ready today. A host can import some: {command}")
    return MessageView(text=text.format(command=typed("bank import")))


def all_questions_open() -> MessageView:
    """The public message when every question of a series is open in its channel already."""
    return MessageView(text=_("Today's question is already open here, and no other one is ready."))


def questions_skipped(series: Series, missed: Sequence[datetime]) -> MessageView:
    """A notice to the hosts about questions that were skipped because the bot was away for too long."""
    first, last = (_moment(local(due, series.timetable.zone)) for due in (missed[0], missed[-1]))
    if len(missed) == 1:
        text = _("The question for {first} was skipped: I was away for too long.").format(first=first)
    else:
        text = _("{number} questions, from {first} to {last}, were skipped: I was away.").format(
            number=len(missed), first=first, last=last
        )
    again = _("{command}, typed in its channel, asks one at once.").format(command=typed("daily now"))
    return MessageView(text=f"{text} {again}", footer=_("Series: {series}").format(series=_which(series)))


def questions_low(series: Series, left: int, postings: int) -> MessageView:
    """A notice to the hosts about a series whose fresh questions won't last for the next week."""
    text = ngettext(
        "Only {left} question is left that hasn't been asked here, and the next seven days need {postings}.",
        "Only {left} questions are left that haven't been asked here, and the next seven days need {postings}.",
        left,
    ).format(left=left, postings=postings)
    return _on_supply(series, _("The daily question is running low"), text)


def questions_used_up(series: Series) -> MessageView:
    """A notice to the hosts about a series that starts to repeat questions."""
    text = _("This series has asked all its questions. It now starts again with the oldest.")
    return _on_supply(series, _("The daily question is starting to repeat"), text)


def _on_supply(series: Series, title: str, text: str) -> MessageView:
    return MessageView(
        title=title,
        text=f"{text} " + _("To add more, use {command}.").format(command=typed("bank import")),
        footer=_("Series: {series}").format(series=_which(series)),
    )


def _which(series: Series) -> str:
    """Name a series for readers who don't see its channel."""
    asks = f"{series.timetable.at:%H:%M} {zone_words(series.timetable.zone)}"
    return f"{literal(series.name)}, {asks}" if series.name else asks


def series_list(
    series: Sequence[Series], pauses: Mapping[SeriesId, date], set_by: Mapping[SeriesId, Mention]
) -> MessageView:
    """The series of a channel, and when each asks next.

    ``pauses`` has those that resume by themselves, and ``set_by`` the hosts who set them up, as far as known.
    """
    if not series:
        return MessageView(text=_("No daily question here yet. Set one: {command}").format(command=EXAMPLE))
    told = ((describe(one, pauses.get(one.id)), _set_by(set_by.get(one.id))) for one in series)
    lines = ["- " + side_by_side(filter(None, parts)) for parts in told]
    return MessageView(title=_("Daily questions here"), text="\n".join(lines))


def _set_by(host: Mention | None) -> str:
    return "" if host is None else _("set up by {host}").format(host=host)


def stopping(series: Sequence[Series]) -> Caution:
    """What happens if these series stop."""
    lines = "\n".join(f"- {_which(one)}" for one in series)
    what = ngettext(
        "This daily question won't be asked any more. If it is open, it closes now. Points and past questions stay.",
        "These daily questions won't be asked any more. Open ones close now. Points and past questions stay.",
        len(series),
    )
    title = ngettext("Stop the daily question?", "Stop the daily questions?", len(series))
    return Caution(title=title, text=f"{lines}\n\n{what}", yes=ngettext("Stop it", "Stop them", len(series)))


def series_previewed(timetable: Timetable, coming: Upcoming, command: Typed) -> MessageView:
    """When a series would ask, and the ``command`` that would set it."""
    return MessageView(
        title=_("Nothing is set yet"),
        text=clock_words(timetable, coming),
        table=_postings(timetable, coming, _("It would come at")),
        footer=_("Set it: {command}").format(command=f"`{command}`"),
    )


def _postings(timetable: Timetable, coming: Upcoming, title: str) -> Table:
    zone = timetable.zone
    rows = tuple((_moment(local(m, zone)), _moment(m), clock_name(zone, m)) for m in coming.moments)
    return Table(title=title, columns=(zone_words(zone), "UTC", _("Clock")), rows=rows)


def _moment(moment: datetime) -> str:
    return f"{_day(moment)} {moment:%H:%M}"


def _day(moment: datetime) -> str:
    return f"{short_weekday(moment.weekday())} {moment:%Y-%m-%d}"


def clock_name(zone: str, moment: datetime) -> str:
    """The name of the zone's time at a moment, and its offset from UTC: ``CET, UTC+01:00``."""
    shown = local(moment, zone)
    ahead = f"UTC{shown.isoformat()[-6:]}" if offset(zone, moment) else "UTC"
    name = shown.strftime("%Z")
    return ahead if name[:1] in "+-" or name == ahead else f"{name}, {ahead}"


def clock_words(timetable: Timetable, coming: Upcoming) -> str:
    """A note on how the zone differs from UTC, and when a clock change moves the question in UTC; empty if neither.

    A zone that is named by its distance from UTC needs no note.
    """
    zone, first = timetable.zone, coming.moments[0]
    winter, summer = yearly_offsets(zone, first.year)
    now = offset(zone, first)
    if is_fixed(zone) or not (winter or summer or now or coming.moved):
        return ""
    if winter == summer:
        clock = _differs(zone, now)
    elif winter:
        clock = f"{_differs(zone, winter)} {_in_summer(summer)}"
    else:
        clock = _("{zone} isn't UTC: in summer its clock is {length} ahead.").format(zone=zone, length=_length(summer))
    return f"{clock} {_moved(timetable, first, coming.moved)}" if coming.moved else clock


def _moved(timetable: Timetable, first: datetime, moved: datetime) -> str:
    zone = timetable.zone
    before, after = (
        (datetime.combine(first.date(), timetable.at) - offset(zone, moment)).time() for moment in (first, moved)
    )
    return _("The question stays at {at} on {city}'s clock; in UTC it moves from {before} to {after} on {day}.").format(
        at=f"{timetable.at:%H:%M}",
        city=zone.rpartition("/")[2].replace("_", " "),
        before=f"{before:%H:%M}",
        after=f"{after:%H:%M}",
        day=_day(local(moved, zone)),
    )


def _differs(zone: str, by: timedelta) -> str:
    if not by:
        return _("{zone} isn't UTC, but its clock is the same now.").format(zone=zone)
    if by > timedelta():
        text = _("{zone} isn't UTC: its clock is {length} ahead.")
    else:
        text = _("{zone} isn't UTC: its clock is {length} behind.")
    return text.format(zone=zone, length=_length(by))


def _in_summer(by: timedelta) -> str:
    if not by:
        return _("In summer it is the same.")
    text = _("In summer it is {length} ahead.") if by > timedelta() else _("In summer it is {length} behind.")
    return text.format(length=_length(by))


def _length(by: timedelta) -> str:
    """Whole hours and minutes in words, without a sign."""
    hours, minutes = divmod(abs(by), timedelta(hours=1))
    if not hours:
        return span(minutes)
    in_hours = _("an hour") if hours == 1 else span(timedelta(hours=hours))
    return _("{hours} and {minutes}").format(hours=in_hours, minutes=span(minutes)) if minutes else in_hours


def describe(series: Series, pause_ends: date | None = None) -> str:
    """A series in one line; ``pause_ends`` is the date when it resumes by itself."""
    timetable = series.timetable
    parts = [f"{timetable.at:%H:%M} {zone_words(timetable.zone)}", _days(timetable), *_asks(series)]
    parts.append(_("reactions") if series.answer_with is AnswerWith.REACTIONS else _("buttons"))
    parts.append(_("result at the close") if series.reveal is Reveal.AT_CLOSE else _("result at once"))
    parts += _extras(series)
    if series.next_at is None:
        parts.append(_("paused"))
    elif pause_ends:
        parts.append(_("paused until {moment}").format(moment=_moment(local(series.next_at, timetable.zone))))
    else:
        parts.append(_("next: {moment}").format(moment=_moment(local(series.next_at, timetable.zone))))
    return (f"{literal(series.name)}: " if series.name else "") + side_by_side(parts)


def _days(timetable: Timetable) -> str:
    days = typed_days(timetable.days)
    if timetable.every > 1:
        days = _("every {number} days").format(number=timetable.every)
    if timetable.holidays:
        days += " " + _("(not on {days})").format(days=describe_holidays(timetable.holidays))
    return days


def chosen(series: Series) -> list[str]:
    """What is chosen for a series, apart from its timetable, how people answer and when they learn the result."""
    return [*_asks(series), *_extras(series)]


def _extras(series: Series) -> list[str]:
    parts = []
    if series.thread:
        parts.append(_("a thread to talk"))
    if series.quiet:
        parts.append(_("quiet results"))
    if series.cards:
        parts.append(_("cards with long backs, too"))
    if series.mention:
        parts.append(_("mentions {whom}").format(whom=mentioned(series.mention)))
    if series.together:
        parts.append(_("together with {name}").format(name=literal(series.together)))
    return parts


def mentioned(mention: str) -> str | Mention:
    """Whom a series mentions, for a text about it, which notifies nobody."""
    return "@here" if mention == HERE else Mention(mention.removeprefix("&"), is_group=True)


def _asks(series: Series) -> list[str]:
    parts = []
    if series.bank:
        parts.append(_("bank {name}").format(name=literal(series.bank)))
    if series.topic:
        parts.append(_("topic {name}").format(name=literal(series.topic)))
    if series.weights:
        parts.append(_("topics {shares}").format(shares=literal(describe_shares(series.weights))))
    if series.difficulty:
        parts.append(_("difficulty {level}").format(level=series.difficulty))
    return parts
