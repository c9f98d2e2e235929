"""Article pages: whole text, escaped, self-contained; and, in a real browser, what a reader does with them."""

import html
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browsing import assert_accessible, assert_quiet, opened, show_at, visible
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stance.compiled import CompiledModel
from stance.records import Document, Mention, Prediction, Stance
from stance.report import article_page, templates
from stance.report.passages import Piece, paragraphs
from stance.report.templates import clean
from stance.shipped import shipped
from stance.storage import load

HOSTILE = (
    "Voters booed Sen. Dana Whitfield</script><script>document.title='pwned'</script> on Monday.\n\n"
    "“Gov. Ines Duarte <img src=x onerror=alert(1)> praised Whitfield & “Co.”,” said Tom Ash. {{ 7 * 7 }} &lt;b&gt;\n\n"
    "\u202eשלום\u202c, said Yosef Levi. \x00\x1b[31mDana Whitfield lied.\u2028 \udc80 <!-- Tom Ash won. -->"
)


class Text(HTMLParser):
    """The text of the articles in a page, without calls."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "input"):
            self._open.append(f"{tag}.{dict(attributes).get('class')}")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().split(".")[0] == tag, f"{tag} closes another element"

    def handle_data(self, data: str) -> None:
        if "div.text" in self._open and "span.calls" not in self._open:
            self.found.append(data)


@pytest.fixture(scope="module")
def model(toy_model: Path) -> CompiledModel:
    return load(toy_model, CompiledModel)


def page_of(model: CompiledModel, *texts: str, min_probability: float = 0.0) -> str:
    from stance.analysis import Options, predict_documents

    options = Options(explain=True, min_probability=min_probability)
    documents = [Document(f"{index}.txt", text) for index, text in enumerate(texts)]
    return "".join(article_page(predict_documents(model, documents, options), "stance."))


def parsed(page: str) -> Text:
    found = Text()
    found.feed(page)
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", clean(text))


@pytest.mark.parametrize("name", ["rally.txt", "wrapped.txt"])
def test_the_page_has_the_whole_text(model: CompiledModel, name: str) -> None:
    paths = list(shipped("seeds").glob("*.txt")) if name == "wrapped.txt" else [shipped("seeds", name)]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    assert squeezed("".join(parsed(page_of(model, *texts)).found)) == squeezed("".join(texts))


def test_text_of_articles_is_data(model: CompiledModel) -> None:
    page = page_of(model, HOSTILE)
    found = parsed(page)
    assert squeezed("".join(found.found)) == squeezed(HOSTILE)
    assert [tag for tag, _ in found.tags if tag in ("script", "img", "b")] == ["script", "script"]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", page)
    assert html.escape("{{ 7 * 7 }}") in page


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(st.lists(st.sampled_from([*"<>&\"'{}%/ \n\u2029.é\x00a", "Dana Whitfield ", "lied. ", "</p>"])))
def test_any_text_comes_out_as_it_went_in(model: CompiledModel, parts: list[str]) -> None:
    text = "".join(parts)
    assert squeezed("".join(parsed(page_of(model, text)).found)) == squeezed(text)


def test_nothing_is_loaded_from_anywhere(model: CompiledModel) -> None:
    page = page_of(model, "Voters booed Sen. Dana Whitfield.")
    found = parsed(page)
    outside = [(tag, name) for tag, attributes in found.tags for name in attributes if name in ("src", "href")]
    assert outside == [("a", "href")], "only the link that skips to the text"
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page


def test_calls_carry_their_reasons(model: CompiledModel) -> None:
    page = page_of(model, "Voters booed Sen. Dana Whitfield. Gov. Ines Duarte praised her.", "Tom Ash lied.")
    calls = json.loads(re.search(r'id="calls">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    buttons = [
        attributes for tag, attributes in parsed(page).tags if (attributes.get("class") or "").startswith("call ")
    ]
    assert [int(button["data-call"] or -1) for button in buttons] == list(range(len(calls)))
    assert [button["data-stance"] for button in buttons] == [call["stance"] for call in calls]
    for call in calls:
        shown = [sum(reason[place] for reason in call["reasons"]) for place in (2, 3, 4)]
        assert shown == pytest.approx(call["scores"], abs=0.02)


def test_paragraphs_are_cut_at_blank_lines_but_no_sentence_is() -> None:
    text = "One.\n\nAsh, who\n \nlied, won.\r\n\r\nTwo. "
    shares: dict[Stance, float] = {"support": 0.0, "oppose": 1.0, "neutral": 0.0}
    mention = Mention(6, 9, "Ash", "name")
    row = Prediction("a", 1, 6, 27, text[6:27], "Tom Ash", None, None, (mention,), "oppose", shares)
    found = paragraphs(Document("a", text), [row])
    assert [["".join(piece.text for piece in passage.pieces) for passage in part] for part in found] == [
        ["One."],
        ["Ash, who\n \nlied, won."],
        ["Two. "],
    ]
    assert found[1][0].pieces[0] == Piece("Ash", ("Tom Ash",))
    assert (found[1][0].tint, found[1][0].weak) == ("oppose", False)


def test_an_article_that_names_nobody_is_shown(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    code, out, _ = cli("predict", "--text", "It rained.", "--format", "html", "--output", path, "--model", toy_model)
    assert (code, out) == (0, "")
    assert "Nobody is named in it." in path.read_text(encoding="utf-8")


def test_without_jinja_the_user_is_told(cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    templates._environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    code, _, errors = cli("predict", "--text", "Tom Ash won.", "--format", "html", "--output", tmp_path / "x.html")
    assert code == 1
    assert 'pip install "political-stance[report]"' in " ".join(errors.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [("--rows",), ("--summary",)])
def test_tables_of_rows_have_no_page(cli: Any, arguments: tuple[str, ...]) -> None:
    code, _, errors = cli("predict", "x.jsonl", "--format", "html", *arguments)
    assert code == 2
    assert "found 'html'" in " ".join(errors.split())


@pytest.mark.browser
def test_a_click_on_a_figure_shows_only_theirs(browser: Any, model: CompiledModel, tmp_path: Path) -> None:
    opened(browser, page_of(model, shipped("seeds", "rally.txt").read_text(encoding="utf-8")), tmp_path)
    everybody = len(visible(browser, ".call"))
    pick = next(button for button in visible(browser, ".pick") if button.text == "Hillary Clinton")
    pick.click()
    shown = visible(browser, ".call")
    assert 0 < len(shown) < everybody
    assert {button.get_attribute("data-figure") for button in shown} == {pick.get_attribute("data-figure")}
    assert pick.get_attribute("aria-pressed") == "true"
    visible(browser, ".all")[0].click()
    assert len(visible(browser, ".call")) == everybody
    visible(browser, ".show[value=neutral]")[0].click()
    assert " of " in visible(browser, "[role=status]")[0].text
    assert {button.get_attribute("data-stance") for button in visible(browser, ".call")} == {"support", "oppose"}
    assert_quiet(browser)


@pytest.mark.browser
def test_a_sentence_says_why(browser: Any, model: CompiledModel, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(browser, page_of(model, "Voters booed Sen. Dana Whitfield."), tmp_path)
    assert not visible(browser, "#why")
    browser.find_element("css selector", ".sentence").click()
    assert "booed" in visible(browser, "#why")[0].text
    assert "Class scores" in visible(browser, "#why")[0].text
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not visible(browser, "#why")
    call = browser.find_element("css selector", ".call")
    assert browser.switch_to.active_element == call, "the focus is where it was"
    call.send_keys(Keys.ENTER)
    assert visible(browser, "#why")
    assert call.get_attribute("aria-expanded") == "true"
    assert_quiet(browser)


@pytest.mark.browser
def test_uncertain_calls_are_marked_and_can_be_hidden(browser: Any, model: CompiledModel, tmp_path: Path) -> None:
    text = shipped("seeds", "rally.txt").read_text(encoding="utf-8")
    opened(browser, page_of(model, text, min_probability=0.6), tmp_path)
    uncertain = visible(browser, ".call.uncertain")
    assert uncertain
    assert all(button.text.endswith("?") for button in uncertain)
    certain = len(visible(browser, ".call")) - len(uncertain)
    visible(browser, ".show[value=uncertain]")[0].click()
    assert len(visible(browser, ".call")) == certain > 0
    visible(browser, ".call")[0].click()
    visible(browser, "#next")[0].click()
    second = visible(browser, ".call")[1]
    assert second.get_attribute("aria-expanded") == "true", "hidden calls are stepped over"
    assert_quiet(browser)


@pytest.mark.browser
def test_hostile_text_does_nothing(browser: Any, model: CompiledModel, tmp_path: Path) -> None:
    opened(browser, page_of(model, HOSTILE, "x" * 1_000_000 + " said Dana Whitfield."), tmp_path)
    assert browser.title == "2 articles · stance"
    for call in visible(browser, ".call")[:4]:
        browser.execute_script("arguments[0].click()", call)
    assert browser.find_elements("css selector", "#why img, #why script, .text img, .text script") == []
    assert_quiet(browser)


@pytest.mark.browser
@pytest.mark.parametrize("width", [380, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(
    browser: Any, model: CompiledModel, tmp_path: Path, width: int, scheme: str
) -> None:
    opened(browser, page_of(model, shipped("seeds", "rally.txt").read_text(encoding="utf-8"), HOSTILE), tmp_path)
    show_at(browser, width, scheme)
    visible(browser, ".call")[0].click()
    assert_accessible(browser, width)
