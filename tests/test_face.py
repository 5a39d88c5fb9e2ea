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


def test_the_examples_of_the_readme_do_what_they_say(capsys):
    """Each comment behind a print is what it prints."""
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    lines = readme[readme.index("    import tongbi\n") :].split("\n")
    block = [line[4:] for line in lines[: next(at for at, line in enumerate(lines) if line and not line.startswith("    "))]]
    exec("\n".join(block), {})
    told = [line.rpartition("# ")[2].strip() for line in block if line.startswith("print(")]
    assert told and capsys.readouterr().out.splitlines() == told
