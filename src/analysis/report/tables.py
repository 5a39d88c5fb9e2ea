"""The tables of a report's figures: headline figures and chapters.

Each function turns facts into a `Table`; a column that would be empty is left out. A figure leads to its entry among the sources
(place `s` and its number), which leads back to it (`h` in the headline table, `f` in a chapter's). Beside the printed cells goes
the machine-readable table that is attached to the PDF.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from ..writing.numbers import decimals_of
from .earlier import of_another_base, of_the_year_before, written
from .facts import Fact
from .grouping import is_headline, rank
from .machine import machine_rows
from .markdown import Cell, Cells, Table
from .naming import capital
from .narrative import Narrator
from .strengths import CHECK_ORDER

HEADLINES = 13
FEW_APART = 0.2  # of a table's rows: so few are of another period that their names say it


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading in the wording, its alignment, and how facts fill it, a cell each."""

    key: str
    align: str
    cells: Callable[[Sequence[Fact], Narrator], list[str]]


def each(cell: Callable[[Fact, Narrator], str]) -> Callable[[Sequence[Fact], Narrator], list[str]]:
    """Fill a column whose cells say nothing of one another."""
    return lambda facts, narrator: [cell(fact, narrator) for fact in facts]


def change_cell(fact: Fact, narrator: Narrator) -> str:
    """Write a change with its sign; a base other than the year before stands behind it, † marks our own arithmetic."""
    move = fact.movement
    if move is None:
        return ""
    if move.amount is None:
        return narrator.gone(fact)
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


def marked_origin(facts: Sequence[Fact]) -> str:
    """Which figures of a year earlier are marked in a table: the printed or the implied ones, whichever are fewer.

    "all_printed" or "all_implied" where no mark is needed, "" where there is no such figure.
    """
    origins = ["implied" if found.origin == "implied" else "printed" for fact in facts if (found := of_the_year_before(fact))]
    if len(set(origins)) < 2:
        return f"all_{origins[0]}" if origins else ""
    return min(("printed", "implied"), key=origins.count)


def earlier_cells(facts: Sequence[Fact], narrator: Narrator) -> list[str]:
    """Write the figures of a year earlier, those that are fewer with their origin."""
    marked, cells = marked_origin(facts), []
    for fact in facts:
        found = of_the_year_before(fact)
        cell = "" if found is None else written(found, fact, narrator)
        is_marked = found is not None and marked == ("implied" if found.origin == "implied" else "printed")
        cells.append(narrator.wording(f"cell.{marked}", value=cell) if is_marked else cell)
    return cells


def base_cell(fact: Fact, narrator: Narrator) -> str:
    """Write an earlier figure of another period than the year before, with its period; one without a year says so."""
    found = of_another_base(fact)
    if found is None:
        return ""
    period = narrator.format.period_in_cell(found.period) if found.period else narrator.wording("cell.no_year")
    if found.origin == "implied":
        period = narrator.wording("cell.implied_for", period=period)
    return narrator.wording("cell.with_period", value=written(found, fact, narrator), period=period)


def value_cell(fact: Fact, narrator: Narrator) -> str:
    """Write the figure with its marks: a year assumed, a doubt declared."""
    marks = narrator.wording("mark_doubted") * bool(fact.correction) + narrator.wording("mark_assumed") * fact.assumed
    return (narrator.value(fact) or narrator.wording("cell.no_level")) + marks


def mark_cell(fact: Fact, narrator: Narrator) -> str:
    """Say what the checks say of a figure, and of one held against another print the smallest error that would have shown.

    Nothing where no relation is known. How far a figure could be off and still be possible tells a reader little: it stands in the data.
    """
    if not fact.standing:
        return ""
    word = narrator.wording(f"verdict.{fact.standing}.cell")
    return narrator.wording("cell.visible", error=visible_error(fact, narrator)) if _shows_error(fact) else word


def _shows_error(fact: Fact) -> bool:
    """Whether the smallest error that its check would have shown stands beside a verdict."""
    return fact.standing == "consistent" and _is_telling(fact)


def _is_telling(fact: Fact) -> bool:
    """Whether the smallest error a check would have shown tells a reader anything: one as large as the figure itself does not."""
    visible, unit = fact.tested.visible, fact.tested.unit
    if visible is None or fact.shape == "direction":
        return False
    if unit in ("%", "points") and not fact.is_rate:
        return visible < 100
    return fact.value is None or visible < abs(fact.value)


def visible_error(fact: Fact, narrator: Narrator) -> str:
    """Write the smallest error the check of a figure could have seen, rounded up to two digits."""
    size, unit = fact.tested.visible or Decimal(0), fact.tested.unit
    step = Decimal(1).scaleb(size.adjusted() - 1)
    size = max((size / step).to_integral_value(ROUND_CEILING) * step, Decimal(0))
    places = 0 if size == size.to_integral_value() else max(0, -step.adjusted())
    number = narrator.format.number(size, places)
    key = f"measure_short.{'points' if unit == '%' else unit}"
    return narrator.wording(key, number=number) if narrator.wording.has(key) else number  # in the unit of the figure beside it


NAME = Column("indicator", "l", each(lambda fact, narrator: capital(narrator.name_with_scope(fact))))
PERIOD = Column("period", "l", each(lambda fact, narrator: narrator.format.period_in_cell(fact.period)))
VALUE = Column("value", "r", each(value_cell))
CHANGE = Column("change", "r", each(change_cell))
EARLIER = Column("earlier", "r", earlier_cells)
BASE = Column("base", "l", each(base_cell))
MARK = Column("mark", "l", each(mark_cell))
REF = Column("ref", "r", each(lambda fact, narrator: str(fact.ref)))
ALL = (NAME, PERIOD, VALUE, CHANGE, EARLIER, BASE, MARK, REF)


def choose_headlines(told: Sequence[Fact], others: Sequence[Fact], weight: Callable[[Fact], int], limit: int = HEADLINES) -> list[Fact]:
    """Choose the figures of the headline table: those the main points tell, then changed ones by the weight of their theme."""
    ranked = [*told, *sorted(others, key=lambda fact: (not is_headline(fact), fact.undated, -weight(fact), rank([fact])))]
    with_change = [fact for fact in ranked if is_headline(fact)]
    return (with_change if len(with_change) >= 5 else ranked)[:limit]


def facts_table(name: str, facts: Sequence[Fact], narrator: Narrator, caption: str, place: str) -> Table:
    """Make a table of facts, a row each, without the columns that would be empty; `place` is the letter of the rows' places.

    Where few rows are of another period than the edition's, it stands behind their names, and no column says the same of all others.
    """
    groups = in_rows(facts, narrator)
    leads = [members[0] for members in groups]
    filled, apart = [], _periods_behind_names(leads, narrator)
    # Where the level stands in one sentence and its change in another, the second tells the change.
    changed = [next((fact for fact in members if change_cell(fact, narrator)), members[0]) for members in groups]
    for column in ALL:
        cells = column.cells(changed if column is CHANGE else leads, narrator)
        if column is NAME and apart is not None:
            cells = [narrator.wording("cell.with_period", value=cell, period=said) if said else cell for cell, said in zip(cells, apart, strict=True)]
        if any(cells) and not (column is PERIOD and apart is not None):
            filled.append((column, [_linked(column, cell, members, place, narrator) for cell, members in zip(cells, groups, strict=True)]))
    heads = [narrator.wording(f"column.{column.key}", period=narrator.format.period(narrator.edition_period)) for column, _ in filled]
    rows = list(zip(*(cells for _, cells in filled), strict=True))
    return Table(name, heads, rows, caption, "".join(column.align for column, _ in filled), machine_rows(leads))


def in_rows(facts: Sequence[Fact], narrator: Narrator) -> list[list[Fact]]:
    """Part facts into the rows of a table: what is printed of a figure without its level stands in the row that has the level, behind it.

    Of several levels it goes with that of its own document, else with the first.
    """
    rows = {fact.id: [fact] for fact in facts}
    levels: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        if _has_level(fact):
            levels.setdefault(_called(fact, narrator), []).append(fact)
    for fact in facts:
        if not _has_level(fact) and (found := levels.get(_called(fact, narrator))):
            lead = next((one for one in found if one.doc == fact.doc), found[0])
            rows[lead.id].append(fact)
            del rows[fact.id]
    return list(rows.values())


def _has_level(fact: Fact) -> bool:
    """Whether a figure prints a value, or the two ends of a range."""
    return fact.value is not None or fact.value_high is not None


def _called(fact: Fact, narrator: Narrator) -> tuple[str, str, str]:
    """What a reader knows a row by."""
    return narrator.name_with_scope(fact), fact.period, fact.kind


def _periods_behind_names(facts: Sequence[Fact], narrator: Narrator) -> list[str] | None:
    """The period of each row that is not of the edition's, "" for the others; None where there are so many that they need a column."""
    own = narrator.format.period_in_cell(narrator.edition_period)
    others = ["" if said == own else said for said in PERIOD.cells(facts, narrator)]
    return others if sum(map(bool, others)) <= FEW_APART * len(facts) else None


def _linked(column: Column, cell: str, members: Sequence[Fact], place: str, narrator: Narrator) -> str:
    """Let the figure and its number lead to the source entry; the name is where the entry leads back to."""
    lead = members[0]
    if column is NAME:
        return Cell(cell, place=f"{place}{lead.ref}")
    if column is REF:
        refs = sorted({ref for fact in members for ref in (fact.ref, *fact.also)})
        return Cells.joined([Cell(str(ref), link=f"s{ref}") for ref in refs], narrator.wording("list_of_numbers"))
    if column is CHANGE:
        return _changes(members, narrator)
    return Cell(cell, link=f"s{lead.ref}") if column is VALUE else cell


def _changes(members: Sequence[Fact], narrator: Narrator) -> str:
    """Write the first change of a row, and behind it the sizes that are printed elsewhere, where they differ."""
    told = [(fact, written) for fact in members if (written := change_cell(fact, narrator))] or [(members[0], "")]
    (own, first), *others = told
    sized = {written: fact for fact, written in others if fact.movement and fact.movement.amount is not None and written != first}
    cells = [Cell(first, link=f"s{own.ref}")]
    cells += [Cell(narrator.wording("cell.elsewhere", change=written), link=f"s{fact.ref}") for written, fact in sized.items()]
    return Cells.joined(cells, narrator.wording.table("sentence_gap")) if len(cells) > 1 else cells[0]


def distinct(facts: Iterable[Fact]) -> list[Fact]:
    """Keep one of the figures that several sentences print alike: the one that also prints a change, else the first.

    It knows the numbers of the others (`also`); a year that another of them prints is not assumed.
    """
    alike: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        amount = fact.movement.amount if fact.movement and fact.value is None else None
        levels = (fact.value, fact.value_low, fact.value_high, amount)
        key = (fact.indicator or fact.names["zh"], fact.period, fact.scope, fact.unit, *levels, fact.shape == "direction")
        alike.setdefault(key, []).append(fact)
    kept = []
    for prints in alike.values():
        first = next((fact for fact in prints if fact.movement is not None), prints[0])
        also = tuple(fact.ref for fact in prints if fact is not first)
        kept.append(replace(first, also=also, assumed=all(fact.assumed for fact in prints)) if also else first)
    return sorted(kept, key=lambda fact: fact.ref)


def notes(facts: Sequence[Fact], narrator: Narrator) -> str:
    """Explain the marks and words that stand in a table of `facts`; empty when there are none."""
    wording = narrator.wording
    visible = wording("notes.visible") if any(map(_shows_error, facts)) else ""
    said = verdict_notes({fact.standing for fact in facts}, narrator, "cell", visible, wording("notes.see"))
    if any(fact.assumed for fact in facts):
        said.append(wording("notes.assumed", year=narrator.format.period(narrator.edition_period)))
    if any(fact.movement and fact.movement.computed for fact in facts):
        said.append(wording("chapter.computed"))
    if marked := marked_origin(facts):
        said.append(wording(f"notes.earlier_marked.{marked}"))
    if any(fact.correction for fact in facts):
        said.append(wording("notes.doubted"))
    if any(fact.movement and fact.movement.kind == "percentage_points" for fact in facts) and wording("notes.points"):
        said.append(wording("notes.points"))
    return wording.table("sentence_gap").join(said)


def source_line(said: str) -> str:
    """Write what stands in small type under a table."""
    return f"::: source-line\n\n{said}\n\n:::"


def verdict_notes(verdicts: Collection[str], narrator: Narrator, form: str, visible: str = "", see: str = "") -> list[str]:
    """Explain the verdicts that occur, by the word that `form` of the wording has for each (cell, name).

    `visible` explains the error beside an agreement; `see` says where more is said of a borderline case.
    """
    words = {verdict: capital(narrator.wording(f"verdict.{verdict}.{form}")) for verdict in CHECK_ORDER if verdict in verdicts}
    return [narrator.wording(f"notes.verdict.{verdict}", word=word, visible=visible, see=see) for verdict, word in words.items()]


def headline_table(facts: Sequence[Fact], narrator: Narrator, caption: str) -> Table:
    """Value, change, earlier value and verdict of the headline figures."""
    return facts_table("headline", facts, narrator, caption, "h")


def chapter_table(chapter: str, facts: Sequence[Fact], narrator: Narrator, caption: str) -> Table:
    """All figures of one chapter."""
    return facts_table(chapter or "other", facts, narrator, caption, "f")
