"""Random edits of everything a report is made from, at the level of keys: each makes again what it reaches, and nothing else.

    python -m proving.edits [--edits 300] [--seed 1]

The edits are made in a copy of the package and a small project: a figure of a bulletin, its metadata, the notebook, a module, a wording, a font, the
lock, a parameter, what an edition holds; and things that no report is made from. What each must reach is said beside it, in terms of the reports'
regions, periods and languages; a changed document reaches the editions that know it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import building, snapshot
from analysis.publish import keys
from analysis.publish.selection import Choice

from .project import insert_cell, make_project

BULLETINS = [("jia", 2015), ("jia", 2016), ("jia", 2017), ("yi", 1998), ("yi", 2009)]
Reached = Callable[[Choice], bool]


class Bench:
    """A project with a record for each report, as if all were published, and a copy of the package that may be edited."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.root, self.chance, self.count, self.parameters = folder / "project", chance, 0, dict[str, str]()
        self.package = Path(shutil.copytree(snapshot.PACKAGE, folder / "src/analysis", ignore=shutil.ignore_patterns("__pycache__")))
        self.fonts = tuple(Path(shutil.copy(path, folder / path.name)) for path in keys.font_files())
        make_project(self.root, BULLETINS)
        self.choices = [Choice(region, str(year), lang) for region, year in BULLETINS for lang in ("zh", "en")]
        self.records: dict[Choice, dict] = {}

    def stale(self) -> dict[Choice, str]:
        """The reports that are out of date, with the reason; afterwards all are as if they had been made."""
        keys.look_anew()
        taken = snapshot.read(self.root)
        found = {}
        for choice in self.choices:
            key = keys.key_of(choice, taken, self.root / "notebooks/report.ipynb", self.parameters, self.root / "requirements.lock", ("zh", "en"))
            folder = self.root / "reports" / choice.folder
            if why := keys.why_stale(choice, key, {"reports": {choice.lang: self.records[choice]}} if choice in self.records else {}, folder):
                found[choice] = why
                pdf = folder / f"{choice.name}.pdf"
                pdf.parent.mkdir(parents=True, exist_ok=True)
                pdf.write_bytes(b"a report")
                files = {pdf.name: snapshot.file_digest(pdf)}
                self.records[choice] = {"key": key, "modules": keys.modules_of(choice.lang), "files": files}
        return found

    def next(self) -> int:
        """A number that was not used before."""
        self.count += 1
        return self.count


def figure(bench: Bench) -> Reached:
    """A document with a figure more: every edition that knows the document."""
    region, year = bench.chance.choice(BULLETINS)
    path = bench.root / f"data/raw/{region}/{region}-{year}.txt"
    path.write_text(path.read_text("utf-8").rstrip("\n") + f"\n{year}年，刑满释放{1000 + bench.next()}人。\n", "utf-8")
    about = path.with_name(f"{path.stem}.meta.yml")
    about.write_text(about.read_text("utf-8").partition("sha256")[0] + f"sha256: {hashlib.sha256(path.read_bytes()).hexdigest()}\n", "utf-8")
    return _known_by(bench, region, year)


def title(bench: Bench) -> Reached:
    """A document's metadata: every edition that knows the document."""
    region, year = bench.chance.choice(BULLETINS)
    about = bench.root / f"data/raw/{region}/{region}-{year}.meta.yml"
    about.write_text(about.read_text("utf-8").replace("公报", f"公报{bench.next()}", 1), "utf-8")
    return _known_by(bench, region, year)


def _known_by(bench: Bench, region: str, year: int) -> Reached:
    building.build(bench.root)
    taken = snapshot.read(bench.root)
    return lambda choice: choice.region == region and f"{region}-{year}" in taken.regions[region].editions[choice.period]["documents"]


def notebook(bench: Bench) -> Reached:
    """All."""
    insert_cell(bench.root, f"{bench.next()};")
    return lambda choice: True


def notebook_outputs(bench: Bench) -> Reached:
    """None: stored outputs are not run."""
    path = bench.root / "notebooks/report.ipynb"
    written = json.loads(path.read_bytes())
    written["cells"][2]["execution_count"] = bench.next()
    written["metadata"]["kernelspec"] = {"name": "python3", "display_name": f"Python {bench.count}"}
    path.write_text(json.dumps(written), "utf-8")
    return lambda choice: False


def changed(bench: Bench, *names: str) -> None:
    """Add a remark to one of some files of the package."""
    path = bench.package / bench.chance.choice(names)
    path.write_text(path.read_text("utf-8") + f"\n# remark {bench.next()}\n", "utf-8")


def module(bench: Bench) -> Reached:
    """All: content, drawing, setting and running are code of every report."""
    changed(
        bench, "report/edition.py", "report/narrative.py", "report/charts/style.py", "report/executed.py", "publish/running.py", "series/along.py"
    )
    return lambda choice: True


def module_beside(bench: Bench) -> Reached:
    """None: no report is made with these, or only its rows are, which stay."""
    changed(
        bench,
        "explore/charts.py",
        "review/__init__.py",
        "cli/looking.py",
        "trends/__init__.py",
        "archive/asking.py",
        "publish/placing.py",
        "extract/ledger.py",
    )
    return lambda choice: False


def wording(bench: Bench) -> Reached:
    """The reports of its language."""
    lang = bench.chance.choice(["zh", "en"])
    changed(bench, f"report/wording/{lang}.yml")
    return lambda choice: choice.lang == lang


def font(bench: Bench) -> Reached:
    """All."""
    path = bench.chance.choice(bench.fonts)
    with path.open("ab") as file:
        file.write(str(bench.next()).encode())
    return lambda choice: True


def lock(bench: Bench) -> Reached:
    """All."""
    (bench.root / "requirements.lock").write_text(f"# lock {bench.next()}\n")
    return lambda choice: True


def parameter(bench: Bench) -> Reached:
    """All that are asked for with it."""
    bench.parameters = {"note": str(bench.next())}
    return lambda choice: True


def damage(bench: Bench) -> Reached:
    """The report whose file it is."""
    chosen = bench.chance.choice(bench.choices)
    path = bench.root / "reports" / chosen.folder / f"{chosen.name}.pdf"
    path.write_bytes(b"damaged") if bench.next() % 2 else path.unlink()
    return lambda choice: choice == chosen


def nothing(bench: Bench) -> Reached:
    """None: the data are built once more from the same, files are touched, and a note lies beside a report."""
    building.build(bench.root)
    (bench.root / "notebooks/report.ipynb").touch()
    (bench.root / "reports/jia/2017/note.md").write_text(str(bench.next()))
    return lambda choice: False


EDITS = (figure, title, notebook, notebook_outputs, module, module_beside, wording, font, lock, parameter, damage, nothing)


def faults(folder: Path, edits: int, seed: int = 1) -> Iterator[str]:
    """What was stale and not noticed, or made again without need; nothing is the wished answer."""
    chance = random.Random(seed)
    bench = Bench(folder, chance)
    before = keys.PACKAGE, keys.font_files
    keys.PACKAGE, keys.font_files = bench.package, lambda: bench.fonts
    try:
        bench.stale()
        for number in range(edits):
            edit = EDITS[number] if number < len(EDITS) else chance.choice(EDITS)  # each once, then at random
            reached, found = edit(bench), bench.stale()
            for choice in bench.choices:
                if reached(choice) != (choice in found):
                    yield f"edit {number}, {edit.__name__}: {choice.name} is {'needless: ' + found[choice] if choice in found else 'stale'}"
    finally:
        keys.PACKAGE, keys.font_files = before
        keys.look_anew()


def main() -> None:
    """Run it and tell what went wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edits", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        found = list(faults(Path(folder), chosen.edits, chosen.seed))
    stale, needless = sum(fault.endswith("stale") for fault in found), sum("needless" in fault for fault in found)
    print(*found, f"{chosen.edits} edits (seed {chosen.seed}): {stale} stale, {needless} needless", sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
