"""kill -9 at the worst moments of a real process: what was said stands, and nothing is said twice."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator

import pytest

from bot.bootstrap import application
from bot.domain.drafts import ParsedDocument
from bot.services.banks.storing import import_document
from tests.adapters.stages.questions import NUMBER
from tests.all_settings import settings_of
from tests.platforms.discord import DiscordServer, Message, render

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system knows no kill -9")

PATIENCE_S = 30.0
"""A claim of a process that was killed is taken over within ten seconds."""


class Process:
    """``quizbot run`` on a database of its own."""

    def __init__(self, server: DiscordServer, folder) -> None:
        self._server = server
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it has registered its commands and is connected."""
        before = len(self._server.payloads)
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from bot.cli import main; main()", "run", "--adapter", "discord"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=os.environ
            | {
                "QUIZBOT_DATABASE_URL": f"sqlite+aiosqlite:///{self._folder}/quizbot.db",
                "QUIZBOT_VAR_DIR": str(self._folder),
                "QUIZBOT_WEB_PORT": "0",
                "DISCORD_TOKEN": self._server.token,
                "DISCORD_API_BASE": self._server.api_base,
                "DISCORD_GATEWAY_URL": self._server.gateway_url,
            },
        )
        said = []
        while line := await self._process.stdout.readline():
            said.append(line.decode())
            if "Discord: connected" in said[-1]:
                assert len(self._server.payloads) > before
                return
        pytest.fail("".join(said))

    async def kill(self) -> None:
        """Let it end at once, whatever it does."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.communicate()

    async def stop(self) -> int:
        """SIGTERM; its exit code."""
        self._process.send_signal(signal.SIGTERM)
        await self._process.communicate()
        return self._process.returncode


@pytest.fixture
async def process(server, guild, channel, tmp_path) -> AsyncIterator[Process]:
    one = Process(server, tmp_path)
    await one.start()
    yield one
    with contextlib.suppress(ProcessLookupError):
        await one.kill()


async def question_in(server, channel, ada, **options) -> Message:
    await server.command(ada, channel, "quiz", options)
    return await server.until(lambda: next((m for m in channel.messages.values() if m.controls), None))


async def choose(server, user, question: Message, position: int):
    (first, *_more) = question.controls
    if first["type"] == 2:
        return await server.click(user, question, question.controls[position]["custom_id"])
    values = [str((position + number) % len(first["options"])) for number in range(first["min_values"])]
    # Straight to the answer: what submits the picks has all that it needs in its id.
    submit = f"{first['custom_id'].replace('unsent', 'submit')}:{','.join(values)}"
    return await server.click(user, question, submit, unchecked=True)


async def arrived(server, pattern: str, count: int) -> None:
    """Wait until so many requests have come, though they are held up."""
    for _look in range(1_000):
        if len(server.calls(pattern)) >= count:
            return
        await asyncio.sleep(0.02)  # nothing announces a request that is held up
    pytest.fail(f"no request {pattern}")


async def test_whatever_it_is_killed_at_what_was_said_stands_and_is_said_once(server, channel, ada, process):
    # The answer is stored, its reply never left.
    question = await question_in(server, channel, ada)
    server.slow("/callback", 60)
    await choose(server, ada, question, 0)
    await arrived(server, "/callback", 2)  # the command's and the click's
    await process.kill()
    server.faults.calm()
    await process.start()
    told = await (await choose(server, ada, question, 1)).replied()
    assert "Your first answer stands." in render(told.reply)

    # A question is in the outbox, its request never got there.
    there = len(channel.messages)
    server.slow(rf"POST /channels/{channel.id}/messages", 60)
    posts = len(server.calls(rf"POST /channels/{channel.id}/messages"))
    await server.command(ada, channel, "quiz")
    await arrived(server, rf"POST /channels/{channel.id}/messages", posts + 1)
    await process.kill()
    server.faults.calm()
    await process.start()
    await server.until(lambda: len(channel.messages) > there)

    # A question got there, and nobody was left to note it.
    there = len(channel.messages)
    await server.command(ada, channel, "quiz")
    await server.until(lambda: len(channel.messages) > there)
    await process.kill()
    await process.start()
    last = channel.last
    await choose(server, ada, last, 0)
    await server.until(lambda: "1 answered." in render(last))  # only what is known to be there is edited
    assert len(channel.messages) == 3
    assert await process.stop() == 0


async def test_a_modal_outlives_the_process_that_opened_it(server, channel, ada, process, tmp_path):
    async with application(settings_of(database_url=f"sqlite+aiosqlite:///{tmp_path}/quizbot.db")) as app:
        await import_document(app, ParsedDocument(format="test", questions=(NUMBER,)), bank="typed")
    question = await question_in(server, channel, ada, topic=NUMBER.topic)
    opened = await (await server.click(ada, question, question.button("Answer"))).replied()
    await process.kill()
    await process.start()
    told = await (await server.submit(opened, {"0": "4"})).replied()
    assert "4 is right! 10 points." in render(told.reply)
