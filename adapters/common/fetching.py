"""Fetch files that a message links to, but only from the platform itself: an address in a message can't be trusted.

Only the platform's hosts are asked, over TLS, and only at public Internet addresses. Redirects aren't followed.
The operator's own server, named in the settings, may be at any address.
"""

import asyncio
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
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
_TRANSLATED = tuple(map(IPv6Network, ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
"""IPv6 addresses that end in an IPv4 address, which a gateway of the network may connect to."""
_OWN_GATEWAYS = IPv6Network("64:ff9b:1::/48")
"""Addresses that each network's own gateways translate as they like."""


class NotReached(BadInput):
    """The fetch failed; the text says why, in words that may be shown to the person who asked."""


class Foreign(NotReached):
    """The address doesn't belong to the platform; nothing was sent to it."""

    def __init__(self) -> None:
        super().__init__(_("That address doesn't belong to the platform, so I won't open it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A server's answer with status 200; ``type`` is the content type that the server claims."""

    content_type: str
    data: bytes


class Reach:
    """An HTTP client that may reach the hosts of one platform."""

    def __init__(
        self, hosts: Collection[str], own: str | None = None, *, proxy: str | None = None, within: float = _WITHIN_S
    ) -> None:
        """Set the client up; it connects on first use.

        Args:
            hosts: names of the platform's servers; only their HTTPS port is used.
            own: the address of a server that stands for the platform, as the settings name it; its origin is asked.
            proxy: the proxy that all requests go through.
            within: the time limit for one answer, in seconds.
        """
        self._hosts = frozenset(hosts)
        self._own = URL(own).origin() if own else None
        self._proxy = URL(proxy) if proxy else None
        self._within = within
        self._session: ClientSession | None = None

    async def download(self, address: str, *, most: int, headers: Mapping[str, str] | None = None) -> Arrived:
        """Download a file of at most ``most`` bytes.

        Raises:
            Foreign: the address isn't the platform's.
            NotReached: the server redirects, is too slow, or sends more than that.
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
        """Send JSON; return the status of the server's answer.

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
        """Close the connections."""
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
            raise NotReached(_("The file is too large: the limit is {most} MB.").format(most=most // 1024**2))
    return bytes(data)


class PublicOnly(AbstractResolver):
    """A resolver that returns only public Internet addresses, except for hosts that the operator trusts.

    The connection uses the addresses found here; the name isn't looked up a second time.
    """

    def __init__(self, found: AbstractResolver, trusted: Collection[str]) -> None:
        """Look names up with ``found``; addresses of ``trusted`` hosts needn't be public."""
        self._found = found
        self._trusted = frozenset(trusted)

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the public addresses of a host.

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
        """Close the underlying resolver."""
        await self._found.close()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet's, not of this machine, this network or a group."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.is_site_local or ip in _OWN_GATEWAYS:
            return False
        ip = ip.ipv4_mapped or ip.sixtofour or _translated(ip) or ip
    return ip.is_global and not ip.is_multicast


def _translated(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a gateway makes of an IPv6 one; None if it makes none."""
    is_one = any(ip in network for network in _TRANSLATED)
    return IPv4Address(int(ip) % 2**32) if is_one else None
