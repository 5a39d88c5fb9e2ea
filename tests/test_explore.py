"""The library side of the exploring notebooks: what is picked is what is shown, words of a document are never run, errors name what there is."""

import re
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pandas as pd
import pytest

from analysis import dataset as datasets
from analysis.documents import Document
from analysis.explore import open_bulletin, open_explorer, open_trends, pages
from analysis.explore.charts import against_figure, unbroken
from analysis.explore.passage import passage
from analysis.explore.selection import Selection, indicators_of, years_of
from analysis.explore.typefaces import with_typefaces
from analysis.report.markdown import Figure
from analysis.trends.series import series

PAIR = "criminal-cases-filed,robbery-theft-cases-filed"


@pytest.fixture(scope="module")
def data():
    return datasets.load()


@pytest.fixture
def explorer(data):
    return open_explorer("bijie", PAIR, dataset=data)


def drawn_text(figure):
    return " ".join("".join(e.itertext()) for e in ElementTree.fromstring(figure.svg).iter() if e.tag.endswith("}text"))


# --- the explorer ------------------------------------------------------------------------------------------------


def points(explorer):
    return [point for panel in explorer._chart.panels for point in panel["points"]]


def test_the_first_state_is_shown_without_a_browser(explorer):
    assert [panel["name"] for panel in explorer._chart.panels] == ["Criminal cases filed", "Robbery, snatching and theft cases filed"]
    assert "12,364" in explorer.table().widget.value and "25.44%" in explorer.sentences().widget.value
    assert "<svg" in explorer.figure().widget.value and "12,364" in explorer.says().now().text


def test_implied_values_are_ranges_beside_printed_ones(explorer):
    values = explorer.selection.values()
    assert values.iloc[0].tolist()[1:5] == ["2016", "16,582 to 16,583", "起", "implied"]
    assert "16,582 to 16,583" in drawn_text(explorer.figure().now())
    implied = points(explorer)[0]
    assert (implied["low"], implied["high"], implied["origin"]) == (16582, 16583, "implied") and "16,582 to 16,583" in implied["said"]


def test_every_cell_follows_the_choice(explorer):
    cells = [explorer.figure(), explorer.table(), explorer.sentences(), explorer.documents(), explorer.findings(), explorer.says()]
    before = [cell.widget.value for cell in cells]
    explorer.pick(region="lianyungang")
    assert all(cell.widget.value != was for cell, was in zip(cells, before, strict=True))


def test_a_cell_shows_itself_to_readers_without_widgets_too(explorer):
    data, _ = explorer.table()._repr_mimebundle_()
    assert "| 12,364 |" in data["text/markdown"] and "application/vnd.jupyter.widget-view+json" in data
    data, about = explorer.figure()._repr_mimebundle_()
    assert data["image/svg+xml"].count("<svg") == 1 and about["image/svg+xml"]["alt"] == data["text/plain"]


def test_signs_that_turn_the_writing_are_seen_in_a_passage_and_do_nothing():
    said = "刑事案件\u202e12364\u202c起，破案8210起。"
    shown = passage(Document("d\u202e", said), said.index("8210"), said.index("8210") + 4, "en")
    assert "刑事案件\ufffd12364\ufffd起" in shown and "<mark>8210</mark>" in shown and "\u202e" not in shown


def test_a_picked_point_shows_its_passage_with_the_number_marked(explorer):
    for point, marked in zip(points(explorer)[:2], ("同比下降25.44%", "12364起"), strict=True):
        explorer._chart.picked = point["id"]
        assert f"<mark>{marked}</mark>" in explorer._passage.value and "bijie-2017" in explorer._passage.value


def test_a_picked_point_leads_to_its_place_in_the_whole_document(explorer):
    point = next(point for panel in explorer._chart.panels for point in panel["points"] if point["origin"] == "printed")
    explorer._chart.picked = point["id"]
    page, at = explorer._chart.document["html"], explorer._chart.document["at"]
    assert f'id="{at}"' in page and "Content-Security-Policy" in page


def test_a_search_lists_what_has_every_word_and_keeps_what_is_picked(explorer):
    explorer._search.value = "Drug"
    listed = [id for _, id in explorer._indicators.options]
    assert set(PAIR.split(",")) <= set(listed) and explorer.selection.indicators == tuple(PAIR.split(","))
    assert all("drug" in name.casefold() for name, id in explorer._indicators.options if id not in PAIR)
    explorer._search.value = "no such indicator"
    assert [id for _, id in explorer._indicators.options] == PAIR.split(",") and "0 of" in explorer._note.value


def test_too_many_series_are_refused_with_a_reason(explorer, monkeypatch):
    monkeypatch.setattr("analysis.explore.panels.MOST", 1)
    explorer.pick(first=2016, last=2016)
    assert explorer._chart.panels == [] and "at most 1" in explorer._note.value


def test_each_point_has_its_sentence_and_place(data, explorer):
    for row in explorer.selection.sources().to_dict("records"):
        text = data.document(row["document"]).text
        assert row["sentence"] in text and int(row["place"]) < len(text)


def test_another_region_brings_its_own_indicators_and_years(explorer):
    explorer.pick(region="lianyungang")
    explorer.pick(indicators=["fires"], first=1960, last=1970)
    assert (explorer.selection.indicators, explorer.selection.first, explorer.selection.last) == (("fires",), 1960, 1970)
    assert explorer._chart.panels[0]["name"] == "Fires" and "12,364" not in explorer.table().widget.value


def test_the_span_cuts_what_is_shown(explorer):
    explorer.pick(first=2017, last=2017)
    assert set(explorer.selection.points.period) == {"2017"}


def test_no_line_leads_over_a_gap_or_a_break(data):
    fires, cases = (series(data, "lianyungang", id) for id in ("fires", "criminal-cases-filed"))
    assert [run[-1] for run in unbroken(dict(fires.counts()), fires)][-2:] == [1965, 1990]
    assert not any({1982, 1983} <= set(run) for run in unbroken(dict(cases.counts()), cases))


def test_two_units_get_two_panels(data):
    figure = open_explorer("lianyungang", "criminal-cases-filed,criminal-clearance-rate", dataset=data).figure().now()
    assert len(re.findall(r'id="axes_\d+"', figure.svg)) == 2


def test_words_of_a_document_are_shown_and_never_run(data):
    rows = data.observations.copy()
    rows.loc[rows.indicator == "criminal-cases-filed", "quote"] = "<script>alert(1)</script>"
    shown = open_explorer("bijie", PAIR, dataset=replace(data, observations=rows))
    assert "<script" not in shown.sentences().widget.value and "&lt;script" in shown.sentences().widget.value


def test_every_indicator_of_every_region_can_be_shown(data):
    for region in data.regions:
        for indicator in indicators_of(data, region):
            first, last = years_of(data, region, [indicator])
            assert len(Selection(data, region, (indicator,), first, last, "zh").values())


@pytest.mark.parametrize("region, indicators, named", [("atlantis", "", "bijie"), ("bijie", "fires", "criminal-cases-filed")])
def test_an_unknown_region_or_indicator_names_those_there_are(data, region, indicators, named):
    with pytest.raises(ValueError, match=named):
        open_explorer(region, indicators, dataset=data)


# --- trends ------------------------------------------------------------------------------------------------------


def test_a_series_takes_its_break_from_the_documents(data):
    assert [b.year for b in series(data, "lianyungang", "criminal-cases-filed").breaks] == [1983]
    assert series(data, "lianyungang", "fires").breaks == ()


def test_a_doubted_count_is_left_out_and_said_to_be(data):
    found = open_trends("lianyungang", dataset=data).series("arrests-approved")
    assert found.series.doubted() and found.series.doubted()[0] not in found.found.trend.counts.index
    assert "doubts" in found.says().text


def test_a_span_of_years_counts_for_no_year(data):
    counts = series(data, "lianyungang", "fires").counts()
    assert not set(range(1967, 1971)) & set(counts.index) and counts[1971] == 47


def test_a_fit_is_drawn_with_its_break_and_no_line_crosses_it(data):
    text = drawn_text(open_trends("lianyungang", dataset=data).series("criminal-cases-filed").figure())
    assert "break 1983" in text and "1990: 3,557" in text


def test_a_supposed_break_says_that_it_is_one(data):
    assert "no source declares" in open_trends("lianyungang", dataset=data).series("fires").supposing(1983).says().text


def test_a_short_series_is_told_not_drawn(data):
    found = open_trends("lianyungang", "zh", dataset=data).series("major-criminal-cases-filed")
    assert "不拟合" in found.figure().text and found.table() == found.years() == found.says()


def test_counts_that_share_in_a_contradiction_are_marked(data):
    rows = {row.indicator: row for row in open_trends("bijie", dataset=data).compare("bijie", 2017).found.rows}
    assert rows["enforcement-cases-received"].doubted and not rows["criminal-cases-filed"].doubted
    assert rows["criminal-cases-filed"].origin == "implied"


def test_a_printed_earlier_count_is_preferred_to_an_implied_one(data):
    found = open_trends("lianyungang", dataset=data).compare("lianyungang", 1990).found
    fires = next(row for row in found.rows if row.indicator == "fires")
    assert (fires.origin, str(fires.ratio.later), str(fires.ratio.earlier)) == ("printed", "114", "45")


def test_a_year_without_an_earlier_one_is_refused(data):
    with pytest.raises(ValueError, match="no count of bijie for 1999"):
        open_trends("bijie", dataset=data).compare("bijie", 1999)


# --- one bulletin ------------------------------------------------------------------------------------------------


def test_the_bulletin_has_its_two_contradictions_in_both_languages(data):
    for lang, words in (("en", "imply a change"), ("zh", "推算")):
        bulletin = open_bulletin("bijie", "2017", lang, dataset=data)
        assert len(bulletin.contradictions) == 2 and words in bulletin.contradiction().text
        assert "−8.54" in drawn_text(bulletin.contradiction_figure())


def test_a_bulletin_without_one_says_so(data):
    bulletin = open_bulletin("national", "2009", dataset=data)
    assert "No contradiction" in bulletin.contradiction().text == bulletin.contradiction_figure().text


def test_an_unknown_period_or_check_names_those_there_are(data):
    with pytest.raises(ValueError, match="bijie 2017"):
        open_bulletin("bijie", "1999", dataset=data)
    with pytest.raises(ValueError, match="rate-ratio"):
        open_bulletin("bijie", "2017", dataset=data).passed("astrology")


# --- pages and charts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "low, high, shown",
    [
        (Fraction(9707), Fraction(9707), "9,707"),
        (Fraction(16581, 1) + Fraction(1, 3), Fraction(16583), "16,581.333 to 16,583.000"),
        (Fraction(2, 3), Fraction(2, 3) + Fraction(1, 9999), "0.666 to 0.667"),
        (Fraction(3140000), None, "at least 3,140,000"),
        (None, None, ""),
    ],
)
def test_intervals_print_rounded_outwards(low, high, shown):
    assert pages.span(low, high, "en") == shown


def test_languages_have_the_same_words():
    english, chinese = pages.wording("en"), pages.wording("zh")
    assert english.keys() == chinese.keys()
    fields = {key: sorted(set(re.findall(r"{\w+}", str(english[key])))) for key in english}
    assert fields == {key: sorted(set(re.findall(r"{\w+}", str(chinese[key])))) for key in chinese}
    with pytest.raises(ValueError, match="en, zh"):
        pages.wording("fr")


def test_figures_in_a_table_are_set_right_and_cells_escaped():
    text = pages.table(pd.DataFrame([["a|b", "1,204"]], columns=["name", "count"])).text
    assert text.splitlines()[1:] == ["|:---|---:|", "| a\\|b | 1,204 |"]


def test_a_chart_carries_the_letters_it_needs_and_is_the_same_each_time():
    one, two = (against_figure((4.5, 5.5), (-8.6, -8.5), "执结率", "个百分点", "zh") for _ in range(2))
    assert isinstance(one, Figure) and one.svg == two.svg
    assert one.svg.count("@font-face") == 2 and len(one.svg) < 60_000
    assert ElementTree.fromstring(with_typefaces('<svg xmlns="http://www.w3.org/2000/svg"><text>件</text></svg>')) is not None
