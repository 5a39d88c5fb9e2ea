"""Finishing an edition: put it in place when all its reports are good, else keep what failed beside the last one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import keys, placing, versions
from .planning import UNCHANGED, Edition, Wishes
from .workshop import Outcome


@dataclass(frozen=True, slots=True)
class Published:
    """A report that is in place; `why` says why it was made, and is empty where it was up to date."""

    pdf: Path
    size: int
    seconds: float = 0.0
    why: str = ""

    def __str__(self) -> str:
        made = f"  {self.seconds:.1f} s  ({self.why})" if self.why else "  up to date"
        return f"{self.pdf}  {self.size / 1000:,.0f} kB{made}"


def finish(edition: Edition, failures: dict[str, str], wishes: Wishes, tell: Callable[[str], None]) -> None:
    """Put the edition in place when all its reports are good; else keep what failed beside the last one."""
    names = {choice.lang: choice.name for choice in edition.choices}
    failed = {names[lang]: outcome.error for lang, outcome in edition.outcomes.items() if outcome.error}
    failed |= _fewer_shown(edition, names) if not wishes.accept else {}
    if not failed:
        try:
            _place(edition)
        except OSError as error:
            failed = {names[lang]: placing.disk_trouble(error) for lang in edition.why}
    if failed:
        kept = _keep_failed(edition)
        failures.update({name: f"{reason}{kept}; {UNCHANGED}" for name, reason in failed.items()})
        failures.update(
            {names[lang]: f"not replaced, for {', '.join(failed)} failed and belongs to it" for lang in edition.why if names[lang] not in failed}
        )
    for one in published_of(edition, failures):
        if one.why:
            tell(str(one))
    for name in (names[lang] for lang in edition.why if names[lang] in failures):
        tell(f"{name}: failed: {failures[name]}")


def _fewer_shown(edition: Edition, names: Mapping[str, str]) -> dict[str, str]:
    """What shows less than last time from the same rows: nobody took figures away, so that something was lost."""
    found = {}
    for lang, outcome in edition.outcomes.items():
        before = edition.record.get("reports", {}).get(lang)
        if before and before["key"]["rows"] == edition.keys[lang]["rows"] and before["key"]["notebook"] == edition.keys[lang]["notebook"]:
            less = [
                f"{outcome.shown.get(what, 0)} {what} after {count}" for what, count in before["shown"].items() if outcome.shown.get(what, 0) < count
            ]
            if less and not outcome.error:
                found[names[lang]] = f"it shows less than last time from the same data ({', '.join(less)}): publish with --accept if that is meant"
    return found


def _place(edition: Edition) -> None:
    new, old = edition.staging / "edition", edition.record.get("reports", {})
    reports = {lang: made for lang, made in old.items() if lang not in edition.why}
    dropped = {name: "" for lang in edition.why for name in old.get(lang, {}).get("files", ())} | {keys.RECORD: "", placing.MARK: ""}
    files = keys.digests(new)
    for lang, outcome in edition.outcomes.items():
        mine = {name: value for name, value in files.items() if name.startswith(f"tables-{lang}/") or name.rpartition(".")[0].endswith(f"-{lang}")}
        made = {"key": edition.keys[lang], "modules": keys.modules_of(lang), "files": mine, "shown": dict(outcome.shown)}
        reports[lang] = made | {"front": dict(outcome.front)}
    placing.carry_over(edition.target, new, dropped)
    one = edition.choices[0]
    record = {"region": one.region, "period": one.period, "as_of": one.as_of, "documents": edition.documents, "reports": reports}
    record |= _versioned(edition, reports, new)
    placing.write(new / keys.RECORD, keys.written(record))
    placing.put_in_place(new, edition.target)
    edition.record = record
    shutil.rmtree(_failed_folder(edition), ignore_errors=True)


def _versioned(edition: Edition, reports: Mapping[str, Any], new: Path) -> dict[str, Any]:
    """The version of an edition and what changed in each: a report that shows something else keeps the one before."""
    old = edition.record
    about = {"version": versions.number_of(old), "changes": old.get("changes", [])}
    if any(versions.is_another(made, reports[lang]) for lang, made in old.get("reports", {}).items()):
        versions.keep(edition.target, old, new)
        placing.write(new / keys.RECORD, keys.written({"reports": reports}))  # its points are compared
        told = versions.differences(new / versions.EARLIER / str(about["version"]), new)
        about["version"] += 1
        about["changes"] = [*about["changes"], {"version": about["version"], "why": dict(edition.why), **told}]
    return about


def _failed_folder(edition: Edition) -> Path:
    return edition.target.with_name(edition.target.name + placing.FAILED)


def _keep_failed(edition: Edition) -> str:
    """Keep the failing notebooks beside the edition; says where."""
    made, kept = edition.staging / "failed", _failed_folder(edition)
    if not made.is_dir():
        return ""
    try:
        shutil.rmtree(kept, ignore_errors=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        os.rename(made, kept)
    except OSError:
        return ""
    return f"; the notebook and its traceback are in {kept}"


def published_of(edition: Edition, failures: Mapping[str, str]) -> Iterator[Published]:
    for choice in edition.choices:
        pdf = edition.target / f"{choice.name}.pdf"
        if choice.name not in failures and edition.name not in failures and pdf.exists():
            outcome = edition.outcomes.get(choice.lang, Outcome())
            yield Published(pdf, pdf.stat().st_size, outcome.seconds, edition.why.get(choice.lang, ""))
