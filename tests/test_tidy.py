"""The tidy tables and the corrections: every number kept, named and dated, and nothing overwritten in silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from analysis import catalogue, codebook, corrections, tidy
from analysis.documents import Document, Metadata
from analysis.extract import extract
from analysis.observing import observe as observations

TEXT = "2017年,全市立刑事案件12364起,同比下降25.44%。\n法官年人均结案数由75件上升到170件。\n"
NOTE = Document("note", TEXT)


def correction(**changes) -> corrections.Correction:
    entry = {
        "id": "one",
        "doc": "note",
        "start": TEXT.index("12364"),
        "as_written": "12364起",
        "action": "flag",
        "reason": "why",
        "evidence": "where",
    }
    return corrections.Correction.model_validate(entry | changes)


def row_of(table: pd.DataFrame, written: str) -> dict:
    return table[table["as_written"] == written].iloc[0].to_dict()


# --- tables --------------------------------------------------------------------------------------------------------------------


def test_a_statement_becomes_an_observation_with_its_change_and_place():
    row = row_of(observations(NOTE), "12364起")
    assert (row["value"], row["unit"], row["period"], row["period_source"]) == (Decimal(12364), "起", "2017", "printed")
    assert (row["change_direction"], row["change_amount"], row["change_kind"], row["change_resolution"]) == (
        "down",
        Decimal("25.44"),
        "percent",
        Decimal("0.01"),
    )
    assert TEXT[row["start"] : row["end"]] == "12364起" and TEXT[row["change_start"] : row["change_end"]] == row["change_as_written"]


def test_an_earlier_value_stands_beside_the_later_one():
    row = row_of(observations(NOTE), "170件")
    assert (row["previous_value"], row["previous_as_written"]) == (Decimal(75), "75件")


@pytest.mark.parametrize(
    ("sentence", "period"),
    [("两年来，全市检察机关发出检察建议57件。", "2016..2017"), ("近5年来，全市共立刑事案件57件。", "2013..2017"), ("全市发出检察建议57件。", "2017")],
)
def test_years_to_date_end_with_the_period_of_the_document(sentence, period):
    metadata = Metadata(title="t", publisher="p", retrieved="2026-01-01", period="2017", region="r", organ="all", form="digest", sha256="0" * 64)
    row = row_of(observations(Document("span", sentence, metadata=metadata)), "57件")
    assert row["period"] == period


@pytest.mark.parametrize(
    ("sentence", "period"),
    [("1至6月，", "2017H1"), ("1至8月，", "2017-01..2017-08"), ("1至12月，", "2017"), ("上半年，", "2017H1"), ("过去一年，", "2017")],
)
def test_a_part_of_the_year_is_one_of_the_documents_year(sentence, period):
    metadata = Metadata(title="t", publisher="p", retrieved="2026-01-01", period="2017", region="r", organ="all", form="digest", sha256="0" * 64)
    assert row_of(observations(Document("part", f"{sentence}全市立刑事案件57件。", metadata=metadata)), "57件")["period"] == period


def test_a_figure_of_the_courts_is_none_of_the_police():
    table = observations(Document("note", "2017年，全市法院审结刑事案件57件。2017年，全市公安机关立刑事案件91件。"))
    assert [bool(indicator) for indicator in table["indicator"]] == [False, True]


def test_what_a_note_says_of_the_whole_country_has_a_region():
    table = observations(Document("note", "2017年，全国公安机关立案120起，破案90起。新增学位300个。"))
    assert set(table["region"]) == {"national"} and set(table["region_source"]) == {"inferred"}
    assert set(observations(NOTE)["region"]) == {""} and set(observations(NOTE)["organ"]) == {"all"}


def test_every_entry_of_the_ledger_is_a_row_of_statements():
    ledger = extract(NOTE)
    table = codebook.validate(tidy.statements([ledger]), "statements")
    assert len(table) == len(ledger.entries) and set(table["entry"]) == {"observation", "other"}
    assert not tidy.check_offsets(table, {"note": TEXT})


def test_an_offset_that_lost_its_words_is_noticed():
    table = tidy.statements([extract(NOTE)])
    faults = tidy.check_offsets(table, {"note": " " + TEXT})
    assert len(faults) >= len(table) and "12364" in " ".join(faults)


def test_a_document_without_any_number_gives_empty_tables_with_all_columns():
    table = observations(Document("empty", "无数字。"))
    assert table.empty and list(table.columns) == list(codebook.load().of("observations"))


def test_one_number_said_of_two_indicators_has_two_ids():
    row = {"doc": "a", "id": "a:1"}
    assert [r["id"] for r in tidy._with_own_ids([row, dict(row), dict(row)])] == ["a:1", "a:1#2", "a:1#3"]


def test_two_documents_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two documents have this name"):
        observations(NOTE, NOTE)


@pytest.mark.parametrize(("column", "value"), [("value", 12364.0), ("start", 1.0), ("kind", "guess"), ("as_written", ""), ("qualitative", None)])
def test_a_wrong_cell_is_refused_by_the_schema(column, value):
    table = observations(NOTE).astype(object)
    table.at[0, column] = value
    with pytest.raises(SchemaErrors):
        codebook.validate(table, "observations")


def test_every_column_of_the_codebook_stands_in_a_table():
    book = codebook.load()
    assert set(book.columns) == {name for table in book.tables.values() for name in table.columns}
    assert set(book.tables) == set(codebook.TABLES)


def test_the_page_of_the_codebook_is_what_the_codebook_says():
    page = Path(__file__).parents[1] / "docs/codebook.md"
    assert page.read_text("utf-8") == codebook.as_markdown(), (
        "python -c 'from analysis import codebook; print(codebook.as_markdown(), end=str())' > docs/codebook.md"
    )


# --- corrections ---------------------------------------------------------------------------------------------------------------


def test_a_flag_marks_the_observation_and_changes_nothing_else():
    before, after = observations(NOTE), observations(NOTE, declared=[correction()])
    assert row_of(after, "12364起")["correction"] == "one"
    assert before.drop(columns="correction").equals(after.drop(columns="correction"))


def test_a_replaced_value_keeps_what_is_printed():
    row = row_of(observations(NOTE, declared=[correction(action="replace", value="12364.50")]), "12364起")
    assert (row["value"], row["value_printed"], row["resolution"]) == (Decimal("12364.50"), Decimal(12364), Decimal("0.01"))


def test_an_excluded_number_leaves_the_observations():
    assert "12364起" not in set(observations(NOTE, declared=[correction(action="exclude")])["as_written"])


@pytest.mark.parametrize(
    ("action", "column", "value"),
    [("set_period", "period", "2016"), ("set_unit", "unit", "件"), ("set_scope", "scope", "全省"), ("set_kind", "kind", "target")],
)
def test_a_field_is_set(action, column, value):
    row = row_of(observations(NOTE, declared=[correction(action=action, value=value)]), "12364起")
    assert row[column] == value and row["correction"] == "one"


@pytest.mark.parametrize(("action", "value"), [("set_period", "2999"), ("set_period", "1899"), ("set_unit", "万起"), ("set_unit", "亿元")])
def test_what_no_document_can_be_about_and_what_is_no_unit_alone_is_refused(action, value):
    with pytest.raises(ValueError, match=f"{action} cannot set"):
        correction(action=action, value=value)


def test_a_period_is_not_set_far_ahead_of_its_document():
    declared = [correction(action="set_period", value="2090")]
    with pytest.raises(corrections.CorrectionError, match="correction 'one': the period '2090' lies in the future"):
        corrections.refuse_far_ahead(declared, {"note": date(2018, 3, 31)})
    corrections.refuse_far_ahead(declared, {"note": date(2085, 3, 31)})


def test_a_number_taken_for_no_statistic_becomes_one():
    text = "第3号公报:受案12件。\n"
    note = Document("note", text)
    place = {"start": text.index("3"), "as_written": next(e.as_written for e in extract(note).others if "3" in e.as_written)}
    place["start"] = text.index(place["as_written"])
    changes = [("set_kind", "actual"), ("set_name", "公报数"), ("replace", "3"), ("set_unit", "号")]
    declared = [correction(id=action.replace("_", "-"), action=action, value=value, **place) for action, value in changes]
    row = row_of(observations(note, declared=declared), place["as_written"])
    assert (row["name"], row["value"], row["unit"], row["kind"], row["value_printed"]) == ("公报数", Decimal(3), "号", "actual", None)


def test_an_indicator_is_set_and_must_be_known():
    known = catalogue.load().indicators[0].id
    assert row_of(observations(NOTE, declared=[correction(action="set_indicator", value=known)]), "12364起")["indicator"] == known
    with pytest.raises(corrections.CorrectionError, match="no indicator 'nonsense'"):
        observations(NOTE, declared=[correction(action="set_indicator", value="nonsense")])


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"doc": "other"}, "there is no document 'other'"),
        ({"as_written": "12365起"}, "no longer stands"),
        ({"start": 7, "as_written": "市"}, "0 numbers are read"),
        ({"name": "别的指标"}, "0 numbers are read"),
    ],
)
def test_a_correction_that_no_longer_fits_stops_the_build(changes, fault):
    with pytest.raises(corrections.CorrectionError, match=fault):
        observations(NOTE, declared=[correction(**changes)])


def test_all_corrections_that_do_not_fit_are_named_at_once():
    with pytest.raises(corrections.CorrectionError) as caught:
        observations(NOTE, declared=[correction(id="one", doc="x"), correction(id="two", doc="y")])
    assert "'one'" in str(caught.value) and "'two'" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("- {id: a}", "correction 'a': key 'doc' is missing"),
        ("a: b", "no list of corrections"),
        ("[", "corrections.yml"),
        ("- {id: a, doc: d, start: 1, as_written: x, action: replace, reason: r, evidence: e}", "needs a value"),
        ("- {id: a, doc: d, start: 1, as_written: x, action: replace, value: many, reason: r, evidence: e}", "correction 'a'"),
        ("- {id: a, doc: d, start: 1, as_written: x, action: flag, value: 1, reason: r, evidence: e}", "takes no value"),
        ("- {id: a, doc: d, start: 1, as_written: x, action: flag, reason: r, evidence: e}\n" * 2, "twice: a"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path, content, fault):
    path = tmp_path / "corrections.yml"
    path.write_text(content, "utf-8")
    with pytest.raises(corrections.CorrectionError) as caught:
        corrections.load(path)
    assert fault in str(caught.value)


def test_no_file_means_no_corrections(tmp_path):
    assert corrections.load(tmp_path / "corrections.yml") == []


@pytest.mark.parametrize("text", ["2017年第13月，立案120起。", "2017年99月审结90件，同比上升3%。", "2017年0月立案3起。"])
def test_a_period_there_is_not_is_never_in_the_table(text):
    assert set(observations(Document("note", text))["period"]) <= {"", "2017"}
