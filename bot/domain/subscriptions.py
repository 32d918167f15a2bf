"""Subscriptions: what a member wants to be told in direct messages, without asking each time."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.identity import Member, SpaceId

MOST_REFUSED = 3
"""After so many direct messages in a row that a member's platform refused, no more are tried."""


class Subject(StrEnum):
    """What a member can subscribe to."""

    REMINDERS = "reminders"
    """A reminder before an open question costs them their streak."""
    DIGEST = "digest"
    """How their own week went, once the weekly post has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One member's wish to be told about one subject.

    Attributes:
        account: the member's external id.
        language: the one in which they subscribed, one of `bot.i18n.LANGUAGES`.
        refused: how many direct messages to them in a row the platform has refused.
    """

    space_id: SpaceId
    account: str
    subject: Subject
    language: str
    refused: int = 0

    @property
    def member(self) -> Member:
        """Whose wish it is; the name isn't known here."""
        return Member(space_id=self.space_id, external_id=self.account, name="")

    @property
    def is_given_up(self) -> bool:
        """Whether nothing is sent any more, until the member subscribes again."""
        return self.refused >= MOST_REFUSED
