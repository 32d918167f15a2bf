"""Storage of questions that people wrote; see `bot.ports.storage` for what all storage ports share."""

from datetime import datetime
from typing import Protocol

from bot.domain.identity import Member, SpaceId, SuggestionId
from bot.domain.suggestions import Suggestion


class Suggestions(Protocol):
    """Questions that people wrote, and that aren't in a bank yet: suggestions, and forms with mistakes."""

    async def add(self, suggestion: Suggestion) -> None:
        """Store a written question."""

    async def waiting(self, space_id: SpaceId) -> list[Suggestion]:
        """Return the suggestions that wait for a space's hosts, oldest first."""

    async def of(self, member: Member) -> list[Suggestion]:
        """Return everything that an account wrote, oldest first."""

    async def find(self, suggestion_id: SuggestionId) -> Suggestion | None:
        """Return a written question; None if it is gone."""

    async def take(self, space_id: SpaceId, suggestion_id: SuggestionId) -> Suggestion | None:
        """Delete and return a suggestion that waits for a space's hosts; None if there is none, or somebody has it."""

    async def drop_unfinished(self, member: Member, suggestion_id: SuggestionId) -> None:
        """Delete a form with mistakes, if it is the account's."""

    async def forget_unfinished(self, before: datetime) -> None:
        """Delete everybody's forms with mistakes that are older."""
