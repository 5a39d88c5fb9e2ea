"""Files written whole or not at all, several together or none: the one way in which anything a person keeps is written."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into `folder`: each appears whole or not at all, and none does before all are safely on the disk.

    The files replace theirs in the given order, and where one cannot be replaced those before it are put back. What is no regular file (a
    device, a folder, a link) is never replaced. Raises OSError (no space, no permission) with the old files untouched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        if os.path.lexists(folder / name) and ((folder / name).is_symlink() or not (folder / name).is_file()):
            raise OSError(errno.EINVAL, "it is no regular file, and is not replaced", str(folder / name))
    staged = {name: folder / f".{name}.new" for name in files}
    try:
        for name, path in staged.items():
            try:
                _write(path, files[name])
            except OSError as error:
                # A failed write does not know its file; the person must.
                raise OSError(error.errno, error.strerror, str(folder / name)) from error
        _replace(folder, staged)
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)


def _replace(folder: Path, staged: Mapping[str, Path]) -> None:
    kept: dict[str, Path | None] = {}
    done: list[str] = []
    try:
        for name, path in staged.items():
            old = folder / f".{name}.old"
            old.unlink(missing_ok=True)
            kept[name] = None
            if (folder / name).exists():
                kept[name] = old
                _keep(folder / name, old)
            os.replace(path, folder / name)
            done.append(name)
    except OSError:
        # Only what was replaced is put back: whatever forbade to replace the next would forbid to put it back.
        for name in reversed(done):
            with suppress(OSError):
                _put_back(folder / name, kept[name])
        raise
    finally:
        for old in filter(None, kept.values()):
            old.unlink(missing_ok=True)


def _put_back(path: Path, old: Path | None) -> None:
    if old is None:
        path.unlink(missing_ok=True)
    else:
        os.replace(old, path)


def _keep(path: Path, old: Path) -> None:
    try:
        os.link(path, old)
    except OSError:  # not every file system has hard links
        shutil.copy2(path, old)


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
