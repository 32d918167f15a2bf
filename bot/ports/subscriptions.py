"""Storage of subscriptions; see `bot.ports.storage` for what all storage ports share."""

from datetime import date, datetime
from typing import Protocol

from bot.domain.identity import Member, SpaceId
from bot.domain.rounds import Round
from bot.domain.subscriptions import Subject, Subscription


class Subscriptions(Protocol):
    """Who wants to be told what, in spaces of every platform."""

    async def add(self, subscription: Subscription) -> None:
        """Store a subscription in place of the member's earlier one to this subject; days that were handled stay so."""

    async def remove(self, member: Member, subject: Subject) -> bool:
        """Remove a member's subscription; return whether there was one."""

    async def of(self, member: Member) -> list[Subscription]:
        """Return a member's subscriptions in the order of their subjects."""

    async def has(self, space_id: SpaceId, subject: Subject) -> bool:
        """Whether anybody in a space subscribes to this subject."""

    async def unhandled(self, space_id: SpaceId, subject: Subject, day: date, limit: int) -> list[Subscription]:
        """Return a space's subscriptions that weren't handled on this day or a later one, except those given up."""

    async def to_remind(self, round_: Round, day: date, since: datetime, limit: int) -> list[Subscription]:
        """Return unhandled subscriptions to reminders, as `unhandled` does, of people who play in a round's channel.

        They have answered a question there that was asked for everybody after ``since``.
        """

    async def handled(self, subscription: Subscription, day: date) -> bool:
        """Record that a day's message is sent for a subscription, or that none is needed; False if it is gone by now.

        If it is there, it stays until this transaction ends: whoever removes it waits, and finds the message.
        """

    async def refused(self, space_id: SpaceId, account: str) -> None:
        """Record that the platform refused a direct message to a member."""

    async def reached(self, space_id: SpaceId, account: str) -> None:
        """Record that a direct message reached a member: earlier refusals no longer count."""
