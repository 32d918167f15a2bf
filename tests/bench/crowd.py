"""A crowd in the web room: how soon a question reaches every page that listens, and how soon an answer has its receipt.

The room is a process of its own, as in use; the browsers are tasks of this one, and share the machine with it.
"""

import asyncio
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from html import unescape

from aiohttp import ClientSession, ClientTimeout, CookieJar

from tests.bench.figures import Figure
from tests.bench.room import QUIZBOT
from tests.bench.sizes import Size

_QUESTIONS = 4
_ANSWERS_EVERY_S = 0.05
"""How long after each other people answer: 300 of them within a quarter of a minute."""
_PATIENCE_S = 60
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_SINCE = re.compile(r'data-since="([^"]+)"')
_ADDRESS = re.compile(rb"http://[\d.]+:\d+")
_ASKED = re.compile(r"/rounds/(\d+)/answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waits:
    """Seconds until all pages had each question, and until each answer had its receipt."""

    questions: list[float]
    receipts: list[float]


def crowd(size: Size) -> Iterator[Figure]:
    """The slowest page of the slowest question, and the 99th percentile of all receipts."""
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "QUIZBOT_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/quizbot.db",
            "QUIZBOT_VAR_DIR": folder,
            "QUIZBOT_WEB_PORT": "0",
            "QUIZBOT_LIMIT_JOINS": "1000/1s",
        }
        command, there = [*QUIZBOT, "run"], os.environ | own
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=there) as bot:
            try:
                found = _ADDRESS.search(bot.stdout.readline() if bot.stdout else b"")
                if found is None:
                    raise LookupError("the bot didn't start")
                waits = asyncio.run(_play(found[0].decode(), size.browsers))
            finally:
                bot.terminate()
    receipts = sorted(waits.receipts)
    p99 = receipts[int(len(receipts) * 0.99)]
    name, seconds = f"question_reaches_{size.browsers}_pages_s", max(waits.questions)
    yield Figure(name=name, value=seconds, unit="s", goal=1, at_most=True)
    yield Figure(name="room_receipt_p99_ms", value=p99 * 1000, unit="ms", goal=200, at_most=True)


async def _play(address: str, number: int) -> _Waits:
    """Have everybody come in and listen, then ask questions that everybody answers."""
    waits = _Waits(questions=[], receipts=[])
    async with AsyncExitStack() as stack:
        browsers = [await stack.enter_async_context(_Browser(address)) for _ in range(number)]
        for position, browser in enumerate(browsers):
            await browser.join(f"Player {position}")
        listening = [asyncio.create_task(browser.listen()) for browser in browsers]
        await asyncio.gather(*(browser.listens.wait() for browser in browsers))
        for _ in range(_QUESTIONS):
            began = time.perf_counter()
            await browsers[0].post("/say", text="/quiz")
            async with asyncio.timeout(_PATIENCE_S):
                arrived = await asyncio.gather(*(browser.questions.get() for browser in browsers))
            waits.questions.append(max(at for at, _round in arrived) - began)
            waits.receipts.extend(await _answers(browsers, arrived[0][1]))
        for task in listening:
            task.cancel()
    return waits


async def _answers(browsers: list["_Browser"], round_id: str) -> list[float]:
    """Have everybody answer, one after the other; a wait counts from the planned moment, whatever else is under way."""
    began = time.perf_counter()

    async def answer(number: int, browser: "_Browser") -> float:
        planned = began + number * _ANSWERS_EVERY_S
        await asyncio.sleep(planned - time.perf_counter())
        page = await browser.post(f"/rounds/{round_id}/answer", pick="0")
        if "-receipt" not in page:
            raise LookupError("there is no receipt")
        return time.perf_counter() - planned

    return await asyncio.gather(*(answer(number, browser) for number, browser in enumerate(browsers)))


class _Browser:
    """Somebody's browser, as far as the room can tell.

    Attributes:
        listens: set once the page listens.
        questions: when a question came, and its round.
    """

    def __init__(self, address: str) -> None:
        self.listens = asyncio.Event()
        self.questions: asyncio.Queue[tuple[float, str]] = asyncio.Queue()
        self._address = address
        self._token = ""
        self._since = ""

    async def __aenter__(self) -> "_Browser":
        self._client = ClientSession(
            cookie_jar=CookieJar(unsafe=True), timeout=ClientTimeout(total=None), read_bufsize=2**20
        )
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._client.close()

    async def join(self, name: str) -> None:
        self._remember(await (await self._client.get(self._address)).text())
        self._remember(await self.post("/join", name=name))

    def _remember(self, page: str) -> None:
        token, since = _TOKEN.search(page), _SINCE.search(page)
        self._token = unescape(token[1]) if token else self._token
        self._since = since[1] if since else self._since

    async def post(self, path: str, **fields: str) -> str:
        """Send a form as the page's script does, and return what comes back."""
        form = {"csrf": self._token, **fields}
        asks = {} if path == "/join" else {"Quizbot-Fragment": "1"}
        async with self._client.post(self._address + path, data=form, headers=asks) as response:
            response.raise_for_status()
            return await response.text()

    async def listen(self) -> None:
        """Note the first moment at which each question is there."""
        known = set[str]()
        async with self._client.get(f"{self._address}/events?since={self._since}") as stream:
            self.listens.set()
            async for line in stream.content:
                for round_id in _ASKED.findall(line.decode()):
                    if round_id not in known:
                        known.add(round_id)
                        self.questions.put_nowait((time.perf_counter(), round_id))
