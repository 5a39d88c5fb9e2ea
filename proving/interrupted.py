"""`data`, `review --apply` and `add` killed at random moments, on a disk that fills, and where nothing may be written.

    python -m proving.interrupted [--moments 100] [--seed 1] [--only data,review,add] [--disk]

What was stored before must be whole, nothing stored may be neither the old nor the new, and the next run must complete. Half of the moments are
a time, half a step of writing (an opening for writing, a sync, a rename, a link, a removal), which hardly any moment by time would hit. With
`--disk` the same verbs run on a disk of a few sizes and on one that is read-only: that needs the right to mount (`unshare -rm python -m ...`).
"""

from __future__ import annotations

import argparse
import builtins
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from analysis import adding, building, workspace
from analysis.cli import main as tongbi
from analysis.documents import read

from . import project

VERBS = ("data", "review", "add")
CORRECTIONS = "data/manual/corrections.yml"
NOTICE = "青山县公安局2023年治安情况通报\n2024年1月12日\n2023年，全县立刑事案件305起，同比下降3.2%；查处电动自行车违法案件812起，同比上升12.4%。\n"
PAGE = f"<html><body><h1>公报</h1><article><p>{project.bulletin(2018, 9) * 3}</p></article></body></html>"
ANSWER = "- {id: c1, doc: jia-2016, start: 11, as_written: '12364起', action: flag, reason: r, evidence: e}\n"
STEPS = ("fsync", "replace", "link", "unlink")


def workplace(root: Path) -> Path:
    """A workspace in which each verb has something to do: built once, then a page added by hand, answers, and a notice to add."""
    workspace.create(root)
    for region, year in (("jia", 2016), ("jia", 2017), ("yi", 1998)):
        project.add(root, region, year)
    building.build(root)  # in this process, whose forks have read the word lists then
    page = project.add(root, "jia", 2018, PAGE)
    page.rename(page.with_suffix(".html"))
    (root / "answers.yml").write_text(ANSWER, "utf-8")
    (root / "notice.txt").write_text(NOTICE, "utf-8")
    adding.propose(read(root / "notice.txt"), {}, {}, date.today())
    return root


def command(verb: str, root: Path) -> list[str]:
    """The arguments of a verb that works there."""
    rest = {"data": [], "review": ["--apply", str(root / "answers.yml")], "add": [str(root / "notice.txt"), "--yes"]}[verb]
    return [verb, *rest, "--workspace", str(root)]


def run(root: Path, verb: str, before: Callable[[], object] = lambda: None, told: Path | None = None) -> int:
    """Run a verb in a fork of this process, all of whose imports it has; returns its exit code, or minus the signal that ended it."""
    child = start(root, verb, before, told)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def start(root: Path, verb: str, before: Callable[[], object], told: Path | None) -> int:
    """The process in which the verb runs, after `before`; what it says goes to the file `told`."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        out = os.open(told or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1), os.dup2(out, 2)
        before()
        tongbi(command(verb, root))
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def dies_at(step: int, further: Iterable[tuple[object, str]] = ()) -> Callable[[], list[int]]:
    """Kills this process at its nth step of writing, a call of `further` (a module and a name in it) being one too; gives the count of those left."""
    left = [step]

    def stepped(call: Callable) -> Callable:
        def counted(*given, **more):
            if call is not opened or set("wax+") & set(str(given[1:2])):
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1
            return call(*given, **more)

        return counted

    opened = builtins.open

    def before() -> list[int]:
        builtins.open = stepped(opened)
        for place, name in [*((os, name) for name in STEPS), *further]:
            setattr(place, name, stepped(getattr(place, name)))
        return left

    return before


def files(root: Path) -> dict[str, bytes]:
    """Every file a person keeps in a workspace, with what is in it: none whose name begins with a dot but the snapshot."""
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    return {name: data for name, data in found.items() if not Path(name).name.startswith(".") or name.endswith(".snapshot.json")}


def faults(folder: Path, verb: str, moments: int, seed: int, watch: Callable[[Iterable[int]], Iterable[int]] = iter) -> Iterator[str]:
    """What goes wrong when a verb is killed at so many moments; nothing is the wished answer."""
    chance, good = random.Random(seed), workplace(folder / "good")
    old, done = files(good), shutil.copytree(good, folder / "done")
    started = time.monotonic()
    assert run(done, verb) == 0
    takes, new = time.monotonic() - started, files(done)
    steps = _steps(good, folder / "counted", verb)
    for moment in watch(range(moments)):
        root = shutil.copytree(good, folder / "killed")
        if moment % 2:
            where = f"step {(step := chance.randrange(steps))}"
            child = start(root, verb, dies_at(step), None)
        else:
            where = f"{(after := chance.uniform(0, takes)):.3f} s"
            child = start(root, verb, lambda: None, None)
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        yield from (f"{verb} killed at {where}: {fault}" for fault in [*_mixed(files(root), old, new), *_next(root, verb, new)])
        shutil.rmtree(root)


def _steps(good: Path, root: Path, verb: str) -> int:
    """How many steps of writing the verb takes: the first at which nothing dies."""
    low, high = 0, 1
    while _survives(good, root, verb, high) is False:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _survives(good, root, verb, middle) else (middle, high)
    return high


def _survives(good: Path, root: Path, verb: str, step: int) -> bool:
    shutil.copytree(good, root)
    code = run(root, verb, dies_at(step))
    shutil.rmtree(root)
    return code != -signal.SIGKILL


def _mixed(now: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    """Files that are neither as before nor as they should become, and those that are gone."""
    for name in sorted({*now, *old}):
        if name not in now:
            yield f"{name} is gone"
        elif now[name] not in (old.get(name), new.get(name)):
            yield f"{name} is neither the old nor the new"


def _next(root: Path, verb: str, new: dict[str, bytes]) -> Iterator[str]:
    """What the run after must have done: all there is to do, and nothing else."""
    said = root.with_name("said")
    code = run(root, verb, told=said)
    told = said.read_text("utf-8", "replace")
    if code and not (code == 2 and "already" in told):
        yield f"the next run ended in {code}: {told[-500:]}"
    now = files(root)
    yield from (f"{name} is not what it should be after the next run" for name in sorted({*now, *new}) if now.get(name) != new.get(name))


# --- a full disk, and none to write to -------------------------------------------------------------------------------------------------


ROOMS = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89)  # pages of 4 kB


def disk_faults(folder: Path, verb: str, rooms: Iterable[int]) -> Iterator[str]:
    """What goes wrong on a disk with so much room left, and on one that is read-only; `folder` becomes the place where it is mounted."""
    with TemporaryDirectory() as other:
        good = workplace(Path(other, "good"))
        assert run(shutil.copytree(good, Path(other, "done")), verb) == 0
        old, new, size = files(good), files(Path(other, "done")), _pages(good)
        for room in (*rooms, "read-only"):
            _mount(folder, 4096 * (size + (room if isinstance(room, int) else 500)))
            try:
                root = shutil.copytree(good, folder / "own")
                with open(folder / "filler", "wb", buffering=0) as filler:
                    _fill(filler, 0 if room == "read-only" else room)
                if room == "read-only":
                    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
                yield from (f"{verb}, {room} pages left: {fault}" for fault in _on_disk(root, verb, old, new))
            finally:
                subprocess.run(["umount", folder], check=True)


def _on_disk(root: Path, verb: str, old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    with TemporaryDirectory() as other:
        told = Path(other, "told")
        code = run(root, verb, told=told)
        said = told.read_text("utf-8", "replace")
    yield from _mixed(files(root), old, new)
    if code:
        lines = [line for line in said.splitlines() if line.startswith(("Error: ", "left out: "))]
        if code not in (1, 2) or not lines or "Traceback" in said:
            yield f"it ended in {code}: {said[-600:]}"
        if any(".new" in line or ".old" in line or "/.lock" in line for line in lines):
            yield f"it names a file of its own: {lines}"
    if subprocess.run(["mount", "-o", "remount,rw", root.parent], capture_output=True).returncode == 0:
        (root.parent / "filler").unlink()
        subprocess.run(["mount", "-o", "remount,size=64m", root.parent], check=True)
        yield from _next(root, verb, new)


def _pages(root: Path) -> int:
    return sum(1 + path.stat().st_size // 4096 for path in [root, *root.rglob("*")]) + 8


def _mount(folder: Path, size: int) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)


def _fill(filler, room: int) -> None:
    """Fill the disk but for so many pages."""
    written = 0
    try:
        while True:
            written += filler.write(b"x" * 4096)
    except OSError:
        filler.truncate(max(0, written - 4096 * room))


def main() -> None:
    """Run it and tell what went wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--moments", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default=",".join(VERBS))
    options.add_argument("--disk", action="store_true", help="a full and a read-only disk instead")
    options.add_argument("--rooms", default=",".join(map(str, ROOMS)), help="pages of 4 kB left on the full disk")
    chosen, count, started = options.parse_args(), 0, time.perf_counter()
    for verb in chosen.only.split(","):
        with TemporaryDirectory() as folder:
            found = (
                disk_faults(Path(folder), verb, map(int, chosen.rooms.split(",")))
                if chosen.disk
                else faults(Path(folder), verb, chosen.moments, chosen.seed, tqdm)
            )
            for fault in found:
                count += 1
                print(fault, flush=True)
    what = "disks" if chosen.disk else f"{chosen.moments} moments each (seed {chosen.seed})"
    print(f"{chosen.only}: {what}: {count} faults, in {time.perf_counter() - started:.0f} s")
    sys.exit(bool(count))


if __name__ == "__main__":
    main()
