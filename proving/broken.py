"""A run over many periods, four of them broken in different ways: the rest is published as ever, the four keep what they had.

    python -m proving.broken [--periods 12]

A digest that is not what its metadata say, a link that leads nowhere, a cell that raises and a cell that never ends. Then all four are mended,
and the next run makes these and no other.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import building
from analysis.publish.batch import UNCHANGED, IncompleteError, Published, publish

from .project import contents, insert_cell, make_project

FIRST = 1991
# What a cell does when a file says so: the notebook stays the same, and what is mended is mended outside of it.
CELL = """
import os, time
raising, endless = (os.path.exists(f"{name}-{period}") for name in ("raising", "endless"))
assert not raising, "the figures do not fit"
while endless:
    time.sleep(1)
""".strip()


def faults(root: Path, periods: int, seconds: int) -> Iterator[str]:
    """What goes wrong with so many periods, in a project made at `root`, no cell running longer than `seconds`; nothing is the wished answer."""
    last = FIRST + periods - 5
    # So far behind the others that no figure of theirs is compared with one of its own.
    broken = {"raising": ("jia", last + 1), "endless": ("jia", last + 2), "corrupt": ("jia", last + 9), "dangling": ("yi", last)}
    make_project(root, [*(("jia", year) for year in range(FIRST, last + 1)), *broken.values()])
    insert_cell(root, CELL)
    publish(None, "all", ["zh"], root=root)
    whole = published_in(root)
    # Every report is to be made again, and will have the same bytes: only its key is another one.
    (root / "requirements.lock").write_text("# another lock\n")
    mended = _break(root, broken)
    made, failures = _attempt(root, seconds)
    yield from _as_before(root, whole)
    yield from _told(failures, broken)
    yield from _made_all_but(broken, made, whole)
    for path, content in mended.items():
        path.unlink()
        path.write_bytes(content) if content else None
    building.build(root)
    made, failures = _attempt(root, seconds)
    yield from (f"mended, and it failed: {name}: {reason}" for name, reason in failures.items())
    yield from _as_before(root, whole)
    if {one.pdf.parent.name for one in made if one.why} != {str(year) for _, year in broken.values()}:
        yield f"the run after mending made {[str(one) for one in made if one.why]}"


def published_in(root: Path) -> dict[str, bytes]:
    """What is published, but for what the editions' records say of their keys."""
    return {name: data for name, data in contents(root / "reports").items() if not name.endswith("edition.json") and ".failed/" not in name}


def _break(root: Path, broken: Mapping[str, tuple[str, int]]) -> dict[Path, bytes]:
    """Break the four; returns what each file must be to be mended: empty where it must not be."""
    corrupt, dangling = (root / "data/raw/{0}/{0}-{1}.txt".format(*broken[kind]) for kind in ("corrupt", "dangling"))
    mended = {corrupt: corrupt.read_bytes(), dangling: dangling.read_bytes()}
    corrupt.write_bytes(mended[corrupt].replace(b"12364", b"12365"))
    dangling.unlink()
    dangling.symlink_to("nowhere.txt")
    for kind in ("raising", "endless"):
        path = root / f"{kind}-{broken[kind][1]}"
        path.touch()
        mended[path] = b""
    building.build(root)
    return mended


def _attempt(root: Path, seconds: int) -> tuple[list[Published], dict[str, str]]:
    try:
        return publish(None, "all", ["zh"], root=root, seconds=seconds), {}
    except IncompleteError as error:
        return error.published, error.failures


def _as_before(root: Path, whole: Mapping[str, bytes]) -> Iterator[str]:
    now = published_in(root)
    yield from (f"{name} is not what an unbroken run makes of it" for name in sorted({*whole, *now}) if whole.get(name) != now.get(name))


def _told(failures: Mapping[str, str], broken: Mapping[str, tuple[str, int]]) -> Iterator[str]:
    """Each of the four named, with the file, the cell where there is one, and what to do."""
    wanted = {
        "raising": ("-zh", ["report.ipynb: cell `import os, time` failed", "the figures do not fit", "traceback are in"]),
        "endless": ("-zh", ["report.ipynb: cell `import os, time` ran for more than", "--cell-seconds", "traceback are in"]),
        "corrupt": ("", ["{0}/{0}-{1}.txt: its sha256 is not the one in its metadata: if the change is meant, write sha256"]),
        "dangling": ("", ["{0}/{0}-{1}.txt: "]),
    }
    names = {kind: f"{region}{'-' if wanted[kind][0] else '/'}{year}{wanted[kind][0]}" for kind, (region, year) in broken.items()}
    yield from (f"{name} failed: {reason}" for name, reason in failures.items() if name not in names.values())
    for kind, name in names.items():
        told = failures.get(name, "")
        yield from (
            f"{name}: {part!r} is not in {told!r}" for part in [*(p.format(*broken[kind]) for p in wanted[kind][1]), UNCHANGED] if part not in told
        )


def _made_all_but(broken: Mapping[str, tuple[str, int]], made: list[Published], whole: Mapping[str, bytes]) -> Iterator[str]:
    wanted = {name for name in whole if name.endswith(".pdf")} - {"{0}/{1}/{0}-{1}-zh.pdf".format(*place) for place in broken.values()}
    found = {one.pdf.relative_to(one.pdf.parents[2]).as_posix() for one in made if one.why == "versions changed"}
    if found != wanted:
        yield f"made again: {sorted(found)}, not {sorted(wanted)}"


def main() -> None:
    """Run it and tell what went wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--periods", type=int, default=12)
    options.add_argument("--seconds", type=int, default=60, help="how long a cell may run")
    chosen, start = options.parse_args(), time.perf_counter()
    with TemporaryDirectory() as folder:
        found = list(faults(Path(folder), chosen.periods, chosen.seconds))
    print(*found, f"{chosen.periods} periods, 4 of them broken: {len(found)} faults, in {time.perf_counter() - start:.0f} s", sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
