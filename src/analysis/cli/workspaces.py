"""Commands that make a workspace and fill it: init and add."""

from __future__ import annotations

import datetime
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import TongbiError
from ..writing.acting import named, shown
from .arguments import Place, put, workspace_option
from .group import REFUSED, main

if TYPE_CHECKING:
    from ..adding import Proposal
    from ..documents import Document

# What a person is asked, in their words; the answer to `period` may be as they would write it.
QUESTIONS = {
    "region": "Which place are the figures of? (a Chinese name such as 贵阳市, or the id of a region)",
    "period": "Which period are they of? (2023, 2023H1, 2023-01..2023-08)",
}
SHOWN, DOUBTS_SHOWN, NAMES_SHOWN = ("title", "publisher", "published", "period", "region", "organ", "form"), 12, 20


@main.command()
@click.argument("folder", type=Place(path_type=Path))
def init(folder: Path) -> None:
    """Make FOLDER a workspace of your own: data/raw, data/manual, a catalogue, reports.

    Example: tongbi init my-bulletins
    """
    from .. import workspace

    made = workspace.create(folder)
    put(map(named, made))
    click.echo(f"next: tongbi add FILE --workspace {named(folder)}   (or change into {named(folder)})")


def _metadata_options(command: Any) -> Any:
    for key, told in reversed(
        {
            "title": "The bulletin's title.",
            "publisher": "Who published it.",
            "url": "Its address.",
            "published": "The day it was published (YYYY-MM-DD).",
            "retrieved": "The day you saved it.  [default: today]",
            "period": "The period it is about: 2023, 2023H1, 2023-08, 2023-01..2023-08.",
            "region": "Whose figures: a Chinese place name, or a region's id.",
            "organ": "courts, procuratorates, police, justice, government, congress, customs or all.",
            "form": "original, digest or table.",
            "note": "What a reader should know of it.",
        }.items()
    ):
        command = click.option(f"--{key}", metavar="TEXT", help=told)(command)
    return command


@main.command()
@click.argument("paths", metavar="FILE|FOLDER...", nargs=-1, required=True, type=Place(path_type=Path))
@workspace_option
@_metadata_options
@click.option("--yes", is_flag=True, help="Ask nothing: take the guesses, and refuse where there is none.")
@click.pass_context
def add(ctx: click.Context, paths: tuple[Path, ...], yes: bool, **given: str | None) -> None:
    """Read a bulletin, guess its metadata from its own words, and put it into the workspace; then show what was read, doubts first.

    Example: tongbi add downloads/report.html --yes
    """
    from .. import workspace
    from ..project import find_root

    root = find_root()
    if workspace.chosen() is None and (root / "src/analysis").is_dir():
        raise workspace.WorkspaceError("there is no workspace here: make one with `tongbi init FOLDER`, and name it with --workspace FOLDER")
    refused, regions = 0, set()
    for path in _files(paths):
        try:
            regions.add(_add(path, root, {key: value for key, value in given.items() if value}, yes))
        except TongbiError as error:
            refused += 1
            click.echo(f"Error: {error}", err=True)
    for region in sorted(regions):
        click.echo(f"publish: tongbi --workspace {shlex.quote(named(root))} publish --region {region}")
    ctx.exit(REFUSED if refused else 0)


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    from .. import adding
    from ..documents.store import document_paths

    passed: set[Path] = set()
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for found in document_paths(path):
            report = adding.report_of(found)
            if report is None:
                yield found
            elif report not in passed:
                passed.add(report)
                click.echo(f"passed over: {named(report)}: this program made it of bulletins", err=True)


def _add(path: Path, root: Path, given: dict[str, str], yes: bool) -> str:
    from .. import adding
    from ..documents import load_regions, read
    from ..documents.written import as_period

    if str(path) == "-":
        raise adding.AddError("-: standard input is no file that can be kept: save it, and name the file")
    if adding.report_of(path) is not None:
        raise adding.AddError(f"{named(path)}: this program made it of bulletins, and it is none: add the bulletins themselves")
    document = read(path)
    regions = load_regions(root / "data/raw", on_error=lambda error: click.echo(f"warning: {error}", err=True))
    if "period" in given:
        given["period"] = as_period(given["period"])
    today = datetime.date.today()
    proposal = adding.propose(document, regions, given, today)
    _show(path, proposal)
    if proposal.open and not yes and _is_watched():
        given = given | _ask(proposal)
        proposal = adding.propose(document, regions, given, today)
    for key in proposal.open:
        if not proposal.value(key):
            raise adding.AddError(f"{named(path)}: its words do not say its {key}: give it with --{key}")
    try:
        added = adding.write(document, proposal, root)
    except adding.AlreadyAdded as error:
        # Whoever added it may have been killed before what it has to say.
        _tell(read(error.path), root)
        raise
    click.echo(f"added: {named(added)}")
    _tell(read(added), root)
    return proposal.value("region")


def _show(path: Path, proposal: Proposal) -> None:
    click.echo(f"{named(path)}:")
    for key in SHOWN:
        guess = proposal.guesses.get(key)
        if guess is not None:
            click.echo(f"  {key + ':':<11} {shown(guess.value)}{'' if guess.sure else ' (doubtful)'}  [{guess.ground}]")


def _is_watched() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(proposal: Proposal) -> dict[str, str]:
    """One question, of what is least known; where more has no guess at all, those too, since nothing can be written without."""
    from ..documents.written import as_period

    asked = [key for key in proposal.open if not proposal.value(key)] or list(proposal.open[:1])
    answers = {key: click.prompt(QUESTIONS[key], default=proposal.value(key) or None) for key in asked}
    return {key: as_period(answer) if key == "period" else answer for key, answer in answers.items()}


def _tell(document: Document, root: Path) -> None:
    """The reading: the doubtful first, what was not read, and the names that no catalogue lists."""
    from .. import adding, catalogue, tidy
    from ..audit import of_documents
    from ..extract import extract
    from ..printing import aligned
    from ..review.doubts import find_doubts, weight

    ledger = extract(document)
    known = catalogue.of(root)
    statements = tidy.statements([ledger])
    observations = tidy.observations(statements, [document], known)
    doubts = find_doubts(document.id, statements, observations, of_documents([document], observations, known))
    rows = [row for row in statements.to_dict("records") if row["entry"] == "observation"]
    rows.sort(key=lambda row: (-weight(doubts[row["id"]]), row["start"]))
    cells = [
        (row["as_written"], row["indicator_name"], row["period_printed"] or document.metadata.period, ", ".join(doubts[row["id"]])) for row in rows
    ]
    click.echo(f"read: {len(rows)} statistics, {sum(bool(doubts[row['id']]) for row in rows)} with a doubt, {len(ledger.others)} other numbers")
    put("  " + line for line in aligned(("printed", "indicator", "period", "doubts"), cells[:DOUBTS_SHOWN]))
    put(f"  not read: {warning}" for warning in ledger.warnings())
    names = adding.unlisted(observations, known)
    if names:
        click.echo(f"{len(names)} names are in no catalogue (they are kept, compared and named by their parts):")
        put(f"  {one.name}: {one.english or one.called}; near: {', '.join(one.nearest) or 'nothing'}" for one in names[:NAMES_SHOWN])
        click.echo(f"to name them yourself: complete {adding.append(adding.stub(names, known, document.id), root)}")
