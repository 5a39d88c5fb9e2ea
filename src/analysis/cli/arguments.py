"""What several commands take and do alike: files, a day, a workspace; documents one after another, with progress where somebody looks."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..project import MANUAL, PROCESSED, RAW
from ..writing.acting import named

if TYPE_CHECKING:
    from ..documents import Document

Item = TypeVar("Item")


class Place(click.Path):
    """A file or folder that is named; an empty name (a variable that was never set) would be the folder one is in."""

    def convert(self, value: Any, parameter: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name as a path."""
        if value == "":
            self.fail("its name is empty: name a file or folder", parameter, ctx)
        return super().convert(value, parameter, ctx)


class Made(Place):
    """A file or folder that is written to: none among the sources and tables of a workspace, and a file of the kind its name says."""

    def __init__(self, *endings: str, folder: bool = False) -> None:
        super().__init__(path_type=Path)
        self.endings, self.folder = endings, folder

    def convert(self, value: Any, parameter: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name as a path."""
        path = super().convert(value, parameter, ctx)
        if self.endings and path.suffix.lower() not in self.endings:
            kind = " or ".join(self.endings)
            self.fail(f"{named(path)}: what is written there ends in {kind}: name it {named(path.name)}{self.endings[0]}", parameter, ctx)
        if self.folder and path.exists() and not path.is_dir():
            self.fail(f"{named(path)}: it is a file, and what is written there is a folder: name another", parameter, ctx)
        real = Path(os.path.realpath(path))
        for root, folder in product(real.parents, OWN):
            if real.is_relative_to(root / folder) and (root / RAW).is_dir():
                self.fail(f"{named(path)}: {folder.as_posix()} holds the workspace's own files: choose another place", parameter, ctx)
        return path


# What of a workspace's data nothing but `tongbi add`, `data` and `review --apply` writes.
OWN = (RAW, MANUAL, PROCESSED)


def refuse_source(out: Path, sources: Iterable[str]) -> None:
    """Refuse to write over one of the files that are read."""
    if any(os.path.exists(out) and os.path.exists(source) and os.path.samefile(out, source) for source in sources):
        raise click.UsageError(f"{named(out)}: it is a file that is read, and is not replaced: name another with --out")


FILES = click.argument("files", metavar="FILE...", nargs=-1, required=True, type=Place(allow_dash=True))


def workspace_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--workspace` after the command's name, as it may stand before it."""
    return click.option("--workspace", metavar="FOLDER", expose_value=False, callback=_choose, is_eager=True, help="The workspace to work in.")(
        command
    )


def _choose(ctx: click.Context, option: click.Parameter, folder: str | None) -> None:
    if folder is not None and not ctx.resilient_parsing:
        from .. import workspace
        from ..errors import TongbiError

        try:
            workspace.choose(folder)
        except TongbiError as error:
            raise click.BadParameter(str(error)) from error


def day(written: str | None) -> datetime.date | None:
    """The day an option names; a bad one is refused with the form it should have."""
    if written is None:
        return None
    try:
        return datetime.datetime.strptime(written, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"{written!r} is no day: write it as 2024-03-31") from None


# No machine has more; a number beyond it is a slip of the finger, and would be taken for a wish.
PROCESSES = click.IntRange(1, 512)
AS_OF = click.option(
    "--as-of",
    "day",
    metavar="DATE",
    callback=lambda ctx, option, written: day(written),
    help="Leave out what was published after this day (YYYY-MM-DD).",
)


def out_by(day: datetime.date | None, documents: Iterable[Document]) -> list[Document]:
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


class Documents:
    """The documents of some paths, one after another; a path that cannot be used is reported, counted and passed over."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = paths
        self.refused = 0

    def __iter__(self) -> Iterator[Document]:
        from ..documents import DocumentError, read

        for path in self.paths:
            try:
                yield read(path)
            except DocumentError as error:
                self.refused += 1
                click.echo(f"Error: {error}", err=True)


def watched(items: Iterable[Item], doing: str, total: int | None = None) -> Iterable[Item]:
    """`items` with a progress bar on standard error, where somebody is looking and it takes more than a moment."""
    if sys.stderr is None or not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    # Past the harmless stream: a bar goes back to the beginning of its line.
    return tqdm(items, desc=doing, total=total, delay=1, leave=False, file=sys.__stderr__)


def put(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        sys.stdout.write(line + "\n")
