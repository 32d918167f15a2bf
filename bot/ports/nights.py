"""Storage of quiz nights; see `bot.ports.storage` for what all storage ports share."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.identity import NightId, QuestionId, RoundId, SpaceId
from bot.domain.night import Asked, Night
from bot.domain.standings import Score


class Nights(Protocol):
    """The quiz nights of all spaces; their questions are ordinary rounds."""

    async def add(self, night: Night) -> None:
        """Store a night that starts now."""

    async def find(self, night_id: NightId) -> Night | None:
        """Return a night; None if there is none (any more)."""

    async def lock_if_there(self, night_id: NightId) -> Night | None:
        """Lock and return a night; None if there is none (any more)."""

    async def going_on(self, adapters: Collection[str]) -> list[NightId]:
        """Return the nights that haven't ended, in the spaces of these platforms where the bot still is."""

    async def here(self, space_id: SpaceId, channel: str) -> Night | None:
        """Lock and return the night that goes on in a channel."""

    async def stop(self, night_id: NightId) -> None:
        """Let a night end once its open question has closed."""

    async def save_ended(self, night_id: NightId, at: datetime) -> None:
        """Record that a night is over."""

    async def give_up(self, space_id: SpaceId, channel: str | None, at: datetime) -> None:
        """End the nights of a channel, or of the whole space, where nobody can be told any more."""

    async def asked(self, night_id: NightId) -> list[Asked]:
        """Return a night's questions so far, in their order."""

    async def questions(self, night_id: NightId) -> set[QuestionId]:
        """Return which questions a night has asked."""

    async def missing(self, night_id: NightId, round_id: RoundId) -> int | None:
        """Return how many players of a night's other rounds haven't answered this one; None if they have no players."""

    async def scores(self, night_id: NightId) -> list[Score]:
        """Return what everybody who answered in a night earned in its closed rounds."""
