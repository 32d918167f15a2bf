"""Names, headers and proxies: who is answered, and what every answer carries."""

from typing import Any

import pytest

from adapters.web.checks import names_check
from bot.bootstrap import application
from bot.process import running
from bot.settings import Settings
from bot.site import Limits
from bot.site.proxy import client_of, counted_as, networks_in, scheme_of
from tests.patience import until
from tests.security.wire import wire

OpenARoom = Any  # the fixtures' classes: test folders aren't packages
SECRET = {"web_secret": "x" * 20}
ALL_ADDRESSES = "0.0.0.0"  # noqa: S104 - what the tests are about


@pytest.mark.parametrize(
    "request_",
    [
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: the unexpected\r\n\r\n",
        "NONSENSE\r\n\r\n",
        "GET /" + "x" * 10_000 + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /static/room.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
)
async def test_every_answer_is_protected_and_names_no_software(open_room: OpenARoom, request_: str) -> None:
    room = await open_room()
    async with wire(room.base) as one:
        await one.send(request_)
        assert await one.status() < 500
        head = one.head.casefold()
        assert "\r\nserver:" not in head
        assert "default-src 'none'" in head
        assert "nosniff" in head
        assert "x-frame-options: deny" in head
        assert "strict-transport-security" not in head


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: application/x-www-form-urlencoded; charset=utf-16",
        "Content-Type: application/x-www-form-urlencoded; charset=unicode_escape",
        "Content-Encoding: gzip",
    ],
)
async def test_text_in_another_encoding_is_not_read_at_all(open_room: OpenARoom, headers: str) -> None:
    room = await open_room()
    async with wire(room.base) as one:
        await one.send(f"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\nContent-Length: 4\r\n\r\nname")
        assert await one.status() == 415


async def test_a_form_that_names_no_charset_as_its_own_is_refused(open_room: OpenARoom) -> None:
    room = await open_room()
    ada = await room.person("Ada")
    form = f'--x\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\n{"x" * 40}\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    async with ada.client.post(room.base + "/say", data=form.encode(), headers=headers) as response:
        assert response.status == 400


async def test_a_process_without_the_room_is_as_careful(url: str) -> None:
    settings = Settings(database_url=url, web_port=0)
    async with application(settings) as app, running(app, [], heartbeat=False) as base:
        for request, status in (
            ("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
            ("DELETE /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 405),
            ("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
        ):
            async with wire(base) as one:
                await one.send(request)
                assert await one.status() == status
                assert "default-src 'none'" in one.head
                assert "\r\nserver:" not in one.head.casefold()


async def test_a_foreign_name_is_refused_on_every_address(open_room: OpenARoom) -> None:
    room = await open_room()
    for path in ("/", "/healthz", "/readyz", "/metrics", "/static/room.css", "/nowhere"):
        async with wire(room.base) as one:
            await one.send(f"GET {path} HTTP/1.1\r\nHost: evil.example\r\n\r\n")
            assert await one.status() == 421
    async with wire(room.base) as check:
        await check.send("GET /healthz HTTP/1.0\r\n\r\n")
        assert await check.status() == 200


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("quiz.example.org", True),
        ("quiz.example.org:8443", True),
        ("QUIZ.example.org.", True),
        ("inside", True),
        ("192.0.2.7:8080", True),
        ("[2001:db8::1]", True),
        ("127.0.0.1", True),
        ("evil.example", False),
        ("quiz.example.org.evil.example", False),
        ("[", False),
    ],
)
async def test_a_public_server_answers_to_its_names_and_to_addresses(
    open_room: OpenARoom, host: str, answered: bool
) -> None:
    room = await open_room(
        web_host=ALL_ADDRESSES, public_url="https://quiz.example.org", web_names="inside, other", **SECRET
    )
    async with wire(room.base) as one:
        await one.send(f"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n")
        assert (await one.status() == 200) is answered


async def test_without_a_public_address_every_name_works_and_doctor_says_what_to_set(open_room: OpenARoom) -> None:
    room = await open_room(web_host=ALL_ADDRESSES, **SECRET)
    async with wire(room.base) as one:
        await one.send("GET /healthz HTTP/1.1\r\nHost: some.name\r\n\r\n")
        assert await one.status() == 200
    (check,) = names_check(room.app.settings)
    assert not check.ok
    assert "QUIZBOT_PUBLIC_URL" in check.mend
    assert names_check(Settings()) == []


TRUSTED = networks_in(["127.0.0.1", "10.0.0.0/8", "fd00::/8"])


@pytest.mark.parametrize(
    ("peer", "headers", "client"),
    [
        ("127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["203.0.113.9, 198.51.100.7, 10.1.2.3"], "198.51.100.7"),
        ("127.0.0.1", ["203.0.113.9", "198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["198.51.100.7:4711"], "198.51.100.7"),
        ("::ffff:127.0.0.1", ["[2001:db8::1]:443"], "2001:db8::1"),
        ("127.0.0.1", ["203.0.113.9, nonsense"], "127.0.0.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["10.1.2.3"], "127.0.0.1"),
        ("198.51.100.1", ["203.0.113.9"], "198.51.100.1"),
    ],
)
def test_behind_a_proxy_the_right_most_untrusted_address_counts(peer: str, headers: list[str], client: str) -> None:
    assert client_of(peer, headers, TRUSTED) == client


def test_the_scheme_is_the_trusted_proxys_word_alone() -> None:
    assert scheme_of("10.0.0.1", "http", ["https"], TRUSTED) == "https"
    assert scheme_of("10.0.0.1", "http", ["http, https"], TRUSTED) == "https"
    assert scheme_of("10.0.0.1", "http", ["gopher"], TRUSTED) == "http"
    assert scheme_of("198.51.100.1", "http", ["https"], TRUSTED) == "http"


def test_a_subscriber_of_ipv6_is_one_address() -> None:
    assert counted_as("2001:db8:1:2:3::4") == counted_as("2001:db8:1:2::9") != counted_as("2001:db8:1:3::9")


def test_a_proxy_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="addresses or networks"):
        Settings(trusted_proxy="proxy.example.org")


async def test_one_client_behind_the_proxy_doesnt_take_the_room_from_others(open_room: OpenARoom) -> None:
    room = await open_room(Limits(per_address=1, per_own_address=1), trusted_proxy="127.0.0.1")
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n"
    async with wire(room.base) as slow:
        head = "X-Forwarded-For: 198.51.100.7\r\n"
        await slow.send(f"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}{form}\r\ncsrf=")

        async def is_counted() -> bool:
            async with wire(room.base) as again:
                return await again.get("/", head) == 503

        await until(is_counted, "a refusal of the same client")
        async with wire(room.base) as other:
            assert await other.get("/", "X-Forwarded-For: 198.51.100.8\r\n") == 200


@pytest.mark.parametrize(("trusted", "marked"), [("127.0.0.1", True), ("192.0.2.1", False)])
async def test_https_of_a_trusted_proxy_marks_cookies_and_answers(
    open_room: OpenARoom, trusted: str, marked: bool
) -> None:
    room = await open_room(trusted_proxy=trusted)
    async with wire(room.base) as one:
        assert await one.get("/", "X-Forwarded-Proto: https\r\n") == 200
        assert ("__Host-quizbot_session" in one.head) is marked
        assert ("; Secure" in one.head) is marked
        assert ("Strict-Transport-Security" in one.head) is marked
