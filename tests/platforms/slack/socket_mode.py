"""Socket Mode: links, connections, envelopes and their acknowledgements."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.platforms.slack.traffic import Sent

if TYPE_CHECKING:
    from tests.platforms.slack.delivery import Attempt, Delivery
    from tests.platforms.slack.server import SlackServer

MAX_CONNECTIONS = 10
_GOODBYE_S = 0.5


@dataclass(slots=True, eq=False)
class Connection:
    """One open WebSocket.

    Attributes:
        leaving: whether it was told to disconnect; then other connections are preferred.
        mute: whether it leaves pings unanswered, like a connection that is broken somewhere on the way.
    """

    number: int
    socket: web.WebSocketResponse
    request: web.Request
    leaving: bool = False
    mute: bool = False


@dataclass(slots=True, eq=False)
class SocketMode:
    """The transport to a bot that opens connections to Slack."""

    server: "SlackServer"
    connections: list[Connection] = field(default_factory=list)
    opened: int = 0
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, tuple["Delivery", "Attempt"]] = field(default_factory=dict)

    def link(self) -> str:
        """Return an address for one connection."""
        ticket = self.server.next_id("ticket-")
        self._tickets.add(ticket)
        return f"{self.server.address.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self.server.app.id}"

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=False, timeout=_GOODBYE_S)
        await socket.prepare(request)
        self.opened += 1
        connection = Connection(self.opened, socket, request)
        if len(self.connections) >= MAX_CONNECTIONS:
            await self._tell(connection, "too_many_websockets")
            await socket.close()
            return socket
        self.connections.append(connection)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.connections),
                "debug_info": {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060},
                "connection_info": {"app_id": self.server.app.id},
            }
        )
        try:
            await self._listen(connection)
        finally:
            self.connections.remove(connection)
        return socket

    async def send(self, delivery: "Delivery", attempt: "Attempt") -> None:
        """Send a delivery in an envelope, through the connections in turn."""
        staying = [one for one in self.connections if not one.leaving] or self.connections
        if not staying:
            attempt.fail("no_connection")
            return
        connection = staying[len(self._waiting) % len(staying)]
        self._waiting[attempt.envelope_id] = (delivery, attempt)
        envelope = {
            "envelope_id": attempt.envelope_id,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason if attempt.number else ""}
        try:
            await connection.socket.send_json(envelope)
        except ConnectionResetError:
            attempt.fail("no_connection")

    async def send_as_it_is(self, frame: str) -> None:
        """Send a frame that a test made itself, through the first connection."""
        await self.connections[0].socket.send_str(frame)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to close; reasons: ``refresh_requested``, ``warning``, ``too_many_websockets``."""
        for connection in list(self.connections):
            connection.leaving = True
            await self._tell(connection, reason)

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self.connections):
            await connection.socket.close(code=1001)

    def drop(self) -> None:
        """Cut every connection, as a failing network does."""
        for connection in list(self.connections):
            if connection.request.transport is not None:
                connection.request.transport.abort()

    def mute(self) -> None:
        """Stop answering pings on the present connections."""
        for connection in self.connections:
            connection.mute = True

    async def connected(self, number: int = 1, *, opened: int = 0) -> None:
        """Wait until ``number`` connections are open, and ``opened`` were opened in all."""
        await self.server.until(
            lambda: len([one for one in self.connections if not one.leaving]) >= number and self.opened >= opened,
            f"{number} connections",
        )

    async def _tell(self, connection: Connection, reason: str) -> None:
        await connection.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is WSMsgType.PING and not connection.mute:
                await connection.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._take(message.data)

    def _take(self, text: str) -> None:
        response = json.loads(text)
        if response["envelope_id"] not in self._waiting:
            return  # a test sent it as it is
        delivery, attempt = self._waiting[response["envelope_id"]]
        payload = response.get("payload")
        sent = Sent("ack", delivery.kind, {"payload": payload}, self.server.clock.now(), text.encode(), status=200)
        self.server.traffic.append(sent)
        delivery.take(attempt, payload)
