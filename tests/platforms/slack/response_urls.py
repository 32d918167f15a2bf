"""response_url: an address for answers without a token, up to five within half an hour."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from tests.platforms.slack import blockkit
from tests.platforms.slack.surfaces import Json, Message, Version, with_ids
from tests.platforms.slack.traffic import Sent

if TYPE_CHECKING:
    from tests.platforms.slack.delivery import Delivery
    from tests.platforms.slack.people import User
    from tests.platforms.slack.server import SlackServer
    from tests.platforms.slack.workspace import Channel

USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass(slots=True, eq=False, repr=False)
class ResponseUrl:
    """One response_url.

    Attributes:
        original: the message that was clicked; None after a command or a shortcut.
        delivery: the delivery that carried the address.
        posts: the accepted posts to it, in order.
    """

    server: "SlackServer"
    address: str
    user: "User"
    channel: "Channel"
    issued: datetime
    original: Message | None = None
    delivery: "Delivery | None" = None
    uses: int = 0
    posts: list[Json] = field(default_factory=list)

    def refusal(self, payload: Json) -> str | None:
        """Return why a post isn't accepted; None if it is."""
        if self.server.clock.now() - self.issued > LIFETIME:
            return "expired_url"
        if self.uses >= USES:
            return "used_url"
        if blockkit.problems(payload.get("blocks") or []):
            return "invalid_blocks"
        if payload.get("thread_ts") and self.channel.message(payload["thread_ts"]) is None:
            return "thread_not_found"
        if not any(payload.get(name) for name in ("text", "blocks", "delete_original")):
            return "no_text"
        return None

    def show(self, payload: Json) -> None:
        """Do what a post asks for.

        A click's original is replaced unless the post says ``replace_original: false``: documentation and practice
        differ on the default, and an app that leaves it open may lose the message that was clicked.
        """
        self.posts.append(payload)
        original = self.original
        if payload.get("delete_original"):
            if original is not None and not original.deleted:
                original.delete()
        elif original is not None and payload.get("replace_original", True) not in {False, "false"}:
            version = Version(self.server.clock.now(), payload.get("text", ""), with_ids(payload.get("blocks") or []))
            original.versions.append(version)
            self._shown(original)
        else:
            private = payload.get("response_type", "ephemeral") != "in_channel"
            message = self.channel.write(
                self.channel.team.bot,
                payload.get("text") or "",
                payload.get("blocks") or [],
                thread_ts=payload.get("thread_ts"),
                ephemeral_to=self.user if private else None,
            )
            self._shown(message)

    def _shown(self, message: Message) -> None:
        if self.delivery is not None:
            self.delivery.replies.append(message)


@dataclass(slots=True, eq=False)
class ResponseUrls:
    """All issued addresses, by their last part."""

    server: "SlackServer"
    issued: dict[str, ResponseUrl] = field(default_factory=dict)

    def issue(self, user: "User", channel: "Channel", original: Message | None = None) -> ResponseUrl:
        """Issue a new address."""
        name = self.server.next_id("R")
        address = f"{self.server.address}/actions/{user.team.id}/{name}"
        url = ResponseUrl(self.server, address, user, channel, self.server.clock.now(), original)
        self.issued[name] = url
        return url

    async def accept(self, request: web.Request) -> web.Response:
        """Answer a post to one of the addresses."""
        url = self.issued.get(request.match_info["name"])
        if url is None:
            return web.json_response({"ok": False, "error": "invalid_url"}, status=404)
        payload = await request.json()
        sent = Sent("response_url", url.address, payload, self.server.clock.now(), await request.read())
        self.server.traffic.append(sent)
        await self.server.faults.delay(sent)
        fault = self.server.faults.take(sent)
        if fault and not fault.after_doing:
            return await fault.answer(request, sent)
        if error := url.refusal(payload):
            sent.status = 404 if error in {"expired_url", "used_url"} else 400
            sent.answer = {"ok": False, "error": error}
        else:
            url.uses += 1
            url.show(payload)
            sent.status, sent.answer = 200, {"ok": True}
        if fault:
            return await fault.answer(request, sent)
        return web.json_response(sent.answer, status=sent.status)
