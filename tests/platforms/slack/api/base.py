"""What every Web API method receives, and the error with which it refuses a call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.platforms.slack.identity import Grant
from tests.platforms.slack.surfaces import Json

if TYPE_CHECKING:
    from tests.platforms.slack.people import User
    from tests.platforms.slack.server import SlackServer
    from tests.platforms.slack.surfaces import Message
    from tests.platforms.slack.workspace import Channel, Team


class ApiError(Exception):
    """Raised to answer a call with ``ok: false``, this error code, and the fields that are given with it."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}


@dataclass(slots=True)
class Call:
    """One call of a method, whose token and scopes are checked already."""

    server: "SlackServer"
    method: "Method"
    args: Json
    grant: Grant | None = None

    @property
    def team(self) -> "Team":
        """The workspace that the call's token belongs to."""
        assert self.grant is not None
        return self.grant.team

    def need(self, name: str) -> str:
        """Return a required argument, or refuse the call without it."""
        value = self.args.get(name)
        if value in {None, ""}:
            raise ApiError(
                "invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]}
            )
        return str(value)

    def flag(self, name: str) -> bool:
        """Whether a yes-or-no argument is set; clients send 1 and 0 for it."""
        return self.args.get(name) in {True, "1", "true"}

    def require(self, *alternatives: str) -> None:
        """Refuse the call unless one of these scopes was granted."""
        if self.grant is None or not self.grant.allows(alternatives):
            raise ApiError("missing_scope", needed=",".join(alternatives), provided=str(self.grant))
        self.server.scopes_used |= {*alternatives} & self.grant.scopes

    def user(self, name: str = "user") -> "User":
        """Return the person whose id the argument ``name`` holds."""
        user = self.team.users.get(self.need(name))
        if user is None:
            raise ApiError("user_not_found")
        return user

    def channel(self, name: str = "channel", *, scope: str = "", inside: bool = False, live: bool = False) -> "Channel":
        """Return the channel whose id is given.

        Args:
            name: the name of the argument.
            scope: the right that is needed for the channel's kind: ``read`` for ``channels:read``, ``groups:read`` …
            inside: whether the bot must be in the channel.
            live: whether the channel must not be archived.
        """
        wanted = self.need(name)
        channel = self.team.channels.get(wanted)
        if channel is None or (channel.private and not channel.has_bot):
            raise ApiError("channel_not_found")
        if scope:
            self.require(f"{channel.family}:{scope}")
        if live and channel.archived:
            raise ApiError("is_archived")
        if inside and not channel.has_bot:
            raise ApiError("not_in_channel")
        return channel

    def message(self, channel: "Channel", name: str) -> "Message":
        """Return the message in a channel whose ts the argument ``name`` holds."""
        message = channel.message(self.need(name))
        if message is None:
            raise ApiError("message_not_found")
        return message

    def page(self, items: Sequence[Any], default: int = 100) -> tuple[list[Any], Json]:
        """Return the requested page of a list, and the response metadata with the cursor of the next page."""
        method, _colon, start_at = str(self.args.get("cursor") or f"{self.method.name}:0").partition(":")
        if method != self.method.name:
            raise ApiError("invalid_cursor")
        start = int(start_at)
        wanted = int(self.args.get("limit") or default)
        end = start + self.server.limits.most_objects(self.method.name, wanted)
        cursor = f"{self.method.name}:{end}" if end < len(items) else ""
        return list(items[start:end]), {"response_metadata": {"next_cursor": cursor}}


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API.

    Attributes:
        scopes: one of these must be granted.
        tier: the rate limit tier, 1 to 4; 0 for messages: one a second in each channel.
        by: whose token it is called with: ``bot``, ``app``, or ``nobody``.
    """

    name: str
    run: Callable[[Call], Json]
    scopes: tuple[str, ...]
    tier: int
    by: str


METHODS: dict[str, Method] = {}


def method(
    name: str, *scopes: str, tier: int, by: str = "bot"
) -> Callable[[Callable[[Call], Json]], Callable[[Call], Json]]:
    """Decorate the function that performs the method of this name."""

    def register(run: Callable[[Call], Json]) -> Callable[[Call], Json]:
        METHODS[name] = Method(name, run, scopes, tier, by)
        return run

    return register


READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
