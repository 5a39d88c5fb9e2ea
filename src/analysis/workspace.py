"""A workspace: a folder of a user's own with data/raw, data/manual, a catalogue and reports, apart from this project's files and tests."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import TongbiError

# Where a process and those it starts work, when it is not the folder they are in.
VARIABLE = "TONGBI_WORKSPACE"
FOLDERS = ("data/raw", "data/manual", "reports")
CATALOGUE = "catalogue.yml"
FILES = {
    "README.md": """# A workspace of Tongbi

- `tongbi add FILE` reads a bulletin, asks at most one question, and puts it under `data/raw` with its metadata.
- `tongbi publish` publishes the reports into `reports`.
- `catalogue.yml` holds your own indicators: what `tongbi add` found no entry for, as comments to complete.
- `data/manual/corrections.yml` holds your corrections (`tongbi review FILE` writes them).
""",
    CATALOGUE: """# Indicators of your own, in the form of the project's catalogue. What stands here is used in every report of this workspace.
# `tongbi add` appends what it does not know, as comments: take the # away and complete the entry.
""",
    "data/manual/corrections.yml": "# Corrections of what was read or printed; each names its place, reason and evidence.\n",
    ".gitignore": "data/processed/\nreports/\n.lock\n",
}


class WorkspaceError(TongbiError):
    """A folder that cannot be, or become, a workspace."""


def create(folder: Path) -> list[Path]:
    """Make `folder` a workspace and return what was made; what is there already stays as it is.

    Raises WorkspaceError where it is a file, or lies inside a workspace or a checkout of this project.
    """
    from .wholefiles import replace_files

    folder = folder.absolute()
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(f"{folder}: it is a file: name a folder")
    above = next((place for place in folder.parents if (place / "data/raw").is_dir()), None)
    if above is not None:
        raise WorkspaceError(f"{folder}: it lies inside the workspace {above}: choose a folder outside of it")
    made = []
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name, text in FILES.items():
            path = folder / name
            if not path.exists():
                replace_files(path.parent, {path.name: text.encode()})
                made.append(path)
    except OSError as error:
        raise WorkspaceError(f"{error.filename or folder}: {error.strerror or error}: choose another folder") from error
    return made


def choose(folder: str | os.PathLike[str]) -> None:
    """Have this process, and those it starts, work in that workspace. Raises WorkspaceError when it is none."""
    if not os.fspath(folder):
        raise WorkspaceError("its name is empty: name the folder of a workspace")
    path = Path(folder).absolute()
    if not (path / "data/raw").is_dir() and not (path / "data/processed").is_dir():
        raise WorkspaceError(f"{path}: it is no workspace: make it one with `tongbi init {folder}`")
    os.environ[VARIABLE] = str(path)


def chosen() -> Path | None:
    """The workspace that was chosen, None where the working folder decides."""
    found = os.environ.get(VARIABLE)
    return Path(found) if found else None
