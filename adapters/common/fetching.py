"""Fetching what a platform's message names, from the platform alone: an address in a message is input like any other.

Only hosts of the platform are asked, over TLS, and only where their names lead to the public Internet; an answer that
leads elsewhere isn't followed. A server of one's own, which the settings name, is asked wherever it is.
"""

import asyncio
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, InvalidURL, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from typing_extensions import override
from yarl import URL

from bot.domain.errors import BadInput
from bot.i18n import gettext as _

_WITHIN_S = 20.0
_CHUNK = 2**16


class NotReached(BadInput):
    """What was asked for didn't come; the text says why, as the person who asked may hear it."""


class Foreign(NotReached):
    """An address isn't the platform's: nothing was sent there."""

    def __init__(self) -> None:
        super().__init__(_("That address isn't the platform's own: I don't go there."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What a server answered with status 200; the type is as the server says."""

    content_type: str
    data: bytes


class Reach:
    """Asks the hosts of one platform."""

    def __init__(
        self, hosts: Collection[str], own: str | None = None, *, proxy: str | None = None, within: float = _WITHIN_S
    ) -> None:
        """Nothing is opened before the first use.

        Args:
            hosts: names of the platform's servers; asked over HTTPS at its own port alone.
            own: the address of a server that stands for the platform, as the settings name it; its origin is asked.
            proxy: through which all of it goes.
            within: how long one answer may take, in seconds.
        """
        self._hosts = frozenset(hosts)
        self._own = URL(own).origin() if own else None
        self._proxy = URL(proxy) if proxy else None
        self._within = within
        self._session: ClientSession | None = None

    async def download(self, address: str, *, most: int, headers: Mapping[str, str] | None = None) -> Arrived:
        """A file of at most ``most`` bytes.

        Raises:
            Foreign: the address isn't the platform's.
            NotReached: the server gives it not at once, not in time, or too much of it.
        """
        url = self._checked(address)
        plain = {"Accept-Encoding": "identity", **(headers or {})}  # packed, a small file may grow without end
        try:
            async with (
                asyncio.timeout(self._within),
                self._opened().get(url, headers=plain, allow_redirects=False, proxy=self._proxy) as response,
            ):
                if response.status != 200:
                    raise NotReached(_("The platform doesn't give me the file. Share it here and try again."))
                return Arrived(content_type=response.content_type, data=await _read(response, most))
        except (TimeoutError, ClientError, OSError) as error:
            raise NotReached(_("The file didn't arrive whole. Please try again.")) from error

    async def post(self, address: str, document: Mapping[str, Any]) -> int:
        """Send JSON; the status that the server answers.

        Raises:
            Foreign: the address isn't the platform's.
            NotReached: there is no answer in time.
        """
        url = self._checked(address)
        try:
            async with (
                asyncio.timeout(self._within),
                self._opened().post(url, json=dict(document), allow_redirects=False, proxy=self._proxy) as response,
            ):
                return response.status
        except (TimeoutError, ClientError, OSError) as error:
            raise NotReached(_("The platform doesn't answer just now. Please try again.")) from error

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    def _checked(self, address: str) -> URL:
        try:
            url = URL(address)
            is_theirs = (url.scheme, url.explicit_port or 443) == ("https", 443) and url.host in self._hosts
            is_own = self._own is not None and url.origin() == self._own
        except (ValueError, InvalidURL):
            raise Foreign from None
        if not (is_theirs or is_own) or url.user or url.password:
            raise Foreign
        return url

    def _opened(self) -> ClientSession:
        if self._session is None:
            trusted = {url.host for url in (self._own, self._proxy) if url is not None and url.host is not None}
            connector = TCPConnector(limit=0, resolver=PublicOnly(DefaultResolver(), trusted))
            self._session = ClientSession(connector=connector, timeout=ClientTimeout(total=self._within))
        return self._session


async def _read(response: ClientResponse, most: int) -> bytes:
    data = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > most:
            raise NotReached(_("The file is too large: {most} MB are the most.").format(most=most // 1024**2))
    return bytes(data)


class PublicOnly(AbstractResolver):
    """Finds only addresses of the public Internet, besides those of hosts that the operator named.

    The connection goes to what is found here: nothing is looked up a second time.
    """

    def __init__(self, found: AbstractResolver, trusted: Collection[str]) -> None:
        """Ask ``found`` for all names; ``trusted`` are let pass."""
        self._found = found
        self._trusted = frozenset(trusted)

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The public addresses of a host.

        Raises:
            OSError: it has none.
        """
        results = await self._found.resolve(host, port, family)
        public = [one for one in results if host in self._trusted or is_public(one["host"])]
        if not public:
            raise OSError(f"{host} leads to no public address")
        return public

    @override
    async def close(self) -> None:
        """Let the one that is asked go."""
        await self._found.close()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet's, not of this machine, this network or a group."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast
