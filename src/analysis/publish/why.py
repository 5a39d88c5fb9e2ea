"""Why a number stands in a published report: its sentence, document, verdict and arithmetic, from the published files alone."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from ..errors import TongbiError
from ..project import RECORD
from ..tablefiles import published_rows
from . import keys

# The columns in which a number may be meant, with what it is there.
LEVEL, CHANGE, EARLIER, IMPLIED = "the printed value", "the printed change", "the earlier value printed beside it", "computed here"
HELD = "the earlier value as another document prints it"
ROLES = {
    "value": LEVEL,
    "value_low": LEVEL,
    "value_high": LEVEL,
    "change_amount": CHANGE,
    "previous_value": EARLIER,
    "held_value": HELD,
    "implied_low": IMPLIED,
    "implied_high": IMPLIED,
    "integers_low": IMPLIED,
    "integers_high": IMPLIED,
}
FRONT = "application/vnd.tongbi.front+json"
DIGITS = re.compile(r"[0-9]{1,400}(?:\.[0-9]{1,400})?")
NEEDED = {"ref", "id", "as_written", "sentence", "doc"}
FORMULAS = {
    "percent": "value / (1 {sign} change / 100)",
    "percentage_points": "value {minus} change",
    "absolute": "value {minus} change",
    "multiple": "value / (1 {sign} change)",
}


class WhyError(TongbiError):
    """There is no such report, or no such number in it."""


def why(number: str, report: str, folder: Path) -> Iterator[str]:
    """Lines that say where `number` comes from in the report `region/period`, published below `folder`; a block for each place it may be.

    Raises WhyError naming what there is instead.
    """
    edition = _edition(report, folder)
    wanted = _number(number)
    if wanted is None:
        raise WhyError(f"{number!r} is no number: write it as the report prints it, such as 12,364 or 25.44%")
    rows = _rows(edition)
    found = [(row, role) for row in rows for role in _roles(row, wanted, _unit(number))]
    if not found:
        near = sorted({row["as_written"] for row in rows if row["as_written"]}, key=lambda one: _distance(one, wanted))[:3]
        raise WhyError(f"{edition}: no figure of this report is {number}; the nearest it prints: {', '.join(near)}")
    sources = _sources(edition)
    for name in _changed_by_hand(edition):
        yield f"not as it was published ({RECORD} has its sha256, and it is another): {name}; `tongbi publish` makes it anew"
    for row, role in found:
        yield from _told(row, role, sources)


def _edition(report: str, folder: Path) -> Path:
    parts = [part for part in report.strip("/").split("/") if part]
    edition = folder.joinpath(*parts)
    if not 2 <= len(parts) <= 3 or any(part in (".", "..") for part in parts) or not edition.is_dir():
        there = sorted(path.parent.relative_to(folder).as_posix() for path in folder.glob(f"*/*/{RECORD}"))
        raise WhyError(f"there is no report {report!r} in {folder}; there are: {', '.join(there[:10]) or 'none: run `tongbi publish`'}")
    return edition


def _rows(edition: Path) -> list[dict[str, str]]:
    """The figures of the edition's tables, each once."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(filter(Path.is_file, edition.glob("tables-*/*.csv"))):
        columns, rows = published_rows(path)
        if set(columns) >= NEEDED:
            for row in rows:
                found.setdefault(row["id"], row)
    return list(found.values())


def _changed_by_hand(edition: Path) -> list[str]:
    """The tables of an edition that are not the files its record knows."""
    known = {name: sha256 for made in keys.read_record(edition).get("reports", {}).values() for name, sha256 in made.get("files", {}).items()}
    tables = {path.relative_to(edition).as_posix(): path for path in sorted(filter(Path.is_file, edition.glob("tables-*/*.csv")))}
    return [name for name, path in tables.items() if known and known.get(name) != keys.file_digest(path)]


def _roles(row: dict[str, str], wanted: Decimal, unit: Decimal) -> Iterator[str]:
    seen = set()
    for column, role in ROLES.items():
        value = _number(row.get(column, ""))
        # What was worked out stands in a report rounded.
        if role not in seen and value is not None and (value == wanted or (role == IMPLIED and abs(value - wanted) < unit)):
            seen.add(role)
            yield role


def _number(written: str) -> Decimal | None:
    plain = unicodedata.normalize("NFKC", written).replace(",", "").replace("−", "-").strip().strip("+-%≈~约 ")
    digits = plain
    while digits and not digits[-1].isdigit():
        digits = digits[:-1]
    if not DIGITS.fullmatch(digits):
        return None
    value = Decimal(digits)
    rest = plain[len(digits) :]
    return value * (10**8 if rest.startswith("亿") else 10**4 if rest.startswith("万") else 1)


def _unit(written: str) -> Decimal:
    """What the last digit of a written number stands for.

    >>> _unit("3,381.6万"), _unit("12,364起"), _unit("58.0%")
    (Decimal('1000.0'), Decimal('1'), Decimal('0.1'))
    """
    value = _number(written) or Decimal(1)
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", written) if sign.isdecimal() or sign == ".").rstrip(".")
    plain = _number(digits)
    return (value / plain if plain else Decimal(1)) * Decimal(1).scaleb(-len(digits.partition(".")[2]))


def _distance(written: str, wanted: Decimal) -> Decimal:
    value = _number(written)
    return Decimal("Infinity") if value is None else abs(value - wanted)


def _sources(edition: Path) -> list[str]:
    """What the title block of the executed notebook names as sources."""
    for path in sorted(filter(Path.is_file, edition.glob("*.ipynb"))):
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
            fronts = [output["data"].get(FRONT) for cell in cells for output in cell.get("outputs", ()) if "data" in output]
            found = [str(source) for front in fronts if front for source in front.get("sources", ())]
        except (OSError, ValueError, RecursionError, LookupError, AttributeError, TypeError):
            continue  # it was changed by hand: the tables say where the figure comes from
        if found:
            return found
    return []


def _told(row: dict[str, str], role: str, sources: list[str]) -> Iterator[str]:
    name = row.get("en") or row.get("zh") or row.get("indicator", "")
    yield f"[{row['ref']}] {name}, {row.get('period', '')}: {role}"
    yield f"  printed:  {row['as_written']}"
    yield f"  sentence: {row['sentence']}"
    yield f"  document: {row['doc']}, characters {row.get('start', '')}-{row.get('end', '')}"
    own = [" ".join(filter(None, (row.get(name) for name in ("title", "publisher", "published", "url"))))] if row.get("title") else sources
    for source in own:
        yield f"  source:   {source}"
    if role == HELD:
        yield f"  held:     {row.get('held_doc', '')}, for {row.get('held_period', '')}"
    if role == IMPLIED:
        yield f"  formula:  {_formula(row)}"
    if row.get("verdict"):
        yield f"  verdict:  {row['verdict']}"


def _formula(row: dict[str, str]) -> str:
    """How an earlier value follows from the value and its change, with the numbers that went in."""
    down = row.get("change_direction") == "down"
    formula = FORMULAS.get(row.get("change_kind", ""), "from value and change").format(sign="-" if down else "+", minus="+" if down else "-")
    ends = f"{row.get('implied_low', '')} to {row.get('implied_high', '')}"
    whole = f", whole numbers {row['integers_low']} to {row['integers_high']}" if row.get("integers_low") else ""
    inputs = f"value {row.get('value', '')}, change {row.get('change_amount', '')} {row.get('change_kind', '')}".strip()
    return f"{formula} = {ends}{whole} for {row.get('implied_period', '')}, of {inputs}, each as wide as its last printed digit"
