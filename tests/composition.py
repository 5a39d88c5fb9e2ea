"""Sentences written out from records at random: a sentence, and the records that reading it must give back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

import phrasebook
from analysis.extract import Statement, extract
from phrasebook import Amount

# Invented names: what is counted or measured, so that any unit of the family can follow.
NAMES = {
    "count": ("立刑事案件", "受理民商事案件", "办结法律援助案件", "开展法治宣讲", "排查矛盾纠纷", "核发许可证照", "查获伪劣商品", "登记志愿者总数", "收到来信来访"),
    "ratio": ("案件按期办结率", "群众满意度", "当庭宣判率", "调解成功率", "电子送达率"),
    "money": ("追缴违法所得", "执行到位金额", "减免诉讼费用", "挽回经济损失", "发放救助金额"),
    "measure": ("清理违建总量", "补植复绿总量", "封存物资总量"),
}
# A frame writes a clause said of a year, and the records expected; its period is already printed before it.
Frame = Callable[[Random, int, str], tuple[str, list[dict]]]
JOINTS = ("和", "、", "及", "与")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the frame it was put into, and a mapping of what to expect for each of its records, in order."""

    frame: str
    text: str
    records: tuple[dict, ...]


# --- parts


def level(amount: Amount, **more) -> dict:
    """What the record of a level must say."""
    said = {"value": amount.value, "unit": amount.unit, "hedge": amount.hedge, "change": None, "previous": None}
    if amount.comparator:
        said["comparator"] = amount.comparator
    return said | more


def change(direction: str, amount: Amount, kind: str, basis: str) -> dict:
    """What a change must say."""
    return {"direction": direction, "amount": amount.value, "kind": kind, "basis": basis, "hedge": amount.hedge}


def draw_basis(draw: Random, year: int) -> tuple[str, str]:
    """Draw words for what is compared with, and the basis they mean in a text of ``year``."""
    rule = draw.choice([r for r in phrasebook.rules("bases", "basis") if r.name != "against_anything"])
    if rule.meaning["basis"] == "year":
        base = draw.choice((year - 1, year - draw.randint(2, 9)))
        words = phrasebook.say(rule, draw, base)
        return words, "yoy" if base == year - 1 else "fixed"
    return phrasebook.say(rule, draw), rule.meaning["basis"]


def draw_verb(draw: Random) -> tuple[str, str]:
    """Draw a verb of change and its direction."""
    rule = draw.choice(phrasebook.rules("changes", "change"))
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


def draw_period(draw: Random, year: int) -> tuple[str, str]:
    """Draw words for a period of ``year``, the sentence or date line that fixes it before them, and the period string they mean."""
    month, quarter = draw.randint(2, 12), draw.randint(1, 4)
    named = "一二三四"[quarter - 1]
    parts = {
        "": "", "全年": "", "上半年": "H1", "下半年": "H2", f"{named}季度": f"Q{quarter}", f"第{named}季度": f"Q{quarter}",
        "前三季度": f"-01..{year}-09", f"前{month}个月": f"-01..{year}-{month:02}", f"1至{month}月": f"-01..{year}-{month:02}",
        f"1—{month}月": f"-01..{year}-{month:02}", f"{month}月": f"-{month:02}", f"{month}月份": f"-{month:02}", "以来": "..",
    }
    part = draw.choice(sorted(parts))
    form = draw.random()
    if form < 0.15:
        return f"发布日期：{year}-03-02\n今年{part}，", f"{year}{parts[part]}"
    if form < 0.25:
        return f"{year}年{part}，平安建设持续推进。", f"{year}{parts[part]}"
    if form < 0.35:
        return draw.choice((f"{year}年度", f"{year}年底", f"截至{year}年底")) + "，", f"{year}"
    written = draw.choice((str(year), str(year), str(year).translate(phrasebook.FULL_WIDTH), "".join("〇一二三四五六七八九"[int(d)] for d in str(year))))
    return f"{written}年{part}，", f"{year}{parts[part]}"


def draw_family(draw: Random) -> str:
    return draw.choice(("count", "count", "count", "ratio", "money", "measure"))


# --- frames


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
    return f"{draw.choice(NAMES[family])}{basis}{verb}{moved.written}", [{"value": None, "period": period, "change": change(direction, moved, kind, meant)}]


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
    doubled = Amount(f"{draw.choice(('翻', '翻了'))}{'一两'[times - 1]}番", Decimal(2**times - 1), None)
    basis, meant = draw_basis(draw, year)
    record = level(amount, period=period, change=change("up", doubled, "multiple", meant))
    return f"{draw.choice(NAMES['count'])}{amount.written}，{basis}{doubled.written}", [record]


def write_two_changes(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件500起，同比增加20起，增长4.2%: the percent belongs to the level, the number stands alone."""
    amount, moved = phrasebook.quantity(draw, "count"), phrasebook.percent(draw)
    number = phrasebook.quantity(draw, "count", amount.unit, hedged=False)
    basis, meant = draw_basis(draw, year)
    first, second, direction = draw.choice((("增加", "增长", "up"), ("减少", "下降", "down"), ("增加", "上升", "up")))
    records = [level(amount, period=period, change=change(direction, moved, "percent", meant)),
               {"value": None, "change": change(direction, number, "absolute", meant)}]
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
    records = [level(a, period=period, change=change(d, m, "percent", meant)) for a, m, d in zip(amounts, moved, directions)]
    return f"{one}{amounts[0].written}、{two}{amounts[1].written}，{phrase}{tail}", records


def write_names_alone(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """当庭宣判率和调解成功率同比分别提高2.3个和1.1个百分点: no level is printed."""
    names = draw.sample(NAMES["ratio"], 2)
    moved = [phrasebook.points(draw) for _ in names]
    (basis, meant), (verb, direction) = draw_basis(draw, year), draw_verb(draw)
    records = [{"value": None, "period": period, "change": change(direction, m, "percentage_points", meant)} for m in moved]
    return f"{names[0]}{draw.choice(JOINTS)}{names[1]}{basis}分别{verb}{moved[0].written}{draw.choice(JOINTS)}{moved[1].written}", records


def write_pair(draw: Random, year: int, period: str) -> tuple[str, list[dict]]:
    """立刑事案件3012件4104人，同比分别上升5%、6%."""
    cases, persons = (phrasebook.quantity(draw, "count", unit, hedged=False) for unit in ("件", "人"))
    moved = [phrasebook.percent(draw) for _ in "ab"]
    (basis, meant), (verb, direction) = draw_basis(draw, year), draw_verb(draw)
    records = [level(a, period=period, change=change(direction, m, "percent", meant)) for a, m in zip((cases, persons), moved)]
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
    words, meant = draw.choice(((f"{year}年至{last}年", f"{year}..{last}"), (f"{year}—{last}年", f"{year}..{last}"),
                                (f"“{plan}”期间", plans[plan]), (f"“{plan}”时期", plans[plan])))
    return f"{words}，{draw.choice(NAMES['count'])}{amount.written}", [level(amount, period=meant)]


FRAMES: tuple[Frame, ...] = (
    write_level, write_level_and_change, write_level_and_change, write_change_alone, write_comparison, write_rate, write_doubling,
    write_two_changes, write_list, write_names_alone, write_pair, write_from_to, write_target, write_span)


def compose(draw: Random, frame: Frame | None = None) -> Case:
    """Write one sentence, in one of the frames or the one asked for, with its period before it."""
    frame = frame or draw.choice(FRAMES)
    year = draw.randint(2001, 2029)
    dated, period = draw_period(draw, year)
    text, records = frame(draw, year, period)
    names = sorted((name for names in NAMES.values() for name in names if name in text), key=text.find)
    records = [record | {"indicator": names[i % len(names)]} for i, record in enumerate(records)]
    return Case(frame.__name__.removeprefix("write_"), f"{'' if frame is write_span else dated}{text}。", tuple(records))


# --- reading back


def differences(case: Case) -> list[str]:
    """Return how the records read from a case differ from those it was written from, one line each."""
    read = sorted((s for s in extract(case.text).statements if s.kind in ("actual", "target", "count_of_things") and not s.qualitative), key=_anchor)
    if len(read) != len(case.records):
        return [f"{len(case.records)} records written, {len(read)} read"]
    return [f"{name}: {wanted!r} written, {got!r} read" for statement, record in zip(read, case.records)
            for name, wanted in record.items() if (got := _read(statement, name, wanted)) != wanted]


def _anchor(statement: Statement) -> int:
    return statement.start if statement.value is not None or statement.change.amount_start is None else statement.change.amount_start


def _read(statement: Statement, name: str, wanted: object) -> object:
    """Return a field of a statement; of a change or an earlier value what the case says of it, of a name what was written of it."""
    found = getattr(statement, name)
    if name == "indicator" and wanted in found:  # 受理民商事案件 is completed to 受理民商事案件数
        return wanted
    return {part: getattr(found, part) for part in wanted} if found is not None and isinstance(wanted, dict) else found
