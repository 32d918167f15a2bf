"""Upload pictures of questions, and sheets with those of choices, to Slack, as files that the bot's messages show."""

import asyncio
from dataclasses import dataclass

import structlog
from cachetools import LRUCache

from adapters.slack.web_api.workspace import Workspace
from bot.application import Application
from bot.domain.images import Image, ImageFile
from bot.domain.sheets import Sheet, sheet_of
from bot.domain.views import MessageView
from bot.ports import MessengerError
from bot.services.sheets import Sheets

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
"""The picture types that Slack shows inside a message; others can only be shared as files."""

_MOST_KEPT = 5_000

_LONGEST_ALT = 1_000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Slack's ids of the files that a message shows; empty: there is none, or it isn't ready."""

    picture: str = ""
    sheet: str = ""


class Pictures:
    """Uploads each picture once to each workspace, and remembers its file while the process runs."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._sheets = Sheets(app.storage)
        self._files: LRUCache[tuple[str, Image | Sheet], asyncio.Task[str]] = LRUCache(_MOST_KEPT)

    async def files_of(self, workspace: Workspace, view: MessageView, *, within: float | None = None) -> Files:
        """Return the files that a message shows, as far as they are ready ``within`` seconds.

        A late upload goes on, so that a later call finds it.
        """
        picture, sheet = await asyncio.gather(*(self._file_of(workspace, one, within) for one in _wanted(view)))
        return Files(picture=picture, sheet=sheet)

    async def _file_of(self, workspace: Workspace, shown: Image | Sheet | None, within: float | None) -> str:
        if shown is None:
            return ""
        key = workspace.team_id, shown
        upload = self._files.get(key)
        if upload is None:
            upload = self._files[key] = asyncio.create_task(self._upload(workspace, shown), name="picture")
            upload.add_done_callback(_seen)
        try:
            async with asyncio.timeout(within):
                return await asyncio.shield(upload)
        except TimeoutError:
            return ""
        except MessengerError as error:  # better a question without its picture than no question
            named = shown.digest if isinstance(shown, Image) else "sheet"
            _log.warning("picture_not_shown", digest=named, reason=str(error))
            self._files.pop(key, None)
            return ""

    def forget(self, workspace: Workspace, view: MessageView) -> None:
        """Forget a message's files, one of which no longer exists; they are uploaded again when they are needed."""
        for shown in _wanted(view):
            if shown is not None:
                self._files.pop((workspace.team_id, shown), None)

    async def share(self, workspace: Workspace, image: Image, channel: str, thread: str) -> None:
        """Put a picture that no message can show into a thread."""
        await self._upload(workspace, image, {"channel": channel, "thread_ts": thread})

    async def _upload(self, workspace: Workspace, shown: Image | Sheet, where: dict[str, str] | None = None) -> str:
        if isinstance(shown, Sheet):
            file, alt = await self._sheets.of(shown), shown.alt(_LONGEST_ALT)
        else:
            file, alt = await self._stored(shown), shown.alt[:_LONGEST_ALT]
        if file is None:
            raise MessengerError("the picture isn't stored, or can't be painted")
        upload = {"filename": file.name, "content": file.data, "alt_txt": alt or None}
        answer = await workspace.call(workspace.client.files_upload_v2, {**upload, **(where or {})})
        return str(answer["file"]["id"])

    async def _stored(self, image: Image) -> ImageFile | None:
        return await self._app.storage.read(lambda unit: unit.images.find(image.digest))


def lacks(view: MessageView, files: Files) -> bool:
    """Whether a message is still without a file that it could show."""
    picture, sheet = _wanted(view)
    return bool((picture and not files.picture) or (sheet and not files.sheet))


def _wanted(view: MessageView) -> tuple[Image | None, Sheet | None]:
    """Return the picture and the sheet that a message can show."""
    image = view.image if view.image and view.image.media_type in SHOWN else None
    return image, sheet_of(view)


def _seen(upload: asyncio.Task[str]) -> None:
    """Read how an upload ended, so that asyncio doesn't complain if nobody waits for it any more."""
    if not upload.cancelled():
        upload.exception()
