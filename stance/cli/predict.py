"""`stance predict`: articles, or rows, to stances."""

from __future__ import annotations

from typing import Annotated

import typer

from stance.cli.batch import (
    DEFAULTS,
    Batch,
    Engine,
    Force,
    Jobs,
    Place,
    Resume,
    ShardSize,
    Timeout,
    is_folder,
)
from stance.cli.forms import FormatName
from stance.cli.options import (
    AllowPrivate,
    Encoding,
    FigureNames,
    FiguresFile,
    KnownOnly,
    ModelFile,
    Paths,
    TextColumn,
    TextGiven,
    Trust,
    a_number,
)
from stance.cli.request import Request


def predict(
    context: typer.Context,
    paths: Paths = None,
    text: TextGiven = None,
    rows: Annotated[
        bool, typer.Option("--rows", help="The input is a table of (sentence, target) rows, not articles.")
    ] = False,
    text_column: TextColumn = "text",
    encoding: Encoding = None,
    allow_private: AllowPrivate = False,
    figure: FigureNames = None,
    known_only: KnownOnly = False,
    figures_file: FiguresFile = None,
    form: FormatName = None,
    output: Place = None,
    summary: Annotated[bool, typer.Option("--summary", help="One row per article and figure.")] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the article's text, which all offsets count in, to each row.")
    ] = False,
    min_probability: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            callback=a_number,
            metavar="P",
            help="Mark predictions below this probability uncertain.",
        ),
    ] = 0.0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add to each row what its words add to the class scores.")
    ] = False,
    provenance: Annotated[
        bool, typer.Option("--provenance", help="Add to each row the digest of the model that made it.")
    ] = False,
    model: ModelFile = None,
    trust: Trust = False,
    jobs: Jobs = DEFAULTS.jobs,
    engine: Engine = DEFAULTS.engine,
    resume: Resume = DEFAULTS.resume,
    force: Force = DEFAULTS.force,
    shard_size: ShardSize = DEFAULTS.shard_size,
    timeout: Timeout = DEFAULTS.timeout,
) -> None:
    """Say whom each sentence of an article supports or opposes.

    \b
    Examples:
      stance predict article.txt
      stance predict news/ --output stances.jsonl
      stance predict page.html --figure "Hillary Clinton" --summary
      stance predict news/ --format html --output site/
      stance predict rows.csv --rows --output scored.csv
      stance predict corpus/ --output results/ --jobs 4
    """
    from stance.analysis import Options
    from stance.reading import Access

    batch = Batch(jobs, engine, shard_size, timeout, resume, force)
    request = Request(
        context=context,
        paths=paths or [],
        text=text,
        text_column=text_column,
        access=Access(encoding, allow_private),
        options=Options(tuple(figure or ()), known_only, None, min_probability, explain, provenance),
        figures_file=figures_file,
        given_form=form,
        output=output,
        summary=summary,
        with_text=with_text,
        model=model,
        trust=trust,
    )
    if output is not None and form != "html" and is_folder(output):
        from stance.cli.folder import predict_to_folder

        predict_to_folder(request, batch, rows)
    elif rows:
        from stance.cli.rows import predict_rows

        predict_rows(request, batch)
    else:
        from stance.cli.articles import predict_articles

        predict_articles(request, batch)
