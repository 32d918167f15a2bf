"""Storage of the audit: what was changed by hand, by whom and why."""

from collections.abc import Callable
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.ports import Audit, AuditEntry
from bot.storage import tables as t


class SqlAudit(Audit):
    """`bot.ports.Audit` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int]) -> None:
        self._connection = connection
        self._new_id = new_id

    @override
    async def add(self, entry: AuditEntry) -> None:
        await self._connection.execute(sa.insert(t.audit), {"id": self._new_id(), **asdict(entry)})

    @override
    async def about(self, subject: str) -> list[AuditEntry]:
        about = sa.select(t.audit).where(t.audit.c.subject == subject)
        rows = await self._connection.execute(about.order_by(t.audit.c.id))
        return [
            AuditEntry(at=row.at, actor=row.actor, action=row.action, subject=row.subject, details=row.details)
            for row in rows
        ]
