"""One logical table in many layouts: which way it lies, where its unit and time stand, how changes, parts and totals are told, how a page prints it.

`laid_out(seed)` draws every choice by itself and keeps what it chose, so that `python -m proving.counting_layouts` can count, choice by choice, how
many figures are read as they are, read wrong, or left out in silence. `printing_layouts` prints it as a page or, as `Made`, in any format.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from .tables import Fact

PLACES = ["青溪县", "河口区", "安东县", "临湖市", "云岭县", "东关区"]
PROVINCES = ["河北", "山西", "江苏", "浙江", "湖北", "四川"]
KINDS = ["刑事案件", "民事案件", "行政案件", "执行案件"]
CRIMES = ["盗窃案件", "诈骗案件", "抢劫案件", "故意伤害案件"]
PARTS = {"刑事案件": ("盗窃案件", "诈骗案件"), "民事案件": ("婚姻家庭纠纷", "合同纠纷"), "交通事故": ("死亡事故", "受伤事故")}
ACTS = ["收案", "结案", "未结"]
MEASURES = [("刑事案件立案数", "起"), ("治安案件查处数", "起"), ("抓获犯罪嫌疑人数", "人"), ("破案率", "%"), ("挽回经济损失", "万元"),
            ("调解纠纷数", "件")]  # fmt: skip
COUNTED = [("收案数", "件"), ("立案数", "起"), ("查处人数", "人"), ("火灾起数", "起")]
CHANGES = {
    "percent": ["同比（%）", "±%", "增减（%）", "增长率(%)", "比上年增减%", "同比增长（%）", "增幅（%）", "比上年±%", "同比"],
    "absolute": ["增减数", "比上年增减数", "同比增减数"],
}
CONTENTS = ("measures_by_years", "kinds_by_acts", "places_by_measures", "months_by_measures", "this_and_last", "with_change", "acts_over_years",
            "parts_under_wholes", "groups", "provinces_by_years", "changes_only", "month_and_sum")  # fmt: skip
UNITS = ("line", "title", "head", "column", "label", "cell", "row", "slash")
FORMS = ("tabs", "markdown", "bars", "edged", "box", "csv", "semicolons", "aligned", "wide_blanks", "single_blanks", "lines", "blank_lines",
         "bars_lines", "html", "stripped", "stripped_rows")  # fmt: skip


@dataclass
class Laid:
    """A table as a page prints it, what it says, and every choice that was made."""

    chosen: dict[str, str] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    heads: list[list[str | None]] = field(default_factory=list)
    rows: list[list[str | None]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    truth: list[Fact] = field(default_factory=list)
    # places of the cells, in `rows`, by the fact they print
    at: dict[int, tuple[int, int]] = field(default_factory=dict)


class Drawer:
    """Draws one table."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.year = self.rng.randint(2003, 2023)
        self.made = Laid()

    def pick(self, what: str, options: list[str] | tuple[str, ...]) -> str:
        """One of some options, noted."""
        self.made.chosen[what] = self.rng.choice(options)
        return self.made.chosen[what]

    def number(self, unit: str) -> tuple[str, Decimal]:
        """A figure as printed and its amount, 万 multiplied out."""
        if unit == "%":
            printed = f"{self.rng.uniform(20, 99.9):.1f}"
            return printed, Decimal(printed)
        if unit == "万元":
            printed = f"{self.rng.uniform(2, 900):.2f}"
            return printed, Decimal(printed) * 10**4
        amount = self.rng.choice((self.rng.randint(3, 40), self.rng.randint(41, 1800), self.rng.randint(2200, 9000)))
        return (f"{amount:,}" if self.made.chosen["digits"] == "thousands" else str(amount)), Decimal(amount)


def laid_out(seed: int) -> Laid:
    """The table of a seed."""
    d = Drawer(seed)
    d.pick("content", CONTENTS)
    d.pick("form", FORMS)
    d.pick("digits", ("plain", "plain", "thousands"))
    d.pick("merges", ("kept", "lost"))
    d.pick("notes", ("none", "note", "source"))
    BUILDERS[d.made.chosen["content"]](d)
    if d.made.chosen["notes"] != "none":
        d.made.below.append({"note": "注：本表数据为快报数，以年报为准。", "source": "资料来源：有关部门"}[d.made.chosen["notes"]])
    d.pick("date", ("", "", "2023年8月15日", "（2024年1月20日）"))  # a date line, which dates no table under it
    return d.made


def _grid(d: Drawer, corner: str, labels: list[str], columns: list[tuple[str, str]], facts, title: str, total: str = "") -> None:
    """Rows of labels under heads of columns (name, unit); `facts(label, column)` gives name, period and place of a cell."""
    made, units = d.made, [unit for _, unit in columns]
    same = len(set(units)) == 1
    way = d.pick("unit", [way for way in UNITS if way not in ("column", "label") and (same or way in ("head", "cell", "row", "slash"))])
    _entitle(d, title, units[0] if same and way in ("line", "title") else "", way)
    heads = [name + {"head": f"（{unit}）", "slash": f"/{unit}"}.get(way, "") for name, unit in columns]
    made.heads.append([corner, *heads])
    if way == "row":
        made.heads.append([None, *(unit for _, unit in columns)])
    for label in labels:
        row: list[str | None] = [label]
        for c, (_, unit) in enumerate(columns):
            name, period, place = facts(label, c)
            row.append(_figure(d, name, unit, period, place, way, (len(made.rows), c + 1)))
        made.rows.append(row)
    if total:
        _total(d, total, columns, facts)


def _figure(d: Drawer, name: str, unit: str, period: str, place: str | None, way: str, at: tuple[int, int]) -> str:
    printed, amount = d.number(unit)
    d.made.at[len(d.made.truth)] = at
    d.made.truth.append(Fact(name, amount, "元" if unit == "万元" else unit, period, place))
    return printed + (unit if way == "cell" else "")


def _total(d: Drawer, where: str, columns: list[tuple[str, str]], facts) -> None:
    """A row of totals, first or last."""
    word = d.pick("total_word", ("合计", "总计", "合 计"))
    row: list[str | None] = [word]
    way = d.made.chosen["unit"]
    for c, (_, unit) in enumerate(columns):
        amounts = [fact.value for i, fact in enumerate(d.made.truth) if d.made.at.get(i, (0, 0))[1] == c + 1 and fact.value is not None]
        name, period, _ = facts("", c)
        if unit == "%":
            printed, amount = d.number(unit)
        else:
            amount = sum(amounts, Decimal(0))
            printed = f"{amount / 10**4:.2f}" if unit == "万元" else f"{amount:,}" if d.made.chosen["digits"] == "thousands" else str(amount)
        row.append(printed + (unit if way == "cell" else ""))
        d.made.truth.append(Fact(name, amount, "元" if unit == "万元" else unit, period))
    d.made.rows.insert(0 if where == "first" else len(d.made.rows), row)


def _entitle(d: Drawer, title: str, unit: str, way: str) -> None:
    number = d.pick("number", ("", "表1 ", "表一：", "附表：", "附件2 "))
    d.made.above.append(number + title + (f"（单位：{unit}）" if unit and way == "title" else ""))
    if unit and way == "line":
        d.made.above.append(d.pick("unit_line", (f"单位：{unit}", f"（单位：{unit}）", f"计量单位：{unit}")))


def _measures(d: Drawer, columns: list[tuple[str, str]], fact, title: str, corner: str, after: list[str] | None = None) -> list[tuple[str, str]]:
    """A measure a row, its unit in its label, a column or its figures."""
    chosen = d.rng.sample(MEASURES, d.rng.randint(3, 4))
    way = d.pick("unit", ("column", "label", "cell", "slash"))
    _entitle(d, title, "", way)
    own = way == "column"
    d.made.heads.append([corner, *([d.rng.choice(("单位", "计量单位"))] if own else []), *(head for head, _ in columns), *(after or [])])
    for name, unit in chosen:
        row: list[str | None] = [name + {"label": f"（{unit}）", "slash": f"/{unit}"}.get(way, ""), *([unit] if own else [])]
        for c, (_, period) in enumerate(columns):
            row.append(_figure(d, name, unit, period, None, way, (len(d.made.rows), c + 1 + own)))
        d.made.rows.append(row)
    return chosen


def measures_by_years(d: Drawer) -> None:
    """Measures down and years across, or the other way about."""
    years = list(range(d.year - d.rng.randint(2, 4), d.year + 1))
    sign = d.pick("year", ("年", "", "年度"))
    if d.pick("way", ("down", "across")) == "across":
        _measures(d, [(f"{y}{sign}", str(y)) for y in years], None, f"{PLACES[0]}政法工作主要指标", d.rng.choice(("指标", "项目", "指标名称")))
        return
    chosen = d.rng.sample(MEASURES, 3)
    _grid(d, d.rng.choice(("年份", "年度")), [f"{y}{sign}" for y in years], chosen,
          lambda label, c: (chosen[c][0], label[:4], None), f"{PLACES[0]}历年政法工作主要指标")  # fmt: skip


def kinds_by_acts(d: Drawer) -> None:
    """Kinds of cases down, what was done across; or the other way about."""
    acts, kinds = d.rng.sample(ACTS, 2), d.rng.sample(KINDS, 3)
    total = d.pick("total", ("", "first", "last"))
    title = f"{d.year}年{PLACES[0]}人民法院案件收结情况统计表"
    if d.pick("way", ("down", "across")) == "down":
        _grid(d, d.rng.choice(("案件类型", "类别", "项目")), kinds, [(act, "件") for act in acts],
              lambda label, c: ((label or "案件") + acts[c], str(d.year), None), title, total)  # fmt: skip
    else:
        _grid(d, "项目", acts, [(kind, "件") for kind in kinds], lambda label, c: (kinds[c] + label, str(d.year), None), title)


def places_by_measures(d: Drawer) -> None:
    """Places down, measures across."""
    chosen = d.rng.sample(MEASURES, 3)
    total = d.pick("total", ("", "first", "last"))
    _grid(d, d.rng.choice(("地区", "单位", "县区", "区县")), d.rng.sample(PLACES, 4), chosen,
          lambda label, c: (chosen[c][0], str(d.year), label or None), f"{d.year}年各县区政法工作情况统计表", total)  # fmt: skip


def provinces_by_years(d: Drawer) -> None:
    """Provinces down, years across, one measure in the title."""
    name, unit = d.rng.choice(COUNTED)
    years = [d.year - 2, d.year - 1, d.year]
    _grid(d, d.rng.choice(("地区", "省份")), d.rng.sample(PROVINCES, 4), [(f"{y}年", unit) for y in years],
          lambda label, c: (name, str(years[c]), label or None), f"各省{name}", d.pick("total", ("", "first")))  # fmt: skip


def months_by_measures(d: Drawer) -> None:
    """Months down, measures across."""
    chosen, count = d.rng.sample(MEASURES, 2), d.rng.randint(3, 6)
    style = d.pick("month", ("{}月", "{}月份", "year"))
    labels = [f"{d.year}年{n}月" if style == "year" else style.format(n) for n in range(1, count + 1)]
    _grid(d, d.rng.choice(("月份", "时间")), labels, chosen,
          lambda label, c: (chosen[c][0], f"{d.year}-{labels.index(label) + 1:02d}", None), f"{d.year}年{PLACES[0]}各月政法工作情况")  # fmt: skip


def this_and_last(d: Drawer) -> None:
    """This year, the last beside it, and the change."""
    heads = d.rng.choice(((f"{d.year}年", f"{d.year - 1}年"), ("本年", "上年"), (f"{d.year}年", "上年同期"), ("本期", "上年同期"), ("今年", "去年")))
    d.made.chosen["last"] = "".join(w for w in heads[1] if not w.isdigit())
    change = _change_head(d)
    _measures(d, [(heads[0], str(d.year)), (heads[1], str(d.year - 1))], None, f"{d.year}年{PLACES[0]}主要指标", "指标", [change])
    width = len(d.made.rows[0])
    for r, row in enumerate(d.made.rows):
        now, last = 2 * r, 2 * r + 1
        row.append(_change(d, now, d.made.truth[last].value))
    assert all(len(row) == width + 1 for row in d.made.rows)


def with_change(d: Drawer) -> None:
    """This year and the change alone; or the amount and the change of each of several measures side by side."""
    change = _change_head(d)
    if d.pick("way", ("down", "across")) == "down":
        _measures(d, [(d.rng.choice((f"{d.year}年", "数量", "本年")), str(d.year))], None, f"{d.year}年{PLACES[0]}主要指标", "指标", [change])
        for r, row in enumerate(d.made.rows):
            row.append(_change(d, r, None))
        return
    d.made.chosen["unit"] = "head"
    chosen = d.rng.sample(MEASURES[:3], 2)
    _entitle(d, f"{d.year}年各县区政法工作情况", "", "head")
    d.made.heads.append(["地区", *(word for name, unit in chosen for word in (f"{name}（{unit}）", change))])
    for place in d.rng.sample(PLACES, 4):
        row: list[str | None] = [place]
        for name, unit in chosen:
            row.append(_figure(d, name, unit, str(d.year), place, "", (0, 0)))
            row.append(_change(d, len(d.made.truth) - 1, None))
        d.made.rows.append(row)


def changes_only(d: Drawer) -> None:
    """Two measures under one head each, number and change below."""
    change = _change_head(d)
    d.made.chosen["unit"] = "line"
    chosen = d.rng.sample(("收案", "结案", "未结"), 2)
    _entitle(d, f"{d.year}年全市法院案件情况", "件", "line")
    d.made.heads += [["法院", *(word for name in chosen for word in (name, None))], [None, *(["数量", change] * 2)]]
    for place in d.rng.sample(PLACES, 4):
        row: list[str | None] = [place + "法院"]
        for name in chosen:
            row.append(_figure(d, "案件" + name, "件", str(d.year), place + "法院", "", (0, 0)))
            row.append(_change(d, len(d.made.truth) - 1, None))
        d.made.rows.append(row)


def _change_head(d: Drawer) -> str:
    kind = d.pick("change_kind", ("percent", "percent", "absolute"))
    d.pick("change_sign", ("plain", "plus", "arrow", "mark", "word"))
    return d.pick("change_head", CHANGES[kind])


def _change(d: Drawer, fact: int, before: Decimal | None) -> str:
    """The change that the last figures of a row came to, printed as chosen; none now and then."""
    made, rng = d.made, d.rng
    now = made.truth[fact]
    assert now.value is not None
    percent = made.chosen["change_kind"] == "percent"
    if rng.random() < 0.1:
        return rng.choice(("—", "-", "…"))
    if before is None:
        amount = Decimal(rng.randint(-400, 400)) / 10 if percent else Decimal(rng.randint(-90, 90))
    else:
        amount = ((100 * (now.value - before) / before).quantize(Decimal("0.1"), ROUND_HALF_UP) if percent else now.value - before)
    if not percent and now.unit == "元":
        amount = amount.quantize(Decimal(1))
    direction = "up" if amount > 0 else "down" if amount < 0 else "flat"
    if not percent and now.unit == "%":
        return "—"
    printed = abs(amount) if now.unit != "元" or percent else abs(amount) / 10**4
    made.truth[fact] = replace(now, change=(direction, abs(amount), made.chosen["change_kind"]))
    sign = made.chosen["change_sign"]
    if not amount:
        return rng.choice(("0", "持平", "0.0")) if sign == "word" else "0"
    if sign == "arrow":
        return ("↑" if amount > 0 else "↓") + str(printed) + ("%" if percent and "%" not in made.chosen["change_head"] else "")
    if sign == "word":
        return ("上升" if amount > 0 else "下降") + str(printed) + ("%" if percent else "")
    mark = "%" if sign == "mark" and percent else ""
    return ("+" if sign == "plus" and amount > 0 else "-" if amount < 0 else "") + str(printed) + mark


def acts_over_years(d: Drawer) -> None:
    """Two rows of heads: acts over years, or years over acts, kinds down."""
    acts, years, kinds = d.rng.sample(ACTS[:2], 2), [d.year - 1, d.year], d.rng.sample(KINDS, 3)
    way = d.pick("unit", ("line", "title", "cell"))
    _entitle(d, f"{PLACES[0]}人民法院案件情况统计表", "件", way)
    first = d.pick("way", ("acts", "years"))
    pairs = [(a, y) for a in acts for y in years] if first == "acts" else [(a, y) for y in years for a in acts]
    upper = [(a if first == "acts" else f"{y}年") for a, y in pairs]
    lower = [(f"{y}年" if first == "acts" else a) for a, y in pairs]
    corner = d.rng.choice(("案件类型", "类别", "案件类别"))
    d.made.heads += [[corner, *(word if not i or upper[i - 1] != word else None for i, word in enumerate(upper))], [None, *lower]]
    for kind in kinds:
        row: list[str | None] = [kind]
        for act, year in pairs:
            row.append(_figure(d, kind + act, "件", str(year), None, way, (0, 0)))
        d.made.rows.append(row)


def parts_under_wholes(d: Drawer) -> None:
    """A whole and its parts, behind 其中, an indent or a sign; years across."""
    years = [d.year - 1, d.year]
    sign = d.pick("part", ("其中：{}", "　　{}", "#{}", "—{}", "其中:{}"))
    way = d.pick("unit", ("line", "title"))
    act = d.rng.choice(("收案", "结案"))
    _entitle(d, f"{PLACES[0]}人民法院{act}情况", "件", way)
    d.made.heads.append([d.rng.choice(("项目", "类别")), *(f"{y}年" for y in years)])
    for whole in ("刑事案件", "民事案件"):
        for n, name in enumerate((whole, *PARTS[whole])):
            label = name if not n else sign.format(name) if n == 1 or "其中" not in sign else f"　　　{name}"
            d.made.rows.append([label, *(_figure(d, name + act, "件", str(y), None, way, (0, 0)) for y in years)])


def groups(d: Drawer) -> None:
    """Rows under lines that group them, numbered or not."""
    sign = d.pick("group", ("一、{}|二、{}", "（一）{}|（二）{}", "{}：|{}：", "1.{}|2.{}", "{}|{}")).split("|")
    way = d.pick("unit", ("line", "title"))
    years = [d.year - 1, d.year]
    _entitle(d, f"{PLACES[0]}案件统计", "件", way)
    d.made.heads.append(["项目", *(f"{y}年" for y in years)])
    for mark, group in zip(sign, ("刑事案件", "民事案件"), strict=True):
        d.made.rows.append([mark.format(group), *([None] * len(years))])
        for act in ("收案", "结案"):
            d.made.rows.append([act, *(_figure(d, group + act, "件", str(y), None, way, (0, 0)) for y in years)])


def month_and_sum(d: Drawer) -> None:
    """The month and what the year has come to, each with its change or alone."""
    month = d.rng.randint(3, 11)
    spans = (f"{d.year}-{month:02d}", f"{d.year}-01..{d.year}-{month:02d}")
    heads = d.rng.choice((("本月", "累计"), (f"{month}月", f"1-{month}月累计"), ("当月", "本年累计"), (f"{month}月份", f"1—{month}月")))
    _measures(d, [(heads[0], spans[0]), (heads[1], spans[1])], None, f"{d.year}年{month}月{PLACES[0]}主要指标", "指标")


BUILDERS = {one.__name__: one for one in (
    measures_by_years, kinds_by_acts, places_by_measures, provinces_by_years, months_by_measures, this_and_last, with_change, changes_only,
    acts_over_years, parts_under_wholes, groups, month_and_sum,
)}  # fmt: skip
