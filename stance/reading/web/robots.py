"""What a site's robots.txt asks of us (RFC 9309), by Protego."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from stance.errors import InputError
from stance.reading.web.address import Address
from stance.reading.web.fetch import AGENT, Visit, get
from stance.reading.web.pace import Pace

_READ = 512_000
"""Bytes of a robots.txt that count, as the RFC has it."""
_AGES = 10**9
"""Seconds; whole numbers of any length may stand in a robots.txt."""

_pace = Pace()


def obey(address: Address, visit: Visit) -> None:
    """Wait as long as the site asks between two pages; the redirects of one visit to it count as one.

    Raises:
        InputError: The site does not want the address to be fetched, or not for a long while.
    """
    rules = _rules(address.origin, visit)
    if not rules.can_fetch(address.url, AGENT):
        raise InputError(
            f"expected an address that {address.origin}/robots.txt lets programs read, found it closed to them; "
            "save the article in your browser and name the file"
        )
    if address.origin not in visit.asked:
        visit.asked.add(address.origin)
        _pace.keep(address.origin, _delay(rules), visit)


def _delay(rules: Any) -> float:
    """Seconds between two pages, by `Crawl-delay` or `Request-rate`; Protego leaves out what is no number."""
    rate = rules.request_rate(AGENT)
    between = min(rate.seconds, _AGES) / rate.requests if rate else 0.0
    return max(min(rules.crawl_delay(AGENT) or 0.0, _AGES), between)


class _Remembered:
    """Equal for every visit that may reach the same machines: one robots.txt for each site and run."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Remembered) and other.visit.allow_private == self.visit.allow_private

    def __hash__(self) -> int:
        return hash(self.visit.allow_private)


def _rules(origin: str, visit: Visit) -> Any:
    return _fetched(origin, _Remembered(visit))


@lru_cache(maxsize=512)
def _fetched(origin: str, asker: _Remembered) -> Any:
    """The rules; a site without any has none, one that fails to answer is left alone."""
    try:
        from protego import Protego
    except ImportError as error:
        raise InputError("expected the package protego to read robots.txt, found none; pip install protego") from error

    answer = get(f"{origin}/robots.txt", asker.visit, lambda *_: None)
    if answer.status >= 500:
        raise InputError(
            f"expected {origin}/robots.txt, found status {answer.status}; a site that cannot say what it allows is "
            "left alone; try again later"
        )
    text = answer.data[:_READ].decode("utf-8", "replace") if answer.status == 200 else ""
    return Protego.parse(text.removeprefix("\ufeff"))
