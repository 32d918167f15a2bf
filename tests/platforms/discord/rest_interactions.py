"""REST routes with which the bot answers interactions."""

from typing import Any

from tests.platforms.discord import messages
from tests.platforms.discord.api import Handler
from tests.platforms.discord.commands import check_choices
from tests.platforms.discord.errors import (
    ALREADY_ACKNOWLEDGED,
    TOKEN_EXPIRED,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    Form,
    Refused,
)
from tests.platforms.discord.interactions import (
    ALLOWED,
    TO_ACKNOWLEDGE_S,
    TO_FOLLOW_UP_S,
    Callback,
    Interaction,
)
from tests.platforms.discord.limits import check_message
from tests.platforms.discord.modals import check_modal
from tests.platforms.discord.model import EPHEMERAL, LOADING, Json, Message
from tests.platforms.discord.recording import Request
from tests.platforms.discord.world import World

_WEBHOOK = "/webhooks/{webhook}/{token}"
_CALLBACK = "POST /interactions/{webhook}/{token}/callback"


class InteractionRoutes:
    """Callbacks, original responses and followups. The token in the path is all the authorization that they need."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_token: dict[str, Interaction] = {}

    def expect(self, interaction: Interaction) -> None:
        """Accept answers to this interaction from now on."""
        self._by_token[interaction.token] = interaction

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by method and route."""
        return {
            _CALLBACK: self._answer,
            f"POST {_WEBHOOK}": self._follow_up,
            f"GET {_WEBHOOK}/messages/{{message}}": lambda request: self._world.describe(self._message(request)),
            f"PATCH {_WEBHOOK}/messages/{{message}}": self._edit,
            f"DELETE {_WEBHOOK}/messages/{{message}}": self._delete,
        }

    def _answer(self, request: Request) -> Any:
        interaction = self._by_token.get(request.params["token"])
        if interaction is None or interaction.id != request.id("webhook"):
            raise Refused(UNKNOWN_INTERACTION)
        if interaction.callback is not None:
            raise Refused(ALREADY_ACKNOWLEDGED)
        if interaction.age > TO_ACKNOWLEDGE_S:
            raise Refused(UNKNOWN_INTERACTION)
        callback = self._checked(request, interaction)
        data = request.json.get("data") or {}
        if callback is Callback.CHOICES:
            interaction.choices = data.get("choices") or []
        elif callback is Callback.MODAL:
            interaction.modal = data
        elif callback in (Callback.UPDATE, Callback.DEFERRED_UPDATE):
            self._update(interaction, callback, data, request)
        else:
            self._reply(interaction, callback, data, request)
        interaction.callback, interaction.acknowledged_after = callback, interaction.age
        interaction.is_shown = callback not in (Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE)
        return self._result(interaction) if request.query.get("with_response") in ("1", "true") else None

    def _checked(self, request: Request, interaction: Interaction) -> Callback:
        form = Form()
        number, data = int(request.json.get("type") or 0), request.json.get("data") or {}
        form.one_of(("type",), number, tuple(map(int, ALLOWED[interaction.kind])))
        if number == Callback.CHOICES:
            check_choices(data.get("choices") or [], form, ("data", "choices"))
        if number == Callback.MODAL:
            check_modal(data, form, ("data",))
        form.settle()
        if number in (Callback.MESSAGE, Callback.UPDATE):
            check_message(data, ("data",))
        return Callback(number)

    def _reply(self, interaction: Interaction, callback: Callback, data: Json, request: Request) -> None:
        world, channel, flags = self._world, interaction.channel, int(data.get("flags") or 0) & EPHEMERAL
        if callback is Callback.DEFERRED_MESSAGE:
            message = Message(id=world.ids.next(), channel=channel, author=world.bot, flags=flags | LOADING)
        else:
            message = messages.compose(world, channel, data, request.uploads, flags=flags)
        interaction.reply = self._made_by(interaction, message)

    def _update(self, interaction: Interaction, callback: Callback, data: Json, request: Request) -> None:
        interaction.reply = interaction.message
        if callback is Callback.UPDATE and interaction.message is not None:
            self._rewrite(interaction.message, data, request)

    def _rewrite(self, message: Message, data: Json, request: Request) -> None:
        messages.rewrite(self._world, message, data, request.uploads)
        message.flags &= ~LOADING
        if message.is_there:
            self._world.tell_of(message.channel, "MESSAGE_UPDATE", self._world.describe(message))

    def _made_by(self, interaction: Interaction, message: Message) -> Message:
        """Record which interaction a message replies to, and publish the message unless it is ephemeral."""
        user = {"id": str(interaction.user.id), "username": interaction.user.name, "discriminator": "0", "avatar": None}
        message.interaction = {
            "id": str(interaction.id),
            "type": int(interaction.kind),
            "user": user,
            "authorizing_integration_owners": {},
        }
        if not message.is_ephemeral:
            messages.publish(self._world, message)
        return message

    def _result(self, interaction: Interaction) -> Json:
        reply = interaction.reply
        body: Json = {"interaction": {"id": str(interaction.id), "type": int(interaction.kind)}}
        if reply is not None:
            body["interaction"] |= {
                "response_message_id": str(reply.id),
                "response_message_loading": bool(reply.flags & LOADING),
                "response_message_ephemeral": reply.is_ephemeral,
            }
            body["resource"] = {"type": int(interaction.callback or 0), "message": self._world.describe(reply)}
        return body

    def _follow_up(self, request: Request) -> Any:
        interaction = self._acknowledged(request)
        check_message(request.json)
        if interaction.reply is not None and interaction.reply.flags & LOADING:
            return self._edited(interaction, interaction.reply, request)
        flags = int(request.json.get("flags") or 0) & EPHEMERAL
        message = messages.compose(self._world, interaction.channel, request.json, request.uploads, flags=flags)
        interaction.followups.append(self._made_by(interaction, message))
        interaction.is_shown = True
        return self._world.describe(message)

    def _edit(self, request: Request) -> Any:
        check_message(request.json)
        return self._edited(self._acknowledged(request), self._message(request), request)

    def _edited(self, interaction: Interaction, message: Message, request: Request) -> Json:
        self._rewrite(message, request.json, request)
        interaction.is_shown = True
        return self._world.describe(message)

    def _delete(self, request: Request) -> None:
        interaction, message = self._acknowledged(request), self._message(request)
        if message.is_there:
            self._world.delete_message(message)
        if message is interaction.reply:
            interaction.reply = None
        else:
            interaction.followups.remove(message)

    def _acknowledged(self, request: Request) -> Interaction:
        interaction = self._by_token.get(request.params["token"])
        if interaction is None or request.id("webhook") != self._world.application_id:
            raise Refused(UNKNOWN_WEBHOOK)
        if interaction.age > TO_FOLLOW_UP_S:
            raise Refused(TOKEN_EXPIRED)
        if interaction.callback is None:
            raise Refused(UNKNOWN_WEBHOOK)
        return interaction

    def _message(self, request: Request) -> Message:
        interaction, wanted = self._acknowledged(request), request.params["message"]
        if wanted == "@original":
            found = [interaction.reply] if interaction.reply else []
        else:
            own = [*interaction.followups, *([interaction.reply] if interaction.reply else [])]
            found = [each for each in own if str(each.id) == wanted]
        if not found or not (found[0].is_ephemeral or found[0].is_there):
            raise Refused(UNKNOWN_MESSAGE)
        return found[0]
