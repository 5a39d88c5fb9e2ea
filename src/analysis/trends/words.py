"""The sentences of `trends`, in English and Chinese. Figures come in as numbers; nothing is computed here."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from ..writing.numbers import MINUS, writer

if TYPE_CHECKING:
    from .assessment import Assessment
    from .model import TooFew


@cache
def text_of(lang: str) -> dict[str, Any]:
    """The templates of a language."""
    return yaml.safe_load(files(__package__).joinpath(f"wording.{lang}.yml").read_text(encoding="utf-8"))


def percent(ratio: float, lang: str) -> str:
    """A ratio as a signed percentage: 1.031 is +3.1%.

    >>> percent(1.031, "en"), percent(0.9, "zh")
    ('+3.1%', '−10.0%')
    """
    written = decimal((ratio - 1) * 100, 1, lang)
    return f"{'+' * (not written.startswith(MINUS))}{written}%"


def decimal(number: float, places: int, lang: str) -> str:
    """A number with so many decimals, as the language writes it."""
    return writer(lang).number(Fraction(repr(float(number))), places)


def probability(p: float, lang: str, equals: str = "= ") -> str:
    """A p-value: three places, or that it is under 0.001."""
    return "< 0.001" if p < 0.001 else f"{equals}{decimal(p, 3, lang)}"


def too_few(found: TooFew, lang: str) -> str:
    """That nothing is fitted, and the rule."""
    text = text_of(lang)
    said = text["too_few"].format(name=found.name, years=found.years, mean=decimal(found.mean, 1, lang))
    return said + _left_out(found.left_out, lang)


def assessment_sentences(found: Assessment, lang: str) -> list[str]:
    """The sentences of `Assessment.sentences`."""
    text, trend = text_of(lang), found.trend
    estimate, low, high = (percent(ratio, lang) for ratio in found.slope)
    years = trend.counts.index
    said = [
        text["slope"].format(
            name=trend.name,
            first=years[0],
            last=years[-1],
            n=len(years),
            slope=estimate,
            confidence=f"{decimal(trend.confidence * 100, 0, lang)}%",
            low=low,
            high=high,
        )
    ]
    if direction(found.slope) == "flat":
        said.append(text["flat"])
    for brk, (ratio, least, most) in found.steps.items():
        said.append(
            text["step"].format(
                year=brk.year, ratio=decimal(ratio, 2, lang), low=decimal(least, 2, lang), high=decimal(most, 2, lang), reason=getattr(brk, lang)
            )
        )
    said.append(text[trend.family].format(phi=decimal(trend.poisson_dispersion, 1, lang), p=_p(trend, lang)))
    said += _check_sentences(found, lang) + _ahead(found, lang)
    left_out = _left_out(trend.left_out, lang).strip()
    return said + [left_out] * bool(left_out)


def _p(trend, lang: str) -> str:
    return probability(trend.dispersion_p, lang, "" if trend.family == "poisson" else "= ")


def _check_sentences(found: Assessment, lang: str) -> list[str]:
    text, near, worst, held = text_of(lang), found.neighbours, found.worst, found.held_out
    said = [
        text["apart" if near.passed else "alike"].format(
            lag=decimal(near.lag_one, 2, lang), p=probability(near.p, lang), widen=decimal(found.widen, 1, lang)
        )
    ]
    if not worst.passed:
        said.append(text["outlier"].format(year=worst.year, residual=decimal(worst.residual, 1, lang)))
    if held.tried:
        missed = text["missed"].format(years=text["join"].join(map(str, held.missed))) if held.missed else ""
        said.append(text["held"].format(tried=held.tried, inside=held.inside, missed=missed))
    return said


def _ahead(found: Assessment, lang: str) -> list[str]:
    text = text_of(lang)
    if not found.forecasts:
        return [text["distrust"]] if found.neighbours.passed else []
    ((year, row),) = found.forecast().iterrows()
    return [text["ahead"].format(year=year, expected=decimal(row.expected, 0, lang), low=decimal(row.low, 0, lang), high=decimal(row.high, 0, lang))]


def _left_out(years: tuple[int, ...], lang: str) -> str:
    text = text_of(lang)
    said = text["left_out"].format(years=text["join"].join(map(str, years)))
    return (" " if lang == "en" else "") + said if years else ""


def direction(interval: tuple[float, float, float]) -> str:
    """rise, fall or flat: where the interval of a ratio lies against 1."""
    _, low, high = interval
    return "rise" if low > 1 else "fall" if high < 1 else "flat"


def assessment_table(found: Assessment, lang: str) -> pd.DataFrame:
    """The rows of `Assessment.table`."""
    text, trend, held = text_of(lang), found.trend, found.held_out
    name, verdict = text["rows"], text["verdicts"]
    rows = [
        (name["slope"], percent(found.slope[0], lang), _span(*(percent(ratio, lang) for ratio in found.slope[1:])), verdict[direction(found.slope)])
    ]
    for brk, step in found.steps.items():
        moved = verdict["same" if direction(step) == "flat" else "shift"]
        rows.append(
            (name["step"].format(year=brk.year), f"× {decimal(step[0], 2, lang)}", _span(decimal(step[1], 2, lang), decimal(step[2], 2, lang)), moved)
        )
    rows += [
        (name["dispersion"], decimal(trend.poisson_dispersion, 1, lang), f"p {probability(trend.dispersion_p, lang)}", text["family"][trend.family]),
        (
            name["neighbours"],
            decimal(found.neighbours.lag_one, 2, lang),
            f"p {probability(found.neighbours.p, lang)}",
            verdict["apart" if found.neighbours.passed else "alike"],
        ),
        (
            name["worst"],
            f"{found.worst.year}: {decimal(found.worst.residual, 1, lang)}",
            f"p {probability(found.worst.p, lang)}",
            verdict["none" if found.worst.passed else "outlier"],
        ),
    ]
    if held.tried:
        rows.append((name["held"], f"{held.inside} / {held.tried}", "", verdict["trusted" if held.passed else "distrusted"]))
    for year, row in found.forecast().iterrows():
        rows.append(
            (name["ahead"].format(year=year), decimal(row.expected, 0, lang), _span(decimal(row.low, 0, lang), decimal(row.high, 0, lang)), "")
        )
    return pd.DataFrame(rows, columns=text["heads"])


def _span(low: str, high: str) -> str:
    return f"{low} … {high}"
