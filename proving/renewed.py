"""Builds that take what holds from the last one, against builds anew: after any edit of a project both must write the same bytes.

    python -m proving.renewed [--edits 100] [--seed 1]

Documents change, come, go, move to another region or take another's name; metadata, region files, corrections and the catalogue change; tables and
snapshot are damaged; the code that reads becomes another. How many documents were read is held as well: none that nothing was done to.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import building, catalogue, snapshot
from analysis.project import MANUAL, PROCESSED, RAW

from . import project

BULLETINS = [("jia", 2015), ("jia", 2016), ("jia", 2017), ("yi", 1998), ("yi", 1999)]
EVERYTHING, NOBODY = None, frozenset[str]()
Reached = frozenset[str] | None  # the documents that must be read anew; None for all


class Place:
    """A project, and a random choice of what to do to it."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.chance, self.count = root, chance, 0
        project.make_project(root, BULLETINS)

    def next(self) -> int:
        """A number that was not used before."""
        self.count += 1
        return self.count

    def documents(self) -> list[Path]:
        """The files of all documents."""
        return sorted(path for path in (self.root / RAW).glob("*/*") if path.suffix in (".txt", ".html") and not path.name.endswith(".html.txt"))

    def chosen(self) -> Path:
        """One of them."""
        return self.chance.choice(self.documents())

    def write(self, path: Path, text: str, **about: str) -> None:
        """Write a document, with its metadata where they are given, and its sum."""
        path.write_text(text, "utf-8")
        for stale in path.parent.glob(f"{path.name}.txt*"):
            stale.unlink()
        sidecar = path.with_name(f"{path.stem}.meta.yml")
        said = sidecar.read_text("utf-8") if sidecar.exists() else project.SIDECAR.format(sha256="0" * 64, **about)
        sidecar.write_text(said.partition("sha256")[0] + f"sha256: {hashlib.sha256(path.read_bytes()).hexdigest()}\n", "utf-8")


def figure(place: Place) -> Reached:
    """Another sentence in a document."""
    path = place.chosen()
    place.write(path, path.read_text("utf-8").replace("</article>", "") + f"2017年，刑满释放{1000 + place.next()}人。\n")
    return frozenset([path.stem])


def metadata(place: Place) -> Reached:
    """Another title of a document."""
    about = place.chosen()
    path = about.with_name(f"{about.stem}.meta.yml")
    path.write_text(path.read_text("utf-8").replace("公报", f"公报{place.next()}", 1), "utf-8")
    return frozenset([about.stem])


def come(place: Place) -> Reached:
    """A document more: a text or a page."""
    region, year = place.chance.choice(["jia", "yi"]), 2018 + place.next() % 60
    ending, form = place.chance.choice([("txt", "{}"), ("html", "<html><body><h1>公报</h1><p>{}</p></body></html>")])
    path = place.root / RAW / region / f"{region}-more-{place.count}.{ending}"
    about = {"title": "公报", "publisher": "局", "publisher_en": "Office", "published": f"{year + 1}-02-10", "period": str(year), "region": region}
    place.write(path, form.format(project.bulletin(year)), **about)
    return frozenset([path.stem])


def go(place: Place) -> Reached:
    """A document less, where many are left."""
    if len(place.documents()) > 4:
        path = place.chosen()
        for one in (path, *path.parent.glob(f"{path.stem}.meta.yml"), *path.parent.glob(f"{path.name}.txt*")):
            one.unlink()
    return NOBODY


def move(place: Place) -> Reached:
    """A document in another region."""
    path = place.chosen()
    other = "yi" if path.parent.name == "jia" else "jia"
    for one in [*path.parent.glob(f"{path.name}*"), path.with_name(f"{path.stem}.meta.yml")]:
        one.rename(one.parents[1] / other / one.name)
    about = path.parents[1] / other / f"{path.stem}.meta.yml"
    about.write_text(about.read_text("utf-8").replace(f"region: {path.parent.name}", f"region: {other}"), "utf-8")
    return frozenset([path.stem])


def namesake(place: Place) -> Reached:
    """A second file of a document's name, read before it or left out: whichever is used is the one whose rows are taken."""
    path = place.chosen()
    other = path.with_suffix(".csv" if path.suffix == ".txt" else ".txt")
    if other.exists():
        other.unlink()
    else:
        other.write_text("年份,立案\n2017,12\n2016,13\n" if other.suffix == ".csv" else project.bulletin(2001, place.next()), "utf-8")
    return EVERYTHING  # how many of the two can be used is not what is asked here


def region_file(place: Place) -> Reached:
    """Another name of a region."""
    path = place.root / RAW / place.chance.choice(["jia", "yi"]) / "region.yml"
    path.write_text(path.read_text("utf-8").partition("en:")[0] + f"en: Place {place.next()}\nlevel: prefecture\n", "utf-8")
    return NOBODY


def correction(place: Place) -> Reached:
    """A correction more, or none at all."""
    path = place.root / MANUAL / "corrections.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = [one for one in place.documents() if one.suffix == ".txt" and "12364" in one.read_text("utf-8")]
    if path.exists() or not texts:
        path.unlink(missing_ok=True)
    else:
        chosen = place.chance.choice(texts)
        start = chosen.read_text("utf-8").index("12364起")
        said = f"id: c{place.next()}, doc: {chosen.stem}, start: {start}, as_written: '12364起', action: flag, reason: r, evidence: e"
        path.write_text(f"- {{{said}}}\n", "utf-8")
    return NOBODY


def own_catalogue(place: Place) -> Reached:
    """An indicator of the project's own."""
    path = place.root / "catalogue.yml"
    about = "zh: 刑满释放人数, en: Released, unit: 人, polarity: neither, organ: justice, chapter: oversight, also: [刑满释放]"
    path.write_text(f"indicators:\n- {{id: own-{place.next()}, {about}}}\n", "utf-8")
    assert f"own-{place.count}" in catalogue.of(place.root).by_id
    return NOBODY


def damaged(place: Place) -> Reached:
    """Tables that another program wrote, with sums that fit each other but not the snapshot; or a snapshot that is cut short."""
    if place.next() % 2:
        _rewrite(place.root)
    else:
        path = place.root / PROCESSED / snapshot.FILE
        path.write_bytes(path.read_bytes()[:-9])
    return EVERYTHING


def other_code(place: Place) -> Reached:
    """What was read was read by other code, otherwise, and all of it fits."""
    found = snapshot.read(place.root)
    _rewrite(place.root)
    code, tables = found.made_with | {"code": f"{place.next()}"}, snapshot.tables(place.root)
    (place.root / PROCESSED / snapshot.FILE).write_bytes(replace(found, made_with=code, tables=tables).to_json())
    return EVERYTHING


def _rewrite(root: Path) -> None:
    """Have the tables say something else, with the descriptor that belongs to it."""
    descriptor = root / PROCESSED / "datapackage.json"
    for path in sorted((root / PROCESSED).glob("*.csv")):
        before = path.read_bytes()
        path.write_bytes(before.replace(b"\xe4\xbb\xb6", b"\xe4\xba\xba"))
        sums = [hashlib.sha256(data).hexdigest().encode() for data in (before, path.read_bytes())]
        descriptor.write_bytes(descriptor.read_bytes().replace(*sums))


def nothing(place: Place) -> Reached:
    """Nothing."""
    return NOBODY


EDITS: tuple[Callable[[Place], Reached], ...] = (
    figure, metadata, come, go, move, namesake, region_file, correction, own_catalogue, damaged, other_code, nothing,
)  # fmt: skip


def faults(folder: Path, edits: int, seed: int = 1) -> Iterator[str]:
    """Where a build that takes what holds differs from one anew, or reads what it need not; nothing is the wished answer."""
    place = Place(folder / "project", random.Random(seed))
    for number in range(edits):
        edit = EDITS[number] if number < len(EDITS) else place.chance.choice(EDITS)  # each once, then at random
        taken = snapshot.read(place.root)
        unknown = {path.stem for path in place.documents()} - (taken.documents.keys() if taken else set())
        reached, read = edit(place), set[str]()
        building.build(place.root, lambda documents, read=read: _watched(documents, read))
        shutil.copytree(place.root / "data/raw", folder / "anew/data/raw")
        for name in ("data/manual", "catalogue.yml"):
            if (place.root / name).exists():
                copied = shutil.copytree if (place.root / name).is_dir() else shutil.copy
                copied(place.root / name, folder / "anew" / name)
        building.build(folder / "anew", anew=True)
        for name in written(folder / "anew"):
            if written(place.root)[name] != written(folder / "anew")[name]:
                yield f"edit {number}, {edit.__name__}: {name} is not what a build anew writes"
        if reached is not None and read - reached - unknown:
            yield f"edit {number}, {edit.__name__}: {', '.join(sorted(read - reached))} was read without need"
        shutil.rmtree(folder / "anew")


def _watched(documents: Iterable, read: set[str]) -> Iterator:
    for document in documents:
        read.add(document.id)
        yield document


def written(root: Path) -> dict[str, bytes]:
    """What a build writes."""
    return {path.name: path.read_bytes() for path in sorted((root / PROCESSED).iterdir()) if path.name != ".lock"}


def main() -> None:
    """Run it and tell what went wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edits", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        found = list(faults(Path(folder), chosen.edits, chosen.seed))
    print(*found, f"{chosen.edits} edits (seed {chosen.seed}): {len(found)} faults", sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
