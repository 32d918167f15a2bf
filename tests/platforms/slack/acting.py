"""What a person can do in Slack. Nearly every act returns the delivery that tells the bot of it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.platforms.slack import filling, payloads
from tests.platforms.slack.surfaces import Json, Message, Surface, View, elements

if TYPE_CHECKING:
    from tests.platforms.slack.delivery import Delivery
    from tests.platforms.slack.people import User
    from tests.platforms.slack.workspace import Channel, File


class Acting:
    """What a `User` can do."""

    __slots__ = ()

    async def slash(self: "User", command: str, text: str, channel: "Channel") -> "Delivery":
        """Type ``/command text`` in a channel."""
        server = self.team.server
        url = server.response_urls.issue(self, channel)
        payload = payloads.slash_command(self, channel, command, text, server.triggers.issue(self), url.address)
        return await server.dispatch("slash_commands", payload, self, url)

    async def click(self: "User", where: Surface, action_id: str, value: str | None = None) -> "Delivery":
        """Click the button with this action id; if several share the id, ``value`` says which."""
        for block, element in elements(where.blocks):
            if element["action_id"] == action_id and value in {None, element.get("value")}:
                return await self._act(where, block, element)
        raise AssertionError(f"nothing to click for {action_id!r}, {value!r} in\n{self.team.server.render(where)}")

    async def press(self: "User", where: Surface, label: str) -> "Delivery":
        """Click the button with this label."""
        for block, element in elements(where.blocks):
            if element["type"] == "button" and element["text"]["text"] == label:
                return await self._act(where, block, element)
        raise AssertionError(f"no button {label!r} in\n{self.team.server.render(where)}")

    async def check(self: "User", where: Surface, block_id: str, values: Sequence[str] | str) -> "Delivery":
        """Choose options in a block's checkboxes or menu, by value or label; earlier choices are dropped."""
        for block, element in elements(where.blocks):
            if block["block_id"] == block_id and element["type"] in filling.SEVERAL | filling.ONE:
                state = filling.filled(element, values)
                self.chosen.setdefault(where.id, {}).setdefault(block_id, {})[element["action_id"]] = state
                return await self._act(where, block, element, state)
        raise AssertionError(f"nothing to choose in block {block_id!r} of\n{self.team.server.render(where)}")

    async def forge(self: "User", where: Surface, action: Json) -> "Delivery":
        """Send an action that no honest client would send."""
        now = f"{self.team.server.clock.now().timestamp():.6f}"
        return await self._send_actions(where, {"block_id": "forged", "type": "button", "action_ts": now, **action})

    async def react(self: "User", message: Message, name: str) -> "Delivery":
        """Add a reaction."""
        users = message.reactions.setdefault(name, [])
        if self.id in users:
            raise AssertionError(f"{self.name} has already reacted with {name}")
        users.append(self.id)
        return await self.team.server.event(self.team, reaction(self, message, name, "added"), inside=message.channel)

    async def unreact(self: "User", message: Message, name: str) -> "Delivery":
        """Remove one's own reaction."""
        message.reactions[name].remove(self.id)
        if not message.reactions[name]:
            del message.reactions[name]
        return await self.team.server.event(self.team, reaction(self, message, name, "removed"), inside=message.channel)

    async def opens_home(self: "User", tab: str = "home") -> "Delivery":
        """Open the app's home, or its ``messages`` tab."""
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": self.team.direct(self).id, "tab": tab}
        if self.home is not None:
            event["view"] = self.home.as_json()
        return await self.team.server.event(self.team, event)

    async def shortcut(self: "User", callback_id: str, message: Message | None = None) -> "Delivery":
        """Run a shortcut of this message or, without a message, a global one."""
        server = self.team.server
        trigger = server.triggers.issue(self)
        if message is None:
            payload = payloads.global_shortcut(self, callback_id, trigger, server.next_ts())
            return await server.dispatch("interactive", payload, self)
        url = server.response_urls.issue(self, message.channel)
        payload = payloads.message_shortcut(self, message, callback_id, trigger, url.address)
        return await server.dispatch("interactive", payload, self, url)

    async def submits(
        self: "User", view: View, values: Mapping[str, Any] | None = None, *, unchecked: bool = False
    ) -> "Delivery":
        """Fill in a modal's inputs (``values`` by block id), and submit it; ``unchecked``: whatever a client allows."""
        if not view.open:
            raise AssertionError("that modal is closed")
        for block, element in elements(view.blocks):
            if block["block_id"] in (values or {}):
                state = filling.filled(element, (values or {})[block["block_id"]], unchecked=unchecked)
                self.chosen.setdefault(view.id, {}).setdefault(block["block_id"], {})[element["action_id"]] = state
        filled = filling.values_of(view, self.chosen.get(view.id, {}))
        if not unchecked:
            filling.check_typed(view, filled)
        server = self.team.server
        payload = payloads.view_submission(self, view, filled, server.triggers.issue(self))
        return await server.dispatch("interactive", payload, self, view=view)

    async def closes(self: "User", view: View) -> "Delivery | None":
        """Close a modal; the bot hears of it only if the view asked for that."""
        view.open = False
        if not view.content.get("notify_on_close"):
            return None
        return await self.team.server.dispatch("interactive", payloads.view_closed(self, view), self)

    async def says(
        self: "User", text: str, channel: "Channel", *, thread: Message | None = None, files: Sequence["File"] = ()
    ) -> Message:
        """Write a message; the bot hears of it only through events that it is subscribed to.

        https://docs.slack.dev/reference/events/app_mention: a mention in a direct message is a ``message.im`` alone.
        """
        message = channel.write(self, text, thread_ts=thread.ts if thread else None, files=list(files))
        server = self.team.server
        event = message.as_event() | ({"subtype": "file_share"} if files else {})
        if f"<@{self.team.bot.id}>" in text and not channel.direct:
            await server.event(self.team, event | {"type": "app_mention"}, inside=channel)
        if f"message.{channel.family}" in server.subscribed_to:
            await server.event(self.team, event, inside=channel, name=f"message.{channel.family}")
        return message

    async def uploads(self: "User", name: str, content: bytes, channel: "Channel", text: str = "") -> Message:
        """Share a file in a channel."""
        file = self.team.server.files.add(self.team, name, content, owner=self.id)
        file.channels.append(channel.id)
        return await self.says(text, channel, files=[file])

    async def joins(self: "User", channel: "Channel") -> "Delivery":
        """Join a channel."""
        channel.members.append(self.id)
        return await self.team.server.event(self.team, channel.joined(self), about=channel)

    async def _act(self: "User", where: Surface, block: Json, element: Json, state: Json | None = None) -> "Delivery":
        now = f"{self.team.server.clock.now().timestamp():.6f}"
        action = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
        if element["type"] == "button":
            action |= {name: element[name] for name in ("text", "value", "style") if name in element}
        return await self._send_actions(where, action | (state or {}) | {"action_ts": now})

    async def _send_actions(self: "User", where: Surface, action: Json) -> "Delivery":
        server = self.team.server
        url = server.response_urls.issue(self, where.channel, where) if isinstance(where, Message) else None
        values = filling.values_of(where, self.chosen.get(where.id, {}))
        trigger = server.triggers.issue(self)
        payload = payloads.block_actions(self, where, [action], values, trigger, url.address if url else None)
        return await server.dispatch("interactive", payload, self, url)


def reaction(user: "User", message: Message, name: str, what: str) -> Json:
    """Return the event for a reaction that was ``added`` or ``removed``, as ``what`` says."""
    item = {"type": "message", "channel": message.channel.id, "ts": message.ts}
    more = {"reaction": name, "item": item, "item_user": message.author.id}
    return {"type": f"reaction_{what}", "user": user.id, **more}
