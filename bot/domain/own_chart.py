"""What a picture of somebody's own answers shows in a private reply, with all its words in their language."""

from dataclasses import dataclass

from bot.domain.accuracy import Accuracy


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """A topic's name, how many answers were right, in words, and how many in each week, oldest first."""

    name: str
    right: str
    weeks: tuple[Accuracy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChart:
    """A calendar of somebody's answers, and their topics. All texts are plain Unicode, of any length and script.

    Attributes:
        days_title: the title above the calendar; ``topics_title`` is the one above the topics.
        weekdays: the names of the calendar's rows, from Monday on.
        days: how many answers each day had, from a Monday on.
        topics: those with the most answers first; the picture shows at most `MOST_TOPICS`.
        theme: ``light`` or ``dark``, as `bot.rendering.cards.palette.Theme` has it.
    """

    title: str
    days_title: str
    weekdays: tuple[str, ...]
    days: tuple[int, ...]
    topics_title: str
    topics: tuple[TopicLine, ...]
    theme: str

    @property
    def alt(self) -> str:
        """The picture's alt text; the numbers by topic are in the message that it belongs to."""
        return "\n".join([self.days_title, self.topics_title] if self.topics else [self.days_title])


MOST_TOPICS = 8
"""The most topics of a picture."""
