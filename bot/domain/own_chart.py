"""Somebody's own answers as a picture for a private reply: what it shows, with all its words in their language."""

from dataclasses import dataclass

from bot.domain.accuracy import Accuracy


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """How somebody does on a topic: its name, how many answers were right in words, and each week, oldest first."""

    name: str
    right: str
    weeks: tuple[Accuracy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChart:
    """A calendar of somebody's answers, and their topics. All texts are plain Unicode, of any length and script.

    Attributes:
        days_title: what is above the calendar; ``topics_title`` the same for the topics.
        weekdays: the names of the calendar's rows, from Monday on.
        days: how many answers each day had, from a Monday on.
        topics: the topics with most answers first; the picture shows `MOST_TOPICS`.
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
        """Say what the picture shows; the message that it belongs to has its numbers by topic."""
        return "\n".join([self.days_title, self.topics_title] if self.topics else [self.days_title])


MOST_TOPICS = 8
"""The most topics of a picture."""
