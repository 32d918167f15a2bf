"""The bot is removed from workspaces and channels, and channels come to an end."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp

from adapters.slack.parts import Parts
from bot.i18n import gettext as _
from bot.services.ending import channel_gone

_CHANNEL_ENDS = ("channel_archive", "channel_deleted", "group_archive", "group_deleted")
_BOT_LEAVES = ("channel_left", "group_left")


class Comings:
    """Takes what Slack says about the bot's own places."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def register(self, bolt: AsyncApp) -> None:
        """Listen."""
        bolt.event("app_uninstalled")(self.uninstalled)
        bolt.event("tokens_revoked")(self.revoked)
        for name in _CHANNEL_ENDS:
            bolt.event(name)(self.channel_ended)
        for name in _BOT_LEAVES:
            bolt.event(name)(self.left)

    async def uninstalled(self, context: dict[str, Any]) -> None:
        """A workspace removed the app."""
        await self._parts.workspaces.removed(str(context["team_id"]))

    async def revoked(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """Somebody took tokens back; the bot's own is among them when it is named."""
        if (event.get("tokens") or {}).get("bot"):
            await self._parts.workspaces.removed(str(context["team_id"]))

    async def channel_ended(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """A channel was archived or deleted."""
        archived = event["type"].endswith("archive")
        reason = _("The channel was archived.") if archived else _("The channel was deleted.")
        await self._gone(event, context, reason)

    async def left(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """The bot was removed from a channel."""
        reason = _("Somebody removed me from the channel. Invite me again: `/invite @Quizbot`")
        await self._gone(event, context, reason)

    async def _gone(self, event: dict[str, Any], context: dict[str, Any], reason: str) -> None:
        # Bolt's team_id is where the bot is installed; a shared channel's event may name another workspace.
        space = await self._parts.workspaces.space(str(context["team_id"]))
        if space is not None:
            await channel_gone(self._parts.app, space, str(event["channel"]), reason)
