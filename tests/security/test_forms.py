"""Forms that no browser sends: they are refused, and keep nobody waiting."""

import asyncio
from typing import Any
from urllib.parse import urlencode

import pytest

from adapters.web import forms
from adapters.web.sessions import COOKIE
from bot.process import spare_the_collector
from bot.services.banks.storing import import_document
from bot.testing import document, draft
from tests.patience import until
from tests.security.watchdog import LONGEST_S, Watchdog
from tests.security.wire import wire

OpenRoom = Any  # the fixture's class: test folders aren't packages

FILES, TEXTS = "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
END = b"--x--\r\n"
HOSTILE = {
    "many parts": (FILES, PART),
    "many files": (FILES, PART.replace(b'"a"', b'"a"; filename="b"')),
    "lines before the first part": (FILES, b"\r\n"),
    "boundaries": (FILES, b"\r\n--x"),
    "many fields": (TEXTS, b"a&"),
    "quoted letters": (TEXTS, b"%41"),
}


async def sent(room: OpenRoom, path: str, kind: str, body: bytes, cookie: str = "") -> int:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: {cookie}\r\n"
    async with wire(room.base) as one:
        await one.send(f"{head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        return await one.status()


@pytest.mark.parametrize("who", ["stranger", "host"])
async def test_a_hostile_form_keeps_nobody_waiting(room: OpenRoom, who: str) -> None:
    ada = await room.person("Ada")
    (morsel,) = [one for one in ada.client.cookie_jar if one.key == COOKIE]
    path, size = ("/join", forms.LARGEST_FORM) if who == "stranger" else ("/import", 2 * 1024**2)
    bodies = {name: (kind, piece * (size // len(piece) - 9) + END) for name, (kind, piece) in HOSTILE.items()}
    cookie = f"{COOKIE}={morsel.value}" if who == "host" else ""
    assert await sent(room, path, FILES, b"", cookie) == 400  # its page is compiled once
    spare_the_collector()
    watchdog = Watchdog()
    watching = asyncio.create_task(watchdog.watch())
    for name, (kind, body) in bodies.items():
        status = await sent(room, path, kind, body, cookie)
        assert 400 <= status < 500, name
        assert watchdog.longest < LONGEST_S, name
    watching.cancel()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        END,
        PART,
        PART[:-2],
        b"\r\n" + PART + END,
        PART + END + b"more",
        PART.replace(b"name=", b"nonsense=") + END,
        PART.replace(b"; name", b"; filename=x; name") + END,
        PART.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1) + END,
        PART.replace(b"\r\n\r\n", b"\r\nX: " + b"x" * 5_000 + b"\r\n\r\n", 1) + END,
        PART.replace(b"\r\n\r\n", b"\r\n\r\n\xff", 1) + END,
        PART.replace(b"\r\n\r\n", b"\r\n\r\n\0", 1) + END,
        PART * 251 + END,
    ],
)
async def test_a_form_that_is_not_whole_is_refused(room: OpenRoom, body: bytes) -> None:
    ada = await room.person("Ada")
    (morsel,) = [one for one in ada.client.cookie_jar if one.key == COOKIE]
    csrf = PART.replace(b'"a"\r\n\r\n', b'"csrf"\r\n\r\n' + ada.csrf.encode()) if body.startswith(b"--x\r") else b""
    assert await sent(room, "/import", FILES, csrf + body, f"{COOKIE}={morsel.value}") == 400


async def test_files_come_from_hosts_alone(room: OpenRoom) -> None:
    await room.person("Ada")
    bob = await room.person("Bob")
    (morsel,) = [one for one in bob.client.cookie_jar if one.key == COOKIE]
    csrf = PART.replace(b'"a"\r\n\r\n', b'"csrf"\r\n\r\n' + bob.csrf.encode())
    assert await sent(room, "/say", FILES, csrf + END, f"{COOKIE}={morsel.value}") == 400


@pytest.mark.parametrize("loses", ["take", "remove", "sign-out"])
async def test_a_slow_form_is_judged_by_the_rights_its_sender_has_when_it_is_complete(
    room: OpenRoom, loses: str
) -> None:
    """A host's rights end at once, even for a form whose first half arrived before."""
    space_id = await room.space_id()
    await import_document(room.app, document(draft()), bank="own", space_id=space_id)
    boss, eve = await room.person("Boss"), await room.person("Eve")
    await boss.post("/people", {"do": "give", "member": "eve"})
    await eve.get("/hosting/bank/delete?bank=own")
    body = urlencode({"csrf": eve.csrf, "bank": "own"})
    (morsel,) = [one for one in eve.client.cookie_jar if one.key == COOKIE]
    head = f"POST /hosting/bank/delete HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {COOKIE}={morsel.value}\r\n"
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    turn = ("form", space_id, "eve")

    async def is_under_way() -> bool:
        return turn in room.app.turns._locks

    async with wire(room.base) as slow:
        await slow.send(head + body[:9])
        await until(is_under_way, "the first half of the form")
        await eve.get("/")  # by now the room knows whose form it is
        await boss.post("/people", {"do": loses, "member": "eve"})
        await slow.send(body[9:])
        assert await slow.status() in {303, 403}
    assert await room.app.storage.read(lambda unit: unit.banks.named("own", space_id))
