"""Find out who is behind a reverse proxy. The headers that say so count only if a trusted proxy sent them."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Networks = Sequence[IPv4Network | IPv6Network]
_SITE_BITS = 64
"""The leading bits of an IPv6 address that identify one subscriber."""


def networks_in(listed: Sequence[str]) -> Networks:
    """Return the networks that a setting lists, as addresses or networks.

    Raises:
        ValueError: one of them is neither.
    """
    return [ip_network(part, strict=False) for part in listed]


def is_within(address: str, networks: Networks) -> bool:
    """Whether an address belongs to one of the networks; False if it isn't an address."""
    try:
        one = _address(address)
    except ValueError:
        return False
    return any(one in network for network in networks)


def client_of(peer: str, forwarded_for: Sequence[str], trusted: Networks) -> str:
    """Return the right-most address in ``X-Forwarded-For`` that isn't a trusted proxy's; the peer if there is none."""
    if not is_within(peer, trusted):
        return peer
    hops = [hop.strip() for header in forwarded_for for hop in header.split(",")]
    for hop in reversed(hops):
        if is_within(hop, trusted):
            continue
        try:
            return str(_address(hop))
        except ValueError:
            return peer
    return peer


def scheme_of(peer: str, own: str, forwarded: Sequence[str], trusted: Networks) -> str:
    """Return the scheme that the browser used: the last in a trusted proxy's ``X-Forwarded-Proto``, else our own."""
    if not forwarded or not is_within(peer, trusted):
        return own
    said = forwarded[-1].rsplit(",", 1)[-1].strip().casefold()
    return said if said in {"http", "https"} else own


def counted_as(address: str) -> str:
    """Return what a connection is counted under: its IPv4 address, or the network of its IPv6 address."""
    try:
        one = _address(address)
    except ValueError:
        return address
    if isinstance(one, IPv6Address):
        return str(ip_network((one, _SITE_BITS), strict=False))
    return str(one)


def _address(text: str) -> IPv4Address | IPv6Address:
    """Read an address; some proxies add a port to it. An IPv4 address within an IPv6 one is returned as IPv4."""
    bare = text.split("%", maxsplit=1)[0]
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    one = ip_address(bare)
    return one.ipv4_mapped or one if isinstance(one, IPv6Address) else one
