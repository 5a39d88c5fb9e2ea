"""What the extractor reads: sentences of our own in a table, and the promises of a ledger."""

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
import yaml
from readings import reading

from analysis.extract import Other, Statement, accounting, extract, grammar, ledger

TABLES = (
    "extract",
    "names",
    "names_kept_whole",
    "names_kinds",
    "names_of_neighbours",
    "names_of_parts",
    "names_of_what",
    "names_unseen_kinds",
    "names_with_their_whole",
    "numerals",
    "periods",
    "prose_genres",
    "prose_kinds",
    "prose_of_headings_and_times",
    "prose_told_elsewhere",
    "prose_unseen_kinds",
    "prose_compared_kinds",
    "settled",
)
CASES = [case for table in TABLES for case in yaml.safe_load((Path(__file__).parent / f"cases/{table}.yml").read_text("utf-8"))]

# What the number of a year behind 民国 is written with, in whatever order.
SIGNS_OF_A_YEAR = grammar.expand("[零〇<ONE_TO_NINE><TEN><HUNDREDS>]").strip("[]")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_sentence_is_read_as_the_table_says(case):
    read, expected = reading(extract(case["text"])), case["expect"]
    missing, invented = [line for line in expected if line not in read], [line for line in read if line not in expected]
    assert not missing and not invented, f"missing {missing}, invented {invented}"
    assert read == expected


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_entry_can_be_walked_back_to_the_text(case):
    text = case["text"]
    ledger = extract(text)
    assert ledger.coverage == 1
    for entry in ledger.entries:
        assert text[entry.start : entry.end] == entry.as_written
        if isinstance(entry, Statement):
            assert text[entry.quote_start : entry.quote_start + len(entry.quote)] == entry.quote
            for part in (entry.change, entry.previous):
                assert part is None or text[part.start : part.end] == part.as_written


def test_a_year_on_year_change_is_not_a_change_in_points():
    points, percent = extract("破案率比上年提高6个百分点。发案数比上年提高6%。").statements
    assert (points.change.kind, percent.change.kind) == ("percentage_points", "percent")


@pytest.mark.parametrize("text", ["2021年，全市立刑事案件2021 364起。", "2021年，破案8 210 / 7 345起，抓获5 210人。"])
def test_a_name_that_holds_a_piece_of_a_number_is_doubted(text):
    assert all(statement.margin < 1 for statement in extract(text).statements)


def test_printed_decimals_are_kept():
    (statement,) = extract("到位率60.80%。").statements
    assert str(statement.value) == "60.80"
    assert statement.resolution == Decimal("0.01")


@pytest.mark.parametrize(
    "written,resolution", [("12364起", "1"), ("48.6万件", "1000"), ("25.44%", "0.01"), ("3700余万件", "10000"), ("一万四千二百件", "100")]
)
def test_resolution_is_the_last_printed_digit(written, resolution):
    (statement,) = extract(f"全市共办结{written}。").statements
    assert statement.resolution == Decimal(resolution)


@pytest.mark.parametrize("first", SIGNS_OF_A_YEAR)
def test_a_year_of_the_republic_may_be_no_number(first):
    numerals = [first + "".join(rest) for length in range(3) for rest in product(SIGNS_OF_A_YEAR, repeat=length)]
    text = "".join(f"民国{numeral}年，受理案件12件。\n受理案件12件，较民国{numeral}年下降5%。\n" for numeral in numerals)
    read = extract(text)
    assert read.coverage == 1 and sum(isinstance(entry, Statement) for entry in read.entries) == 2 * len(numerals)


def test_json_lines_keep_the_printed_digits_and_put_the_entry_first():
    (line,) = extract("到位率60.80%。").to_json_lines()
    assert line.startswith('{"entry": "observation", "id": ')
    assert '"value": 60.80,' in line


def test_a_year_of_publication_dates_this_year_and_last():
    from analysis.extract.ledger import read_text

    periods = [s.period for s in read_text("今年上半年立案5起。去年立案9起。", "d", date(2020, 8, 1)).statements]
    assert periods == ["2020H1", "2019"]


def test_a_heading_dates_what_stands_under_it():
    text = "一、2021年工作回顾\n全年受理案件930件。\n二、2022年工作安排\n受理案件将达950件。\n"
    assert [s.period for s in extract(text).statements] == ["2021", "2022"]


def test_lines_broken_in_a_sentence_are_joined_and_offsets_stay_those_of_the_raw_text():
    text = "1984年，全县公安机关共受理案\n件310起，查处案犯95\n人，结案率比上年提高2.5\n个百分点。年内查处赌博\n案件40起。\n"
    ledger = extract(text)
    first, second = ledger.statements[:2]
    assert (first.value, first.period, second.as_written) == (310, "1984", "95\n人")
    assert all(text[entry.start : entry.end] == entry.as_written for entry in ledger.entries)


def test_a_text_without_numbers_has_an_empty_ledger():
    for text in ("", "各部门认真落实。", "\n\n"):
        ledger = extract(text)
        assert ledger.entries == () and ledger.coverage == 1


def test_a_numeral_that_gets_lost_shows_in_the_coverage(monkeypatch):
    """The count is taken of the entries as they are, not of what should be in them."""
    text, count = "第三章\n2017年，全市立刑事案件12364起，同比下降25.44%。", ledger.account

    def losing(*given):
        others, total, _ = count(*given)
        return [], total, [(other.start, other.end) for other in others]

    assert extract(text).coverage == 1
    monkeypatch.setattr(ledger, "account", losing)
    assert extract(text).coverage == 1
    monkeypatch.setattr(accounting, "add_missed", lambda entries, text, missed: entries)
    assert extract(text).coverage < 1


def test_ledger_parts_statements_from_others():
    ledger = extract("2019年立案5起。")
    assert [type(entry) for entry in ledger.entries] == [Other, Statement]
    assert ledger.others[0].type == "year"


COURTS = "省高级人民法院院长报告说，2022年，省高级人民法院审结案件4120件。\n"


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("2022年，全省检察机关共批准逮捕3120人。", ["全省检察机关"]),
        (COURTS + "审结再审案件36件。", ["省高级人民法院"] * 2),
        (COURTS + "省人民检察院检察长报告说，各项工作取得进展。\n办理公益诉讼案件230件。", ["省高级人民法院", None]),
        ("2022年，市政府提请市人大常委会审议法规4件。完成重点项目16个。", ["市政府提请市人大常委会", None]),
        ("2022年，全国立案120起。今年新增学位300个。", ["全国", None]),
        ("2022年，南江市立案120起。破案90起。\n新增学位300个。", ["南江市", "南江市", None]),
        ("2022年，全市检察机关提出抗诉30件，法院改判12件。支持起诉8件。", ["全市检察机关", "法院", "全市检察机关"]),
        ("2022年，全市立案90起，其中南山县立案30起。破案70起。", ["全市", "南山县", "全市"]),
    ],
    ids=[
        "before 共",
        "an organ holds",
        "until another is the subject",
        "one that is asked for something for its sentence",
        "the country for its sentence",
        "a named place for its line",
        "another organ, behind numbers, for its sentence",
        "a part, behind numbers of the whole, for its sentence",
    ],
)
def test_a_scope_holds_as_long_as_the_text_speaks_of_it(text, scopes):
    assert [statement.scope for statement in extract(text).statements if statement.value is not None] == scopes


def test_the_past_year_is_the_one_the_report_looks_back_on():
    text = "法院在2023年要努力，2023年任务很重。\n检察长在报告中说，过去一年，工作有了进展。检察机关共办理案件301件。\n他对2022年工作进行了回顾。\n"
    assert [statement.period for statement in extract(text).statements] == ["2022"]


def test_an_action_lends_no_name_to_the_next():
    assert [statement.indicator for statement in extract("全省法院收案812件，结案797件。").statements] == ["收案数", "结案数"]


def test_each_year_of_a_list_has_its_own_number():
    text = "2020年、2021年和2022年，全县立刑事案件分别为541起、518起、480起，同比分别下降2.0%、4.3%、7.3%。"
    assert [(statement.as_written, statement.period, statement.change.amount) for statement in extract(text).statements] == [
        ("541起", "2020", Decimal("2.0")), ("518起", "2021", Decimal("4.3")), ("480起", "2022", Decimal("7.3"))]  # fmt: skip


def test_a_count_compared_with_is_the_earlier_value():
    (statement,) = extract("2022年，全县立刑事案件480起，比上年的518起下降7.3%。").statements
    assert (statement.as_written, statement.previous.as_written, statement.change.amount) == ("480起", "518起", Decimal("7.3"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("全县法院受理案件812件，结案率96%。其中，中心人民法院受理120件。", ["受理案件数", "结案率", "受理案件数"]),
        ("全县检察机关办理公益诉讼案件42件。提起公诉1904人。", ["办理公益诉讼案件数", "提起公诉人数"]),
        ("2021年，全县刑事案件立案518起。2022年立案480起。", ["刑事案件立案数", "刑事案件立案数"]),
        ("2022年，全县刑事案件立案数同比下降5%，较2019年下降12%。", ["刑事案件立案数", "刑事案件立案数"]),
        ("2022年，全县法院受理案件首次突破5万件大关。", ["受理案件数"]),
    ],
)
def test_a_number_is_named_for_what_is_counted(text, names):
    assert [statement.indicator for statement in extract(text).statements] == names
