"""Which addresses may be told anything: whoever names one must not reach into the network here."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from letters.announcing.errors import AddressNotAllowed, NotTold

IpAddress = IPv4Address | IPv6Address

_LONGEST = 500
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
# Global by their numbers, yet a way into a network: addresses that carry another one inside, and a
# cloud's own server for its machines.
_CARRYING = tuple(
    ip_network(each) for each in ("::ffff:0:0/96", "64:ff9b::/96", "2002::/16", "2001::/32")
)
_OF_THE_CLOUD = (ip_address("168.63.129.16"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address as somebody wrote it, and the machine that it meant when it was looked up."""

    host: str
    port: int
    path: str  # with its query
    is_encrypted: bool
    ip: str

    @property
    def named(self) -> str:
        """For the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_encrypted else 80) else f"{host}:{self.port}"


def host_of(url: str) -> str:
    """The host of an address in shape; refuses any other before anybody keeps it."""
    parts, _ = _in_shape(url)
    host = parts.hostname or ""
    try:
        own = ip_address(host)
    except ValueError:
        return host
    if not _may_be_reached(own):
        raise AddressNotAllowed
    return host


def looked_up(url: str) -> Target:
    """The one machine that is told. It is asked for anew each time, and what is connected to is
    what was looked at: a name that means another machine a moment later does not matter."""
    try:
        parts, port = _in_shape(url)
    except AddressNotAllowed:
        raise NotTold("address_not_allowed") from None
    host = parts.hostname or ""
    found = _machines(host, port)
    if not found or not all(_may_be_reached(each) for each in found):
        raise NotTold("address_not_allowed")
    is_encrypted = parts.scheme == "https"
    if not is_encrypted and not all(each.is_loopback for each in found):
        raise NotTold("address_not_allowed")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host=host, port=port, path=path, is_encrypted=is_encrypted, ip=str(found[0]))


def _in_shape(url: str) -> tuple[SplitResult, int]:
    """https without a user or a fragment, of plain signs; http to this machine alone, and only
    where its network is opened."""
    if (
        len(url) > _LONGEST
        or not url.isascii()
        or any(sign <= " " or sign == "\x7f" for sign in url)
    ):
        raise AddressNotAllowed
    schemes = {"https": 443, "http": 80} if settings.WEBHOOK_NETWORKS else {"https": 443}
    try:
        parts = urlsplit(url)
        port = parts.port or schemes[parts.scheme]
    except (ValueError, KeyError):
        raise AddressNotAllowed from None
    if parts.scheme == "http" and parts.hostname not in _THIS_MACHINE:
        raise AddressNotAllowed
    if not parts.hostname or "@" in parts.netloc or parts.fragment or "\\" in url:
        raise AddressNotAllowed
    return parts, port


def _machines(host: str, port: int) -> list[IpAddress]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotTold("host_not_found") from None
    return [ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]


def _may_be_reached(ip: IpAddress) -> bool:
    if any(ip in ip_network(network) for network in settings.WEBHOOK_NETWORKS):
        return True
    return (
        ip.is_global
        and not ip.is_multicast
        and not ip.is_reserved
        and ip not in _OF_THE_CLOUD
        and not any(ip in network for network in _CARRYING)
    )
