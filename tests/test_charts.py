"""The charts: what is drawn is what the facts say, the same bytes each time, and text is text."""

import io
from decimal import Decimal

import pandas as pd
import pytest
from facts_builder import fact
from matplotlib.colors import to_hex

from analysis.report import charts, figures
from analysis.report.narrative import Narrator
from analysis.report.phrases import Wording

CHANGES = [
    fact(ref=1, change={}),
    fact(ref=2, indicator="received", unit="件", value="63221", change={"direction": "up", "amount": "19.39"}),
    fact(
        ref=3,
        indicator="rate",
        unit="%",
        value="84.44",
        verdict="contradiction",
        change={"direction": "up", "amount": "5", "kind": "percentage_points"},
    ),
]
LEVELS = [
    fact(ref=1, change={}, implied=("16581.5", "16583.7", (16582, 16583))),
    fact(
        ref=2,
        indicator="received",
        unit="件",
        value="63221",
        change={"direction": "up", "amount": "19.39"},
        implied=("52951.1", "52955.6", (52952, 52955)),
    ),
    fact(
        ref=3,
        indicator="closed",
        unit="件",
        value="60061",
        change={"direction": "up", "amount": "17.7"},
        implied=("51007.2", "51050.6", (51008, 51050)),
    ),
]


def narrator(lang="zh"):
    return Narrator(Wording.load(lang), "2017")


def observations(points):
    rows = [
        {"id": f"d:{year}", "indicator": "fires", "kind": "actual", "period": str(year), "published": "", "value": Decimal(value)}
        for year, value in points.items()
    ]
    return pd.DataFrame(rows, dtype=object)


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in (*axes.texts, *axes.get_yticklabels(), axes.title, axes._left_title)]


def test_percent_and_points_stand_in_panels_of_their_own():
    figure = charts.plot_changes(CHANGES, narrator())
    widths = [sorted(round(bar.get_width(), 2) for bar in axes.patches) for axes in figure.axes]
    assert widths == [[-25.44, 19.39], [5.0]]


def test_rises_and_falls_differ_in_colour_and_a_contradicted_bar_is_hatched():
    figure = charts.plot_changes(CHANGES, narrator())
    first, second = figure.axes[0].patches
    assert {to_hex(first.get_facecolor()), to_hex(second.get_facecolor())} == {charts.UP, charts.DOWN}
    assert figure.axes[1].patches[0].get_hatch()


def test_bars_are_sorted_and_labelled_with_the_printed_change():
    labels = texts(charts.plot_changes(CHANGES, narrator()))
    assert labels.index("+19.39") < labels.index("−25.44")
    assert "法院受理案件数" in labels


def test_levels_show_value_and_implied_interval():
    figure = charts.plot_levels(LEVELS, narrator())
    labels = texts(figure)
    assert "12,364起" in labels and "16,582-16,583起" in labels
    assert len(figure.axes[0].collections) == 2 * len(LEVELS)


def test_labels_of_levels_stay_clear_of_the_names():
    figure = charts.plot_levels(LEVELS, narrator())
    figure.savefig(io.BytesIO(), format="png")  # the layout is settled when drawn
    axes = figure.axes[0]
    left = axes.get_window_extent().x0
    assert all(text.get_window_extent().x0 >= left - 1 for text in axes.texts)


def test_a_series_breaks_where_years_are_missing():
    figure = charts.plot_series(observations({1960: 5, 1961: 7, 1979: 9, 1980: 4}), {"fires": "火灾"})
    assert [list(line.get_xdata()) for line in figure.axes[0].lines] == [[1960, 1961], [1979, 1980]]


def test_a_series_is_named_at_its_end_with_its_last_value():
    labels = texts(charts.plot_series(observations({1960: 5, 1961: 1200}), {"fires": "火灾"}))
    assert "火灾\n1,200" in labels


def test_labels_of_lines_that_end_close_together_are_moved_apart():
    rows = pd.concat([observations({1960: 100, 1961: 100}), observations({1960: 99, 1961: 99}).assign(indicator="floods")])
    figure = charts.plot_series(rows, {"fires": "火灾", "floods": "水灾"})
    heights = sorted(text.xy[1] for text in figure.axes[0].texts)
    assert heights[1] - heights[0] > 10


def test_the_same_figure_gives_the_same_bytes_and_keeps_text_as_text():
    first, second = (charts.svg(charts.plot_changes(CHANGES, narrator())) for _ in range(2))
    assert first == second
    assert "法院受理案件数" in first and "<dc:date>" not in first


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_alternative_text_holds_every_figure(lang):
    drawn = figures.headline_figures([*LEVELS, *CHANGES[2:], fact(ref=5, indicator="x", change={"amount": "3"})], narrator(lang), "s")
    assert len(drawn) == 2
    assert "16,582-16,583" in drawn[0].alt and "63,221" in drawn[0].alt
    assert "−25.44 %" in drawn[1].alt


def test_too_few_figures_make_no_chart():
    assert figures.headline_figures(LEVELS[:2], narrator(), "s") == []


def test_levels_too_far_apart_make_no_level_chart():
    giant = fact(ref=4, indicator="giant", value="9000000", change={}, implied=("1", "2", (1, 2)))
    drawn = figures.headline_figures([*LEVELS, giant], narrator(), "s")
    assert [figure.caption for figure in drawn] == ["2017年主要指标的变化"]


def test_the_house_style_uses_the_packaged_typefaces():
    assert "Noto Sans SC" in charts.style()["font.family"]
