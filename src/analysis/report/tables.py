"""The tables of a report: headline figures, chapters, checks, targets, sources and glossary.

Each function turns facts or findings into a `Table`; a column that would be empty is left out. Beside the printed
cells goes the machine-readable table that is attached to the PDF.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .facts import Fact
from .formatting import decimals_of, round_outward
from .grouping import is_headline, rank
from .markdown import Table
from .narrative import Narrator

HEADLINES = 13
CHECK_ORDER = ("consistent", "borderline", "contradiction", "untestable", "not comparable")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading in the wording, its alignment, and how a fact fills it."""

    key: str
    align: str
    cell: Callable[[Fact, Narrator], str]


class SmallTable(Table):
    """A long table in small type."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """The table inside a block of small type."""
        return f"::: sources\n\n{Table.text.fget(self)}\n\n:::"


def change_cell(fact: Fact, narrator: Narrator) -> str:
    """Write a change with its sign; a base other than the year before stands behind it, † marks our own arithmetic."""
    move = fact.movement
    if move is None:
        return ""
    if move.amount is None:
        return narrator.wording(f"verb.none.{move.direction}")
    amount = narrator.amount(move, fact.unit)
    if move.kind == "percentage_points":
        number = narrator.format.number(move.amount, decimals_of(move.resolution) if move.resolution else None)
        amount = narrator.wording("cell.points", number=number)
    written = narrator.format.signed(move.direction, amount)
    if move.computed:
        return written + narrator.wording("mark_computed")
    if move.basis in ("yoy", "unstated", ""):
        return written
    base = narrator.format.period(move.base) if move.base else ""
    key = "base_named" if base else "base_unnamed"
    return written + narrator.wording(f"cell.{key}.{move.basis}", base=base)


def earlier_cell(fact: Fact, narrator: Narrator) -> str:
    """Write the earlier value, and say so where a document prints it and it is not implied."""
    value = earlier_value(fact, narrator)
    printed = fact.previous is not None or (fact.movement is not None and fact.movement.computed)
    return narrator.wording("cell.printed", value=value) if printed else value


def earlier_value(fact: Fact, narrator: Narrator) -> str:
    """Write the earlier value: printed where a document prints it, else the interval the printed change implies."""
    form = narrator.format
    if fact.previous is not None:
        return form.quantity(fact.previous, fact.unit, fact.previous_resolution, fact.previous_hedge)
    if fact.movement and fact.movement.computed:
        return form.quantity(fact.movement.computed_from, fact.unit, fact.movement.computed_from_resolution)
    if fact.implied is None or fact.movement is None:
        return ""
    if fact.implied.integers and (fact.resolution or 1) == 1:
        return form.interval(*fact.implied.integers) + form.unit(fact.unit)
    coarse = fact.resolution if fact.resolution and fact.resolution > 1 else None
    places = max(decimals_of(fact.resolution), decimals_of(fact.movement.resolution) if fact.is_rate else 0)
    low, high = round_outward(fact.implied.low, fact.implied.high, places)
    return form.interval(low, high, places, coarse) + form.unit(fact.unit)


def mark_cell(fact: Fact, narrator: Narrator) -> str:
    """Give the mark of the figure's verdict; none where no check could be made."""
    return narrator.wording(f"verdict.{fact.verdict}.mark") if fact.verdict else ""


NAME = Column("indicator", "l", lambda fact, narrator: capital(narrator.name(fact)))
PERIOD = Column("period", "l", lambda fact, narrator: narrator.format.period_in_cell(fact.period))
VALUE = Column("value", "r", lambda fact, narrator: narrator.value(fact) + narrator.wording("mark_doubted") * bool(fact.correction))
CHANGE = Column("change", "r", change_cell)
EARLIER = Column("earlier", "r", earlier_cell)
MARK = Column("mark", "c", mark_cell)
REF = Column("ref", "r", lambda fact, narrator: str(fact.ref))


def capital(name: str) -> str:
    """Start a cell with a capital letter."""
    return name[:1].upper() + name[1:]


def choose_headlines(facts: Sequence[Fact], limit: int = HEADLINES) -> list[Fact]:
    """Choose the figures of the headline table: contradicted ones, then by the rule of the main points."""
    ranked = sorted(facts, key=lambda fact: (fact.verdict != "contradiction", not is_headline(fact), rank([fact])))
    with_change = [fact for fact in ranked if is_headline(fact)]
    return (with_change if len(with_change) >= 5 else ranked)[:limit]


def facts_table(name: str, facts: Sequence[Fact], narrator: Narrator, caption: str, columns: Iterable[Column]) -> Table:
    """Make a table of facts, a row each, without the columns that would be empty."""
    filled = []
    for column in columns:
        cells = [column.cell(fact, narrator) for fact in facts]
        if any(cells) and not (column is PERIOD and set(cells) <= {narrator.format.period_in_cell(narrator.edition_period)}):
            filled.append((column, cells))
    heads = [narrator.wording(f"column.{column.key}", period=narrator.format.period(narrator.edition_period)) for column, _ in filled]
    rows = list(zip(*(cells for _, cells in filled), strict=True))
    return Table(name, heads, rows, caption, "".join(column.align for column, _ in filled), machine_rows(facts))


def machine_rows(facts: Iterable[Fact]) -> list[list[str]]:
    """Give facts as plain rows with a header: exact numbers, catalogue ids, offsets."""
    header = [
        "ref",
        "id",
        "indicator",
        "zh",
        "en",
        "period",
        "scope",
        "kind",
        "comparator",
        "value",
        "unit",
        "hedge",
        "change_direction",
        "change_amount",
        "change_kind",
        "change_basis",
        "change_computed",
        "previous_value",
        "implied_low",
        "implied_high",
        "integers_low",
        "integers_high",
        "verdict",
        "doc",
        "start",
        "end",
    ]
    return [header, *map(_machine_row, facts)]


def _machine_row(fact: Fact) -> list[str]:
    move, implied = fact.movement, fact.implied
    cells = [
        fact.ref,
        fact.id,
        fact.indicator,
        fact.names["zh"],
        fact.names.get("en", ""),
        fact.period,
        fact.scope,
        fact.kind,
        fact.comparator,
        fact.value,
        fact.unit,
        fact.hedge,
    ]
    cells += [move.direction, move.amount, move.kind, move.basis, move.computed] if move else [""] * 5
    cells += [fact.previous]
    cells += [implied.low, implied.high, *(implied.integers or ("", ""))] if implied else [""] * 4
    return ["" if cell is None else str(cell) for cell in [*cells, fact.verdict, fact.doc, fact.start, fact.end]]


def distinct(facts: Iterable[Fact]) -> list[Fact]:
    """Keep one of the figures that several sentences print alike: the one that also prints a change, else the first."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        amount = fact.movement.amount if fact.movement and fact.value is None else None
        key = (fact.indicator or fact.names["zh"], fact.period, fact.scope, fact.unit, fact.value, amount, fact.shape == "direction")
        if key not in kept or (kept[key].movement is None and fact.movement is not None):
            kept[key] = fact
    return sorted(kept.values(), key=lambda fact: fact.ref)


def notes(facts: Sequence[Fact], narrator: Narrator) -> str:
    """Explain the marks that stand in a table of `facts`; empty when there are none."""
    wording = narrator.wording
    used = [verdict for verdict in CHECK_ORDER if any(fact.verdict == verdict for fact in facts)]
    said = [wording("notes.verdict", mark=wording(f"verdict.{verdict}.mark"), name=wording(f"verdict.{verdict}.name")) for verdict in used]
    said = [wording("notes.checks", marks=wording.listed(said, "list.marks"))] if said else []
    if any(fact.movement and fact.movement.computed for fact in facts):
        said.append(wording("chapter.computed"))
    doubted = sorted({fact.correction for fact in facts if fact.correction})
    if doubted:
        said.append(wording("notes.doubted", count=len(doubted), ids=wording.listed(doubted)))
    if any(fact.movement and fact.movement.kind == "percentage_points" for fact in facts) and wording("notes.points"):
        said.append(wording("notes.points"))
    if any(fact.value is None for fact in facts):
        said.append(wording("notes.missing"))
    return wording.table("sentence_gap").join(said)


def headline_table(facts: Sequence[Fact], narrator: Narrator, caption: str) -> Table:
    """Value, change, implied earlier value and verdict of the headline figures."""
    return facts_table("headline", facts, narrator, caption, (NAME, PERIOD, VALUE, CHANGE, EARLIER, MARK, REF))


def chapter_table(chapter: str, facts: Sequence[Fact], narrator: Narrator, caption: str) -> Table:
    """All figures of one chapter."""
    return facts_table(chapter or "other", facts, narrator, caption, (NAME, PERIOD, VALUE, CHANGE, MARK, REF))


def checks_table(findings: pd.DataFrame, narrator: Narrator, caption: str) -> Table:
    """How often each check was made, and with what verdict."""
    order = verdicts_shown(findings)
    counts = findings.groupby("check").verdict.value_counts().unstack(fill_value=0).reindex(columns=order, fill_value=0)
    wording = narrator.wording
    rows = [[capital(check_name(check, wording)), *map(str, row)] for check, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)]
    rows.sort(key=lambda row: (-sum(map(int, row[1:4])), row[0]))
    rows.append([wording("column.total"), *(str(total) for total in counts.sum().tolist())])
    heads = [wording("column.check"), *(f"{wording(f'verdict.{name}.mark')} {wording(f'verdict.{name}.name')}" for name in order)]
    return Table("checks", heads, rows, caption, "l" + "r" * len(order))


def verdicts_shown(findings: pd.DataFrame) -> list[str]:
    """Return the verdicts a table of checks has a column for: the rare one, that a break is declared, only where it was given."""
    return [name for name in CHECK_ORDER if name != CHECK_ORDER[-1] or name in set(findings["verdict"])]


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
        bound = narrator.format.quantity(target.value, target.unit, target.resolution)  # the comparator says what a hedge would
        goal = wording(f"comparator.{target.comparator or '='}", value=bound)
        outcome = wording(f"attained.{is_attained(target, actual)}") if actual else ""
        rows.append([capital(narrator.name(target)), goal, narrator.value(actual) if actual else wording("missing"), outcome, str(target.ref)])
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


def sources_table(facts: Sequence[Fact], narrator: Narrator, caption: str) -> Table:
    """Every figure of the edition with the sentence it stands in, its document and its place there."""
    wording = narrator.wording
    heads = [wording(f"column.{key}") for key in ("ref", "as_written", "quote", "doc", "offset")]
    rows = [[str(fact.ref), fact.as_written, fact.quote, fact.doc, f"{fact.start}-{fact.end}"] for fact in facts]
    return SmallTable("sources", heads, rows, caption, "rlllr", machine_rows(facts))


def glossary_table(facts: Iterable[Fact], catalogue: Any, narrator: Narrator, caption: str) -> Table:
    """The indicators used, in both languages, with unit, polarity and, for rates, what is divided by what."""
    wording = narrator.wording
    used = [catalogue.by_id[name] for name in dict.fromkeys(fact.indicator for fact in facts) if name in catalogue.by_id]
    rows = []
    for entry in sorted(used, key=lambda entry: (list(catalogue.chapters).index(entry.chapter), entry.id)):
        rows.append([entry.zh, capital(entry.en), entry.unit, wording(f"polarity.{entry.polarity}"), _made_of(entry, catalogue, narrator)])
    heads = [wording(f"column.{key}") for key in ("zh", "en", "unit", "polarity", "definition")]
    return SmallTable(
        "glossary",
        heads,
        rows,
        caption,
        "lllll",
        [["id", "zh", "en", "unit", "polarity"], *([entry.id, entry.zh, entry.en, entry.unit, entry.polarity] for entry in used)],
    )


def _made_of(entry: Any, catalogue: Any, narrator: Narrator) -> str:
    names = {
        key: getattr(catalogue.by_id[getattr(entry, key)], narrator.lang) for key in ("numerator", "denominator", "whole") if getattr(entry, key)
    }
    if "denominator" in names:
        return narrator.wording("definition.rate", **names)
    return narrator.wording("definition.part", **names) if names else ""
