"""Who may enter a space that has no platform of its own to ask; see `bot.ports.storage` for what its ports share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.identity import Member, PlayerId, SpaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """A member at the door.

    Attributes:
        is_host: whether they may set up and decide in the space.
        session_epoch: sessions that were begun in an earlier epoch are over.
        removed_at: when a host removed them; None where they are in.
    """

    member: Member
    player_id: PlayerId
    is_host: bool
    session_epoch: int
    removed_at: datetime | None


class Admissions(Protocol):
    """The members of a space, as its door knows them."""

    async def find(self, member: Member) -> Admission | None:
        """One member; None where nobody has that id in the space."""

    async def all(self, space_id: SpaceId) -> list[Admission]:
        """The members of a space by name, those who were removed among them."""

    async def set_host(self, member: Member, *, is_host: bool) -> None:
        """Give or take the right to set up and decide in the space."""

    async def had_host(self, space_id: SpaceId) -> bool:
        """Whether anybody was ever host of a space: whoever joins afterwards isn't host for being the first."""

    async def end_sessions(self, member: Member) -> None:
        """Let all sessions of a member be over, in every process."""

    async def remove(self, member: Member, at: datetime) -> None:
        """End a member's sessions and take the host's right; the name and the answers stay."""

    async def readmit(self, member: Member) -> None:
        """Let a member who was removed in again."""
