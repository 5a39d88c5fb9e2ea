"""The sentences of `trends`, in English and Chinese. Figures come in as numbers; nothing is computed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from .assessment import Assessment
    from .model import TooFew

MINUS = "\N{MINUS SIGN}"
FAMILY = {"poisson": {"en": "Poisson", "zh": "泊松"}, "negative binomial": {"en": "negative binomial", "zh": "负二项"}}
HEADS = {"en": ["what", "estimate", "interval", "verdict"], "zh": ["项目", "估计", "区间", "结论"]}

TEXT = {
    "en": {
        "slope": "{name}, {first}–{last}, {n} counted years: {slope} a year on average ({confidence} interval {low} to {high}).",
        "flat": "The interval holds 0: no rise or fall is shown.",
        "step": "{reason} Beside the yearly change, the level from {year} is {ratio} times what it was ({low} to {high}).",
        "poisson": "Poisson holds: variance {phi} times the mean (p = {p}).",
        "negative binomial": "Counts vary {phi} times as much as Poisson allows (p {p}), so the model is negative binomial.",
        "alike": "Neighbouring years are alike (lag-one correlation {lag}, p {p}): "
        "intervals are widened {widen} times and no year ahead is predicted.",
        "apart": "Neighbouring years are no more alike than chance makes them (lag-one correlation {lag}, p {p}).",
        "outlier": "{year} stands out from the rest (residual {residual}).",
        "held": "Of the last {tried} years, each predicted from those before it, {inside} fell inside the interval{missed}.",
        "missed": " (not {years})",
        "distrust": "That is too many misses to predict the next year.",
        "ahead": "For {year} the model expects {expected} (a single year: {low} to {high}).",
        "left_out": "Left out, as too few years to have a level of their own: {years}.",
        "too_few": "{name}: {years} counted years (mean {mean}). "
        "A fit needs at least 8 years, 5 more than its parameters, and a mean of 1: nothing is fitted.",
        "join": ", ",
        "rows": {
            "slope": "change a year",
            "step": "level from {year}",
            "dispersion": "variance / mean under Poisson",
            "neighbours": "lag-one correlation",
            "worst": "greatest residual",
            "held": "last years inside",
            "ahead": "expected in {year}",
        },
        "verdicts": {
            "rise": "rise",
            "fall": "fall",
            "flat": "no rise or fall shown",
            "shift": "level shifts",
            "same": "no shift shown",
            "alike": "neighbours alike",
            "apart": "passed",
            "outlier": "stands out",
            "none": "passed",
            "trusted": "passed",
            "distrusted": "too many misses",
        },
    },
    "zh": {
        "slope": "{name}，{first}—{last}年，共{n}个有数年份：年均变化{slope}（{confidence}区间{low}至{high}）。",
        "flat": "区间包含0，不能说有升降。",
        "step": "{reason}除年均变化外，{year}年起的水平为此前的{ratio}倍（{low}至{high}）。",
        "poisson": "泊松模型成立：方差为均值的{phi}倍（p = {p}）。",
        "negative binomial": "年度数的波动为泊松分布的{phi}倍（p {p}），故用负二项模型。",
        "alike": "相邻年份残差相近（一阶相关{lag}，p {p}）：区间放宽至{widen}倍，不预测下一年。",
        "apart": "相邻年份残差没有超出偶然的相近（一阶相关{lag}，p {p}）。",
        "outlier": "{year}年明显偏离（残差{residual}）。",
        "held": "以此前各年预测最近{tried}年，{inside}年落在区间内{missed}。",
        "missed": "（{years}年除外）",
        "distrust": "落空过多，不预测下一年。",
        "ahead": "{year}年模型期望值{expected}（单年区间{low}至{high}）。",
        "left_out": "因年数太少、无法确定水平而未用：{years}年。",
        "too_few": "{name}：只有{years}个有数年份（均值{mean}）。拟合至少需要8年、比参数多5年且均值不低于1，故不拟合。",
        "join": "、",
        "rows": {
            "slope": "年均变化",
            "step": "{year}年起水平",
            "dispersion": "泊松下方差与均值之比",
            "neighbours": "一阶相关",
            "worst": "最大残差",
            "held": "最近年份落在区间内",
            "ahead": "{year}年期望值",
        },
        "verdicts": {
            "rise": "上升",
            "fall": "下降",
            "flat": "不能说有升降",
            "shift": "水平改变",
            "same": "不能说有改变",
            "alike": "相邻年份相近",
            "apart": "通过",
            "outlier": "明显偏离",
            "none": "通过",
            "trusted": "通过",
            "distrusted": "落空过多",
        },
    },
}


def percent(ratio: float) -> str:
    """A ratio as a signed percentage: 1.031 is +3.1%."""
    return f"{(ratio - 1) * 100:+.1f}%".replace("-", MINUS)


def signed(number: float, places: int = 2) -> str:
    """A number with a true minus sign."""
    return f"{number:.{places}f}".replace("-", MINUS)


def probability(p: float, equals: str = "= ") -> str:
    """A p-value: three places, or that it is under 0.001."""
    return "< 0.001" if p < 0.001 else f"{equals}{p:.3f}"


def too_few(found: TooFew, lang: str) -> str:
    """That nothing is fitted, and the rule."""
    text = TEXT[lang]
    said = text["too_few"].format(name=found.name, years=found.years, mean=f"{found.mean:,.1f}")
    return said + _left_out(found.left_out, lang)


def assessment_sentences(found: Assessment, lang: str) -> list[str]:
    """The sentences of `Assessment.sentences`."""
    text, trend = TEXT[lang], found.trend
    estimate, low, high = map(percent, found.slope)
    years = trend.counts.index
    said = [
        text["slope"].format(
            name=trend.name, first=years[0], last=years[-1], n=len(years), slope=estimate, confidence=f"{trend.confidence:.0%}", low=low, high=high
        )
    ]
    if direction(found.slope) == "flat":
        said.append(text["flat"])
    for brk, (ratio, least, most) in found.steps.items():
        said.append(text["step"].format(year=brk.year, ratio=f"{ratio:.2f}", low=f"{least:.2f}", high=f"{most:.2f}", reason=getattr(brk, lang)))
    said.append(text[trend.family].format(phi=f"{trend.poisson_dispersion:,.1f}", p=_p(trend)))
    said += _check_sentences(found, lang) + _ahead(found, lang)
    left_out = _left_out(trend.left_out, lang).strip()
    return said + [left_out] * bool(left_out)


def _p(trend) -> str:
    return probability(trend.dispersion_p, "" if trend.family == "poisson" else "= ")


def _check_sentences(found: Assessment, lang: str) -> list[str]:
    text, near, worst, held = TEXT[lang], found.neighbours, found.worst, found.held_out
    said = [text["apart" if near.passed else "alike"].format(lag=signed(near.lag_one), p=probability(near.p), widen=f"{found.widen:.1f}")]
    if not worst.passed:
        said.append(text["outlier"].format(year=worst.year, residual=signed(worst.residual, 1)))
    if held.tried:
        missed = text["missed"].format(years=text["join"].join(map(str, held.missed))) if held.missed else ""
        said.append(text["held"].format(tried=held.tried, inside=held.inside, missed=missed))
    return said


def _ahead(found: Assessment, lang: str) -> list[str]:
    text = TEXT[lang]
    if not found.forecasts:
        return [text["distrust"]] if found.neighbours.passed else []
    ((year, row),) = found.forecast().iterrows()
    return [text["ahead"].format(year=year, expected=f"{row.expected:,.0f}", low=f"{row.low:,.0f}", high=f"{row.high:,.0f}")]


def _left_out(years: tuple[int, ...], lang: str) -> str:
    text = TEXT[lang]
    said = text["left_out"].format(years=text["join"].join(map(str, years)))
    return (" " if lang == "en" else "") + said if years else ""


def direction(interval: tuple[float, float, float]) -> str:
    """rise, fall or flat: where the interval of a ratio lies against 1."""
    _, low, high = interval
    return "rise" if low > 1 else "fall" if high < 1 else "flat"


def assessment_table(found: Assessment, lang: str) -> pd.DataFrame:
    """The rows of `Assessment.table`."""
    text, trend, held = TEXT[lang], found.trend, found.held_out
    name, verdict = text["rows"], text["verdicts"]
    rows = [(name["slope"], percent(found.slope[0]), _span(*map(percent, found.slope[1:])), verdict[direction(found.slope)])]
    for brk, step in found.steps.items():
        moved = verdict["same" if direction(step) == "flat" else "shift"]
        rows.append((name["step"].format(year=brk.year), f"× {step[0]:.2f}", _span(f"{step[1]:.2f}", f"{step[2]:.2f}"), moved))
    rows += [
        (name["dispersion"], f"{trend.poisson_dispersion:,.1f}", f"p {probability(trend.dispersion_p)}", FAMILY[trend.family][lang]),
        (
            name["neighbours"],
            signed(found.neighbours.lag_one),
            f"p {probability(found.neighbours.p)}",
            verdict["apart" if found.neighbours.passed else "alike"],
        ),
        (
            name["worst"],
            f"{found.worst.year}: {signed(found.worst.residual, 1)}",
            f"p {probability(found.worst.p)}",
            verdict["none" if found.worst.passed else "outlier"],
        ),
    ]
    if held.tried:
        rows.append((name["held"], f"{held.inside} / {held.tried}", "", verdict["trusted" if held.passed else "distrusted"]))
    for year, row in found.forecast().iterrows():
        rows.append((name["ahead"].format(year=year), f"{row.expected:,.0f}", _span(f"{row.low:,.0f}", f"{row.high:,.0f}"), ""))
    return pd.DataFrame(rows, columns=HEADS[lang])


def _span(low: str, high: str) -> str:
    return f"{low} … {high}"
