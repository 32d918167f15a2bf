"""The web room, and people with browsers."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from html import unescape
from typing import Any, ClassVar
from urllib.parse import urlencode

import aiohttp

from adapters.web.adapter import WebAdapter
from adapters.web.inbound import fold_name
from adapters.web.outbound import element_id
from adapters.web.room import CHANNEL
from adapters.web.writing import ADDRESSES
from bot.application import Adapter, Application
from bot.domain.errors import QuizbotError
from bot.ports import Post
from bot.services.chat.grammar import parse_command
from bot.settings import Settings
from tests.adapters.stages.pages import Article, articles
from tests.adapters.stages.running import Bot, GoingClock
from tests.adapters.stages.stage import Form, Person, Seen, Stage

_FRAGMENT = {"Quizbot-Fragment": "1"}
"""What the page's script says, to get the messages that changed instead of a page."""
_ACTION = re.compile(r'<form method="post" action="([^"]*)" class="card stack" id="writing"')
"""The form of the page on which questions are written."""


class Visitor(Person):
    """Somebody with a browser of their own."""

    stage: "WebStage"

    def __init__(self, stage: "WebStage", name: str, locale: str = "en-US") -> None:
        super().__init__(stage, name)
        self.id = fold_name(name)
        self._browser = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"Accept-Language": f"{locale},en;q=0.5"}
        )
        self._csrf = ""
        self._replies: list[str] = []
        stage.browsers.append(self._browser)

    async def joins(self, token: str = "") -> None:
        """Come in, perhaps by the host's link."""
        self._remember(await self.get("/"))
        self._remember(await self._post("/join", {"name": self.name, "token": token}))

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> str:
        """Open a page."""
        return await self.stage.heard(self._browser.get(self.stage.bot.address + path, headers=headers))

    async def listens(self) -> None:
        """Keep a page open: whatever it is told by itself is noted."""
        async with self._browser.get(f"{self.stage.bot.address}/events", timeout=aiohttp.ClientTimeout()) as events:
            async for line in events.content:
                self.stage.note(line.decode())

    def _remember(self, page: str) -> None:
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        self._csrf = unescape(found[1]) if found else self._csrf

    async def _post(
        self,
        path: str,
        fields: Mapping[str, str] | Sequence[tuple[str, str]],
        headers: Mapping[str, str] | None = None,
        *,
        file: tuple[str, bytes] | None = None,
    ) -> str:
        several = fields.items() if isinstance(fields, Mapping) else fields
        form = aiohttp.FormData([("csrf", self._csrf), *several])
        if file is not None:
            form.add_field("file", file[1], filename=file[0])
        return await self.stage.heard(self._browser.post(self.stage.bot.address + path, data=form, headers=headers))

    async def says(self, command: str) -> str:
        """Type into the message box."""
        return await self._says("text", command)

    async def _says(self, field: str, command: str) -> str:
        reply = articles(await self._post("/say", {field: command}, _FRAGMENT))
        self._replies += [one.source for one in reply]
        await self.stage.bot.settled()
        return "\n".join(one.text for one in reply)

    async def clicks(self, label: str, *, of: Person | None = None, forged: str = "") -> str:
        """Press a button of a private message."""
        reader = of or self
        assert isinstance(reader, Visitor)
        return await self._says("press", forged or reader._behind(label))

    def _behind(self, label: str) -> str:
        """The command of the newest button that says this."""
        written = re.escape(label.replace("'", "&#39;"))
        commands = re.findall(rf'name="press" value="([^"]*)">{written}</button>', "\n".join(self._replies))
        return unescape(commands[-1])

    async def asks(self, command: str = "", *, button: str = "") -> Form | str:
        """Type the command or press the button, without the page's script: where there is a form, its page comes."""
        page = await self._post("/say", {"press": self._behind(button)} if button else {"text": command})
        return Form(text=unescape(page), opened=page) if _ACTION.search(page) else articles(page)[-1].text

    async def corrects(self, form: Form) -> Form:
        """The page came back with everything in it."""
        return form

    async def fills_in(self, form: Form, forged: str = "", **texts: str) -> str:
        """Send the form; with a forged command to its address, or in the message box where it has none."""
        action = _ACTION.search(form.opened)
        assert action, form.opened
        address, bank = unescape(action[1]), _bank(form.opened)
        if forged:
            address, bank = _address(forged)
        if not address:
            return await self.says(forged)
        page = await self._post(address, {"do": "send", "bank": bank, **texts})
        await self.stage.bot.settled()
        if _ACTION.search(page):
            return unescape(page)
        self._replies.append(page)
        return articles(page)[-1].text if articles(page) else unescape(page)

    async def hears(self) -> str:
        """Look at the page, which has what others don't see."""
        return await self.sees()

    async def answers(self, *letters: str, to: Seen | None = None) -> str:
        """Press a letter, or tick several and send them."""
        question = to or await self.question()
        return await self._submits(question.round_id, "pick", [_value(question, letter) for letter in letters])

    async def opens(self, to: Seen | None = None) -> Form | str:
        """Look for the question's fields; where there are none any more, send that of a page from before."""
        question = to or await self.question()
        now = await self.stage.look(self, question.post)
        fields = re.findall(r'<input type="text"[^>]* value="([^"]*)"([^>]*)>', now.source)
        if menus := re.findall(r'<select[^>]* name="row".*?</select>', now.source, re.DOTALL):
            picked = [found[1] for menu in menus if (found := re.search(r"selected>([^<]*)<", menu))]
            settled = all(menu.count("<option") == 1 for menu in menus)
            return str(now.message.receipt) if settled else Form(text="\n".join((now.text, *picked)), opened=now)
        if not fields:
            return await self._submits(question.round_id, "typed", [""])
        if any("readonly" in rest for _text, rest in fields):
            return str(now.message.receipt)
        texts = (unescape(text) for text, _rest in fields)
        return Form(text="\n".join((now.text, *texts)), opened=now)

    async def sends(self, form: Form, *texts: str, unchecked: bool = False, round_id: int | None = None) -> str:
        """Fill in the fields and send them; the receipt, or the refusal that stands beside them."""
        name = "row" if 'name="row"' in form.opened.source else "typed"
        held = _held(form.opened)
        assert unchecked or len(texts) in {0, len(held)}, f"{len(held)} fields to fill in"
        values = [_picked(form.opened, text) if name == "row" else text for text in texts] or held
        return await self._submits(form.opened.round_id if round_id is None else round_id, name, values)

    async def turns(self, to: Seen | None = None) -> Form:
        """Press the button that shows the back, without the page's script: the page comes again, and has it."""
        question = to or await self.question()
        await self._post(f"/rounds/{question.round_id}/back", {})
        shown = await self.stage.look(self, question.post)
        return Form(text=shown.text, opened=shown)

    async def judges(self, back: Form, word: str, *, round_id: int | None = None, position: int | None = None) -> str:
        """Press a word below the back."""
        pick = _value(back.opened, word) if position is None else str(position)
        return await self._submits(back.opened.round_id if round_id is None else round_id, "pick", [pick])

    async def _submits(self, round_id: int, name: str, values: Sequence[str]) -> str:
        answer = await self._post(f"/rounds/{round_id}/answer", [(name, value) for value in values], _FRAGMENT)
        found = articles(answer)
        return found[0].receipt if found else answer

    async def reacts(self, letter: str, *, on: bool = True, to: Seen | None = None) -> None:
        """Press a sign: it stays pressed, or no longer is."""
        question = to or await self.question()
        pressed = re.search(rf'data-letter="{letter}"[^>]+aria-pressed="true"', question.source)
        assert bool(pressed) is not on, f"{letter} is {'on' if on else 'off'} already"
        await self._post(f"/rounds/{question.round_id}/reaction", {"sign": _value(question, letter)}, _FRAGMENT)

    async def sees(self) -> str:
        """Look at the page."""
        return "\n".join(f"{one.text}\n{one.receipt}" for one in await self.transcript())

    async def transcript(self) -> list[Article]:
        """All messages, as the page's script fetches them."""
        return articles(await self.get("/transcript", _FRAGMENT))

    async def forges(self, question: Seen, *, round_id: int | None = None, position: int | None = None) -> str:
        """Send a form that the page doesn't have."""
        return await self._submits(round_id or question.round_id, "pick", [str(position or 0)])

    async def brings(self, file_name: str, data: bytes) -> str:
        """Upload a file on the import page, and see in the message box what was found."""
        preview = await self._post("/import", {}, file=(file_name, data))
        return await self.says("/quiz bank settle") if 'action="/import/' in preview else preview


def _address(command: str) -> tuple[str, str]:
    """The address of a command's form, empty if it has none; and the bank that it names."""
    try:
        typed = parse_command(command)
    except QuizbotError:
        return "", ""
    address = f"{ADDRESSES[typed.name]}?{urlencode(typed.options)}" if typed.name in ADDRESSES else ""
    return address, typed.options.get("bank", "")


def _bank(page: str) -> str:
    """What the page's field for a bank says; empty: it has none."""
    found = re.search(r'name="bank" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def _held(question: Seen) -> list[str]:
    """What the page sends for fields and menus that nobody has touched."""
    fields = re.findall(r'<input type="text"[^>]* value="([^"]*)"', question.source)
    menus = re.findall(r'<select[^>]* name="row".*?</select>', question.source, re.DOTALL)
    picked = [re.search(r'value="(\d+)" selected', menu) for menu in menus]
    return [*map(unescape, fields), *(found[1] if found else "" for found in picked)]


def _picked(question: Seen, letter: str) -> str:
    """What the page sends for a letter that is picked in a menu, or for whatever else."""
    found = re.search(rf'<option value="(\d+)"[^>]*>{re.escape(letter)}\. ', question.source) if letter else None
    return found[1] if found else letter


def _value(question: Seen, letter: str) -> str:
    """What the page sends for a letter, or for a word that is a choice: that of its button, box or sign."""
    for control in (
        rf'name="pick" value="(\d+)" aria-label="{letter}"',
        rf'name="pick" value="(\d+)"[^>]*>{letter}</button>',
        rf'name="pick" value="(\d+)"[^>]*>\s*<label[^>]*><span class="letter">{letter}<',
        rf'<span class="letter">{letter}</span>[^<]*<div class="what">[^<]*<div [^>]*-(\d+)-text"',  # settled
        rf'name="sign" value="(\d+)" data-letter="{letter}"',
    ):
        if found := re.search(control, question.source):
            return found[1]
    raise AssertionError(f"no {letter!r} to press in\n{question.source}")


class WebStage(Stage):
    """The room on loopback."""

    lacks: ClassVar[Mapping[str, str]] = {
        "closed doors": "a private message in the room is there for whoever comes back to it",
        "mending form": "questions of a file are mended on the desk's own page",
        "deleting": "messages of the room can't be deleted",
        "absence": "the room is served by the bot's own process: while that is away, nobody can do anything",
    }
    channel = CHANNEL
    watcher: Visitor

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        self.browsers: list[aiohttp.ClientSession] = []
        self._sent: list[str] = []
        self._page: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """The first to come is host whoever it is; the room's own daily question goes: others begin without one."""
        await self.bot.start()
        keeper = Visitor(self, "Keeper")
        await keeper.joins()
        await keeper.insists("/quiz daily stop", "Stop it")
        self.watcher = await self.person("Watcher")
        self._watch()

    def _watch(self) -> None:
        self._page = asyncio.create_task(self.watcher.listens())

    async def restart(self, *, away: timedelta = timedelta()) -> None:
        """Pages connect again by themselves."""
        await self._stop_watching()
        await super().restart(away=away)
        self._watch()

    async def _stop_watching(self) -> None:
        if self._page is not None:
            self._page.cancel()
            with suppress(asyncio.CancelledError):
                await self._page

    async def close(self) -> None:
        """Close all browsers, and the room."""
        await self._stop_watching()
        for browser in self.browsers:
            await browser.close()
        await self.bot.stop()

    async def person(self, name: str, *, host: bool = False, locale: str = "en-US") -> Visitor:
        """Somebody who joins; a host comes by the host's link, which works once for each start."""
        room = self.bot.adapter
        assert isinstance(room, WebAdapter)
        visitor = Visitor(self, name, locale)
        await visitor.joins(room.invitation.token if host else "")
        return visitor

    async def look(self, reader: Person, post: Post) -> Seen:
        """A message on somebody's page."""
        assert isinstance(reader, Visitor)
        (article,) = [one for one in await reader.transcript() if one.id == element_id(post.key)]
        return Seen(text=article.text, source=article.source, message=article, post=post)

    async def heard(self, request: Any) -> str:
        """What the room answers, noted with its headers."""
        async with request as response:
            text: str = await response.text()
            self.note(f"{response.raw_headers!r}\n{text}")
            return text

    def note(self, text: str) -> None:
        """Keep what reached a browser."""
        self._sent.append(text)

    def sent(self) -> str:
        """Pages, fragments and events."""
        sent = "\n".join(self._sent)
        return f"{sent}\n{unescape(sent)}"

    def pings(self) -> list[str]:
        """The room notifies nobody of anything."""
        return []


@asynccontextmanager
async def stage(settings: Callable[..., Settings]) -> AsyncIterator[WebStage]:
    """A room with nobody in it."""

    def create(app: Application) -> Adapter:
        return WebAdapter(app)

    stage = WebStage(Bot(settings(), GoingClock(), create))
    try:
        await stage.open()
        yield stage
    finally:
        await stage.close()
