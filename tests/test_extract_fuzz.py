"""Whatever the text: no crash, no hang, exact offsets, every numeral in the ledger once, coverage as counted."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import documents
from analysis.extract import extract
from proving import mutation, soundness

SECONDS = 2  # for a text of a few hundred characters: a thousand times what it takes

PIECES = st.one_of(
    st.text(max_size=4),
    st.sampled_from(mutation.words()),
    st.sampled_from(mutation.ODD),
    st.decimals(0, 10**9, places=2).map(str),
    st.sampled_from("零一二三四五六七八九十百千万亿两点余多约超近同比增降至到由分别，、。；件人起%倍成"),
)


def faults(text: str) -> list[str]:
    """Return what is wrong with the ledger of a text, a slow reading among it."""
    began = time.process_time()
    ledger = extract(documents.Document("text", text))
    seconds = time.process_time() - began
    slow = [f"took {seconds:.1f} s"] if seconds > SECONDS else []
    miscounted = [f"coverage {ledger.coverage} is said"] if (ledger.coverage == 1) != (not soundness.uncovered(text, ledger)) else []
    return soundness.faults(text, ledger) + slow + miscounted


@settings(max_examples=400, deadline=None)
@given(st.text())
def test_any_text_is_read(text):
    assert not faults(text)


@settings(max_examples=800, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_row_of_words_and_numbers_is_read(text):
    assert not faults(text)


@pytest.mark.parametrize("seed", range(4))
def test_bulletins_cut_up_and_spoilt_are_read(seed):
    wrong = {text: found for text in mutation.texts(Random(seed), 2_000) if (found := faults(text))}
    shown = [(mutation.shrink(text, lambda t: bool(faults(t))), found[0]) for text, found in list(wrong.items())[:5]]
    assert not wrong, (len(wrong), shown)


@pytest.mark.parametrize("length", ["24小时", "3天", "两年", "10个月", "5分钟"])
@pytest.mark.parametrize("end", ["分别上升5%", "上升5件", "", "，减少3小时", "低"])
def test_a_length_of_time_beside_the_value_of_a_basis_is_read(length, end):
    for basis in ("比去年同期", "比上年的", "与去年同期"):
        for value in ("95件", "60", "2.1万人"):
            assert not faults(f"2017年，用时{basis}{value}{length}{end}。")


def test_tables_cut_up_and_spoilt_are_read():
    draw = Random(7)
    tables = [path.read_text("utf-8") for path in sorted((mutation.ROOT / "data/raw").rglob("*.csv"))]
    for _ in range(500):
        text = mutation.spoil(draw, draw.choice(tables)[:400])
        found = soundness.faults(text, extract(documents.Document("spoilt", text, format="table")))
        assert not found, text


@pytest.mark.parametrize(
    "text",
    [
        "立案" + "9" * 5_000 + "万亿件",
        "百分之" + "9" * 60,
        "一" + "亿" * 60 + "件",
        "百分之二点十",
        "千" * 60,
        "9,1032018-7-6,8",
        "5,1112018-7-6,7件",
        "一分之一",
        "○分之三",
        "零新增",
        "从4,5675号增到",
        "建设2021年\n",
        "\u200b|\n|㎡",
        "同比与去年分别降1和3",
        "二类6岁的案件",
        ",,,,诉,)\n),诉,\n1964,,,,4,,\n9,1,9",
    ],
)
def test_a_number_nobody_prints_is_read_without_failing(text):
    assert not faults(text)


@pytest.mark.parametrize("path", sorted((mutation.ROOT / "data/raw").rglob("*.txt")), ids=lambda path: path.stem)
def test_every_numeral_of_a_bulletin_is_accounted_for(path):
    text = documents.read(path).text
    assert not soundness.faults(text, extract(documents.Document("text", text)))


@pytest.mark.skipif(not mutation.CORPUS.is_dir(), reason="the corpus of other people's texts is not at hand (TONGBI_CORPUS)")
def test_every_numeral_of_the_corpus_is_accounted_for():
    wrong = {
        path.stem: found
        for path in sorted(mutation.CORPUS.glob("[lt]*/*.txt"))
        if (found := soundness.faults(text := documents.read(path).text, extract(documents.Document("text", text))))
    }
    assert not wrong


@pytest.mark.parametrize(
    "repeated",
    [
        "1",
        "一",
        "，",
        "5件",
        "同比增长",
        "分别",
        "由1到",
        "（",
        "十",
        "万",
        "《",
        "“",
        "2017年",
        "1、",
        "件、",
        "3%和",
        "\n",
        "占",
        "是去年的",
        "同比多立案",
        "创",
        "近半",
        "是上年的3倍，占",
    ],
)
def test_a_long_repetition_takes_time_in_proportion(repeated):
    short, long = (_seconds(repeated * (size // len(repeated))) for size in (4_000, 16_000))
    assert long < 12 * max(short, 0.01), (short, long)


def _seconds(text: str) -> float:
    """Return the least of three readings: the machine may be busy."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        extract(documents.Document("text", text))
        taken.append(time.process_time() - began)
    return min(taken)
