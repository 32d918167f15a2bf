"""Whatever is sent is answered with less than 500, and leaves neither a traceback nor itself in the log."""

import asyncio
import gc
from random import Random
from typing import Any
from urllib.parse import quote

import pytest

from adapters.web.sessions import COOKIE
from tests.security.wire import wire

OpenRoom = Any  # the fixture's class: test folders aren't packages

A_ROUTE = 16
"""Requests for each route: all of them take some seconds."""
SOAKED = 1_000_000
"""Requests for all routes together: they take some twenty minutes."""
MARK = "fuzz-mark"
"""Stands in everything that is sent: none of it may come back in a log."""

ROUTES = (
    "/",
    "/join",
    "/host",
    "/return",
    "/me",
    "/me/data",
    "/me/delete",
    "/sign-out",
    "/people",
    "/hosting",
    "/hosting/daily?series={}",
    "/hosting/daily/stop?series={}",
    "/hosting/league",
    "/hosting/bank?bank={}",
    "/hosting/bank/delete?bank={}",
    "/hosting/question?id={}",
    "/hosting/question/withdraw?id={}",
    "/transcript",
    "/say",
    "/rounds/1/answer",
    "/rounds/{}/reaction",
    "/rounds/{}/back",
    "/images/{}",
    "/standings",
    "/standings/card",
    "/questions/add",
    "/questions/pictures?id={}",
    "/import",
    "/import/{}",
    "/import/{}/mend",
    "/import/{}/drop",
    "/public/{}",
    "/public/{}/card",
    "/static/{}",
    "/healthz",
    "/readyz",
    "/metrics",
    "/{}",
)
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
FIELDS = (
    "name",
    "text",
    "token",
    "pick",
    "typed",
    "sign",
    "public",
    "do",
    "member",
    "where",
    "bank",
    "format",
    "file",
    "_charset_",
    "revision",
    "picture-question",
    "alt-question",
    "remove-question",
)
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


class Fuzz:
    """Makes requests for one route, the same in every run."""

    def __init__(self, route: str, csrf: str, cookie: str) -> None:
        self._chance = Random(route)
        self._route, self._csrf, self._cookie = route, csrf, cookie

    def _text(self) -> str:
        return MARK + "".join(self._chance.choice(PIECES) for _ in range(self._chance.randrange(4)))

    def _quoted(self) -> str:
        """The same as a browser would send it in an address or a form; now and then as it is."""
        text = self._text()
        if self._chance.random() < 0.1:
            return text.replace(" ", "+").replace("\t", "+")
        return quote(text, safe="%", errors="surrogatepass")

    def _form(self) -> str:
        fields = [f"csrf={self._csrf}"] * (self._chance.random() < 0.8)
        fields += [f"{self._chance.choice(FIELDS)}={self._quoted()}" for _ in range(self._chance.randrange(4))]
        return "&".join(fields)

    def _multipart(self) -> str:
        head = 'Content-Disposition: form-data; name="{}"{}\r\n{}\r\n'
        kinds = (
            "",
            "Content-Type: text/plain; charset=nonsense\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Nonsense\r\n",
        )
        parts = [head.format("csrf", "", "") + self._csrf]
        for _ in range(self._chance.randrange(3)):
            name = self._chance.choice(("", f'; filename="{self._text()}"', '; filename="'))
            parts.append(head.format(self._chance.choice(FIELDS), name, self._chance.choice(kinds)) + self._text())
        end = self._chance.choice(("--x--\r\n", "", "--x"))
        return "".join(f"--x\r\n{part}\r\n" for part in parts) + end

    def request(self) -> bytes:
        """One request, with a whole head and a body of the length it says."""
        path = self._route.format(self._quoted())
        query = f"?{self._chance.choice(('window', 'by', 'sort', 'page', 'theme', 'token'))}={self._quoted()}"
        path += query * (self._chance.random() < 0.5)
        kind = self._chance.choice(TYPES)
        body = (self._multipart() if "multipart" in kind else self._form()).encode("utf-8", "surrogatepass")
        if self._chance.random() < 0.05:
            body = body.ljust(200_000, b"x")
        encoding, more = self._chance.choice(ENCODINGS), self._chance.choice(HEADERS)
        head = (
            f"{self._chance.choice(METHODS)} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            f"Cookie: {self._cookie}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            f"{encoding}{more}\r\n"
        )
        return head.encode("utf-8", "surrogatepass") + body


@pytest.fixture
async def signed_in(room: OpenRoom) -> tuple[OpenRoom, str, str]:
    """The room, and a host's form token and cookie: behind the door there is more to break."""
    ada = await room.person("Ada")
    (morsel,) = [one for one in ada.client.cookie_jar if one.key == COOKIE]
    return room, ada.csrf, f"{COOKIE}={morsel.value}"


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")  # aiohttp's, of forms cut off
@pytest.mark.parametrize("route", ROUTES)
async def test_nothing_that_is_sent_breaks_a_page(
    signed_in: tuple[OpenRoom, str, str],
    route: str,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    soak: bool,
) -> None:
    gc.freeze()  # what earlier tests have left takes longer to go through than all of this one
    room, csrf, cookie = signed_in
    fuzz = Fuzz(route, csrf, cookie)

    async def send(request: bytes) -> None:
        async with wire(room.base) as one:
            await one.send(request)
            status = await one.status()
            assert status < 500, (status, one.body[:200], request[:2_000])
            assert b"Traceback" not in one.body

    for _ in range((SOAKED // len(ROUTES) if soak else A_ROUTE) // 8):
        await asyncio.gather(*(send(fuzz.request()) for _ in range(8)))
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
