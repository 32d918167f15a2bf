"""A running bot with its web room, and real browsers in front of it."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from adapters.web.adapter import WebAdapter
from bot.application import Application
from bot.bootstrap import application
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.process import running
from bot.services.banks.storing import import_document
from bot.settings import Settings
from tests.adapters.stages.running import GoingClock
from tests.browsers import CHROMIUM, FIREFOX, found, missing
from tests.e2e.firefox import Firefox, firefox_at
from tests.patience import PATIENCE_S, until

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

QUESTIONS = tuple(
    QuestionDraft(
        line=number,
        stem=f"Starter question {number}: which one is **right**?",
        choices=("The right one", "A wrong one", "Another wrong one", "The last wrong one"),
        key=(0,),
        explanation="Because it says so.",
        choice_explanations=("It is right.", "It is wrong.", "It is wrong too.", "Wrong as well."),
    )
    for number in range(1, 7)
)


def _program(names: tuple[str, ...]) -> str:
    """The path of the first of these programs that is installed; if none is, tests are skipped."""
    if path := found(names):
        return path
    reason = missing(names)
    could_install = os.geteuid() == 0 and shutil.which("apt-get")
    if os.environ.get("CI") and could_install:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests; each visitor has a context of their own in it."""
    path = _program(CHROMIUM)
    expect.set_options(timeout=PATIENCE_S * 1_000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class OpenRoom:
    """The room as its visitors know it: an address."""

    app: Application
    adapter: WebAdapter
    address: str

    async def listening(self, pages: int) -> None:
        """Wait until this many pages listen for news, which they do only after showing their messages."""

        async def all_there() -> bool:
            return len(self.adapter.hub) == pages

        await until(all_there, f"{pages} listening pages")


@dataclass
class LiveRoom(OpenRoom):
    """The room with Chromium in front of it."""

    browser: Browser
    problems: list[str] = field(default_factory=list)

    async def visitor(self, **context: Any) -> Page:
        """A browser of somebody's own; whatever it complains about fails the test."""
        page = await (await self.browser.new_context(**context)).new_page()
        page.set_default_timeout(PATIENCE_S * 1_000)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda line: self.problems.append(line.text) if line.type == "error" else None)
        await page.goto(self.address)
        return page

    async def player(self, name: str, **context: Any) -> Page:
        """Somebody who has joined."""
        page = await self.visitor(**context)
        await page.get_by_label("Your name").fill(name)
        await page.get_by_role("button", name="Join the room").click()
        await page.get_by_role("log").wait_for()
        return page

    async def letter_of_the_right_one(self, page: Page) -> str:
        """The letter behind which the newest open question shows its right choice."""
        row = page.locator("article").last.locator("li", has_text="The right one")
        return str(await row.get_by_role("button").inner_text())


@pytest_asyncio.fixture(loop_scope="session")
async def open_room(tmp_path: Path, migrated_file: Path) -> AsyncIterator[OpenRoom]:
    shutil.copy(migrated_file, tmp_path / "quizbot.db")
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/quizbot.db", web_port=0, var_dir=tmp_path, zone="Europe/Berlin"
    )
    async with application(settings, clock=GoingClock(), random=Random(1)) as app:
        await import_document(app, ParsedDocument(format="numbered", questions=QUESTIONS), bank="starter", starter=True)
        adapter = WebAdapter(app)
        async with running(app, [adapter]) as address:
            yield OpenRoom(app, adapter, address)


@pytest.fixture(scope="session")
def firefox_program() -> str:
    return _program(FIREFOX)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running_firefox(firefox_program: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Firefox]:
    """One Firefox for a module's tests, in dark mode for everybody."""
    profile = tmp_path_factory.mktemp("firefox")
    async with firefox_at(firefox_program, profile, {"ui.systemUsesDarkTheme": 1}) as firefox:
        yield firefox


@pytest_asyncio.fixture(loop_scope="session")
async def firefox(open_room: OpenRoom, running_firefox: Firefox) -> AsyncIterator[Firefox]:
    """Firefox in front of the room, without a window yet; any error on its pages fails the test."""
    yield running_firefox
    await running_firefox.forget_everybody()
    problems, running_firefox.problems = running_firefox.problems, []
    assert problems == []


@pytest_asyncio.fixture(loop_scope="session")
async def room(open_room: OpenRoom, browser: Browser) -> AsyncIterator[LiveRoom]:
    live = LiveRoom(open_room.app, open_room.adapter, open_room.address, browser)
    yield live
    for context in browser.contexts:
        await context.close()
    assert live.problems == []
