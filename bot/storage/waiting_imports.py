"""Storage of files that wait to be imported."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.desk import Trace
from bot.domain.identity import ImportId, Member, SpaceId
from bot.domain.readings import Example
from bot.domain.waiting_imports import WaitingImport
from bot.ports import WaitingImports
from bot.storage import tables as t
from bot.storage.mendings import mending_in, stored_mending


class SqlWaitingImports(WaitingImports):
    """`bot.ports.WaitingImports` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def add(self, waiting: WaitingImport, packed: bytes, *, most_of_one: int, most: int) -> None:
        here = t.waiting_imports.c.space_id == waiting.space_id
        await self._keep_newest(most_of_one - 1, here, t.waiting_imports.c.account == waiting.account)
        await self._keep_newest(most - 1, here)
        row = _changing(waiting) | {
            "id": waiting.id,
            "space_id": waiting.space_id,
            "account": waiting.account,
            "file": waiting.file,
            "format": waiting.format,
            "bank": waiting.bank,
            "size": waiting.size,
            "data": packed,
        }
        await self._connection.execute(sa.insert(t.waiting_imports).values(row))

    @override
    async def of(self, member: Member) -> list[WaitingImport]:
        columns = [column for column in t.waiting_imports.c if column.name != "data"]
        own = t.waiting_imports.c.space_id == member.space_id, t.waiting_imports.c.account == member.external_id
        newest_first = sa.select(*columns).where(*own).order_by(t.waiting_imports.c.id.desc())
        return [_waiting(row._mapping) for row in await self._connection.execute(newest_first)]

    @override
    async def packed(self, import_id: ImportId) -> bytes | None:
        wanted = sa.select(t.waiting_imports.c.data).where(t.waiting_imports.c.id == import_id)
        packed: bytes | None = await self._connection.scalar(wanted)
        return packed

    @override
    async def renew(self, waiting: WaitingImport, *, seen: int) -> bool:
        this = t.waiting_imports.c.id == waiting.id, t.waiting_imports.c.version == seen
        changed = await self._connection.execute(sa.update(t.waiting_imports).where(*this).values(_changing(waiting)))
        return changed.rowcount > 0

    @override
    async def drop(self, import_id: ImportId) -> None:
        await self._connection.execute(sa.delete(t.waiting_imports).where(t.waiting_imports.c.id == import_id))

    @override
    async def forget(self, before: datetime) -> None:
        await self._connection.execute(sa.delete(t.waiting_imports).where(t.waiting_imports.c.at < before))

    async def _keep_newest(self, number: int, *which: sa.ColumnElement[bool]) -> None:
        newest = sa.select(t.waiting_imports.c.id).where(*which).order_by(t.waiting_imports.c.id.desc()).limit(number)
        staying = list(await self._connection.scalars(newest))
        await self._connection.execute(
            sa.delete(t.waiting_imports).where(*which, t.waiting_imports.c.id.not_in(staying))
        )


def _changing(waiting: WaitingImport) -> dict[str, Any]:
    """Return the columns that change while a file waits."""
    return {
        "at": waiting.at,
        "version": waiting.version,
        "examples": list(map(asdict, waiting.examples)),
        "traces": list(map(_stored, waiting.traces)),
    }


def _stored(trace: Trace) -> dict[str, Any]:
    return {
        "portion": trace.portion,
        "mending": trace.mending and stored_mending(trace.mending),
        "before": trace.before and stored_mending(trace.before),
    }


def _waiting(row: Mapping[Any, Any]) -> WaitingImport:
    return WaitingImport(
        id=ImportId(row["id"]),
        space_id=SpaceId(row["space_id"]),
        account=row["account"],
        at=row["at"],
        version=row["version"],
        file=row["file"],
        format=row["format"],
        bank=row["bank"],
        size=row["size"],
        examples=tuple(map(_example, row["examples"])),
        traces=tuple(map(_trace, row["traces"])),
    )


def _example(stored: Mapping[str, Any]) -> Example:
    return Example(**{**stored, "choices": tuple(stored["choices"]), "right": tuple(stored["right"])})


def _trace(stored: Mapping[str, Any]) -> Trace:
    mending, before = stored["mending"], stored["before"]
    return Trace(
        portion=stored["portion"],
        mending=mending and mending_in(mending),
        before=before and mending_in(before),
    )
