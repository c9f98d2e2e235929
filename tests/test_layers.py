"""Data flows one way: a module imports only from those before it in this list."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import stance

ORDER = [
    "errors", "counting", "arrays", "records", "shipped", "resources", "atomic", "language", "spans", "sentences",
    "figures", "values", "soundness", "rows", "reading", "datasets", "features", "encoder", "calibration",
    "evaluation", "comparison", "gold", "pipeline", "compiled", "reasons", "archive", "assembly", "probe",
    "unpickling", "storage", "verification", "training", "analysis", "articles_evaluation", "summary", "marked",
    "model", "statement", "card", "behaviour", "writing", "frames", "labelling", "batch", "ray", "render", "report",
    "cli",
]  # fmt: skip
PACKAGE = Path(stance.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if "_shipped" not in path.parts)


def part_of(module: Path) -> str:
    return module.with_suffix("").parts[0]


def imported_parts(module: Path) -> set[str]:
    parts = set()
    for node in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "stance":
            names = node.module.split(".")[1:2] or [alias.name for alias in node.names]
            parts.update(names)
        elif isinstance(node, ast.Import):
            parts.update(name.name.split(".")[1] for name in node.names if name.name.startswith("stance."))
    return parts - {"__version__"}


@pytest.mark.parametrize("module", [m for m in MODULES if part_of(m) not in ("__init__", "__main__")], ids=str)
def test_modules_import_only_from_layers_before_them(module: Path) -> None:
    here = ORDER.index(part_of(module))
    below = {part for part in imported_parts(module) if ORDER.index(part) > here}
    assert not below, f"{module} imports {sorted(below)}, which stand after {part_of(module)}"


def test_every_part_of_the_package_has_its_place() -> None:
    found = {part_of(module) for module in MODULES} - {"__init__", "__main__"}
    assert found == set(ORDER)


def name_of(module: Path) -> str:
    return ".".join(("stance", *module.with_suffix("").parts)).removesuffix(".__init__")


def imported_modules(module: Path, known: set[str]) -> set[str]:
    """What a module imports of the package, wherever it does so: within a function, or for its types alone."""
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & known
            found |= inner or {node.module} & known
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & known
    return found


def test_no_imports_go_round_in_a_circle() -> None:
    names = {name_of(module) for module in MODULES} - {"stance"}  # which has the version, and takes from all
    imports = {name_of(module): imported_modules(module, names) for module in MODULES if name_of(module) in names}
    assert "stance.figures.judging" in imports["stance.figures.names"]
    TopologicalSorter(imports).prepare()  # a CycleError names the modules
