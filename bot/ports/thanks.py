"""Storage of what members are thanked for; see `bot.ports.storage` for what all storage ports share."""

from datetime import datetime
from typing import Protocol

from bot.domain.identity import Member, QuestionId, SpaceId
from bot.domain.thanks import Deed, Thanked


class Thanks(Protocol):
    """What members did for questions, until their space's weekly post has thanked them."""

    async def add(self, member: Member, deed: Deed, question_id: QuestionId, at: datetime) -> None:
        """Store what a member did for a question; if they did the same before, only its time changes."""

    async def between(self, space_id: SpaceId, since: datetime, until: datetime) -> list[Thanked]:
        """Return the members of a space who did something between two moments, those who did most first."""

    async def of(self, member: Member) -> list[tuple[datetime, Deed, QuestionId]]:
        """Return what is stored about a member, oldest first."""

    async def drop(self, space_id: SpaceId, before: datetime) -> None:
        """Delete what members of a space did before a moment."""
