"""REST routes for messages and reactions."""

from typing import Any

from tests.platforms.discord import messages, payloads
from tests.platforms.discord.access import channel_of, message_of, user_of
from tests.platforms.discord.api import Handler
from tests.platforms.discord.errors import (
    ARCHIVED,
    HAS_A_THREAD,
    MISSING_PERMISSIONS,
    NOT_IN_A_DM,
    NOT_THE_AUTHOR,
    UNKNOWN_EMOJI,
    USER_TAKES_NO_MESSAGES,
    WRONG_CHANNEL_TYPE,
    Form,
    Refused,
)
from tests.platforms.discord.model import ChannelKind, Message
from tests.platforms.discord.permissions import May
from tests.platforms.discord.recording import Request, snowflake
from tests.platforms.discord.world import World

_MESSAGE = "/channels/{channel}/messages/{message}"
_REACTIONS = _MESSAGE + "/reactions"
_ARCHIVED_AFTER = (60, 1440, 4320, 10080)


class MessageRoutes:
    """What the bot can do with messages and reactions."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by method and route."""
        return {
            "POST /channels/{channel}/messages": self._post,
            "GET /channels/{channel}/messages": self._history,
            f"GET {_MESSAGE}": self._get,
            f"PATCH {_MESSAGE}": self._edit,
            f"DELETE {_MESSAGE}": self._delete,
            f"POST {_MESSAGE}/threads": self._open_thread,
            f"PUT {_REACTIONS}/{{emoji}}/@me": self._react,
            f"DELETE {_REACTIONS}/{{emoji}}/@me": self._unreact,
            f"DELETE {_REACTIONS}/{{emoji}}/{{user}}": self._remove_reaction,
            f"GET {_REACTIONS}/{{emoji}}": self._who_reacted,
            f"DELETE {_REACTIONS}/{{emoji}}": self._clear_emoji,
            f"DELETE {_REACTIONS}": self._clear,
        }

    def _post(self, request: Request) -> Any:
        channel = channel_of(self._world, request)
        if channel.recipient is not None and not channel.recipient.takes_messages:
            raise Refused(USER_TAKES_NO_MESSAGES)
        return self._world.describe(messages.post(self._world, channel, request.json, request.uploads))

    def _history(self, request: Request) -> Any:
        channel = channel_of(self._world, request)
        if May.READ_HISTORY not in channel.bot_may:
            return []
        limit = _limit(request, usual=50)
        found = sorted(channel.messages.values(), key=lambda each: each.id, reverse=True)
        if "before" in request.query:
            found = [each for each in found if each.id < snowflake(request.query["before"], ("before",))]
        if "after" in request.query:
            found = [each for each in found if each.id > snowflake(request.query["after"], ("after",))][-limit:]
        return [self._world.describe(each) for each in found[:limit]]

    def _get(self, request: Request) -> Any:
        return self._world.describe(message_of(self._world, request, May.READ_HISTORY))

    def _edit(self, request: Request) -> Any:
        message = self._own(request)
        messages.edit(self._world, message, request.json, request.uploads)
        return self._world.describe(message)

    def _delete(self, request: Request) -> None:
        message = message_of(self._world, request)
        if message.author is not self._world.bot and May.MANAGE_MESSAGES not in message.channel.bot_may:
            raise Refused(MISSING_PERMISSIONS)
        self._world.delete_message(message)

    def _open_thread(self, request: Request) -> Any:
        message = message_of(self._world, request, May.CREATE_PUBLIC_THREADS)
        form, name = Form(), str(request.json.get("name", ""))
        form.between(("name",), len(name), 1, 100)
        if request.json.get("auto_archive_duration", 60) not in _ARCHIVED_AFTER:
            form.refuse(
                ("auto_archive_duration",), "BASE_TYPE_CHOICES", "Value must be one of {60, 1440, 4320, 10080}."
            )
        form.settle()
        if message.channel.kind not in {ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT}:
            raise Refused(WRONG_CHANNEL_TYPE)
        if message.thread is not None:
            raise Refused(HAS_A_THREAD)
        message.thread = name
        return payloads.thread(message)

    def _own(self, request: Request) -> Message:
        message = message_of(self._world, request)
        if message.author is not self._world.bot:
            raise Refused(NOT_THE_AUTHOR)
        return message

    def _react(self, request: Request) -> None:
        message, emoji = message_of(self._world, request, May.READ_HISTORY), _emoji(request)
        if message.channel.archived:
            raise Refused(ARCHIVED)
        if emoji not in message.reactions and May.ADD_REACTIONS not in message.channel.bot_may:
            raise Refused(MISSING_PERMISSIONS)
        self._world.react(self._world.bot, message, emoji)

    def _unreact(self, request: Request) -> None:
        self._world.unreact(self._world.bot, message_of(self._world, request), _emoji(request))

    def _remove_reaction(self, request: Request) -> None:
        self._world.unreact(user_of(self._world, request), self._managed(request), _emoji(request))

    def _who_reacted(self, request: Request) -> Any:
        message = message_of(self._world, request, May.READ_HISTORY)
        after = snowflake(request.query.get("after", "0"), ("after",))
        people = message.reacted(_emoji(request), burst=request.query.get("type") == "1")
        found = [people[number] for number in sorted(people) if number > after]
        return [payloads.user(each) for each in found[: _limit(request, usual=25)]]

    def _clear_emoji(self, request: Request) -> None:
        message, emoji = self._managed(request), _emoji(request)
        if message.reactions.pop(emoji, None) is not None:
            body = {"message_id": str(message.id), "emoji": payloads.emoji(emoji)}
            self._world.tell_of(message.channel, "MESSAGE_REACTION_REMOVE_EMOJI", body)

    def _clear(self, request: Request) -> None:
        message = self._managed(request)
        message.reactions.clear()
        self._world.tell_of(message.channel, "MESSAGE_REACTION_REMOVE_ALL", {"message_id": str(message.id)})

    def _managed(self, request: Request) -> Message:
        """Return the message in the path, if the bot may remove other people's reactions there."""
        message = message_of(self._world, request)
        if message.channel.guild is None:
            raise Refused(NOT_IN_A_DM)
        if May.MANAGE_MESSAGES not in message.channel.bot_may:
            raise Refused(MISSING_PERMISSIONS)
        return message


def _emoji(request: Request) -> str:
    emoji = request.params["emoji"]
    if emoji.isascii() and ":" not in emoji:
        raise Refused(UNKNOWN_EMOJI)
    return emoji


def _limit(request: Request, usual: int) -> int:
    number = int(request.query.get("limit", usual))
    form = Form()
    form.between(("limit",), number, 1, 100)
    form.settle()
    return number
