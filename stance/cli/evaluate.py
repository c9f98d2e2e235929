"""`stance evaluate`: how right a model is on labelled rows or annotated articles."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stance.cli.common import Tally, note
from stance.cli.keeping import refuse_read
from stance.cli.pages import about_model
from stance.cli.provenance import digest_of_articles, digest_of_files, provenance
from stance.cli.train import read_labelled
from stance.errors import InputError, UsageError

if TYPE_CHECKING:
    from stance.model import Model
    from stance.records import Document, LabelledRow
    from stance.report.scored import Scored


def evaluate(
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
    if not (files or dataset or articles or behaviour):
        raise UsageError(
            "expected labelled rows to score, found none; name files, --dataset NAME, --articles PATH or --behaviour"
        )
    from stance.model import load
    from stance.reading import ARTICLE_SUFFIXES
    from stance.training import digest_of

    refuse_read([report], [*(files or []), *(articles or []), model, compare], ARTICLE_SUFFIXES)

    loaded = load(model, trust=trust)
    other = load(compare, trust=trust) if compare else None
    tally = Tally()
    labelled = [(name, rows) for name in files or [] if (rows := read_labelled(name, tally))]
    labelled += [(name, _rows_of(name, split)) for name in dataset or []]
    scored = [_score(name, rows, loaded, other) for name, rows in labelled]
    scores: dict[str, dict[str, Any]] = {one.name: one.to_dict() for one in scored}
    digests = {name: digest_of(rows) for name, rows in labelled}
    if articles:
        documents = _annotated(articles, tally)
        scores["articles"], digests["articles"] = _score_articles(loaded, documents), digest_of_articles(documents)
    if behaviour:
        scores["behaviour"], digests["behaviour"] = _score_behaviour(loaded), digest_of_files(_behaviour_files())
    if not scores:
        raise InputError("expected labelled rows, found none that could be read; see the messages above")
    if report:
        from stance.report import evaluation_page, write_page

        unlabelled = {name: found for name, found in scores.items() if name not in dict(labelled)}
        against = _named(compare, other) if other else None
        write_page(evaluation_page(loaded, scored, unlabelled, _named(model, loaded), against), report)
    if plots:
        _write_plots(scored, plots)
    if as_json:
        found = {n: {**one, "provenance": provenance(digests[n], loaded, other)} for n, one in scores.items()}
        whole = found if len(found) > 1 else next(iter(found.values()))
        typer.echo(json.dumps(whole, indent=2))
    else:
        from stance.render import render_evaluation

        for name, one in scores.items():
            typer.echo(render_evaluation(name, one))
    tally.leave()


def _rows_of(name: str, split: str | None) -> list[LabelledRow]:
    from stance import datasets

    return list(datasets.load_labelled(name, split or datasets.default_split(name)))


def _score(name: str, rows: list[LabelledRow], model: Model, other: Model | None) -> Scored:
    from stance.report.scored import Scored

    targets = [row.target for row in rows]
    return Scored(name, rows, model.predict_proba(targets), other.predict_proba(targets) if other else None)


def _named(path: Path | None, model: Model) -> str:
    return f"{path or 'the shipped model'} ({about_model(model).rstrip('.')})"


def _write_plots(scored: list[Scored], folder: Path) -> None:
    from stance.report.evaluation_charts import write_plots
    from stance.report.site import made_folder

    for place, one in enumerate(scored):
        stem = re.sub(r"[^\w-]+", "-", Path(one.name).stem) or "rows"
        taken = [re.sub(r"[^\w-]+", "-", Path(before.name).stem) for before in scored[:place]]
        write_plots(one, made_folder(folder), f"{stem}-{place}" if stem in taken else stem)


def _score_behaviour(model: Any) -> dict[str, Any]:
    from stance.behaviour import evaluate_behaviour, read_cases
    from stance.shipped import shipped

    return evaluate_behaviour(model, read_cases(shipped("data", "behaviour")))


def _behaviour_files() -> list[Path]:
    from stance.shipped import shipped

    return sorted(shipped("data", "behaviour").glob("*.jsonl"))


def _annotated(named: list[str], tally: Tally) -> list[Document]:
    """The articles with gold among those named."""
    from stance.gold import gold_path
    from stance.reading import read_documents

    documents = [
        document
        for document in tally.only_read(read_documents(named, note=note))
        if gold_path(Path(document.id)).is_file()
    ]
    if not documents:
        raise InputError(f"expected articles with X.gold.jsonl beside X.txt, found none in {', '.join(named)}")
    return documents


def _score_articles(model: Any, documents: list[Document]) -> dict[str, Any]:
    """Scores over all articles."""
    from stance.analysis import predict_documents
    from stance.articles_evaluation import evaluate_articles
    from stance.gold import gold_path, read_gold

    pairs = [
        (predicted, read_gold(gold_path(Path(document.id)), document.text))
        for document, predicted in predict_documents(model, documents)
    ]
    return evaluate_articles(pairs).to_dict()
