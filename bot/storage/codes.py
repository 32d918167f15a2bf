"""Codes that were given out."""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.codes import Code, Purpose
from bot.storage import tables as t


class SqlCodes:
    """`bot.ports.Codes` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, code: Code) -> None:
        """Keep a code."""
        await self._connection.execute(sa.insert(t.codes).values(asdict(code)))

    async def lock(self, digest: str) -> Code | None:
        """One code, used or expired as it may be; nobody else uses it until this transaction ends."""
        this = sa.select(t.codes).where(t.codes.c.digest == digest).with_for_update()
        row = (await self._connection.execute(this)).one_or_none()
        if row is None:
            return None
        return Code(digest=digest, purpose=Purpose(row.purpose), subject=row.subject, expires_at=row.expires_at)

    async def use(self, digest: str) -> None:
        """Let a code be good for nothing any more."""
        this = t.codes.c.digest == digest
        await self._connection.execute(sa.update(t.codes).where(this).values(purpose=Purpose.USED))

    async def expire(self, purpose: Purpose, subject: int, at: datetime) -> None:
        """Let codes about a subject be good no longer than until a moment."""
        about = t.codes.c.purpose == purpose, t.codes.c.subject == subject, t.codes.c.expires_at > at
        await self._connection.execute(sa.update(t.codes).where(*about).values(expires_at=at))

    async def number(self, purpose: Purpose, subject: int, now: datetime) -> int:
        """How many codes about a subject haven't expired."""
        about = t.codes.c.purpose == purpose, t.codes.c.subject == subject, t.codes.c.expires_at > now
        return await self._connection.scalar(sa.select(sa.func.count()).select_from(t.codes).where(*about)) or 0

    async def forget(self, expired_before: datetime) -> None:
        """Delete codes that expired so long ago that nobody will ask why they don't work."""
        await self._connection.execute(sa.delete(t.codes).where(t.codes.c.expires_at < expired_before))
