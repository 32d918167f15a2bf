"""Put somebody's progress into words for its charts."""

from bot.domain.accuracy import Accuracy
from bot.domain.own_chart import MOST_TOPICS, OwnChart, TopicLine
from bot.domain.progress import Progress, TopicProgress
from bot.domain.words import short_weekday
from bot.i18n import gettext as _
from bot.rendering.numbers import number, percent


def own_chart(own: Progress, theme: str) -> OwnChart | None:
    """Return the picture of somebody's progress; None if they haven't answered anything in its weeks."""
    if not any(own.days):
        return None
    return OwnChart(
        title=_("Your answers so far"),
        days_title=_("Answers per day in the last {number} weeks").format(number=len(own.mondays)),
        weekdays=tuple(map(short_weekday, range(7))),
        days=own.days,
        topics_title=_("Right answers by topic, all time and week by week"),
        topics=tuple(map(topic_line, own.topics[:MOST_TOPICS])),
        theme=theme,
    )


def topic_line(one: TopicProgress) -> TopicLine:
    """Return the words of a topic."""
    right = _("{right} of {answered} ({share})").format(
        right=number(one.total.right), answered=number(one.total.answered), share=share_right(one.total)
    )
    return TopicLine(name=one.topic or _("no topic"), right=right, weeks=one.weeks)


def share_right(one: Accuracy) -> str:
    """Write a share of right answers; a dash without answers."""
    return percent(one.share) if one.answered else "–"
