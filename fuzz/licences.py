"""The licence of everything that stance needs, from the metadata of what is installed.

python fuzz/licences.py > docs/licences.md
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, metadata, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from stance.shipped import shipped

HEADER = """\
# Licences

What `pip install political-stance` brings along, with the licence that each package states in its own metadata; made by
`python fuzz/licences.py` from an installed environment (Linux). stance itself is MIT; its corpus, lexicon, figures,
articles and cases are CC0.

| package | version | licence |
|---|---|---|"""


def direct() -> list[str]:
    """What pyproject.toml asks for."""
    import tomllib

    project = tomllib.loads(shipped("pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["dependencies"])


def needed(lines: list[str], seen: set[str]) -> Iterator[str]:
    """The packages of requirements and all that these need on this machine, each once."""
    for line in lines:
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        try:
            further = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        yield name
        yield from needed(further, seen)


def licence(name: str) -> str:
    """The licence as the package states it: expression, else classifiers, else the first line of its text."""
    found = metadata(name)
    if expression := found.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(" :: ")[2] for line in found.get_all("Classifier") or [] if line.startswith("License")
    ]
    stated = (found.get("License") or "").strip().split("\n")[0][:60]
    return ", ".join(classifiers) or stated or "not stated"


def main() -> None:
    print(HEADER)
    for name in sorted(needed(direct(), set())):
        print(f"| {name} | {version(name)} | {licence(name)} |")


if __name__ == "__main__":
    main()
