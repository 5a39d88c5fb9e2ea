"""The audit's checks, each on bulletins of its own that pass and that do not; the whole Bijie article; the findings table."""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import yaml

from analysis import audit as room
from analysis import catalogue, documents, tidy
from analysis.audit import registry
from analysis.audit.checks import CHECKS
from analysis.audit.told import STANDINGS, by_place, read_told, standing
from analysis.documents import Document
from analysis.extract import extract
from analysis.lexicon.words import words
from analysis.verbs import audit_documents
from proving.audit_cases import breaks_of, cases, made_catalogue, observe

ROOT = Path(__file__).parents[1]
CORPUS = Path(os.environ.get("TONGBI_CORPUS", ROOT / "../shared/corpus"))
ARTICLE = CORPUS / "labelled/000-bijie-2017.txt"
CASES = cases()
LOOSE = yaml.safe_load((ROOT / "tests/cases/loose.yml").read_text("utf-8"))
BULLETINS = yaml.safe_load((ROOT / "tests/cases/bulletins.yml").read_text("utf-8"))
WORDING = {lang: yaml.safe_load((ROOT / f"src/analysis/audit/wording.{lang}.yml").read_text("utf-8")) for lang in ("zh", "en")}
# A check that only tells something has no failing case, one that only looks for faults no passing one.
ONLY_TELLS, ONLY_FAILS = {"target"}, {"unit-slip"}


def contradicting(case: dict[str, Any]) -> bool:
    """Whether a case's check must find a fault in it."""
    return case["verdict"] in ("contradiction", "borderline")


@pytest.mark.parametrize(
    ("published", "cause"),
    [(("2018-01-05", "2019-03-01"), "revised"), (("2018-01-05", "2018-07-01"), "one_definition"), (("2018-01-05", ""), "one_definition")],
)
def test_only_a_document_of_a_later_year_may_have_revised_a_figure(published: tuple[str, str], cause: str) -> None:
    table = observe(["2017年，全市法院受理案件51201件。", "2017年，全市法院受理案件51983件。"], {"受理": "received"})
    table["published"] = list(published)
    found = room.audit(table, made_catalogue({"received": {}}))
    (told,) = found[found["check"] == "same-figure"].to_dict("records")
    assert told["cause"] == cause
    assert ("revised since" in told["message_en"]) == (cause == "revised") != ("一口径下" in told["message_zh"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['check']}: {case['id']}")
def test_a_check_says_what_its_case_asks(case: dict[str, Any]) -> None:
    table = observe(case["texts"], case.get("names"))
    found = room.audit(table, made_catalogue(case.get("catalogue", {})), breaks_of(case))
    own = found[found["check"] == case["check"]]
    if case["verdict"] == "silent":
        assert own.empty, own["message_en"].tolist()
        return
    told = "\n".join(map(str, table[["name", "unit", "period", "as_written", "change_as_written", "indicator"]].values.tolist()))
    assert case["verdict"] in set(own["verdict"]), f"{own['verdict'].tolist()}, of {found['check'].tolist()}\n{told}"
    if "cause" in case:
        assert case["cause"] in set(own["cause"]), own["cause"].tolist()
    if case["verdict"] == "consistent":
        assert "contradiction" not in set(found["verdict"]), found[found["verdict"] == "contradiction"]["message_en"].tolist()


def audited(texts: list[str], periods: list[str]) -> pd.DataFrame:
    """The findings on some texts, published a month apart, with our own catalogue."""
    metadata = [
        SimpleNamespace(region="here", organ="all", period=period, published=date(2024, n + 1, 1), columns={}) for n, period in enumerate(periods)
    ]
    docs = [Document(f"d{n}", text, metadata=about) for n, (text, about) in enumerate(zip(texts, metadata, strict=True))]
    return room.audit(tidy.observations(tidy.statements(map(extract, docs)), docs, catalogue.load()), catalogue.load())


@pytest.mark.parametrize("case", BULLETINS, ids=lambda case: case["id"])
def test_a_true_bulletin_is_not_contradicted(case: dict[str, Any]) -> None:
    found = audited(case["texts"], case.get("periods") or [""] * len(case["texts"]))
    assert "contradiction" not in set(found["verdict"]), found[found["verdict"] == "contradiction"]["message_en"].tolist()


@pytest.mark.parametrize(
    ("case", "wrong"), [(case, wrong) for case in BULLETINS for wrong in case.get("falsified", ())], ids=lambda part: part.get("say", "")
)
def test_a_number_falsified_in_it_is_found(case: dict[str, Any], wrong: dict[str, str]) -> None:
    *before, last = case["texts"]
    assert last.count(wrong["instead of"]) == 1
    found = audited([*before, last.replace(wrong["instead of"], wrong["say"])], case["periods"])
    assert wrong["check"] in set(found[found["verdict"] == "contradiction"]["check"])


def test_every_check_has_a_case_that_passes_and_one_that_does_not() -> None:
    named = set(WORDING["en"]["checks"])
    passing = {case["check"] for case in CASES if case["verdict"] == "consistent"}
    failing = {case["check"] for case in CASES if contradicting(case)}
    assert passing == named - ONLY_FAILS
    assert failing == named - ONLY_TELLS


# Numbers of many kinds that belong to no case: what a check passes over on its way.
PASSED_OVER = (
    "2017年，全市巡查里程同比上升。全市巡查次数35次，年均增长5%。全市巡查费用比2012年增长5%。2017年，全市巡查覆盖率为35.1%，同比上升2.1%。"
    "巡查时限由30天缩短到12天，缩短18天。2018年，力争全市巡查到位率不低于90%。2017年，全市巡查道路比重占12%，人均巡查35公里，巡查费用3.2万元，同比增长5%。\n"
)


@pytest.mark.parametrize("case", [case for case in CASES if contradicting(case)], ids=lambda case: f"{case['check']}: {case['id']}")
def test_a_fault_is_found_behind_numbers_that_are_not_of_the_case(case: dict[str, Any]) -> None:
    first, *rest = case["texts"]
    found = room.findings(observe([PASSED_OVER + first, *rest], case.get("names")), made_catalogue(case.get("catalogue", {})))
    assert (case["check"], case["verdict"]) in {(finding.check, finding.verdict) for finding in found}


@cache
def observed(case_id: str) -> tuple[pd.DataFrame, Any]:
    """The observations of a case, and its catalogue."""
    case = next(case for case in CASES if case["id"] == case_id)
    return observe(case["texts"], case.get("names")), made_catalogue(case.get("catalogue", {}))


def found_by_all_their_cases() -> set[str]:
    """The names of checks all of whose cases that fail (or only tell) get what they ask."""
    cases = [case for case in CASES if contradicting(case) or case["check"] in ONLY_TELLS]
    missed = set()
    for case in cases:
        found = {(finding.check, finding.verdict) for finding in room.findings(*observed(case["id"]))}
        if (case["check"], case["verdict"]) not in found:
            missed.add(case["check"])
    return {case["check"] for case in cases} - missed


def test_a_check_that_is_removed_is_missed_by_its_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    named = set(WORDING["en"]["checks"])
    assert found_by_all_their_cases() == named
    missed = {}
    for removed in CHECKS:
        monkeypatch.setattr(room, "CHECKS", tuple(check for check in CHECKS if check is not removed))
        missed[removed.__name__] = named - found_by_all_their_cases()
    assert all(missed.values()), [name for name, cases in missed.items() if not cases]
    assert set().union(*missed.values()) == named


def test_both_languages_word_the_same_things() -> None:
    for part in WORDING["en"]:
        assert list(WORDING["zh"][part]) == list(WORDING["en"][part]), part


def test_the_table_of_the_checks_in_the_documentation_is_that_of_the_registry() -> None:
    page = (ROOT / "docs/audit.md").read_text("utf-8")
    table = page.partition("<!-- checks -->\n")[2].partition("<!-- end of checks -->")[0]
    assert table == registry.as_markdown(), "take it from analysis.audit.registry.as_markdown()"
    assert list(registry.RULES) == list(dict.fromkeys(registry.RULES)) and set(registry.RULES) == set(WORDING["en"]["checks"])


def test_a_check_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        registry.check("earlier-value", "", hard=True)(CHECKS[0])


def test_a_check_that_fails_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def check_nothing(book: Any) -> Any:
        yield from ()
        raise KeyError("a fault")

    monkeypatch.setattr(room, "CHECKS", (check_nothing, *CHECKS))
    with pytest.warns(room.CheckFailed, match="check_nothing was left out: .*KeyError: 'a fault'"):
        found = room.audit(observe(CASES[0]["texts"], CASES[0]["names"]), made_catalogue(CASES[0]["catalogue"]))
    assert "earlier-value" in set(found["check"])


# --- what may be said of a number ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "number", "word"),
    [
        (["2017年，全市法院受理案件5720件，同比上升10%。"], "5720件", "bounded"),
        (["2016年，全市法院受理案件5200件。2017年，全市法院受理案件5720件，同比上升10%。"], "5720件", "tested"),
        (["2016年，全市法院受理案件5200件。2017年，全市法院受理案件5720件，同比上升22%。"], "5720件", "contradiction"),
        (["2016年，全市法院受理案件超5000件。2017年，全市法院受理案件超5720件，同比上升10%。"], "超5720件", "bounded"),
        (["2017年，全市法院受理案件超5720件，同比上升10%。"], "超5720件", "untested"),
    ],
)
def test_a_number_is_tested_only_where_a_printed_figure_was_held_against_another(texts: list[str], number: str, word: str) -> None:
    told = read_told(room.audit(observe(texts, {"受理": "received"}), made_catalogue({"received": {}})))
    # A contradiction is the change's: the number beside it is one of those it was held against.
    mine = [finding for finding in told if number in {subject.as_written for subject in finding.subjects}]
    assert standing(mine).word == word
    assert (standing(mine).finding is None) == (not mine)


@pytest.mark.parametrize(
    ("publishers", "word"),
    [({}, "tested"), ({"d0": "青山报", "d1": "青山电视台"}, "tested"), ({"d0": "青山报", "d1": "青山报"}, "repeated"), ({"d0": "青山报"}, "tested")],
)
def test_a_figure_that_its_publisher_prints_again_is_repeated_and_not_tested(publishers: dict[str, str], word: str) -> None:
    texts = ["2017年，全市法院受理案件5720件。", "2017年，全市法院受理案件5720件。"]
    found = room.audit(observe(texts, {"受理": "received"}), made_catalogue({"received": {}}), publishers=publishers)
    (told,) = (one for one in read_told(found) if one.check == "same-figure")
    assert told.standing == word
    texts[1] = "2017年，全市法院受理案件5702件。"  # that one publisher contradicts itself is a contradiction all the same
    found = room.audit(observe(texts, {"受理": "received"}), made_catalogue({"received": {}}), publishers=publishers)
    assert next(one for one in read_told(found) if one.check == "same-figure").standing == "contradiction"


def test_the_findings_read_back_are_those_of_the_table() -> None:
    table = room.audit(observe(CASES[1]["texts"], CASES[1]["names"]), made_catalogue(CASES[1]["catalogue"]))
    told = read_told(table)
    assert [finding.id for finding in told] == table["id"].tolist()
    assert [finding.message("zh") for finding in told] == table["message_zh"].tolist() and told[0].message("en") == table["message_en"].iloc[0]
    assert all(finding.standing in STANDINGS for finding in told)
    assert all(told_of == by_place(told)[place] for place, told_of in by_place(told).items())
    assert {place for finding in told for place in [(finding.first.doc, finding.first.start)]} <= set(by_place(told))
    worst = next(finding for finding in told if finding.verdict == "contradiction")
    row = table.set_index("id").loc[worst.id]
    assert (worst.stated, worst.implied) == ((row["stated_low"], row["stated_high"]), (row["implied_low"], row["implied_high"]))
    assert (worst.gap, worst.smallest_visible_error, worst.unit) == (row["gap"], row["smallest_visible_error"], "%")


# --- documents without metadata -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", LOOSE, ids=lambda case: case["id"])
def test_documents_without_metadata_are_held_against_themselves_and_each_other(case: dict[str, Any]) -> None:
    found = audit_documents(*(Document(f"d{n}", text) for n, text in enumerate(case["texts"])))
    said = {f"{check}: {verdict}" for check, verdict in zip(found["check"], found["verdict"], strict=True)}
    assert said >= set(case.get("finds", ())), found["message_en"].tolist()
    assert not said & set(case.get("never", ())), found["message_en"].tolist()
    counts = {each: sum(f"{check}: {verdict}" == each for check, verdict in zip(found["check"], found["verdict"], strict=True)) for each in said}
    assert {each: counts.get(each, 0) for each in case.get("verdicts", {})} == case.get("verdicts", {})


# --- the findings table -------------------------------------------------------------------------------------------------------


def test_the_findings_table_has_the_columns_of_the_codebook_and_one_row_a_finding() -> None:
    found = room.audit(observe(CASES[0]["texts"]))
    assert tuple(found.columns) == room.COLUMNS
    assert found["id"].is_unique
    assert room.audit(observe(["没有数字。"])).empty


def test_a_finding_gives_intervals_gap_and_subjects() -> None:
    case = next(case for case in CASES if case["id"] == "rate said to rise while it fell")
    text = case["texts"][0]
    found = room.audit(observe(case["texts"])).set_index("check").loc["rate-change"]
    assert (found["stated_low"], found["stated_high"], found["stated_unit"]) == (Decimal("2.5"), Decimal("3.5"), "points")
    assert (found["implied_low"], found["implied_high"]) == (Decimal("-6.442864"), Decimal("-5.557529"))
    assert found["gap"] == Decimal("8.057529")
    subjects = json.loads(found["subjects"])
    assert [subject["as_written"] for subject in subjects] == ["同比上升3个百分点", "90.0%", "同比分别上升20%和12.5%", "同比分别上升20%和12.5%"]
    assert all(text[subject["start"] : subject["end"]] == subject["as_written"] for subject in subjects)
    assert "3个百分点" in found["message_zh"] and "−6" in found["message_zh"] and "−6" in found["message_en"]


def test_the_order_of_the_rows_changes_nothing() -> None:
    table = pd.concat([observe(case["texts"]).assign(doc=lambda rows, n=n: rows["doc"] + f"-{n}") for n, case in enumerate(CASES[:30])])
    found = room.audit(table.reset_index(drop=True))
    shuffled = room.audit(table.sample(frac=1, random_state=3).reset_index(drop=True))
    pd.testing.assert_frame_equal(found, shuffled)


def test_text_or_decimal_cells_and_every_sort_of_empty_cell_read_alike() -> None:
    table = observe(CASES[1]["texts"], CASES[1]["names"])
    as_text = table.map(lambda cell: None if cell is None or cell == "" else str(cell))
    empty = as_text.where(as_text.notna(), float("nan"))
    entries = made_catalogue(CASES[1]["catalogue"])
    pd.testing.assert_frame_equal(room.audit(table, entries), room.audit(as_text, entries))
    pd.testing.assert_frame_equal(room.audit(table, entries), room.audit(empty, entries))


def test_documents_without_a_region_are_not_matched() -> None:
    case = CASES[1]
    table = observe(case["texts"], case["names"]).assign(region="")
    found = room.audit(table, made_catalogue(case["catalogue"]))
    assert "contradiction" not in set(found["verdict"])


@pytest.mark.parametrize("column", ["region", "scope"])
def test_different_places_are_not_matched(column: str) -> None:
    case = CASES[1]
    table = observe(case["texts"], case["names"])
    table[column] = ["东城" if n else "西城" for n in range(len(table))]
    assert "contradiction" not in set(room.audit(table, made_catalogue(case["catalogue"]))["verdict"])


def test_the_province_in_a_bulletin_of_a_city_is_another_place():
    texts = [
        "2017年，全市立案120起，全市破案90起。\n2017年，全省立案1200起。",
        "2018年，全市立案132起，同比上升10%。\n2018年，全省立案1500起，同比上升25%。",
    ]
    found = room.audit(observe(texts, {"立案": "filed"}), made_catalogue({"filed": {}}))
    assert found[found["check"] == "earlier-value"]["verdict"].tolist() == ["consistent"] * 2 and "contradiction" not in set(found["verdict"])


def test_figures_without_a_period_are_not_matched_across_documents():
    table = observe(["全市刑事案件立案数同比下降12%。", "全市刑事案件立案数同比下降15%。"], {"立案": "filed"}).assign(period="")
    assert "same-change" not in set(room.audit(table, made_catalogue({"filed": {}}))["check"])


def test_two_national_releases_without_metadata_are_held_against_each_other():
    documents_ = [
        Document("a", "2019年，全国检察机关共办理各类案件314万余件。"),
        Document("b", "2020年，全国检察机关共办理各类案件301万件，同比下降19.4%。"),
    ]
    found = room.audit(tidy.observations(tidy.statements(map(extract, documents_)), documents_, catalogue.load()), catalogue.load())
    assert found[found["verdict"] == "contradiction"][["check", "cause"]].values.tolist() == [["earlier-value", "definition_changed"]]


def test_a_fact_dated_after_its_document_is_not_matched() -> None:
    case = CASES[1]
    table = observe([text.replace("2016", "2023").replace("2017", "2024") for text in case["texts"]], case["names"])
    found = room.audit(table, made_catalogue(case["catalogue"]))
    assert "date_after_publication" in set(found["cause"]) and "contradiction" not in set(found["verdict"])


def loosely_bound() -> pd.DataFrame:
    """The observations of a bulletin whose change is read to a level that other words separate from it."""
    table = observe(["2017年，全市法院受理破产案件41件，涉案资产估值总额同比上升131%。"])
    table.loc[table["value"].notna(), ["change_direction", "change_amount", "change_kind", "change_basis", "change_resolution"]] = [
        "up", Decimal(131), "percent", "yoy", Decimal(1)]  # fmt: skip
    start = table["quote"].iloc[0].index("同比")
    table.loc[table["value"].notna(), ["change_as_written", "change_start", "change_end"]] = ["同比上升131%", start, start + 8]
    return table


def test_a_change_said_of_something_else_is_not_held_against_the_level() -> None:
    assert "integer-feasibility" not in set(room.audit(loosely_bound())["check"])


# --- what a change implies about the level before ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("2017年，全市法院受理案件5720件。", []),
        ("2017年，全市法院受理案件数同比上升10%。", []),
        ("2017年，全市法院受理案件5720件，年均增长10%。", []),
        ("2017年，全市破案率为65.0%，同比上升5.0%。", []),
        ("2018年，力争全市刑事案件立案400起，同比下降10%。", []),
        ("2017年，全市巡查35次。2017年，全市法院受理案件5720件，同比上升10%。", [("5176.470588", "5223.744293", 5177, 5223, "")]),
        ("2017年，全市破案率为65.0%，同比上升5.0%。2017年，全市法院受理案件5720件，同比上升10%。", [("5176.470588", "5223.744293", 5177, 5223, "")]),
        ("2017年，全市破案率为65.0%，同比上升5个百分点。", [("59.45", "60.55", None, None, "")]),
        ("2017年，全市法院受理破产案件41件，同比上升131%。", [("17.710583", "17.787419", None, None, "no_integer")]),
        ("2017年，全市法院经费3.25万元，同比上升1000%。", [("2948.6597", "2960.436563", None, None, "")]),
        ("2017年，全市法院经费3.2元，同比上升10.00%。", [("2.863506", "2.95468", None, None, "")]),
        ("2017年，全市法院受理破产案件41件，同比下降超45%。", [("74.545454", None, None, None, "")]),
        ("2017年，全市批准逮捕302件411人，同比分别上升2%和0.3%。", [
            ("294.634146", "297.536946", 295, 297, "2.0%: 295.93..296.22 (296..296)"), ("409.566517", "409.975063", None, None, "no_integer")]),
        ("2017年，全市破案率和结案率为65.0%、75.0%，"
         "同比分别上升2个百分点和0.3个百分点。", [("62.45", "63.55", None, None, ""), ("74.6", "74.8", None, None, "")]),
        ("2017年，全市批准逮捕超3000件、4110人，同比分别上升2%和0.3%。", [
            ("2926.829268", None, None, None, ""), ("4095.665171", "4099.750624", 4096, 4099, "")]),
    ],
)  # fmt: skip
def test_a_change_implies_the_level_before(text: str, rows: list[tuple[Any, ...]]) -> None:
    found = room.implied(observe([text]))
    columns = ["implied_low", "implied_high", "integers_low", "integers_high", "note"]
    expected = [tuple(Decimal(end) if end else None for end in row[:2]) + row[2:] for row in rows]
    assert [tuple(row) for row in found[columns].itertuples(index=False)] == expected


def test_a_change_of_something_else_implies_nothing() -> None:
    assert room.implied(loosely_bound()).empty


# --- the Bijie bulletin -------------------------------------------------------------------------------------------------------

# The earlier values of 2016, calculated by hand: what the printed change implies, and the whole numbers that fit.
IMPLIED = {
    "63221": ("52951.13", "52955.56", 52952, 52955), "60061": ("51007.22", "51050.57", 51008, 51050),
    "3012": ("2818.91", "2821.55", 2819, 2821), "4104": ("3877.18", "3880.85", 3878, 3880),
    "3097": ("3021.46", "3051.23", 3022, 3051), "4274": ("4259.09", "4263.34", 4260, 4263),
    "12319": ("9706.50", "9707.26", 9707, 9707), "10402": ("9024.42", "9025.20", 9025, 9025),
    "12364": ("16581.51", "16583.73", 16582, 16583), "7772": ("10846.42", "10847.93", 10847, 10847),
    "58.3": ("58.0", "58.2", None, None), "84.44": ("78.94", "79.94", None, None), "60.87": ("54.36", "55.38", None, None),
}  # fmt: skip


def bijie(path: Path) -> pd.DataFrame:
    """The observations of the bulletin, or of our digest of it."""
    document = documents.read(path)
    return tidy.observations(tidy.statements([extract(document)]), [document], catalogue.load())


@pytest.fixture(scope="module", params=["digest", "article"])
def bulletin(request: pytest.FixtureRequest) -> pd.DataFrame:
    """The observations of both."""
    path = {"digest": ROOT / "data/raw/bijie/bijie-2017.txt", "article": ARTICLE}[request.param]
    if not path.exists():
        pytest.skip("the article is not here: set TONGBI_CORPUS to the folder of the corpus")
    return bijie(path)


def test_bijie_has_one_contradiction(bulletin: pd.DataFrame) -> None:
    found = room.audit(bulletin, catalogue.load())
    hard = found[found["verdict"] == "contradiction"]
    assert hard["check"].tolist() == ["rate-change"]
    row = hard.iloc[0]
    assert (row["stated_low"], row["stated_high"]) == (Decimal("4.5"), Decimal("5.5"))
    assert (round(row["implied_low"], 2), round(row["implied_high"], 2)) == (Decimal("-8.54"), Decimal("-8.53"))
    assert (round(row["gap"], 2), row["cause"]) == (Decimal("13.03"), "other_denominator_likely")
    assert "borderline" not in set(found["verdict"])


def test_bijie_implies_the_values_calculated_by_hand(bulletin: pd.DataFrame) -> None:
    values = {row["id"]: f"{row['value']}" for row in bulletin.to_dict("records")}
    rows = {values[row["id"]]: row for row in room.implied(bulletin).to_dict("records")}
    assert set(rows) == set(IMPLIED)
    for value, (low, high, least, greatest) in IMPLIED.items():
        row = rows[value]
        assert (round(row["implied_low"], 2), round(row["implied_high"], 2)) == (Decimal(low), Decimal(high)), value
        assert (row["integers_low"], row["integers_high"], row["implied_period"]) == (least, greatest, "2016"), value
    assert rows["3097"]["note"] == "2.0%: 3034.79..3037.76 (3035..3037)"


def test_bijie_passes_what_was_passed_by_hand(bulletin: pd.DataFrame) -> None:
    found = room.audit(bulletin, catalogue.load())
    passed = found[found["verdict"] == "consistent"]
    written = {(row["check"], json.loads(row["subjects"])[0]["as_written"]) for row in passed.to_dict("records")}
    for check, words_ in {
        "rate-ratio": ["84.44%"], "parts-sum": ["287件"], "verb-order": ["3个流程", "3.68个工作日", "170件"],
        "persons-per-case": ["4104人", "4274人", "37人", "1828人", "30人"],
        "rate-bounds": ["58.3%", "97.75%", "99.5%", "84.44%", "60.87%", "100%"],
    }.items():  # fmt: skip
        for word in words_:
            assert (check, word) in written, (check, word)
    below = {json.loads(row["subjects"])[0]["as_written"] for row in passed.to_dict("records") if row["check"] in ("part-within-whole", "step-order")}
    assert below >= {"10402件", "60061件", "7772起", "230件", "700件", "690件", "1949件", "1624件", "25件", "143家"}
    assert {"persons-per-case-before", "part-within-whole-before", "rate-bounds-before", "remainder", "remainder-before"} <= set(passed["check"])


def test_the_vocabulary_is_plain_lists_without_repeats() -> None:
    for name in ("of_which", "rest", "stocks", "yearly_mean", "between_level_and_change"):
        assert len(words(name)) == len(set(words(name))), name
