"""Put what the code says into the pages that quote it.

python docs/renew.py                the help screens in commands.md
python docs/renew.py --notebook     and the outputs of tutorial.ipynb (needs the group `notebook`)
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from typer.testing import CliRunner

from stance.cli.app import app

DOCS = Path(__file__).parent
COMMANDS = DOCS / "commands.md"
_MARK = re.compile(r"<!-- help: (\w+) -->\n(?:\n```text\n.*?```\n)?", re.DOTALL)


def help_screen(command: str) -> str:
    """What `stance COMMAND --help` prints at 80 columns."""
    result = CliRunner().invoke(app, [command, "--help"], prog_name="stance", env={"COLUMNS": "80"})
    usage, *lines = (line.rstrip() for line in result.stdout.strip().splitlines())
    # Some versions of Typer put dots after an argument that may be repeated.
    return "\n".join((usage.removesuffix("..."), *lines))


def renewed(page: str) -> str:
    """The page with the help screens as they are now."""
    return _MARK.sub(lambda mark: f"<!-- help: {mark[1]} -->\n\n```text\n{help_screen(mark[1])}\n```\n", page)


def execute(notebook: Path, target: Path) -> None:
    """Run a notebook beside its files and write it with its outputs.

    Raises:
        CellExecutionError: A cell fails.
    """
    import nbformat
    from nbclient import NotebookClient

    content = nbformat.read(notebook, as_version=4)
    NotebookClient(content, timeout=600, resources={"metadata": {"path": str(notebook.parent)}}).execute()
    for cell in content.cells:
        cell.metadata.pop("execution", None)  # times of day, new in every run
    nbformat.write(content, target)


def main() -> None:
    """Renew what was asked for."""
    COMMANDS.write_text(renewed(COMMANDS.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    if "--notebook" in sys.argv:
        execute(DOCS / "tutorial.ipynb", DOCS / "tutorial.ipynb")


if __name__ == "__main__":
    main()
