"""What the interactive chart draws: a panel a series, each point with its value, interval, verdict and sentence, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import pages
from .charts import yearly_points

if TYPE_CHECKING:
    from ..trends.series import Series

# More panels than a screen can show side by side and a reader can tell apart.
MOST = 60


def panels(chosen: Sequence[Series], first: int, last: int, verdicts: Mapping[tuple[str, int], str], lang: str) -> list[dict[str, Any]]:
    """The panels of some series from one year to another, those without a point in the span left out.

    A panel is {name, unit, breaks: [year], points: [point]}; a point is {id, year, low, high, value, origin, verdict, sentence, source, said}
    with `low` and `high` as floats for drawing, everything else as text. `verdicts` gives a figure's worst verdict by document and offset.

    Raises ValueError for more than MOST series, saying why.
    """
    if len(chosen) > MOST:
        raise ValueError(pages.wording(lang)["too_many"].format(count=len(chosen), most=MOST))
    drawn = [_panel(one, first, last, verdicts, lang) for one in chosen]
    return [panel for panel in drawn if panel["points"]]


def _panel(one: Series, first: int, last: int, verdicts: Mapping[tuple[str, int], str], lang: str) -> dict[str, Any]:
    points = [_point(one, point, verdicts, lang) for point in yearly_points(one, first, last).itertuples()]
    breaks = sorted({brk.year for brk in one.breaks if first < brk.year <= last})
    return {"name": one.name(lang), "unit": pages.formatter(lang).counted(one.indicator.unit), "breaks": breaks, "points": points}


def _point(one: Series, point: Any, verdicts: Mapping[tuple[str, int], str], lang: str) -> dict[str, Any]:
    words = pages.wording(lang)
    value = f"{pages.span(point.low, point.high, lang)}{pages.formatter(lang).unit(one.indicator.unit)}"
    origin = words[f"origin_{point.origin}"]
    place = int(point.id.rpartition(":")[2].partition("#")[0])
    verdict = words[f"verdict_{verdicts.get((point.doc, place), 'untested')}"]
    said = words["point_said"].format(name=one.name(lang), period=point.period, value=value, origin=origin, verdict=verdict)
    return {
        "id": f"{point.origin}:{point.id}",
        "year": int(point.period),
        "low": float(point.low),
        "high": float(point.high),
        "value": value,
        "origin": point.origin,
        "verdict": verdict,
        "sentence": point.quote,
        "source": f"{point.doc}, {origin}: {point.as_written}",
        "said": said,
    }
