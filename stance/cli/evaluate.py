"""`stance evaluate`: how right a model is on labelled rows or annotated articles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stance.cli.common import Tally, note
from stance.cli.effects import refuse_given
from stance.cli.keeping import refuse_read
from stance.cli.pages import about_model
from stance.cli.provenance import digest_of_articles, digest_of_files, provenance
from stance.cli.train import read_labelled
from stance.errors import InputError, UsageError
from stance.records import Failure

if TYPE_CHECKING:
    from stance.model import Model
    from stance.records import Document, LabelledRow
    from stance.report.scored import Scored


def evaluate(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILES", help="Labelled rows (.jsonl, .csv, .parquet); `-` is JSON lines on stdin."),
    ] = None,
    dataset: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A labelled set of `stance datasets`; may be repeated.")
    ] = None,
    split: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which split of the sets: dev by default, else test.")
    ] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Articles, or a folder of them, with X.gold.jsonl beside each X.txt."),
    ] = None,
    behaviour: Annotated[bool, typer.Option("--behaviour", help="The behavioural suite, by capability.")] = False,
    model: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A model file; the shipped model by default.")
    ] = None,
    trust: Annotated[bool, typer.Option("--trust", help="Open a .joblib model that has no .npz beside it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the scores as JSON.")] = False,
    compare: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another model, to compare with on the same rows.")
    ] = None,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with charts and errors.")] = None,
    plots: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write the charts as SVG and PNG.")] = None,
) -> None:
    """Score a model against gold labels.

    \b
    Examples:
      stance evaluate mine.csv --model mine.joblib
      stance evaluate --dataset newsmtsc-rw --dataset newsmtsc-mt --json
      stance evaluate --articles seeds/
      stance evaluate mine.csv --compare old.joblib --report mine.html
    """
    from stance.model import load
    from stance.reading import ARTICLE_SUFFIXES

    if not (files or dataset or articles or behaviour):
        raise UsageError(
            "expected labelled rows to score, found none; name files, --dataset NAME, --articles PATH or --behaviour"
        )
    _refuse_without_effect(context, files, dataset)
    refuse_read([report], [*(files or []), *(articles or []), model, compare], ARTICLE_SUFFIXES)
    loaded, other = load(model, trust=trust), load(compare, trust=trust) if compare else None
    tally = Tally()
    results = {name: _labelled(name, rows, loaded, other) for name, rows in _rows(files, dataset, split, tally)}
    if articles:
        results["articles"] = _articles(loaded, articles, tally)
    if behaviour:
        results["behaviour"] = _behaviour(loaded)
    if not results:
        raise InputError("expected labelled rows, found none that could be read; see the messages above")
    if report:
        _write_report(results, loaded, _named(model, loaded), _named(compare, other) if other else None, report)
    if plots:
        _write_plots([one.scored for one in results.values() if one.scored], plots)
    if as_json:
        _print_json(results, loaded, other)
    else:
        _print(results)
    tally.leave()


@dataclass(frozen=True, slots=True)
class _Result:
    """What was found of one source: its scores, the digest of what was scored, and of labelled rows more."""

    scores: dict[str, Any]
    digest: str
    scored: Scored | None = None


def _refuse_without_effect(context: typer.Context, files: list[str] | None, dataset: list[str] | None) -> None:
    if not dataset:
        refuse_given(context, ["split"], "without --dataset, whose rows it chooses")
    if not (files or dataset):
        refuse_given(context, ("compare", "plots"), "without labelled rows (files, or --dataset), for which it is")


def _rows(
    files: list[str] | None, dataset: list[str] | None, split: str | None, tally: Tally
) -> Iterator[tuple[str, list[LabelledRow]]]:
    """The sources of labelled rows that have any."""
    from stance import datasets

    for name in files or []:
        if rows := read_labelled(name, tally):
            yield name, rows
    for name in dataset or []:
        yield name, list(datasets.load_labelled(name, split or datasets.default_split(name)))


def _labelled(name: str, rows: list[LabelledRow], model: Model, other: Model | None) -> _Result:
    from stance.report.scored import Scored
    from stance.training import digest_of

    targets = [row.target for row in rows]
    scored = Scored(name, rows, model.predict_proba(targets), other.predict_proba(targets) if other else None)
    return _Result(scored.to_dict(), digest_of(rows), scored)


def _articles(model: Model, named: list[str], tally: Tally) -> _Result:
    """Scores over all articles with gold."""
    from stance.articles_evaluation import evaluate_documents

    documents = _annotated(named, tally)
    return _Result(evaluate_documents(model, documents).to_dict(), digest_of_articles(documents))


def _annotated(named: list[str], tally: Tally) -> list[Document]:
    """The articles named, and of folders those that have gold."""
    from stance.reading import read_article

    found = (name if isinstance(name, Failure) else read_article(name, note) for name in _with_gold(named))
    documents = list(tally.only_read(found))
    if not documents:
        raise InputError(
            f"expected articles with X.gold.jsonl beside X.txt, found none in {', '.join(named)}; "
            "name the folder that holds both"
        )
    return documents


def _with_gold(named: list[str]) -> Iterator[str | Failure]:
    from stance.reading import find_inputs

    for found in find_inputs(named, lambda _: None):
        if isinstance(found, Failure) or _has_gold(Path(found)):
            yield found
        elif found in named:
            message = "expected an article with its gold beside it (X.gold.jsonl of X.txt), found none; write it first"
            yield Failure(found, f"{found}: {message}")


def _has_gold(path: Path) -> bool:
    from stance.gold import gold_path
    from stance.reading import is_table

    # Of what shares its name, gold belongs to the text.
    others = path.with_suffix(".txt").is_file() and path.suffix != ".txt"
    return not is_table(path) and not others and gold_path(path).is_file()


def _behaviour(model: Model) -> _Result:
    from stance.behaviour import evaluate_behaviour, read_cases
    from stance.shipped import shipped

    folder = shipped("data", "behaviour")
    return _Result(evaluate_behaviour(model, read_cases(folder)), digest_of_files(sorted(folder.glob("*.jsonl"))))


def _named(path: Path | None, model: Model) -> str:
    return f"{path or 'the shipped model'} ({about_model(model).rstrip('.')})"


def _write_report(results: dict[str, _Result], model: Model, about: str, other: str | None, path: Path) -> None:
    from stance.report import evaluation_page, write_page

    scored = [one.scored for one in results.values() if one.scored]
    others = {name: one.scores for name, one in results.items() if not one.scored}
    write_page(evaluation_page(model, scored, others, about, other), path)


def _print(results: dict[str, _Result]) -> None:
    from stance.render import render_evaluation

    for name, one in results.items():
        typer.echo(render_evaluation(name, one.scores))


def _print_json(results: dict[str, _Result], model: Model, other: Model | None) -> None:
    """The scores as JSON; of several sources, by their names."""
    found = {
        name: {**one.scores, "provenance": provenance(one.digest, model, other if one.scored else None)}
        for name, one in results.items()
    }
    typer.echo(json.dumps(found if len(found) > 1 else next(iter(found.values())), indent=2))


def _write_plots(scored: list[Scored], folder: Path) -> None:
    from stance.report.evaluation_charts import write_plots
    from stance.report.site import made_folder

    for place, one in enumerate(scored):
        stem = re.sub(r"[^\w-]+", "-", Path(one.name).stem) or "rows"
        taken = [re.sub(r"[^\w-]+", "-", Path(before.name).stem) for before in scored[:place]]
        write_plots(one, made_folder(folder), f"{stem}-{place}" if stem in taken else stem)
