"""The versions of an edition: what changed from one to the next, and the older ones kept beside the newest.

A version is kept as it was published, in `earlier/<number>/`, and what changed is told from the published tables and main points alone: figures
added, gone, or with another value, change or verdict, and points worded anew. A report made again with the same bytes is no new version.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import TongbiError
from ..snapshot import file_digest, listed
from ..tablefiles import published_rows
from . import keys

EARLIER = "earlier"
FIRST = 1
COMPARED = (".pdf", ".csv", ".ipynb")  # what a reader reads; a page that only leads to one language more is the same report
IDENTITY = ("zh", "en", "period", "scope", "kind", "unit", "doc")
TOLD = ("value", "value_low", "value_high", "hedge", "change_direction", "change_amount", "change_kind", "change_basis", "previous_value", "verdict")
_FIGURES = re.compile("tables-[^/]+/figures[.]csv")
Row = Mapping[str, str]


class VersionError(TongbiError):
    """There is no such edition, or no such version of it."""


def number_of(record: Mapping[str, Any]) -> int:
    """The version of a recorded edition."""
    return int(record.get("version", FIRST))


def is_another(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether the same report, as recorded before and now, shows something else: a file of both has other bytes, or one is gone."""
    before, after = ({name: value for name, value in made["files"].items() if name.endswith(COMPARED)} for made in (old, new))
    return any(after.get(name) != value for name, value in before.items())


def keep(target: Path, record: Mapping[str, Any], new: Path) -> None:
    """Keep in the new folder what the record says was published in `target`; what somebody changed since is not what was published."""
    kept = new / EARLIER / str(number_of(record))
    for name, value in {name: value for made in record["reports"].values() for name, value in made["files"].items()}.items():
        if file_digest(target / name) == value:
            (kept / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(target / name, kept / name)
            except OSError:
                shutil.copy2(target / name, kept / name)
    kept.mkdir(parents=True, exist_ok=True)
    (kept / keys.RECORD).write_bytes(keys.written(record))


def differences(old: Path, new: Path) -> dict[str, Any]:
    """What changed between two published folders: `figures` with what was and is, `points` by language, in the order of the new report."""
    before, after = _figures(old), _figures(new)
    figures = [one for identity in dict.fromkeys([*after, *before]) for one in _changed(identity, before[identity], after[identity])]
    points = {}
    was, now = _points(old), _points(new)
    for lang in sorted(was.keys() & now.keys()):
        gone, come = ([point for point in here if point not in there] for here, there in ((was[lang], now[lang]), (now[lang], was[lang])))
        if gone or come:
            points[lang] = {"before": gone, "after": come}
    return {"figures": figures, "points": points}


def _figures(folder: Path) -> defaultdict[tuple[str, ...], list[Row]]:
    """The figures of an edition by what they are of; each stands once in its Data Package, in whichever language there is."""
    found: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    tables = next((place for place in sorted(folder.glob("tables-*"), reverse=True)), None)
    for path in sorted(tables.glob("figures.csv")) if tables else ():
        for row in published_rows(path)[1]:
            found[tuple(row.get(name) or "" for name in IDENTITY)].append(row)
    return found


def _changed(identity: tuple[str, ...], before: list[Row], after: list[Row]) -> Iterator[dict[str, Any]]:
    """Hold the prints of one figure against each other: those that are alike are left out, the rest go in pairs."""
    told = {id(row): {name: row[name] for name in TOLD if row.get(name)} for row in (*before, *after)}
    there, here = ({tuple(told[id(row)].items()) for row in rows} for rows in (after, before))
    gone = [row for row in before if tuple(told[id(row)].items()) not in there]
    come = [row for row in after if tuple(told[id(row)].items()) not in here]
    about = dict(zip(IDENTITY, identity, strict=True))
    for at in range(max(len(gone), len(come))):
        was, now = (told[id(rows[at])] if at < len(rows) else {} for rows in (gone, come))
        both = {name for name in was.keys() & now.keys() if was[name] == now[name]}
        kind = "changed" if was and now else "added" if now else "removed"
        shown = both if kind == "changed" else set()
        yield {"what": kind, **about, **{side: {k: v for k, v in one.items() if k not in shown} for side, one in (("before", was), ("after", now))}}


def _points(folder: Path) -> dict[str, list[str]]:
    reports = keys.read_record(folder).get("reports", {})
    return {lang: made.get("front", {}).get("points", []) for lang, made in reports.items()}


def find(report: str, out: Path, versions: tuple[int | None, int | None] = (None, None)) -> tuple[dict[str, Any], Path, Path]:
    """The record of a published report `region/period` and the folders of two of its versions, by default the last two.

    Raises VersionError naming what there is instead, or what of a version is damaged.
    """
    target = out.joinpath(*[part for part in report.split("/") if part not in ("", ".", "..")])
    record = keys.read_record(target)
    if not record:
        there = sorted(str(path.parent.relative_to(out)) for path in out.glob(f"*/*/{keys.RECORD}"))
        raise VersionError(f"there is no report {report!r} in {out}; there are: {', '.join(there) or 'none'}")
    newest = number_of(record)
    places = {newest: target} | {int(path.name): path for path in (target / EARLIER).glob("*") if path.name.isdigit()}
    later = newest if versions[1] is None else versions[1]
    earlier = later - 1 if versions[0] is None else versions[0]
    if versions == (None, None) and len(places) == 1:
        raise VersionError(f"{report} has only one version: once it is published anew with something changed, the two can be compared")
    for number in (earlier, later):
        if number not in places:
            raise VersionError(f"{report} has no version {number}; it has {', '.join(map(str, sorted(places)))}")
        if damaged := _damaged(places[number]):
            mend = "publish again with --force" if places[number] == target else "restore it from a copy, or compare others with --from and --to"
            raise VersionError(f"{places[number]}: version {number} is not what was published ({listed(damaged)}): {mend}")
    return record, places[earlier], places[later]


def _damaged(folder: Path) -> list[str]:
    """What of that which is compared is no longer as it was published: the record, which has the main points, and the tables of figures."""
    record = keys.read_record(folder)
    if not record:
        return [keys.RECORD]
    try:
        files = [one for made in record["reports"].values() for one in made.get("files", {}).items()]
    except AttributeError:  # JSON of another shape
        return [keys.RECORD]
    published = {name: value for name, value in files if _FIGURES.fullmatch(name)}
    there = {path.relative_to(folder).as_posix() for path in folder.glob("tables-*/figures.csv")}
    return sorted(name for name in published.keys() | there if file_digest(folder / name) != published.get(name))


def told(changes: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Write what changed as lines, each figure as `name, period: before -> after`."""
    for one in changes["figures"]:
        where = f" ({one['scope']})" if one["scope"] else ""
        name = (one["en"] if lang == "en" else "") or one["zh"]
        yield f"{one['what']:8} {name}, {one['period']}{where}, {one['doc']}: {_sides(one)}"
    for points in (changes["points"].get(lang),) if changes["points"].get(lang) else ():
        yield from (f"- {point}" for point in points["before"])
        yield from (f"+ {point}" for point in points["after"])
    if not changes["figures"] and not changes["points"]:
        yield "no figure and no main point differs: other words, charts or layout"


def _sides(one: Mapping[str, Any]) -> str:
    sides = [", ".join(f"{name} {value}" for name, value in one[side].items()) for side in ("before", "after")]
    return " -> ".join(side or "-" for side in sides) if all(sides) else next(filter(None, sides), "")
