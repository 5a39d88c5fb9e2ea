"""Commands that make the data and the reports of a workspace, and tell what changed: data, publish, revisions and diff."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

from ..writing.acting import named
from .arguments import AS_OF, PROCESSES, Documents, Made, Place, out_by, put, watched, workspace_option
from .group import DOCUMENT_LEFT_OUT, REFUSED, main

SECONDS, WORKERS, VERSION = click.IntRange(1, 86_400), click.IntRange(0, 512), click.IntRange(1, 1_000_000)


@main.command()
@workspace_option
@click.option("--force", is_flag=True, help="Read everything anew, though it has not changed.")
@click.option("--jobs", metavar="N", type=PROCESSES, default=1, show_default=True, help="Where there is a data/archive: processes that read.")
@click.pass_context
def data(ctx: click.Context, force: bool, jobs: int) -> None:
    """Rebuild data/processed from data/raw and data/manual, where something has changed since the last time.

    A document that cannot be used is named and left out, and the exit code is 1. Where there is a data/archive, it is brought up to date: only
    what changed is read, a region at a time; and data/processed only where it was built before.

    Example: tongbi data
    """
    from .. import snapshot
    from ..project import ARCHIVE, PROCESSED, find_root

    root = find_root()
    if (root / ARCHIVE).is_dir():
        trouble = _renew_archive(root, jobs, force)
        if not (root / PROCESSED / snapshot.FILE).exists():
            ctx.exit(DOCUMENT_LEFT_OUT if trouble else 0)
    if not force and (found := snapshot.current(root)) is not None:
        left_out = {path: reason for region in found.regions.values() for path, reason in region.left_out.items()}
        for path, reason in left_out.items():
            click.echo(f"left out: {named(path)}: {reason}", err=True)
        click.echo(f"{PROCESSED} is up to date")
        ctx.exit(DOCUMENT_LEFT_OUT if left_out else 0)
    ctx.exit(DOCUMENT_LEFT_OUT if _build(root, force) else 0)


def _build(root: Path, anew: bool = False) -> bool:
    """Build data/processed and say what was read and what was not; returns whether a document was left out."""
    from ..collector import collector_paused
    from ..publish.importing import UNWANTED, left_out

    with collector_paused(), left_out(*UNWANTED):
        from .. import building
    gc.freeze()  # modules stay, and are no garbage to look through again and again
    built = building.build(root, lambda documents: watched(documents, "reading"), anew=anew)
    _say(building.told(built))
    return bool(built.problems)


def _say(lines: Iterable[tuple[str, bool]]) -> None:
    for line, trouble in lines:
        click.echo(line, err=trouble)


def _renew_archive(root: Path, jobs: int, anew: bool) -> bool:
    """Bring data/archive up to date and say what was done; returns whether a document was left out."""
    from .. import archive
    from ..project import ARCHIVE

    done = archive.renew(root, jobs, anew)
    for path, reason in done.left_out:
        click.echo(f"left out: {reason or named(path)}", err=True)
    gone = f"; {done.gone} documents gone" if done.gone else ""
    click.echo(f"{ARCHIVE}: {f'tables made of {len(done.made)} regions' if done.made else 'up to date'}{gone}")
    return bool(done.left_out)


@main.command()
@workspace_option
@click.option("--region", metavar="LIST", help="Regions, with commas between them; without it, every region.")
@click.option("--period", metavar="LIST", default="newest", show_default=True, help='Periods such as 2017 or 2013H1, "newest" or "all".')
@click.option("--lang", "langs", metavar="LIST", default="zh,en", show_default=True, help="Languages, with commas between them.")
@click.option("--format", "formats", metavar="LIST", default="pdf,html", show_default=True, help="Among pdf, html, docx and xlsx; the PDF always.")
@click.option("--out", metavar="FOLDER", type=Made(folder=True), help="Where to publish.  [default: reports]")
@AS_OF
@click.option("--parameter", "parameters", metavar="NAME=VALUE", multiple=True, help="A further parameter of the notebook.")
@click.option("--force", is_flag=True, help="Make what is up to date too.")
@click.option("--accept", is_flag=True, help="Take an edition that has fewer documents, or shows less, than its last one.")
@click.option("--cell-seconds", "seconds", metavar="N", type=SECONDS, default=120, show_default=True, help="How long a cell of the notebook may run.")
@click.option("--workers", metavar="N", type=WORKERS, help="How many reports are made at a time.  [default: as many as there are cores]")
def publish(region: str | None, period: str, langs: str, formats: str, day: datetime.date | None, parameters: tuple[str, ...], **wishes: Any) -> None:
    """Publish the reports of some regions and periods as PDF and HTML, with their notebook and tables: those that are out of date.

    Where sources have changed since, data/processed is rebuilt first, as by `tongbi data`. As of a day, the reports lie in a folder of their
    own, as-of-DATE, beside the ordinary ones.

    Example: tongbi publish --region bijie --period 2017 --lang zh
    """
    from ..project import RAW, find_root
    from ..publish.selection import written_list

    if day is not None:
        from ..documents import load_documents

        out_by(day, load_documents(find_root() / RAW, on_error=lambda error: None))
    if not written_list(langs):
        raise click.BadParameter("it names no language: write zh, en or zh,en", param_hint="--lang")
    extra = dict(_assignment(parameter) for parameter in parameters)
    with _built(find_root(), wishes["workers"]) as helper:
        from ..publish.batch import IncompleteError
        from ..publish.batch import publish as publish_reports

        wishes |= {"parameters": extra, "formats": written_list(formats), "helper": helper}
        try:
            made = publish_reports(region, period, written_list(langs), day=day, tell=click.echo, **wishes)
        except IncompleteError as error:
            raise _Incomplete(str(error)) from error
    current = [one for one in made if not one.why]
    if current:
        click.echo(f"up to date: {len(current)} reports" + (f", {current[0].pdf}" if len(current) == 1 else ""))


@contextmanager
def _built(root: Path, workers: int | None) -> Iterator[Any]:
    """Build the data where something changed, in a fork of the helper that will make the reports; gives the helper, None where none was begun."""
    from .. import snapshot
    from ..publish import workshop

    if snapshot.current(root) is not None:
        yield None
        return
    with workshop.begun(root) if workers != 0 and workshop.available() else nullcontext() as helper:
        from ..publish import batch

        assert batch  # imported while the helper builds
        said = helper.built() if helper else None
        if said is None:
            _build(root)  # a document that is left out fails the reports of its region, and these say so
        else:
            _say(said)
        yield helper


class _Incomplete(click.ClickException):
    exit_code = 1


@main.command()
@workspace_option
@click.argument("files", metavar="[FILE...]", nargs=-1, type=Place(allow_dash=True))
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


@main.command()
@click.argument("report", metavar="REGION/PERIOD")
@workspace_option
@click.option("--from", "earlier", metavar="N", type=VERSION, help="The older version.  [default: the one before]")
@click.option("--to", "later", metavar="N", type=VERSION, help="The newer version.  [default: the newest]")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of names and main points.")
@click.option("--out", metavar="FOLDER", type=Place(path_type=Path), help="Where reports are published.  [default: reports]")
@click.option("--format", "form", type=click.Choice(["lines", "json"]), default="lines", show_default=True, help="How to print.")
def diff(report: str, earlier: int | None, later: int | None, lang: str, out: Path | None, form: str) -> None:
    """Show what changed between two versions of a published report: figures added, gone or different, and main points.

    Example: tongbi diff bijie/2017 --from 1
    """
    from .. import printing
    from ..project import find_root
    from ..publish import versions

    record, old, new = versions.find(report, out or find_root() / "reports", (earlier, later))
    changes = versions.differences(old, new)
    if form == "json":
        put([printing.to_json(changes)])
    else:
        numbers = tuple(versions.number_of(versions.keys.read_record(place)) for place in (old, new))
        put([f"{record['region']}/{record['period']}, version {numbers[0]} to {numbers[1]}", *versions.told(changes, lang)])


def _assignment(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise click.BadParameter(f"{parameter!r} is not NAME=VALUE", param_hint="--parameter")
    return name, value


@main.command()
def kernel() -> None:
    """Install the kernelspec `tongbi` into this Python environment: kernels that have imported everything, for JupyterLab, papermill and nbval.

    Example: tongbi kernel
    """
    import sys

    from ..publish.launching import install

    click.echo(str(install(Path(sys.prefix)) / "kernel.json"))
