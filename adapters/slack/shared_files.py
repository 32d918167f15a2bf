"""Question files that somebody shared in a channel."""

from collections.abc import Mapping
from typing import Any

from adapters.common.fetching import Foreign
from adapters.slack.inbound import is_direct
from adapters.slack.replying import Parts
from adapters.slack.web_api.workspace import Workspace
from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.importing import shown_to_others
from bot.services.banks.importing import LARGEST
from bot.services.chat.commands.importing import import_file

_LOOKED_THROUGH = 100
_LOST = frozenset({"tombstone", "hidden_by_limit"})
"""How Slack marks a file that was deleted, or that is older than the workspace's plan shows."""


async def import_shared(
    parts: Parts, workspace: Workspace, caller: Caller, options: Mapping[str, str]
) -> MessageView | None:
    """Read the file that the caller shared last in the channel; None if there is none.

    If others can open it there, the reply warns first, and the file is read only if the caller wants that anyway.

    Args:
        parts: the running adapter's.
        workspace: where it is shared.
        caller: the host who shared it.
        options: those of the command ``bank import``.

    Raises:
        BadInput: it can't be read, or is too large.
        MessengerError: Slack can't be asked.
    """
    where = {"channel": caller.channel, "limit": _LOOKED_THROUGH}
    is_shared = not is_direct(caller.channel)
    if is_shared:
        await parts.channels.enter(workspace, caller.channel)
    history = await workspace.call(workspace.client.conversations_history, where)
    mine = [message for message in history["messages"] if message.get("user") == caller.member.external_id]
    files = (file for message in mine for file in message.get("files") or ())
    file = next((file for file in files if file.get("mode") not in _LOST), None)
    if file is None:
        return None
    name, bank = str(file.get("name") or "shared.txt"), options.get("name", "")
    if is_shared and "anyway" not in options:
        return shown_to_others(name, typed("bank import", named={"anyway": "yes"}, name=bank))
    data = await _download(parts, workspace, file)
    return await import_file(parts.app, caller, name, data, bank=bank)


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
