"""The charts: what is drawn is what the facts say, the same bytes each time, and text is text."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random
from types import SimpleNamespace

import pytest
from facts_builder import fact
from matplotlib.colors import to_hex

from analysis.report import charts, courses, earlier, figures, history
from analysis.report.charts import ranked
from analysis.report.charts.chain import chained
from analysis.report.charts.fromto import by_magnitude
from analysis.report.charts.longrun import Run
from analysis.report.charts.style import row_label, scale_of, written_tick
from analysis.report.edition import open_edition
from analysis.report.narrative import Narrator
from analysis.report.phrases import Wording
from analysis.report.publishers import publishers

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


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in (*axes.texts, *axes.get_yticklabels(), axes.title, axes._left_title)]


def test_percent_and_points_stand_in_panels_of_their_own():
    figure = charts.draw_changes(CHANGES, narrator())
    widths = [sorted(round(bar.get_width(), 2) for bar in axes.patches) for axes in figure.axes]
    assert widths == [[-25.44, 19.39], [5.0]]


def test_a_contradicted_or_assumed_bar_is_hollow_and_says_so():
    assumed = fact(ref=4, indicator="closed", assumed=True, change={"amount": "3"})
    figure = charts.draw_changes([*CHANGES, assumed], narrator())
    assert [to_hex(bar.get_facecolor()) for bar in figure.axes[0].patches] == [charts.NOW, charts.NOW, "#ffffff"]
    assert to_hex(figure.axes[1].patches[0].get_facecolor()) == "#ffffff"
    assert any("矛盾" in text for text in texts(figure)) and any("ʸ" in text for text in texts(figure))


def test_bars_are_sorted_and_labelled_with_the_printed_change():
    labels = texts(charts.draw_changes(CHANGES, narrator()))
    assert labels.index("−25.44") < labels.index("+19.39")
    assert "法院受理案件数" in labels


def test_levels_stand_in_panels_of_their_magnitude_on_linear_scales():
    small = fact(ref=4, indicator="small", value="90", change={}, implied=("120", "121", (120, 121)))
    figure = charts.draw_levels([*LEVELS, small], narrator())
    assert [axes.get_xscale() for axes in figure.axes] == ["linear"] * 3
    assert "约16582起→12364起" in texts(figure)


def test_a_series_breaks_where_years_are_missing_or_a_definition_changes():
    run = Run("火灾", "起", {1960: Decimal(5), 1961: Decimal(7), 1979: Decimal(9), 1980: Decimal(4), 1981: Decimal(3)}, {1981: "口径有变"})
    lines = [list(line.get_xdata()) for line in charts.draw_series([run]).axes[0].lines]
    assert [[1960, 1961], [1979, 1980], [1981]] == lines[:3]


def test_the_last_year_is_ticked_and_labelled():
    run = Run("火灾", "起", {year: Decimal(year - 1900) for year in range(1950, 1987)}, {})
    axes = charts.draw_series([run]).axes[0]
    assert 1986 in axes.get_xticks() and "86" in [text.get_text() for text in axes.texts]


def test_the_usual_reach_comes_from_earlier_yearly_changes():
    steady = Run("x", "起", {year: Decimal(100) for year in range(2000, 2011)} | {2011: Decimal(300)}, {})
    assert steady.reach == (100, 100)
    assert Run("x", "起", {2000: Decimal(1), 2001: Decimal(2)}, {}).reach is None


def test_fewer_than_ten_changes_on_one_definition_give_no_usual_range():
    values = {year: Decimal(100 + year % 7) for year in range(1990, 2012)}
    assert Run("x", "起", values, {}).reach is not None
    assert Run("x", "起", values, {2002: "口径有变"}).reach is None
    assert Run("x", "起", values, {2000: "口径有变"}).reach is not None


def test_a_band_that_goes_beyond_the_axis_ends_in_an_arrow():
    uneven = {year: Decimal(500 if year % 2 else 1000) for year in range(1990, 2011)}
    calm = Run("x", "起", {year: Decimal(100 + year % 3) for year in range(1990, 2011)}, {})
    rising = Run("x", "起", uneven | {2011: Decimal(900)}, {})
    assert not calm.goes_beyond and rising.reach[1] > rising.top
    arrows = [[text for text in charts.draw_series([run]).axes[0].texts if text.arrow_patch] for run in (calm, rising)]
    assert [len(drawn) for drawn in arrows] == [0, 1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_changes_that_differ_wildly_make_no_band_and_the_note_says_how_many_made_one(lang):
    wild = Run("x", "起", {year: Decimal(50 if year % 2 else 1000) for year in range(1990, 2011)} | {2011: Decimal(900)}, {})
    calm = Run("x", "起", {year: Decimal(100 + year % 3) for year in range(1990, 2012) if year != 2000}, {})
    gone = Run("x", "起", {year: Decimal(100) for year in (*range(1990, 2010), 2011)}, {})
    assert [run.lacks for run in (wild, calm, gone)] == ["wild", "", "before"] and wild.reach is None
    assert len(calm.changes) == 21 - 2 - 1  # none over the year that is missing, nor the last one
    said = history._about_reach([(fact("criminal"), calm), (fact("closed"), wild)], narrator(lang))
    assert "18" in said and narrator(lang).named(fact("closed")) in said and ("unevenly" in said or "悬殊" in said)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_title_of_the_long_run_is_of_the_most_unusual_series_and_names_the_others_outside(lang):
    calm = {year: Decimal(100 + year % 3) for year in range(1990, 2012)}
    drawn = [(fact(indicator=name, value=str(last)), Run(name, "起", calm | {2012: Decimal(last)}, {}))
             for name, last in (("criminal", 101), ("closed", 150), ("received", 900))]  # fmt: skip
    title, names = history._long_title(drawn, narrator(lang)), [narrator(lang).named(one) for one, _ in drawn]
    lead, also = title.casefold().split("；" if lang == "zh" else ";")
    assert names[2].casefold() in lead and names[1].casefold() in also and names[0].casefold() not in title.casefold()
    few = [(drawn[0][0], Run("x", "起", {2011: Decimal(100), 2012: Decimal(101)}, {}, {2011: "100"}))]
    assert "usual" not in history._long_title(few, narrator(lang)) and "通常" not in history._long_title(few, narrator(lang))
    assert "10" in history._about_reach(few[:1], narrator(lang))


def test_a_chain_of_changes_keeps_its_rounding_band():
    links = chained([(2023, Decimal("-4.8"), Decimal("0.1")), (2024, Decimal("-25.7"), Decimal("0.1")), (2025, Decimal("-12.8"), Decimal("0.1"))])
    assert [str(round(link.index, 1)) for link in links] == ["100.0", "95.2", "70.7", "61.7"]
    assert all(link.low <= link.index <= link.high for link in links) and links[-1].high - links[-1].low < 1


def test_chinese_axes_are_written_in_ten_thousands():
    form = narrator().format
    assert [written_tick(value, *scale_of(4e6, form), form) for value in (0, 2e6, 4.5e6)] == ["0", "200万", "450万"]


def test_the_same_figure_gives_the_same_bytes_and_keeps_text_as_text():
    first, second = (charts.svg(charts.draw_changes(CHANGES, narrator())) for _ in range(2))
    assert first == second
    assert "法院受理案件数" in first and "<dc:date>" not in first


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_alternative_text_holds_every_figure(lang):
    drawn = figures.headline_figures([*LEVELS, *CHANGES[2:], fact(ref=5, indicator="x", change={"amount": "3"})], narrator(lang), lambda facts: "s")
    assert len(drawn) == 2
    assert "−25.44%" in drawn[0].alt and ("contradiction" in drawn[0].alt or "矛盾" in drawn[0].alt)
    assert ("16,582 to 16,583" in drawn[1].alt or "16582～16583" in drawn[1].alt) and ("implied" in drawn[1].alt or "推算" in drawn[1].alt)


def test_too_few_figures_make_no_chart():
    assert figures.headline_figures(LEVELS[:2], narrator(), lambda facts: "s") == []


def test_the_house_style_uses_the_packaged_typefaces():
    assert "Noto Sans SC" in charts.style()["font.family"]


def test_what_a_break_keeps_from_comparison_is_marked_and_not_set_beside_the_year_before():
    broken = fact(ref=5, value="100", change={"amount": "60"}, implied=("249", "251", (249, 251)), verdict="not_comparable")
    (changes,) = (one for one in figures.headline_figures([broken, *CHANGES], narrator(), lambda facts: "") if "条形图" in one.alt)
    assert "口径有变" in changes.alt and "25.44%" in changes.caption
    assert not figures.comparable(broken) and figures.comparable(LEVELS[0])


def test_two_prints_of_one_change_are_no_implication():
    places = (SimpleNamespace(doc="gazette", start=8), SimpleNamespace(doc="daily", start=8))
    told = SimpleNamespace(check="same-change", stated=(Decimal("0.15"), Decimal("0.25")), implied=(Decimal("15.5"), Decimal("16.5")), unit="points",
                           gap=Decimal("15.25"), subjects=places)  # fmt: skip
    moves = [{"direction": "up", "kind": "percentage_points", "amount": amount} for amount in ("0.2", "16")]
    twice = [fact(indicator="rate", unit="%", value=None, change=move) for move in moves]
    for lang, word, not_said in (("zh", "另一份", "推算"), ("en", "another", "impl")):
        drawn = figures.agreement_figure(told, twice, narrator(lang), lambda facts: "", str.title)
        assert "0.2" in drawn.caption and "16" in drawn.caption and "15.5" not in drawn.caption, "a title has what is printed, not our intervals"
        assert word in drawn.caption and not_said not in drawn.caption + drawn.alt + drawn.svg
        assert all(document in drawn.alt and document in drawn.svg for document in ("Gazette", "Daily")), "each side has its document's name"
        one_document = figures.agreement_figure(told, twice, narrator(lang), lambda facts: "", lambda doc: "Gazette")
        assert "Gazette" not in one_document.alt


def test_the_earlier_value_is_written_with_the_digits_that_are_sure():
    large = fact(value="37486000", unit="件", resolution="1000", change={"direction": "up", "amount": "10.8"}, implied=("33816000", "33848000", None))
    before = earlier.earlier_of(large)
    assert [earlier.about(before, large, narrator(lang)) for lang in ("zh", "en")] == ["约3383万件", "about 33.83 million"]


def test_a_rounded_earlier_value_lies_within_its_interval_and_has_no_digit_too_many():
    chance = Random(7)
    for _ in range(2000):
        places = chance.randint(0, 3)
        low = Decimal(chance.randint(0, 10 ** chance.randint(1, 9))).scaleb(-places)
        high = low + Decimal(chance.randint(0, 10 ** chance.randint(0, 6))).scaleb(-places)
        value = earlier.rounded(low, high)
        assert low <= value <= high
        step = Decimal(1).scaleb((high - low).adjusted()) if high > low else Decimal(0)
        assert not step or value % step == 0  # nothing finer than the interval is wide


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_and_chart_write_one_earlier_value(lang):
    (told,) = [text for text in texts(charts.draw_levels(LEVELS[2:], narrator(lang))) if "→" in text and "51" in text]
    assert earlier.about(earlier.earlier_of(LEVELS[2]), LEVELS[2], narrator(lang)) in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_title_claims_all_of_no_more_than_can_be_compared_and_the_note_names_what_is_not_drawn(lang):
    fallen = [fact(ref=at, value="90", change={"amount": "10"}, implied=("100", "100", (100, 100))) for at in (1, 2, 3)]
    broken = fact(ref=9, indicator="received", value="200", unit="件", change={"direction": "up", "amount": "8.9"}, verdict="not_comparable")
    drawn = figures._levels([*fallen, broken], narrator(lang), lambda facts: "")
    assert drawn.caption == narrator(lang).wording("finding.levels.all_lower", count=3)
    assert narrator(lang).named(broken) in drawn.source and "+8.9%" in drawn.source
    assert narrator(lang).named(fallen[0]) not in drawn.source


def test_of_counts_that_went_both_ways_the_title_says_from_where_to_where():
    drawn = figures._levels(LEVELS, narrator("en"), lambda facts: "")
    assert drawn.caption == "Criminal cases filed down from about 16,582 to 12,364, cases received by the courts up from about 52,954 to 63,221"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_note_says_which_earlier_figures_are_implied_also_without_about(lang):
    printed = fact(ref=7, value="3", previous="10", previous_period="2016")
    some = figures._implied_note([printed, LEVELS[0]], narrator(lang))
    assert narrator(lang).named(LEVELS[0]) in some[0]
    assert figures._implied_note(LEVELS, narrator(lang)) == [narrator(lang).wording("chart.implied_all")]
    assert figures._implied_note([printed], narrator(lang)) == []


def test_targets_without_any_outcome_are_not_drawn():
    targets = [fact(ref=at, indicator=f"t{at}", kind="target", unit="%", value="90", comparator=">=") for at in (1, 2, 3)]
    assert figures.targets_figure(targets, {}, narrator(), lambda facts: "") is None
    reached = {targets[0].id: fact(unit="%", value="95")}
    assert figures.targets_figure(targets, reached, narrator(), lambda facts: "") is not None


@pytest.mark.parametrize(("lang", "told"), [("zh", "{first}等{total}家"), ("en", "{first} and {count} others")])
def test_a_source_line_counts_the_publishers_right(lang, told, monkeypatch):
    monkeypatch.setattr("analysis.report.publishers.MOST_NAMED", 3)
    edition = open_edition("national", "2025", lang)
    drawn = [fact(ref=at, doc=doc.id) for at, doc in enumerate(edition.dataset.documents) if doc.metadata]
    named = publishers([edition.dataset.document(one.doc) for one in drawn], lang)
    assert len(named) > 3
    first, count, total = edition.wording("list.comma").join(named[:2]), len(named) - 2, len(named)
    assert told.format(first=first, count=count, total=total) in edition.source_of(drawn)
    few = [next(one for one in drawn if publishers([edition.dataset.document(one.doc)], lang) == [name]) for name in named[:3]]
    assert all(name in edition.source_of(few) for name in named[:3])


def test_the_note_on_hollow_bars_names_only_reasons_that_occur():
    assert ranked.why_hollow(CHANGES) == ["contradiction"] and ranked.why_hollow(CHANGES[:2]) == []
    assert ranked.why_hollow([fact(assumed=True, change={}), *CHANGES]) == ["assumed", "contradiction"]
    facts = [*CHANGES, fact(ref=5, indicator="x", change={"amount": "3"})]
    source = figures._changes(facts, narrator("en"), lambda facts: "").source
    assert source == "Hollow bars: contradicted by other figures."
    assert figures._changes([one for one in facts if not one.verdict] + [fact(ref=6, change={})], narrator("en"), lambda facts: "").source == ""


def test_no_line_of_the_scale_runs_behind_the_labels_beside_the_dots():
    panels = by_magnitude(LEVELS)
    for axes, members in zip(charts.draw_levels(LEVELS, narrator()).axes, panels, strict=True):
        largest = max(float(end) for one in members for end in (one.printed, one.implied.high))
        assert not any(line.get_visible() for line in axes.get_xgridlines()) and max(axes.get_xticks()) <= largest


def test_the_title_of_the_levels_is_true_of_those_left_out_for_room_too():
    rose = [fact(ref=at, indicator=f"i{at}", value="200", change={"direction": "up", "amount": "100"}, implied=("100", "100", (100, 100)))
            for at in range(1, figures.MOST_ROWS + 2)]  # fmt: skip
    fell = fact(ref=99, indicator="last", value="50", change={"amount": "50"}, implied=("100", "100", (100, 100)))
    for lang, all_rose, name in (("zh", "11项计数均高于", "last"), ("en", "All 11 counts", "last")):
        (drawn,) = (one for one in figures.headline_figures(rose, narrator(lang), lambda facts: "") if all_rose in one.caption)
        assert "11" in drawn.caption and len(drawn.alt.split("i11")) == 1
        levels = figures.headline_figures([*rose[:-1], fell], narrator(lang), lambda facts: "")[-1]
        assert name in levels.caption and name not in levels.alt, "what was left out for want of room went the other way"


def test_nought_is_one_line_through_all_panels_and_every_label_has_room():
    falls = [fact(ref=at, indicator=f"i{at}", change={"direction": way, "amount": amount}) for at, (way, amount) in
             enumerate((("up", "153.3"), ("down", "14.5"), ("down", "4.8")), start=1)]  # fmt: skip
    rate = fact(ref=9, indicator="rate", unit="%", value="52.6", change={"direction": "down", "amount": "17.5", "kind": "percentage_points"})
    for lang in ("zh", "en"):
        panels = charts.draw_changes([*falls, rate], narrator(lang)).axes
        noughts = [-axes.get_xlim()[0] / (axes.get_xlim()[1] - axes.get_xlim()[0]) for axes in panels]
        assert len(panels) == 2 and noughts[0] == pytest.approx(noughts[1])
        for axes in panels:
            low, high = axes.get_xlim()
            assert all(low < bar.get_x() and bar.get_x() + bar.get_width() < high for bar in axes.patches)


def test_rates_that_differ_little_do_not_lie_flat_under_an_axis_from_nought():
    rates = {year: Decimal(value) for year, value in ((2013, "94.1"), (2016, "96.9"), (2021, "99.44"))}
    high, low, count = Run("x", "%", rates, {}), Run("x", "%", {2013: Decimal(20), 2014: Decimal(90)}, {}), Run("x", "起", rates, {})
    assert high.foot > 80 and low.foot == count.foot == 0
    (axes,) = charts.draw_series([high], "en").axes
    assert axes.get_ylim()[0] == high.foot and axes.get_ylim()[1] > 99.44


@pytest.mark.parametrize(("name", "longest", "lang", "shown"), [
    ("法制网（example.gov.cn）", 12, "zh", "法制网\n（example.gov.cn）"),
    ("损害群众利益违纪问题移送司法机关人数", 15, "zh", "损害群众利益违纪问\n题移送司法机关人数"),
    ("Cases closed by the Supreme People's Court", 36, "en", "Cases closed by the\nSupreme People's Court"), ("短名", 15, "zh", "短名"),
])  # fmt: skip
def test_a_long_name_is_parted_where_a_line_may_end(name, longest, lang, shown):
    assert row_label(name, longest, lang) == shown


def test_names_of_two_lines_have_room_and_the_bars_stand_beside_them():
    long = "Cases of every kind that the courts of the city received in the year"
    steps = [fact(ref=at, name={"zh": name, "en": name}, value=value) for at, (name, value) in enumerate(((long, "9"), (long, "8"), ("c", "7")))]
    axes = charts.draw_stages(steps, narrator("en")).axes[0]
    places = list(axes.get_yticks())
    assert [round(two - one, 2) for one, two in pairwise(places)] == [1.5, 1.25]
    assert [bar.get_y() + bar.get_height() / 2 for bar in axes.patches] == pytest.approx(places)
    assert [text.get_text() for text in axes.texts] == ["9", "8 (89% of the first)", "7 (78% of the first)"]


def test_stages_are_of_one_document():
    steps = [fact(ref=at, indicator=name, value=value, unit="人") for at, (name, value) in enumerate((("a", "9"), ("b", "8"), ("c", "7")), start=1)]
    for doc, drawn in (("doc", 1), ("other", 0)):
        own = {one.indicator: one for one in [*steps[:2], replace(steps[2], doc=doc)]}
        assert len(courses.stages_figures(own, [["a", "b", "c"]], narrator(), lambda facts: "")) == drawn
