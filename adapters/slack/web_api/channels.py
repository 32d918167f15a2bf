"""Join channels, find out who sees them, and name those that are closed to the bot."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cachetools import TTLCache
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.web_api.workspace import Closed, Method, Workspace
from bot.i18n import gettext as _
from bot.ports import Forbidden, MessengerError
from bot.rendering.words import literal
from bot.services.turns import Turns

_LASTS_S = 300.0
_MOST_KEPT = 20_000
_PAGE = 1_000
_MOST_PAGES = 10


async def inside(workspace: Workspace, method: Method, arguments: dict[str, Any]) -> AsyncSlackResponse:
    """Call a method that needs the bot in a channel; the bot joins a public channel by itself."""
    try:
        return await workspace.call(method, arguments)
    except Closed as error:
        if error.code != "not_in_channel":
            raise
        try:
            await workspace.call(workspace.client.conversations_join, {"channel": arguments["channel"]})
        except MessengerError:
            raise error from None
        return await workspace.call(method, arguments)


async def named(workspace: Workspace, channel: str, error: Closed) -> Forbidden:
    """Return the error with the channel's name before its text, if Slack tells the name."""
    try:
        answer = await workspace.call(workspace.client.conversations_info, {"channel": channel})
    except MessengerError:
        return error
    name = answer["channel"].get("name")
    return Closed(error.code, f"#{literal(name)}: {error}") if name else error


@dataclass(slots=True)
class _Known:
    """What Slack said about a channel; ``members`` is None until somebody is looked for among them."""

    is_private: bool
    members: frozenset[str] | None = None


class Channels:
    """Remembers for a few minutes what Slack said about channels."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._known: TTLCache[tuple[str, str], _Known] = TTLCache(_MOST_KEPT, _LASTS_S, timer=now)
        self._turns = Turns()

    async def enter(self, workspace: Workspace, channel: str) -> None:
        """Join a channel unless the bot is in it, so that it can post there.

        Raises:
            Forbidden: the channel is closed to the bot; the message says what to do about it.
        """
        try:
            info = (await workspace.call(workspace.client.conversations_info, {"channel": channel}))["channel"]
        except Closed:
            raise _invite() from None
        if info.get("is_archived"):
            raise Forbidden(_("The channel is archived."))
        if not info.get("is_member"):
            try:
                await workspace.call(workspace.client.conversations_join, {"channel": channel})
            except MessengerError:
                raise _invite() from None

    async def sees(self, workspace: Workspace, channel: str, user_id: str, *, is_guest: bool) -> bool:
        """Whether somebody may read a channel: a guest, or anybody in a private channel, only as one of its members.

        Raises:
            MessengerError: Slack can't be asked.
        """
        key = workspace.team_id, channel
        async with self._turns.of(key):  # many may ask at the same time: Slack is asked once for all
            known = self._known.get(key)
            if known is None:
                info = (await workspace.call(workspace.client.conversations_info, {"channel": channel}))["channel"]
                known = self._known[key] = _Known(bool(info.get("is_private")))
            if not (known.is_private or is_guest):
                return True
            if known.members is None:
                known.members = await _members(workspace, channel)
            return user_id in known.members


async def _members(workspace: Workspace, channel: str) -> frozenset[str]:
    found: set[str] = set()
    cursor = ""
    for _number in range(_MOST_PAGES):
        where = {"channel": channel, "limit": _PAGE, "cursor": cursor}
        page = await workspace.call(workspace.client.conversations_members, where)
        found.update(page["members"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            break
    return frozenset(found)


def _invite() -> Forbidden:
    return Forbidden(
        _("I can't see this conversation. Type that in a channel, and invite me there: `/invite @Quizbot`")
    )
