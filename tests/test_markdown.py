"""What Markdown sets around words changes nothing of what is read."""

import random
from pathlib import Path

import pytest
import yaml
from readings import reading

from analysis.documents import Document
from analysis.documents.inference import infer
from analysis.extract import Ledger, extract

CASES = [case for path in sorted((Path(__file__).parent / "cases").glob("prose*.yml")) for case in yaml.safe_load(path.read_text("utf-8"))]
AROUND = (
    ("**", "**"), ("*", "*"), ("***", "***"), ("`", "`"), ("__", "__"), ("[", "](https://a.example/b)"), ("[", "][a]"), ("<b>", "</b>"),
    ('<span style="color: red">', "</span>"), ("<strong>", "</strong>[^1]")
)  # fmt: skip


def _statements(ledger: Ledger) -> list[str]:
    return [line for line in reading(ledger) if not line.startswith("(")]


@pytest.mark.parametrize("seed", range(8))
def test_figures_set_in_bold_or_linked_are_read_as_they_are(seed):
    chance, seen = random.Random(seed), 0
    for case in chance.sample(CASES, 120):
        text, ledger = case["text"], extract(case["text"])
        if any(sign in text for sign in "*_`[\\<"):
            continue
        pieces, position = [], 0
        for one in ledger.statements:
            if one.start > position and one.value is not None and "\n" not in one.as_written and chance.random() < 0.7:
                before, behind = chance.choice(AROUND)
                pieces += [text[position : one.start], before, text[one.start : one.end], behind]
                position, seen = one.end, seen + 1
        marked = extract("".join([*pieces, text[position:]]))
        assert _statements(marked) == _statements(ledger), text
        assert marked.coverage == 1
    assert seen > 100


def test_marks_part_no_words_and_places_are_those_of_the_text():
    text = "# 2023年青山县公安局工作报告\n\n> 全县立**刑事*盗窃*案件**30起，[破获`12`起](http://a.example/2)；1\\. 查处治安案件**5**起。"
    found = extract(text)
    assert [(one.indicator, str(one.value), text[one.start : one.end]) for one in found.statements] == [
        ("刑事盗窃案件立案数", "30", "30起"), ("刑事盗窃案件破获数", "12", "12`起"), ("查处治安案件数", "5", "5**起"),
    ]  # fmt: skip
    assert all(text[one.start : one.end] == one.as_written for one in found.entries)
    title = infer(Document("d", text)).title
    assert (title.words, title.start) == ("2023年青山县公安局工作报告", 2)


def test_what_stands_before_and_beside_a_text_of_markdown_is_none_of_it():
    settings = "---\ntitle: 工作报告2031\ndate: 2031-01-20\n---\n# 青水县法院2023年收案情况\n\n"
    text = f"{settings}2023年，青水县法院收案[^1]12件，<br>结案9件\\\n同比&mdash;见下文。\n\n[^1]: 不含执行案件5件。\n"
    found = extract(text)
    assert [(one.indicator, str(one.value), one.period) for one in found.statements] == [
        ("收案数", "12", "2023"), ("结案数", "9", "2023"), ("执行案件数", "5", "2023"),
    ]  # fmt: skip
    assert found.coverage == 1 and infer(Document("d", text)).title.words == "青水县法院2023年收案情况"


@pytest.mark.parametrize("text", ["立案3*4*5起", "立案12**34**起", "立案____起，破案____起", "* 立案12起\n* 破案5起"])
def test_what_are_no_marks_stay(text):
    assert extract(text).coverage == 1
    assert not any(str(one.value) in ("345", "1234") for one in extract(text).statements)


BETWEEN = (
    "<b>", "</b>", "<font color=red>", "<span>", "<!-- 7 -->", "<span hidden>7</span>", "<b style='display: none'>7</b>", "~~7~~", "<br>", "<p>",
    "<img src=1.png>", "[](http://a/7)", "![7](a.png)", "[^7]", "&#10;", "&#8232;", "\u2028", "\u200b\u2028",
    "<span style='display:block'>", "<sup>7</sup>", "<svg>", "<hr/>",
)  # fmt: skip


@pytest.mark.parametrize("mark", BETWEEN)
def test_a_mark_between_two_digits_says_nothing_and_makes_no_other_figure(mark):
    found = extract(f"2017年，青山县公安局立刑事案件1{mark}2起，同比下降5%。\n2017年，破案3起。")
    values = [str(one.value) for one in found.statements if one.value is not None]
    assert values == (["12", "3"] if mark in BETWEEN[:4] else ["3"]), values
    assert found.coverage == 1


@pytest.mark.parametrize("mark", ["<!-- 略7 -->", "~~7~~", "<span hidden>7</span>", "<i style='font-size:0'>7日</i>", "<del>7</del>"])
def test_what_is_taken_back_between_words_parts_none(mark):
    found = extract(f"2020年2月至{mark}4月，青山县公安局立刑事{mark}案件12起，同比下降{mark}5.5%。")
    one = next(one for one in found.statements if one.value is not None)
    assert (one.indicator, str(one.value), one.period, str(one.change.amount)) == ("刑事案件立案数", "12", "2020-02..2020-04", "5.5")
    assert [(left.what, left.count) for left in found.left_out] == [("struck_text" if "~" in mark or "del" in mark else "hidden_text", 3)]


@pytest.mark.parametrize(("text", "values"), [
    ("2017年，受理案件[含存案](1234件)，结案[1200件][同比上升5%]。", {"1234", "1200"}),
    ("---\n- 2017年，立案12起。\n---\n2017年，起诉6人。", {"12", "6"}),
    ("2017年，立案[12起](/a/7.html)，结案[5件](#7)。", {"12", "5"}),
    ("2017年，立案&amp;#49;2起。", {"2"}), ("2017年，立案&#49;2&lt;13&gt;起。", set()),
])  # fmt: skip
def test_what_brackets_rules_and_entities_say_is_read_as_it_shows(text, values):
    assert {str(one.value) for one in extract(text).statements if one.value is not None} == values


@pytest.mark.parametrize("between", ["\n- 3 -\n\f", "\n\n- 3 -\n\n", "\n第3页\n"])
def test_the_end_of_a_page_within_a_figure_leaves_it_whole(between):
    text = f"2023年，青山县检察院批准逮捕犯罪嫌疑人72{between}.6万人。\n2023年，立案5起。\n- 4 -\n\f2023年，结案3起。\n"
    assert [str(one.value) for one in extract(text).statements if one.value is not None] == ["726000", "5", "3"]
