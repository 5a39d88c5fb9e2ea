"""Whole editions: a folder is made beside the published ones, and one switch puts it in the place of the old one.

On Linux the switch is an exchange of two folders, which the system makes in one step. Where there is none, the old folder steps aside before the
new one steps in, and a run that finds one stepped aside without a successor puts it back. What an edition's folder holds beside it (an edition as
of a day, a note) goes along.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock, Timeout

from ..errors import TongbiError
from ..project import RECORD

STAGING = ".making-"
ASIDE = ".replaced-"
FAILED = ".failed"  # the ending of the folder beside an edition that keeps what failed
MARK = "WITHDRAWN.txt"
_AT_FDCWD, _EXCHANGE = -100, 2


class PublishError(TongbiError):
    """Nothing could be published; says why and what to do."""


@contextmanager
def only_writer(out: Path) -> Iterator[Path]:
    """Hold the folder for this process alone, and clear away what a killed one left behind."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / ".lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise PublishError(f"another run is publishing into {out}: wait until it has finished") from None
    except OSError as error:
        raise PublishError(f"{out} cannot be written ({error.strerror}): choose another folder") from None
    try:
        recover(out)
        yield out
    finally:
        lock.release()


def recover(out: Path) -> None:
    """Put back an edition that stepped aside without a successor, and clear away everything unfinished."""
    for aside in out.rglob(f"{ASIDE}*"):
        target = aside.with_name(aside.name.removeprefix(ASIDE))
        if not target.exists():
            os.rename(aside, target)
        else:
            shutil.rmtree(aside, ignore_errors=True)
    for left in out.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder of its own on the same disk, gone at the end."""
    folder = Path(mkdtemp(prefix=STAGING, dir=out))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(path: Path, content: bytes) -> None:
    """Write a file and see it onto the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def carry_over(old: Path, new: Path, dropped: Mapping[str, str]) -> None:
    """Give the new folder what the old one holds and the new one has not, but for the files in `dropped`; as links, where they can be."""
    for path in sorted(old.rglob("*")) if old.is_dir() else []:
        name = path.relative_to(old)
        if path.is_file() and name.as_posix() not in dropped and not (new / name).exists():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, new / name)
            except OSError:
                shutil.copy2(path, new / name)


def put_in_place(new: Path, target: Path) -> None:
    """Put a finished folder in the place of another, in one step; the old one is gone afterwards. Raises OSError with the old one in place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    sync_folders(new)
    if not target.exists():
        os.rename(new, target)
    elif exchange(new, target):
        shutil.rmtree(new, ignore_errors=True)
    else:
        _step_aside(new, target)
    sync_folder(target.parent)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot. Raises OSError when it may not."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))


def _step_aside(new: Path, target: Path) -> None:
    aside = target.with_name(ASIDE + target.name)
    shutil.rmtree(aside, ignore_errors=True)
    os.rename(target, aside)
    try:
        os.rename(new, target)
    except OSError:
        os.rename(aside, target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def sync_folders(folder: Path) -> None:
    """See every name below a folder onto the disk."""
    for place in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        sync_folder(place)


def sync_folder(folder: Path) -> None:
    """See renames onto the disk, where the system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def mark_withdrawn(out: Path, editions: Mapping[str, set[str]], spared: Collection[str] = ()) -> list[str]:
    """Mark what is published but has no data any more, and take the mark from what has some again; returns what is marked, by its path.

    `editions` has the periods of each region; a `spared` one has failed, and nobody knows what it has. A region's mark lies in its folder,
    that of a period beside its reports.
    """
    marked = []
    for record in sorted(out.glob(f"*/*/{RECORD}")):
        place, region = record.parent, record.parent.parent
        if region.name in spared or region.is_symlink() or place.is_symlink():
            continue
        known = editions.get(region.name)
        if _mark(region, not known, f"region {region.name}"):
            marked.append(region.name)
        if _mark(place, bool(known) and place.name not in known, f"period {place.name} of {region.name}"):
            marked.append(f"{region.name}/{place.name}")
    return list(dict.fromkeys(marked))


def _mark(folder: Path, gone: bool, what: str) -> bool:
    mark = folder / MARK
    if not gone:
        mark.unlink(missing_ok=True)
    elif not mark.exists():
        write(
            mark, f"The data have no {what} any more: what lies here is the last edition that was made. 数据中已无此项，此处为最后一版。\n".encode()
        )
    return gone


FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
DISK_FULL = "the disk is full"


def disk_trouble(error: OSError) -> str:
    """Say what the system refused; nothing published was touched."""
    if error.errno in FULL:
        return DISK_FULL
    return f"{error.filename or 'a file'}: {error.strerror or error}"
