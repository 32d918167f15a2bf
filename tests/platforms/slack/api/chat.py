"""chat.*: posting, editing and deleting messages."""

from typing import TYPE_CHECKING

from tests.platforms.slack import blockkit
from tests.platforms.slack.api.base import ApiError, Call, method
from tests.platforms.slack.surfaces import Json, Version, with_ids

if TYPE_CHECKING:
    from tests.platforms.slack.surfaces import Message
    from tests.platforms.slack.workspace import Channel

MAX_TEXT = 40_000


@method("chat.postMessage", "chat:write", tier=0)
def post_message(call: Call) -> Json:
    if person := call.team.users.get(call.need("channel")):
        call.args = call.args | {"channel": call.team.direct(person).id}
    channel = _writable(call)
    text, blocks = _content(call)
    thread = _thread(call, channel)
    message = channel.write(
        call.team.bot,
        text,
        blocks,
        link_names=_links_names(call),
        thread_ts=thread,
        metadata=call.args.get("metadata"),
        broadcast=thread is not None and call.flag("reply_broadcast"),
    )
    if channel.direct and "message.im" in call.server.subscribed_to:  # an app hears itself, too
        call.server.emit(call.team, message.as_event(), inside=channel, name="message.im")
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json(metadata=True)}


@method("chat.postEphemeral", "chat:write", tier=4)
def post_ephemeral(call: Call) -> Json:
    channel, user = _writable(call), call.user()
    if user.id not in channel.members:
        raise ApiError("user_not_in_channel")
    text, blocks = _content(call)
    thread = _thread(call, channel)
    message = channel.write(
        call.team.bot, text, blocks, link_names=_links_names(call), thread_ts=thread, ephemeral_to=user
    )
    return {"message_ts": message.ts}


@method("chat.update", "chat:write", tier=3)
def update(call: Call) -> Json:
    channel = _writable(call)
    message = _own(call, channel, "cant_update_message")
    text, blocks = _content(call)
    if "blocks" not in call.args:
        blocks = message.blocks  # fields that aren't sent stay as they are
    now = call.server.clock.now()
    message.versions.append(Version(now, text, with_ids(blocks, len(message.versions)), _links_names(call)))
    if "metadata" in call.args:
        message.metadata = call.args["metadata"]
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": message.as_json(metadata=True)}


@method("chat.delete", "chat:write", tier=3)
def delete(call: Call) -> Json:
    channel = _writable(call)
    message = _own(call, channel, "cant_delete_message")
    message.delete()
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink", tier=4)
def get_permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.message(channel, "message_ts")
    link = f"https://{call.team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _writable(call: Call) -> "Channel":
    channel = call.channel(inside=True, live=True)
    if channel.refusal:
        raise ApiError(channel.refusal)
    return channel


def _own(call: Call, channel: "Channel", refusal: str) -> "Message":
    message = call.message(channel, "ts")
    if message.author is not call.team.bot:
        raise ApiError(refusal)
    return message


def _thread(call: Call, channel: "Channel") -> str | None:
    """Return the thread to post in; None if there is none, also where somebody has deleted the message that began it.

    Slack posts such a reply in the channel: https://github.com/slack-go/slack/issues/1571
    """
    ts = call.args.get("thread_ts")
    return str(ts) if ts and channel.message(ts) is not None else None


def _content(call: Call) -> tuple[str, list[Json]]:
    text, blocks = call.args.get("text") or "", call.args.get("blocks") or []
    if call.args.get("attachments"):
        raise ApiError("not_built_here", what="attachments")
    if not text and not blocks:
        raise ApiError("no_text")
    if len(text) > MAX_TEXT:
        raise ApiError("msg_too_long")
    check_blocks(call, blocks)
    return text, blocks


def check_blocks(call: Call, blocks: Json | list[Json]) -> None:
    """Refuse a call whose blocks Slack wouldn't accept in a message."""
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    found = [*blockkit.problems(blocks), *call.server.files.problems(call.team, blocks)]
    if found:
        metadata = {"messages": [f"[ERROR] {one}" for one in found]}
        raise ApiError("invalid_blocks", errors=found, response_metadata=metadata)


def _links_names(call: Call) -> bool:
    return call.flag("link_names") or call.args.get("parse") == "full"
