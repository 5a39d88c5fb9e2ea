"""Tables of results: the checks by strength of verdict, revised figures, targets with their outcome."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ..audit.told import Told
from .facts import Fact
from .machine import machine_rows
from .markdown import Cell, Table
from .naming import capital
from .narrative import Narrator
from .strengths import CHECK_ORDER, counts_by_strength


def checks_table(findings: Iterable[Told], narrator: Narrator, caption: str) -> Table:
    """How often each check was made, and with what verdict; a verdict that no check gave has no column."""
    wording, counts = narrator.wording, counts_by_strength(findings)
    shown = [verdict for verdict in CHECK_ORDER if any(mine[verdict] for mine in counts.values())]
    ordered = sorted(counts.items(), key=lambda one: (-sum(one[1].values()), one[0]))  # by the id of a check: in every language alike
    rows = [[capital(check_name(check, wording)), *(str(mine[verdict]) for verdict in shown)] for check, mine in ordered]
    rows.append([wording("column.total"), *(str(sum(mine[verdict] for mine in counts.values())) for verdict in shown)])
    heads = [wording("column.check"), *(wording(f"verdict.{verdict}.name") for verdict in shown)]
    return Table("checks", heads, rows, caption, "l" + "r" * len(shown))


def check_name(check: str, wording: Any) -> str:
    """Name a check in the language of the report; its id where the wording has no name."""
    return wording(f"check.{check}") if wording.has(f"check.{check}") else check


def revisions_table(found: pd.DataFrame, names: Mapping[str, str], narrator: Narrator, caption: str) -> Table:
    """Figures that a later document prints differently: both prints as written, with their documents."""
    wording = narrator.wording
    keys = ("earlier_as_written", "earlier_doc", "later_as_written", "later_doc")
    rows = [[capital(names[row["indicator"]]), *(str(row[key]) for key in keys)] for row in found.to_dict("records")]
    return Table("revisions", [wording(f"column.{key}") for key in ("indicator", *keys)], rows, caption, "lrlrl")


def targets_table(targets: Sequence[Fact], reached: Mapping[str, Fact], narrator: Narrator, caption: str) -> Table:
    """Numeric targets with what was reached, where a document gives it. `reached`: target id -> the actual figure."""
    wording = narrator.wording
    rows = []
    for target in targets:
        actual = reached.get(target.id)
        bound = narrator.format.quantity(target.printed, target.unit, target.resolution)  # the comparator says what a hedge would
        goal = wording("comparator.rank", value=bound) if target.unit == "位" else wording(f"comparator.{target.comparator or '='}", value=bound)
        outcome = wording(f"attained.{is_attained(target, actual)}") if actual else ""
        rows.append(
            [
                Cell(capital(narrator.name_with_scope(target)), place=f"t{target.ref}"),
                goal,
                narrator.value(actual) if actual else wording("cell.no_outcome"),
                outcome,
                Cell(str(target.ref), link=f"s{target.ref}"),
            ]
        )
    heads = [wording(f"column.{key}") for key in ("indicator", "target", "actual", "outcome", "ref")]
    keep = [at for at in range(5) if reached or at not in (2, 3)]
    align = "lrrlr"
    return Table(
        "targets",
        [heads[at] for at in keep],
        [[row[at] for at in keep] for row in rows],
        caption,
        "".join(align[at] for at in keep),
        machine_rows(targets),
    )


def is_attained(target: Fact, actual: Fact) -> str:
    """Tell whether `actual` meets `target`: yes, no, or unknown where a hedge leaves it open."""
    if target.value is None or actual.value is None or actual.hedge or target.comparator not in (">=", ">", "<=", "<", "=", ""):
        return "unknown"
    goal, value = target.value, actual.value
    met = {">=": value >= goal, ">": value > goal, "<=": value <= goal, "<": value < goal}.get(target.comparator, value >= goal)
    return "yes" if met else "no"
