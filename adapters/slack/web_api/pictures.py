"""Upload pictures of questions to Slack, as files that the bot's messages show."""

import asyncio
from collections.abc import Iterable, Mapping

import structlog
from cachetools import LRUCache

from adapters.slack.web_api.workspace import Workspace
from bot.application import Application
from bot.domain.images import Image
from bot.ports import MessengerError
from bot.services.illustrations import Illustration, file_of, words

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
"""The picture types that Slack shows inside a message; others can only be shared as files."""

_MOST_KEPT = 5_000

_LONGEST_ALT = 1_000

_log = structlog.get_logger(__name__)


class Pictures:
    """Uploads each picture once to each workspace, and remembers its file while the process runs."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._files: LRUCache[tuple[str, Illustration], asyncio.Task[str | None]] = LRUCache(_MOST_KEPT)

    async def files_of(
        self, workspace: Workspace, shown: Iterable[Illustration], *, within: float | None = None
    ) -> dict[Illustration, str]:
        """Return Slack's ids of the pictures that a message can show; empty for those that come later.

        A picture comes later if it isn't ready ``within`` seconds: its upload goes on, so that a later call finds it.
        """
        wanted = [one for one in shown if not isinstance(one, Image) or one.media_type in SHOWN]
        files = await asyncio.gather(*(self._file_of(workspace, one, within) for one in wanted))
        return {one: file for one, file in zip(wanted, files, strict=True) if file is not None}

    async def _file_of(self, workspace: Workspace, shown: Illustration, within: float | None) -> str | None:
        key = workspace.team_id, shown
        upload = self._files.get(key)
        if upload is None:
            upload = self._files[key] = asyncio.create_task(self._upload(workspace, shown), name="picture")
            upload.add_done_callback(_seen)
        try:
            async with asyncio.timeout(within):
                file = await asyncio.shield(upload)
        except TimeoutError:
            return ""
        except MessengerError as error:  # better a question without its picture than no question
            named = shown.digest if isinstance(shown, Image) else "painted"
            _log.warning("picture_not_shown", digest=named, reason=str(error))
            file = ""
        if not file:
            self._files.pop(key, None)
        return file

    def forget(self, workspace: Workspace, files: Mapping[Illustration, str]) -> None:
        """Forget a message's files, one of which no longer exists; they are uploaded again when they are needed."""
        for shown in files:
            self._files.pop((workspace.team_id, shown), None)

    async def share(self, workspace: Workspace, image: Image, channel: str, thread: str) -> None:
        """Put a picture that no message can show into a thread."""
        await self._upload(workspace, image, {"channel": channel, "thread_ts": thread})

    async def _upload(
        self, workspace: Workspace, shown: Illustration, where: Mapping[str, str] | None = None
    ) -> str | None:
        """Upload a picture, and return Slack's id of its file; None if there is nothing to upload."""
        file = await file_of(self._app, shown)
        if file is None:
            return None
        upload = {"filename": file.name, "content": file.data, "alt_txt": words(shown, _LONGEST_ALT) or None}
        answer = await workspace.call(workspace.client.files_upload_v2, {**upload, **(where or {})})
        return str(answer["file"]["id"])


def _seen(upload: asyncio.Task[str | None]) -> None:
    """Read how an upload ended, so that asyncio doesn't complain if nobody waits for it any more."""
    if not upload.cancelled():
        upload.exception()
