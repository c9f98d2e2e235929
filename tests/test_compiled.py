"""The compiled build of the figure finder finds what the plain sources find, to the last character."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from stance import datasets
from stance.shipped import shipped

ROOT = Path(__file__).parent.parent
# Prints where the finder is loaded from, then what it finds in each text.
READ = """
import json, sys
from dataclasses import asdict
from stance.figures import finder, read_text
from stance import sentences, spans
print(finder.__file__, sentences.__file__, spans.__file__)
for text in json.load(sys.stdin):
    print(json.dumps(asdict(read_text(text)), ensure_ascii=True))
"""
STATED = ("test_figures.py", "test_known.py", "test_names.py", "test_references.py", "test_sentences.py")


def python(tree: Path, *arguments: str, given: str = "") -> str:
    """What Python prints with the package of a tree, and no other."""
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, input=given, capture_output=True, text=True
    )
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of `make compiled`, unpacked."""
    folder = tmp_path_factory.mktemp("compiled")
    stamp, here = ".venv/.base", Path(sys.executable).parent
    subprocess.run(["make", "-s", "-o", stamp, "compiled", f"BIN={here}", f"DIST={folder}"], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "tree")
    return folder / "tree"


def same(compiled: Path, texts: list[str]) -> None:
    given = json.dumps(texts)
    (plain_files, *plain), (fast_files, *fast) = (
        python(tree, "-c", READ, given=given).splitlines() for tree in (ROOT, compiled)
    )
    assert all(name.endswith(".py") for name in plain_files.split())
    assert all(name.endswith((".so", ".pyd")) for name in fast_files.split())
    assert len(plain) == len(texts)
    assert fast == plain


@pytest.mark.compiled
def test_articles_are_read_alike(compiled: Path) -> None:
    folders = (shipped("seeds"), shipped("data", "articles", "dev"))
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    same(compiled, [*texts, *(text.upper() for text in texts), *(text.lower() for text in texts)])


@pytest.mark.compiled
@pytest.mark.skipif("STANCE_DATASETS" not in os.environ, reason="needs the public sets")
def test_paragraphs_of_gap_are_read_alike(compiled: Path) -> None:
    same(
        compiled, [case.text for case in datasets.load("gap", "development") if isinstance(case, datasets.PronounCase)]
    )


@pytest.mark.compiled
def test_what_the_tests_state_holds(compiled: Path) -> None:
    python(compiled, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(str(ROOT / "tests" / name) for name in STATED))


@pytest.mark.compiled
@pytest.mark.usefixtures("compiled")
def test_the_tree_is_left_as_it_was() -> None:
    assert not list((ROOT / "stance").rglob("*.so"))
    assert not list(ROOT.glob("*.so"))
