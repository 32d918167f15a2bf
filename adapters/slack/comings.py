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

    async def uninstalled(self, body: dict[str, Any]) -> None:
        """A workspace removed the app."""
        await self._parts.workspaces.depart(str(body["team_id"]))

    async def revoked(self, body: dict[str, Any]) -> None:
        """Somebody took tokens back; the bot's own is among them when it is named."""
        if (body["event"].get("tokens") or {}).get("bot"):
            await self._parts.workspaces.depart(str(body["team_id"]))

    async def channel_ended(self, body: dict[str, Any]) -> None:
        """A channel was archived or deleted."""
        archived = body["event"]["type"].endswith("archive")
        await self._gone(body, _("The channel was archived.") if archived else _("The channel was deleted."))

    async def left(self, body: dict[str, Any]) -> None:
        """The bot was removed from a channel."""
        await self._gone(body, _("Somebody removed me from the channel. Invite me again: `/invite @Quizbot`"))

    async def _gone(self, body: dict[str, Any], reason: str) -> None:
        space = await self._parts.workspaces.space(str(body["team_id"]))
        if space is not None:
            await channel_gone(self._parts.app, space, str(body["event"]["channel"]), reason)
