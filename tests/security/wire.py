"""Bytes on a real connection: what no browser would send."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from prometheus_client import REGISTRY

from tests.patience import PATIENCE_S


class Wire:
    """One connection to a server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.head, self.body = "", b""
        self.reader = reader
        self.writer = writer

    async def send(self, data: str | bytes) -> None:
        """Send bytes; a text in Latin-1."""
        self.writer.write(data.encode("latin-1") if isinstance(data, str) else data)
        with suppress(ConnectionError):
            await self.writer.drain()

    async def is_closed(self) -> bool:
        """Wait for the other side to close it, whatever it says before."""
        async with asyncio.timeout(PATIENCE_S):
            with suppress(ConnectionError):
                await self.reader.read()
        return True

    async def status(self) -> int:
        """The status of one answer, read with its body; 0 where the connection was closed without any."""
        async with asyncio.timeout(PATIENCE_S):
            try:
                head = await self.reader.readuntil(b"\r\n\r\n")
                found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
                length = int(found[1]) if found else 0
                self.head, self.body = head.decode("latin-1"), await self.reader.readexactly(length)
            except (asyncio.IncompleteReadError, ConnectionError):
                return 0
        return int(head.split()[1])

    async def get(self, path: str, headers: str = "") -> int:
        """Ask for a page of this machine."""
        await self.send(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n")
        return await self.status()


@asynccontextmanager
async def wire(base: str) -> AsyncIterator[Wire]:
    """Connect to a server's address."""
    address = urlsplit(base)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        yield Wire(reader, writer)
    finally:
        writer.close()


def counted(name: str, **labels: str) -> float:
    """What a metric shows."""
    return REGISTRY.get_sample_value(name, labels) or 0.0
