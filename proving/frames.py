"""Clauses in every frame that bulletins use, drawn at random, each with what its records must say."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from . import phrasebook
from .phrasebook import Amount

# Invented names: what is counted or measured, so that any unit of the family can follow.
NAMES = {
    "count": (
        "立刑事案件",
        "受理民商事案件",
        "办结法律援助案件",
        "开展法治宣讲",
        "排查矛盾纠纷",
        "核发许可证照",
        "查获伪劣商品",
        "登记志愿者总数",
        "收到来信来访",
    ),
    "ratio": ("案件按期办结率", "群众满意度", "当庭宣判率", "调解成功率", "电子送达率"),
    "money": ("追缴违法所得", "执行到位金额", "减免诉讼费用", "挽回经济损失", "发放救助金额"),
    "measure": ("清理违建总量", "补植复绿总量", "封存物资总量"),
}
# A frame writes a clause said of a year, and the records expected; its period is already printed before it.
Frame = Callable[[Random, int, str], tuple[str, list[dict]]]
JOINTS = ("和", "、", "及", "与")


def level(amount: Amount, **more) -> dict:
    """What the record of a level must say."""
    said = {"value": amount.value, "unit": amount.unit, "hedge": amount.hedge, "change": None, "previous": None}
    if amount.comparator:
        said["comparator"] = amount.comparator
    return said | more


def change(direction: str, amount: Amount, kind: str, basis: str) -> dict:
    """What a change must say."""
    return {"direction": direction, "amount": amount.value, "kind": kind, "basis": basis, "hedge": amount.hedge}


# Bases that are one only before what they print or what moves: said without it they are other words.
_BY_WHAT_FOLLOWS = frozenset(
    (
        "against_anything",
        "against_a_printed_value",
        "against_the_year_before_the_last",
        "against_a_year_of_the_republic",
        "against_a_described_year",
        "against_a_year_of_two_figures",
        "over_some_years",
    )
)


def draw_basis(draw: Random, year: int) -> tuple[str, str]:
    """Draw words for what is compared with, and the basis they mean in a text of ``year``."""
    # What a part of another year is to a text (去年12月) depends on the text's own period: cases hold that.
    known = [r for r in phrasebook.rules("bases", "basis") if r.name not in _BY_WHAT_FOLLOWS and r.meaning["basis"] != "part"]
    rule = draw.choice(known)
    if rule.meaning["basis"] == "year":
        base = draw.choice((year - 1, year - draw.randint(2, 9)))
        words = phrasebook.say(rule, draw, base).replace("全年", "")  # a whole year is no year before a part of one: cases hold that as well
        return words, "yoy" if base == year - 1 else "fixed"
    return phrasebook.say(rule, draw), rule.meaning["basis"]


def draw_verb(draw: Random) -> tuple[str, str]:
    """Draw a verb of change and its direction; what names its base itself (高于上年) follows no base, a sign (+5%) stands before figures only."""
    verbs = [r for r in phrasebook.rules("changes", "change") if "basis" not in r.meaning and not r.name.startswith("sign_")]
    rule = draw.choice(verbs)
    return phrasebook.say(rule, draw), rule.meaning["direction"]


def draw_amount(draw: Random, family: str, unit: str | None) -> tuple[Amount, str]:
    """Draw the amount of a change of a level, and its kind."""
    kind = draw.choice(("percentage_points", "percentage_points", "percent") if family == "ratio" else ("percent", "percent", "multiple", "absolute"))
    makers = {"percent": phrasebook.percent, "percentage_points": phrasebook.points, "multiple": phrasebook.multiple}
    if kind == "percent" and draw.random() < 0.15:
        amount = phrasebook.share(draw)
    else:
        amount = makers[kind](draw) if kind in makers else phrasebook.quantity(draw, family, unit, hedged=False)
    return (phrasebook.hedge(draw, amount, of_change=True) if draw.random() < 0.2 else amount), kind


def draw_family(draw: Random) -> str:
    return draw.choice(("count", "count", "count", "ratio", "money", "measure"))


# --- the frames: one clause each, as the first line of each shows


def write_level(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """全市立刑事案件12364起。"""
    family = draw_family(draw)
    amount = phrasebook.quantity(draw, family)
    return f"{draw.choice(('', '全市', '共', '全省'))}{draw.choice(NAMES[family])}{amount.written}", [level(amount, period=period)]


def write_level_and_change(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件12364起，同比下降25.44%。"""
    family = draw_family(draw)
    amount = phrasebook.quantity(draw, family)
    moved, kind = draw_amount(draw, family, amount.unit)
    (basis, meant), (verb, direction) = draw_basis(draw, year), draw_verb(draw)
    record = level(amount, period=period, change=change(direction, moved, kind, meant))
    return f"{draw.choice(NAMES[family])}{amount.written}，{basis}{verb}{moved.written}", [record]


def write_change_alone(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """群众满意度比上年提高2.3个百分点。"""
    family = draw_family(draw)
    moved, kind = draw_amount(draw, family, None)
    (basis, meant), (verb, direction) = draw_basis(draw, year), draw_verb(draw)
    return f"{draw.choice(NAMES[family])}{basis}{verb}{moved.written}", [
        {"value": None, "period": period, "change": change(direction, moved, kind, meant)}
    ]


def write_comparison(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """群众满意度97.2%，比上年高2.3个百分点。"""
    family = draw.choice(("count", "ratio"))
    amount = phrasebook.quantity(draw, family)
    moved = phrasebook.points(draw) if family == "ratio" else phrasebook.quantity(draw, family, amount.unit, hedged=False)
    kind = "percentage_points" if family == "ratio" else "absolute"
    basis, meant = draw_basis(draw, year)
    rule = draw.choice(phrasebook.rules("changes", "compare"))
    record = level(amount, period=period, change=change(rule.meaning["direction"], moved, kind, meant))
    return f"{draw.choice(NAMES[family])}{amount.written}，{basis}{phrasebook.say(rule, draw)}{moved.written}", [record]


def write_rate(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件12364起，同比降幅达25.44%。"""
    amount, moved = phrasebook.quantity(draw, "count"), phrasebook.percent(draw)
    basis, meant = draw_basis(draw, year)
    rule = draw.choice(phrasebook.rules("changes", "rate"))
    noun = draw.choice(rule.examples)
    record = level(amount, period=period, change=change(rule.meaning["direction"], moved, "percent", meant))
    return f"{draw.choice(NAMES['count'])}{amount.written}，{basis}{noun}{draw.choice(('为', '达', '达到'))}{moved.written}", [record]


def write_doubling(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件12364起，同比翻一番。"""
    amount = phrasebook.quantity(draw, "count")
    times = draw.choice((1, 2))
    (before, after), hedge = draw.choice(((("", ""), None), (("近", ""), "less_than"), (("", "多"), "more_than"), (("", "以上"), "more_than")))
    doubled = Amount(f"{draw.choice(('翻', '翻了'))}{before}{'一两'[times - 1]}番{after}", Decimal(2**times - 1), None, hedge)
    basis, meant = draw_basis(draw, year)
    record = level(amount, period=period, change=change("up", doubled, "multiple", meant))
    return f"{draw.choice(NAMES['count'])}{amount.written}，{basis}{doubled.written}", [record]


def write_more_done(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """受理民商事案件500件，同比多受理300件: the deed is named again, in short or whole."""
    name, deed = draw.choice((("受理民商事案件", "受理"), ("办结法律援助案件", "办结"), ("查获伪劣商品", "查获"), ("收到来信来访", "收到")))
    amount = phrasebook.quantity(draw, "count")
    moved = phrasebook.quantity(draw, "count", amount.unit, hedged=False)
    basis, meant = draw_basis(draw, year)
    word, direction = draw.choice((("多", "up"), ("少", "down")))
    record = level(amount, period=period, change=change(direction, moved, "absolute", meant))
    return f"{name}{amount.written}，{basis}{word}{draw.choice((name, deed))}{moved.written}", [record]


def write_minus(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件500起，同比增长-4.2%: a fall, printed with its sign."""
    amount, fell = phrasebook.quantity(draw, "count"), Decimal(draw.randint(1, 9999)).scaleb(-draw.randint(1, 2))
    moved = Amount(f"{fell}%", fell, "%")
    basis, meant = draw_basis(draw, year)
    record = level(amount, period=period, change=change("down", moved, "percent", meant))
    return f"{draw.choice(NAMES['count'])}{amount.written}，{basis}{draw.choice(('增长', '增幅为', '增速为'))}{draw.choice('-－−')}{moved.written}", [
        record
    ]


def write_ratio(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件500起，是上年的2.3倍: no increase by 2.3 times, but a ratio, with a record of its own."""
    amount, times = phrasebook.quantity(draw, "count"), phrasebook.multiple(draw)
    base = draw.choice(("上年", "去年同期", f"{year - draw.randint(1, 9)}年", f"{year - 3}年同期", "五年前", "全国平均水平", "计划任务"))
    times = phrasebook.hedge(draw, times, of_change=True) if draw.random() < 0.3 else times
    records = [level(amount, period=period), level(times, period=period)]
    return f"{draw.choice(NAMES['count'])}{amount.written}，{draw.choice(('是', '为', '相当于', '达到'))}{base}的{times.written}", records


def write_two_bases(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """群众满意度同比上升2.3个百分点，环比下降1个百分点: two changes of one indicator."""
    one, two = phrasebook.points(draw), phrasebook.points(draw)
    (verb, direction), (other, contrary) = draw_verb(draw), draw_verb(draw)
    records = [
        {"value": None, "period": period, "change": change(d, m, "percentage_points", b)}
        for d, m, b in ((direction, one, "yoy"), (contrary, two, "previous_period"))
    ]
    return f"{draw.choice(NAMES['ratio'])}同比{verb}{one.written}，环比{other}{two.written}", records


def write_two_changes(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件500起，同比增加20起，增长4.2%: the percent belongs to the level, the number stands alone."""
    amount, moved = phrasebook.quantity(draw, "count"), phrasebook.percent(draw)
    number = phrasebook.quantity(draw, "count", amount.unit, hedged=False)
    basis, meant = draw_basis(draw, year)
    first, second, direction = draw.choice((("增加", "增长", "up"), ("减少", "下降", "down"), ("增加", "上升", "up")))
    records = [
        level(amount, period=period, change=change(direction, moved, "percent", meant)),
        {"value": None, "change": change(direction, number, "absolute", meant)},
    ]
    return f"{draw.choice(NAMES['count'])}{amount.written}，{basis}{first}{number.written}，{second}{moved.written}", records


def write_list(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件5起、受理民商事案件6件，同比分别上升19.39%和17.7%."""
    one, two = draw.sample(NAMES["count"], 2)
    amounts = [phrasebook.quantity(draw, "count", hedged=False) for _ in "ab"]
    moved = [phrasebook.percent(draw) for _ in "ab"]
    (basis, meant), (verb, direction) = draw_basis(draw, year), draw_verb(draw)
    phrase = draw.choice((f"{basis}分别{verb}", f"分别{basis}{verb}"))
    if draw.random() < 0.3:
        other, contrary = draw_verb(draw)
        tail = f"{moved[0].written}、{other}{moved[1].written}"
        directions = direction, contrary
    else:
        tail, directions = f"{moved[0].written}{draw.choice(JOINTS)}{moved[1].written}", (direction, direction)
    records = [level(a, period=period, change=change(d, m, "percent", meant)) for a, m, d in zip(amounts, moved, directions, strict=True)]
    return f"{one}{amounts[0].written}、{two}{amounts[1].written}，{phrase}{tail}", records


def write_names_alone(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """当庭宣判率和调解成功率同比分别提高2.3个和1.1个百分点: no level is printed, and the unit perhaps once."""
    names = draw.sample(NAMES["ratio"], 2)
    moved = [phrasebook.points(draw) for _ in names]
    (basis, meant), (verb, direction) = draw_basis(draw, year), draw_verb(draw)
    records = [{"value": None, "period": period, "change": change(direction, m, "percentage_points", meant)} for m in moved]
    first = moved[0].written
    if draw.random() < 0.3 and "个百分点" in first and "个百分点" in moved[1].written:
        first = first.removesuffix("百分点")
    # 甲与乙同期比较: compared with 乙, and no longer two names.
    joint = draw.choice([one for one in JOINTS if one == "、" or not basis.startswith("同期")])
    return f"{names[0]}{joint}{names[1]}{basis}分别{verb}{first}{draw.choice(JOINTS)}{moved[1].written}", records


def write_each(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """当庭宣判率和调解成功率分别为58%和61.2%；均为58%: names first, then a number each, or one for both."""
    family = draw.choice(("count", "ratio"))
    names, amounts = draw.sample(NAMES[family], 2), [phrasebook.quantity(draw, family, hedged=False) for _ in "ab"]
    subject = f"{names[0]}{draw.choice('、和')}{names[1]}"
    if draw.random() < 0.3:
        return f"{subject}均{draw.choice(('为', '达到', '达'))}{amounts[0].written}", [level(amounts[0], period=period)] * 2
    numbers = f"{amounts[0].written}{draw.choice(JOINTS)}{amounts[1].written}"
    return f"{subject}分别{draw.choice(('为', '达到', '达'))}{numbers}", [level(amount, period=period) for amount in amounts]


def write_change_first(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件同比下降5%，为300起: the level completes the change before it."""
    amount, moved = phrasebook.quantity(draw, "count", hedged=False), phrasebook.percent(draw)
    (basis, meant), (verb, direction) = draw_basis(draw, year), draw_verb(draw)
    record = level(amount, period=period, change=change(direction, moved, "percent", meant))
    return f"{draw.choice(NAMES['count'])}{basis}{verb}{moved.written}，{draw.choice(('为', '达', '达到'))}{amount.written}", [record]


def write_brackets(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件500起（同比下降3%），查获伪劣商品30件（同比上升5%）: each change in a bracket after its level."""
    text, records = "", []
    for name in draw.sample(NAMES["count"], 2):
        amount, moved = phrasebook.quantity(draw, "count", hedged=False), phrasebook.percent(draw)
        (basis, meant), (verb, direction) = draw_basis(draw, year), draw_verb(draw)
        text += f"{'，' * bool(text)}{name}{amount.written}（{basis}{verb}{moved.written}）"
        records.append(level(amount, period=period, change=change(direction, moved, "percent", meant)))
    return text, records


def write_streak(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件500起，连续14个月下降，同比下降3%: the streak's length is no statistic."""
    amount, moved = phrasebook.quantity(draw, "count"), phrasebook.percent(draw)
    basis, meant = draw_basis(draw, year)
    (direction, verb), length = draw.choice((("up", "上升"), ("down", "下降"))), draw.randint(2, 19)
    streak = draw.choice((f"连续{length}个月{verb}，{basis}{verb}", f"在连续{length}年{verb}的基础上{basis}又{verb}"))
    return f"{draw.choice(NAMES['count'])}{amount.written}，{streak}{moved.written}", [
        level(amount, period=period, change=change(direction, moved, "percent", meant))
    ]


def write_pair(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件3012件4104人，同比分别上升5%、6%."""
    cases, persons = (phrasebook.quantity(draw, "count", unit, hedged=False) for unit in ("件", "人"))
    moved = [phrasebook.percent(draw) for _ in "ab"]
    (basis, meant), (verb, direction) = draw_basis(draw, year), draw_verb(draw)
    records = [level(a, period=period, change=change(direction, m, "percent", meant)) for a, m in zip((cases, persons), moved, strict=True)]
    return f"{draw.choice(NAMES['count'][:3])}{cases.written}{persons.written}，{basis}分别{verb}{moved[0].written}、{moved[1].written}", records


def write_from_to(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """群众满意度由92.1%上升到97.2%: the second is the statement, the first its earlier value."""
    family = draw_family(draw)
    unit = draw.choice(phrasebook.units(family)) if family != "ratio" else None
    before, after = (phrasebook.quantity(draw, family, unit, hedged=False) for _ in "ab")
    rule = draw.choice(phrasebook.rules("changes", "reach"))
    record = level(after, period=period, previous={"value": before.value, "unit": before.unit})
    return f"{draw.choice(NAMES[family])}{draw.choice('由从')}{before.written}{phrasebook.say(rule, draw)}{after.written}", [record]


def write_target(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """力争案件按期办结率不低于95%."""
    family = draw_family(draw)
    rule = draw.choice([r for r in phrasebook.rules("hedges", "hedge") if "comparator" in r.meaning])
    amount = phrasebook.quantity(draw, family, hedged=False)
    record = level(amount, period=period, comparator=rule.meaning["comparator"], kind="target")
    return f"力争{draw.choice(NAMES[family])}{phrasebook.say(rule, draw)}{amount.written}", [record]


def write_span(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """2016年至2020年，立刑事案件500起: the sentence has a span of years of its own."""
    amount, last = phrasebook.quantity(draw, "count"), year + draw.randint(1, 9)
    plans = {"十二五": "2011..2015", "十三五": "2016..2020", "十四五": "2021..2025"}
    plan = draw.choice(sorted(plans))
    words, meant = draw.choice(
        (
            (f"{year}年至{last}年", f"{year}..{last}"),
            (f"{year}—{last}年", f"{year}..{last}"),
            (f"“{plan}”期间", plans[plan]),
            (f"“{plan}”时期", plans[plan]),
        )
    )
    return f"{words}，{draw.choice(NAMES['count'])}{amount.written}", [level(amount, period=meant)]


FRAMES: tuple[Frame, ...] = (
    write_level,
    write_level_and_change,
    write_level_and_change,
    write_change_alone,
    write_comparison,
    write_rate,
    write_doubling,
    write_more_done,
    write_minus,
    write_ratio,
    write_two_bases,
    write_two_changes,
    write_list,
    write_names_alone,
    write_each,
    write_change_first,
    write_brackets,
    write_streak,
    write_pair,
    write_from_to,
    write_target,
    write_span,
)
