"""Files written whole or not at all, several together or none: the one way in which anything a person keeps is written."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Make the folder where it is not there, and hold it for this process alone; waits for another one. Raises OSError that names the folder."""
    with _naming(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


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
            with _naming(folder / name):
                _write(path, files[name])
        _replace(folder, staged)
    finally:
        _remove(staged.values())


def _replace(folder: Path, staged: Mapping[str, Path]) -> None:
    kept: dict[str, Path | None] = {}
    done: list[str] = []
    try:
        for name, path in staged.items():
            old = folder / f".{name}.old"
            kept[name] = None
            with _naming(folder / name):
                old.unlink(missing_ok=True)
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
        _remove(filter(None, kept.values()))


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """What fails in here failed for `path`, the file a person knows: a failed write names no file, a failed rename one that is ours alone."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def _remove(paths: Iterable[Path]) -> None:
    """Remove files of our own; one that stays hides nothing that went wrong before."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


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
    path.unlink(missing_ok=True)  # left by a run that was killed, or a link that somebody laid there
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
