"""The public face: what an analyst types in a notebook, what it takes, and the tables it gives."""

from __future__ import annotations

import doctest
import io
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import analysis
import tongbi
from analysis import dataset, frames
from analysis.documents import DocumentError

ROOT = Path(__file__).parents[1]
DIGEST = ROOT / "data/raw/bijie/bijie-2017.txt"
TEXT = "2017年，全市立刑事案件12364起，同比下降25.44%。2018年上半年，审结案件300件。"


def test_the_docstring_of_the_module_is_true():
    failures = io.StringIO()
    runner = doctest.DocTestRunner()
    for case in doctest.DocTestFinder().find(analysis, "analysis", globs={}):
        if case.name == "analysis":
            assert len(case.examples) >= 8
            runner.run(case, out=failures.write)
    assert not runner.failures, failures.getvalue()


def test_both_names_give_the_same_face():
    assert tongbi.extract is analysis.extract and tongbi.Document is analysis.Document and tongbi.__version__ == analysis.__version__
    shown = [name for name in dir(tongbi) if not name.startswith("__")]
    assert set(shown) >= {"read", "extract", "observations", "audit", "find", "load", "implied"} and dir(analysis) == dir(tongbi)
    assert not {"import_module", "Any", "version"} & set(shown) and all(callable(getattr(tongbi, name)) for name in shown)


@pytest.mark.parametrize("kind", ["path", "str", "document", "text"])
def test_every_verb_takes_paths_texts_and_documents(kind, tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(TEXT, "utf-8")
    source = {"path": path, "str": str(path), "document": tongbi.read(path), "text": TEXT}[kind]
    assert tongbi.read(source).text == TEXT and (tongbi.read(source).path == path) == (kind != "text")
    assert tongbi.extract(source).statements[0].value == 12364
    assert tongbi.observations(source)["value"].tolist()[0] == 12364
    assert len(tongbi.audit(source)) and len(tongbi.find("刑事案件立案数", source)) == 1


def test_find_heeds_the_breaks_that_documents_declare():
    raw = ROOT / "data/raw/national"
    found = tongbi.find("Cases handled by the procuratorates", *(raw / f"national-procuratorates-{year}.txt" for year in (2019, 2020)))
    assert found.set_index("period").loc["2020", "verdict"] == "not comparable"


def test_a_path_that_is_not_there_is_no_text(tmp_path):
    for source in (str(tmp_path / "none"), "bulletin.pdf", "data/raw/none.txt", "公报.docx"):
        with pytest.raises(DocumentError, match="no such file"):
            tongbi.extract(source)
    with pytest.raises(TypeError, match="a path, a text or a Document"):
        tongbi.read(3)


def test_a_sentence_with_points_and_slashes_is_a_text():
    for text in ("立案12.5万起。", "见http://a.b/c.html，立案12起", "2017/2018年立案12起。", "3.2%"):
        assert tongbi.read(text).text == text


def test_several_texts_are_taken_together():
    table = tongbi.observations("2017年，立案12起。", "2018年，立案13起。", DIGEST)
    assert set(table["doc"]) == {"text", "text-2", "bijie-2017"}


# --- tables ------------------------------------------------------------------------------------------------------------------------


def test_observations_have_the_dtypes_pandas_users_expect():
    table = tongbi.observations(TEXT, DIGEST)
    expected = {"value": "float64", "start": "Int64", "qualitative": "boolean", "name": "string", "published": "datetime64[ns]", "year": "Int64",
                "period_start": "datetime64[ns]", "period_end": "datetime64[ns]", "freq": "string"}  # fmt: skip
    assert {name: str(table[name].dtype) for name in expected} == expected and "object" not in set(map(str, table.dtypes))
    first = table[table["doc"] == "text"].iloc[1]
    assert (first["year"], str(first["period_start"].date()), str(first["period_end"].date()), first["freq"]) == (
        2018,
        "2018-01-01",
        "2018-06-30",
        "half-year",
    )


def test_exact_tables_keep_every_printed_digit_and_a_typed_one_audits_alike():
    exact = tongbi.observations(DIGEST, exact=True)
    assert isinstance(exact.loc[10, "value"], Decimal)
    typed = tongbi.observations(DIGEST)
    back = frames.exact(typed)
    assert list(back.columns) == list(exact.columns)
    assert tongbi.audit(typed)["verdict"].tolist() == tongbi.audit(exact)["verdict"].tolist()
    assert len(tongbi.implied(typed)) == len(tongbi.implied(exact)) > 0


def test_parquet_plots_and_models_take_the_tables_as_they_stand(tmp_path):
    import matplotlib

    matplotlib.use("Agg")
    import seaborn
    import statsmodels.formula.api as smf

    table = dataset.load(ROOT).to_frame()
    table.to_parquet(tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "a.parquet"), table)
    arrests = table[(table["region"] == "lianyungang") & table["value"].gt(0) & table["unit"].eq("人")].dropna(subset=["year", "value"])
    assert arrests.plot(x="year", y="value") is not None and seaborn.lineplot(arrests, x="year", y="value") is not None
    model = smf.poisson("value ~ year", arrests.astype({"year": "float64"}).assign(year=lambda frame: frame["year"] - 1970)).fit(disp=0)
    assert model.nobs == len(arrests) > 10


def test_ledgers_documents_and_datasets_show_themselves_escaped():
    hostile = tongbi.read("2017年，全市<img src=x>立刑事案件12起。<script>alert(1)</script>")
    ledger = tongbi.extract(hostile)
    for shown in (hostile._repr_html_(), ledger._repr_html_(), dataset.load(ROOT)._repr_html_()):
        assert "<script" not in shown and "<img" not in shown and shown.count("<table>") == shown.count("</table>")
    frame = ledger.to_frame()
    assert (
        len(frame) == len(ledger.entries)
        and str(frame["value"].dtype) in ("Int64", "Float64")
        and "change_direction" in tongbi.extract(TEXT).to_frame()
    )
    assert tongbi.read(DIGEST).to_frame().loc[0, "region"] == "bijie"
    assert len(dataset.load(ROOT).to_frame("findings")) and isinstance(dataset.load(ROOT).to_frame(exact=True).loc[10, "value"], Decimal)


# -- charts of a table ----------------------------------------------------------------------------------------------

YEARS = "2015年，全市立刑事案件15200起。\n2016年，全市立刑事案件16583起。\n2017年，全市立刑事案件12364起，同比下降25.44%；立命案31起，同比上升3.3%。"


def names(figure):
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


@pytest.mark.parametrize("given", [YEARS, tongbi.observations(YEARS), tongbi.observations(YEARS, exact=True)], ids=["text", "typed", "exact"])
def test_charts_take_texts_and_tables_alike(given):
    assert names(tongbi.plot_changes(given, lang="en", period="2017")) == ["Criminal cases filed", "Homicides filed"]
    assert names(tongbi.plot_levels(given, lang="en", period="2017")) == ["Criminal cases filed"]
    (line,) = tongbi.plot_series(given).axes[0].lines
    assert list(line.get_xdata()) == [2015, 2016, 2017] and list(line.get_ydata()) == [15200, 16583, 12364]


def test_a_chart_of_a_filtered_table_has_its_rows_alone():
    table = tongbi.observations(YEARS)
    assert names(tongbi.plot_changes(table[table["name"].str.contains("命案")])) == ["命案立案数"]
    assert tongbi.plot_changes(table, period="2017")._repr_svg_().startswith("<?xml")


def test_a_chart_of_targets_shows_what_was_reached():
    figure = tongbi.plot_targets("2017年，力争现行命案破案率达到98%以上。2017年，现行命案破案率达99.1%。", lang="en")
    assert any("99.1" in text.get_text() for text in figure.axes[0].texts)


def test_charts_say_why_they_cannot_be_drawn():
    with pytest.raises(ValueError, match="no row has a change"):
        tongbi.plot_changes("2017年，全市立刑事案件12364起。")
    with pytest.raises(ValueError, match=r"several periods .*2016 \(1\), 2017 \(1\); say which: period='2017'"):
        tongbi.plot_changes("2017年，立刑事案件12起，同比下降20%。\n2016年，立刑事案件15起，同比下降25%。")
    places = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃宿列张寒来暑往"
    many = "2017年，" + "；".join(f"{place}区立刑事案件{count}起，同比增长2%" for count, place in enumerate(places, 120))
    with pytest.raises(ValueError, match="more than 40 cannot be read"):
        tongbi.plot_changes(many + "。")
    with pytest.raises(TypeError, match="give a table"):
        tongbi.plot_series()
