"""What pages say in charts, with the numbers for the tables beside them."""

from dataclasses import dataclass

from markupsafe import Markup

from adapters.web.pages import Pages
from bot.domain.accuracy import Accuracy
from bot.domain.progress import TopicProgress
from bot.i18n import gettext as _
from bot.rendering.charts.columns import columns
from bot.rendering.charts.heat_map import heat_map
from bot.rendering.charts.lines import lines
from bot.rendering.own_chart import share_right, topic_line
from bot.rendering.streaks import streak_in_words
from bot.services.standings.own_progress import OwnProgress
from bot.services.standings.pages import LeaguePage, Shown

_MOST_TOPICS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week of days: what it is called, and how many answers each day up to today had."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """How somebody does on a topic, in words and as a chart of weeks."""

    name: str
    right: str
    chart: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCharts:
    """How somebody's answers went; ``days`` is a calendar of what ``weeks`` lists, oldest first.

    ``streak`` is empty if nothing was answered today or yesterday.
    """

    total: Accuracy
    share: str
    streak: str
    days: Markup
    weeks: tuple[Week, ...]
    topics: tuple[Topic, ...]


def own_charts(own: OwnProgress, pages: Pages) -> OwnCharts | None:
    """Return a member's charts; None if they haven't answered anything."""
    progress = own.progress
    if not progress.total.answered and not any(progress.days):
        return None
    label = _("A calendar of {number} weeks. The table below has its numbers.").format(number=len(progress.mondays))
    return OwnCharts(
        total=progress.total,
        share=share_right(progress.total),
        streak=streak_in_words(own.streak) if own.streak.days else "",
        days=Markup(heat_map(progress.days, pages.weekdays("abbreviated"), label)),  # noqa: S704 - it escapes its texts
        weeks=tuple(
            Week(name=pages.day(monday), numbers=progress.days[7 * number : 7 * number + 7])
            for number, monday in enumerate(progress.mondays)
        ),
        topics=tuple(_topic(one) for one in progress.topics[:_MOST_TOPICS]),
    )


def climbs_as_lines(page: LeaguePage) -> Markup:
    """Draw how a league's best players or teams did over the weeks; empty if the page has no such weeks."""
    if not page.climbs:
        return Markup()
    label = _("Lines that rise with the points of {names}. The table below has the numbers.")
    if page.shown is Shown.TEAM:
        label = _("Lines that follow the scores of {names}. The table below has the numbers.")
    label = label.format(names=", ".join(climb.name for climb in page.climbs))
    return Markup(lines([climb.points for climb in page.climbs], label))  # noqa: S704 - it escapes its texts


def _topic(one: TopicProgress) -> Topic:
    weekly = ", ".join(share_right(week) for week in one.weeks)
    label = _("Week by week, oldest first: {shares}").format(shares=weekly)
    line = topic_line(one)
    return Topic(name=line.name, right=line.right, chart=Markup(columns(line.weeks, label)))  # noqa: S704 - as above
