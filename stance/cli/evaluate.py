"""`stance evaluate`: how right a model is on labelled rows or annotated articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from stance.cli.common import Tally, note
from stance.cli.train import read_labelled
from stance.errors import InputError, UsageError


def evaluate(
    files: Annotated[
        list[str] | None, typer.Argument(help="Labelled rows (.jsonl, .csv, .parquet); `-` is JSON lines on stdin.")
    ] = None,
    dataset: Annotated[
        list[str] | None, typer.Option(help="A labelled set by name (see `stance datasets`); may be repeated.")
    ] = None,
    split: Annotated[str | None, typer.Option(help="Which split of the sets: dev by default, else test.")] = None,
    articles: Annotated[
        list[str] | None, typer.Option(help="Articles, or a folder of them, with X.gold.jsonl beside each X.txt.")
    ] = None,
    behaviour: Annotated[bool, typer.Option("--behaviour", help="The behavioural suite, by capability.")] = False,
    model: Annotated[Path | None, typer.Option(help="A model file; the shipped model by default.")] = None,
    trust: Annotated[bool, typer.Option("--trust", help="Open a .joblib model that has no .npz beside it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the scores as JSON.")] = False,
) -> None:
    """Score a model against gold labels.

    \b
    Examples:
      stance evaluate mine.csv --model mine.joblib
      stance evaluate --dataset newsmtsc-rw --dataset newsmtsc-mt --json
      stance evaluate --articles seeds/
    """
    if not (files or dataset or articles or behaviour):
        raise UsageError(
            "expected labelled rows to score, found none; name files, --dataset NAME, --articles PATH or --behaviour"
        )
    from stance.model import load

    loaded = load(model, trust=trust)
    tally = Tally()
    scores: dict[str, dict[str, Any]] = {}
    for name in files or []:
        if rows := read_labelled(name, tally):
            scores[name] = _score(loaded, rows)
    for name in dataset or []:
        scores[name] = _score(loaded, _rows_of(name, split))
    if articles:
        scores["articles"] = _score_articles(loaded, articles, tally)
    if behaviour:
        scores["behaviour"] = _score_behaviour(loaded)
    if not scores:
        raise InputError("expected labelled rows, found none that could be read; see the messages above")
    if as_json:
        whole = scores if len(scores) > 1 else next(iter(scores.values()))
        typer.echo(json.dumps(whole, indent=2))
    else:
        from stance.render import render_evaluation

        for name, found in scores.items():
            typer.echo(render_evaluation(name, found))
    tally.leave()


def _rows_of(name: str, split: str | None) -> list[Any]:
    from stance import datasets

    return list(datasets.load_labelled(name, split or datasets.default_split(name)))


def _score(model: Any, rows: list[Any]) -> dict[str, Any]:
    from stance.evaluation import evaluate as score

    return score([row.stance for row in rows], model.predict_proba([row.target for row in rows])).to_dict()


def _score_behaviour(model: Any) -> dict[str, Any]:
    from stance.behaviour import evaluate_behaviour, read_cases
    from stance.shipped import shipped

    return evaluate_behaviour(model, read_cases(shipped("data", "behaviour")))


def _score_articles(model: Any, named: list[str], tally: Tally) -> dict[str, Any]:
    """Scores over all articles with gold among those named."""
    from stance.analysis import predict_documents
    from stance.articles_evaluation import evaluate_articles
    from stance.gold import gold_path, read_gold
    from stance.reading import read_documents

    documents = [
        document
        for document in tally.only_read(read_documents(named, note=note))
        if gold_path(Path(document.id)).is_file()
    ]
    if not documents:
        raise InputError(f"expected articles with X.gold.jsonl beside X.txt, found none in {', '.join(named)}")
    pairs = [
        (predicted, read_gold(gold_path(Path(document.id)), document.text))
        for document, predicted in predict_documents(model, documents)
    ]
    return evaluate_articles(pairs).to_dict()
