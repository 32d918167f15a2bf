"""Register all listeners on a Bolt app, including those for the end of a channel or workspace."""

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.slack import inbound
from adapters.slack.answering import Answers
from adapters.slack.cards import Cards
from adapters.slack.commands import Commands
from adapters.slack.drafting import Drafting
from adapters.slack.forms import Forms
from adapters.slack.home import Home
from adapters.slack.replying import Parts, tell
from adapters.slack.talking import Talking
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.services.platforms.gone import channel_gone
from bot.services.platforms.moving import channel_moved

_CHANNEL_ENDS = ("channel_archive", "channel_deleted", "group_archive", "group_deleted")
_BOT_LEAVES = ("channel_left", "group_left")


def listen(bolt: AsyncApp, parts: Parts) -> None:
    """Register all listeners; answers first, since Bolt asks them in turn and nothing comes as often."""
    for group in (Answers, Forms, Cards, Commands, Home, Drafting, Talking, Leaving):
        group(parts).register(bolt)

    async def unknown(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Reply to a click on a button that isn't ours (any more)."""
        await ack()
        view = MessageView(text=_("This button doesn't work any more. Answer in a newer message."))
        parts.background.start(tell(parts, inbound.source(body), view), "unknown button")

    bolt.action(re.compile(".*"))(unknown)


class Leaving:
    """Handles events about the bot's own channels and workspaces."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def register(self, bolt: AsyncApp) -> None:
        """Register the listeners."""
        bolt.event("app_uninstalled")(self.uninstalled)
        bolt.event("tokens_revoked")(self.revoked)
        bolt.event("channel_id_changed")(self.moved)
        for name in _CHANNEL_ENDS:
            bolt.event(name)(self.channel_ended)
        for name in _BOT_LEAVES:
            bolt.event(name)(self.left)

    async def uninstalled(self, context: dict[str, Any]) -> None:
        """Handle a workspace that removed the app."""
        await self._removed(context)

    async def revoked(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """Handle revoked tokens, if the bot's own is among them."""
        if (event.get("tokens") or {}).get("bot"):
            await self._removed(context)

    async def _removed(self, context: dict[str, Any]) -> None:
        if team_id := context.get("team_id"):  # an organisation's own installation has none
            await self._parts.workspaces.removed(str(team_id))

    async def channel_ended(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """Handle an archived or deleted channel."""
        archived = event["type"].endswith("archive")
        reason = _("The channel was archived.") if archived else _("The channel was deleted.")
        await self._gone(event, context, reason)

    async def moved(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """Handle a channel that gets another id: one that becomes shared with another workspace does."""
        space = await self._parts.workspaces.space(str(context["team_id"]))
        if space is not None and (ids := inbound.moved(event)):
            await channel_moved(self._parts.app, space, *ids)

    async def left(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """Handle the bot's removal from a channel."""
        reason = _("Somebody removed me from the channel. Invite me again: `/invite @Quizbot`")
        await self._gone(event, context, reason)

    async def _gone(self, event: dict[str, Any], context: dict[str, Any], reason: str) -> None:
        # Bolt's team_id is where the bot is installed; a shared channel's event may name another workspace.
        space = await self._parts.workspaces.space(str(context["team_id"]))
        if space is not None:
            await channel_gone(self._parts.app, space, str(event["channel"]), reason)
