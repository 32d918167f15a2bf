"""Whatever is sent is answered with less than 500, and leaves neither a traceback nor itself in the log."""

import asyncio
import gc
import re
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote

import pytest

from adapters.web import about, leaving
from adapters.web.events import stream_events
from adapters.web.routes import ROUTES
from adapters.web.sessions import COOKIE
from bot.services.banks.storing import bank_questions
from tests.security.wire import wire

OpenRoom = Any  # the fixture's class: test folders aren't packages

AN_ADDRESS = 16
"""Requests for each address: all of them take some seconds."""
AT_ONCE = 8
SOAKED = 1_000_000
"""Requests for all addresses together: they take the better part of an hour."""
MARK = "fuzz-mark"
"""Stands in everything that is sent: none of it may come back in a log."""

PAGES = (re.sub(r"\{\w+\}", "{}", path) for _method, path, page, _who in ROUTES if page is not stream_events)
BESIDE = ("/public/{}", "/public/{}/card", "/static/{}", "/healthz", "/readyz", "/metrics", "/{}")
ADDRESSES = tuple(dict.fromkeys((*PAGES, *about.PAGES, *BESIDE)))
"""All addresses of the room, but for the stream that never ends."""
LAST = ("/sign-out", leaving.DELETE)
"""Behind them the visitor is a stranger."""
GROUPS = 8
"""Each group of addresses has a room of its own."""
METHODS = (*["GET"] * 12, *["POST"] * 24, "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get", MARK)
PIECES = (
    *("a", "0", "-1", "9" * 30, "%00", "%ff%fe", "%ED%A0%80", "%2e%2e%2f", "..", "%", "%zz", "é", "😀", "\u202e", "\0"),
    *(
        "<b>",
        "'",
        '"',
        "{{7*7}}",
        "{}",
        "&",
        "=",
        ";",
        "+",
        " ",
        "\t",
        "week",
        "2026-W99",
        "day",
        "all",
        "player",
        "on",
    ),
)
QUERIES = (
    *("window", "by", "sort", "page", "theme", "token", "do", "mend", "needs", "questions", "findings", "from", "code"),
    *("key", "since", "words", "series", "id", "state", "format", "bank", "suggestion", "again", "kind"),
)
FIELDS = (
    *("name", "text", "token", "pick", "typed", "row", "sign", "public", "do", "member", "where", "bank", "format"),
    *("file", "_charset_", "revision", "picture-question", "alt-question", "remove-question", "class_code", "code"),
    *(
        "key",
        "line",
        "line-1",
        "line-2",
        "newest",
        "picks",
        "portion",
        "position",
        "press",
        "reason",
        "round",
        "series",
    ),
    *("teams", "until", "version", "stem", "choice-0", "choice-1", "why-0", "right", "explanation", "kind"),
    *(
        "question",
        "answers",
        "topic",
        "time",
        "zone",
        "days",
        "holidays",
        "weights",
        "close_after",
        "mention",
        "thread",
        "quiet",
    ),
)
WORDS = (
    *("0", "1", "2", "A", "on", "off", "yes", "save", "split", "join", "drop", "accept", "undo", "store", "preview"),
    *("keep", "stop", "pause", "resume", "send", "make", "end", "question", "choice", "right", "answer", "choice"),
    *("09:00", "Europe/Berlin", "mon,tue", "week", "short", "/quiz", "/quiz daily set 09:00", "/privacy export"),
)
"""What gets further than nonsense."""
TYPES = (
    *["application/x-www-form-urlencoded"] * 16,
    *["multipart/form-data; boundary=x"] * 12,
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense",
    "application/x-www-form-urlencoded; charset=unicode_escape",
    "application/x-www-form-urlencoded; charset=rot13",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    'multipart/form-data; boundary="',
    "multipart/mixed; boundary=x",
    "application/json",
    "text/plain; charset=\xff",
    "nonsense",
    ";;;=",
    "",
)
ENCODINGS = (*[""] * 40, *(f"Content-Encoding: {name}\r\n" for name in ("gzip", "br", "nonsense")))
HEADERS = (
    *[""] * 48,
    "Expect: 100-continue\r\n",
    "Expect: nonsense\r\n",
    "Cookie: quizbot_session=nonsense\r\n",
    "Cookie: ===;;;\xff\r\n",
    "Origin: null\r\n",
    "Origin: http://[\r\n",
    "Range: bytes=9-1\r\n",
    "If-Modified-Since: nonsense\r\n",
    "Accept: \xff\r\n",
    "X-Forwarded-For: nonsense\r\n",
    "Upgrade: websocket\r\nConnection: Upgrade\r\n",
    "Transfer-Encoding: chunked\r\n",
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends the requests; ``ids`` are those of things that exist."""

    csrf: str
    cookie: str
    ids: tuple[str, ...]


class Fuzz:
    """Makes requests for one address, the same in every run."""

    def __init__(self, address: str, visitor: Visitor) -> None:
        self._chance = Random(address)
        self._address, self._visitor = address, visitor

    def _text(self) -> str:
        return MARK + "".join(self._chance.choice(PIECES) for _ in range(self._chance.randrange(4)))

    def _quoted(self) -> str:
        """A text or a word as a browser would send it in an address or a form; now and then as it is."""
        known = self._chance.random() < 0.3
        text = self._chance.choice((*WORDS, *self._visitor.ids)) if known else self._text()
        if self._chance.random() < 0.1:
            return text.replace(" ", "+").replace("\t", "+")
        return quote(text, safe="%", errors="surrogatepass")

    def _form(self) -> str:
        fields = [f"csrf={self._visitor.csrf}"] * (self._chance.random() < 0.8)
        fields += [f"{self._chance.choice(FIELDS)}={self._quoted()}" for _ in range(self._chance.randrange(6))]
        return "&".join(fields)

    def _multipart(self) -> str:
        head = 'Content-Disposition: form-data; name="{}"{}\r\n{}\r\n'
        kinds = (
            "",
            "Content-Type: text/plain; charset=nonsense\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Nonsense\r\n",
        )
        parts = [head.format("csrf", "", "") + self._visitor.csrf]
        for _ in range(self._chance.randrange(3)):
            name = self._chance.choice(("", f'; filename="{self._text()}"', '; filename="'))
            parts.append(head.format(self._chance.choice(FIELDS), name, self._chance.choice(kinds)) + self._text())
        end = self._chance.choice(("--x--\r\n", "", "--x"))
        return "".join(f"--x\r\n{part}\r\n" for part in parts) + end

    def request(self) -> bytes:
        """One request, with a whole head and a body of the length it says."""
        path = self._address.format(self._quoted())
        query = f"?{self._chance.choice(QUERIES)}={self._quoted()}"
        path += query * (self._chance.random() < 0.5)
        kind = self._chance.choice(TYPES)
        body = (self._multipart() if "multipart" in kind else self._form()).encode("utf-8", "surrogatepass")
        if self._chance.random() < 0.05:
            body = body.ljust(200_000, b"x")
        encoding, more = self._chance.choice(ENCODINGS), self._chance.choice(HEADERS)
        head = (
            f"{self._chance.choice(METHODS)} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            f"Cookie: {self._visitor.cookie}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            f"{encoding}{more}\r\n"
        )
        return head.encode("utf-8", "surrogatepass") + body


@pytest.fixture
async def visitor(room: OpenRoom) -> Visitor:
    """A host for whom a file waits: behind the door there is more to break."""
    ada = await room.person("Ada")
    (morsel,) = [one for one in ada.client.cookie_jar if one.key == COOKIE]
    file = await ada.post("/import", {"text": "1. What?\nA. this\nB. that\n\n2. And?\nA. so\nB. no\nAnswer: A"})
    _bank, questions = await bank_questions(room.app, "first")
    return Visitor(ada.csrf, f"{COOKIE}={morsel.value}", (file.url.name, str(questions[0].id)))


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")  # aiohttp's, of forms cut off
@pytest.mark.parametrize("group", range(GROUPS))
async def test_nothing_that_is_sent_breaks_a_page(
    room: OpenRoom,
    visitor: Visitor,
    group: int,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    soak: bool,
) -> None:
    gc.freeze()  # what earlier tests have left takes longer to go through than all of this one

    async def send(request: bytes) -> None:
        async with wire(room.base) as one:
            await one.send(request)
            status = await one.status()
            assert status < 500, (status, one.body[:200], request[:2_000])
            assert b"Traceback" not in one.body

    for address in sorted(ADDRESSES, key=LAST.__contains__)[group::GROUPS]:
        fuzz = Fuzz(address, visitor)
        for _ in range((SOAKED // len(ADDRESSES) if soak else AN_ADDRESS) // AT_ONCE):
            await asyncio.gather(*(send(fuzz.request()) for _ in range(AT_ONCE)))
    assert (await (await room.person()).get("/healthz")).status == 200
    told = capsys.readouterr()
    assert MARK not in told.out + told.err + caplog.text
    assert "Traceback" not in told.out + told.err + caplog.text
    gc.collect()  # while the warning is still ignored


async def test_too_much_of_anything_is_refused(room: OpenRoom) -> None:
    for head in (
        "GET /" + "x" * 9_000 + " HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\n" + "X: y\r\n" * 200,
        f"GET / HTTP/1.1\r\nX: {'y' * 9_000}\r\n",
    ):
        async with wire(room.base) as one:
            await one.send(f"{head}Host: 127.0.0.1\r\n\r\n")
            assert 400 <= await one.status() < 500
