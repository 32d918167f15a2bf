"""Forget people and spaces: every statement that deletes or blanks what is stored about them.

`people` deletes the rows of a person and is where a new table with a person in it is added, `names` takes people out of
messages and archived seasons, `spaces` deletes a space with everything that belongs to it.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import BankId, Member, PlayerId, RoundId, Space, SpaceId
from bot.ports import Forgetting
from bot.storage import deletions
from bot.storage.forgetting import banks, names, people, spaces


class SqlForgetting(Forgetting):
    """`bot.ports.Forgetting` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def remember(self, member: Member, at: datetime) -> None:
        await deletions.remember(self._connection, member, at)

    @override
    async def refuse_outdated(self, member: Member) -> None:
        await deletions.refuse_outdated(self._connection, member)

    @override
    async def drop_deletions(self, before: datetime) -> None:
        await deletions.drop_deletions(self._connection, before)

    @override
    async def forget_player(self, player_id: PlayerId, unknown_in: Collection[SpaceId], at: datetime) -> list[RoundId]:
        return await people.forget_player(self._connection, player_id, unknown_in, at)

    @override
    async def forget_private(self, member: Member) -> bool:
        return await people.forget_private(self._connection, member.space_id, member.external_id)

    @override
    async def spaces_with(self, adapter: str, external_id: str) -> set[SpaceId]:
        return await people.spaces_with(self._connection, adapter, external_id)

    @override
    async def forget_space(self, space: Space, unknown_in: Collection[SpaceId], at: datetime) -> list[RoundId]:
        return await spaces.forget_space(self._connection, space, unknown_in, at)

    @override
    async def forget_bank(self, bank_id: BankId) -> int:
        return await banks.forget_bank(self._connection, bank_id)

    @override
    async def spaces_that_may_name(self, space_ids: Collection[SpaceId]) -> set[SpaceId]:
        return await names.spaces_that_may_name(self._connection, space_ids)
