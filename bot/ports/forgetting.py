"""Forgetting people and spaces in storage; see `bot.ports.storage` for what all storage ports share."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.identity import BankId, Member, PlayerId, RoundId, Space, SpaceId


class Forgetting(Protocol):
    """Delete people and spaces for good, with everything that is stored about them."""

    async def remember(self, member: Member, at: datetime) -> None:
        """Record by digest that an account is being deleted, so that nothing it did before ``at`` is stored any more.

        Waits for transactions that are storing something about the account.
        """

    async def refuse_outdated(self, member: Member) -> None:
        """Make sure that an account wasn't deleted since it acted, and won't be before this transaction ends.

        Raises:
            Outdated: it was deleted after ``acted_at``.
        """

    async def drop_deletions(self, before: datetime) -> None:
        """Forget deletions from before a moment, unless older reactions to an open question may still be read there."""

    async def forget_player(self, player_id: PlayerId, unknown_in: Collection[SpaceId], at: datetime) -> list[RoundId]:
        """Delete a player with all accounts, answers, totals, memberships and names, also in messages and archives.

        In the messages of the spaces ``unknown_in``, names that can't be matched to a player are deleted, too. Returns
        the rounds whose results named the player, or may show what they typed: post those results again.
        """

    async def forget_private(self, member: Member) -> bool:
        """Detach private rounds and messages from their member, and delete what they wrote; return if there was any."""

    async def spaces_with(self, adapter: str, external_id: str) -> set[SpaceId]:
        """Return the spaces of a platform that keep something of an account's without its being a member."""

    async def forget_space(self, space: Space, unknown_in: Collection[SpaceId], at: datetime) -> list[RoundId]:
        """Delete a space with everything and everybody in it, and its league if no other space is in it.

        People without an account elsewhere are also removed from other spaces' messages and archives. In the messages
        of the spaces ``unknown_in``, names that can't be matched to a player are removed, too. Returns the rounds whose
        results named these people: post those results again.
        """

    async def forget_bank(self, bank_id: BankId) -> int:
        """Delete a bank. Return how many of its questions stay: those that rounds asked, withdrawn, in a nameless bank.

        Those rounds keep their keys, answers and points.
        """

    async def spaces_that_may_name(self, space_ids: Collection[SpaceId]) -> set[SpaceId]:
        """Return the spaces that may name these spaces' people: those that ever shared a league with one of them."""
