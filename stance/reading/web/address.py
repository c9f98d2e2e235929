"""Addresses: what may be visited at all, and which machine a name leads to."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

from stance.errors import InputError

_PORTS = {"http": 80, "https": 443}
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """A checked http(s) address.

    Attributes:
        url: As a whole, without a fragment.
        scheme: `http` or `https`.
        host: Name or number of the machine, without brackets.
        port: Given, or the scheme's own.
        target: Path and query, as they are asked for.
    """

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as they stand in an address; the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"


def parse_address(url: str) -> Address:
    """The parts of an http(s) address.

    Raises:
        InputError: It is of another scheme, carries a password, or is none.

    >>> parse_address("HTTPS://Example.org:443/a b#c")
    Traceback (most recent call last):
    stance.errors.InputError: expected an http(s) address, found a space or control character in it; write it as %20
    >>> parse_address("https://Example.org/é?q#top").url
    'https://example.org/%C3%A9?q'
    """
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    if _UNFIT.search(url):
        raise InputError("expected an http(s) address, found a space or control character in it; write it as %20")
    try:
        parts = parse_url(url)
    except (LocationParseError, ValueError) as error:
        raise InputError(f"expected an http(s) address, found none ({error}); check it") from error
    if parts.scheme not in _PORTS:
        raise InputError(
            f"expected an address of http or https, found {parts.scheme}; save the article and name the file"
        )
    if parts.auth:
        raise InputError("expected an address without user and password, found them in it; leave them out")
    if not parts.host or parts.port == 0:
        raise InputError("expected an http(s) address with a host, found none; check it")
    host, port = parts.host.strip("[]"), parts.port or _PORTS[parts.scheme]
    address = Address(url, parts.scheme, host, port, parts.request_uri)
    return Address(address.origin + address.target, parts.scheme, host, port, parts.request_uri)


def resolve(address: Address, *, allow_private: bool) -> str:
    """The number of the machine that the host's name leads to; what is connected to is this, not the name again.

    Raises:
        InputError: The name leads nowhere, or, unless `allow_private`, anywhere in a network that is not public.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"expected the address of a machine behind {address.host}, found none ({reason}); "
            "check the address and the network"
        ) from error
    numbers = [str(entry[4][0]) for entry in found]
    if not allow_private and (closed := [number for number in numbers if not _is_public(number)]):
        raise InputError(
            f"expected a public address, found {address.host} to be {closed[0]}, inside a private network or this "
            "machine; say --allow-private if that is meant"
        )
    return numbers[0]


def _is_public(number: str) -> bool:
    try:
        ip = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    return all(_is_global(form) for form in (ip, *_inside(ip)))


def _inside(ip: _IP) -> list[_IP]:
    """IPv4 addresses that an IPv6 address stands for: the gateway would send us there."""
    if ip.version == 4:
        return []
    forms: list[_IP | None] = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        forms.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [form for form in forms if form is not None]


def _is_global(ip: _IP) -> bool:
    if ip.version == 6 and (ip.ipv4_mapped is not None or ip in _NAT64):
        return True  # judged by what is inside
    closed = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not (closed or ip.is_unspecified)
