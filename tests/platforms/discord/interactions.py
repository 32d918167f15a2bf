"""A click, a command, a few typed letters or a submitted modal, and how the bot answered."""

from dataclasses import dataclass, field
from enum import IntEnum

from tests.patience import kept_waiting
from tests.platforms.discord import payloads
from tests.platforms.discord.demand import demand
from tests.platforms.discord.model import Channel, Json, Message, User
from tests.platforms.discord.world import World

TO_ACKNOWLEDGE_S = 3.0
TO_FOLLOW_UP_S = 15 * 60.0


class Kind(IntEnum):
    """What the user did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    SUBMITTED_MODAL = 5


class Callback(IntEnum):
    """The type of the bot's first answer."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


ALLOWED = {
    Kind.COMMAND: (Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL),
    Kind.COMPONENT: (
        Callback.MESSAGE,
        Callback.DEFERRED_MESSAGE,
        Callback.DEFERRED_UPDATE,
        Callback.UPDATE,
        Callback.MODAL,
    ),
    Kind.AUTOCOMPLETE: (Callback.CHOICES,),
    Kind.SUBMITTED_MODAL: (
        Callback.MESSAGE,
        Callback.DEFERRED_MESSAGE,
        Callback.DEFERRED_UPDATE,
        Callback.UPDATE,
    ),
}


@dataclass(eq=False, kw_only=True)
class Interaction:
    """One interaction and the bot's answers to it.

    Attributes:
        message: the message that was clicked on, be it to open the modal that was submitted.
        dispatched_at: the server's `elapsed` seconds when the bot was told.
        callback: the type of the bot's first answer; None: there is none yet.
        acknowledged_after: seconds until that answer.
        reply: the original response: a new message, or the clicked one once it is updated.
        followups: the bot's further messages, in order.
        choices: what the bot offered to complete what was typed.
        modal: the form that the bot opened.
        had_waited: what `kept_waiting` returned when the bot was told.
    """

    id: int
    token: str
    kind: Kind
    user: User
    channel: Channel
    data: Json
    world: World
    dispatched_at: float
    message: Message | None = None
    callback: Callback | None = None
    acknowledged_after: float | None = None
    reply: Message | None = None
    is_shown: bool = False
    followups: list[Message] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    had_waited: float = field(default_factory=kept_waiting)

    @property
    def age(self) -> float:
        """Seconds since the bot was told, without those in which it had no processor."""
        return self.world.clock.elapsed() - self.dispatched_at - (kept_waiting() - self.had_waited)

    @property
    def ephemeral(self) -> bool:
        """Whether only this user sees the reply."""
        return self._shown.is_ephemeral

    @property
    def content(self) -> str:
        """The reply's text."""
        return self._shown.content

    @property
    def embeds(self) -> list[Json]:
        """The reply's embeds."""
        return self._shown.embeds

    @property
    def components(self) -> list[Json]:
        """The reply's rows of buttons and menus."""
        return self._shown.components

    async def acknowledged(self) -> "Interaction":
        """Wait for the bot's first answer, of any type."""
        await self.world.changes.until(lambda: self.callback, f"an acknowledgement of {self}")
        return self

    async def replied(self) -> "Interaction":
        """Wait until the user sees something: a message, an update, choices, a form."""
        await self.world.changes.until(lambda: self.is_shown, f"a reply to {self}")
        return self

    async def followed_up(self, count: int = 1) -> list[Message]:
        """Wait for at least ``count`` followups, and return all there are."""
        await self.world.changes.until(lambda: len(self.followups) >= count, f"a followup to {self}")
        return self.followups

    def __str__(self) -> str:
        what = self.data.get("custom_id") or self.data.get("name")
        return f"{self.user.name}'s {self.kind.name.lower()} {what!r}"

    @property
    def _shown(self) -> Message:
        if not self.is_shown or self.reply is None:
            raise AssertionError(f"{self} shows no message")
        return self.reply


def payload(one: Interaction) -> Json:
    """Return an interaction as the gateway sends it."""
    world, channel, guild = one.world, one.channel, one.channel.guild
    body: Json = {
        "id": str(one.id),
        "application_id": str(world.application_id),
        "type": int(one.kind),
        "data": one.data,
        "token": one.token,
        "version": 1,
        "channel_id": str(channel.id),
        "channel": payloads.channel(channel),
        "locale": one.user.locale,
        "entitlements": [],
        "app_permissions": payloads.permissions(channel.bot_may),
        "attachment_size_limit": 10_485_760,
        "context": 0 if guild else 1,
        "authorizing_integration_owners": {"0": str(guild.id) if guild else "0"},
    }
    if one.message is not None:
        body["message"] = world.describe(one.message)
    if guild is None:
        return body | {"user": payloads.user(one.user)}
    demand(one.user.id in guild.members, f"{one.user.name} is not in {guild.name}")
    permissions = payloads.permissions(guild.permissions_of(one.user))
    return body | {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "member": payloads.member(guild.members[one.user.id]) | {"permissions": permissions},
    }
