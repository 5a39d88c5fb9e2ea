"""Commands that make the data and the reports of a workspace: data, publish and revisions."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from .arguments import AS_OF, Documents, out_by, put, watched, workspace_option
from .group import DOCUMENT_LEFT_OUT, REFUSED, main


@main.command()
@workspace_option
@click.pass_context
def data(ctx: click.Context) -> None:
    """Rebuild data/processed from data/raw and data/manual.

    A document that cannot be used is named and left out, and the exit code is 1.

    Example: tongbi data
    """
    from .. import catalogue, dataset

    root = dataset.find_root()
    built = dataset.build(root, lambda documents: watched(documents, "reading"))
    for problem in built.problems:
        click.echo(f"left out: {problem}", err=True)
    for doc, warning in built.warnings:
        click.echo(f"not read: {doc}: {warning}", err=True)
    for table, frame in built.tables.items():
        click.echo(f"{dataset.PROCESSED / table}.csv: {len(frame)} rows")
    unknown = catalogue.unknown(built.tables["observations"])
    if len(unknown):
        click.echo(f"{unknown['observations'].sum()} observations have one of {len(unknown)} names the catalogue does not know; the most frequent:")
        for row in unknown.head(10).to_dict("records"):
            click.echo(f"  {row['observations']:3} {row['name']} ({row['unit'] or 'no unit'}, {row['organ']})")
    ctx.exit(DOCUMENT_LEFT_OUT if built.problems else 0)


@main.command()
@workspace_option
@click.option("--region", metavar="ID", help="One region; without it, every region.")
@click.option("--period", metavar="PERIOD", default="newest", show_default=True, help='One period such as 2017 or 2013H1, "newest" or "all".')
@click.option("--lang", "langs", metavar="LIST", default="zh,en", show_default=True, help="Languages, with commas between them.")
@click.option("--out", metavar="FOLDER", type=click.Path(path_type=Path), help="Where to publish.  [default: reports]")
@AS_OF
@click.option("--parameter", "parameters", metavar="NAME=VALUE", multiple=True, help="A further parameter of the notebook.")
def publish(region: str | None, period: str, langs: str, out: Path | None, day: datetime.date | None, parameters: tuple[str, ...]) -> None:
    """Publish the reports of a region and period as PDF, with their notebook and tables.

    As of a day, they lie in a folder of their own, as-of-DATE, beside the ordinary ones.

    Example: tongbi publish --region bijie --period 2017 --lang zh
    """
    from .. import dataset
    from ..documents import load_documents
    from ..publish.kernels import preloaded
    from ..publish.publishing import IncompleteError
    from ..publish.publishing import publish as publish_reports

    if day is not None:
        out_by(day, load_documents(dataset.find_root() / dataset.RAW, on_error=lambda error: None))
    extra = dict(_assignment(parameter) for parameter in parameters)
    languages = [lang.strip() for lang in langs.split(",") if lang.strip()]
    try:
        with preloaded() as kernels:
            made = publish_reports(region, period, languages, out, day=day, parameters=extra, kernels=kernels)
    except IncompleteError as error:
        put(map(str, error.published))
        raise
    put(map(str, made))


@main.command()
@workspace_option
@click.argument("files", metavar="[FILE...]", nargs=-1, type=click.Path(allow_dash=True))
@AS_OF
@click.option("--format", "form", type=click.Choice(["jsonl", "table"]), default="table", show_default=True, help="How to print.")
@click.pass_context
def revisions(ctx: click.Context, files: tuple[str, ...], day: datetime.date | None, form: str) -> None:
    """List the figures that a later document prints differently: of data/processed, or of the FILEs together.

    Example: tongbi revisions --as-of 2024-12-31
    """
    from .. import catalogue, dataset, printing
    from ..observing import observe
    from ..vintages import COLUMNS
    from ..vintages import revisions as revised

    documents = Documents(files)
    known = observe(*out_by(day, documents)) if files else dataset.load(day=day).observations
    rows = revised(known, catalogue.load()).to_dict("records")
    if form == "jsonl":
        put(map(printing.to_json, rows))
    else:
        put(printing.aligned(COLUMNS, [tuple(map(str, row.values())) for row in rows]))
        click.echo(f"{len(rows)} revisions")
    ctx.exit(REFUSED if documents.refused else 0)


def _assignment(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise click.BadParameter(f"{parameter!r} is not NAME=VALUE", param_hint="--parameter")
    return name, value
