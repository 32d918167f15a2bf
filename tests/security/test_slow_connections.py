"""Whoever is slow, or too many, is closed; who has business here is answered all the same."""

import asyncio
import os
import resource
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs
from yarl import URL

from adapters.web.hub import Hub
from bot.domain.errors import Busy
from bot.site import Limits
from bot.site.gate import Gate
from tests.patience import until
from tests.security.wire import counted, wire

OpenARoom = Any  # the fixtures' classes: test folders aren't packages
OpenRoom = Any
QUICK = 0.05


async def test_headers_that_never_end_are_cut_off(open_room: OpenARoom) -> None:
    room = await open_room(Limits(head=QUICK))
    async with wire(room.base) as silent, wire(room.base) as half:
        await half.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        assert await silent.is_closed()
        assert await half.is_closed()


async def test_a_byte_now_and_then_buys_no_time(open_room: OpenARoom) -> None:
    room = await open_room(Limits(head=QUICK))
    async with wire(room.base) as slow:
        await slow.send("GET / HTTP/1.1\r\nX: ")
        closing = asyncio.create_task(slow.is_closed())
        for _ in range(2_000):
            if closing.done():
                break
            await slow.send("x")
            await asyncio.sleep(0.005)
        assert await closing
        assert counted("quizbot_http_cut_off_total", owed="head")


async def test_the_next_headers_on_a_connection_have_a_deadline_too(open_room: OpenARoom) -> None:
    room = await open_room(Limits(head=QUICK, idle=600))
    async with wire(room.base) as kept:
        assert await kept.get("/healthz") == 200
        await kept.send("GET / HTTP/1.1\r\n")
        assert await kept.is_closed()


async def test_a_body_that_never_comes_is_cut_off(open_room: OpenARoom) -> None:
    room = await open_room(Limits(body=QUICK))
    async with wire(room.base) as slow:
        form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n"
        await slow.send(f"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\n{form}\r\ncsrf=")
        assert await slow.is_closed()


async def test_a_connection_without_requests_is_closed(open_room: OpenARoom) -> None:
    room = await open_room(Limits(idle=QUICK))
    async with wire(room.base) as idle:
        assert await idle.get("/healthz") == 200
        assert await idle.is_closed()


async def test_who_doesnt_read_what_was_asked_for_is_cut_off(open_room: OpenARoom) -> None:
    room = await open_room(Limits(stuck=QUICK))
    before = counted("quizbot_http_cut_off_total", owed="reading")
    async with wire(room.base) as deaf:
        deaf.writer.transport.pause_reading()
        deaf.writer.write(b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 5_000)

        async def is_cut() -> bool:
            return counted("quizbot_http_cut_off_total", owed="reading") > before

        await until(is_cut, "the end of a connection that nobody reads")


async def test_one_address_has_only_so_many_connections(open_room: OpenARoom) -> None:
    room = await open_room(Limits(per_own_address=2))
    before = counted("quizbot_http_refused_total", reason="address")
    async with wire(room.base) as one, wire(room.base) as two:
        assert [await each.get("/healthz") for each in (one, two)] == [200, 200]
        async with wire(room.base) as three:
            assert await three.is_closed()
        assert counted("quizbot_http_refused_total", reason="address") == before + 1

    async def is_answered() -> bool:
        async with wire(room.base) as again:
            return await again.get("/healthz") == 200

    await until(is_answered, "room for another connection")


async def test_a_full_house_lets_go_of_those_who_wait(open_room: OpenARoom) -> None:
    room = await open_room(Limits(connections=3))
    async with AsyncExitStack() as crowd:
        waiting = [await crowd.enter_async_context(wire(room.base)) for _ in range(3)]
        for path in ("/healthz", "/readyz", "/metrics", "/"):
            async with wire(room.base) as newcomer:
                assert await newcomer.get(path) == 200
        assert await waiting[0].is_closed()


async def test_when_strangers_fill_the_house_members_and_checks_are_still_answered(open_room: OpenARoom) -> None:
    room = await open_room(Limits(strangers=2))
    ada = await room.person("Ada")
    async with full_of_strangers(room, 2):
        for path in ("/healthz", "/readyz", "/metrics"):
            async with wire(room.base) as check:
                assert await check.get(path) == 200
        assert (await ada.get("/standings")).status == 200


async def test_whose_session_has_ended_is_a_stranger_then(open_room: OpenARoom) -> None:
    room = await open_room(Limits(strangers=1))
    ada, bob, copied = await room.person("Ada"), await room.person("Bob"), await room.person()
    copied.client.cookie_jar.update_cookies(bob.client.cookie_jar.filter_cookies(URL(room.base)))
    await bob.post("/sign-out", {"where": "everywhere"})
    await copied.get("/standings")  # the database tells that nobody stands behind the cookie
    async with full_of_strangers(room, 1):
        assert (await copied.get("/standings")).status == 503
        assert (await ada.get("/standings")).status == 200


@asynccontextmanager
async def full_of_strangers(room: OpenRoom, number: int) -> AsyncIterator[None]:
    """So many strangers as may be there at a time send forms that never end."""
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n"
    async with AsyncExitStack() as crowd:
        for _ in range(number):
            stranger = await crowd.enter_async_context(wire(room.base))
            await stranger.send(f"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\n{form}\r\ncsrf=")

        async def is_full() -> bool:
            async with wire(room.base) as one_more:
                return await one_more.get("/") == 503

        await until(is_full, "a refusal")
        yield


def test_a_flood_is_one_line_a_minute_and_counted_whole() -> None:
    now = 0.0
    gate = Gate(Limits(), [], now=lambda: now)
    before = counted("quizbot_http_refused_total", reason="full")
    with capture_logs() as lines:
        for now in (0.0, 1.0, 59.0, 60.0, 61.0):  # noqa: B007 - the clock reads it
            gate.refused("full")
    assert [line["refused"] for line in lines] == [1, 3]
    assert counted("quizbot_http_refused_total", reason="full") == before + 5


@pytest.fixture
def no_more_files() -> Any:
    """Lets nobody in this process open another file until the test is over."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)

    def forbid() -> None:
        lowest = os.dup(0)
        os.close(lowest)
        resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, hard))

    yield forbid
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_without_a_file_for_it_a_connection_is_closed_and_nothing_spins(
    open_room: OpenARoom, no_more_files: Any, caplog: pytest.LogCaptureFixture
) -> None:
    room = await open_room()
    before = counted("quizbot_http_refused_total", reason="no file")
    async with wire(room.base) as longest, wire(room.base) as kept:
        assert await kept.get("/healthz") == 200
        with socket.socket() as refused:
            refused.setblocking(False)
            refused.connect_ex(kept.writer.get_extra_info("peername"))  # it waits in line until the loop gets to it
            no_more_files()
            assert await asyncio.get_running_loop().sock_recv(refused, 1) == b""
        assert counted("quizbot_http_refused_total", reason="no file") == before + 1
        assert await longest.is_closed()
        assert await kept.get("/healthz") == 200
        assert not caplog.records


def test_streams_have_a_limit_in_all() -> None:
    hub = Hub(most=1)
    with hub.stream("ada"), pytest.raises(Busy), hub.stream("bob"):
        pass
    assert Limits(connections=100).streams == 50
