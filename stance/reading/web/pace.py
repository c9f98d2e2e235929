"""How fast a site's pages are asked for, where its robots.txt says how fast that may be."""

from __future__ import annotations

import time
from collections.abc import Callable

from stance.errors import InputError
from stance.reading.web.fetch import Visit

LONGEST = 60.0
"""Seconds that we wait between two pages of a site; one that asks for more gives a run a single page."""

_SHORTEST_TOLD = 1.0


class Pace:
    """When each site was last asked for a page.

    Args:
        now: A clock that only goes forward, in seconds.
        sleep: What waits so many seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self._now, self._sleep = now, sleep
        self._last: dict[str, float] = {}

    def keep(self, origin: str, delay: float, visit: Visit) -> None:
        """Wait until a site may be asked for the next page, and count that page as asked for.

        Args:
            origin: The site.
            delay: Seconds between two pages, as the site says.
            visit: What waits; it ends so much later, and is told.

        Raises:
            InputError: The site was asked before, wants more than `LONGEST` between two pages, and is not due yet.
        """
        now = self._now()
        wait = max(self._last.get(origin, now - delay) + delay - now, 0.0)
        asks = f"{origin}/robots.txt to ask for {delay:,.10g} seconds between pages"
        if wait and delay > LONGEST:
            raise InputError(
                f"expected to wait at most {LONGEST:g} seconds, found {asks}; read this one in a later run"
            )
        self._last[origin] = now + wait
        if wait:
            if wait >= _SHORTEST_TOLD:
                visit.note(f"found {asks}; waiting for {wait:.0f}")
            visit.extend(wait)
            self._sleep(wait)
