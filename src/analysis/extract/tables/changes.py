"""Columns (and rows) of changes and shares: whose they are, and of what kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from ..quantities import POINTS
from .compared import is_period_before, is_year_before
from .facets import Facet
from .figures import Figure
from .heads import Layout
from .neighbours import alike, is_earlier, is_of_time, latest, run_before, under_one_head
from .shares import are_nameless, date_shares, proven, share_that_moved
from .times import span_before
from .values import Unit

Place = tuple[int, int]
# Changes in per cent are printed rounded to this, or coarser.
FINEST = Decimal("0.01")


class Owners:
    """Finds the level that each change or share of a block is of."""

    def __init__(self, layout: Layout, figures: Sequence[Figure], units: Sequence[Unit] = ()) -> None:
        self._layout = layout
        self._in_points = any(unit.name in POINTS for unit in units)  # 单位：件、%、百分点
        self._at: dict[Place, Figure] = {(f.row, f.column): f for f in figures}
        self.figures = figures
        self._proven = proven(layout, self._at)
        # A change may be that of a share (比重变化), whose time is that of what it is a share of: shares go first.
        self._columns: dict[int, int | None] = {}
        for role in ("share", "change"):
            self._columns |= {c: self._owner_column(c) for c, facet in layout.columns.items() if facet.role == role}
        self._rows = {r: self._owner_row(r) for r, facet in enumerate(layout.rows) if facet.role in ("change", "share")}
        date_shares(figures, self.owner)
        self.kinds = self._kinds()

    def owner(self, figure: Figure) -> Figure | None:
        """The level beside a change or share, None where it is not printed or not certain."""
        place = self._owner_place(figure)
        return self._at.get(place) if place is not None else None

    def is_certain(self, figure: Figure) -> bool:
        """Whether a change or share has a name of its own, or one level it can be of."""
        return bool(figure.facet.names) or self._owner_place(figure) is not None

    def stands_alone(self, figure: Figure) -> bool:
        """Whether a change in numbers has changes in per cent of the same levels beside it, which stand with the level, in its row or in others."""
        line = self._line(figure)
        owners = self._columns if line[0] == "column" else self._rows
        beside = [(line[0], other) for other, owner in owners.items() if other != line[1] and owner is not None and owner == owners[line[1]]]
        return self.kind(figure) == "absolute" and any(self.kinds.get(other, "absolute") != "absolute" for other in beside)

    def facet_of_owner(self, figure: Figure) -> Facet | None:
        """What the head (or label) of the owner's column (or row) says, also where the owner has no figure in this line."""
        if figure.column in self._columns:
            column = self._columns[figure.column]
            return self._layout.columns[column] if column is not None else None
        row = self._rows.get(figure.row)
        return self._layout.rows[row] if row is not None else None

    def whole_of(self, figure: Figure) -> tuple[str, ...]:
        """What the whole of a share is called that its column alone does not tell of; () where it does, or nothing shows it."""
        part, whole = self._proven.get(figure.column, (None, 0))
        return self._layout.columns[whole].names if part is not None and self._columns[figure.column] == part else ()

    def earlier(self, owner: Figure) -> Figure | None:
        """The earlier figure beside a level: that of 上年同期, or of the year before, in its row or in its column."""
        return self._compared(owner, is_year_before)

    def just_before(self, owner: Figure) -> Figure | None:
        """The figure of the month or quarter before that stands beside a level (上月; 二季度 beside 三季度)."""
        return self._compared(owner, is_period_before)

    def span_before(self, owner: Figure) -> Figure | None:
        """The figure of the years before that stands beside one of as many (2008-2012 beside 2013-2017)."""
        return self._compared(owner, lambda one, other: one.period is not None and one.period == span_before(other.period or ""))

    def basis(self, owner: Figure) -> str:
        """What a level can be compared with in its table: yoy, previous_period, or fixed for years with as many before; "" for nothing, or both."""
        if self.span_before(owner) is not None:
            return "fixed"
        yearly, before = self.earlier(owner) is not None, self.just_before(owner) is not None
        return "" if yearly == before else "yoy" if yearly else "previous_period"

    def bases_beside(self, figure: Figure) -> set[str]:
        """What the changes in the line of one that is compared with a cell without a figure are on, each once."""
        return self._bases[self._line(figure)]

    @cached_property
    def _bases(self) -> dict[tuple[str, int], set[str]]:
        found: dict[tuple[str, int], set[str]] = defaultdict(set)
        for figure in self.figures:
            if figure.role == "change" and (owner := self.owner(figure)) is not None:
                found[self._line(figure)] |= {self.basis(owner)} - {""}
        return found

    def _compared(self, owner: Figure, test: Callable[[Figure, Figure], bool]) -> Figure | None:
        for candidate in self._beside(owner):
            if candidate.name == owner.name and candidate is not owner and candidate.place == owner.place and test(candidate, owner):
                return candidate
        return None

    def _beside(self, owner: Figure) -> Iterable[Figure]:
        for column in self._layout.columns:
            if (found := self._at.get((owner.row, column))) is not None and found.role == owner.role:
                yield found
        for row in (owner.row - 1, owner.row + 1):
            if (found := self._at.get((row, owner.column))) is not None and found.role == owner.role:
                yield found

    def _owner_place(self, figure: Figure) -> Place | None:
        if figure.column in self._columns:
            column = self._columns[figure.column]
            return (figure.row, column) if column is not None else None
        row = self._rows.get(figure.row)
        return (row, figure.column) if row is not None else None

    def _owner_column(self, column: int) -> int | None:
        layout = self._layout
        facet = layout.columns[column]
        order = sorted(layout.columns)
        levels = [c for c in order if layout.columns[c].role == "level" and not is_earlier(layout.columns[c])]
        if (share := share_that_moved(column, layout, self._columns)) is not None:
            return share
        if facet.names:
            named = [c for c in levels if layout.columns[c].names == facet.names] or self._headed(levels, "".join(facet.names))
            named = named or [c for c in levels if alike(layout.columns[c], facet)]
            if named:
                return latest(named, layout.columns, column)
            own = tuple(cell.start for cell in layout.heads[column][:-1])
            if not own and not (facet.role == "share" and are_nameless(levels, layout)):
                return None
        between = self._between(column, levels)
        if between is not None:
            return between
        run = run_before(order, column, layout)
        if not run and order and order[0] == column and facet.role == "share":
            return None
        if facet.when is not None and (of_time := [c for c in run if is_of_time(layout.columns[c].when, facet.when)]):
            run = of_time
        same = {layout.columns[c].names for c in run}
        if len(same) > 1:
            near = [c for c in run if layout.columns[c].names == layout.columns[run[-1]].names]
            alternating = sum(1 for c in layout.columns.values() if c.role == "level") == len(
                [c for c in layout.columns.values() if c.role != "level"]
            )
            if column in self._proven:
                return self._proven[column][0]
            # A share stands right behind what it is of; whose a change is, several before it leave open.
            right_behind = alternating or under_one_head(layout, near[-1], column) or self._stands_right_behind(facet, order)
            if facet.role != "share" and not right_behind:
                return None
            run = near
        return latest(run, layout.columns, column) if run else None

    def _stands_right_behind(self, facet: Facet, order: list[int]) -> bool:
        """Whether the table shows elsewhere that a change headed so is of the one column before it: 批捕 | 同比 | 不捕率 | 起诉 | 同比."""
        for column in order:
            if (other := self._layout.columns[column]).role == "change" and (other.names, other.move) == (facet.names, facet.move):
                run = run_before(order, column, self._layout)
                if run and len({self._layout.columns[c].names for c in run}) == 1:
                    return True
        return False

    def _between(self, column: int, levels: Sequence[int]) -> int | None:
        """The later of the one pair of columns of one name of which every figure is the change in per cent; None where it is the nearest, or none."""
        facet = self._layout.columns[column]
        if facet.role != "change" or facet.basis == "previous_period" or facet.move == "absolute":
            return None
        near = [c for c in levels if c < column]
        pairs = [
            (now, before) for now in near for before in near
            if now < before and self._layout.columns[now].names == self._layout.columns[before].names and self._shows(column, now, before)
        ]  # fmt: skip
        return pairs[0][0] if len(pairs) == 1 else None

    def _shows(self, column: int, now: int, before: int) -> bool:
        """Whether the figures of a column are the changes from one column to another in all rows, two at least."""
        shown = 0
        for (row, at), figure in self._at.items():
            one, other = self._at.get((row, now)), self._at.get((row, before))
            if at != column or one is None or other is None or not other.value.amount:
                continue
            share = 100 * (one.value.amount - other.value.amount) / other.value.amount
            if abs(abs(share) - abs(figure.value.amount)) > Decimal("0.51") * max(figure.value.resolution, FINEST):
                return False
            shown += 1
        return shown > 1

    def _headed(self, levels: Sequence[int], name: str) -> list[int]:
        """The columns of levels under a head that is, word for word, what a change names, also where it is a unit (批次 for 批次环比)."""
        return [c for c in levels if self._layout.heads.get(c) and "".join(self._layout.heads[c][-1].text.split()) == name]

    def _owner_row(self, row: int) -> int | None:
        layout = self._layout
        facet = layout.rows[row]
        if facet.names:
            named = [r for r in range(len(layout.rows)) if layout.rows[r].role == "level" and layout.rows[r].names == facet.names]
            if named:
                return latest(named, dict(enumerate(layout.rows)), row)
        above = row - 1
        while above >= 0 and layout.rows[above].role != "level":
            above -= 1
        run = []
        while above >= 0 and layout.rows[above].role == "level":
            run.append(above)
            above -= 1
        if facet.when is not None:
            run = [r for r in run if is_of_time(layout.rows[r].when, facet.when)] or run
        if not run:
            return None
        if len({layout.rows[r].names for r in run}) > 1 and all(layout.rows[r].when is not None for r in run):
            return None
        near = [r for r in run if layout.rows[r].names == layout.rows[run[0]].names]
        return latest(sorted(near), dict(enumerate(layout.rows)), row)

    def _kinds(self) -> dict[tuple[str, int], str]:
        """The kind of change of each column (or row) of changes; "" where neither its words nor its figures tell."""
        told: dict[tuple[str, int], str] = {}
        lines: dict[tuple[str, int], list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.role == "change":
                lines[self._line(figure)].append(figure)
        for line, figures in lines.items():
            told[line] = figures[0].facet.move or self._by_figures(figures)
            rates = [owner.unit is not None and owner.unit.family == "ratio" for one in figures if (owner := self.owner(one)) is not None]
            if not told[line] and self._in_points and rates and all(rates):
                told[line] = "percentage_points"
        for line, figures in lines.items():
            if not told[line] and "percent" in self._kinds_beside(figures[0], told, lines) and self._are_coarse(figures):
                told[line] = "absolute"  # 增减 beside 增减%
        return told

    def _are_coarse(self, figures: Sequence[Figure]) -> bool:
        """Whether changes are printed no finer than what they are of (or in whole numbers), as differences are."""
        owners = ((figure, self.owner(figure)) for figure in figures)
        return all(one.value.resolution >= (other.value.resolution if other is not None else 1) for one, other in owners)

    def _kinds_beside(self, figure: Figure, told: dict[tuple[str, int], str], lines: dict[tuple[str, int], list[Figure]]) -> set[str]:
        """The kinds of the other changes of what a change is of, on the same base."""
        owner = self.owner(figure)
        return {
            told[line] for line, figures in lines.items()
            if owner is not None and figures[0] is not figure and figures[0].facet.basis == figure.facet.basis
            and any(self.owner(one) is owner for one in figures)
        }  # fmt: skip

    def _line(self, figure: Figure) -> tuple[str, int]:
        return ("column", figure.column) if figure.column in self._columns else ("row", figure.row)

    def kind(self, figure: Figure) -> str:
        """percent, percentage_points or absolute; "" where it is not certain."""
        own = figure.value.unit
        if own is not None and own.family == "ratio":
            return "percentage_points" if own.name in POINTS else "percent"
        if own is not None:
            return "absolute"
        kind = self.kinds[self._line(figure)]
        if kind == "both":
            owner = self.owner(figure)
            unit = owner.unit if owner is not None else figure.unit
            return "percentage_points" if unit is not None and unit.family == "ratio" else "percent"
        return kind

    def _by_figures(self, figures: list[Figure]) -> str:
        """What the arithmetic of the table shows, or the digits: decimals for changes of counts, if only of some, are percentages."""
        votes = {"percent": 0, "absolute": 0}
        fine = False
        for figure in (one for one in figures if one.value.unit is None):  # the others tell their kind only where these show none
            owner = self.owner(figure)
            fine |= figure.value.resolution < 1 and (owner is None or owner.value.resolution >= 1)
            before = (self.earlier(owner) or self.just_before(owner)) if owner is not None else None
            if owner is None or before is None or not before.value.amount:
                continue
            difference = owner.value.amount - before.value.amount
            share = 100 * difference / before.value.amount
            tolerance = Decimal("0.51") * figure.value.resolution
            percent, absolute = (abs(figure.value.amount - said) <= tolerance for said in (share, difference))
            votes["percent"] += percent and not absolute
            votes["absolute"] += absolute and not percent
        if votes["percent"] != votes["absolute"]:
            return max(votes, key=lambda kind: votes[kind])
        if any(figure.value.unit is not None and figure.value.unit.name == "%" for figure in figures):
            return "percent"
        if self._add_up(figures):
            return "absolute"
        return "percent" if fine else "absolute" if any(figure.value.amount < -100 for figure in figures) else ""  # nothing falls by more than all

    def _add_up(self, figures: list[Figure]) -> bool:
        """Whether the changes of all rows, two at least, come to that of their total, as differences do and percentages do not: -8, +1, -3 | -10."""
        total = [figure.value.amount for figure in figures if self._layout.rows[figure.row].whole]
        others = [figure.value.amount for figure in figures if not self._layout.rows[figure.row].whole and figure.value.amount]
        return len(total) == 1 and len(others) > 1 and total[0] != 0 and sum(others) == total[0]
