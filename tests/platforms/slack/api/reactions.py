"""reactions.*."""

import re
from typing import TYPE_CHECKING

from tests.platforms.slack.acting import reaction
from tests.platforms.slack.api.base import ApiError, Call, method
from tests.platforms.slack.surfaces import Json

if TYPE_CHECKING:
    from tests.platforms.slack.surfaces import Message

_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")
_EACH = 23
"""How many different reactions one may add to a message."""


@method("reactions.add", "reactions:write", tier=3)
def add(call: Call) -> Json:
    name, message = _named(call), _item(call)
    users = message.reactions.get(name, [])
    if call.team.bot.id in users:
        raise ApiError("already_reacted")
    if sum(call.team.bot.id in given for given in message.reactions.values()) >= _EACH:
        raise ApiError("too_many_reactions")
    message.reactions.setdefault(name, []).append(call.team.bot.id)
    call.server.emit(call.team, reaction(call.team.bot, message, name, "added"), inside=message.channel)
    return {}


@method("reactions.remove", "reactions:write", tier=2)
def remove(call: Call) -> Json:
    name, message = _named(call), _item(call)
    if call.team.bot.id not in message.reactions.get(name, []):
        raise ApiError("no_reaction")
    message.reactions[name].remove(call.team.bot.id)
    if not message.reactions[name]:
        del message.reactions[name]
    call.server.emit(call.team, reaction(call.team.bot, message, name, "removed"), inside=message.channel)
    return {}


@method("reactions.get", "reactions:read", tier=3)
def get(call: Call) -> Json:
    channel = call.channel(inside=True)
    message = call.message(channel, "timestamp")
    return {"type": "message", "channel": channel.id, "message": message.as_json(all_reactors=call.flag("full"))}


def _named(call: Call) -> str:
    name = call.need("name")
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name")
    return name


def _item(call: Call) -> "Message":
    channel = call.channel(inside=True, live=True)
    if channel.refusal:
        raise ApiError(channel.refusal)
    return call.message(channel, "timestamp")
