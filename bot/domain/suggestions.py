"""Questions that members suggest, until a host decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.identity import Member, SpaceId, SuggestionId
from bot.domain.writing import Written

UNFINISHED_FOR = timedelta(days=1)
"""How long a form with mistakes is kept for the person who filled it in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A question that somebody wrote, and that isn't in a bank yet.

    Attributes:
        account: the external id of the account in the space that wrote it.
        channel: where it was written, and where its writer hears what became of it.
        waits: whether it waits for a host; if not, it has mistakes and is kept for its writer alone.
    """

    id: SuggestionId
    space_id: SpaceId
    account: str
    channel: str
    at: datetime
    waits: bool
    written: Written

    def is_by(self, member: Member) -> bool:
        """Whether this account wrote it."""
        return (self.space_id, self.account) == member.account
