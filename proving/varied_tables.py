"""Tables of further layouts with known truth: parts under their whole, changes told in several ways, totals first or last, scripts and blanks.

As `tables`, but each shape draws how it says things: where the unit stands, which way the table lies, what an empty cell holds, which digits and
script it is printed in. `varied_table(seed)` gives a `Made`, which `printing_tables` writes in every format.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from .tables import PLACES, Fact, Made, Maker

KINDS = ("刑事案件", "民事案件", "行政案件", "执行案件", "国家赔偿案件")
CRIMES = ("盗窃案件", "诈骗案件", "抢劫案件", "赌博案件", "故意伤害案件")
ACTS = ("收案", "结案", "新收", "审结")
MEASURED = (("立案数", "起"), ("破案数", "起"), ("抓获人数", "人"), ("查处治安案件数", "起"))
NOTHING = ("—", "-", "…", "")
_WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
_TRADITIONAL = str.maketrans("区县东临云关数车诈骗赌执赔偿国结审减额单项总计", "區縣東臨雲關數車詐騙賭執賠償國結審減額單項總計")


def parts_of_a_whole(m: Maker) -> Made:
    """A whole and its parts a row each, the parts behind 其中, an indent or a sign; an act a column."""
    acts = m.random.sample(ACTS[:2], 2)
    made = Made("parts_of_a_whole", f"{m.year}年{m.place}案件情况统计表", "单位：件")
    sign = m.random.choice(("其中：{}", "#{}", "—{}"))
    _across(made, "项目", acts)
    thing, kinds = "民商事案件", m.random.sample(("婚姻家庭案件", "合同纠纷案件", "侵权纠纷案件"), 2)
    for r, kind in enumerate((thing, *kinds), 1):
        made.put(r, 0, thing if r == 1 else sign.format(kind) if r == 2 or "其中" not in sign else kind)
        for c, act in enumerate(acts, 1):
            m.figure(made, r, c, kind + act, "件", str(m.year), blanks=0)
    return made


def places_side_by_side(m: Maker) -> Made:
    """Two panels of places and their figures beside one another."""
    name, unit = m.random.choice(MEASURED)
    made = Made("places_side_by_side", f"{m.year}年各县区{name}")
    places = m.random.sample(PLACES, 6)
    for panel in (0, 1):
        _across(made, "地区", [m.head(name, unit)], 2 * panel)
        for r, place in enumerate(places[3 * panel : 3 * panel + 3], 1):
            made.put(r, 2 * panel, place)
            m.figure(made, r, 2 * panel + 1, name, unit, str(m.year), place, blanks=0)
    return made


def months_across(m: Maker) -> Made:
    """An indicator a row, months across, their total first or last or none."""
    made = Made("months_across", f"{m.place}{m.year}年各月主要指标")
    count, total = m.random.randint(3, 5), m.random.choice(("", "first", "last"))
    heads = [f"{n}月" for n in range(1, count + 1)]
    _across(made, m.random.choice(("指标", "项目")), [*(["合计"] if total == "first" else []), *heads, *(["合计"] if total == "last" else [])])
    for r, (name, unit) in enumerate(m.random.sample(MEASURED, 3), 1):
        made.put(r, 0, m.head(name, unit))
        figures = [m.figure(made, r, n + (total == "first"), name, unit, f"{m.year}-{n:02d}", blanks=0) for n in range(1, count + 1)]
        if total:
            added = sum(figure or 0 for figure in figures)
            made.put(r, 1 if total == "first" else count + 1, str(added))
            made.truth.append(Fact(name, Decimal(added), unit, f"{m.year}-01..{m.year}-{count:02d}"))
    return made


def changes_told(m: Maker) -> Made:
    """This year, the last, and the change: in per cent, in numbers, in both, or by a bare ± that only arithmetic tells."""
    made = Made("changes_told", f"{m.place}{m.year}年主要指标")
    way = m.random.choice(("percent", "absolute", "both", "bare"))
    told = {"percent": ["同比增减（%）"], "absolute": ["同比增减数"], "both": ["增减数", "增减%"], "bare": ["±"]}[way]
    _across(made, "指标", [f"{m.year}年", f"{m.year - 1}年", *told])
    for r, (name, unit) in enumerate(m.random.sample(MEASURED, 3), 1):
        made.put(r, 0, m.head(name, unit))
        now, before = m.random.randint(300, 900), m.random.randint(300, 900)
        made.put(r, 1, str(now))
        made.put(r, 2, str(before))
        share = (100 * Decimal(now - before) / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
        direction = "up" if now > before else "down" if now < before else "flat"
        percent, absolute = (direction, abs(share), "percent"), (direction, Decimal(abs(now - before)), "absolute")
        for c, head in enumerate(told, 3):
            made.put(r, c, str(share) if "%" in head or head == "±" else str(now - before))
        made.truth.append(Fact(name, Decimal(before), unit, str(m.year - 1)))
        made.truth.append(Fact(name, Decimal(now), unit, str(m.year), change=absolute if way == "absolute" else percent))
        if way == "both":
            made.truth.append(Fact(name, None, None, str(m.year), change=absolute))
    return made


def places_with_total(m: Maker) -> Made:
    """A place a row, the total first or last, some cells without a figure, the unit over the table or in the corner."""
    chosen = m.random.sample(ACTS[:2], 2)
    corner = m.random.random() < 0.3
    made = Made("places_with_total", f"{m.year}年全市法院{m.random.choice(KINDS[:3])}情况统计表", "" if corner else "（单位：件）")
    thing = next(kind for kind in KINDS if kind in made.title)
    _across(made, "地区（件）" if corner else "地区", chosen)
    places, first = m.random.sample(PLACES, 4), m.random.random() < 0.5
    for r, place in enumerate([*(["合计"] if first else []), *places, *([] if first else ["合计"])], 1):
        made.put(r, 0, place)
        for c, act in enumerate(chosen, 1):
            m.figure(made, r, c, thing + act, "件", str(m.year), None if place == "合计" else place, blanks=0 if place == "合计" else 0.15)
    return made


def month_and_year_so_far(m: Maker) -> Made:
    """Under 本月 and under 累计 the number and its change on the year before."""
    month = m.random.randint(2, 12)
    made = Made("month_and_year_so_far", f"{m.place}{m.year}年{month}月主要指标", heads=2)
    made.put(0, 0, "指标", 2, 1)
    spans = (f"{m.year}-{month:02d}", f"{m.year}-01..{m.year}-{month:02d}")
    for i, head in enumerate(("本月", m.random.choice(("累计", "本年累计", "1至本月累计")))):
        made.put(0, 1 + 2 * i, head, 1, 2)
        made.put(1, 1 + 2 * i, "数量")
        made.put(1, 2 + 2 * i, "同比%")
    for r, (name, unit) in enumerate(m.random.sample(MEASURED, 3), 2):
        made.put(r, 0, m.head(name, unit))
        for i, period in enumerate(spans):
            now = m.figure(made, r, 1 + 2 * i, name, unit, period, blanks=0)
            m.change(made, r, 2 + 2 * i, now * Decimal("0.8") if now else None, now)
    return made


def groups_with_subtotals(m: Maker) -> Made:
    """Kinds of crime under groups in a column of their own, each group with its 小计, years across."""
    made = Made("groups_with_subtotals", f"{m.place}刑事立案统计表", "单位：起")
    years = (m.year - 1, m.year)
    made.put(0, 0, "类别")
    _across(made, "罪名", [f"{year}年" for year in years], 1)
    row = 1
    for group, crimes in (("侵财案件", CRIMES[:2]), ("暴力案件", (CRIMES[2], CRIMES[4]))):
        made.put(row, 0, group, 1 + len(crimes), 1)
        for n, crime in enumerate((*crimes, "小计")):
            made.put(row, 1, crime)
            for c, year in enumerate(years, 2):
                m.figure(made, row, c, (group if n == len(crimes) else group + crime) + "立案", "起", str(year), blanks=0)
            row += 1
    return made


def parts_of_years(m: Maker) -> Made:
    """Half-years or quarters down, measures across; footnote marks on heads and labels."""
    made = Made("parts_of_years", f"{m.place}主要指标")
    chosen = m.random.sample(MEASURED, 2)
    mark = m.random.choice(("①", "*", "[1]"))
    _across(made, "时间", [m.head(name, unit) for name, unit in chosen])
    parts = m.random.choice(((("上半年", "H1"), ("下半年", "H2")), (("一季度", "Q1"), ("二季度", "Q2"))))
    for r, (year, (words, code)) in enumerate(((year, part) for year in (m.year - 1, m.year) for part in parts), 1):
        made.put(r, 0, f"{year}年{words}" + (mark if r == 2 else ""))
        for c, (name, unit) in enumerate(chosen, 1):
            m.figure(made, r, c, name, unit, f"{year}{code}", blanks=0)
    made.notes.append("注：快报数，以年报为准。")
    return made


SHAPES: tuple[Callable[[Maker], Made], ...] = (
    parts_of_a_whole, places_side_by_side, months_across, changes_told, places_with_total, month_and_year_so_far, groups_with_subtotals,
    parts_of_years,
)  # fmt: skip


def _across(made: Made, corner: str, heads: list[str], at: int = 0) -> None:
    made.put(0, at, corner)
    for c, head in enumerate(heads, at + 1):
        made.put(0, c, head)


def varied_table(seed: int) -> Made:
    """The table of a seed; now and then in full-width figures, with blanks between thousands, or in traditional characters."""
    maker = Maker(seed)
    made = SHAPES[seed % len(SHAPES)](maker)
    script = maker.random.choice(("", "", "wide", "thousands", "traditional"))
    if script == "wide":
        made.cells.update({place: words.translate(_WIDE) for place, words in made.cells.items() if place[0] >= made.heads})
    if script == "thousands":
        made.cells.update({place: f"{int(words):,}" for place, words in made.cells.items() if place[0] >= made.heads and _is_large(words)})
    if script == "traditional":
        made.title, made.unit_line = made.title.translate(_TRADITIONAL), made.unit_line.translate(_TRADITIONAL)
        made.cells.update({place: words.translate(_TRADITIONAL) for place, words in made.cells.items()})
        made.truth[:] = [
            replace(fact, name=fact.name.translate(_TRADITIONAL), place=fact.place and fact.place.translate(_TRADITIONAL)) for fact in made.truth
        ]
    return made


def _is_large(words: str) -> bool:
    return words.isdecimal() and int(words) > 2100
