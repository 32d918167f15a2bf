"""One client's websocket connection to the gateway."""

import asyncio
import contextlib
import json
import zlib

from aiohttp import web

from tests.platforms.discord.model import Json


class Connection:
    """Sends payloads in order, as long as its gate is open.

    Args:
        compress: whether to send one zlib stream that lasts as long as the connection.
    """

    def __init__(
        self,
        socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        gate: asyncio.Event,
        *,
        compress: bool,
    ) -> None:
        self._socket = socket
        self._transport = transport
        self._gate = gate
        self._deflate = zlib.compressobj() if compress else None
        self._outbox: asyncio.Queue[Json] = asyncio.Queue()
        self._was_closed_here = False
        self._writer = asyncio.create_task(self._write())

    @property
    def client_left_with(self) -> int | None:
        """The close code, if the client closed the connection; otherwise None."""
        return None if self._was_closed_here else self._socket.close_code

    def put(self, payload: Json) -> None:
        """Send a payload when its turn comes."""
        self._outbox.put_nowait(payload)

    async def flushed(self) -> None:
        """Wait until every payload has been sent."""
        await self._outbox.join()

    async def close(self, code: int | None) -> None:
        """Close the connection with a code; without one, break it off."""
        self._was_closed_here = True
        if code is not None:
            await self._socket.close(code=code)
        elif self._transport is not None:
            self._transport.abort()

    async def stop(self) -> None:
        """Stop sending, and drop the payloads that are still waiting."""
        self._writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._writer
        while not self._outbox.empty():
            self._outbox.get_nowait()
            self._outbox.task_done()

    async def _write(self) -> None:
        while True:
            payload = await self._outbox.get()
            try:
                await self._gate.wait()
                await self._send(json.dumps(payload))
            finally:
                self._outbox.task_done()

    async def _send(self, text: str) -> None:
        with contextlib.suppress(ConnectionResetError):  # the client has left in the meantime
            if self._deflate is None:
                await self._socket.send_str(text)
            else:
                data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                await self._socket.send_bytes(data)
