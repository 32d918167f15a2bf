"""What messages name is fetched from the platform alone, and only so much of it."""

import asyncio
import socket
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver

from adapters.common.fetching import Foreign, NotReached, PublicOnly, Reach, is_public

HOSTS = ("files.example.org", "hooks.example.org")
FOREIGN = [
    "http://files.example.org/a",
    "https://files.example.org:8443/a",
    "https://files.example.org.evil.example/a",
    "https://evil.example/files.example.org",
    "https://files.example.org@evil.example/a",
    "https://user:pw@files.example.org/a",
    "https://127.0.0.1/a",
    "https://[::1]/a",
    "https://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "ftp://files.example.org/a",
    "//files.example.org/a",
    "/a",
    "",
    "https://",
    "https://files.example.org:port/a",
    "http://[",
]
PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - nothing listens
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "2002:7f00:1::",
    "nonsense",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "::127.0.0.1",
    "::ffff:0:10.0.0.1",
    "fec0::1",
]


class Found(AbstractResolver):
    """Says that every name leads to these addresses."""

    def __init__(self, *addresses):
        self.addresses = addresses

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [
            {"hostname": host, "host": one, "port": port, "family": family, "proto": 0, "flags": 0}
            for one in self.addresses
        ]

    async def close(self):
        pass


@asynccontextmanager
async def serving(handler):
    site = web.Application()
    site.router.add_route("*", "/{any:.*}", handler)
    runner = web.AppRunner(site)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def reaching(own, **more):
    reach = Reach(HOSTS, own, **more)
    try:
        yield reach
    finally:
        await reach.close()


@pytest.mark.parametrize("address", FOREIGN)
async def test_nothing_is_sent_to_an_address_that_isnt_the_platforms(address):
    asked = []

    async def handler(request):
        asked.append(request.path)
        return web.Response()

    async with serving(handler) as own, reaching(own) as reach:
        with pytest.raises(Foreign):
            await reach.download(address, most=10)
        with pytest.raises(Foreign):
            await reach.post(address, {"text": "hello"})
    assert asked == []


async def test_another_port_of_ones_own_server_is_foreign():
    async with reaching("http://127.0.0.1:4700/api/") as reach:
        with pytest.raises(Foreign):
            await reach.download("http://127.0.0.1:4701/a", most=10)


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_that_leads_to_a_private_address_is_not_found(address):
    assert not is_public(address)
    with pytest.raises(OSError, match="no public address"):
        await PublicOnly(Found(address), ()).resolve("files.example.org", 443)
    assert await PublicOnly(Found(address), {"own"}).resolve("own", 443)


async def test_of_several_addresses_only_the_public_ones_are_tried():
    results = await PublicOnly(Found("10.0.0.1", "93.184.216.34", "2606:4700::1", "64:ff9b::808:808"), ()).resolve(
        "files.example.org"
    )
    assert [one["host"] for one in results] == ["93.184.216.34", "2606:4700::1", "64:ff9b::808:808"]


async def test_a_hosts_private_address_is_not_connected_to(monkeypatch):
    monkeypatch.setattr("adapters.common.fetching.DefaultResolver", lambda: Found("127.0.0.1"))
    async with reaching(None) as reach:
        with pytest.raises(NotReached) as refused:
            await reach.download("https://files.example.org/a", most=10)
        assert "no public address" in repr(refused.value.__cause__)


async def test_a_file_comes_from_ones_own_server():
    async def handler(request):
        return web.Response(text=request.headers["Authorization"])

    async with serving(handler) as own, reaching(own) as reach:
        arrived = await reach.download(f"{own}/a", most=10, headers={"Authorization": "Bearer x"})
    assert (arrived.data, arrived.content_type) == (b"Bearer x", "text/plain")


@pytest.mark.parametrize("status", [301, 302, 307, 404, 500])
async def test_nothing_is_followed_elsewhere(status):
    asked = []

    async def handler(request):
        asked.append(request.path)
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    async with serving(handler) as own, reaching(own) as reach:
        with pytest.raises(NotReached):
            await reach.download(f"{own}/a", most=10)
        assert await reach.post(f"{own}/b", {}) == status
    assert asked == ["/a", "/b"]


@pytest.mark.parametrize("packed", [False, True])
async def test_no_more_is_read_than_a_file_may_have(packed):
    sent = 0

    async def handler(request):
        nonlocal sent
        response = web.StreamResponse()
        if packed:
            response.enable_compression()
        await response.prepare(request)
        for _part in range(1000):
            await response.write(bytes(2**16))
            sent += 2**16
        return response

    async with serving(handler) as own, reaching(own) as reach:
        with pytest.raises(NotReached, match="too large"):
            await reach.download(f"{own}/a", most=2**20)
    assert packed or sent < 2**25


async def test_a_server_that_trickles_is_given_up():
    async def handler(request):
        response = web.StreamResponse()
        await response.prepare(request)
        for _part in range(100):
            await response.write(b"x")
            await asyncio.sleep(0.05)
        return response

    async with serving(handler) as own, reaching(own, within=0.3) as reach:
        with pytest.raises(NotReached, match="whole"):
            await reach.download(f"{own}/a", most=2**20)
