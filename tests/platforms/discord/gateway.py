"""The gateway: sessions, and the connections that they use one after the other."""

import asyncio
import contextlib
import json
import math
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.discord import payloads
from tests.platforms.discord.connection import Connection
from tests.platforms.discord.model import Guild, Json
from tests.platforms.discord.recording import Payload, Recording
from tests.platforms.discord.sessions import GUILD_MEMBERS, PRIVILEGED, Op, Session
from tests.platforms.discord.world import World

_HEARTBEAT_MS = 41_250
_GONE_FOR_GOOD = (1000, 1001)
_BAD_TOKEN, _BAD_SEQUENCE, _BAD_SHARD, _BAD_INTENTS = 4004, 4007, 4010, 4014


class Gateway:
    """Tells the bot what happens, through its sessions.

    Attributes:
        shards: how many shards the gateway recommends.
        starts_left: how many more sessions may start today; one beyond that ends all of them, and resets the token.
        starts_reset_after_s: how many seconds it takes until there are all of them again.
        identify_every_s: how many seconds apart sessions have to begin, 5 at the real one; 0: they may begin at once.
        allowed_intents: the privileged intents that the bot is granted.
    """

    def __init__(
        self, world: World, recording: Recording, token: Callable[[], str], reset_token: Callable[[], None]
    ) -> None:
        self._world = world
        self._recording = recording
        self._token = token
        self._reset_token = reset_token
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self._twice: frozenset[str] = frozenset()
        self._open = asyncio.Event()
        self._open.set()
        self.url = ""
        self.shards = 1
        self.starts_left = 1000
        self.starts_reset_after_s = 86_400.0
        self.identify_every_s = 0.0
        self._identified_at = -math.inf
        self.allowed_intents = 0

    def bot_gateway(self) -> Json:
        """Return the answer to GET /gateway/bot."""
        after_ms = int(self.starts_reset_after_s * 1000)
        limit = {"total": 1000, "remaining": self.starts_left, "reset_after": after_ms, "max_concurrency": 1}
        return {"url": self.url, "shards": self.shards, "session_start_limit": limit}

    def emit(self, event: str, data: Json, guild: Guild | None) -> None:
        """Send an event to every session that it concerns; one whose client is away gets it when it resumes."""
        for session in self._sessions.values():
            if session.hears(event, guild):
                for _ in range(2 if event in self._twice else 1):
                    session.add(event, data)

    def emit_as_it_is(self, event: str, data: Json) -> None:
        """Send an event that a test made itself to every session, whatever it listens to."""
        for session in self._sessions.values():
            session.add(event, data)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection, from HELLO to its end."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        is_compressed = request.query.get("compress") == "zlib-stream"
        connection = Connection(socket, request.transport, self._open, compress=is_compressed)
        self._connections.add(connection)
        connection.put({"op": Op.HELLO, "d": {"heartbeat_interval": _HEARTBEAT_MS}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(connection, message.data)
        finally:
            self._connections.discard(connection)
            self._leave(connection)
            await connection.stop()
        return socket

    def ready(self, shards: int) -> bool:
        """Whether at least ``shards`` sessions are connected."""
        return sum(session.connection is not None for session in self._sessions.values()) >= shards

    async def flush(self) -> None:
        """Wait until everything has been sent, unless `hold` keeps it back."""
        if self._open.is_set():
            await asyncio.gather(*(each.flushed() for each in self._connections))

    def deliver_twice(self, *events: str) -> None:
        """Send each of these events twice from now on; without names, end that."""
        self._twice = frozenset(events)

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """Send nothing inside the block, and everything that waited after it."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    async def drop(self, code: int | None = 4000) -> None:
        """Close every connection; sessions can be resumed. If ``code`` is None, the connections just break off."""
        for connection in list(self._connections):
            await connection.close(code)

    def ask_to_reconnect(self) -> None:
        """Ask every client to come back on a new connection."""
        for connection in self._connections:
            connection.put({"op": Op.RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """End every session; with ``resumable``, clients may resume them."""
        for session in list(self._sessions.values()):
            if not resumable:
                del self._sessions[session.id]
            if session.connection is not None:
                session.connection.put({"op": Op.INVALID_SESSION, "d": resumable})
                session.connection = None

    async def close(self) -> None:
        """Close every connection, as a server does when it goes down."""
        self._open.set()
        await self.drop(1001)

    async def _receive(self, connection: Connection, raw: str) -> None:
        payload = json.loads(raw)
        op, data = payload["op"], payload.get("d")
        self._recording.payloads.append(Payload(op, data, raw.encode(), self._world.clock.elapsed()))
        if op == Op.HEARTBEAT:
            connection.put({"op": Op.HEARTBEAT_ACK})
        elif op == Op.IDENTIFY:
            await self._identify(connection, data)
        elif op == Op.RESUME:
            await self._resume(connection, data)
        elif op == Op.REQUEST_MEMBERS:
            self._send_members(connection, data)
        self._world.changes.announce()

    async def _identify(self, connection: Connection, data: Json) -> None:
        shard, shards = data.get("shard") or (0, 1)
        intents = int(data["intents"])
        if data["token"] != self._token():
            return await connection.close(_BAD_TOKEN)
        if intents & PRIVILEGED & ~self.allowed_intents:
            return await connection.close(_BAD_INTENTS)
        if not 0 <= shard < shards:
            return await connection.close(_BAD_SHARD)
        now = self._world.clock.elapsed()
        if now - self._identified_at < self.identify_every_s:  # .../docs/events/gateway#identifying, max_concurrency
            return connection.put({"op": Op.INVALID_SESSION, "d": False})
        self._identified_at = now
        if not self.starts_left:  # https://discord.com/developers/docs/events/gateway#identifying
            self._reset_token()
            return await self.drop(_BAD_TOKEN)
        self.starts_left -= 1
        session = Session(id=secrets.token_hex(16), shard=shard, shards=shards, intents=intents)
        session.connection = connection
        self._sessions[session.id] = session
        self._start(session)
        return None

    def _start(self, session: Session) -> None:
        guilds = [each for each in self._world.guilds.values() if each.bot_is_in and session.covers(each)]
        ready = {
            "v": 10,
            "user": payloads.user(self._world.bot),
            "guilds": [{"id": str(each.id), "unavailable": True} for each in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [session.shard, session.shards],
            "application": {"id": str(self._world.application_id), "flags": 0},
        }
        session.add("READY", ready)
        for guild in guilds:
            if session.hears("GUILD_CREATE", guild):
                with_members = bool(session.intents & GUILD_MEMBERS)
                session.add("GUILD_CREATE", payloads.guild_create(guild, with_members=with_members))

    async def _resume(self, connection: Connection, data: Json) -> None:
        session = self._sessions.get(data["session_id"])
        if data["token"] != self._token():
            return await connection.close(_BAD_TOKEN)
        if session is None:
            return connection.put({"op": Op.INVALID_SESSION, "d": False})
        if data["seq"] > session.sequence:
            return await connection.close(_BAD_SEQUENCE)
        if session.connection is not None:
            await session.connection.close(4000)
        session.connection = connection
        session.replay(after=data["seq"])
        session.add("RESUMED", {})
        return None

    def _send_members(self, connection: Connection, data: Json) -> None:
        session = next(each for each in self._sessions.values() if each.connection is connection)
        guild = self._world.guilds[int(data["guild_id"])]
        wanted: Any = data.get("user_ids") or []
        ids = {int(each) for each in (wanted if isinstance(wanted, list) else [wanted])}
        found = [
            member
            for member in guild.members.values()
            if member.user.id in ids or (not ids and member.user.name.lower().startswith(data.get("query") or ""))
        ]
        session.add(
            "GUILD_MEMBERS_CHUNK",
            {
                "guild_id": str(guild.id),
                "members": [payloads.member(each) for each in found],
                "chunk_index": 0,
                "chunk_count": 1,
                "not_found": [],
                "nonce": data.get("nonce"),
            },
        )

    def _leave(self, connection: Connection) -> None:
        for session in list(self._sessions.values()):
            if session.connection is connection:
                session.connection = None
                if connection.client_left_with in _GONE_FOR_GOOD:
                    del self._sessions[session.id]
