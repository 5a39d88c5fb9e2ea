"""Commands that look closer: review, find and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ..writing.acting import LONGEST, is_blank, named, shown
from .arguments import Documents, Made, Place, put, refuse_source, workspace_option
from .group import REFUSED, main


@main.command()
@click.argument("file", type=Place(allow_dash=True), required=False)
@workspace_option
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the page.")
@click.option("--out", metavar="PAGE", type=Made(".html", ".htm"), help="Where to write it.  [default: <name>.review.html]")
@click.option("--apply", "answers", metavar="ANSWERS", type=Place(path_type=Path), help="Add the corrections that a page gave to data/manual.")
def review(file: str | None, lang: str, out: Path | None, answers: Path | None) -> None:
    """Write a page on which to check what was read from FILE, and to make corrections; or apply what such a page gave.

    Example: tongbi review data/raw/bijie/bijie-2017.txt --lang en
    """
    if answers is not None:
        from .. import corrections
        from ..project import MANUAL, find_root

        path = find_root() / MANUAL / corrections.FILE
        click.echo(f"{corrections.add(answers, path)} corrections added to {named(path)}; next: tongbi data")
    elif file is None:
        raise click.UsageError("name a FILE to review, or ANSWERS with --apply")
    else:
        from .. import wholefiles
        from ..documents import read
        from ..project import REVIEW_PAGE
        from ..review import review_page

        document = read(file)
        out = out or Path(document.id + REVIEW_PAGE)
        refuse_source(out, [file])
        wholefiles.replace_files(out.parent, {out.name: review_page(document, lang).encode("utf-8", "backslashreplace")})
        click.echo(named(out))


@main.command()
@click.argument("name")
@click.argument("files", metavar="[FILE...]", nargs=-1, type=Place(allow_dash=True))
@workspace_option
@click.option("--region", metavar="PLACE", help="Only this place: a region's id or a Chinese name.")
@click.option("--period", metavar="PERIOD", help="Only what lies within it, such as 2019 or 2015..2019.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "jsonl", "xlsx"]), default="table", show_default=True, help="How to print.")
@click.option("--out", metavar="FILE", type=Made(), help="Where to write an xlsx.  [default: found.xlsx]")
@click.pass_context
def find(ctx: click.Context, name: str, files: tuple[str, ...], region: str | None, period: str | None, form: str, out: Path | None) -> None:
    """Find one indicator, by its Chinese or English name: place, period, value, change, verdict, sentence; in FILEs, else in the data
    (of data/archive, where there is one).

    Example: tongbi find 破案率 bulletins/2019.txt --format table
    """
    from .. import catalogue, finding, printing, verbs, wholefiles
    from ..periods import Period, PeriodError
    from ..project import find_root

    if is_blank(name):
        raise click.UsageError("NAME is blank: write the Chinese or English name of an indicator")
    if out is not None and (form != "xlsx" or out.suffix.lower() != ".xlsx"):
        raise click.UsageError(f"{named(out)}: --out names a workbook: write --format xlsx --out FILE.xlsx; the other formats are printed")
    if period is not None:
        try:
            Period.parse(period)
        except PeriodError as error:
            raise click.UsageError(f"--period: {error}") from error
    out = out or Path("found.xlsx")
    if form == "xlsx":
        refuse_source(out, files)
    documents = Documents(files)
    known = catalogue.load() if files else catalogue.of(find_root())
    if files:
        from ..audit import of_documents
        from ..observing import observe

        held = list(documents)
        observations = observe(*held)
        rows = finding.find(name, observations, of_documents(held, observations, known), known, region, period)
    else:
        rows = verbs.find(name, region=region, period=period)
    if form == "xlsx":
        wholefiles.replace_files(out.parent, {out.name: finding.as_workbook(rows)})
        click.echo(named(out))
    elif form == "csv":
        sys.stdout.write(_csv_text(rows))
    elif form == "jsonl":
        put(map(printing.to_json, rows.to_dict("records")))
    else:
        put(printing.aligned(finding.COLUMNS, [tuple("" if cell is None else str(cell) for cell in row) for row in rows.values.tolist()], last=None))
    if not len(rows):
        near = ", ".join(known.nearest(name)) or "nothing"
        where = "here" if region is None and period is None else "in that place and period"
        click.echo(f"nothing is called {shown(name)[:LONGEST]} {where}; near it in the catalogue: {near}", err=True)
    ctx.exit(REFUSED if documents.refused else 0)


def _csv_text(rows: Any) -> str:
    import csv
    import io

    from ..tablefiles import guard

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([guard(cell) if isinstance(cell, str) else cell for cell in row] for row in rows.values.tolist())
    return buffer.getvalue()


@main.command()
@click.argument("number")
@click.option("--report", metavar="REGION/PERIOD", required=True, help="The published report, such as bijie/2017.")
@click.option("--out", metavar="FOLDER", type=Place(path_type=Path), help="Where reports are published.  [default: reports]")
@workspace_option
def why(number: str, report: str, out: Path | None) -> None:
    """Say why NUMBER stands in a published report: its sentence, document, verdict, and the formula of what was computed.

    Example: tongbi why 12,364 --report bijie/2017
    """
    from ..project import find_root
    from ..publish.why import why as reasons

    put(reasons(number, report, out or find_root() / "reports"))
