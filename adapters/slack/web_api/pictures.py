"""Upload pictures of questions to Slack, as files that the bot's messages show."""

import asyncio

import structlog
from cachetools import LRUCache

from adapters.slack.web_api.workspace import Workspace
from bot.application import Application
from bot.domain.images import Image, ImageFile
from bot.ports import MessengerError

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
"""The picture types that Slack shows inside a message; others can only be shared as files."""

_MOST_KEPT = 5_000

_log = structlog.get_logger(__name__)


class Pictures:
    """Uploads each picture once to each workspace, and remembers its file while the process runs."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._files: LRUCache[tuple[str, str], asyncio.Task[str]] = LRUCache(_MOST_KEPT)

    async def file_of(
        self,
        workspace: Workspace,
        image: Image | None,
        *,
        painted: ImageFile | None = None,
        within: float | None = None,
    ) -> str:
        """Return the id of a picture's file; empty if a message can't show it, or it isn't ready ``within`` seconds.

        A late upload goes on, so that a later call finds it. What has just been ``painted`` isn't stored.
        """
        if image is None or image.media_type not in SHOWN:
            return ""
        key = workspace.team_id, image.digest
        upload = self._files.get(key)
        if upload is None:
            upload = self._files[key] = asyncio.create_task(self._upload(workspace, image, painted), name="picture")
            upload.add_done_callback(_seen)
        try:
            async with asyncio.timeout(within):
                return await asyncio.shield(upload)
        except TimeoutError:
            return ""
        except MessengerError as error:  # better a question without its picture than no question
            _log.warning("picture_not_shown", digest=image.digest, reason=str(error))
            self._files.pop(key, None)
            return ""

    def forget(self, workspace: Workspace, image: Image | None) -> None:
        """Forget a file that no longer exists, so that the picture is uploaded again when it is needed."""
        if image is not None:
            self._files.pop((workspace.team_id, image.digest), None)

    async def share(self, workspace: Workspace, image: Image, channel: str, thread: str) -> None:
        """Put a picture that no message can show into a thread."""
        await self._upload(workspace, image, where={"channel": channel, "thread_ts": thread})

    async def _upload(
        self,
        workspace: Workspace,
        image: Image,
        painted: ImageFile | None = None,
        *,
        where: dict[str, str] | None = None,
    ) -> str:
        file = painted or await self._app.storage.read(lambda unit: unit.images.find(image.digest))
        if file is None:
            raise MessengerError("the picture isn't stored")
        upload = {"filename": image.file_name, "content": file.data, "alt_txt": image.alt[:1_000] or None}
        answer = await workspace.call(workspace.client.files_upload_v2, {**upload, **(where or {})})
        return str(answer["file"]["id"])


def _seen(upload: asyncio.Task[str]) -> None:
    """Read how an upload ended, so that asyncio doesn't complain if nobody waits for it any more."""
    if not upload.cancelled():
        upload.exception()
