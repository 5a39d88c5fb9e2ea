"""The data that are committed: sources and their provenance, corrections, the catalogue, and the figures of the digests."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from analysis import catalogue, corrections, documents, tidy
from analysis.extract import extract

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data/raw"
CORPUS = Path(os.environ.get("TONGBI_CORPUS", ROOT / "../shared/corpus"))
FIGURES = yaml.safe_load((ROOT / "tests/cases/bijie_figures.yml").read_text("utf-8"))
DOCUMENTS = documents.load_documents(RAW)
BY_ID = {document.id: document for document in DOCUMENTS}
TABLES = [document for document in DOCUMENTS if document.metadata.form == "table"]
DIGESTS = [document for document in DOCUMENTS if document.metadata.form == "digest"]
INDICATORS = catalogue.load().indicators
HAN = re.compile("[\u4e00-\u9fff]")
# The longest run of Chinese characters a digest may share with somebody else's text; names and the set phrases of change stand apart.
LONGEST_RUN = 12
SET_PHRASES = re.compile("地方各级人民法院和专门人民法院|同比(分别)?(上升|下降|增长)|比前五年")


def ids(documents_: list[documents.Document]) -> list[str]:
    return [document.id for document in documents_]


# --- sources -----------------------------------------------------------------------------------------------------------------


def test_every_region_with_sources_is_described():
    regions = documents.load_regions(RAW)
    assert set(regions) == {path.name for path in RAW.iterdir() if path.is_dir()} == {d.metadata.region for d in DOCUMENTS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids(DOCUMENTS))
def test_a_source_lies_in_its_region_and_has_the_bytes_its_metadata_say(document):
    assert document.path.relative_to(RAW).parts[0] == document.metadata.region
    document.metadata.require_sha256(document.path.read_bytes(), document.path)
    assert document.metadata.published is None or document.metadata.published <= document.metadata.retrieved


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids(DOCUMENTS))
def test_a_source_is_clean_utf8_with_unix_lines(document):
    data = document.path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data and data.endswith(b"\n")
    assert data.decode("utf-8") == document.text


@pytest.mark.parametrize("document", DIGESTS, ids=ids(DIGESTS))
def test_a_digest_is_set_in_full_width_punctuation(document):
    assert not re.search(r"(?<=[\u4e00-\u9fff])[,;:()]|[,;:()](?=[\u4e00-\u9fff])", document.text)


@pytest.mark.parametrize("document", TABLES, ids=ids(TABLES))
def test_a_table_is_rectangular_and_its_columns_are_described(document):
    header, *rows = csv.reader(io.StringIO(document.text))
    assert header[0] == "年份" and list(document.metadata.columns) == header[1:]
    assert {len(row) for row in rows} == {len(header)}
    for name, column in document.metadata.columns.items():
        assert name.endswith(f"({column.unit})")
        assert catalogue.match(column.indicator, "", column.unit, document.metadata.organ), f"{column.indicator} is not in the catalogue"


def test_a_declared_break_names_indicators_of_the_catalogue():
    known = catalogue.load().by_id
    assert all(indicator in known for document in DOCUMENTS for stop in document.metadata.breaks for indicator in stop.indicators)


@pytest.mark.parametrize("correction", corrections.load(ROOT / "data/manual/corrections.yml"), ids=lambda correction: correction.id)
def test_a_correction_stands_on_the_words_it_is_about(correction):
    text = BY_ID[correction.doc].text
    assert text.startswith(correction.as_written, correction.start)
    before, after = text[: correction.start][-1:], text[correction.start + len(correction.as_written) :][:1]
    assert before in "\n," and after in "\n,", "it is about part of a cell"


def test_the_deaths_left_out_of_the_fires_are_those_that_repeat_the_number_of_fires():
    excluded = {c.start for c in corrections.load(ROOT / "data/manual/corrections.yml") if c.id.startswith("fire-deaths-")}
    text = BY_ID["lianyungang-fires-1954-1990"].text
    repeated = {match.start(2) for match in re.finditer(r"^\d{4},(\d+),(\1),", text, re.MULTILINE)}
    assert excluded == repeated


# --- figures -----------------------------------------------------------------------------------------------------------------


def test_the_digest_prints_every_figure_of_the_bijie_review():
    text = BY_ID["bijie-2017"].text
    words = {1: ("一个", "首个", "首例", "1次"), 3: ("三本", "3人", "3个", "3%")}
    missing = [
        figure
        for figure in FIGURES
        for amount in amounts(figure)
        if not any(form in text for form in (*words.get(amount, ()), str(amount), f"{Decimal(str(amount)) / 10000}万"))
    ]
    assert not missing


def amounts(figure: dict) -> list:
    """Every amount of a figure: value, earlier value, change."""
    found = [figure[key] for key in ("value", "previous") if key in figure]
    return found + ([figure["change"].split()[0].lstrip("+-")] if "change" in figure else [])


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of other people's texts is not at hand (TONGBI_CORPUS)")
def test_no_digest_shares_a_long_run_of_words_with_a_published_text():
    runs = {}
    for document in DIGESTS:
        for line in document.text.splitlines():
            for piece in SET_PHRASES.sub("|", line).split("|"):
                han = "".join(HAN.findall(piece))
                runs |= {han[i : i + LONGEST_RUN + 1]: (document.id, line) for i in range(len(han) - LONGEST_RUN)}
    shared = []
    for path in [*CORPUS.glob("labelled/*.txt"), *CORPUS.glob("texts/*.txt")]:
        han = "".join(HAN.findall(path.read_text("utf-8")))
        shared += [(path.name, *where) for run, where in runs.items() if run in han]
    assert not shared


@pytest.fixture(scope="module")
def observations():
    ledgers = [extract(document) for document in DOCUMENTS]
    declared = corrections.load(ROOT / "data/manual/corrections.yml")
    return tidy.observations(tidy.statements(ledgers), DOCUMENTS, catalogue.load(), declared)


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids(DOCUMENTS))
def test_every_numeral_of_a_source_is_accounted_for(document):
    assert extract(document).coverage == 1


def test_every_observation_is_an_indicator_of_the_catalogue(observations):
    assert catalogue.unknown(observations)["name"].tolist() == []


@pytest.mark.parametrize("qualitative", [False, True], ids=["figures", "directions"])
@pytest.mark.parametrize("kind", ["actual", "target"])
def test_the_digest_is_read_figure_for_figure_as_the_review_has_them(observations, kind, qualitative):
    # Plain counts of a list (32 departments) may be read as statistics or not: they say nothing of the year before.
    listed = {figure.get("indicator") for figure in FIGURES if figure.get("kind") in ("count_of_things", "other")}
    chosen = (observations["doc"] == "bijie-2017") & (observations["kind"] == kind) & (observations["qualitative"] == qualitative)
    read = observations[chosen & ~observations["indicator"].isin(listed)].to_dict("records")
    wanted = [figure for figure in FIGURES if figure.get("kind", "actual") == kind and ("qualitative" in figure) == qualitative]
    assert sorted(map(as_figure, read)) == sorted(map(as_row, wanted))


def as_row(figure: dict) -> tuple[str, ...]:
    """A figure of the fixture as text: indicator, value, unit, change, earlier value, period, comparator."""
    change = figure.get("qualitative") or figure.get("change", "")
    level = [str(figure.get(key, "")) for key in ("value", "unit")]
    return figure["indicator"], *level, change, str(figure.get("previous", "")), figure.get("period", "2017"), figure.get("comparator", "")


def as_figure(row: dict) -> tuple[str, ...]:
    """An observation as `as_row` writes figures."""
    if row["qualitative"]:
        change, unit = row["change_direction"], ""
    else:
        signs = {"up": "+", "down": "-"}
        names = {"percent": " %", "percentage_points": " points"}
        known = row["change_amount"] is not None
        change, unit = (f"{signs[row['change_direction']]}{row['change_amount']}{names[row['change_kind']]}" if known else ""), row["unit"] or ""
    value, previous = ("" if row[key] is None else str(row[key]) for key in ("value", "previous_value"))
    return row["indicator"], value, unit, change, previous, row["period"], row["comparator"] or ""


# --- catalogue ---------------------------------------------------------------------------------------------------------------


def test_the_indicators_stand_in_the_order_of_their_ids():
    names = [indicator.id for indicator in INDICATORS]
    assert names == sorted(set(names))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_an_indicator_is_named_in_both_languages(indicator):
    assert HAN.search(indicator.zh) and (indicator.keys or indicator.spellings)
    assert indicator.en.isascii() and indicator.en[0].isupper() and not indicator.en.endswith(".")


@pytest.mark.parametrize("indicator", [i for i in INDICATORS if i.numerator], ids=lambda indicator: indicator.id)
def test_a_rate_divides_two_counts_of_the_same_thing(indicator):
    known = catalogue.load().by_id
    assert indicator.is_rate and known[indicator.numerator].unit == known[indicator.denominator].unit


def test_the_figures_of_the_review_are_indicators_of_the_catalogue():
    named = {figure["indicator"] for figure in FIGURES if "indicator" in figure}
    assert named <= set(catalogue.load().by_id)


def test_chinese_and_english_titles_are_unique():
    for field in ("zh", "en"):
        counts = Counter(getattr(indicator, field) for indicator in INDICATORS)
        assert not [title for title, count in counts.items() if count > 1]
