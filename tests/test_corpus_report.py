"""The story of a corpus: counts, intervals that hold, tables, the site's links, and the page in a browser."""

import base64
import csv
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
from browsing import assert_accessible, assert_quiet, opened, show_at, visible
from hypothesis import given
from hypothesis import strategies as st

from stance.records import STANCES, Failure, Prediction, Stance
from stance.report.charts import svg
from stance.report.columns import COLUMNS
from stance.report.corpus import Collector, Corpus
from stance.report.corpus_page import corpus_page
from stance.report.intervals import correlation_within, effective_sizes, shares
from stance.report.periods import UNITS, days, period_starts
from stance.report.rows import read_predictions
from stance.report.sample import Sample, corrected
from stance.report.tables import tabulate
from stance.writing import write_rows

CERTAIN: dict[Stance, dict[Stance, float]] = {
    label: {other: 0.9 if other == label else 0.05 for other in STANCES} for label in STANCES
}
HOSTILE = "</script><script>document.title='pwned'</script> \u202e\x00 $\\frac{1}{0}$ & \"Ash\""


def row(figure: str, stance: Stance, document: str = "a.txt", text: str = "Said so.", **known: str) -> Prediction:
    return Prediction(document, 0, 0, len(text), text, figure, None, None, (), stance, CERTAIN[stance], carried=known)


def collect(rows: Iterable[Prediction]) -> Corpus:
    collector = Collector()
    for row in rows:
        collector.add(row)
    return collector.corpus()


@pytest.fixture(scope="module")
def rows() -> list[Prediction]:
    """Two people, forty articles each over a year in two sources: Ash is mostly opposed, Vale mostly supported."""
    found = []
    for number in range(40):
        known = {
            "date": f"2020-{number % 12 + 1:02}-05",
            "source": "Post" if number % 2 else "Ledger",
            "title": f"Article {number}",
        }
        for turn in range(5):
            text = f"Sentence {turn} of {number}."
            found.append(row("Tom Ash", "neutral" if turn == 0 else "oppose", f"a{number}", text, **known))
            found.append(row("Ada Vale", "neutral" if turn == 1 else "support", f"a{number}", text, **known))
    return [*found, row("Bo Lind", "support", "b", "Hm.")]


@pytest.fixture
def table(rows: list[Prediction], tmp_path: Path) -> Path:
    write_rows(rows, "parquet", tmp_path / "rows.parquet")
    return tmp_path / "rows.parquet"


def page_of(rows: list[Prediction]) -> str:
    corpus = collect(rows)
    return "".join(corpus_page(corpus, tabulate(corpus), "stance."))


def coverage(truth: float, found: tuple[Any, Any, Any]) -> float:
    return float(np.mean((found[1] <= truth) & (truth <= found[2])))


@pytest.mark.parametrize(("support", "oppose", "n"), [(0.3, 0.2, 40), (0.02, 0.6, 60), (0.5, 0.5, 30)])
def test_intervals_hold_for_independent_sentences(support: float, oppose: float, n: int) -> None:
    drawn = np.random.default_rng(0).multinomial(n, [support, oppose, 1 - support - oppose], 4000)
    sizes = np.full(4000, n)
    found = shares(drawn[:, 0], drawn[:, 1], sizes, sizes)
    assert 0.92 <= coverage(support - oppose, found.net) <= 0.995
    assert 0.92 <= coverage(support, found.support) <= 0.995
    assert 0.92 <= coverage(oppose, found.oppose) <= 0.995


def clustered(generator: np.random.Generator, articles: int, each: int) -> tuple[Any, Any]:
    """Stances (-1, 0, 1) of articles that lean one way or another, and the articles' numbers."""
    lean = generator.dirichlet([1.0, 1.0, 1.0], articles)
    score = np.concatenate([generator.choice([-1, 0, 1], each, p=shares) for shares in lean])
    return score.astype(float), np.repeat(np.arange(articles), each)


def test_sentences_of_one_article_count_for_fewer() -> None:
    generator = np.random.default_rng(1)
    naive, aware = [], []
    for _ in range(300):
        score, article = clustered(generator, 40, 10)
        correlation = correlation_within(score, np.zeros(400, dtype=np.intp), article)
        worth = effective_sizes(np.array([400]), np.array([40 * 100.0]), correlation)
        counts = [(score > 0).sum()], [(score < 0).sum()], [400]
        naive.append(coverage(0.0, shares(*counts, [400]).net))
        aware.append(coverage(0.0, shares(*counts, worth).net))
    assert np.mean(naive) < 0.8, "the simulated articles are alike enough to matter"
    assert np.mean(aware) >= 0.92


def test_resemblance_is_estimated() -> None:
    score, article = clustered(np.random.default_rng(2), 3000, 8)
    # A uniform Dirichlet of three shares has concentration 3: correlation 1 / (3 + 1).
    assert correlation_within(score, np.zeros(len(score), dtype=np.intp), article) == pytest.approx(0.25, abs=0.02)
    assert correlation_within(score[:5], np.zeros(5, dtype=np.intp), article[:5]) == 0.0


@given(st.dates(), st.sampled_from(UNITS))
def test_a_period_holds_its_day(date: Any, unit: str) -> None:
    (day,) = days([date.isoformat()])
    (start,) = period_starts(np.array([day]), unit)
    longest = {"day": 0, "week": 6, "month": 30, "quarter": 91, "year": 365}
    assert 0 <= (day - start).astype(int) <= longest[unit]
    assert period_starts(np.array([start]), unit)[0] == start
    if unit == "week":
        assert start.astype(object).weekday() == 0


@pytest.mark.parametrize("date", ["2020-02-31", "soon", "", None, "20", "99999-01-01"])
def test_what_is_no_date_is_no_day(date: str | None) -> None:
    assert np.isnat(days([date])).all()


def test_tables_add_up(rows: list[Prediction]) -> None:
    tables = tabulate(collect(rows))
    by_name = {found["figure"]: found for found in tables.rows["figures"]}
    assert (by_name["Tom Ash"]["sentences"], by_name["Tom Ash"]["oppose"], by_name["Tom Ash"]["net"]) == (
        200,
        160,
        -0.8,
    )
    assert by_name["Bo Lind"]["enough"] is False
    assert by_name["Tom Ash"]["enough"] is True
    for name in ("periods", "sources"):
        for person in ("Tom Ash", "Ada Vale"):
            split = [found for found in tables.rows[name] if found["figure"] == person]
            assert sum(found["sentences"] for found in split) == 200
            assert sum(found["articles"] for found in split) == 40
    assert tables.unit == "month"
    assert tables.undated == 1
    pair = next(found for found in tables.rows["pairs"] if {found["figure"], found["other"]} == {"Tom Ash", "Ada Vale"})
    assert pair["articles_with_both"] == 40
    assert pair["differ"] is True
    for name, found in tables.rows.items():
        assert all(set(line) == set(COLUMNS[name]) for line in found), name


def test_two_people_of_one_name_stay_apart() -> None:
    known = [replace(row("Al Ash", "support", f"k{n}", date=f"2020-{n + 1:02}-01"), figure_id="ash") for n in range(6)]
    others = [row("Al Ash", "oppose", f"o{n}", date=f"2020-{n + 1:02}-01") for n in range(6)]
    corpus = collect([*known, *others])
    assert [line["net"] for line in tabulate(corpus).rows["figures"]] == [1.0, -1.0]
    page = "".join(corpus_page(corpus, tabulate(corpus), "stance."))
    stories = page.split('<section class="story"')[1:]
    assert ["▲ Most surely supporting" in story and "None." in story for story in stories] == [True, True]


def test_strongest_sentences_are_the_surest_and_none_twice() -> None:
    texts = ["one", "two", "two", "three", "four", "five", "six"]
    given = []
    for number, text in enumerate(texts):
        top = 0.5 + number / 20
        probabilities: dict[Stance, float] = {"support": top, "oppose": 1 - top, "neutral": 0.0}
        given.append(Prediction("a", number, 0, 3, text, "Ash", None, None, (), "support", probabilities))
    found = [line["sentence"] for line in tabulate(collect(given)).rows["sentences"]]
    assert found == ["six", "five", "four", "three", "two"]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_rows_come_back_as_they_went_out(rows: list[Prediction], tmp_path: Path, form: str) -> None:
    path = tmp_path / f"rows.{form}"
    write_rows(rows, form, path)
    back = list(read_predictions([str(path)], print))
    assert not any(isinstance(found, Failure) for found in back)
    assert tabulate(collect(back)).rows == tabulate(collect(rows)).rows  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_folder_of_results_is_read(cli: Any, toy_model: Path, tmp_path: Path, form: str) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("Voters booed Sen. Dana Whitfield.", encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes(b"\x00" * 50)
    results = f"{tmp_path / 'results'}/"
    named = sorted(tmp_path.glob("*.txt"))
    cli("predict", *named, "--output", results, "--format", form, "--shard-size", 2, "--jobs", 1, "--model", toy_model)
    assert cli("report", results, "--format", "csv", "--output", tmp_path / "tables")[0] == 0
    with (tmp_path / "tables" / "figures.csv").open(encoding="utf-8", newline="") as stream:
        assert [(line["figure"], line["articles"]) for line in csv.DictReader(stream)] == [("Dana Whitfield", "5")]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_every_table_is_written(cli: Any, table: Path, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "tables"
    assert cli("report", table, "--format", form, "--output", folder)[0] == 0
    assert {path.name for path in folder.iterdir()} == {
        f"{name}.{form}" for name in ("figures", "periods", "sources", "pairs", "sentences")
    }
    if form == "csv":
        with (folder / "figures.csv").open(encoding="utf-8", newline="") as stream:
            figures = list(csv.DictReader(stream))
        assert [found["figure"] for found in figures] == ["Tom Ash", "Ada Vale", "Bo Lind"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"sentence": "Ash won.", "target": "Ash"}, "found none of document, figure, stance"),
        ({"document": "a", "sentence": "x", "figure": "Ash", "stance": "support"}, "expected `probabilities`"),
        ({"document": "a", "sentence": "x", "figure": "Ash", "stance": "good"}, "found 'good'"),
    ],
)
def test_rows_that_are_no_predictions_are_named(cli: Any, tmp_path: Path, line: dict[str, str], expected: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    code, _, errors = cli("report", path, "--output", tmp_path / "x.html")
    assert code == 1
    assert expected in " ".join(errors.split())
    assert not (tmp_path / "x.html").exists()


def test_numbers_beyond_all_bounds_are_no_crash(cli: Any, tmp_path: Path) -> None:
    line = {"document": "a", "sentence": "Ash won.", "figure": "Ash", "stance": "support", "sentence_index": "BIG"}
    line["probabilities"] = {"support": 0.8, "oppose": 0.1, "neutral": 0.1}  # type: ignore[assignment]
    huge = {"start": 10**400, "end": 3, "text": "Ash", "kind": "name"}
    more = [
        {**line, "mentions": [{**huge, "start": "BIG"}]},
        {**line, "probabilities": dict.fromkeys(STANCES, 10**400)},
    ]
    text = "\n".join(json.dumps(one).replace('"BIG"', "1e999") for one in (line, *more))
    (tmp_path / "rows.jsonl").write_text(text, encoding="utf-8")
    code, _, errors = cli("report", tmp_path / "rows.jsonl", "--output", tmp_path / "x.html")
    assert (code, errors.count("\n")) == (3, 2)
    assert "line 2: expected mentions" in errors
    assert "line 3: expected `probabilities`" in errors


def test_the_command_that_the_page_tells_works(
    cli: Any, rows: list[Prediction], table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (command,) = re.findall(r"<code>(stance report .*?)</code>", page_of(rows))
    with Path("labelled.jsonl").open("w", encoding="utf-8") as labelled:
        for one in rows[:5]:
            labelled.write(json.dumps({"sentence": one.sentence, "target": one.figure, "stance": one.stance}) + "\n")
    code, _, errors = cli(*command.replace("ROWS", str(table)).split()[1:])
    assert code == 1
    assert "expected a sample that labels at least 30 of the rows" in errors


def test_wrong_usage_is_refused(cli: Any, table: Path, tmp_path: Path) -> None:
    assert cli("report", table, "--output", tmp_path / "x", "--format", "pdf")[0] == 2
    assert cli("report", table, "--output", tmp_path / "x", "--by", "decade")[0] == 2
    assert cli("report", table, "--output", table, "--format", "csv")[0] == 1


def test_the_page_says_that_its_shares_are_raw(rows: list[Prediction]) -> None:
    page = page_of(rows)
    assert "These shares are raw" in page
    assert "few</span>" in page, "one sentence is no trend"


def test_the_page_carries_its_tables(rows: list[Prediction]) -> None:
    found = dict(re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]*)" download="(\w+).csv"', page_of(rows)))
    tables = {name: list(csv.DictReader(base64.b64decode(data).decode().splitlines())) for data, name in found.items()}
    assert set(tables) == {"figures", "periods", "sources", "pairs", "sentences"}
    assert [line["figure"] for line in tables["figures"]] == ["Tom Ash", "Ada Vale", "Bo Lind"]
    assert float(tables["figures"][0]["net"]) == -0.8


def test_one_person_has_a_story_too() -> None:
    page = page_of([row("Tom Ash", "support", text="Ash shone.")])
    assert "Ash shone." in page
    assert '<select id="one">' not in page


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.ids.add(given.get("id") or "")
        if tag == "a":
            self.addresses.append(given["href"] or "")


def links_of(path: Path) -> Links:
    found = Links()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def test_a_folder_becomes_a_site_whose_links_lead_somewhere(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    texts = ["Voters booed Sen. Dana Whitfield.", "Gov. Ines Duarte praised Tom Ash.", "It rained."]
    lines = [{"id": f"n{i}", "title": f"<b>{i}", "date": "2020-01-02", "text": text} for i, text in enumerate(texts)]
    news.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    site = tmp_path / "site"
    assert cli("predict", news, "--format", "html", "--output", site, "--model", toy_model)[0] == 0
    index = links_of(site / "index.html")
    outside = [address for address in index.addresses if not address.startswith("#")]
    assert len([address for address in outside if address.startswith("articles/")]) >= 3
    for address in outside:
        path, _, anchor = unquote(address).partition("#")
        assert (site / path).is_file(), address
        assert not anchor or anchor in links_of(site / path).ids, address
    for article in (site / "articles").iterdir():
        assert "../index.html" in links_of(article).addresses


def test_a_site_where_nobody_is_named(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    site = tmp_path / "site"
    assert cli("predict", tmp_path / "a.txt", "--format", "html", "--output", site, "--model", toy_model)[0] == 0
    assert "Nobody is named in them." in (site / "index.html").read_text(encoding="utf-8")


def test_names_are_text_in_charts() -> None:
    page = page_of([row(HOSTILE, "support", text=HOSTILE, source=HOSTILE, date="2020-01-02")] * 3)
    assert page.count("<script") == 2
    assert "xlink" not in page
    assert not re.search(r"[\x00-\x08]", page)


def test_the_same_chart_is_the_same_text() -> None:
    def draw(figure: Any) -> None:
        figure.add_subplot().plot([1, 2], [3, 4])

    assert svg(draw, 3, 2, "A chart") == svg(draw, 3, 2, "A chart")
    assert svg(draw, 3, 2, 'A "chart" & co').startswith('<svg role="img" aria-label="A &quot;chart&quot; &amp; co"')


def biased(n: int, seed: int) -> tuple[Corpus, list[Stance]]:
    """A corpus whose model takes half of all support for neutral, and the gold of its rows."""
    generator = np.random.default_rng(seed)
    gold: list[Stance] = [STANCES[k] for k in generator.choice(3, n, p=[0.5, 0.2, 0.3])]
    rows = []
    for number, label in enumerate(gold):
        said: Stance = "neutral" if label == "support" and generator.random() < 0.5 else label
        rows.append(row("Tom Ash", said, f"a{number}", f"Sentence {number}."))
    return collect(rows), gold


@pytest.mark.slow
def test_corrected_shares_hold_where_raw_ones_do_not() -> None:
    hits = []
    for seed in range(60):
        corpus, gold = biased(2000, seed)
        drawn = np.random.default_rng(seed + 1000).choice(2000, 200, replace=False)
        sample = Sample({int(number): gold[number] for number in drawn}, 200)
        share = gold.count("support") / len(gold)
        found = next(line for line in corrected(corpus, sample, []) if line["measure"] == "support")
        assert found["raw"] < share - 0.1
        hits.append(found["low"] <= share <= found["high"])
    assert np.mean(hits) >= 0.88


@pytest.mark.slow
def test_a_sample_is_matched_to_the_rows(cli: Any, table: Path, rows: list[Prediction], tmp_path: Path) -> None:
    sample = tmp_path / "sample.jsonl"
    lines = [
        {"sentence": line.sentence, "target": line.figure, "stance": "neutral", "document": line.document,
         "drawn_by": "random" if number % 2 else "uncertainty"}
        for number, line in enumerate(rows[:160])
    ]  # fmt: skip
    lines.append({"sentence": "Not there.", "target": "Tom Ash", "stance": "oppose"})
    sample.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    code, _, errors = cli("report", table, "--sample", sample, "--format", "csv", "--output", tmp_path / "out")
    assert code == 0
    assert "80 rows left out, not drawn at random" in errors
    assert "80 of its 81 rows are among the rows" in errors
    with (tmp_path / "out" / "corrected.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    everybody = {line["measure"]: line for line in found if not line["figure"]}
    assert float(everybody["neutral"]["corrected"]) == 1 > float(everybody["neutral"]["raw"])
    assert 0.9 < float(everybody["neutral"]["low"]) < 1, "eighty rows alike do not make it certain"
    assert everybody["neutral"]["method"] == "labelled rows alone"
    page = tmp_path / "x.html"
    assert cli("report", table, "--sample", sample, "--output", page)[0] == 0
    assert "Corrected shares are below" in page.read_text(encoding="utf-8")


def test_a_sample_of_other_rows_is_refused(cli: Any, table: Path, tmp_path: Path) -> None:
    sample = tmp_path / "sample.jsonl"
    sample.write_text('{"sentence": "No.", "target": "Tom Ash", "stance": "oppose"}', encoding="utf-8")
    code, _, errors = cli("report", table, "--sample", sample, "--output", tmp_path / "x.html")
    assert code == 1
    assert "found 0 of 401 rows labelled" in " ".join(errors.split())


@pytest.mark.browser
def test_two_figures_stand_side_by_side(browser: Any, rows: list[Prediction], tmp_path: Path) -> None:
    from selenium.webdriver.support.select import Select

    third = [row("Bo Lind", "neutral", f"c{number}") for number in range(6)]
    opened(browser, page_of([*rows, *third]), tmp_path)
    names = [story.get_attribute("aria-label") for story in visible(browser, ".story")]
    assert names == ["Tom Ash", "Ada Vale"]
    assert "higher than toward Tom Ash" in browser.find_element("id", "difference").text
    Select(browser.find_element("id", "one")).select_by_visible_text("Bo Lind")
    names = [story.get_attribute("aria-label") for story in visible(browser, ".story")]
    assert names == ["Bo Lind", "Ada Vale"], "the first chosen stands first"
    assert_quiet(browser)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(380, "dark"), (1100, "light")])
def test_axe_finds_no_serious_fault(
    browser: Any, rows: list[Prediction], tmp_path: Path, width: int, scheme: str
) -> None:
    hostile = [row(HOSTILE * 3, "oppose", f"h{n}", HOSTILE, source=HOSTILE, date="2020-03-01") for n in range(50)]
    opened(browser, page_of([*rows, *hostile]), tmp_path)
    show_at(browser, width, scheme)
    assert browser.title == "91 articles · stance"
    assert_accessible(browser, width)
    assert_quiet(browser)


@pytest.mark.browser
def test_articles_of_a_site_are_found(browser: Any, cli: Any, toy_model: Path, tmp_path: Path) -> None:
    (tmp_path / "ash.txt").write_text("Tom Ash won.", encoding="utf-8")
    (tmp_path / "duarte.txt").write_text("Gov. Ines Duarte praised Tom Ash.", encoding="utf-8")
    cli("predict", tmp_path / "ash.txt", tmp_path / "duarte.txt", "--format", "html", "--output", tmp_path / "site",
        "--model", toy_model)  # fmt: skip
    browser.get((tmp_path / "site" / "index.html").as_uri())
    assert len(visible(browser, ".articles li")) == 2
    browser.find_element("id", "find").send_keys("DUARTE")
    (only,) = visible(browser, ".articles li a")
    only.click()
    assert visible(browser, ".sentence")
    assert_quiet(browser)
