"""Tables drawn from what a table is (what goes down, what goes across, nested or not, totals, units), as copies of pages print them.

Unlike `tables`, no layout is written out: `strange_table(seed)` draws each axis by itself. The copies keep the order of the cells and lose the rest:
a cell a line with blank lines or bars between, rows that end in bars for what was spanned, columns under one another.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from .tables import Fact

PLACES = ["青溪县", "河口区", "安东县", "临湖市", "云岭县", "东关区"]
KINDS = ["盗窃案件", "诈骗案件", "抢劫案件", "赌博案件", "故意伤害案件", "非法经营案件"]
MEASURES = [("立案数", "起"), ("破案数", "起"), ("抓获人数", "人"), ("挽回损失", "万元")]
GROUPS = [("城区", ("立案数", "破案数")), ("农村", ("立案数", "破案数"))]
FORMS = ("blank", "lines", "bars", "bars_alone", "rows", "tabs", "aligned")


@dataclass
class Strange:
    """A table in the grid it was printed in: rows of heads and of figures, None for what a cell to the left or above covers."""

    form: str
    title: str
    heads: list[list[str | None]]
    rows: list[list[str | None]]
    truth: list[Fact] = field(default_factory=list)

    def text(self) -> str:
        """The table as a copy of a page prints it, its title above and a note under it."""
        body = PRINTERS[self.form]([*self.heads, *self.rows])
        gap = "\n\n" if self.form == "blank" else "\n"
        return f"全县政法机关依法履行职责，社会大局保持稳定。\n\n{self.title}{gap}{body}\n\n以上数字由有关部门提供，各项工作将继续推进。\n"


def strange_table(seed: int) -> Strange:
    """The table of a seed."""
    rng = random.Random(seed)
    year = rng.randint(2001, 2023)
    made = Strange(rng.choice(FORMS), f"{year}年各地{rng.choice(('刑事案件', '侵财案件'))}情况统计表", [], [])
    across = rng.choice(("measures", "years", "groups", "changes"))
    down = rng.choice(("places", "kinds"))
    names = rng.sample(PLACES if down == "places" else KINDS, rng.randint(3, 5))
    columns = _columns(rng, across, year)
    made.heads = _heads(rng, columns, "地区" if down == "places" else "类别", across)
    numbered = rng.random() < 0.3
    for number, name in enumerate(names, 1):
        row: list[str | None] = [str(number)] if numbered else []
        row.append(name)
        for group, measure, unit, period in columns:
            row.append(_figure(rng, made, name if down == "kinds" else "", (group, measure, unit, period), name if down == "places" else None))
        if across == "changes":
            row.append(_change(made))
        made.rows.append(row)
    if across == "measures" and rng.random() < 0.5:
        _add_total(made, columns)
    if numbered:
        if made.rows[-1][0] == "合计":
            made.rows[-1].insert(0, None)
        for depth, head in enumerate(made.heads):
            head.insert(0, "序号" if not depth else None)
    return made


def _columns(rng: random.Random, across: str, year: int) -> list[tuple[str, str, str, str]]:
    """What each column of figures is of: a group, a measure, its unit, its period."""
    if across == "groups":
        return [(group, measure, "起", str(year)) for group, measures in GROUPS for measure in measures]
    if across in ("years", "changes"):
        measure, unit = rng.choice(MEASURES[:3])
        return [("", measure, unit, str(year - back)) for back in (1, 0)]
    return [("", measure, unit, str(year)) for measure, unit in rng.sample(MEASURES, rng.randint(2, 4))]


def _heads(rng: random.Random, columns: list[tuple[str, str, str, str]], corner: str, across: str) -> list[list[str | None]]:
    mark = rng.choice(("（{}）", "({})"))
    if across == "groups":
        upper: list[str | None] = [corner]
        for i, (group, *_) in enumerate(columns):
            upper.append(group if not i or columns[i - 1][0] != group else None)
        return [upper, [None, *(measure + mark.format(unit) for _, measure, unit, _ in columns)]]
    if across in ("years", "changes"):
        told = [rng.choice(("同比（%）", "同比增减(%)", "增幅（%）"))] if across == "changes" else []
        return [[corner, *(f"{period}年{measure}{mark.format(unit)}" for _, measure, unit, period in columns), *told]]
    return [[corner, *(measure + mark.format(unit) for _, measure, unit, _ in columns)]]


def _figure(rng: random.Random, made: Strange, thing: str, column: tuple[str, str, str, str], place: str | None) -> str:
    group, measure, unit, period = column
    count = rng.choice((rng.randint(0, 40), rng.randint(41, 1800), rng.randint(2200, 9000)))
    printed = f"{rng.uniform(2, 900):.2f}" if unit == "万元" else str(count)
    amount = Decimal(printed) * (10**4 if unit == "万元" else 1)
    made.truth.append(Fact(group + thing + measure, amount, "元" if unit == "万元" else unit, period, place))
    return printed


def _change(made: Strange) -> str:
    """The change between the last two figures printed, noted with the later one; a dash where the earlier is nought."""
    before, now = made.truth[-2], made.truth[-1]
    if not before.value or now.value is None:
        return "—"
    amount = (100 * (now.value - before.value) / before.value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    direction = "up" if amount > 0 else "down" if amount < 0 else "flat"
    made.truth[-1] = replace(now, change=(direction, abs(amount), "percent"))
    return str(amount)


def _add_total(made: Strange, columns: list[tuple[str, str, str, str]]) -> None:
    """A row of totals under the others."""
    row: list[str | None] = ["合计"]
    for i, (_, measure, unit, period) in enumerate(columns):
        printed = [Decimal(line[-len(columns) + i] or 0) for line in made.rows]
        row.append(str(sum(printed)))
        made.truth.append(Fact(measure, sum(printed) * (10**4 if unit == "万元" else 1), "元" if unit == "万元" else unit, period, None))
    made.rows.append(row)


def _said(rows: list[list[str | None]]) -> list[list[str]]:
    """The cells that a copy keeps: those covered are gone."""
    return [[cell for cell in row if cell is not None] for row in rows]


def _rows_with_bars(rows: list[list[str | None]]) -> str:
    """A row a line; bars at its end stand for the columns that it does not fill."""
    width = max(map(len, rows))
    return "\n".join(" | ".join(row) + " |" + (" " + "|" * (width - len(row)) if len(row) < width else "") for row in _said(rows))


def _cells_with_bars(rows: list[list[str | None]]) -> str:
    """A cell a line, a bar behind each; bars alone stand for the columns that a row does not fill."""
    width = max(map(len, rows))
    return "\n".join("\n".join([*(f"{cell} |" for cell in row), *(["|" * (width - len(row))] if len(row) < width else [])]) for row in _said(rows))


def _aligned(rows: list[list[str | None]]) -> str:
    """Columns under one another, a Hanzi two wide."""
    wide = [max(2 * len(row[column] or "") for row in rows) + 4 for column in range(max(map(len, rows)))]
    return "\n".join("".join((cell or "") + " " * (size - _width(cell or "")) for cell, size in zip(row, wide, strict=True)).rstrip() for row in rows)


def _width(words: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in words)


PRINTERS = {
    "blank": lambda rows: "\n\n".join(cell for row in _said(rows) for cell in row),
    "lines": lambda rows: "\n".join(cell for row in _said(rows) for cell in row),
    "bars": _cells_with_bars,
    "bars_alone": lambda rows: "\n|\n".join(cell for row in _said(rows) for cell in row) + "\n|",
    "rows": _rows_with_bars,
    "tabs": lambda rows: "\n".join("\t".join(row) for row in _said(rows)),
    "aligned": _aligned,
}
