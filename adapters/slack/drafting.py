"""“Make this a quiz question”: an admin turns a message into one, and looks it over before it is stored."""

import asyncio
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from adapters.slack import drafts, inbound
from adapters.slack.inbound import From
from adapters.slack.parts import Parts
from adapters.slack.replying import said, tell
from adapters.slack.text.mrkdwn import visible
from bot import importers
from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadFile, NotAllowed, QuizbotError
from bot.domain.identity import Space
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.replies import imported
from bot.services.banks import import_document

SHORTCUT = "make_question"


class Drafting:
    """Takes the shortcut, and the form that it opens."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def register(self, bolt: AsyncApp) -> None:
        """Listen."""
        bolt.message_shortcut(SHORTCUT)(self.asked)
        bolt.view(drafts.CALLBACK)(self.filled_in)

    async def asked(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form, filled with what the message gives."""
        await ack()
        self._parts.background.start(self._open(inbound.source(body), body), "draft")

    async def _open(self, source: From, body: dict[str, Any]) -> None:
        try:
            await self._space_for_admin(source)
            text = drafts.message_text(str(body["message"].get("text") or ""))
            draft = drafts.draft_of(text, await asyncio.to_thread(_parsed, text))
            workspace = await self._parts.workspaces.of(source.team_id)
            asked = f"{source.channel} {source.response_url}"  # what the form itself brings gives no way to reply
            view = {"trigger_id": body["trigger_id"], "view": drafts.modal(draft, asked)}
            await workspace.call(workspace.client.views_open, view)
        except QuizbotError as error:
            await tell(self._parts, source, MessageView(text=said(error)))

    async def filled_in(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> BoltResponse:
        """Store the question; where it isn't one yet, the form says so."""
        channel, _space, response_url = view["private_metadata"].partition(" ")
        source = inbound.source({**body, "channel": {"id": channel}, "response_url": response_url})
        try:
            space = await self._space_for_admin(source)
            question = drafts.filled_in(view["state"]["values"])
            document = ParsedDocument(format="chat", questions=(question,), title=_("From the chat"))
            bank = f"chat-{source.team_id}"
            report = await import_document(self._parts.app, document, bank=bank, space_id=space.id)
        except drafts.Unusable as unusable:
            return await ack(response_action="errors", errors=unusable.errors)
        except QuizbotError as error:
            return await ack(response_action="errors", errors={"stem": visible(said(error))})
        self._parts.background.start(tell(self._parts, source, imported(report)), "stored question")
        return await ack()

    async def _space_for_admin(self, source: From) -> Space:
        space = await self._parts.workspaces.meet(source.team_id)
        workspace = await self._parts.workspaces.of(source.team_id)
        if not (await self._parts.people.profile(workspace, source.user_id)).is_admin:
            raise NotAllowed(_("Only an admin of this place may do that."))
        return space


def _parsed(text: str) -> ParsedDocument:
    try:
        return importers.parse(text.encode(), name="message.txt")
    except BadFile:
        return ParsedDocument(format="prose")
