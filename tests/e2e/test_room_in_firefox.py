"""The main job in Debian's Firefox: by mouse, by keyboard, on a small screen in the dark, without JavaScript."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.domain.drafts import ParsedDocument
from bot.domain.identity import RoundId
from bot.services.banks.storing import import_document
from bot.services.rounds.closing import close_round
from tests.adapters.stages.questions import NUMBER, SHORT
from tests.e2e.firefox import Firefox, Page, firefox_at
from tests.e2e.pages import CONTRASTS, ask_until_closed

pytestmark = pytest.mark.asyncio(loop_scope="session")  # where Firefox lives

OpenRoom = Any  # the fixture's class: test folders aren't packages

SMALL = (320, 640)
REMEMBER_WHAT_IS_SAID = """() => new MutationObserver(
  ([change]) => localStorage.setItem("said", change.target.textContent)
).observe(document.getElementById("status"), { childList: true })"""
"""Keeps what the room's status line says from now on, also while the page is being left."""


async def join(page: Page, address: str, name: str) -> None:
    await page.goto(address)
    await page.click("textbox", "Your name")
    await page.type(name)
    await page.click("button", "Join the room")
    await page.find("log", "Conversation")


async def say(page: Page, text: str) -> None:
    await page.click("textbox", "Message")
    await page.type(text)
    await page.press("Enter")


async def letters(page: Page) -> tuple[str, str]:
    """The letters behind which the newest open question shows its right choice and a wrong one."""
    rows = [row.split() for row in (await page.texts("article:last-child li"))]
    (right,) = [letter for letter, *words in rows if words[:3] == ["The", "right", "one"]]
    (wrong,) = [letter for letter, *words in rows if words[:3] == ["A", "wrong", "one"]]
    return right, wrong


async def ask_another(room: OpenRoom) -> None:
    await import_document(room.app, ParsedDocument(format="quizbot", questions=(SHORT,)), bank="typed")
    await ask_until_closed(room.app, SHORT.topic)


async def test_two_people_play_one_by_mouse_and_one_by_keyboard_alone(open_room: OpenRoom, firefox: Firefox) -> None:
    ada, bob = await firefox.page(), await firefox.page(*SMALL)
    await join(ada, open_room.address, "Ada")
    right, wrong = await letters(ada)
    await bob.goto(open_room.address)
    await bob.type("Bob")
    await bob.press("Enter")
    await bob.find("log", "Conversation")
    await open_room.listening(2)

    await ada.click("button", f"{right} The right one")
    await ada.shows("#spoken p", f"{right} is right! 10 points.")
    assert await ada.texts("#spoken p") == [f"{right} is right! 10 points."]  # without its sign
    await ada.shows("article .picked", "your answer")
    await bob.shows("article", "1 answered.")
    await bob.shows("article", "Only you can see this", times=0)

    await bob.press("Tab")
    assert await bob.is_focused("link", "Skip to the newest question")
    await bob.press("Enter")
    for _ in range("ABCD".index(wrong) + 1):
        await bob.press("Tab")
    assert await bob.is_focused("button", f"{wrong} A wrong one")
    await bob.press("Space")
    await bob.shows("article .result", f"It's {right}, The right one.")
    await bob.shows("li:focus", "your answer")
    await ada.shows("article", "2 answered.")

    await say(ada, "/daily now")
    for page in (ada, bob):
        await page.shows("article", f"Right answer: {right}")
        await page.shows("article .tally", "1 (50%)", times=2)
        await page.shows("article", "Starter question", times=2)
    await bob.shows("#spoken p", "Starter question")
    await ada.evaluate(REMEMBER_WHAT_IS_SAID)
    await ada.click("link", "Standings")
    await ada.shows("main tr", "Ada you\t10")
    assert await ada.evaluate("() => localStorage.getItem('said')") is None, "leaving the room isn't losing it"


async def test_answers_are_typed_on_a_small_screen_in_the_dark(open_room: OpenRoom, firefox: Firefox) -> None:
    await import_document(open_room.app, ParsedDocument(format="quizbot", questions=(NUMBER, SHORT)), bank="typed")
    ada = await firefox.page(*SMALL)
    await join(ada, open_room.address, "Ada")
    await ask_until_closed(open_room.app, "numbers")
    await ada.click("textbox", "Your answer in bits")
    await ada.type("three")
    await ada.press("Enter")
    await ada.shows(".problem", "I can't read that as a number")
    assert await ada.is_focused("textbox", "Your answer in bits")
    assert await ada.texts("[aria-invalid=true]") == ["three"]
    assert await ada.evaluate(CONTRASTS) == []
    await ada.evaluate("() => document.activeElement.select()")
    await ada.type("4,0")
    await ada.press("Enter")
    await ada.shows(".receipt", "Saved: 4 (you typed 4,0)")

    await say(ada, "/quiz words")
    await ada.find("textbox", "Your answer")
    await ada.press("Shift+Tab")
    await ada.press("Shift+Tab")
    assert await ada.is_focused("textbox", "Your answer")
    await ada.type("underfiting")
    await ada.press("Enter")
    await ada.shows(".result", "is right! 10 points.")
    for key in await ada.evaluate("() => [...document.querySelectorAll('article[id^=m-q]')].map((e) => e.id)"):
        await close_round(open_room.app, RoundId(int(key.removeprefix("m-q"))))
    await ada.shows("article", "Right answer: 4 bits")
    await ada.shows("article", "Right answer: underfitting")
    assert await ada.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    assert await ada.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert await ada.evaluate(CONTRASTS) == []


async def test_everything_works_without_javascript(open_room: OpenRoom, firefox_program: str, tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    async with firefox_at(firefox_program, tmp_path / "profile", {"javascript.enabled": False}) as firefox:
        ada = await firefox.page(*SMALL)
        await join(ada, open_room.address, "Ada")
        right, _ = await letters(ada)
        await ada.click("button", f"{right} The right one")
        await ada.shows("article .result", f"{right} is right!")
        await ada.click("button", "/help")
        await ada.shows("article", "What you can type")
        await say(ada, "/daily now")
        await ada.shows("article", "This week so far")
        await ask_another(open_room)
        await ada.click("link", "Refresh")
        await ada.shows("article", "What is the opposite of")
        assert await ada.evaluate("() => document.documentElement.scrollWidth") <= 320
        assert await ada.evaluate(CONTRASTS) == []
        assert firefox.problems == []


class Wire:
    """Carries what goes to a server and back, until it is cut."""

    def __init__(self, port: int) -> None:
        self._far = port
        self._near = 0
        self._ends: list[asyncio.StreamWriter] = []

    async def join(self) -> str:
        """Let connections through, and return the address at which they are taken, the same every time."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self._near)
        self._near = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{self._near}"

    def cut(self) -> None:
        """End all connections, and refuse new ones."""
        self._server.close()
        for end in self._ends:
            end.transport.abort()

    async def _carry(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        far, to_far = await asyncio.open_connection("127.0.0.1", self._far)
        self._ends += [to_near, to_far]
        await asyncio.gather(self._copy(near, to_far), self._copy(far, to_near))

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65_536):
                sink.write(data)
                await sink.drain()
        sink.close()


@asynccontextmanager
async def wire_to(address: str) -> AsyncIterator[Wire]:
    wire = Wire(urlsplit(address).port or 0)
    try:
        yield wire
    finally:
        wire.cut()


async def test_what_was_missed_while_the_connection_was_cut_is_there_again(
    open_room: OpenRoom, firefox: Firefox
) -> None:
    async with wire_to(open_room.address) as wire:
        bob = await firefox.page()
        await join(bob, await wire.join(), "Bob")
        await open_room.listening(1)
        wire.cut()
        await bob.shows("#status", "can't be reached")
        await ask_another(open_room)
        await wire.join()
        await bob.shows("article", "What is the opposite of")
        await bob.shows("#status", "can't be reached", times=0)
