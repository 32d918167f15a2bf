"""kill -9 with clicks under way: what Slack got acknowledged stands, and the question goes on after a restart."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.bootstrap import application
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.services.banks.storing import import_document
from bot.settings import Settings
from tests.adapters.stages.questions import NUMBER
from tests.platforms.slack import SlackServer

START = "import sys; from bot.cli import main; sys.argv = ['quizbot', 'run', '--adapter', 'slack']; main()"
LIVES = 3


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        yield server


@asynccontextmanager
async def process(server: SlackServer, team: Any, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """``quizbot run`` as a real process, ready to take clicks; it doesn't outlive the block."""
    opened = server.socket.opened
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "QUIZBOT_"))}
    environment |= {
        "SLACK_BOT_TOKEN": team.bot_token,
        "SLACK_APP_TOKEN": server.app.app_token,
        "SLACK_API_BASE": server.api_base,
        "QUIZBOT_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/quizbot.db",
        "QUIZBOT_VAR_DIR": str(folder),
        "QUIZBOT_WEB_PORT": "0",
        "QUIZBOT_LOG_LEVEL": "error",
    }
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", START, env=environment)
    try:
        await server.socket.connected(opened=opened + 1)
        yield bot
    finally:
        if bot.returncode is None:
            bot.kill()
        await bot.wait()


async def bring_question(folder: Path, draft: QuestionDraft) -> None:
    """Store a question of one's own, so that none of the starter bank's is drawn, whatever its kind."""
    async with application(Settings(database_url=f"sqlite+aiosqlite:///{folder}/quizbot.db")) as app:
        await import_document(app, ParsedDocument(format="test", questions=(draft,)), bank="test")


def stored(folder: Path) -> set[str]:
    """Who has an answer on disk."""
    with closing(sqlite3.connect(folder / "quizbot.db")) as database:
        query = "SELECT members.external_id FROM answers JOIN members USING (player_id)"
        return {external_id for (external_id,) in database.execute(query)}


async def test_every_acknowledged_click_is_on_disk_and_the_buttons_go_on(server: SlackServer, tmp_path: Path) -> None:
    await bring_question(
        tmp_path, QuestionDraft(line=1, stem="What is 6 x 7?", choices=("36", "42", "48", "54"), key=(1,))
    )
    team = server.add_team("Study")
    channel = team.add_channel("study")
    ada = team.add_user("Ada", admin=True)
    chance = Random(5)
    pressed: list[Any] = []
    question = None
    for life in range(LIVES):
        async with AsyncExitStack() as stack:
            bot = await stack.enter_async_context(process(server, team, tmp_path))
            if question is None:
                await (await ada.slash("/quiz", "", channel)).acked()
                question = await server.until(lambda: next(iter(channel.messages), None), "a question")
            people = [team.add_user(f"Player {life}-{number}") for number in range(60)]
            now = [await one.press(question, chance.choice("ABCD")) for one in people]
            pressed += now
            enough = chance.randrange(1, len(people) // 2)
            await server.until(lambda: sum(one.ack is not None for one in now) >= enough, "acknowledgements")  # noqa: B023 - used up within this turn
            bot.kill()
            await bot.wait()
    acked = {one.user.id for one in pressed if one.ack is not None}
    assert acked <= stored(tmp_path)
    late = team.add_user("Late")
    async with process(server, team, tmp_path):
        again = await late.press(question, "A")
        await again.acked()
        assert server.render(await again.reply())
    assert late.id in stored(tmp_path)
    assert len([message for message in channel.messages if not message.thread_ts]) == 1


async def test_a_form_outlives_the_process_that_opened_it(server: SlackServer, tmp_path: Path) -> None:
    await bring_question(tmp_path, NUMBER)
    team = server.add_team("Study")
    channel = team.add_channel("study")
    ada = team.add_user("Ada", admin=True)
    async with process(server, team, tmp_path) as bot:
        await (await ada.slash("/quiz", "", channel)).acked()
        question = await server.until(lambda: next(iter(channel.messages), None), "a question")
        await (await ada.press(question, "Answer")).acked()
        form = await server.until(lambda: ada.modal, "a form")
        bot.kill()
        await bot.wait()
    lost = await ada.submits(form, {"field0": "4"})
    assert (lost.ack, form.open) == (None, True)
    async with process(server, team, tmp_path):
        await (await ada.submits(form, {"field0": "4"})).acked()
        await ada.sees("4 is right! 10 points.")
    assert stored(tmp_path) == {ada.id}
