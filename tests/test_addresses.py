"""Addresses: pages come in, and nothing else happens, whatever the server does."""

import gzip
import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from stance.reading.web import address as address_module
from stance.reading.web import fetch, robots
from stance.reading.web.pace import Pace

ARTICLE = "Sen. Ann Ash lost the vote on Monday. Voters booed her. The hall was full and the mood in it was sour. "
PAGE = f"<html><head><title>A vote</title></head><body><article><p>{ARTICLE * 4}</p></article></body></html>".encode()

Page = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as `pages` of the server says; remembers what was asked."""

    server: "Server"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.pages.get(self.path.partition("?")[0], missing)(self)

    def give(self, body: bytes, kind: str | None = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **given}.items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """A local server; `done` is set when the test is over, so that slow answers end."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Page] = {"/a": lambda handler: handler.give(PAGE)}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.done = threading.Event()

    def handle_error(self, *_: object) -> None:
        pass  # a client that hangs up is what is tested

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def missing(handler: Handler) -> None:
    handler.give(b"no such page", status=404)


def redirect(to: str, status: int = 302) -> Page:
    return lambda handler: handler.give(b"", status=status, Location=to)


@pytest.fixture
def server() -> Iterator[Server]:
    robots._fetched.cache_clear()
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.done.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def predict(cli: Any, toy_model: Any) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        return cli("predict", *arguments, "--format", "jsonl", "--model", toy_model)

    return run


@pytest.fixture
def read(cli: Any) -> Any:
    return lambda *arguments: cli("figures", *arguments, "--format", "jsonl")


def test_a_page_is_an_article_with_its_address(server: Server, predict: Any) -> None:
    server.pages["/moved"] = redirect("/a")
    code, out, err = predict(f"{server.url}/moved?x=1#part", "--allow-private")
    assert (code, err) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert {row["figure"] for row in rows} == {"Ann Ash"}
    assert {row["document"] for row in rows} == {f"{server.url}/moved?x=1#part"}
    assert {row["url"] for row in rows} == {f"{server.url}/a"}
    assert server.paths == ["/robots.txt", "/moved?x=1", "/a"]
    assert {headers["User-Agent"].split("/")[0] for _, headers in server.asked} == {"political-stance"}


def test_figures_reads_addresses_too_and_files_beside_them(server: Server, cli: Any, tmp_path: Any) -> None:
    (tmp_path / "b.txt").write_text("Sen. Ben Birch won.", encoding="utf-8")
    code, out, _ = cli("figures", f"{server.url}/a", tmp_path / "b.txt", "--allow-private", "--format", "jsonl")
    assert code == 0
    assert {json.loads(line)["figure"] for line in out.splitlines()} == {"Ann Ash", "Ben Birch"}


def test_plain_text_and_the_encoding_that_the_server_names(server: Server, predict: Any) -> None:
    text = "Sen. Ann Ašková lost."
    server.pages["/t"] = lambda handler: handler.give(text.encode("iso-8859-2"), "text/plain; charset=ISO-8859-2")
    code, out, err = predict(f"{server.url}/t", "--allow-private")
    assert (code, err) == (0, "")
    assert json.loads(out)["sentence"] == text


@pytest.mark.parametrize("charset", ["punycode", "idna", "zlib", "no-such"])
def test_odd_encodings_of_servers_are_passed_over(server: Server, predict: Any, charset: str) -> None:
    server.pages["/t"] = lambda handler: handler.give(
        "Sen. Ann Ash won — é.".encode(), f"text/plain; charset={charset}"
    )
    code, out, _ = predict(f"{server.url}/t", "--allow-private")
    assert code == 0
    assert json.loads(out)["sentence"] == "Sen. Ann Ash won — é."


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "0", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",
     "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "[fe80::1]", "[fc00::1]", "100.64.0.1", "224.0.0.1",
     "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]", "240.0.0.1"],
)  # fmt: skip
def test_no_address_leads_inside(server: Server, read: Any, host: str) -> None:
    code, out, err = read(f"http://{host}:{server.server_port}/a")
    assert (code, out) == (1, "")
    assert "expected a public address" in err or "expected the address of a machine" in err  # where there is no IPv6
    assert "--allow-private" in err or "no address" in err.lower() or "family" in err.lower()
    assert server.asked == []


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_numbers_are_public(number: str) -> None:
    assert address_module._is_public(number)


def test_every_redirect_is_checked(server: Server, read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address_module, "_is_public", lambda number: number == "127.0.0.1")
    server.pages["/a"] = redirect(f"http://127.0.0.2:{server.server_port}/secret")
    code, _, err = read(f"{server.url}/a")
    assert code == 1
    assert "expected a public address, found 127.0.0.2 to be 127.0.0.2" in err
    assert "/secret" not in server.paths


def test_one_closed_number_among_many_closes_a_name(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = ["93.184.215.14", "10.0.0.1"]
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    assert "found news.example to be 10.0.0.1" in read("http://news.example/")[2]


def test_the_number_that_was_checked_is_the_one_visited(
    server: Server, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that changes its mind between the check and the visit changes nothing."""
    real, answers = socket.getaddrinfo, iter(["127.0.0.1", "127.0.0.1"])

    def lookup(host: str, *arguments: Any, **named: Any) -> Any:
        return real(next(answers) if host == "news.example" else host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    code, _, err = read(f"http://news.example:{server.server_port}/a", "--allow-private")
    assert (code, err) == (0, "")
    assert next(answers, None) is None  # one look-up for robots.txt, one for the page
    assert {headers["Host"] for _, headers in server.asked} == {f"news.example:{server.server_port}"}


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/a", "expected an address of http or https, found ftp"),
        ("file:///etc/passwd", "expected an address of http or https, found file"),
        ("http://user:secret@example.org/", "expected an address without user and password"),
        ("http:///a", "expected an http(s) address with a host, found none"),
        ("http://example.org:99999/", "expected an http(s) address, found none"),
        ("http://exa mple.org/", "found a space or control character"),
        ("http://[::1/", "expected an http(s) address"),
        ("http://" + "a" * 300 + ".example/", "expected"),
        ("https://\udcff/", "expected"),
    ],
)
def test_addresses_that_are_none(read: Any, url: str, message: str) -> None:
    code, out, err = read(url)
    assert (code, out) == (1, "")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (b"User-agent: *\nDisallow: /", False),
        (b"User-agent: political-stance\nDisallow: /a\n\nUser-agent: *\nAllow: /", False),
        (b"User-agent: *\nDisallow: /*\nAllow: /a$", True),
        (b"User-agent: *\nDisallow: /b", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", False),
        (b"\xff\xfe\x00garbage", True),
    ],
)
def test_robots_txt_is_obeyed(server: Server, read: Any, rules: bytes, allowed: bool) -> None:
    server.pages["/robots.txt"] = lambda handler: handler.give(rules, "text/plain")
    code, _, err = read(f"{server.url}/a", "--allow-private")
    assert (code == 0) is allowed
    assert ("robots.txt lets programs read, found it closed" in err) is not allowed
    assert ("/a" in server.paths) is allowed


def test_robots_txt_counts_where_a_redirect_leads(server: Server, read: Any) -> None:
    server.pages["/robots.txt"] = lambda handler: handler.give(b"User-agent: *\nDisallow: /a", "text/plain")
    server.pages["/b"] = redirect("/a")
    assert read(f"{server.url}/b", "--allow-private")[0] == 1
    assert server.paths == ["/robots.txt", "/b"]


def test_a_site_whose_robots_txt_fails_is_left_alone(server: Server, read: Any) -> None:
    server.pages["/robots.txt"] = lambda handler: handler.give(b"", status=503)
    code, _, err = read(f"{server.url}/a", "--allow-private")
    assert code == 1
    assert "robots.txt, found status 503" in err
    assert server.paths == ["/robots.txt"]


@pytest.mark.parametrize(("hops", "code"), [(5, 0), (6, 1)])
def test_redirects_are_counted(server: Server, read: Any, hops: int, code: int) -> None:
    for hop in range(hops):
        server.pages[f"/{hop}"] = redirect(f"/{hop + 1}", (301, 302, 303, 307, 308)[hop % 5])
    server.pages[f"/{hops}"] = server.pages["/a"]
    assert read(f"{server.url}/0", "--allow-private")[0] == code
    assert len(server.paths) == 1 + min(hops + 1, 6)


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while not handler.server.done.is_set():
        handler.wfile.write(b"<p>more and more</p>" * 1000)


def bomb(handler: Handler) -> None:
    handler.give(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip")


def drip(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.done.wait(0.01):
        handler.wfile.write(b"a")


def silent(handler: Handler) -> None:
    handler.server.done.wait()


def cut_short(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n" + PAGE)


def raw(data: bytes) -> Page:
    return lambda handler: handler.wfile.write(data) and None


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (missing, "expected a page, found 404 Not Found at"),
        (lambda handler: handler.give(b"", status=599), "expected a page, found 599 at"),
        (lambda handler: handler.give(b"", status=302), "expected a page, found 302 Found at"),
        (redirect("file:///etc/passwd"), "expected an address of http or https, found file"),
        (redirect("http://[broken"), "expected an http(s) address, found none"),
        (redirect("/x y"), "found a space or control character"),
        (redirect("/loop"), "expected at most 5 redirects, found more"),
        (endless, "expected a page of at most 10 MB, found more"),
        (bomb, "expected a page of at most 10 MB, found more"),
        (lambda handler: handler.give(b"", Content_Length="99999999999"), "expected a page of at most 10 MB"),
        (cut_short, "expected an answer from 127.0.0.1, found none"),
        (raw(b""), "expected an answer from 127.0.0.1, found none"),
        (raw(b"\0\xff garbage\r\n\r\n"), "expected an answer from 127.0.0.1, found none"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n"), "expected an answer from 127.0.0.1, found none"),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000), "expected an answer from 127.0.0.1, found none"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "expected an answer from 127.0.0.1"),
        (lambda handler: handler.give(b"no gzip", Content_Encoding="gzip"), "expected an answer from 127.0.0.1"),
        (lambda handler: handler.give(b"%PDF-1.7", "application/pdf"), "found application/pdf; download it"),
        (lambda handler: handler.give(b"%PDF-1.7"), "expected text, found a PDF document"),
        (lambda handler: handler.give(b"<html></html>"), "with an article, found no article text"),
        (drip, "expected a page within 0.5 seconds, found none so far"),
        (silent, "expected"),
    ],
)  # fmt: skip
def test_servers_that_misbehave(
    server: Server, read: Any, monkeypatch: pytest.MonkeyPatch, page: Page, message: str
) -> None:
    if page in (drip, silent):
        monkeypatch.setattr(fetch, "SECONDS_IN_ALL", 0.5)
    server.pages["/loop"] = page
    url = f"{server.url}/loop"
    code, out, err = read(url, "--allow-private")
    assert (code, out) == (1, "")
    assert message in err
    assert err.startswith(f"stance: {url}: ")
    assert err.count("\n") == 1


def test_https_wants_a_certificate(server: Server, read: Any) -> None:
    code, _, err = read(f"https://127.0.0.1:{server.server_port}/a", "--allow-private")
    assert code == 1
    assert "expected an answer from 127.0.0.1, found none" in err


def test_a_closed_port_and_an_unknown_name(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert "found none" in read(f"http://127.0.0.1:{unused.getsockname()[1]}/", "--allow-private")[2]

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "behind news.example, found none (Name or service not known)" in read("http://news.example/")[2]


def test_one_bad_address_fails_alone(server: Server, read: Any) -> None:
    code, out, err = read(f"{server.url}/gone", f"{server.url}/a", f"{server.url}/a", "--allow-private")
    assert code == 3
    assert "404" in err
    places = [json.loads(line)["start"] for line in out.splitlines()]
    assert len(places) == len(set(places)) > 4
    assert server.paths == ["/robots.txt", "/gone", "/a"]


class Clock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(robots, "_pace", Pace(lambda: clock.time, clock.sleep))
    return clock


def asks(server: Server, line: str) -> None:
    server.pages["/robots.txt"] = lambda handler: handler.give(f"User-agent: *\n{line}".encode(), "text/plain")
    for page in ("/b", "/c"):
        server.pages[page] = server.pages["/a"]


@pytest.mark.parametrize(
    ("line", "delay"),
    [("Crawl-delay: 7", 7.0), ("Request-rate: 2/1m", 30.0), ("Crawl-delay: 60\nRequest-rate: 1/1s", 60.0)],
)
def test_a_site_is_asked_no_faster_than_it_says(
    server: Server, read: Any, clock: Clock, line: str, delay: float
) -> None:
    asks(server, line)
    code, _, err = read(*(f"{server.url}{page}" for page in ("/a", "/b", "/c")), "--allow-private")
    assert code == 0
    assert clock.slept == [delay, delay]
    assert err.count(f"{server.url}/robots.txt to ask for {delay:g} seconds between pages; waiting for {delay:g}") == 2
    assert server.paths == ["/robots.txt", "/a", "/b", "/c"]


def test_waiting_is_not_held_against_a_server(
    server: Server, read: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A delay longer than a page may take: the wait moves the end of the visit, and what has passed is not waited."""
    monkeypatch.setattr(fetch, "time", SimpleNamespace(monotonic=lambda: clock.time))
    asks(server, "Crawl-delay: 45")
    server.pages["/b"] = lambda handler: (setattr(clock, "time", clock.time + 20), handler.give(PAGE))[1]
    assert read(*(f"{server.url}{page}" for page in ("/a", "/b", "/c")), "--allow-private")[0] == 0
    assert clock.slept == [45.0, 25.0]


@pytest.mark.parametrize("line", ["Crawl-delay: 61", "Crawl-delay: 1e300", f"Request-rate: 1/{'9' * 400}d"])
def test_a_site_that_asks_for_ages_gives_one_page(server: Server, read: Any, clock: Clock, line: str) -> None:
    asks(server, line)
    code, out, err = read(f"{server.url}/a", f"{server.url}/b", "--allow-private")
    assert (code, clock.slept) == (3, [])
    assert f"{server.url}/b: expected to wait at most 60 seconds, found {server.url}/robots.txt to ask for" in err
    assert err.count("\n") == 1
    assert "/b" not in server.paths
    assert out


@pytest.mark.parametrize("value", ["nan", "inf", "-5", "soon", "", "0", "1e999", "7, 8"])
def test_delays_that_are_none_are_passed_over(server: Server, read: Any, clock: Clock, value: str) -> None:
    asks(server, f"Crawl-delay: {value}\nRequest-rate: {value}")
    assert read(f"{server.url}/a", f"{server.url}/b", "--allow-private")[::2] == (0, "")
    assert clock.slept == []


def test_a_redirect_is_no_second_page_and_another_site_no_cause_to_wait(
    server: Server, read: Any, clock: Clock
) -> None:
    asks(server, "Crawl-delay: 9")
    server.pages["/moved"] = redirect("/a")
    other = f"http://localhost:{server.server_port}/b"
    assert read(f"{server.url}/moved", other, "--allow-private")[::2] == (0, "")
    assert clock.slept == []


def test_patterns_of_robots_txt_take_no_more_than_linear_time(server: Server, read: Any) -> None:
    """A pattern of many stars, and an address that almost matches it, took earlier versions of Protego for ever."""
    asks(server, f"Disallow: /{'*a' * 40}*b")
    code, _, err = read(f"{server.url}/a?{'a' * 2000}", "--allow-private")
    assert (code, err) == (0, "")
