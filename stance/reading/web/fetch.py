"""One request after another until a page comes: every hop is checked, timed and measured."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from stance import __version__
from stance.errors import InputError
from stance.reading.decode import Note
from stance.reading.web.address import Address, parse_address, resolve

AGENT = "political-stance"
"""The name that robots.txt knows us by."""
USER_AGENT = f"{AGENT}/{__version__} (reads single news articles for the person at the keyboard; obeys robots.txt)"

MOST_BYTES = 10_000_000
MOST_REDIRECTS = 5
SECONDS = 10.0
"""How long connecting, and any single wait for bytes, may take."""
SECONDS_IN_ALL = 30.0
"""How long one address may take with all its redirects, however steadily its bytes drip."""

_CHUNK = 65_536
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said in the end.

    Attributes:
        url: The address it came from, after all redirects.
        status: Its HTTP status.
        kind: Its media type in lower case, without parameters; "" where the server names none.
        charset: The encoding that the server names, or None.
        data: The body, unpacked; empty for any status but 200.
    """

    url: str
    status: int
    kind: str
    charset: str | None
    data: bytes


@dataclass(slots=True)
class Visit:
    """One fetch: what it may reach, and until when.

    Attributes:
        allow_private: Whether this machine and private networks may be reached.
        note: Told when it waits because a site asks for that.
        ends: When to give up, by `time.monotonic`.
        asked: The sites that pages were asked of.
    """

    allow_private: bool
    note: Note
    ends: float = field(default_factory=lambda: time.monotonic() + SECONDS_IN_ALL)
    asked: set[str] = field(default_factory=set)

    def left(self) -> float:
        """Seconds until it ends.

        Raises:
            InputError: None are left.
        """
        left = self.ends - time.monotonic()
        if left <= 0:
            raise InputError(_too_slow())
        return left

    def extend(self, seconds: float) -> None:
        """Let it last longer: what we wait of our own accord is not the server's slowness."""
        self.ends += seconds


def get(url: str, visit: Visit, permit: Callable[[Address, Visit], None]) -> Answer:
    """Fetch an address, redirects followed.

    Args:
        url: Where to begin.
        visit: What may be reached, and until when.
        permit: Raises an InputError for an address that is not to be asked for.

    Raises:
        InputError: An address on the way is not allowed, there is no answer, or it is too long or too slow.
    """
    for _ in range(MOST_REDIRECTS + 1):
        address = parse_address(url)
        permit(address, visit)
        answer, moved = _ask(address, visit)
        if moved is None:
            return answer
        url = _joined(address.url, moved)
    raise InputError(f"expected at most {MOST_REDIRECTS} redirects, found more; give the address of the article itself")


def _joined(url: str, moved: str) -> str:
    try:
        return urljoin(url, moved)
    except ValueError as error:
        raise InputError(f"expected an http(s) address, found none where a redirect leads ({error})") from error


def in_time(work: Callable[[Visit], Any], visit: Visit) -> Any:
    """The result of `work`, waited for only as long as the visit lasts, whatever it is stuck in.

    Raises:
        InputError: It takes longer.
    """
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append((work(visit), None))
        except BaseException as error:
            outcome.append((None, error))

    # A thread, since neither looking up a name nor shaking hands can be given a time limit; it dies with the process.
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while not outcome and thread.is_alive():
        thread.join(visit.left())  # again where a pause has moved the end
    result, error = outcome[0]
    if error is not None:
        raise error
    return result


def _ask(address: Address, visit: Visit) -> tuple[Answer, str | None]:
    """One answer, or where the server sends us instead."""
    from http.client import HTTPException

    from urllib3.exceptions import HTTPError

    connection = _connection(address, resolve(address, allow_private=visit.allow_private), visit)
    headers = {"Host": address.authority, "User-Agent": USER_AGENT, "Accept": "text/html, text/plain;q=0.9, */*;q=0.1",
               "Accept-Encoding": "gzip, deflate"}  # fmt: skip
    try:
        connection.request("GET", address.target, headers=headers, preload_content=False)
        with contextlib.closing(connection.getresponse()) as response:
            if response.status in _MOVED and (moved := response.headers.get("Location")):
                return Answer(address.url, response.status, "", None, b""), moved
            kind, charset = _described(response.headers.get("Content-Type", ""))
            data = _body(response, visit) if response.status == 200 else b""
            return Answer(address.url, response.status, kind, charset, data), None
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        reason = " ".join(str(getattr(error, "strerror", None) or error).split())[:200]
        raise InputError(f"expected an answer from {address.host}, found none ({reason}); try again later") from error
    finally:
        connection.close()


def _connection(address: Address, number: str, visit: Visit) -> Any:
    """A connection to that machine which, for https, proves to be the host."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    timeout = min(SECONDS, visit.left())
    if address.scheme == "http":
        return HTTPConnection(number, address.port, timeout=timeout)
    import certifi

    return HTTPSConnection(
        number,
        address.port,
        timeout=timeout,
        server_hostname=address.host,
        assert_hostname=address.host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
    )


def _body(response: Any, visit: Visit) -> bytes:
    said = response.headers.get("Content-Length", "")
    size = int(said) if said.isascii() and said.isdecimal() else 0
    data = bytearray()
    while size <= MOST_BYTES and len(data) <= MOST_BYTES:
        visit.left()
        chunk = response.read(_CHUNK)
        if not chunk:
            return bytes(data)
        data += chunk
    raise InputError(f"expected a page of at most {MOST_BYTES // 1_000_000} MB, found more; save the article's text")


def _described(content_type: str) -> tuple[str, str | None]:
    """Media type and charset of a Content-Type header."""
    from email.message import Message

    message = Message()
    message["Content-Type"] = content_type
    charset = message.get_param("charset")
    return content_type.partition(";")[0].strip().lower(), charset if isinstance(charset, str) else None


def _too_slow() -> str:
    return f"expected a page within {SECONDS_IN_ALL:g} seconds, found none so far; try again later"
