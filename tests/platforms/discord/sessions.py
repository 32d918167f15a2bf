"""Sessions: which events one gets, and what it keeps for a client that is away."""

from dataclasses import dataclass, field
from enum import IntEnum

from tests.platforms.discord.connection import Connection
from tests.platforms.discord.model import Guild, Json


class Op(IntEnum):
    """The type of a gateway payload."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


GUILDS, GUILD_MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, GUILD_REACTIONS = 1 << 9, 1 << 10
DIRECT_MESSAGES, DIRECT_REACTIONS = 1 << 12, 1 << 13
MESSAGE_CONTENT = 1 << 15

PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT


@dataclass(eq=False, kw_only=True)
class Session:
    """One shard's events, whether its client is connected or not."""

    id: str
    shard: int
    shards: int
    intents: int
    connection: Connection | None = None
    _events: list[Json] = field(default_factory=list)

    @property
    def sequence(self) -> int:
        """The number of the session's last event."""
        return len(self._events)

    def covers(self, guild: Guild | None) -> bool:
        """Whether events of a guild belong to this shard; those of direct messages (None) belong to the first shard."""
        return (guild.id >> 22 if guild else 0) % self.shards == self.shard

    def hears(self, event: str, guild: Guild | None) -> bool:
        """Whether the session gets this event: its shard covers the guild, and its intents include the event."""
        needed = _intent(event, direct=guild is None)
        return self.covers(guild) and (not needed or bool(self.intents & needed))

    def add(self, event: str, data: Json) -> None:
        """Keep an event, and send it if a client is connected."""
        self._events.append({"op": Op.DISPATCH, "s": self.sequence + 1, "t": event, "d": data})
        if self.connection is not None:
            self.connection.put(self._events[-1])

    def replay(self, after: int) -> None:
        """Send again the events whose numbers are above ``after``."""
        if self.connection is not None:
            for event in self._events[after:]:
                self.connection.put(event)


def _intent(event: str, *, direct: bool) -> int:
    """Return the intent that an event needs; 0: every session gets it."""
    if event.startswith("MESSAGE_REACTION"):
        return DIRECT_REACTIONS if direct else GUILD_REACTIONS
    if event.startswith("MESSAGE"):
        return DIRECT_MESSAGES if direct else GUILD_MESSAGES
    if event.startswith("GUILD_MEMBER_"):
        return GUILD_MEMBERS
    return GUILDS if event.startswith(("GUILD", "CHANNEL", "THREAD")) else 0
