"""Ledgers as short lines, so that a case table can be read: `name | value unit | change | period | kind`."""

from analysis.extract import Ledger, Other, Statement


def reading(ledger: Ledger) -> list[str]:
    """One line an entry, in the order of the text; an other number as `(type) as written`."""
    return [f"({entry.type}) {entry.as_written}" if isinstance(entry, Other) else _statement(entry) for entry in ledger.entries]


def _statement(s: Statement) -> str:
    level = _amount(s.comparator, s.hedge, s.value, s.unit) if s.value_high is None else f"{s.value_low:f}–{s.value_high:f} {s.unit}"
    parts = [s.indicator, level, _change(s), s.period or "-"]
    if s.previous is not None:
        parts.append(
            "was " + _amount(None, s.previous.hedge, s.previous.value, s.previous.unit) + (f" in {s.previous.period}" if s.previous.period else "")
        )
    if s.kind != "actual":
        parts.append(s.kind)
    return " | ".join(parts)


def _amount(comparator, hedge, value, unit) -> str:
    if value is None:
        return "-"
    return " ".join(part for part in (comparator, hedge, format(value, "f"), unit) if part)


def _change(s: Statement) -> str:
    change = s.change
    if change is None:
        return "-"
    base = f" on {change.base}" if change.base else ""
    amount = _amount(None, change.hedge, change.amount, change.kind)
    return f"{change.direction} {amount} {change.basis}{base}"
