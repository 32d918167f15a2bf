"""Firefox as Debian ships it, driven by WebDriver BiDi, which it supports without another program.

The commands are those of https://www.w3.org/TR/webdriver-bidi/. How to reach a Firefox that speaks it is described on
https://developer.mozilla.org/en-US/docs/Web/WebDriver/How_to/Create_BiDi_connection.
"""

import json
import re
import subprocess
from asyncio import create_subprocess_exec
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from tests.patience import PATIENCE_S, until

T = TypeVar("T")

KEYS = {"Enter": "\ue007", "Shift": "\ue008", "Space": " ", "Tab": "\ue004"}
_PLAIN = {
    "browser.newtabpage.enabled": False,
    "browser.startup.page": 0,
    "dom.ipc.processPrelaunch.enabled": False,
    "extensions.enabledScopes": 0,
    "ui.prefersReducedMotion": 1,
}
"""Turns off what no test looks at, which would nearly double Firefox's processor time."""
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_LEFT = "was interrupted while the page was loading."  # what Firefox logs when a page that listens is left

_TEXTS = """(css) => [...document.querySelectorAll(css)].filter((e) => e.checkVisibility())
  .map((e) => e.matches("input, textarea, select") ? e.value : e.innerText.trim())"""
_UNDER_THE_MOUSE = """(element) => {
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = element.getClientRects()[0];
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""

Node = dict[str, Any]
"""A reference to an element of a page."""


class Refused(Exception):
    """Firefox can't carry out a command."""


class Firefox:
    """A Firefox that runs without a screen; errors on its pages are kept in `problems`."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.problems: list[str] = []
        self._socket = socket
        self._number = 0

    async def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command, and return its result.

        Raises:
            Refused: Firefox can't carry it out.
        """
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            message = await self._socket.receive_json(timeout=PATIENCE_S)
            if message["type"] == "event":
                self._note(message["params"])
            elif message["id"] == self._number:
                if message["type"] == "error":
                    raise Refused(f"{method}: {message['message']}")
                return dict(message["result"])

    def _note(self, entry: dict[str, Any]) -> None:
        if entry["level"] == "error" and not entry["text"].endswith(_LEFT):
            self.problems.append(entry["text"])

    async def page(self, width: int = 1280, height: int = 720) -> "Page":
        """Open a window for a new person, with cookies of its own."""
        person = (await self.command("browser.createUserContext"))["userContext"]
        context = (await self.command("browsingContext.create", type="window", userContext=person))["context"]
        await self.command("browsingContext.setViewport", context=context, viewport={"width": width, "height": height})
        return Page(self, context)

    async def forget_everybody(self) -> None:
        """Close everybody's windows."""
        for known in (await self.command("browser.getUserContexts"))["userContexts"]:
            if known["userContext"] != "default":
                await self.command("browser.removeUserContext", userContext=known["userContext"])


class Page:
    """Somebody's window."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self._firefox = firefox
        self._context = context

    async def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command about this page, and return its result."""
        return await self._firefox.command(method, context=self._context, **parameters)

    async def goto(self, address: str) -> None:
        """Load a page, and wait until it is there."""
        await self.command("browsingContext.navigate", url=address, wait="complete")

    async def evaluate(self, function: str, *arguments: str | Node) -> Any:
        """Call a JavaScript function on the page, and return what it returns.

        It runs apart from the page's own scripts, so it works despite a Content-Security-Policy and with JavaScript
        switched off, except that promises are never settled then.
        """
        result = await self._firefox.command(
            "script.callFunction",
            target={"context": self._context, "sandbox": "tests"},
            functionDeclaration=f"(...given) => JSON.stringify(({function})(...given))",
            arguments=[{"type": "string", "value": one} if isinstance(one, str) else one for one in arguments],
            awaitPromise=False,
        )
        assert result["type"] == "success", result["exceptionDetails"]["text"]
        return json.loads(result["result"].get("value", "null"))

    async def until(self, look: Callable[[], Awaitable[T | None]], hoped_for: str) -> T:
        """Wait like `tests.patience.until`, even while another page is being loaded."""

        async def look_again() -> T | None:
            try:
                return await look()
            except Refused:
                return None

        return await until(look_again, hoped_for)

    async def texts(self, css: str) -> list[str]:
        """The texts of the visible elements that a CSS selector matches; for a field, what is in it."""
        return list(await self.evaluate(_TEXTS, css))

    async def shows(self, css: str, text: str, times: int = 1) -> None:
        """Wait until this many visible elements that a CSS selector matches contain a text."""

        async def look() -> bool:
            return sum(text in shown for shown in await self.texts(css)) == times

        await self.until(look, f"“{text}” in {css}, {times} times")

    async def find(self, role: str, name: str) -> Node:
        """Wait for the first element that has this role and name for screen readers."""

        async def look() -> list[Node]:
            locator = {"type": "accessibility", "value": {"role": role, "name": name}}
            return list((await self.command("browsingContext.locateNodes", locator=locator, maxNodeCount=1))["nodes"])

        (node,) = await self.until(look, f"{role} “{name}”")
        return {"sharedId": node["sharedId"]}

    async def is_focused(self, role: str, name: str) -> bool:
        """Whether the element has the focus of its window."""
        return bool(await self.evaluate("(e) => e === document.activeElement", await self.find(role, name)))

    async def click(self, role: str, name: str) -> None:
        """Click an element in its middle, where nothing may lie above it."""
        node = await self.find(role, name)
        assert await self.evaluate(_UNDER_THE_MOUSE, node), f"something covers {role} “{name}”"
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": node}},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        await self.command("input.performActions", actions=[{"type": "pointer", "id": "mouse", "actions": actions}])

    async def press(self, key: str) -> None:
        """Press a key of `KEYS`, or several at once: Shift+Tab."""
        held = [KEYS[one] for one in key.split("+")]
        await self._keys([("keyDown", one) for one in held] + [("keyUp", one) for one in reversed(held)])

    async def type(self, text: str) -> None:
        """Type a text, wherever the focus is."""
        await self._keys([(action, one) for one in text for action in ("keyDown", "keyUp")])

    async def _keys(self, actions: list[tuple[str, str]]) -> None:
        keys = [{"type": action, "value": key} for action, key in actions]
        await self.command("input.performActions", actions=[{"type": "key", "id": "keyboard", "actions": keys}])


@asynccontextmanager
async def firefox_at(program: str, profile: Path, preferences: dict[str, Any]) -> AsyncIterator[Firefox]:
    """Start Firefox with an empty profile, and close it at the end.

    Args:
        program: its path.
        profile: an empty folder.
        preferences: names and values, as about:config shows them.
    """
    settings = _PLAIN | preferences
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    said = profile / "stderr.txt"
    options = ("--headless", "--remote-debugging-port", "0", "--profile", str(profile))
    with said.open("wb") as errors:
        process = await create_subprocess_exec(program, *options, stdout=subprocess.DEVNULL, stderr=errors)

    async def look() -> re.Match[str] | None:
        assert process.returncode is None, f"Firefox ended: {said.read_text()}"
        return _LISTENING.search(said.read_text())

    try:
        address = (await until(look, "a Firefox that listens"))[1]
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{address}/session", max_msg_size=0) as socket,
        ):
            firefox = Firefox(socket)
            await firefox.command("session.new", capabilities={})
            await firefox.command("session.subscribe", events=["log.entryAdded"])
            yield firefox
            await firefox.command("browser.close")
    except BaseException:
        if process.returncode is None:
            process.kill()
        raise
    finally:
        await process.wait()
