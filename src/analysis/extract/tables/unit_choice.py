"""The unit of a figure that a line of several names, or the table's, as what its name says is measured can be counted in it."""

from __future__ import annotations

from collections.abc import Sequence

from ..grammar import compiled
from ..quantities import POINTS
from .composing import ENDS_OF_MEASURES, PERSONS, RATES, measures_money
from .values import Unit

CLASSIFIER, SPAN = compiled("classifier_in_a_measure"), compiled("span_in_a_measure")
_PEOPLE = compiled("people_by_name")


def counts_in(name: str, unit: Unit) -> bool:
    """Whether what a name says is measured can be counted in a unit: money and people are counted in their own.

    >>> from .values import read_unit
    >>> [counts_in(name, read_unit("件")) for name in ("国内", "死亡人数", "标的金额", "结案率")]
    [True, False, False, False]
    """
    if name.endswith(RATES):
        return unit.family == "ratio"
    if measures_money(name):
        return unit.family == "money"
    return unit.name in PERSONS if _PEOPLE.search(name) else True


def choose_unit(name: str, units: Sequence[Unit]) -> Unit | None:
    """The unit of a line (单位：件、人、万元) that is a figure's by its name; None where several could be, or none: people are not counted in 万元.

    >>> from .values import read_unit
    >>> units = [read_unit("件"), read_unit("人"), read_unit("万元"), read_unit("%")]
    >>> [choose_unit(name, units).name for name in ("收案", "死亡人数", "标的金额", "结案率")]
    ['件', '人', '元', '%']
    >>> choose_unit("救助人数", [read_unit("万元")]), choose_unit("平均审理时间", units)
    (None, None)
    """
    if name.endswith(RATES):
        ratios = [unit for unit in units if unit.family == "ratio" and unit.name not in POINTS]
        return ratios[0] if len(ratios) == 1 else None
    if SPAN.search(name):
        units = [unit for unit in units if unit.family == "time"]
        return units[0] if len(units) == 1 else None
    if len(units) == 1 and not (units[0].family == "count" and measures_money(name) and name.endswith(ENDS_OF_MEASURES)):  # 到位金额
        named = CLASSIFIER.search(name)
        return units[0] if named is None or (named["unit"] or named["alone"]) in units[0].name else None  # 救助人数 under 单位：万元
    units = [unit for unit in units if unit.family != "ratio"]
    money = [unit for unit in units if unit.family == "money"]
    persons = [unit for unit in units if unit.name in PERSONS]
    if measures_money(name):
        return money[0] if len(money) == 1 else None
    if _PEOPLE.search(name):
        return persons[0] if len(persons) == 1 else None
    others = [unit for unit in units if unit not in money and unit not in persons]
    return others[0] if len(others) == 1 else units[0] if len(units) == 1 else None
