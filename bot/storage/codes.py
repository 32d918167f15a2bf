"""Storage of the one-time codes that people were given."""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.codes import Code, Purpose
from bot.ports import Codes
from bot.storage import tables as t


class SqlCodes(Codes):
    """`bot.ports.Codes` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def add(self, code: Code) -> None:
        await self._connection.execute(sa.insert(t.codes).values(asdict(code)))

    @override
    async def lock(self, digest: str) -> Code | None:
        this = sa.select(t.codes).where(t.codes.c.digest == digest).with_for_update()
        row = (await self._connection.execute(this)).one_or_none()
        if row is None:
            return None
        return Code(digest=digest, purpose=Purpose(row.purpose), subject=row.subject, expires_at=row.expires_at)

    @override
    async def use(self, digest: str) -> None:
        this = t.codes.c.digest == digest
        await self._connection.execute(sa.update(t.codes).where(this).values(purpose=Purpose.USED))

    @override
    async def expire(self, purpose: Purpose, subject: int, at: datetime) -> None:
        about = t.codes.c.purpose == purpose, t.codes.c.subject == subject, t.codes.c.expires_at > at
        await self._connection.execute(sa.update(t.codes).where(*about).values(expires_at=at))

    @override
    async def keep_newest(self, purpose: Purpose, subject: int, most: int, now: datetime) -> None:
        about = t.codes.c.purpose == purpose, t.codes.c.subject == subject, t.codes.c.expires_at > now
        newest = sa.select(t.codes.c.digest).where(*about).order_by(t.codes.c.expires_at.desc(), t.codes.c.digest)
        older = (await self._connection.scalars(newest.offset(most))).all()
        await self._connection.execute(sa.update(t.codes).where(t.codes.c.digest.in_(older)).values(expires_at=now))

    @override
    async def number(self, purpose: Purpose, subject: int, now: datetime) -> int:
        about = t.codes.c.purpose == purpose, t.codes.c.subject == subject, t.codes.c.expires_at > now
        return await self._connection.scalar(sa.select(sa.func.count()).select_from(t.codes).where(*about)) or 0

    @override
    async def forget(self, expired_before: datetime, purpose: Purpose | None = None) -> None:
        expired = sa.delete(t.codes).where(t.codes.c.expires_at < expired_before)
        these = expired if purpose is None else expired.where(t.codes.c.purpose == purpose)
        await self._connection.execute(these)
