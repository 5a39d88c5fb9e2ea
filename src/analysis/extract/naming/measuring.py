"""Say in a name what is measured: 数, 人数, 金额."""

from __future__ import annotations

from ...lexicon.classes import heads, measures
from ...lexicon.parts import parse
from ...lexicon.wordlists import meanings, words
from .. import grammar

_RANK = grammar.compiled("rank")
_COUNTS_OF, _RATES = words("counts_of"), words("rates_and_shares")
# 案数 of 结案数 is no measure of its own: what is done holds its cases.
_COUNTS_ALONE = tuple(count for count in _COUNTS_OF if not words("ends_of_cases")[-1].startswith(count[0]))
# What a name that says what is measured ends in.
_SAID = {spelling for measure in measures().values() for spelling in measure.spellings if spelling not in measure.open}
_ENDS = tuple(sorted(_SAID | set(words("further_measure_ends"))))
_LAST_SIGNS = frozenset(end[-1] for end in _ENDS)
_DEAD = meanings("units_of_the_dead")
_SUMS = words("sums_of_money")
_NO_BRACKETS = str.maketrans("", "", "（）()")
_WHO = ("人", "员", "者")


def with_measure(name: str, unit: str | None, family: str | None) -> str:
    """Complete a name with what is measured: 数, 人数, 金额."""
    if not name or unit is None or ends_with_measure(name):
        return name
    if unit in ("位", "名") and (rank := _RANK.search(name)):
        return name[: rank.start()] + (rank["among"] or "") + "排名"
    if family == "money":
        return name + "金额"
    if unit in _DEAD:
        return name + ("" if unit in name else _DEAD[unit])
    if unit in ("人", "名") and not name.endswith(_WHO):
        return name + "人数"
    times = unit.translate(_NO_BRACKETS)  # 件（次）
    if times in measures() and unit in measures()[times].units:
        return name + times
    return name + "数" if family == "count" else name


def names_money(name: str) -> bool:
    """Whether a name is that of a sum of money (追回欠款, 执行到位金额)."""
    parts = parse(name)
    head = heads().get(parts.head or "")
    return (head is not None and head.kind == "money") or name.endswith(_SUMS)


def names_measure(name: str) -> bool:
    """Whether a name is that of a measure only, which something before it must own (件数, 死亡人数)."""
    return name.endswith(_COUNTS_OF)


def ends_with_measure(name: str) -> bool:
    """Whether a name already says what is measured (案件数, 破案率)."""
    return name[-1:] in _LAST_SIGNS and name.endswith(_ENDS)


def counts_in_its_unit(name: str, unit: str) -> bool:
    """Whether a name ends in the measure that a unit is counted by, and is not who is counted: 检查次数 in 次.

    >>> counts_in_its_unit("检查次数", "次"), counts_in_its_unit("案件数量", "件"), counts_in_its_unit("公证员人数", "人")
    (True, False, False)
    """
    return any(name.endswith(key) and unit in measure.units and not unit.endswith(_WHO) for key, measure in measures().items())


def what_is_measured(name: str) -> str:
    """A name without how it is counted, '' for a rate: 网络犯罪案件 of 网络犯罪案件数量.

    >>> what_is_measured("网络犯罪案件数量"), what_is_measured("发案率"), what_is_measured("投诉")
    ('网络犯罪案件', '', '投诉')
    """
    return "" if name.endswith(_RATES) else name.removesuffix(next((count for count in _COUNTS_ALONE if name.endswith(count)), ""))
