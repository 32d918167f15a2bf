"""Look for messages that an earlier try may have posted, within the limits of apps outside Slack's Marketplace.

Such an app gets one page of 15 messages a minute: https://docs.slack.dev/apis/web-api/rate-limits.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cachetools import LRUCache

from adapters.slack.web_api.messages import metadata
from adapters.slack.web_api.workspace import Method, Refused, Workspace
from bot.ports import Gone

_PAGE = 200
_MOST_MESSAGES = 1_000
_MOST_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far a search has come: the next page, and how many messages were looked at."""

    cursor: str = ""
    looked: int = 0


class Searches:
    """Finds messages by their keys. A search that Slack's limits interrupt continues at the same page later."""

    def __init__(self) -> None:
        self._reached: LRUCache[str, _Reached] = LRUCache(_MOST_KEPT)

    async def find(
        self, workspace: Workspace, channel: str, thread: str | None, key: str, since: datetime
    ) -> str | None:
        """Return the ``ts`` of the message that was posted under a key, in its thread if that still exists.

        Without ``latest``, Slack begins at ``oldest``, where a message that was just tried is likely to be.

        Raises:
            RateLimited: the next page comes later; call again then.
            MessengerError: Slack can't be asked.
        """
        where: dict[str, Any] = {"channel": channel, "oldest": f"{since.timestamp():.6f}", "limit": _PAGE}
        if thread:
            with suppress(Gone):  # somebody deleted the question: its result is outside the thread
                return await self._look(workspace, workspace.client.conversations_replies, {**where, "ts": thread}, key)
        return await self._look(workspace, workspace.client.conversations_history, where, key)

    async def _look(self, workspace: Workspace, method: Method, where: dict[str, Any], key: str) -> str | None:
        while (reached := self._reached.get(key, _Reached())).looked < _MOST_MESSAGES:
            page = {**where, "cursor": reached.cursor, "include_all_metadata": True}
            try:
                found = await workspace.call(method, page)
            except (Gone, Refused):  # the thread was deleted, or the page is unknown: the next search begins again
                self._reached.pop(key, None)
                raise
            ts = next((str(one["ts"]) for one in found["messages"] if _is_ours(workspace, one, key)), None)
            cursor = (found.get("response_metadata") or {}).get("next_cursor") or ""
            if ts is not None or not cursor:
                self._reached.pop(key, None)
                return ts
            self._reached[key] = _Reached(cursor, reached.looked + len(found["messages"]))
        self._reached.pop(key, None)
        return None


def _is_ours(workspace: Workspace, message: dict[str, Any], key: str) -> bool:
    """Whether the bot posted a message under a key; any app can attach the same metadata to messages of its own."""
    return message.get("user") == workspace.bot_user and message.get("metadata") == metadata(key)
