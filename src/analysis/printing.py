"""Ledgers and findings as text: JSON lines, a table for a terminal, Markdown."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .documents.inference import infer
from .margins import is_doubtful
from .writing.escaping import escape

if TYPE_CHECKING:
    from .documents import Document
    from .extract.records import Ledger, Other, Statement

# Wider cells are cut in a terminal table; the other formats hold everything.
WIDEST = 34
LEDGER_HEADER = ("line", "printed", "indicator", "value", "period", "change", "kind", "margin")
FINDING_HEADER = ("verdict", "check", "period", "stated", "implied", "finding")
ARROWS = {"up": "+", "down": "-", "flat": "="}
HEDGES = {"about": "about ", "more_than": "over ", "less_than": "under "}
KINDS = {"percent": "%", "percentage_points": " points", "multiple": " times"}


def inferred_lines(document: Document) -> Iterator[str]:
    """What a document without metadata says of itself, a line each: the value, whether it is sure, the rule, and the words with their place."""
    if document.metadata is not None:
        return
    said = list(infer(document))
    for one in said:
        place = f", characters {one.start}-{one.end}" if one.start >= 0 else ""
        doubt = "" if one.sure else "perhaps "
        yield _cut(f"# inferred {one.field}: {doubt}{one.value} ({one.rule}{place}: {one.words})", None)
    if not any(one.field == "place" and one.sure for one in said):
        yield "# no place is sure: nothing is compared with other documents by its place"


def ledger_table(ledger: Ledger, document: Document) -> Iterator[str]:
    """The ledger of one document as an aligned table, under what was inferred of it; the last line says how many numerals are accounted for."""
    text = document.text
    yield f"# {ledger.doc}"
    yield from inferred_lines(document)
    yield from aligned(LEDGER_HEADER, [(str(line), *_ledger_row(entry)) for line, entry in _with_lines(ledger, text)])
    kinds = Counter(statement.kind for statement in ledger.statements)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()) or "none"
    accounted = f"{ledger.covered} of {ledger.numerals} numerals accounted for ({ledger.coverage:.1%})"
    yield from _doubts(ledger, text)
    yield f"{len(ledger.statements)} statements ({counted}), {len(ledger.others)} other numbers; {accounted}"
    yield from (f"not read: {warning}" for warning in ledger.warnings())


def _doubts(ledger: Ledger, text: str) -> Iterator[str]:
    """The statements whose reading is least ahead of another, the worst first, with their lines."""
    lines = {id(entry): line for line, entry in _with_lines(ledger, text)}
    doubtful = sorted((entry for entry in ledger.statements if is_doubtful(entry.margin)), key=lambda entry: (entry.margin or 0.0, entry.start))
    if doubtful:
        yield f"doubtful, worst first ({len(doubtful)}):"
    yield from (f"  line {lines[id(entry)]}: {entry.as_written} {entry.indicator} (margin {entry.margin})" for entry in doubtful)


def findings_json_lines(findings: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object a finding: check, verdict, period, subjects, stated, implied, gap, smallest_visible_error, cause, message."""
    for row in findings:
        record = {name: row[name] for name in ("id", "check", "verdict", "region", "indicator", "period")}
        record["subjects"] = json.loads(row["subjects"])
        for side in ("stated", "implied"):
            record[side] = {end: row[f"{side}_{end}"] for end in ("low", "high", "unit")}
        record |= {name: row[name] for name in ("gap", "smallest_visible_error", "cause")}
        yield to_json(record | {"message": {"zh": row["message_zh"], "en": row["message_en"]}})


def findings_table(findings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Findings as an aligned table with the English message, and how many there are of each verdict."""
    yield from aligned(FINDING_HEADER, [_finding_row(row) for row in findings], last=None)
    yield _verdict_counts(findings)


def findings_markdown(findings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Findings as a Markdown table with the Chinese and the English message."""
    yield "| " + " | ".join((*FINDING_HEADER[:-1], "说明", "finding")) + " |"
    yield "|" + "---|" * (len(FINDING_HEADER) + 1)
    for row in findings:
        cells = (*_finding_row(row)[:-1], row["message_zh"], row["message_en"])
        yield "| " + " | ".join(map(escape, cells)) + " |"
    yield ""
    yield _verdict_counts(findings)


def to_json(value: Any) -> str:
    """JSON in which a Decimal stands digit for digit (58.30 stays 58.30).

    >>> to_json({"low": Decimal("58.30"), "unit": "%"})
    '{"low": 58.30, "unit": "%"}'
    """
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)}: {to_json(item)}" for key, item in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]], last: int | None = WIDEST) -> Iterator[str]:
    """Rows under a header, columns aligned for a terminal where a hanzi is two wide.

    Cells are cut to WIDEST, those of the last column to `last` (None: never).

    >>> print(*aligned(("年份", "n"), [("1960", "548")]), sep="\\n")
    年份  n
    1960  548
    """
    widths = [WIDEST] * (len(header) - 1) + [last]
    cut = [[_cut(cell, width) for cell, width in zip(row, widths, strict=False)] for row in (header, *rows)]
    columns = [max(map(_width, column)) for column in zip(*cut, strict=False)]
    for row in cut:
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, columns, strict=False)).rstrip()


def _with_lines(ledger: Ledger, text: str) -> Iterator[tuple[int, Statement | Other]]:
    line, position = 1, 0
    for entry in ledger.entries:
        line += text.count("\n", position, max(position, entry.start))
        position = max(position, entry.start)
        yield line, entry


def _ledger_row(entry: Statement | Other) -> tuple[str, ...]:
    if not hasattr(entry, "kind"):
        return entry.as_written, "", "", "", "", f"other: {entry.type}", ""
    value = "" if entry.value is None else format(entry.value, "f")
    if entry.value_low is not None:
        value = f"{entry.value_low:f}–{entry.value_high:f}"
    if value:
        value = f"{entry.comparator or HEDGES.get(entry.hedge, '')}{value} {entry.unit or ''}".strip()
    return entry.as_written, entry.indicator, value, entry.period or "", _change(entry.change), entry.kind, _margin(entry.margin)


def _margin(margin: float | None) -> str:
    return "" if margin is None else f"{margin:.1f}" + (" ?" if is_doubtful(margin) else "")


def _change(change: Any) -> str:
    if change is None:
        return ""
    if change.amount is None:
        return f"{change.direction} {change.standing}"
    return f"{ARROWS.get(change.direction, '')}{change.amount:f}{KINDS.get(change.kind, '')} {change.standing}"


def _finding_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    stated, implied = (_interval(row, side) for side in ("stated", "implied"))
    return row["verdict"], row["check"], row["period"], stated, implied, row["message_en"]


def _interval(row: Mapping[str, Any], side: str) -> str:
    low, high, unit = (row[f"{side}_{end}"] for end in ("low", "high", "unit"))
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"{'at most' if low is None else 'at least'} {high if low is None else low:f} {unit}".strip()
    ends = format(low, "f") if low == high else f"{low:f} to {high:f}"
    return f"{ends} {unit}".strip()


def _verdict_counts(findings: Sequence[Mapping[str, Any]]) -> str:
    counts = Counter(row["verdict"] for row in findings)
    order = ("contradiction", "borderline", "consistent", "not comparable", "untestable")
    return f"{len(findings)} findings: " + ", ".join(f"{counts[verdict]} {verdict}" for verdict in order)


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, width: int | None) -> str:
    # Control characters of a document must not reach a terminal: they could move the cursor or change its title.
    text = "".join(c if c.isprintable() else " " for c in text)
    if width is None or _width(text) <= width:
        return text
    kept = ""
    while _width(kept + text[len(kept)]) < width:
        kept += text[len(kept)]
    return kept + "…"
