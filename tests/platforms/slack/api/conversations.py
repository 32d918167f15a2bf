"""conversations.*: channels, their members and their messages."""

from typing import TYPE_CHECKING

from tests.platforms.slack.api.base import HISTORY, READ, ApiError, Call, method
from tests.platforms.slack.surfaces import Json

if TYPE_CHECKING:
    from tests.platforms.slack.surfaces import Message

_FAMILIES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


@method("conversations.info", *READ, tier=3)
def info(call: Call) -> Json:
    channel = call.channel(scope="read")
    count = {"num_members": len(channel.members)} if call.flag("include_num_members") else {}
    return {"channel": channel.as_json() | count}


@method("conversations.members", *READ, tier=4)
def members(call: Call) -> Json:
    page, cursor = call.page(call.channel(scope="read").members)
    return {"members": page, **cursor}


@method("conversations.list", *READ, tier=2)
def listed(call: Call) -> Json:
    families = [_FAMILIES[one] for one in str(call.args.get("types") or "public_channel").split(",")]
    for family in families:
        call.require(f"{family}:read")
    wanted = [
        one
        for one in call.team.channels.values()
        if one.family in families
        and (one.has_bot or not one.private)
        and not (one.archived and call.flag("exclude_archived"))
    ]
    page, cursor = call.page(wanted)
    return {"channels": [one.as_json() for one in page], **cursor}


@method("users.conversations", *READ, tier=3)
def of_user(call: Call) -> Json:
    wanted = call.args.get("user") or call.team.bot.id
    call.require("channels:read")
    mine = [one for one in call.team.channels.values() if wanted in one.members and not (one.direct or one.private)]
    page, cursor = call.page(mine)
    return {"channels": [one.as_json() for one in page], **cursor}


@method("conversations.join", "channels:join", tier=3)
def join(call: Call) -> Json:
    channel = call.channel(live=True)
    if channel.private or channel.direct:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.has_bot:
        return {"channel": channel.as_json(), "warning": "already_in_channel"}
    channel.members.append(call.team.bot.id)
    call.server.emit(call.team, channel.joined(call.team.bot), about=channel)
    return {"channel": channel.as_json()}


@method("conversations.open", "im:write", tier=3)
def opened(call: Call) -> Json:
    users = call.need("users").split(",")
    if len(users) > 1:
        raise ApiError("not_built_here", what="conversations with several people")
    if users[0] not in call.team.users:
        raise ApiError("user_not_found")
    if call.team.users[users[0]].deleted:
        raise ApiError("user_disabled")
    return {"channel": {"id": call.team.direct(call.team.users[users[0]]).id}, "no_op": False, "already_open": False}


@method("conversations.history", *HISTORY, tier=3)
def history(call: Call) -> Json:
    """Newest first; with ``oldest`` alone, pages begin at that time: https://github.com/slackhq/slack-api-docs/issues/4."""
    channel = call.channel(scope="history", inside=True)
    found = [one for one in channel.shown if _between(call, one)]
    if call.args.get("oldest") and not call.args.get("latest"):
        answer = _messages(call, found)
        answer["messages"].reverse()
        return answer
    return _messages(call, found[::-1])


@method("conversations.replies", *HISTORY, tier=3)
def replies(call: Call) -> Json:
    channel = call.channel(scope="history", inside=True)
    root = channel.message(call.need("ts"))
    if root is None:
        raise ApiError("thread_not_found")
    return _messages(call, [root, *(one for one in root.replies if _between(call, one))])


def _messages(call: Call, messages: list["Message"]) -> Json:
    page, cursor = call.page(messages)
    shown = [one.as_json(metadata=call.flag("include_all_metadata")) for one in page]
    return {"messages": shown, "has_more": bool(cursor["response_metadata"]["next_cursor"]), **cursor}


def _between(call: Call, message: "Message") -> bool:
    ts, oldest, latest = float(message.ts), call.args.get("oldest"), call.args.get("latest")
    if call.flag("inclusive") and message.ts in {oldest, latest}:
        return True
    return (not oldest or ts > float(oldest)) and (not latest or ts < float(latest))
