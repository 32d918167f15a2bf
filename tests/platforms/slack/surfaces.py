"""What people see and click on: messages, and views (the home tab and modals)."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.platforms.slack.people import User
    from tests.platforms.slack.workspace import Channel, Team

Json = dict[str, Any]

_SHOWN_REACTORS = 50
"""History names no more people of one reaction than this, though it counts all; only reactions.get with full does."""


@dataclass(frozen=True, slots=True)
class Version:
    """The content that a message has from one moment until the next edit."""

    at: datetime
    text: str
    blocks: list[Json]
    link_names: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """A message in a channel; with ``ephemeral_to`` one that nobody else sees.

    Attributes:
        broadcast: whether a reply is shown in the channel, too.
        versions: what it said from its posting on; the last is its present content.
        reactions: who reacted, by the reaction's name, in order.
        replies: the thread below it.
    """

    channel: "Channel"
    author: "User"
    ts: str
    versions: list[Version]
    thread_ts: str | None = None
    ephemeral_to: "User | None" = None
    metadata: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Any] = field(default_factory=list)
    replies: list["Message"] = field(default_factory=list)
    deleted: bool = False
    broadcast: bool = False

    @property
    def id(self) -> str:
        """The message's id among all surfaces of a workspace."""
        return f"{self.channel.id}/{self.ts}"

    @property
    def team(self) -> "Team":
        """Its workspace."""
        return self.channel.team

    @property
    def text(self) -> str:
        """The message's present text; a fallback if there are blocks."""
        return self.versions[-1].text

    @property
    def blocks(self) -> list[Json]:
        """The message's present blocks."""
        return self.versions[-1].blocks

    @property
    def edits(self) -> int:
        """How often the message was edited."""
        return len(self.versions) - 1

    def delete(self) -> None:
        """Delete the message from wherever it is."""
        self.deleted = True
        if self.ephemeral_to is not None:
            self.ephemeral_to.ephemerals.remove(self)
        elif self.thread_ts and (root := self.channel.message(self.thread_ts)):
            root.replies.remove(self)

    def as_event(self) -> Json:
        """The event that tells of it."""
        kind = {"im": "im", "groups": "group", "channels": "channel"}[self.channel.family]
        return self.as_json() | {"channel": self.channel.id, "channel_type": kind}

    def as_json(self, *, metadata: bool = False, all_reactors: bool = False) -> Json:
        """How the Web API and payloads show it."""
        shown: Json = {"type": "message", "user": self.author.id, "text": self.text, "ts": self.ts}
        shown |= {"team": self.team.id, "blocks": deepcopy(self.blocks)}
        if self.author is self.team.bot:
            shown |= {"bot_id": self.team.bot_id, "app_id": self.team.app.id}
        elif self.author.is_bot:
            shown |= {"bot_id": f"B{self.author.id}", "app_id": f"A{self.author.id}"}
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.broadcast:
            shown["subtype"] = "thread_broadcast"
        if self.replies:
            shown |= {"thread_ts": self.ts, "reply_count": len(self.replies), "latest_reply": self.replies[-1].ts}
        if self.edits:
            edited = f"{self.versions[-1].at.timestamp():.6f}"
            shown["edited"] = {"user": self.author.id, "ts": edited}
        if self.reactions:
            shown["reactions"] = [
                {"name": name, "users": users if all_reactors else users[:_SHOWN_REACTORS], "count": len(users)}
                for name, users in self.reactions.items()
            ]
        if self.files:
            shown["files"] = [one.as_json() for one in self.files]
        if metadata and self.metadata:
            shown["metadata"] = self.metadata
        return shown


@dataclass(slots=True, eq=False, repr=False)
class View:
    """A home tab or a modal as one person sees it.

    Attributes:
        content: the view as the bot sent it.
        errors: the errors with which a submission was refused, by block.
        open: whether a modal is still open.
    """

    id: str
    user: "User"
    content: Json
    hash: str
    root_id: str
    errors: dict[str, str] = field(default_factory=dict)
    open: bool = True

    @property
    def team(self) -> "Team":
        """Its workspace."""
        return self.user.team

    @property
    def blocks(self) -> list[Json]:
        """The blocks that the view shows."""
        return self.content["blocks"]

    def as_json(self, values: Json | None = None) -> Json:
        """How the Web API and payloads show it."""
        return {
            "id": self.id,
            "team_id": self.team.id,
            "app_id": self.team.app.id,
            "app_installed_team_id": self.team.id,
            "bot_id": self.team.bot_id,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "title": None,
            "submit": None,
            "close": None,
            "previous_view_id": None,
            **deepcopy(self.content),
            "root_view_id": self.root_id,
            "hash": self.hash,
            "state": {"values": values or {}},
        }


Surface = Message | View


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every element that can be clicked or filled in, each after its block."""
    for block in blocks:
        inner = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        yield from ((block, one) for one in inner if isinstance(one, dict) and "action_id" in one)


def with_ids(blocks: list[Json], edits: int = 0) -> list[Json]:
    """Return a copy in which every block has an id; at each edit, Slack gives a new one to a block without."""
    named = deepcopy(blocks)
    for number, block in enumerate(named):
        block.setdefault("block_id", f"auto{edits}.{number}")
        inner = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        for position, one in enumerate(inner):
            if isinstance(one, dict) and one.get("type") not in {None, "image", "mrkdwn", "plain_text"}:
                one.setdefault("action_id", f"auto{number}.{position}")
    return named
