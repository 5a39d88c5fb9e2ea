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
