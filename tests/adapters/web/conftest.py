"""A room that really listens on loopback, and people who come to it over real HTTP."""

import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from random import Random

import aiohttp
import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar

from adapters.web.adapter import WebAdapter
from bot.application import Application
from bot.bootstrap import application
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.identity import RoundId, SpaceId
from bot.process import running
from bot.services.banks.storing import import_document
from bot.services.platforms.delivery import deliver, show_counts
from bot.settings import Settings
from tests.adapters.stages.running import GoingClock

RIGHT_WHY, WRONG_WHY, IN_GENERAL = "the-right-one-because", "a-wrong-one-because", "explained-in-general"

FIRST = QuestionDraft(
    line=1, stem="Which one comes first?", choices=("This one", "That one", "Another", "None"), key=(0,), topic="first"
)
"""The question that a room begins with, so that it isn't one of the others: they can be asked for."""

QUESTIONS = (
    QuestionDraft(
        line=1,
        stem="Which metric fits **rare** positives? `x < y` <b>now</b>",
        choices=("Recall", "Accuracy", "R² & <i>more</i>", "Perplexity"),
        key=(0,),
        explanation=IN_GENERAL,
        choice_explanations=(RIGHT_WHY, WRONG_WHY, WRONG_WHY, WRONG_WHY),
        topic="metrics",
    ),
    QuestionDraft(
        line=9,
        stem="Which two reduce variance?",
        choices=("Bagging", "Dropout", "A larger step", "More features"),
        key=(0, 1),
        select=2,
        topic="ensembles",
    ),
)


@dataclass
class Person:
    """Somebody with a browser of their own."""

    base: str
    client: ClientSession
    csrf: str = ""
    page: str = ""

    async def get(self, path: str = "/", **kwargs: object) -> ClientResponse:
        """Open a page, and remember the form token that it carries."""
        return await self._remember(await self.client.get(self.base + path, **kwargs))

    async def post(self, path: str, data: object = None, **kwargs: object) -> ClientResponse:
        """Send a form of the page."""
        fields = data if isinstance(data, aiohttp.FormData) else {"csrf": self.csrf, **(data or {})}
        return await self._remember(await self.client.post(self.base + path, data=fields, **kwargs))

    async def _remember(self, response: ClientResponse) -> ClientResponse:
        if response.content_type == "text/html":
            self.page = await response.text()
            found = re.search(r'name="csrf" value="([^"]+)"', self.page)
            self.csrf = unescape(found[1]) if found else self.csrf
        return response

    async def join(self, name: str) -> ClientResponse:
        """Come in under a name."""
        await self.get()
        return await self.post("/join", {"name": name})

    async def say(self, text: str) -> ClientResponse:
        """Type into the message box."""
        return await self.post("/say", {"text": text})

    async def insists(self, text: str) -> ClientResponse:
        """Type a command that asks first, and press the button that goes on."""
        await self.say(text)
        commands = re.findall(r'name="press" value="([^"]*)"', self.page)
        assert commands, f"{text} didn't ask: {self.text}"
        return await self.post("/say", {"press": unescape(commands[-1])})

    async def answer(self, round_id: RoundId, *picks: int) -> ClientResponse:
        """Press a letter, or tick several."""
        form = aiohttp.FormData([("csrf", self.csrf), *(("pick", str(pick)) for pick in picks)])
        return await self.post(f"/rounds/{round_id}/answer", form)

    async def types(self, round_id: RoundId, *texts: str, **kwargs: object) -> ClientResponse:
        """Fill in a question's fields, and send them."""
        form = aiohttp.FormData([("csrf", self.csrf), *(("typed", text) for text in texts)])
        return await self.post(f"/rounds/{round_id}/answer", form, **kwargs)

    async def picks(self, round_id: RoundId, *positions: str) -> ClientResponse:
        """Pick a position in each of a question's menus, or nothing, and send them."""
        form = aiohttp.FormData([("csrf", self.csrf), *(("row", position) for position in positions)])
        return await self.post(f"/rounds/{round_id}/answer", form)

    @property
    def text(self) -> str:
        """The page as it is read: tags gone, white space collapsed."""
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page)))


@dataclass
class OpenRoom:
    """A running room with its parts at hand."""

    app: Application
    adapter: WebAdapter
    base: str
    people: list[ClientSession] = field(default_factory=list)

    async def person(self, name: str = "") -> Person:
        """A fresh browser; with a name, its owner has joined."""
        client = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.people.append(client)
        somebody = Person(self.base, client)
        if name:
            await somebody.join(name)
        return somebody

    async def deliver(self) -> None:
        """What the running bot does all the time."""
        messengers = {self.adapter.name: self.adapter.messenger}
        await deliver(self.app, messengers, worker="test")
        await show_counts(self.app, messengers)

    async def space_id(self) -> SpaceId:
        space = await self.app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
        assert space
        return space.id

    async def rounds(self) -> list[RoundId]:
        """The rounds in the channel, oldest first."""
        space_id = await self.space_id()
        posts = await self.app.storage.read(lambda unit: unit.outbox.recent(space_id, "study", 50))
        return [post.round_id for post in posts if post.round_id and not post.reply_to]

    async def right_pick(self, round_id: RoundId) -> int:
        """The position of a right choice."""
        round_ = await self.app.storage.read(lambda unit: unit.rounds.find(round_id))
        assert round_
        return round_.order.index(min(round_.key))


MakeSettings = Callable[..., Settings]


@pytest.fixture
def make_settings(tmp_path: Path, migrated_file: Path) -> MakeSettings:
    shutil.copy(migrated_file, tmp_path / "quizbot.db")

    def make(**changes: object) -> Settings:
        values = {
            "database_url": f"sqlite+aiosqlite:///{tmp_path}/quizbot.db",
            "web_host": "127.0.0.1",
            "web_port": 0,
            "var_dir": tmp_path / "var",
            "zone": "Europe/Berlin",
        }
        return Settings(**(values | changes))

    return make


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def app(make_settings: MakeSettings, stack: AsyncExitStack) -> Application:
    app = await stack.enter_async_context(application(make_settings(), clock=GoingClock(), random=Random(1)))
    await import_document(app, ParsedDocument(format="numbered", questions=(FIRST,)), bank="first", starter=True)
    return app


@pytest.fixture
async def room(app: Application, stack: AsyncExitStack) -> AsyncIterator[OpenRoom]:
    adapter = WebAdapter(app)
    room = OpenRoom(app, adapter, await stack.enter_async_context(running(app, [adapter], heartbeat=False)))
    await room.deliver()
    await import_document(app, ParsedDocument(format="numbered", questions=QUESTIONS), bank="starter", starter=True)
    yield room
    for client in room.people:
        await client.close()
