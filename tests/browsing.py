"""What the tests in a real browser share; the browser itself is the fixture `browser`."""

import json
import sys
from pathlib import Path
from typing import Any


def opened(browser: Any, page: str, tmp_path: Path) -> Any:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    browser.get(path.as_uri())
    return browser


def visible(browser: Any, selector: str) -> list[Any]:
    return [element for element in browser.find_elements("css selector", selector) if element.is_displayed()]


def assert_quiet(browser: Any) -> None:
    """No console message, and no request but the page itself."""
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    requests = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    page = browser.current_url.split("#")[0]
    mine = {request["request"]["url"] for request in requests if request["documentURL"].split("#")[0] == page}
    assert mine == {page}, "the browser's own start page may ask for more, this page may not"


def show_at(browser: Any, width: int, scheme: str) -> None:
    """The page as wide as a phone's or a desk's, light or dark."""
    browser.set_window_size(width, 900)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def assert_accessible(browser: Any, width: int) -> None:
    """Axe finds no serious fault, and the page does not scroll sideways."""
    axe = Path(sys.prefix) / "node_modules" / "axe-core" / "axe.min.js"
    assert axe.is_file(), f"this test needs axe-core: npm install --no-save --prefix {sys.prefix} axe-core"
    # The page's own policy forbids foreign scripts, so axe comes in through the debugger.
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe.read_text(encoding="utf-8")})
    run = {"expression": "axe.run().then(JSON.stringify)", "awaitPromise": True, "returnByValue": True}
    found = json.loads(browser.execute_cdp_cmd("Runtime.evaluate", run)["result"]["value"])
    serious = [fault for fault in found["violations"] if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in serious] == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
