"""The open pages of the room, and the news that each page has yet to get.

A page is told only *that* a message changed; the message is rendered when the page is ready for it. So a slow page's
queue is a set of message names, no larger than the number of messages.
"""

import asyncio
import re
import secrets
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import Gauge

from bot.domain.errors import Busy
from bot.i18n import gettext as _

_OPEN_PAGES = Gauge("quizbot_web_open_pages", "Pages of the web room that listen for news.")

_NUMBER = re.compile(r"[0-9]{1,18}")

MOST_STREAMS = 1_000
MOST_WAITING = 100
PER_MEMBER = 4
"""How many pages of one member may listen: browsers allow six connections to a site and need some to load pages."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A message is new or has changed."""

    key: str


@dataclass(frozen=True, slots=True)
class Counted:
    """More players have answered the question that this message asks."""

    key: str
    answered: int


@dataclass(frozen=True, slots=True)
class Missed:
    """The page missed too much and should fetch everything."""


News = Changed | Counted | Missed


class Stream:
    """One open page and its waiting news."""

    def __init__(self, member_id: str) -> None:
        self.member_id = member_id
        self.retired = False
        self._waiting: dict[object, News] = {}
        self._arrived = asyncio.Event()
        self._closed = False

    def tell(self, news: News) -> None:
        """Queue news for the page; a later count replaces an earlier one."""
        if len(self._waiting) >= MOST_WAITING:
            self._waiting = {Missed: Missed()}
        elif Missed not in self._waiting:
            self._waiting[type(news), getattr(news, "key", "")] = news
        self._arrived.set()

    def retire(self) -> None:
        """End the stream to make room for a newer page of the same member."""
        self.retired = True
        self.close()

    def close(self) -> None:
        """End the stream at once."""
        self._closed = True
        self._arrived.set()

    async def next(self) -> list[News] | None:
        """Wait for news, and return all of it since the last call, in order; None once the stream is closed."""
        while not self._closed:
            if self._waiting:
                batch, self._waiting = list(self._waiting.values()), {}
                return batch
            self._arrived.clear()
            await self._arrived.wait()
        return None


class Hub:
    """All open pages of this process."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        """Start without pages; ``most`` limits how many may listen at the same time."""
        self._most = min(most, MOST_STREAMS)
        self._streams: deque[Stream] = deque()
        self._closed = False
        self._era = secrets.token_hex(8)
        self._published = 0
        self._latest: deque[tuple[News, str | None]] = deque(maxlen=MOST_WAITING)

    @property
    def moment(self) -> str:
        """A name for this moment: a page made now hears in `stream` what was published since."""
        return f"{self._era}-{self._published}"

    def __len__(self) -> int:
        return len(self._streams)

    @contextmanager
    def stream(self, member_id: str, since: str | None = None) -> Iterator[Stream]:
        """Open a stream for one more page of a member, for the duration of the block.

        It begins with what the page missed after the `moment` ``since`` (None: now), or with `Missed` if that is too
        long ago or no such moment.

        Raises:
            Busy: too many pages are open.
        """
        if self._closed or len(self._streams) >= self._most:
            raise Busy(_("The room is full: too many pages are open. Please try again in a moment."))
        own = [stream for stream in self._streams if stream.member_id == member_id and not stream.retired]
        for oldest in own[: max(0, len(own) - PER_MEMBER + 1)]:
            oldest.retire()
        stream = Stream(member_id)
        self._streams.append(stream)
        for news in self._missed(member_id, since):
            stream.tell(news)
        try:
            with _OPEN_PAGES.track_inprogress():
                yield stream
        finally:
            self._streams.remove(stream)

    def publish(self, news: News, only: str | None = None) -> None:
        """Send news to every open page, or to those of one member."""
        self._published += 1
        self._latest.append((news, only))
        for stream in self._streams:
            if only is None or stream.member_id == only:
                stream.tell(news)

    def _missed(self, member_id: str, since: str | None) -> list[News]:
        if since is None:
            return []
        era, _dash, number = since.partition("-")
        if era != self._era or not _NUMBER.fullmatch(number):
            return [Missed()]
        missed = self._published - int(number)
        if not 0 <= missed <= len(self._latest):
            return [Missed()]
        latest = list(self._latest)[len(self._latest) - missed :]
        return [news for news, only in latest if only in {None, member_id}]

    def dismiss(self, member_id: str) -> None:
        """End the streams of one member."""
        for stream in self._streams:
            if stream.member_id == member_id:
                stream.close()

    def close(self) -> None:
        """End every stream, and take no new ones."""
        self._closed = True
        for stream in self._streams:
            stream.close()
