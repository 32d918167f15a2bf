"""Question files that somebody shared in a channel."""

from typing import Any

from adapters.common.fetching import Foreign
from adapters.slack.replying import Parts
from adapters.slack.web_api.workspace import Workspace
from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.importers.upload import LARGEST, import_upload

_LOOKED_THROUGH = 100
_LOST = frozenset({"tombstone", "hidden_by_limit"})
"""How Slack marks a file that was deleted, or that is older than the workspace's plan shows."""


async def import_shared(parts: Parts, workspace: Workspace, caller: Caller, bank: str) -> MessageView | None:
    """Import the file that the caller shared last in the channel; None if there is none.

    Raises:
        BadInput: it can't be read, or is too large.
        MessengerError: Slack can't be asked.
    """
    where = {"channel": caller.channel, "limit": _LOOKED_THROUGH}
    await parts.channels.enter(workspace, caller.channel)
    history = await workspace.call(workspace.client.conversations_history, where)
    mine = [message for message in history["messages"] if message.get("user") == caller.member.external_id]
    files = (file for message in mine for file in message.get("files") or ())
    file = next((file for file in files if file.get("mode") not in _LOST), None)
    if file is None:
        return None
    data = await _download(parts, workspace, file)
    return await import_upload(parts.app, caller.space, str(file.get("name") or "shared.txt"), data, bank=bank)


async def _download(parts: Parts, workspace: Workspace, file: dict[str, Any]) -> bytes:
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    elsewhere = BadInput(_("That file isn't kept in Slack: share it as an upload."))
    if file.get("is_external"):
        raise elsewhere
    try:
        headers = {"Authorization": f"Bearer {workspace.client.token}"}
        arrived = await parts.reach.download(url, most=LARGEST, headers=headers)
    except Foreign:  # the token goes to nobody but Slack, whatever address a file carries
        raise elsewhere from None
    if arrived.content_type == "text/html":  # a page that asks to log in
        raise BadInput(_("Slack doesn't give me the file. Share it in this channel and try again."))
    return arrived.data
