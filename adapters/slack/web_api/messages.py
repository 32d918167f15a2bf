"""Send, find and edit single messages in a workspace, and handle their reactions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from adapters.slack.outbound import Content
from adapters.slack.text.blocks import MOST_SEEDED, SIGNS, position
from adapters.slack.web_api.channels import inside, named
from adapters.slack.web_api.workspace import AT_ONCE, Closed, Refused, Workspace

_EVENT = "quizbot_post"
"""The type of the metadata that carries a post's key, by which the bot finds the message again."""

_PLAIN = {"unfurl_links": False, "unfurl_media": False}


@dataclass(frozen=True, slots=True)
class Sent:
    """A posted message; ``thread`` is the thread that it is in, or else the one that it may begin."""

    ts: str
    thread: str


async def send(
    workspace: Workspace, channel: str, content: Content, key: str, thread: str | None, *, aloud: bool = False
) -> Sent:
    """Post a message, in a thread if given; if it is ``aloud``, the channel shows it, too.

    If somebody has deleted the message that began the thread, Slack posts it in the channel without a word about it.
    """
    message = {"channel": channel, **_shown(content), **_PLAIN, "metadata": metadata(key)}
    where = {"thread_ts": thread, "reply_broadcast": aloud} if thread else {}
    try:
        answer = await inside(workspace, workspace.client.chat_postMessage, {**message, **where})
    except Closed as error:
        raise await named(workspace, channel, error) from error
    ts = str(answer["ts"])
    return Sent(ts, str((answer.get("message") or {}).get("thread_ts") or ts))


async def say(workspace: Workspace, channel: str, parts: Sequence[Content], thread: str = "") -> None:
    """Post messages that nobody will look for again, in a thread if given."""
    for part in parts:
        message = {"channel": channel, "thread_ts": thread or None, **_shown(part), **_PLAIN}
        await workspace.ask(workspace.client.chat_postMessage, message)


async def open_thread(workspace: Workspace, channel: str, content: Content, key: str, ts: str) -> None:
    """Post the first word in a message's thread."""
    message = {"channel": channel, "thread_ts": ts, **_shown(content), **_PLAIN, "metadata": metadata(key)}
    await workspace.ask(workspace.client.chat_postMessage, message)


async def whisper(workspace: Workspace, channel: str, user: str, parts: Sequence[Content], thread: str = "") -> str:
    """Show a private message to one member in a channel, in a thread if given; return the ``ts`` of its first part."""
    shown = []
    for part in parts:
        message = {"channel": channel, "user": user, "thread_ts": thread or None, **_shown(part)}
        try:
            shown.append(await inside(workspace, workspace.client.chat_postEphemeral, message))
        except Closed as error:
            raise await named(workspace, channel, error) from error
    return str(shown[0]["message_ts"])


async def rewrite(
    workspace: Workspace, channel: str, ts: str, content: Content, key: str, *, patience: float = AT_ONCE
) -> None:
    """Replace a message's content."""
    message = {"channel": channel, "ts": ts, **_shown(content), "metadata": metadata(key)}
    await workspace.call(workspace.client.chat_update, message, patience=patience)


def _shown(content: Content) -> dict[str, Any]:
    return {"text": content.text, "blocks": content.blocks}


def metadata(key: str) -> dict[str, Any]:
    """Return what is attached to the message of a key, so that it can be found again."""
    return {"event_type": _EVENT, "event_payload": {"key": key}}


@dataclass(frozen=True, slots=True)
class Seen:
    """The reactions on a message.

    Attributes:
        put_on: the 0-based positions that each user chose.
        complete: whether Slack named everybody who reacted.
    """

    put_on: dict[str, frozenset[int]]
    complete: bool


async def look(workspace: Workspace, channel: str, ts: str, choices: int) -> Seen:
    """Return the reactions on a message that stand for its choices, including the bot's own."""
    where = {"channel": channel, "timestamp": ts, "full": True}
    answer = await workspace.call(workspace.client.reactions_get, where)
    put_on: defaultdict[str, set[int]] = defaultdict(set)
    complete = True
    for reaction in answer["message"].get("reactions") or ():
        at = position(reaction["name"])
        if at is not None and at < choices:
            complete = complete and len(reaction["users"]) >= reaction["count"]
            for user in reaction["users"]:
                put_on[user].add(at)
    return Seen({user: frozenset(positions) for user, positions in put_on.items()}, complete)


async def seed(workspace: Workspace, channel: str, ts: str, choices: int) -> None:
    """Add the bot's own reaction for every choice."""
    for name in SIGNS[: min(choices, MOST_SEEDED)]:
        try:
            await workspace.ask(workspace.client.reactions_add, {"channel": channel, "timestamp": ts, "name": name})
        except Refused as error:
            if error.code != "already_reacted":
                raise
