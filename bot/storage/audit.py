"""What was changed by hand, by whom and why."""

from collections.abc import Callable
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import AuditEntry
from bot.storage import tables as t


class SqlAudit:
    """`bot.ports.Audit` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int]) -> None:
        self._connection = connection
        self._new_id = new_id

    async def add(self, entry: AuditEntry) -> None:
        """Keep an entry."""
        await self._connection.execute(sa.insert(t.audit).values(id=self._new_id(), **asdict(entry)))

    async def about(self, subject: str) -> list[AuditEntry]:
        """The entries about one thing, oldest first."""
        return await self._entries(t.audit.c.subject == subject)

    async def of(self, action: str) -> list[AuditEntry]:
        """The entries that tell of one kind of change, oldest first."""
        return await self._entries(t.audit.c.action == action)

    async def _entries(self, where: sa.ColumnElement[bool]) -> list[AuditEntry]:
        rows = await self._connection.execute(sa.select(t.audit).where(where).order_by(t.audit.c.id))
        return [
            AuditEntry(at=row.at, actor=row.actor, action=row.action, subject=row.subject, details=row.details)
            for row in rows
        ]
