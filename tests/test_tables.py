"""The tables of a report, and what the arithmetic section says of findings."""

import json
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest
from facts_builder import fact

from analysis.audit.told import read_told
from analysis.report import annex, arithmetic, back, methods, results, tables
from analysis.report.comparing import computed_movement, spread_of_change
from analysis.report.facts import Implied
from analysis.report.grouping import foremost, with_levels
from analysis.report.machine import machine_rows
from analysis.report.naming import capital
from analysis.report.narrative import Narrator
from analysis.report.phrases import Wording
from analysis.report.strengths import Strength, read_strengths


@pytest.fixture(params=["zh", "en"])
def narrator(request):
    return Narrator(Wording.load(request.param), "2017")


def english():
    return Narrator(Wording.load("en"), "2017")


def findings(*rows):
    base = {"check": "earlier-value", "verdict": "consistent", "indicator": "criminal", "period": "2017", "cause": "", "stated_low": None,
            "stated_high": None, "stated_unit": "", "implied_low": None, "implied_high": None, "gap": None,
            "smallest_visible_error": None,
            "id": "x", "strength": "tested", "region": "", "implied_unit": "", "message_zh": "说明。", "message_en": "Explained."}  # fmt: skip
    subjects = json.dumps([{"doc": "doc", "start": 10, "end": 16, "as_written": "12364起"}])
    return read_told(pd.DataFrame([base | {"subjects": subjects} | row for row in rows], dtype=object))


def test_the_headline_table_has_value_change_implied_value_and_verdict(narrator):
    one = fact(change={}, implied=("16581.5", "16583.7", (16582, 16583)), verdict="consistent")
    row = tables.headline_table([one], narrator, "x").rows[0]
    assert row[1].startswith(("12,364", "12364"))
    assert row[2] == "−25.44%"
    assert row[3].startswith(("16,582 to 16,583", "16582～16583"))
    assert row[4].startswith("✓")


def test_what_is_printed_without_its_level_stands_in_the_row_that_has_it():
    level = fact(ref=1, change={"direction": "down", "amount": "25.44"})
    sharply = fact(value=None, ref=2, doc="other", change={"direction": "down", "amount": None, "kind": ""}, as_written="大幅下降")
    otherwise = fact(value=None, ref=3, doc="third", change={"direction": "down", "amount": "20"})
    alone = fact("closed", value=None, ref=4, change={"direction": "up", "amount": "1"})
    table = tables.headline_table([level, sharply, otherwise, alone], english(), "x")
    assert [row[0] for row in table.rows] == ["Criminal cases filed", "Cases closed by the courts"]
    assert table.rows[0][2] == "−25.44% (−20% elsewhere)" and table.rows[0][-1] == "1, 2, 3"
    assert [piece.link for piece in table.rows[0][2].pieces[::2]] == ["s1", "s3"]
    assert table.rows[1][1] == "not held here"
    assert [row[0] for row in table.data][1:] == ["1", "4"]


def test_a_level_in_one_sentence_has_the_change_that_stands_in_another():
    table = tables.headline_table([fact(ref=1), fact(value=None, ref=2, change={"direction": "down", "amount": "20"})], english(), "x")
    assert table.rows[0][1:] == ("12,364", "−20%", "1, 2") and table.rows[0][2].link == "s2"
    # Two prints of a level stay two rows, and what goes with one of them is in the row of its document.
    change = fact(value=None, ref=3, doc="other", change={"direction": "down", "amount": "20"})
    prints = [fact(ref=1), fact(ref=2, value="12346", doc="other"), change]
    assert [members[0].ref for members in tables.in_rows(prints, english()) for _ in members[1:]] == [2]


def test_a_figure_that_is_printed_alike_twice_names_both_places():
    prints = [fact(ref=1, assumed=True), fact(ref=2, doc="other", change={"amount": "25.44"}), fact(ref=3, doc="third", assumed=True)]
    (kept,) = tables.distinct(prints)
    assert (kept.ref, kept.also, kept.assumed) == (2, (1, 3), False)
    refs = tables.headline_table([kept], english(), "x").rows[0][-1]
    assert refs == "1, 2, 3" and [piece.link for piece in refs.pieces[::2]] == ["s1", "s2", "s3"]
    assert tables.distinct(prints[:1]) == prints[:1]


def test_an_earlier_count_that_only_one_integer_fits_is_one_number():
    one = fact(value="12319", change={"direction": "up", "amount": "26.91"}, implied=("9706.5", "9707.3", (9707, 9707)))
    assert tables.earlier_cells([one], english())[0] == "9,707"


def test_an_earlier_rate_is_rounded_away_from_the_interval():
    one = fact(
        indicator="rate",
        value="84.44",
        unit="%",
        change={"direction": "up", "amount": "5", "kind": "percentage_points"},
        implied=("78.935", "79.945", None),
    )
    assert tables.earlier_cells([one], english())[0] == "78.93% to 79.95%"


@pytest.mark.parametrize(
    ("kinds", "marked", "cells"),
    [
        ("ppi", "implied", ["10", "10", "9,707 (implied)"]),
        ("pii", "printed", ["10 (printed)", "9,707", "9,707"]),
        ("pp", "all_printed", ["10", "10"]),
        ("ii", "all_implied", ["9,707", "9,707"]),
    ],
)
def test_of_printed_and_implied_earlier_values_the_fewer_are_marked_and_the_note_says_what_the_others_are(kinds, marked, cells):
    implied = {"value": "12319", "change": {"direction": "up", "amount": "26.91"}, "implied": ("9706.5", "9707.3", (9707, 9707))}
    printed = {"value": "3", "previous": "10", "previous_period": "2016"}
    facts = [fact(ref=at, **(printed if kind == "p" else implied)) for at, kind in enumerate(kinds, start=1)]
    table = tables.headline_table(facts, english(), "x")
    assert [row[table.columns.index("A year earlier")] for row in table.rows] == cells
    assert english().wording(f"notes.earlier_marked.{marked}") in tables.notes(facts, english())


def test_a_level_that_only_our_documents_do_not_give_is_not_called_unpublished(narrator):
    cell = tables.value_cell(fact(value=None, change={}), narrator)
    assert cell in ("not held here", "本库未载")


def test_a_further_change_of_a_level_stands_beside_it_and_once_among_the_headlines():
    """A table prints +9.54 % and +112 of one figure: the second is no figure without a level."""
    level = fact(ref=1, value="1286", change={"direction": "up", "amount": "9.54"})
    further = replace(fact(ref=2, value=None, change={"direction": "up", "amount": "112", "kind": "absolute"}), names=level.names)
    other = fact(ref=3, indicator="homicide", value=None, change={"direction": "up", "amount": "7", "kind": "absolute"})
    told = with_levels([level, further, other])
    table = tables.facts_table("t", told, english(), "x", "f")
    assert [row[table.columns.index("Figure")] for row in table.rows] == ["1,286", "1,286", "not held here"]
    assert [row[table.data[0].index("value")] for row in table.data[1:]] == ["1286", "", ""]
    assert [one.ref for one in foremost(told)] == [1, 3]
    monthly = replace(level, movement=replace(level.movement, basis="previous_period"))
    yearly = replace(further, movement=replace(further.movement, kind="percent", basis="yoy"))
    assert [one.ref for one in foremost(with_levels([monthly, yearly, other]))] == [2, 3]


def test_an_earlier_value_without_a_year_does_not_stand_under_a_year_earlier():
    one = fact(value="3", previous="10")
    assert (tables.earlier_cells([one], english())[0], tables.base_cell(one, english())) == ("", "10 (year not given)")


def test_an_earlier_value_of_another_base_keeps_its_period():
    one = replace(
        fact(value="10", change={"direction": "up", "amount": "150", "basis": "fixed", "base": "2015"}),
        implied=Implied(Decimal(4), Decimal(4), (4, 4), "2015"),
    )
    assert (tables.earlier_cells([one], english())[0], tables.base_cell(one, english())) == ("", "4 (2015, implied)")


def test_percent_and_points_keep_their_names():
    points = fact(unit="%", change={"direction": "up", "amount": "5", "kind": "percentage_points"})
    assert tables.change_cell(points, english()) == "+5\xa0pp"
    assert tables.change_cell(fact(change={}), english()) == "−25.44%"


def test_a_base_other_than_the_year_before_stands_beside_the_change():
    assert tables.change_cell(fact(change={"basis": "fixed", "base": "2012"}), english()) == "−25.44% (on 2012)"


def test_columns_without_content_are_left_out():
    table = tables.chapter_table("ecology", [fact(value="52", unit="个")], english(), "x")
    assert list(table.columns) == ["Indicator", "Figure", "Source"]


def test_a_row_of_another_period_says_so_behind_its_name_where_it_is_one_of_many():
    own, other = [fact(ref=ref, value=str(ref)) for ref in range(1, 5)], fact(ref=9, period="2015", value="9")
    table = tables.chapter_table("ecology", [*own, other], english(), "x")
    assert "Period" not in table.columns
    assert [row[0].endswith(" (2015)") for row in table.rows] == [False] * 4 + [True]
    assert "Period" in tables.chapter_table("ecology", [*own[:3], other], english(), "x").columns


def test_the_same_figure_printed_twice_is_one_row_and_the_one_with_the_change():
    twice = [fact(ref=1), fact(ref=2, change={})]
    assert [one.ref for one in tables.distinct(twice)] == [2]


def test_two_values_for_one_figure_are_both_kept():
    assert len(tables.distinct([fact(ref=1), fact(ref=2, value="12365")])) == 2


def test_our_own_arithmetic_is_marked_and_explained(narrator):
    one = replace(fact(value="1331"), movement=computed_movement(Decimal(1490), Decimal(1331), False))
    assert tables.change_cell(one, narrator) == "−10.7%†"
    assert "†" in tables.notes([one], narrator)


@pytest.mark.parametrize(("comparator", "goal", "actual", "met"), [
    (">=", "90", "90", "yes"), (">", "90", "90", "no"), ("<=", "3", "3.1", "no"), ("<", "15", "14.9", "yes"), 
    ("=", "100", "120", "yes")])  # fmt: skip
def test_targets_are_met_as_they_are_worded(comparator, goal, actual, met):
    assert results.is_attained(fact(value=goal, comparator=comparator, kind="target"), fact(value=actual)) == met


def test_a_hedged_outcome_leaves_a_target_open():
    assert results.is_attained(fact(value="90", comparator=">="), fact(value="90", hedge="about")) == "unknown"


def test_the_targets_table_shows_outcomes_only_where_some_are_known():
    goal = fact(value="90", unit="%", comparator=">=", kind="target")
    assert list(results.targets_table([goal], {}, english(), "x").columns) == ["Indicator", "Target", "Source"]
    assert results.targets_table([goal], {goal.id: fact(value="91", unit="%")}, english(), "x").rows[0][1:4] == ["at least 90%", "91%", "yes"]


def test_every_source_has_its_sentence_and_leads_back(narrator):
    pair = [fact(ref=1), fact(ref=2)]
    about = SimpleNamespace(form="digest", title="t", publisher="p", published=None, url="https://a.example/")
    row = annex.sources_table("sources-1", [(about, pair)], {1: "h1", 2: "f2"}, narrator, "x").rows[0]
    assert list(row[1:]) == [f"12364起{narrator.wording('list_of_numbers')}12364起", "一句话。"]
    assert [(piece.link, piece.place) for piece in row[0].pieces if hasattr(piece, "link")] == [("h1", "s1"), ("f2", "s2")]


def test_the_sentences_of_a_digest_that_gave_no_figure_are_found_and_headings_are_none():
    text = "青山县摘编\n\n立案12起。\n30余家单位参与了指导。\n县里开了会。\n"
    doc = SimpleNamespace(id="doc", text=text, metadata=SimpleNamespace(form="digest", period="2017"))
    read = [fact(starts=(text.index("12起"),)), fact(starts=(text.index("30余家"),), doc="other")]
    assert back.sentences_without_figures(doc, "2017", read) == ["30余家单位参与了指导", "县里开了会"]
    assert back.sentences_without_figures(doc, "2018", read) == []
    doc.metadata.form = "original"
    assert back.sentences_without_figures(doc, "2017", read) == []


def test_the_tables_of_one_publication_are_one_list_with_their_titles(narrator):
    abouts = [SimpleNamespace(form="table", title=title, publisher="p", published=None, url="https://a.example/") for title in ("甲表", "乙表")]
    docs = [SimpleNamespace(id=about.title, metadata=about) for about in abouts]
    alone = SimpleNamespace(id="c", metadata=SimpleNamespace(form="digest", publisher="p", published=None, url="https://a.example/"))
    assert back.publications([docs[0], alone, docs[1]]) == [docs, [alone]]
    held = [(about, [fact(ref=at, quote=f"1985 / 收案 / {at}")]) for at, about in enumerate(abouts, start=1)]
    table = annex.sources_table("sources-1", held, {}, narrator, "x")
    assert [row[2] for row in table.rows] == ["甲表", "乙表"] and len(table.columns) == 4
    assert len(table.data) == 3 and [row[table.data[0].index("title")] for row in table.data[1:]] == ["甲表", "乙表"]


def test_the_machine_table_has_exact_numbers():
    header, row = machine_rows([fact(change={})])
    assert dict(zip(header, row, strict=True))["change_amount"] == "25.44"


def test_checks_are_counted_by_kind_and_in_total():
    table = results.checks_table(findings({}, {"verdict": "contradiction"}, {"check": "rate-bounds", "strength": "bounded"}), english(), "x")
    assert list(table.columns[1:]) == ["agrees", "within bounds", "contradiction"]
    assert table.rows[-1] == ["Total", "1", "1", "1"]


def test_checks_stand_in_one_order_in_every_language():
    made = findings({}, {"check": "rate-bounds", "strength": "bounded"}, {"check": "step-order"}, {"check": "average"}, {"check": "average"})
    orders = []
    for lang in ("zh", "en"):
        table = results.checks_table(made, Narrator(Wording.load(lang), "2017"), "x")
        names = {capital(results.check_name(check, Wording.load(lang))): check for check in {told.check for told in made}}
        orders.append([names[row[0]] for row in table.rows[:-1]])
    assert orders[0] == orders[1] and orders[0][0] == "average" and orders[0][1:] == sorted(orders[0][1:])


def test_only_a_print_against_a_print_earns_the_mark():
    told = {strength: read_strengths(findings({"strength": strength}))["doc", 10].verdict for strength in ("tested", "bounded")}
    assert told == {"tested": "consistent", "bounded": "bounded"}


def test_the_smallest_visible_error_stands_beside_the_verdict():
    weak, one = (fact(verdict="consistent", tested=Strength("consistent", Decimal(size), "%")) for size in ("974.847", "97.4847"))
    assert tables.mark_cell(one, english()) == "✓ ±98\xa0pp"
    assert tables.mark_cell(weak, english()) == "✓ agrees"  # an error larger than the figure says nothing
    bounded = fact(verdict="bounded", tested=Strength("bounded", Decimal("97.4847"), "%"))
    assert tables.mark_cell(bounded, english()) == "within\xa0bounds"  # how far off it could be and still be possible stands in the data


def test_what_a_break_keeps_from_comparison_is_told_neutrally(narrator):
    row = {"verdict": "not comparable", "message_zh": "口径已变。", "message_en": "The definition changed."}
    text = arithmetic.section(findings(row), [fact()], narrator, "## x", lambda facts: "", str)[0].text
    assert "::: note" in text and "::: contradiction" not in text


def test_a_contradiction_is_called_out_in_the_words_of_the_audit_with_the_smallest_error_it_could_have_seen(narrator):
    row = {"verdict": "contradiction", "stated_unit": "points", "stated_low": "4.5", "stated_high": "5.5", "implied_low": "-8.542",
           "implied_high": "-8.527", "gap": "13.027", "smallest_visible_error": "1.76"}  # fmt: skip
    text = arithmetic.section(findings(row), [fact()], narrator, "## x", lambda facts: "", str)[0].text
    assert "::: contradiction" in text and ("说明。" in text or "Explained." in text)
    assert text.count("1.76") == 1


def test_of_two_prints_the_documents_are_named(narrator):
    subjects = json.dumps([{"doc": doc, "start": 10, "end": 16, "as_written": "12364起"} for doc in ("doc", "other")])
    row = {"check": "same-figure", "verdict": "contradiction", "subjects": subjects, "smallest_visible_error": "1"}
    text = arithmetic.section(findings(row), [fact()], narrator, "## x", lambda facts: "", lambda doc: f"the {doc}")[0].text
    assert "the doc" in text and "the other" in text


@pytest.mark.parametrize(("written", "value", "resolution", "hedge", "ends"), [
    ("25.44%", "25.44", "0.01", None, ["25.435", "25.445"]),
    ("48.6万件", "486000", "1000", None, ["485500", "486500"]),
    ("3700余万件", "37000000", "10000", "more_than", ["37000000", "38000000"]),
    ("近30万件", "300000", "10000", "less_than", ["200000", "300000"]),
    ("约30万件", "300000", "10000", "about", ["250000", "350000"]),
    ("超过30万件", "300000", "10000", "more_than", ["300000"]),
    ("三成", "30", "10", None, ["25", "35"]),
])  # fmt: skip
def test_the_printed_conventions_are_those_the_audit_uses(narrator, written, value, resolution, hedge, ends):
    from analysis.series.intervals import read_printed

    interval = read_printed(Decimal(value), Decimal(resolution), hedge, written).rounded
    told = dict(narrator.wording.table("methods.conventions").values())[written]
    found = [Decimal(end.numerator) / end.denominator for end in (interval.low, interval.high) if end is not None]
    assert [str(end) for end in found] == ends
    assert all(narrator.format.number(end) in told for end in found)


@pytest.mark.parametrize(
    ("before", "step", "after", "expected"),
    [
        ("16583", "1", "12364", "25.4"),
        ("3460000", "10000", "3010000", "13"),  # the base is known to a third of a per cent: no decimal is sure
        ("34000", "1000", "35773", None),  # 3.4万: the change lies anywhere between 3.7 and 6.8 per cent
    ],
)
def test_a_computed_change_is_no_finer_than_what_it_is_computed_from(before, step, after, expected):
    spread = spread_of_change(Decimal(before), Decimal(step), Decimal(after), Decimal(1), is_rate=False)
    movement = computed_movement(Decimal(before), Decimal(after), False, spread)
    assert (movement and str(movement.amount)) == expected


def test_methods_explain_only_the_ways_of_printing_that_occur(narrator):
    def explained(*facts):
        found = methods.conventions(facts, narrator.wording)
        return [name for name, row in narrator.wording.table("methods.conventions").items() if row in found]

    assert explained(fact(change={})) == ["plain", "hundredths"]
    assert explained(fact(value="486000", resolution="1000", change={"amount": "17.7"})) == ["tenths", "coarse"]
    assert explained(fact(value="37000000", resolution="1000000", hedge="more_than", as_written="3700余万件")) == ["coarse", "over"]
    assert explained(fact(hedge="about"), fact(hedge="less_than"), fact(hedge="more_than", as_written="超过30万件")) == [
        "plain",
        "nearly",
        "about",
        "more_than",
    ]
    assert explained(fact(unit="%", value="30", as_written="三成", resolution="10")) == ["coarse", "tithes"]


def test_what_targets_pass_and_what_is_computed_here_are_no_ways_of_printing(narrator):
    table = narrator.wording.table("methods.conventions")
    printed = fact(change={"amount": "17.7"})
    assert printed.movement is not None
    replaced = replace(printed, movement=replace(printed.movement, computed_from=Decimal(1)))
    found = methods.conventions([fact(kind="target", hedge="less_than"), replaced], narrator.wording)
    assert found == [table["plain"]]
