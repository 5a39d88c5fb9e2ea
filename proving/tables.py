"""Random tables with known truth, in many shapes: what a yearbook, a monthly brief or a police table prints, and what each figure says.

`random_table(seed)` gives a table (title, unit line, cells, notes) and its truth; `table_files` writes it in every format the readers know.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

ACTS = ["收案", "结案", "立案", "破案", "受理", "审结", "起诉", "不起诉"]
OBJECTS = ["刑事案件", "民事案件", "行政案件", "盗窃案件", "诈骗案件", "交通事故", "治安案件", "执行案件"]
COUNTS = [("刑事立案", "起"), ("治安案件查处", "起"), ("火灾", "起"), ("调解纠纷", "件"), ("抓获嫌疑人", "人"), ("接待来访", "人次")]
RATES = [("破案率", "%"), ("结案率", "%"), ("调解成功率", "%")]
MONEY = [("罚没金额", "万元"), ("直接经济损失", "万元"), ("执行到位金额", "亿元")]
PLACES = ["青溪县", "河口区", "安东县", "临湖市", "白沙镇", "云岭县", "东关区"]
TOPICS = ["政法工作主要指标", "社会治安情况统计表", "主要指标完成情况", "基本情况一览表"]
MULTIPLE = {"万元": (Decimal(10**4), "元"), "亿元": (Decimal(10**8), "元")}


@dataclass(frozen=True, slots=True)
class Fact:
    """What one figure of a table says."""

    name: str
    value: Decimal | None
    unit: str | None
    period: str | None
    place: str | None = None
    change: tuple[str, Decimal, str] | None = None


@dataclass(slots=True)
class Made:
    """A table to be printed: cells as (row, column) -> text, the spans of those that cover more, and the truth."""

    shape: str
    title: str
    unit_line: str = ""
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    heads: int = 1
    notes: list[str] = field(default_factory=list)
    truth: list[Fact] = field(default_factory=list)

    @property
    def height(self) -> int:
        return max(row for row, _ in self.cells) + 1

    @property
    def width(self) -> int:
        return max(column + self.spans.get((row, column), (1, 1))[1] for row, column in self.cells)

    def put(self, row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> None:
        self.cells[row, column] = text
        if rows * columns > 1:
            self.spans[row, column] = rows, columns

    def covered(self) -> set[tuple[int, int]]:
        """The places that another cell's span covers."""
        return {(r + i, c + j) for (r, c), (rows, columns) in self.spans.items() for i in range(rows) for j in range(columns) if (i, j) != (0, 0)}


class Maker:
    """Makes tables of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.year = self.random.randint(1995, 2023)
        self.place = self.random.choice(PLACES[:4])

    def number(self, unit: str) -> tuple[str, Decimal]:
        """A figure as printed, and its amount in the unit without 万."""
        rng = self.random
        if unit == "%":
            printed = f"{rng.uniform(20, 99.9):.{rng.choice((1, 2))}f}"
        elif unit in MULTIPLE:
            printed = f"{rng.uniform(0.5, 9000):.2f}"
        else:
            amount = rng.choice((rng.randint(0, 40), rng.randint(41, 1899), rng.randint(2200, 98000)))
            printed = f"{amount:,}" if rng.random() < 0.3 else str(amount)
        multiple = MULTIPLE.get(unit, (Decimal(1), unit))[0]
        return printed, Decimal(printed.replace(",", "")) * multiple

    def figure(
        self, made: Made, row: int, column: int, name: str, unit: str, period: str | None, place: str | None = None, blanks: float = 0.06
    ) -> Decimal | None:
        """Print one figure and note what it says; now and then there is none."""
        if self.random.random() < blanks:
            made.put(row, column, self.random.choice(("—", "-", "…", "")))
            return None
        printed, amount = self.number(unit)
        mark = self.random.choice(("①", "*")) if self.random.random() < 0.02 else ""
        made.put(row, column, printed + mark)
        made.truth.append(Fact(name, amount, MULTIPLE.get(unit, (None, unit))[1], period, place))
        return amount

    def change(self, made: Made, row: int, column: int, before: Decimal | None, now: Decimal | None, sign: str = "") -> None:
        """Print the change in per cent from one figure to the last one noted."""
        if not before or now is None:
            made.put(row, column, "—")
            return
        amount = (100 * (now - before) / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
        made.put(row, column, (f"+{amount}" if amount > 0 and self.random.random() < 0.3 else str(amount)) + sign)
        direction = "up" if amount > 0 else "down" if amount < 0 else "flat"
        last = max(i for i, fact in enumerate(made.truth) if fact.value == now)
        made.truth[last] = Fact(
            *[getattr(made.truth[last], f) for f in ("name", "value", "unit", "period", "place")], (direction, abs(amount), "percent")
        )

    def indicators(self, count: int) -> list[tuple[str, str]]:
        chosen = self.random.sample(COUNTS, min(count, 4)) + self.random.sample(RATES, 1) + self.random.sample(MONEY, 1)
        self.random.shuffle(chosen)
        return chosen[:count]

    def head(self, name: str, unit: str) -> str:
        return self.random.choice((f"{name}（{unit}）", f"{name}({unit})"))


def years_down(m: Maker) -> Made:
    """Years down the first column, an indicator a column."""
    made = Made("years_down", f"表{m.random.randint(1, 9)} {m.place}历年{m.random.choice(TOPICS)}")
    chosen, count = m.indicators(m.random.randint(2, 5)), m.random.randint(3, 9)
    suffix = m.random.choice(("", "年"))
    made.put(0, 0, m.random.choice(("年份", "年度", "年 份")))
    for c, (name, unit) in enumerate(chosen, 1):
        made.put(0, c, m.head(name, unit))
    for r in range(1, count + 1):
        year = m.year - count + r
        made.put(r, 0, f"{year}{suffix}")
        for c, (name, unit) in enumerate(chosen, 1):
            m.figure(made, r, c, name, unit, str(year))
    return made


def years_across(m: Maker) -> Made:
    """An indicator a row, years across; units in the label or in a column of their own."""
    made = Made("years_across", f"{m.place}{m.random.choice(TOPICS)}")
    chosen, count, own = m.indicators(m.random.randint(2, 6)), m.random.randint(2, 6), m.random.random() < 0.5
    made.put(0, 0, m.random.choice(("指标", "项目", "指标名称")))
    if own:
        made.put(0, 1, m.random.choice(("单位", "计量单位")))
    suffix = m.random.choice(("", "年"))
    for i in range(count):
        made.put(0, i + 1 + own, f"{m.year - count + 1 + i}{suffix}")
    for r, (name, unit) in enumerate(chosen, 1):
        made.put(r, 0, name if own else m.head(name, unit))
        if own:
            made.put(r, 1, unit)
        for i in range(count):
            m.figure(made, r, i + 1 + own, name, unit, str(m.year - count + 1 + i))
    return made


def months_down(m: Maker) -> Made:
    """Months of the title's year down the first column."""
    made = Made("months_down", f"{m.place}{m.year}年各月{m.random.choice(TOPICS)}")
    chosen, count = m.indicators(m.random.randint(1, 4)), m.random.randint(3, 12)
    full = m.random.random() < 0.4
    made.put(0, 0, m.random.choice(("月份", "时间")))
    for c, (name, unit) in enumerate(chosen, 1):
        made.put(0, c, m.head(name, unit))
    for r in range(1, count + 1):
        made.put(r, 0, m.random.choice((f"{m.year}年{r}月", f"{m.year}-{r:02d}")) if full else f"{r}月")
        for c, (name, unit) in enumerate(chosen, 1):
            m.figure(made, r, c, name, unit, f"{m.year}-{r:02d}")
    return made


def comparison(m: Maker) -> Made:
    """This year, the year before, and the change."""
    named = m.random.random() < 0.5
    part, code = m.random.choice((("", ""), ("上半年", "H1"), ("1-9月", "-01..-09"), ("一季度", "Q1")))
    written, before = (f"{year}{code}".replace("..-", f"..{year}-") for year in (m.year, m.year - 1))
    made = Made("comparison", f"{m.place}{m.year}年{part}{m.random.choice(TOPICS)}")
    chosen, own = m.indicators(m.random.randint(2, 6)), m.random.random() < 0.5
    heads = (
        [f"{m.year}年{part}", f"{m.year - 1}年{part}"] if named else [m.random.choice(("本期", "本年")), m.random.choice(("上年同期", "去年同期"))]
    )
    made.put(0, 0, "指标")
    if own:
        made.put(0, 1, "单位")
    for i, head in enumerate([*heads, m.random.choice(("同比（%）", "同比增减(%)", "±%", "比上年增长（%）", "增幅(%)"))]):
        made.put(0, 1 + own + i, head)
    for r, (name, unit) in enumerate(chosen, 1):
        made.put(r, 0, name if own else m.head(name, unit))
        if own:
            made.put(r, 1, unit)
        earlier = m.figure(made, r, 2 + own, name, unit, before)
        now = m.figure(made, r, 1 + own, name, unit, written)
        m.change(made, r, 3 + own, earlier, now)
    return made


def places_down(m: Maker) -> Made:
    """A place a row, an indicator a column, and a total."""
    made = Made("places_down", f"{m.year}年各县区{m.random.choice(TOPICS)}")
    chosen = m.indicators(m.random.randint(2, 5))
    numbered = m.random.random() < 0.3
    if numbered:
        made.put(0, 0, "序号")
    made.put(0, numbered, m.random.choice(("地区", "县区", "单位", "区县")))
    for c, (name, unit) in enumerate(chosen, 1 + numbered):
        made.put(0, c, m.head(name, unit))
    rows = m.random.sample(PLACES, m.random.randint(3, 6))
    total = m.random.choice((None, "合计", "全市"))
    for r, place in enumerate(([total] if total else []) + rows, 1):
        if numbered:
            made.put(r, 0, str(r))
        made.put(r, numbered, place)
        for c, (name, unit) in enumerate(chosen, 1 + numbered):
            m.figure(made, r, c, name, unit, str(m.year), None if place == "合计" else place)
    return made


def acts_of_types(m: Maker) -> Made:
    """A kind of case a row, an act a column, under one head each or under two."""
    made = Made("acts_of_types", f"{m.place}法院{m.year}年案件情况统计表", "单位：件")
    acts, objects = m.random.sample(ACTS[:6], m.random.randint(2, 4)), m.random.sample(OBJECTS, m.random.randint(3, 6))
    made.put(0, 0, m.random.choice(("类别", "案件类型", "项目")))
    for c, act in enumerate(acts, 1):
        made.put(0, c, m.random.choice((act, act + "数")))
    for r, thing in enumerate(objects, 1):
        made.put(r, 0, m.random.choice(("", "", "其中：")) + thing if r > 1 else thing)
        for c, act in enumerate(acts, 1):
            m.figure(made, r, c, thing + act, "件", str(m.year))
    return made


def two_heads(m: Maker) -> Made:
    """A kind of case a row; under each act this year, the year before, and the change."""
    made = Made("two_heads", f"{m.place}{m.year}年案件情况统计表", "单位：件", heads=2)
    acts, objects = m.random.sample(ACTS[:6], 2), m.random.sample(OBJECTS, m.random.randint(3, 5))
    made.put(0, 0, "类别", 2, 1)
    for i, act in enumerate(acts):
        made.put(0, 1 + 3 * i, act, 1, 3)
        for j, head in enumerate((f"{m.year}年", f"{m.year - 1}年", "同比（%）")):
            made.put(1, 1 + 3 * i + j, head)
    for r, thing in enumerate(objects, 2):
        made.put(r, 0, thing)
        for i, act in enumerate(acts):
            earlier = m.figure(made, r, 2 + 3 * i, thing + act, "件", str(m.year - 1))
            now = m.figure(made, r, 1 + 3 * i, thing + act, "件", str(m.year))
            m.change(made, r, 3 + 3 * i, earlier, now)
    return made


def three_heads(m: Maker) -> Made:
    """Years down; under each kind of case the acts, under an act the unit."""
    made = Made("three_heads", f"{m.place}历年案件统计表", heads=3)
    objects, acts = m.random.sample(OBJECTS, 2), m.random.sample(ACTS[:6], 2)
    made.put(0, 0, "年份", 3, 1)
    for i, thing in enumerate(objects):
        made.put(0, 1 + 2 * i, thing, 1, 2)
        for j, act in enumerate(acts):
            made.put(1, 1 + 2 * i + j, act)
            made.put(2, 1 + 2 * i + j, "（件）")
    for r in range(3, 3 + m.random.randint(3, 6)):
        year = m.year - 9 + r
        made.put(r, 0, str(year))
        for i, thing in enumerate(objects):
            for j, act in enumerate(acts):
                m.figure(made, r, 1 + 2 * i + j, thing + act, "件", str(year))
    return made


def grouped_rows(m: Maker) -> Made:
    """Groups of rows under lines of their own, years across."""
    made = Made("grouped_rows", f"{m.place}案件统计", "单位：件")
    objects, acts, count = m.random.sample(OBJECTS, 2), m.random.sample(ACTS[:6], 2), m.random.randint(2, 4)
    made.put(0, 0, "项目")
    for i in range(count):
        made.put(0, 1 + i, f"{m.year - count + 1 + i}年")
    row = 1
    for n, thing in enumerate(objects):
        made.put(row, 0, "一二"[n] + "、" + thing, 1, 1 + count)
        for act in acts:
            row += 1
            made.put(row, 0, act)
            for i in range(count):
                m.figure(made, row, 1 + i, thing + act, "件", str(m.year - count + 1 + i))
        row += 1
    return made


def shares(m: Maker) -> Made:
    """Kinds of case with their number and share."""
    made = Made("shares", f"{m.place}{m.year}年收案构成情况")
    made.put(0, 0, "案件类型")
    made.put(0, 1, "收案数（件）")
    made.put(0, 2, m.random.choice(("占比（%）", "比重(%)", "占比")))
    for r, thing in enumerate(m.random.sample(OBJECTS, m.random.randint(3, 6)), 1):
        made.put(r, 0, thing)
        m.figure(made, r, 1, thing + "收案", "件", str(m.year))
        m.figure(made, r, 2, thing + "收案占比", "%", str(m.year))
    return made


def long_form(m: Maker) -> Made:
    """One figure a row: indicator, year, unit, value."""
    made = Made("long_form", "数据表")
    for c, head in enumerate(("指标", "年份", "单位", "数值")):
        made.put(0, c, head)
    row = 0
    for name, unit in m.indicators(m.random.randint(2, 4)):
        for year in range(m.year - 2, m.year + 1):
            row += 1
            for c, words in enumerate((name, str(year), unit)):
                made.put(row, c, words)
            m.figure(made, row, 3, name, unit, str(year))
    return made


def side_by_side(m: Maker) -> Made:
    """Two tables of years side by side under one title."""
    made = Made("side_by_side", f"{m.place}历年刑事立案统计表")
    count = m.random.randint(3, 6)
    for panel in (0, 1):
        made.put(0, 2 * panel, "年份")
        made.put(0, 2 * panel + 1, "刑事立案（起）")
        for r in range(1, count + 1):
            year = m.year - 2 * count + panel * count + r
            made.put(r, 2 * panel, f"{year}")
            m.figure(made, r, 2 * panel + 1, "刑事立案", "起", str(year))
    return made


def month_and_total(m: Maker) -> Made:
    """A month and what the year has come to, each with its change."""
    month = m.random.randint(2, 12)
    made = Made("month_and_total", f"{m.place}{m.year}年{month}月{m.random.choice(TOPICS)}")
    for c, head in enumerate(("指标", "单位", "本月", "同比（%）", "累计", "同比（%）")):
        made.put(0, c, head)
    for r, (name, unit) in enumerate(m.indicators(m.random.randint(2, 5)), 1):
        made.put(r, 0, name)
        made.put(r, 1, unit)
        for c, period in ((2, f"{m.year}-{month:02d}"), (4, f"{m.year}-01..{m.year}-{month:02d}")):
            now = m.figure(made, r, c, name, unit, period)
            m.change(made, r, c + 1, now * Decimal("0.9") if now else None, now)
    return made


SHAPES: tuple[Callable[[Maker], Made], ...] = (
    years_down, years_across, months_down, comparison, places_down, acts_of_types, two_heads, three_heads, grouped_rows, shares, long_form,
    side_by_side, month_and_total,
)  # fmt: skip


def random_table(seed: int) -> Made:
    """The table of a seed, with notes under some."""
    maker = Maker(seed)
    made = SHAPES[seed % len(SHAPES)](maker)
    if maker.random.random() < 0.4:
        made.notes.append(maker.random.choice(("注：本表数据由有关部门提供。", f"注：{maker.year}年为快报数。", "资料来源：县统计局。")))
    if maker.random.random() < 0.15 and made.shape in ("years_down", "places_down"):
        _number_columns(made)
    return made


def _number_columns(made: Made) -> None:
    """Number the columns under the head: 甲 1 2 3."""
    cells = {(r + (r >= made.heads), c): text for (r, c), text in made.cells.items()}
    made.cells.clear()
    made.cells.update(cells)
    for column in range(made.width):
        made.put(made.heads, column, "甲" if not column else str(column))
