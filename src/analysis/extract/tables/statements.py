"""Figures of a block become statements: levels with the changes printed beside them, shares, and changes whose level is not printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..records import Change, Place, Previous, Statement
from .changes import Owners
from .composing import compose, finished
from .doubts import find_doubts, grounds, margin_of, others_of
from .figures import Figure
from .heads import Layout, quoted
from .setting import Setting
from .values import FLAT, Unit, read_unit, scaled, without_marks
from .words import is_kind

TITLE_IN_QUOTE = 60


class Writer:
    """Writes the statements of one block."""

    def __init__(self, doc: str, setting: Setting, layout: Layout, figures: list[Figure], columns: Mapping[str, Any], sheet: str) -> None:
        self.doc, self.setting, self.layout, self.sheet = doc, setting, layout, sheet
        self.declared = columns
        self.figures = figures
        self.owners = Owners(layout, figures, setting.units)
        self.others = others_of(layout)
        self.unread: list[Figure] = []

    def statements(self) -> Iterator[Statement]:
        """Every statement of the block; figures that are not certain go into `unread`."""
        changes: dict[int, list[Figure]] = {}
        previous: dict[int, Figure] = {}
        alone: list[Figure] = []
        for figure in self.figures:
            if figure.role == "change":
                uncertain = not self.owners.is_certain(figure) or self._is_open(figure)
                if (not self.owners.kind(figure) and not _is_unchanged(figure)) or uncertain:
                    self.unread.append(figure)
                elif (owner := self.owners.owner(figure)) is not None and not owner.earlier:
                    changes.setdefault(owner.cell.start, []).append(figure)
                else:
                    alone.append(figure)
            elif figure.role == "level" and figure.earlier and figure.period is None:
                owner = self._current(figure)
                if owner is None:
                    self.unread.append(figure)
                else:
                    previous[owner.cell.start] = figure
        for figure in self.figures:
            if figure.role == "share":
                yield from self._share(figure, changes.get(figure.cell.start, ()))
            elif figure.role == "level" and not (figure.earlier and figure.period is None):
                told = sorted(
                    changes.get(figure.cell.start, []),
                    key=lambda f: (self.owners.kind(f) == "absolute", self._basis(f, figure) != "yoy", f.column, f.row),
                )
                with_it = told[:1] if told and not self.owners.stands_alone(told[0]) else []
                yield self._level(figure, with_it[0] if with_it else None, previous.get(figure.cell.start))
                for further in told[len(with_it) :]:
                    yield self._change_alone(further, figure)
        for figure in alone:
            yield self._change_alone(figure, None)

    def _current(self, figure: Figure) -> Figure | None:
        """The level that an earlier value (上年同期) without a period of its own is earlier than."""
        return next((f for f in self.figures if f.role == "level" and not f.earlier and self.owners.earlier(f) is figure), None)

    def _level(self, figure: Figure, change: Figure | None, previous: Figure | None) -> Statement:
        name, unit = self._declared(figure)
        return self._statement(figure, name, unit, self._change(change, figure) if change is not None else None, previous)

    def _declared(self, figure: Figure) -> tuple[str, Unit | None]:
        """Name and unit as the document's metadata say of the column, where they do."""
        heads = self.layout.heads.get(figure.column) or []
        column = self.declared.get(heads[-1].text) if heads and self.declared else None
        name, unit = figure.name, figure.unit
        if column is None:
            return name, unit
        if column.unit:
            unit = read_unit(column.unit) or Unit(column.unit, 1, "count")
        return column.indicator or name, unit

    def _share(self, figure: Figure, moved: Sequence[Figure]) -> Iterator[Statement]:
        owner = self.owners.owner(figure)
        facet = self.owners.facet_of_owner(figure)
        if not figure.facet.names and owner is None and facet is None and not any(figure.names):
            self.unread.append(figure)
            return
        row, column = figure.names
        if not figure.facet.names and facet is not None and not (row and all(is_kind(name, "measure") for name in facet.names)):
            row, column = (row, column + facet.names) if self.layout.columns[figure.column].role == "share" else (row + facet.names, column)
        thing = compose(row, column, self.setting.subject if not (row or column) or self.setting.divided else "", self.setting.divided)
        whole = figure.facet.share_of or compose((), self.owners.whole_of(figure), "")
        name = f"{thing}占{whole}比重" if whole else f"{thing}占比"
        yield self._statement(figure, name, figure.unit, self._change(moved[0], figure) if moved else None, None)
        for further in moved[1:]:
            yield self._statement(figure, name, None, self._change(further, figure), None)._replace(value=None, resolution=None)

    def _change_alone(self, figure: Figure, owner: Figure | None) -> Statement:
        change = self._change(figure, owner)
        name = owner.name if owner is not None else self._name_of_change(figure)
        base = owner or self._of_its_owners_column(figure) or figure
        statement = self._statement(replace(figure, period=base.period, period_written=base.period_written), name, None, change, None)
        return statement._replace(value=None, resolution=None)

    def _of_its_owners_column(self, figure: Figure) -> Figure | None:
        """A level of the column of a time of its own that a change is of which has no figure in its row (本月 | 增速): it is of that time."""
        facet = self.owners.facet_of_owner(figure) if figure.when is None else None
        if facet is None or facet.when is None:
            return None
        return next((one for one in self.figures if one.role == "level" and self.layout.columns[one.column] is facet), None)

    def _name_of_change(self, figure: Figure) -> str:
        facet = self.owners.facet_of_owner(figure)
        row, column = figure.names
        if facet is not None and not figure.facet.names:
            row, column = (
                (row, column + facet.names)
                if figure.column in self.layout.columns and self.layout.columns[figure.column].role == "change"
                else (row + facet.names, column)
            )
        unit = (facet.unit if facet is not None else None) or figure.unit
        return finished(compose(row, column, self.setting.subject, self.setting.divided), unit)

    def _change(self, figure: Figure, owner: Figure | None) -> Change:
        value, cell = figure.value, figure.cell
        start, end = cell.start + value.start, cell.start + value.end
        if _is_unchanged(figure):
            basis = self._basis(figure, owner)
            return Change("flat", None, None, "unstated" if basis == "comparable" else basis, None, None, cell.text, start, end, None, None)
        kind = self.owners.kind(figure)
        unit = value.unit or (figure.facet.unit if kind == "absolute" else None) or (owner.unit if owner is not None and kind == "absolute" else None)
        multiple = unit.multiple if unit is not None and kind == "absolute" else 1
        amount = self._signed(figure, owner)
        direction = "up" if amount > 0 else "down" if amount < 0 else "flat"
        words = cell.text[value.start : value.end]
        basis = self._basis(figure, owner)
        base = figure.facet.base if basis == "fixed" or figure.facet.base else None
        comparable = basis == "comparable"
        return Change(
            direction,
            scaled(abs(value.amount), multiple),
            kind,
            "unstated" if comparable else basis,
            None,
            scaled(value.resolution, multiple),
            words,
            start,
            end,
            start,
            end,
            base or None,
            comparable=comparable,
        )

    def _is_open(self, figure: Figure) -> bool:
        """Whether brackets alone would say that a change went down, though others print their minus, and no levels show which way it went."""
        if not figure.value.bracketed or figure.value.signed or figure.facet.down:
            return False
        owner = self.owners.owner(figure)
        before = (self.owners.earlier(owner) or self.owners.just_before(owner)) if owner is not None else None
        others = (one.value for one in self.figures if one.role == "change")
        return before is None and any(one.amount < 0 and not one.bracketed for one in others)

    def _signed(self, figure: Figure, owner: Figure | None) -> Decimal:
        """The amount of a change as it went: under a head that says down (减少), or in brackets, by the levels it is between, else down."""
        amount = figure.value.amount
        if not figure.facet.down and not figure.value.bracketed:
            return amount
        before = (self.owners.earlier(owner) or self.owners.just_before(owner)) if owner is not None else None
        rose = owner is not None and before is not None and owner.value.amount > before.value.amount
        return abs(amount) if rose else -abs(amount)

    def _basis(self, figure: Figure, owner: Figure | None) -> str:
        facet = figure.facet
        if facet.basis == "year":
            period = owner.period if owner is not None else figure.period
            return "yoy" if period and period[:4].isdigit() and int(period[:4]) - int(facet.base) == 1 else "fixed"
        if facet.basis or figure.value.basis:
            return facet.basis or figure.value.basis
        if owner is None:
            return "unstated"
        bases = {self.owners.basis(owner)} - {""} or self.owners.bases_beside(figure)
        return next(iter(bases)) if len(bases) == 1 else "unstated"

    def _statement(self, figure: Figure, name: str, unit: Unit | None, change: Change | None, previous: Figure | None) -> Statement:
        cell, value = figure.cell, figure.value
        multiple = unit.multiple if unit is not None else 1
        heads, labels = self.layout.heads.get(figure.column, []), self.layout.labels[figure.row]
        title = self.setting.title[:TITLE_IN_QUOTE]
        quote = " / ".join(filter(None, (title, *quoted(labels), *quoted(heads), cell.text)))
        scope = figure.place or self.setting.scope
        rules = grounds(figure, self.layout, self.setting, name)
        margin = margin_of([*rules, *find_doubts(figure, self.layout, self.setting, name, change, self.others)])
        written = (figure.place or "") + self._whole(figure) + "".join((*figure.names[0], *figure.names[1])) or name
        return Statement(
            id=f"{self.doc}:{cell.start + value.start}", indicator=name, indicator_as_written=written,
            value=scaled(value.amount, multiple), value_low=None, value_high=None, unit=unit.name if unit is not None else None,
            hedge=unit.hedge if unit is not None else None, comparator=value.comparator or None,
            resolution=scaled(value.resolution, multiple), as_written=cell.text[value.start : value.end],
            start=cell.start + value.start, end=cell.start + value.end, period=figure.period,
            period_as_written=figure.period_written if figure.period else None, scope=scope,
            kind="target" if figure.target else "actual", qualitative=False,
            change=change, previous=_previous(previous), quote=quote, quote_start=labels[0].start if labels else cell.start,
            period_source=figure.period_source if figure.period else None, rules=rules, margin=margin,
            cell=Place(self.sheet, cell.row + 1, cell.column + 1),
        )  # fmt: skip

    def _whole(self, figure: Figure) -> str:
        """The word that says a figure is of all rows, or of all columns (合计), as printed; "" for most."""
        of_row = self.layout.rows[figure.row].whole and self.layout.labels[figure.row]
        of_column = self.layout.columns[figure.column].whole and self.layout.heads.get(figure.column)
        said = (cells[-1].text for cells in (of_row, of_column) if cells)
        return next((word for word in map(without_marks, said) if is_kind(word, "whole")), "")


def _is_unchanged(figure: Figure) -> bool:
    return FLAT.fullmatch(figure.cell.text) is not None


def _previous(figure: Figure | None) -> Previous | None:
    if figure is None:
        return None
    value, unit, cell = figure.value, figure.unit, figure.cell
    multiple = unit.multiple if unit is not None else 1
    start, end = cell.start + value.start, cell.start + value.end
    amount: Decimal = scaled(value.amount, multiple)
    return Previous(
        amount,
        unit.name if unit is not None else None,
        None,
        scaled(value.resolution, multiple),
        None,
        cell.text[value.start : value.end],
        start,
        end,
    )
