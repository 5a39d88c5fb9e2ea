"""The machine-readable table that goes with the printed ones: exact numbers, catalogue ids, sentence and place of each figure."""

from collections.abc import Iterable
from typing import Any

from .facts import Fact

COLUMNS = (
    "ref", "id", "indicator", "zh", "en", "period", "period_source", "scope", "kind", "comparator", "value", "value_low", "value_high", "unit",
    "hedge", "change_direction", "change_amount", "change_kind", "change_basis", "change_base", "change_computed", "previous_value",
    "previous_period", "held_value", "held_period", "held_doc", "implied_low", "implied_high", "integers_low", "integers_high", "implied_period",
    "verdict", "smallest_visible_error", "doc", "start", "end", "as_written", "sentence", "computed_from",
)  # fmt: skip
DOCUMENT = ("title", "publisher", "published", "url", "form")


def machine_rows(facts: Iterable[Fact], about: Any = None) -> list[list[str]]:
    """Give facts as plain rows with a header; `about`, the metadata of their one document, says what and where it is."""
    told = ["" if about is None or (value := getattr(about, name)) is None else str(value) for name in DOCUMENT]
    more = (DOCUMENT, told) if about is not None else ((), [])
    return [[*COLUMNS, *more[0]], *([*_row(fact), *more[1]] for fact in facts)]


def _row(fact: Fact) -> list[str]:
    fact = fact.printed_as or fact
    move, implied, tested = fact.movement, fact.implied, fact.tested
    cells: dict[str, Any] = {
        "ref": fact.ref, "id": fact.id, "indicator": fact.indicator, "zh": fact.names["zh"], "en": fact.names.get("en"), "period": fact.period,
        "period_source": fact.period_source or ("document" if fact.assumed else "printed"), "scope": fact.scope, "kind": fact.kind,
        "comparator": fact.comparator,
        "value": fact.value, "value_low": fact.value_low, "value_high": fact.value_high, "unit": fact.unit, "hedge": fact.hedge,
        "previous_value": fact.previous, "previous_period": fact.previous_period, "verdict": fact.standing,
        "smallest_visible_error": None if tested.visible is None else f"{tested.visible} {tested.unit}".strip(),
        "doc": fact.doc, "start": fact.start, "end": fact.end, "as_written": fact.as_written, "sentence": fact.quote,
    }  # fmt: skip
    if move:
        cells |= {"change_direction": move.direction, "change_amount": move.amount, "change_kind": move.kind, "change_basis": move.basis}
        cells |= {"change_base": move.base, "change_computed": move.computed}
    if fact.held:
        cells |= {"held_value": fact.held.value, "held_period": fact.held.period, "held_doc": fact.held.doc}
    if implied:
        cells |= {"implied_low": implied.low, "implied_high": implied.high, "implied_period": implied.period}
        cells |= dict(zip(("integers_low", "integers_high"), implied.integers or (None, None), strict=True))
    cells["computed_from"] = computed_from(fact)
    return ["" if (cell := cells.get(name)) is None else str(cell) for name in COLUMNS]


def computed_from(fact: Fact) -> str:
    """Say which numbers of a figure's row no document prints, and what they were worked out from."""
    move, found = fact.movement, []
    if move is not None and move.computed:
        where = f" ({fact.held.period}, {fact.held.doc})" if fact.held else ""
        found.append(f"change_amount: value, {move.computed_from}{where}")
    if fact.implied is not None:
        names = "implied_low, implied_high" + (", integers_low, integers_high" if fact.implied.integers else "")
        found.append(f"{names}: value, change_amount")
    return "; ".join(found)
