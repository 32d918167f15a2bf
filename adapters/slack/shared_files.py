"""Question files that somebody shared in a channel."""

from typing import Any

from aiohttp import ClientError
from yarl import URL

from adapters.slack.replying import Parts
from adapters.slack.web_api.workspace import Workspace
from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.importers.upload import LARGEST, import_upload

_SLACKS_FILES = "files.slack.com"
_LOOKED_THROUGH = 100
_LOST = frozenset({"tombstone", "hidden_by_limit"})
"""How Slack marks a file that was deleted, or that is older than the workspace's plan shows."""


async def import_shared(parts: Parts, workspace: Workspace, caller: Caller, bank: str) -> MessageView | None:
    """Import the file that the caller shared last in the channel; None where there is none.

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
    url = URL(str(file.get("url_private_download") or file.get("url_private") or ""))
    # The token goes to nobody but Slack, whatever address a file carries: some are only linked.
    if file.get("is_external") or url.host not in {_SLACKS_FILES, URL(workspace.client.base_url).host}:
        raise BadInput(_("That file isn't kept in Slack: share it as an upload."))
    data = bytearray()
    headers = {"Authorization": f"Bearer {workspace.client.token}"}
    try:
        async with parts.session.get(
            url, headers=headers, allow_redirects=False, proxy=workspace.client.proxy
        ) as response:
            if response.status != 200 or response.content_type == "text/html":
                raise BadInput(_("Slack doesn't give me the file. Share it in this channel and try again."))
            async for chunk in response.content.iter_chunked(2**16):
                data += chunk
                if len(data) > LARGEST:
                    raise BadInput(_("The file is too large: {most} MB are the most.").format(most=LARGEST // 1024**2))
    except (TimeoutError, ClientError) as error:
        raise BadInput(_("The file didn't arrive whole. Please try again.")) from error
    return bytes(data)
