"""Where a project is, and where its data lie in it."""

from __future__ import annotations

from pathlib import Path

from . import workspace
from .errors import TongbiError

RAW, MANUAL, PROCESSED = Path("data/raw"), Path("data/manual"), Path("data/processed")
ARCHIVE = Path("data/archive")  # the store of a project with very many documents; most have none
# What a published report is told by: the record in its folder; and how the name of a page to review ends.
RECORD, REVIEW_PAGE = "edition.json", ".review.html"


class DatasetError(TongbiError):
    """data/processed is missing, or is not what was built, or no longer belongs to its sources; says what to do."""


def find_root(start: Path | None = None) -> Path:
    """The project folder: the nearest one, from `start` (or here) upwards, that holds data/raw or data/processed.

    Outside of any, the folder this package is installed from. Raises DatasetError when there is none.
    """
    if start is None and (chosen := workspace.chosen()) is not None:
        return chosen
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / RAW).is_dir() or (folder / PROCESSED).is_dir():
            return folder
    raise DatasetError(f"{here}: neither here nor above is a folder with data/raw: change into the project's folder")
