"""A running bot with its web room, and a real browser in front of it."""

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


def _chromium() -> str:
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):  # the lightest first
        if path := shutil.which(name):
            return path
    reason = "no Chromium is installed (apt-get install chromium-headless-shell)"
    could_install = os.geteuid() == 0 and shutil.which("apt-get")
    if os.environ.get("CI") and could_install:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests; each visitor has a context of their own in it."""
    path = _chromium()
    expect.set_options(timeout=PATIENCE_S * 1_000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class LiveRoom:
    """The room as its visitors know it: an address."""

    app: Application
    adapter: WebAdapter
    browser: Browser
    address: str
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

    async def listening(self, pages: int) -> None:
        """Wait until so many pages listen for news: a page shows its messages before it does."""

        async def all_there() -> bool:
            return len(self.adapter.hub) == pages

        await until(all_there, f"{pages} listening pages")

    async def letter_of_the_right_one(self, page: Page) -> str:
        """The letter behind which the newest open question shows its right choice."""
        row = page.locator("article").last.locator("li", has_text="The right one")
        return str(await row.get_by_role("button").inner_text())


@pytest_asyncio.fixture(loop_scope="session")
async def room(tmp_path: Path, migrated_file: Path, browser: Browser) -> AsyncIterator[LiveRoom]:
    shutil.copy(migrated_file, tmp_path / "quizbot.db")
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/quizbot.db", web_port=0, var_dir=tmp_path, zone="Europe/Berlin"
    )
    async with application(settings, clock=GoingClock(), random=Random(1)) as app:
        await import_document(app, ParsedDocument(format="numbered", questions=QUESTIONS), bank="starter", starter=True)
        adapter = WebAdapter(app)
        async with running(app, [adapter]) as address:
            live = LiveRoom(app, adapter, browser, address)
            yield live
            for context in browser.contexts:
                await context.close()
        assert live.problems == []
