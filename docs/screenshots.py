"""Takes the screenshots in docs/ anew, in a real browser.

    python docs/screenshots.py      (chromium, chromedriver, selenium; pip install "political-stance[report]")

The example corpus is made of the project's own invented sentences: their figures are renamed to a handful, with dates
and sources made up, so that there is a story to see. It stands for nothing.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stance import datasets, find_figures
from stance.shipped import shipped

DOCS = Path(__file__).parent
PEOPLE = ("Gov. Ines Duarte", "Sen. Dana Whitfield", "Mayor Tomas Oyelaran", "Rep. Clara Voss", "Sen. Hugh Penrose")
LEANING = {"support": (5, 1, 3, 2, 2), "oppose": (1, 5, 2, 3, 2), "neutral": (2, 2, 2, 2, 2)}
SOURCES = ("Harbor Post", "The Ledger", "Evening Call")
SENTENCES = 2400
COLOURS = 160


def example_corpus(path: Path) -> None:
    """Six hundred short articles about five people, as JSON lines."""
    chance = random.Random(0)
    rows = datasets.load_labelled("own", "train")
    named_alone = [row for row in rows if row.name.count(" ") == 1 and len(find_figures(row.target.sentence)) == 1]
    sentences = []
    for row in chance.sample(named_alone, SENTENCES):
        (person,) = chance.choices(PEOPLE, LEANING[row.stance])
        start, end = row.target.mentions[0]
        sentences.append(row.target.sentence[:start] + person.split(" ", 1)[1] + row.target.sentence[end:])
    with path.open("w", encoding="utf-8") as stream:
        for number in range(0, len(sentences), 4):
            article = {
                "id": f"article-{number // 4 + 1}",
                "date": f"2024-{chance.randint(1, 11):02}-{chance.randint(1, 28):02}",
                "source": chance.choice(SOURCES),
                "text": "\n\n".join(sentences[number : number + 4]),
            }
            stream.write(json.dumps(article) + "\n")


@contextmanager
def browser() -> Iterator[Any]:
    """A browser without a window."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    chrome = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield chrome
    finally:
        chrome.quit()


def take(chrome: Any, page: Path, name: str, size: tuple[int, int], scheme: str = "light", script: str = "") -> None:
    """One screenshot, in few colours so that it stays small."""
    from PIL import Image

    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    chrome.get(page.as_uri())
    chrome.execute_script(script)
    image = Image.open(io.BytesIO(chrome.get_screenshot_as_png())).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(DOCS / f"{name}.png", optimize=True)


def stance(*arguments: object) -> None:
    """Run the command line."""
    subprocess.run([sys.executable, "-m", "stance", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Make the pages and take them."""
    with tempfile.TemporaryDirectory() as folder, browser() as chrome:
        made = Path(folder)
        example_corpus(made / "news.jsonl")
        article, corpus, evaluation = made / "rally.html", made / "site" / "index.html", made / "evaluation.html"
        stance(
            "predict", shipped("seeds", "rally.txt"), "--min-probability", 0.45, "--format", "html", "--output", article
        )
        stance("predict", made / "news.jsonl", "--format", "html", "--output", corpus.parent)
        stance("evaluate", "--dataset", "own", "--report", evaluation)
        title = "document.querySelector('h1').textContent = 'seeds/rally.txt';"
        click = "document.querySelectorAll('.call.support:not(.uncertain)')[2].click();"
        side = "document.querySelector('#compare').scrollIntoView()"
        charts = "document.querySelector('.charts').scrollIntoView()"
        take(chrome, article, "article", (1280, 900), script=title + click + "scrollTo(0, 500)")
        take(chrome, article, "article-phone", (390, 760), "dark", title + "scrollTo(0, 660);" + click)
        take(chrome, corpus, "corpus", (1000, 900))
        take(chrome, corpus, "corpus-phone", (390, 760), script=side)
        take(chrome, corpus, "side-by-side", (1000, 760), "dark", side)
        take(chrome, evaluation, "evaluation", (1000, 1150))
        take(chrome, evaluation, "evaluation-phone", (390, 760), "dark", charts)


if __name__ == "__main__":
    main()
