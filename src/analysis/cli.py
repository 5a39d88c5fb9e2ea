"""The command line: `tongbi`, and `python -m analysis`.

Each command imports the rooms it needs when it runs, so that reading one bulletin does not wait for pandas. To add a command: a function
under `@main.command()` whose docstring ends with an example. Errors a person can mend are TongbiError: one line, exit code 2.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .errors import TongbiError

if TYPE_CHECKING:
    from .documents import Document
    from .extract.records import Ledger

Item = TypeVar("Item")
FILES = click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True))
AS_OF = click.option(
    "--as-of",
    "day",
    metavar="DATE",
    callback=lambda ctx, option, written: _day(written),
    help="Leave out what was published after this day (YYYY-MM-DD).",
)
CONTRADICTION_FOUND = 3
DOCUMENT_LEFT_OUT = 1


class Commands(click.Group):
    """The group of commands: turns errors a person can mend into one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        sys.stdout.reconfigure(encoding="utf-8")
        try:
            return self._invoke_and_flush(ctx)
        except TongbiError as error:
            raise _Refused(str(error)) from error
        except BrokenPipeError:
            # Whoever was reading has seen enough; click ends quietly.
            raise
        except OSError as error:
            raise _Refused(f"{error.filename or 'the output'}: {error.strerror or error}") from error

    def _invoke_and_flush(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        finally:
            # Here a full disk is still an error to report; at the end of the program it would be lost.
            sys.stdout.flush()


class _Refused(click.ClickException):
    exit_code = 2


@click.group(cls=Commands)
@click.version_option(package_name="tongbi")
def main() -> None:
    """Read, check and publish the year-on-year statistics of Chinese rule-of-law bulletins."""


@main.command()
@FILES
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "table"]), default="jsonl", show_default=True, help="How to print.")
@click.pass_context
def extract(ctx: click.Context, files: tuple[str, ...], form: str) -> None:
    """Print every number of each FILE with what it says: text, HTML, PDF, DOCX, a workbook or CSV; "-" is standard input.

    Example: tongbi extract data/raw/bijie/bijie-2017.txt --format table
    """
    from .extract import extract as ledger_of

    ledgers = []
    documents = _Documents(files)
    for document in _watched(documents, "reading", len(files)):
        ledger = ledger_of(document)
        if form != "table":
            _warn(ledger)
        if form == "csv":
            ledgers.append(ledger)
        elif form == "table":
            from .printing import ledger_table

            _print(ledger_table(ledger, document))
        else:
            _print(ledger.to_json_lines())
    if form == "csv":
        from . import tablefiles, tidy

        sys.stdout.write(tablefiles.to_csv(tidy.statements(ledgers), "statements").decode())
    ctx.exit(2 if documents.refused else 0)


@main.command()
@click.option("--force", is_flag=True, help="Rebuild though nothing has changed.")
@click.pass_context
def data(ctx: click.Context, force: bool) -> None:
    """Rebuild data/processed from data/raw and data/manual, where something has changed since the last time.

    A document that cannot be used is named and left out, and the exit code is 1.

    Example: tongbi data
    """
    from . import snapshot
    from .project import PROCESSED, find_root

    root = find_root()
    if not force and (found := snapshot.current(root)) is not None:
        left_out = {path: reason for region in found.regions.values() for path, reason in region.left_out.items()}
        for path, reason in left_out.items():
            click.echo(f"left out: {path}: {reason}", err=True)
        click.echo(f"{PROCESSED} is up to date")
        ctx.exit(DOCUMENT_LEFT_OUT if left_out else 0)
    from . import building, catalogue

    built = building.build(root, lambda documents: _watched(documents, "reading"))
    for problem in built.problems:
        click.echo(f"left out: {problem}", err=True)
    for doc, warning in built.warnings:
        click.echo(f"not read: {doc}: {warning}", err=True)
    for table, frame in built.tables.items():
        click.echo(f"{PROCESSED / table}.csv: {len(frame)} rows")
    unknown = catalogue.unknown(built.tables["observations"])
    if len(unknown):
        click.echo(f"{unknown['observations'].sum()} observations have one of {len(unknown)} names the catalogue does not know; the most frequent:")
        for row in unknown.head(10).to_dict("records"):
            click.echo(f"  {row['observations']:3} {row['name']} ({row['unit'] or 'no unit'}, {row['organ']})")
    ctx.exit(DOCUMENT_LEFT_OUT if built.problems else 0)


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
    from . import printing
    from .verbs import audit_documents

    documents = _Documents(files)
    read = _out_by(day, _watched(documents, "reading", len(files)))
    findings = audit_documents(*read).to_dict("records")
    for document in read:
        for line in printing.inferred_lines(document):
            click.echo(f"{document.id}: {line.removeprefix('# ')}", err=form == "jsonl")
    printer = {"jsonl": printing.findings_json_lines, "table": printing.findings_table, "md": printing.findings_markdown}[form]
    _print(printer(findings))
    failed = fail_on and any(finding["verdict"] == fail_on for finding in findings)
    ctx.exit(2 if documents.refused else CONTRADICTION_FOUND if failed else 0)


@main.command()
@click.argument("files", metavar="[FILE...]", nargs=-1, type=click.Path(allow_dash=True))
@AS_OF
@click.option("--format", "form", type=click.Choice(["jsonl", "table"]), default="table", show_default=True, help="How to print.")
@click.pass_context
def revisions(ctx: click.Context, files: tuple[str, ...], day: datetime.date | None, form: str) -> None:
    """List the figures that a later document prints differently: of data/processed, or of the FILEs together.

    Example: tongbi revisions --as-of 2024-12-31
    """
    from . import catalogue, dataset, printing
    from .verbs import observations
    from .vintages import COLUMNS
    from .vintages import revisions as revised

    documents = _Documents(files)
    known = observations(*_out_by(day, documents)) if files else dataset.load(day=day).observations
    rows = revised(known, catalogue.load()).to_dict("records")
    if form == "jsonl":
        _print(map(printing.to_json, rows))
    else:
        _print(printing.aligned(COLUMNS, [tuple(map(str, row.values())) for row in rows]))
        click.echo(f"{len(rows)} revisions")
    ctx.exit(2 if documents.refused else 0)


@main.command()
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the page.")
@click.option("--out", metavar="PAGE", type=click.Path(path_type=Path), help="Where to write it.  [default: <name>.review.html]")
def review(file: str, lang: str, out: Path | None) -> None:
    """Write a page on which to check what was read from FILE, and to make corrections for data/manual.

    Example: tongbi review data/raw/bijie/bijie-2017.txt --lang en
    """
    from . import tablefiles
    from .documents import read
    from .review import review_page

    document = read(file)
    out = out or Path(f"{document.id}.review.html")
    tablefiles.replace_files(out.parent, {out.name: review_page(document, lang).encode("utf-8")})
    click.echo(str(out))


@main.command()
@click.option("--region", metavar="LIST", help="Regions, with commas between them; without it, every region.")
@click.option("--period", metavar="LIST", default="newest", show_default=True, help='Periods such as 2017 or 2013H1, "newest" or "all".')
@click.option("--lang", "langs", metavar="LIST", default="zh,en", show_default=True, help="Languages, with commas between them.")
@click.option("--out", metavar="FOLDER", type=click.Path(path_type=Path), help="Where to publish.  [default: reports]")
@AS_OF
@click.option("--parameter", "parameters", metavar="NAME=VALUE", multiple=True, help="A further parameter of the notebook.")
@click.option("--force", is_flag=True, help="Make what is up to date too.")
@click.option("--accept", is_flag=True, help="Take an edition that has fewer documents, or shows less, than its last one.")
@click.option("--cell-seconds", metavar="N", default=120, show_default=True, help="How long a cell of the notebook may run.")
@click.option("--workers", metavar="N", type=int, help="How many reports are made at a time.  [default: as many as there are cores]")
def publish(
    region: str | None, period: str, langs: str, day: datetime.date | None, parameters: tuple[str, ...], cell_seconds: int, **wishes: Any
) -> None:
    """Publish the reports of some regions and periods as PDF, with their notebook and tables: those that are out of date.

    As of a day, they lie in a folder of their own, as-of-DATE, beside the ordinary ones.

    Example: tongbi publish --region bijie --period 2017 --lang zh
    """
    from .project import RAW, find_root
    from .publish.batch import IncompleteError
    from .publish.batch import publish as publish_reports
    from .publish.selection import written_list

    if day is not None:
        from .documents import load_documents

        _out_by(day, load_documents(find_root() / RAW, on_error=lambda error: None))
    extra = dict(_assignment(parameter) for parameter in parameters)
    try:
        made = publish_reports(region, period, written_list(langs), day=day, parameters=extra, seconds=cell_seconds, tell=click.echo, **wishes)
    except IncompleteError as error:
        raise _Incomplete(str(error)) from error
    current = [one for one in made if not one.why]
    if current:
        click.echo(f"up to date: {len(current)} reports" + (f", {current[0].pdf}" if len(current) == 1 else ""))


class _Incomplete(click.ClickException):
    exit_code = 1


def _day(written: str | None) -> datetime.date | None:
    if written is None:
        return None
    try:
        return datetime.datetime.strptime(written, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"{written!r} is no day: write it as 2024-03-31") from None


def _out_by(day: datetime.date | None, documents: Iterable[Document]) -> list[Document]:
    """The documents out on `day`, all without one; says which are left out, and which are kept for want of a date."""
    documents = list(documents)
    if day is None:
        return documents
    out = [document for document in documents if document.out_by(day)]
    later = [document.id for document in documents if document not in out]
    undated = [document.id for document in out if document.published is None]
    for told, ids in ((f"left out, published after {day}", later), ("kept, without a date of publication", undated)):
        if ids:
            click.echo(f"{told}: {', '.join(ids)}", err=True)
    return out


def _warn(ledger: Ledger) -> None:
    for warning in ledger.warnings():
        click.echo(f"not read: {ledger.doc}: {warning}", err=True)


def _assignment(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise click.BadParameter(f"{parameter!r} is not NAME=VALUE", param_hint="--parameter")
    return name, value


class _Documents:
    """The documents of some paths, one after another; a path that cannot be used is reported, counted and passed over."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = paths
        self.refused = 0

    def __iter__(self) -> Iterator[Document]:
        from .documents import DocumentError, read

        for path in self.paths:
            try:
                yield read(path)
            except DocumentError as error:
                self.refused += 1
                click.echo(f"Error: {error}", err=True)


def _watched(items: Iterable[Item], doing: str, total: int | None = None) -> Iterable[Item]:
    """`items` with a progress bar on standard error, where somebody is looking and it takes more than a moment."""
    if not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    return tqdm(items, desc=doing, total=total, delay=1, leave=False, file=sys.stderr)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
