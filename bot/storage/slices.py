"""Read thousands of rows in slices, so that other tasks can run in between."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")

SLICE = 500
"""How many rows are converted before other tasks may run: about a millisecond's work."""


async def in_slices(
    connection: AsyncConnection, query: sa.Select[Any], parameters: Mapping[str, Any], mapped: Callable[[Any], T]
) -> list[T]:
    """Return the values of the query's only column, each converted by ``mapped``."""
    found: list[T] = []
    async with connection.stream_scalars(query, parameters) as rows:
        async for some in rows.partitions(SLICE):
            found += map(mapped, some)
            await asyncio.sleep(
                0
            )  # lets other tasks run: the driver may have the next rows already, and then wouldn't wait
    return found
