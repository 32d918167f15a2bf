"""A Slack on loopback, and the bot on it as in production: the real Bolt and slack_sdk, the real database."""

import asyncio
import base64
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
import yaml
from yarl import URL

from adapters.slack.adapter import SlackAdapter
from adapters.slack.entrance import EVENTS
from adapters.slack.web_api.pace import Gate, Pauses
from bot.application import Adapter, Application
from bot.bootstrap import application
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.identity import Space
from bot.domain.rounds import Round
from bot.ports import Clock, Unit
from bot.process import running
from bot.scheduling import runner
from bot.services.banks.storing import import_document
from bot.settings import Settings
from tests.adapters.outbox import settled
from tests.all_settings import settings_of
from tests.patience import PATIENCE_S
from tests.platforms.slack import Channel, Delivery, Message, Organisation, SlackServer, Team, User

MANIFEST = yaml.safe_load((Path(__file__).parents[3] / "config" / "slack-manifest.yaml").read_text("utf-8"))
QUICK = Pauses(picture=0.3, late_picture=0.05, name=0.3, first_count=0.05, next_count=0.1)
TICK_S = 0.2
"""The heart beats faster than in production, or tests would wait for it."""
RIGHT_WHY, IN_GENERAL = "the-right-one-because", "explained-in-general"

SINGLE = QuestionDraft(
    line=1,
    stem="Which metric fits **rare** positives? `x < y` <!channel>",
    choices=("Recall", "Accuracy", "R² & <i>more</i>", "Perplexity"),
    key=(0,),
    explanation=IN_GENERAL,
    choice_explanations=(RIGHT_WHY, "", "", ""),
    topic="metrics",
)
MULTIPLE = QuestionDraft(
    line=9,
    stem="Which two reduce variance? (Choose TWO.)",
    choices=("Bagging", "Dropout", "A larger step", "More features"),
    key=(0, 1),
    select=2,
    explanation=IN_GENERAL,
    topic="ensembles",
)


@dataclass
class Bot:
    """A running bot, its server, and a study channel with people in it."""

    server: SlackServer
    settings: Settings
    clock: Clock | None
    team: Team
    channel: Channel
    ada: User
    bob: User
    app: Application = field(init=False)
    adapter: SlackAdapter = field(init=False)
    beside: Callable[[Application], Adapter] | None = None
    pauses: Pauses = QUICK
    gate: Gate | None = None
    address: str = ""
    _starts: Iterator[int] = field(default_factory=count)
    _process: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def come(self) -> None:
        """Start the process."""
        self.app = await self._process.enter_async_context(
            application(self.settings, clock=self.clock, random=Random(next(self._starts)))
        )
        questions = ParsedDocument(format="numbered", questions=(SINGLE, MULTIPLE))
        await import_document(self.app, questions, bank="test")
        self.adapter = SlackAdapter(self.app, self.pauses, self.gate or Gate(paces={}))
        adapters: list[Adapter] = [self.beside(self.app)] if self.beside else []
        with patch.object(runner, "TICK_S", TICK_S):
            self.address = await self._process.enter_async_context(running(self.app, [*adapters, self.adapter]))

    async def greets(self) -> None:
        """Let the first host show up, and wait for their welcome."""
        await self.ada.opens_home()
        await self.team.direct(self.ada).sees("Hello!")

    async def leave(self) -> None:
        """End the process in order."""
        await self._process.aclose()

    async def twin(self, stack: AsyncExitStack) -> "Bot":
        """A second process on the same database."""
        other = Bot(self.server, self.settings, self.clock, self.team, self.channel, self.ada, self.bob)
        other._starts = self._starts
        await other.come()
        stack.push_async_callback(other.leave)
        return other

    async def says(self, text: str, who: User | None = None) -> str:
        """Type a command; what its private reply shows."""
        return self.server.render(await (await self.types(text, who)).reply())

    async def insists(self, text: str, label: str, who: User | None = None) -> str:
        """Type a command that asks first, and press the button that goes on; what is said in the end."""
        asked = await (await self.types(text, who)).reply()
        return await self.clicks(who or self.ada, asked, label)

    async def types(self, text: str, who: User | None = None) -> Delivery:
        """Type a command that Slack gets acknowledged in time."""
        typed = await (who or self.ada).slash("/quiz", text, self.channel)
        await typed.acked()
        return typed

    def questions(self) -> list[Message]:
        """The messages that stand in the channel itself, oldest first."""
        return [message for message in self.channel.messages if not message.thread_ts]

    async def asks(self, text: str = "", who: User | None = None) -> Message:
        """Type a command that leads to a question; the question."""
        before = len(self.questions())
        await self.types(text, who)
        await self.server.until(lambda: len(self.questions()) > before, "a question")
        return self.questions()[-1]

    async def daily(self, options: str = "") -> Message:
        """The host sets a daily question, and asks it at once."""
        assert "The daily question is set" in await self.says(f"daily set 09:00 Europe/Berlin topic=metrics {options}")
        return await self.asks("daily now")

    async def clicks(self, who: User, message: Message, label: str) -> str:
        """Press a button; what its owner is told."""
        pressed = await who.press(message, label)
        await pressed.acked()
        return self.server.render(await pressed.reply())

    async def space(self) -> Space:
        """The workspace, as the core knows it."""
        found = await self.app.storage.read(lambda unit: unit.spaces.known_as("slack", self.team.id))
        assert found
        return found

    async def round(self, message: Message) -> Round:
        """The round that a message asks, once the database knows that the message is there."""
        space = await self.space()

        async def read(unit: Unit) -> Round | None:
            post = await unit.outbox.at_message(space.id, message.channel.id, message.ts)
            return await unit.rounds.find(post.round_id) if post and post.round_id else None

        async with asyncio.timeout(PATIENCE_S):
            while (found := await self.app.storage.read(read)) is None:  # noqa: ASYNC110 - nothing tells of the commit
                await asyncio.sleep(0.01)
        return found

    async def right(self, message: Message) -> str:
        """The letter of a right choice."""
        asked = await self.round(message)
        return asked.letter(min(asked.key))

    async def wrong(self, message: Message) -> str:
        """The letter of a wrong one."""
        asked = await self.round(message)
        return next(asked.letter(choice) for choice in asked.order if choice not in asked.key)

    async def answers(self, message: Message) -> dict[str, str]:
        """The letters that stand as answers of the round that a message asks, by name."""
        asked = await self.round(message)

        async def read(unit: Unit) -> dict[str, str]:
            given = await unit.answers.of_round(asked.id)
            names = await unit.people.names([answer.player_id for answer in given])
            return {names[one.player_id]: ", ".join(one.response.spelled(asked.order)) for one in given if one.response}

        return await self.app.storage.read(read)

    async def until_answers(self, message: Message, expected: dict[str, str]) -> None:
        """Wait until these answers stand, and no others."""
        found: dict[str, str] = {}
        try:
            async with asyncio.timeout(PATIENCE_S):
                while (found := await self.answers(message)) != expected:  # noqa: ASYNC110 - as above
                    await asyncio.sleep(0.02)
        except TimeoutError:
            assert found == expected

    async def tries_again(self) -> None:
        """Wait until a message couldn't be posted, and let a `FakeClock` go on until it is tried again."""
        await self.put_off()
        self.clock.advance(minutes=1)
        await self.settled()

    async def put_off(self) -> None:
        """Wait until a message couldn't be posted, and is to be tried again."""
        path = URL(self.settings.database_url).path
        await self.server.until(lambda: _put_off(path), "a message that was put off")

    async def settled(self) -> None:
        """Wait until nothing waits to be posted or edited."""
        await settled(self.app, "slack")

    async def result(self, message: Message) -> Message:
        """The result in a question's thread."""
        await self.server.until(lambda: message.replies, "a result")
        return message.replies[0]


def _put_off(path: str) -> bool:
    with closing(sqlite3.connect(path)) as database:
        return bool(database.execute("SELECT 1 FROM posts WHERE waiting AND problem IS NOT NULL").fetchone())


@dataclass
class Time:
    """Seconds that pass when somebody sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


Start = Callable[..., Awaitable[Bot]]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def slack_settings(tmp_path: Path, migrated_file: Path) -> Callable[..., Settings]:
    """Settings of one database, whatever else they say."""
    shutil.copy(migrated_file, tmp_path / "quizbot.db")

    def make(server: SlackServer, **changes: object) -> Settings:
        values = {
            "database_url": f"sqlite+aiosqlite:///{tmp_path}/quizbot.db",
            "web_port": 0,
            "var_dir": tmp_path / "var",
            "zone": "Europe/Berlin",
            "slack_api_base": server.api_base,
        }
        return settings_of(**(values | changes))

    return make


async def slack_on(stack: AsyncExitStack, clock: Clock | None = None) -> SlackServer:
    """A Slack that grants and sends what the manifest asks for, and nothing else."""
    return await stack.enter_async_context(
        SlackServer(
            clock=clock,
            scopes=MANIFEST["oauth_config"]["scopes"]["bot"],
            subscribed_to=MANIFEST["settings"]["event_subscriptions"]["bot_events"],
        )
    )


@pytest.fixture
async def start(stack: AsyncExitStack, slack_settings: Callable[..., Settings]) -> Start:
    """Start a bot on a Slack of its own, in Socket Mode unless told; ``clock`` is that of both, ``further`` settings.

    It is in a hurry, unless ``pauses`` are those of production; and without a ``gate`` it calls as fast as it likes: at
    Slack's pace, a message a second, tests would mostly wait.
    """

    async def begin(
        clock: Clock | None = None,
        *,
        http: bool = False,
        oauth: bool = False,
        sockets: bool = False,
        beside: Callable[[Application], Adapter] | None = None,
        pauses: Pauses = QUICK,
        gate: Gate | None = None,
        organisation: Organisation | None = None,
        **further: object,
    ) -> Bot:
        server = await slack_on(stack, clock)
        team = server.add_team("Study", installed=not oauth, organisation=organisation)
        channel = team.add_channel("study")
        ada, bob = team.add_user("Ada", admin=True), team.add_user("Bob")
        secrets = {"slack_signing_secret": server.app.signing_secret}
        if oauth:
            secrets |= {"slack_client_id": server.app.client_id, "slack_client_secret": server.app.client_secret}
            secrets["slack_token_key"] = base64.urlsafe_b64encode(b"k" * 32).decode()
        elif http:
            secrets["slack_bot_token"] = team.bot_token
        else:
            secrets = {"slack_bot_token": team.bot_token, "slack_app_token": server.app.app_token}
        if sockets:
            secrets["slack_app_token"] = server.app.app_token
        settings = slack_settings(server, **secrets, **further)
        bot = Bot(server, settings, clock, team, channel, ada, bob, beside=beside, pauses=pauses, gate=gate)
        await bot.come()
        stack.push_async_callback(bot.leave)
        if (http or oauth) and not sockets:
            server.post_to(bot.address + EVENTS)
        return bot

    return begin


@pytest.fixture
async def bot(start: Start) -> Bot:
    """A running bot by the machine's clock."""
    return await start()
