"""A toy model, trained once per test run on a few hundred rows of the project's own corpus."""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

import stance.encoder
from stance import datasets
from stance.encoder.states import Encoder
from stance.features.lexicon import Lexicon
from stance.features.lexicon_files import read_lexicon
from stance.features.masked_text import MaskedText
from stance.shipped import shipped
from stance.storage import save
from stance.training import Source, Training, train

# How long an example takes says something of the machine's other work, not of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return read_lexicon(shipped("data", "lexicon"))


@pytest.fixture(scope="session")
def training(lexicon: Lexicon) -> Training:
    return train([Source("own", datasets.load_labelled("own", "dev"))], lexicon)


@pytest.fixture(scope="session")
def toy_model(training: Training, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of the toy model's .joblib file; its .npz lies beside it."""
    path = tmp_path_factory.mktemp("toy") / "toy.joblib"
    save(training.pipeline, training.metadata, path)
    return path


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    """Run the command line in this process: `cli("predict", "x.txt")` gives (exit code, output, messages)."""
    import sys

    from stance.cli.app import main

    def run(*arguments: object, stdin: bytes = b"", columns: int = 100) -> tuple[int, str, str]:
        import io

        monkeypatch.setattr(sys, "argv", ["stance", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        monkeypatch.setenv("COLUMNS", str(columns))
        code = 0
        try:
            main()
        except SystemExit as exit:
            code = exit.code if isinstance(exit.code, int) else 1
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


class Letters(Encoder):
    """Counts letters: enough of an encoder to see that every part passes states on unchanged."""

    def __init__(self, name: str = "letters", size: int = 4) -> None:
        self.name, self.dimension, self._store = name, 3 * size, None
        self.encoded: list[MaskedText] = []

    def _encode(self, texts: Sequence[MaskedText]) -> np.ndarray:
        self.encoded += texts
        digests = [hashlib.sha256(f"{text}".encode()).digest()[: self.dimension] for text in texts]
        return np.array([list(digest) for digest in digests], dtype=np.float32) / 64


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    encoder = Letters()
    monkeypatch.setattr(stance.encoder, "load_encoder", lambda _: encoder)
    return encoder


CHROME = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert None not in (chromium, driver), "this test needs a browser: apt-get install chromium chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (*CHROME, f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1100,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    yield chrome
    chrome.quit()
