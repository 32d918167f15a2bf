"""Who may enter a space without a platform of its own, such as the web room; see also `bot.ports.storage`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.codes import ClassCode
from bot.domain.identity import Member, PlayerId, SpaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """A member's right to enter a space.

    Attributes:
        is_host: whether they are host everywhere in the space; see `bot.ports.Hosts`.
        session_epoch: sessions begun in an earlier epoch have ended.
        removed_at: when a host removed the member; None if nobody did.
        link_until: when the member's sign-in link expires, if it isn't used before; None if there is none.
    """

    member: Member
    player_id: PlayerId
    is_host: bool
    session_epoch: int
    removed_at: datetime | None
    link_until: datetime | None


class Admissions(Protocol):
    """The members of spaces, and their right to enter."""

    async def find(self, member: Member) -> Admission | None:
        """Return one member's admission; None if nobody has that id in the space."""

    async def all(self, space_id: SpaceId) -> list[Admission]:
        """Return all members of a space by name, including removed ones."""

    async def had_host(self, space_id: SpaceId) -> bool:
        """Whether a space ever had a host; if so, the next person to join doesn't become host automatically."""

    async def class_code(self, space_id: SpaceId) -> ClassCode | None:
        """Return a space's class code, even if it has ended; None if people join without one."""

    async def set_class_code(self, space_id: SpaceId, code: ClassCode | None) -> None:
        """Store a space's class code in place of the one that it has; None: people join without one."""

    async def end_sessions(self, member: Member) -> None:
        """End all sessions of a member, in every process, and their sign-in link."""

    async def remove(self, member: Member, at: datetime) -> None:
        """End a member's sessions and sign-in link, and take the host's right; the name and the answers stay."""

    async def set_link(self, member: Member, link: tuple[str, datetime] | None, *, epoch: int) -> bool:
        """Store a sign-in link, as its digest and its end, in place of the member's earlier one; None: no link.

        Returns:
            False, with nothing stored, if the member's sessions of this epoch have ended.
        """

    async def take_link(self, space_id: SpaceId, digest: str, now: datetime) -> Admission | None:
        """Use up the link with this digest and return its member; None if there is none that is good.

        Of several who take a link at once, one gets the member.
        """

    async def readmit(self, member: Member) -> None:
        """Let a member who was removed in again."""
