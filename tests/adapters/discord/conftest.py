"""A Discord on loopback, and the bot on it as in production: the real discord.py, the real database."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.adapter import DiscordAdapter, Pauses
from adapters.discord.gate import Gate
from bot.application import Application
from bot.bootstrap import application
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.identity import Space
from bot.domain.rounds import Round
from bot.ports import Unit
from bot.process import running
from bot.scheduling import runner
from bot.services.banks.storing import import_document
from bot.services.series.series import ask_in_series_now
from bot.settings import Settings
from tests.adapters.outbox import settled
from tests.all_settings import settings_of
from tests.patience import until
from tests.platforms.discord import Channel, DiscordServer, Guild, Interaction, May, Message, User, render

RIGHT_WHY, IN_GENERAL = "the-right-one-because", "explained-in-general"

SINGLE = QuestionDraft(
    line=1,
    stem="Which metric fits **rare** positives? `x < y` || never",
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

TICK_S = 0.2
"""The heart beats faster than in production, or tests would wait for it."""
QUICK = Pauses(connect=5, guilds=0.05, identify=0.05, defer=0.3)


@dataclass
class Bot:
    """A running bot, its server, and a study channel with people in it."""

    server: DiscordServer
    app: Application
    adapter: DiscordAdapter
    guild: Guild
    channel: Channel
    host: User
    ada: User

    async def owner_is_told(self, words: str) -> str:
        """Wait until the guild's owner gets a message that holds these words; how it looks."""
        owner = await self.server.direct(self.guild.owner)

        def told() -> str:
            return next((looks for one in owner.messages.values() if words in (looks := render(one))), "")

        return await self.server.until(told, f"a message to the owner that says {words!r}")

    async def stored(self, read: Callable[[Unit], Awaitable[object]], expected: object) -> None:
        """Wait until the database holds what is expected."""
        await self.finds(lambda: self.app.storage.read(read), expected)

    async def finds(self, look: Callable[[], Awaitable[object]], expected: object) -> None:
        """Wait until a look finds what is expected; where it doesn't come to that, how the last one differs."""
        found: object = None

        async def as_expected() -> bool:
            nonlocal found
            found = await look()
            return found == expected

        with suppress(AssertionError):  # the one below says more
            await until(as_expected, "what is to be stored")
        assert found == expected

    async def settled(self) -> None:
        """Wait until nothing waits to be posted."""
        await settled(self.app, "discord")

    async def question(self) -> Message:
        """The newest message that asks something, once it is there."""
        return await self.server.until(self._question, "a question")

    def _question(self) -> Message | None:
        asked = [one for one in self.channel.messages.values() if one.controls or one.reactions]
        return asked[-1] if asked else None

    async def ask(self, **options: object) -> Message:
        """Somebody types /quiz; the question that comes of it."""
        before = len(self.channel.messages)
        await (await self.server.command(self.ada, self.channel, "quiz", options)).acknowledged()
        await self.server.until(lambda: len(self.channel.messages) > before, "a question")
        return await self.question()

    async def daily(self, **options: str) -> Interaction:
        """The host sets a daily question."""
        given = {"time": "09:00", "zone": "Europe/Berlin"} | options
        return await (await self.server.command(self.host, self.channel, "daily set", given)).replied()

    async def daily_question(self, **options: str) -> Message:
        """The host sets a daily question and asks it at once."""
        await self.daily(**options)
        await (await self.server.command(self.host, self.channel, "daily now")).acknowledged()
        return await self.question()

    async def asks_by_itself(self) -> None:
        """The series of the channel ask, as when their time has come."""
        for series in await self.app.storage.read(lambda unit: unit.schedules.all()):
            await ask_in_series_now(self.app, series.id)

    async def space(self) -> Space:
        """The guild, as the core knows it."""
        found = await self.app.storage.read(lambda unit: unit.spaces.known_as("discord", str(self.guild.id)))
        assert found
        return found

    async def round(self, message: Message) -> Round:
        """The round that a message asks."""
        space = await self.space()

        async def read(unit: Unit) -> Round | None:
            post = await unit.outbox.at_message(space.id, str(message.channel.id), str(message.id))
            return await unit.rounds.find(post.round_id) if post and post.round_id else None

        # People see a message a moment before the database knows that it is there.
        return await until(lambda: self.app.storage.read(read), "the round of a message")

    async def right(self, message: Message) -> list[int]:
        """The positions of the right choices."""
        asked = await self.round(message)
        return sorted(asked.order.index(choice) for choice in asked.key)

    async def answers(self, message: Message) -> dict[str, list[int]]:
        """Who has chosen what in the round that a message asks, by name."""
        asked = await self.round(message)

        async def read(unit):
            given = await unit.answers.of_round(asked.id)
            names = await unit.people.names([answer.player_id for answer in given])
            return {
                names[answer.player_id]: sorted(answer.response.given(asked.order))
                for answer in given
                if answer.response
            }

        return await self.app.storage.read(read)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> AsyncIterator[DiscordServer]:
    """A Discord of the test's own; its time is that of ``clock``, where a test asks for one."""
    has_clock = "clock" in request.fixturenames
    wall = request.getfixturevalue("clock").now if has_clock else partial(datetime.now, UTC)
    async with DiscordServer(lambda: wall().timestamp()) as one:
        # The adapter itself points discord.py there; this puts it back after the test.
        monkeypatch.setattr(Route, "BASE", one.api_base)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(one.gateway_url))
        yield one


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    return server.add_guild("Study group")


@pytest.fixture
def channel(guild: Guild) -> Channel:
    return guild.add_channel("study")


@pytest.fixture
def host(server: DiscordServer, guild: Guild) -> User:
    return server.add_user("Grace", guild, may=May.MANAGE_GUILD)


@pytest.fixture
def ada(server: DiscordServer, guild: Guild) -> User:
    return server.add_user("Ada", guild)


MakeSettings = Callable[..., Settings]


@pytest.fixture
def make_settings(tmp_path: Path, migrated_file: Path, server: DiscordServer) -> MakeSettings:
    shutil.copy(migrated_file, tmp_path / "quizbot.db")

    def make(**changes: object) -> Settings:
        values = {
            "database_url": f"sqlite+aiosqlite:///{tmp_path}/quizbot.db",
            "web_host": "127.0.0.1",
            "web_port": 0,
            "var_dir": tmp_path / "var",
            "zone": "Europe/Berlin",
            "discord_token": server.token,
            "discord_api_base": server.api_base,
            "discord_gateway_url": server.gateway_url,
        }
        return settings_of(**(values | changes))

    return make


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def start_bot(server, guild, channel, host, ada, make_settings, stack):
    """Starts the bot on the same database, as often as a test likes; the stack that comes with it stops it."""
    starts = count()

    async def start_one(
        *questions: QuestionDraft, clock=None, pauses=QUICK, gate=None, **settings
    ) -> tuple[Bot, AsyncExitStack]:
        own = await stack.enter_async_context(AsyncExitStack())
        app = await own.enter_async_context(
            application(make_settings(**settings), clock=clock, random=Random(next(starts)))
        )
        if questions:
            await import_document(app, ParsedDocument(format="numbered", questions=questions), bank="b")
        # This Discord counts no requests until it is told to: at the real one's pace, a test would mostly wait.
        adapter = DiscordAdapter(app, pauses, gate or Gate(per_second=1_000))
        with patch.object(runner, "TICK_S", TICK_S):
            await own.enter_async_context(running(app, [adapter]))
        return Bot(server, app, adapter, guild, channel, host, ada), own

    return start_one


@pytest.fixture
async def bot(start_bot) -> Bot:
    """A bot that knows one question with one right choice."""
    return (await start_bot(SINGLE))[0]
