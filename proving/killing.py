"""Publishers and helpers killed at random moments: no edition is ever partial or mixed, nobody is left running, the next run completes.

    python -m proving.killing [--moments 100] [--seed 1] [--lanes 2]

A third of the time the publisher is killed, a third of the time its helper, which a run must survive, both after a time; a third of the time the
publisher at a step of writing (an opening for writing, a sync, a rename, an exchange of folders, a removal), which hardly any moment by time would
hit. Between two moments the notebook is changed, so that there is always something to make, and that an edition of two runs would show. Each lane
is a process with a project of its own: most of a run is one process that imports.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from tqdm import tqdm

from analysis import snapshot
from analysis.errors import TongbiError
from analysis.publish.batch import publish
from analysis.publish.kernels import end_with_parent
from analysis.publish.workshop import Helper

from .project import ROOT, insert_cell, make_project, replace_in_cells

RUN = "import sys; from pathlib import Path; from analysis.publish.batch import publish; publish('yi', root=Path(sys.argv[1]))"
STEPPED = f"""
import sys
from analysis.publish import placing
from proving.interrupted import dies_at
left = dies_at(int(sys.argv[2]), [(placing, "exchange")])()
{RUN}
print(int(sys.argv[2]) - left[0])
"""
VICTIMS = ("publisher", "helper", "step")
MANY = 10**9  # more steps than any run takes
MARK = "# moment"
GONE = 10.0  # seconds within which everybody must have ended


class Standing(Helper):
    """A helper for the run after each kill: it stays, since what is to be shown of that run does not depend on when its helper was started."""

    _loaded = False

    def open(self, *given) -> None:
        """Have it load the data, the first time."""
        if not self._loaded:
            super().open(*given)
        self._loaded = True

    def close(self) -> None:
        """Stay, until `end`."""

    def end(self) -> None:
        """End it."""
        super().close()


def faults(root: Path, moments: int, seed: int = 1, watch: Callable[[Iterable[int]], Iterable[int]] = iter) -> Iterator[str]:
    """What goes wrong in a project made at `root`; nothing is the wished answer. `watch` may wrap the moments to show how far it is."""
    chance = random.Random(seed)
    make_project(root, [("yi", 1998)])
    insert_cell(root, f"{MARK} 0")
    start = time.monotonic()
    steps = int(subprocess.run([sys.executable, "-c", STEPPED, root, str(MANY)], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
    takes = time.monotonic() - start
    with TemporaryDirectory() as place:
        helper = Standing(Path(place))
        try:
            for moment in watch(range(1, moments + 1)):
                replace_in_cells(root, f"{MARK} {moment - 1}", f"{MARK} {moment}")
                victim = VICTIMS[(moment + seed) % len(VICTIMS)]
                start = time.monotonic()
                when = chance.randrange(steps) if victim == "step" else chance.uniform(0, takes)
                for fault in _killed(root, victim, when):
                    yield f"moment {moment}, {victim} at {when:.2f}: {fault}"
                if victim == "helper":
                    takes = 0.8 * takes + 0.2 * (time.monotonic() - start)  # a machine is not always as busy
                for fault in [*_next(root, helper), *not_whole(root), *_left_over(root, moment)]:
                    yield f"after moment {moment}, {victim} at {when:.2f}: {fault}"
        finally:
            helper.end()


def _killed(root: Path, victim: str, when: float) -> Iterator[str]:
    """Publish, kill one of them after so many seconds or at that step, wait, and look."""
    code = [STEPPED, root, str(when)] if victim == "step" else [RUN, root]
    said = TemporaryFile()  # not a pipe, which blocks whoever says more than it holds while nobody reads
    run = subprocess.Popen([sys.executable, "-c", *code], cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=said)
    children: set[int] = set()
    target = run.pid
    if victim == "step":
        while run.poll() is None:
            children.update(family(run.pid))
            time.sleep(0.05)
    else:
        time.sleep(when)
        listed = family(run.pid)
        children.update(listed)
        target = next((pid for pid in listed if is_helper(pid)), run.pid) if victim == "helper" else run.pid
        try:
            os.kill(target, signal.SIGKILL)
        except ProcessLookupError:
            pass
    run.wait()
    said.seek(0)
    told = said.read()
    said.close()
    yield from not_whole(root)
    if target != run.pid and run.returncode:
        yield f"the run did not survive its helper: {told.decode()[-500:]}"
    end = time.monotonic() + GONE
    while (left := [pid for pid in children if is_running(pid)]) and time.monotonic() < end:
        time.sleep(0.1)
    if left:
        yield f"{len(left)} processes were left running"


def _next(root: Path, helper: Helper) -> Iterator[str]:
    """The run after a kill, which must complete."""
    try:
        publish("yi", root=root, helper=helper)
    except TongbiError as error:
        yield f"the next run failed: {error}"


def _left_over(root: Path, moment: int) -> Iterator[str]:
    """What the run after a kill must have done: everything is of the newest notebook, and nothing lies about."""
    for path in (root / "reports/yi/1998").glob("*.ipynb"):
        if f'{MARK} {moment}"' not in path.read_text("utf-8"):
            yield f"{path.name} is not of this moment"
    yield from (f"{path.name} was left" for path in (root / "reports").rglob(".*") if path.name != ".lock")
    if any(one.why for one in publish("yi", root=root)):
        yield "the run after the next one had something to make"


def not_whole(root: Path) -> Iterator[str]:
    """Editions that are not what their record says, or whose languages are of two runs."""
    for record in (root / "reports").glob("*/*/edition.json"):
        reports = json.loads(record.read_text("utf-8"))["reports"]
        if len({made["key"]["notebook"] for made in reports.values()}) != 1 or set(reports) != {"zh", "en"}:
            yield f"{record.parent.name} is of two runs"
        for made in reports.values():
            wrong = [name for name, value in made["files"].items() if snapshot.file_digest(record.parent / name) != value]
            if wrong or not made["files"]:
                yield f"{record.parent.name} is not what its record says: {', '.join(wrong)}"


def family(pid: int) -> list[int]:
    """The processes below one."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += [int(path.parent.name), *family(int(path.parent.name))]
    return found


def is_helper(pid: int) -> bool:
    """Whether a process is a helper, or a fork of one; a helper comes before its forks in a family."""
    try:
        return b"publish.serving" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def is_running(pid: int) -> bool:
    """Whether the process is alive; one that has ended but waits to be reaped is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def lane(number: int, moments: int, seed: int) -> int:
    """Tell what goes wrong at so many moments in a project of this process's own; gives how much it was."""
    end_with_parent(os.getppid())  # whoever ends the run ends its lanes
    count = 0
    with TemporaryDirectory() as folder:
        for fault in faults(Path(folder), moments, seed, lambda counted: tqdm(counted, desc=f"lane {number}", position=number)):
            count += 1
            print(f"lane {number}, {fault}", flush=True)
    return count


def main() -> None:
    """Run it and tell what went wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--moments", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--lanes", type=int, default=len(os.sched_getaffinity(0)))
    chosen, start = options.parse_args(), time.perf_counter()
    shares = [(chosen.moments + number) // chosen.lanes for number in range(chosen.lanes)]
    with ProcessPoolExecutor(chosen.lanes, mp_context=get_context("spawn")) as lanes:
        count = sum(lanes.map(lane, range(chosen.lanes), shares, (chosen.seed * 1000 + number for number in range(chosen.lanes))))
    print(f"{chosen.moments} moments (seed {chosen.seed}, {chosen.lanes} lanes): {count} faults, in {time.perf_counter() - start:.0f} s")
    sys.exit(bool(count))


if __name__ == "__main__":
    main()
