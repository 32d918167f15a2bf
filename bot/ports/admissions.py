"""Who may enter a space without a platform of its own, such as the web room; see also `bot.ports.storage`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.identity import Member, PlayerId, SpaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """A member's right to enter a space.

    Attributes:
        is_host: whether they may set up and decide in the space.
        session_epoch: sessions begun in an earlier epoch have ended.
        removed_at: when a host removed the member; None if nobody did.
    """

    member: Member
    player_id: PlayerId
    is_host: bool
    session_epoch: int
    removed_at: datetime | None


class Admissions(Protocol):
    """The members of spaces, and their right to enter."""

    async def find(self, member: Member) -> Admission | None:
        """Return one member's admission; None if nobody has that id in the space."""

    async def all(self, space_id: SpaceId) -> list[Admission]:
        """Return all members of a space by name, including removed ones."""

    async def set_host(self, member: Member, *, is_host: bool) -> None:
        """Make a member host, or take the host's right."""

    async def had_host(self, space_id: SpaceId) -> bool:
        """Whether a space ever had a host; if so, the next person to join doesn't become host automatically."""

    async def end_sessions(self, member: Member) -> None:
        """End all sessions of a member, in every process."""

    async def remove(self, member: Member, at: datetime) -> None:
        """End a member's sessions and take the host's right; the name and the answers stay."""

    async def readmit(self, member: Member) -> None:
        """Let a member who was removed in again."""
