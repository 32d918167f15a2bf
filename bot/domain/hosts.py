"""Who is host in a space, besides those who run it on its platform."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.identity import SpaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """An account, or a group of the platform with everybody in it, that was made a host.

    Attributes:
        account: the account's id; empty if a group is host.
        group: the group's id; empty if an account is host.
        channel: the only channel where they are host; empty: everywhere in the space.
        since: when they were made host.
    """

    space_id: SpaceId
    account: str = ""
    group: str = ""
    channel: str = ""
    since: datetime

    def includes(self, account: str, groups: Collection[str], joined_at: datetime | None) -> bool:
        """Whether an account with these groups is meant; one that left the space and came back later isn't."""
        if self.group:
            return self.group in groups
        return self.account == account and (joined_at is None or joined_at <= self.since)
