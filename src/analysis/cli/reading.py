"""Commands that read files: extract and audit."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ..writing.acting import named
from .arguments import AS_OF, FILES, PROCESSES, Documents, Made, out_by, put, watched
from .group import CONTRADICTION_FOUND, REFUSED, main


@main.command()
@FILES
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "table"]), default="jsonl", show_default=True, help="How to print.")
@click.option(
    "--out", "store", metavar="STORE", type=Made(folder=True), help="Write into an archive: FILEs may be folders, @LIST or @- a list."
)
@click.option("--jobs", metavar="N", type=PROCESSES, default=1, show_default=True, help="Into an archive: processes that read.")
@click.option("--resume", is_flag=True, help="Into an archive: leave out what this code has read already.")
@click.option("--cluster", metavar="ADDRESS", help="Into an archive: a scheduler of `distributed`, whose workers read.")
@click.pass_context
def extract(ctx: click.Context, files: tuple[str, ...], form: str, store: Path | None, jobs: int, resume: bool, cluster: str | None) -> None:
    """Print every number of each FILE with what it says: text, HTML, PDF, DOCX, a workbook or CSV; "-" is standard input.

    With --out, many documents become an archive: a Parquet file each, and the tables of each region.

    Example: tongbi extract data/raw/bijie/bijie-2017.txt --format table
    """
    if store is not None:
        ctx.exit(REFUSED if _archive(files, store, jobs, resume, cluster) else 0)
    from ..extract import extract as ledger_of

    ledgers = []
    documents = Documents(files)
    for document in watched(documents, "reading", len(files)):
        ledger = ledger_of(document)
        if form != "table":
            for warning in ledger.warnings():
                click.echo(f"not read: {ledger.doc}: {warning}", err=True)
        if form == "csv":
            ledgers.append(ledger)
        elif form == "table":
            from ..printing import ledger_table

            put(ledger_table(ledger, document))
        else:
            put(ledger.to_json_lines())
    if form == "csv":
        from .. import tablefiles, tidy

        sys.stdout.write(tablefiles.csv_text(tidy.statements(ledgers), "statements"))
    ctx.exit(REFUSED if documents.refused else 0)


def _archive(files: tuple[str, ...], store: Path, jobs: int, resume: bool, cluster: str | None) -> int:
    """Read into an archive and make the tables of the regions that changed; returns how many documents could not be read."""
    from .. import archive

    names = archive.names_in(name for file in files for name in (_listed(file[1:]) if file.startswith("@") else [file]))
    failed = archive.extract_all(names, store, jobs, resume, cluster)
    for path, trouble in failed:
        click.echo(f"Error: {trouble or named(path)}", err=True)
    click.echo(f"tables made: {', '.join(archive.build_tables(store, jobs=jobs)) or 'none, nothing changed'}")
    for shard in archive.no_longer_there((file for file in files if not file.startswith("@")), store):
        click.echo(f"no longer in the folder, but still in the archive: {named(shard)} (delete it and run again to drop its rows)", err=True)
    return len(failed)


def _listed(name: str) -> Iterator[str]:
    with click.open_file(name, encoding="utf-8", errors="surrogateescape") as lines:  # names are bytes, in whatever encoding
        yield from filter(None, map(str.strip, lines))


@main.command()
@FILES
@click.option("--format", "form", type=click.Choice(["jsonl", "table", "md"]), default="table", show_default=True, help="How to print.")
@click.option("--fail-on", type=click.Choice(["contradiction"]), help="Exit with code 3 when there is one.")
@AS_OF
@click.pass_context
def audit(ctx: click.Context, files: tuple[str, ...], form: str, fail_on: str | None, day: datetime.date | None) -> None:
    """Check the arithmetic of the FILEs together.

    Example: tongbi audit data/raw/bijie/bijie-2017.txt --format md --fail-on contradiction
    """
    from .. import printing
    from ..verbs import audit_documents
    from ..writing.escaping import escape

    documents = Documents(files)
    read = out_by(day, watched(documents, "reading", len(files)))
    findings = audit_documents(*read).to_dict("records")
    for document in read:
        for line in printing.inferred_lines(document):
            said = f"{document.id}: {line.removeprefix('# ')}"
            click.echo(escape(said) if form == "md" else said, err=form == "jsonl")
    printer = {"jsonl": printing.findings_json_lines, "table": printing.findings_table, "md": printing.findings_markdown}[form]
    put(printer(findings))
    failed = fail_on and any(finding["verdict"] == fail_on for finding in findings)
    ctx.exit(REFUSED if documents.refused else CONTRADICTION_FOUND if failed else 0)
