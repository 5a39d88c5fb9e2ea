"""A bulletin says the same in whatever form it comes, or it is said what of it is not read."""

import random
import re

import pytest
from readings import reading

from analysis.documents import Document, DocumentError, read
from analysis.documents.inference import infer
from analysis.extract import extract

PROSE = (
    "2023年松河县公安局工作情况通报\n"
    "2023年，松河县公安机关共立刑事案件1284起，同比下降12.6%；破获刑事案件902起，破案率为70.2%，同比上升3.1个百分点。\n"
    "一、打击犯罪\n"
    "全年共抓获犯罪嫌疑人1036人，其中网上逃犯87人。立电信网络诈骗案件215起，较上年减少42起，止付涉案资金3680.5万元。\n"
    "查处治安案件2437起，上年同期为2610起。接报有效警情4.6万起，比2022年上升2.5%。\n"
)
TABLE = (
    "2021年1-9月柳岭区司法统计公报\n各街道警情分布如下。\n表1　各街道警情（起）\n"
    "街道\t刑事警情\t治安警情\n东湖街道\t120\t345\n西山街道\t98\t276\n合计\t218\t621\n共提出检察建议56件。\n"
)
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


def _around(before, behind=None):
    return lambda text: FIGURE.sub(lambda found: before + found[0] + (before if behind is None else behind), text)


def _lines(form, width=0):
    """Each line of prose by itself in a form, cut at a width."""

    def formed(text):
        found = []
        for line in text.rstrip("\n").split("\n"):
            pieces = [line] if "\t" in line or not width else _cut(line, width)
            found += [piece if "\t" in line else form(piece) for piece in pieces]
        return "\n".join(found) + "\n"

    return formed


def _cut(line, width):
    """A line cut at a width as pages are set: never within a figure, and no stop at the beginning."""
    pieces = [""]
    for piece in re.findall(r"[0-9.,%]+|.", line):
        if len(pieces[-1]) + len(piece) > width and piece not in "，。；、：":
            pieces.append("")
        pieces[-1] += piece
    return pieces


def _paged(text):
    """A text with the number of its page and the head of the next behind every third line."""
    found = []
    for number, line in enumerate(_lines(str, 33)(text).rstrip("\n").split("\n"), 1):
        found += [line, *(["", f"- {number // 3} -", "松河统计（2024年第3期）"] if number % 3 == 0 else [])]
    return "\n".join(found) + "\n"


FORMS = {
    "zero-width spaces": _around("\u200b"), "entities of them": _around("&#8203;"), "within figures": _around("\ufeff", "\u2060"),
    "soft hyphens": lambda text: text.replace("案件", "案\u00ad件"), "hard blanks": _around("&nbsp;"), "thin ones": _around("\u2009"),
    "entities of figures": lambda text: re.sub("[0-9]", lambda found: f"&#{ord(found[0])};", text),
    "entities of signs": lambda text: re.sub("[一-鿿]", lambda found: f"&#x{ord(found[0]):x};", text),
    "entities of points": lambda text: text.replace("，", "&#65292;").replace("%", "&percnt;").replace("。", "&#x3002;"),
    "other ends of lines": lambda text: text.replace("\n", "\u2028"), "soft ends of lines": lambda text: text.replace("\n", "\v"),
    "radicals": lambda text: text.replace("立", "⽴").replace("人", "⼈").replace("长", "⻓"),
    "highlighted": _around("=="), "formulas": lambda text: FIGURE.sub(lambda found: f"${found[0]}$".replace("%", "\\%"), text),
    "spans of pandoc": _around("[", "]{.underline}"), "quoted": _lines("> {}".format), "quoted and cut": _lines("> {}".format, 25),
    "names of headings": lambda text: text.replace("通报\n", "通报 {#tongbao .unnumbered}\n").replace("2023年", "# 2023年", 1),
    "a picture": lambda text: text.replace("\n", "\n\n![图1 2019年走势 35起](images/a_1.png)\n\n", 1), "cut at a width": _lines(str, 26),
    "set in and cut": lambda text: _lines(str, 30)(text.replace("\n", "\n　　")),
    "points of old prints": lambda text: re.sub(r"(?<=\d)\.(?=\d)", "·", text),
    "stops of half width": lambda text: text.replace("。", ".").replace("，", ","),
    "signs set apart": lambda text: "\n".join(line if "\t" in line else " ".join(re.findall("[0-9.%]+|.", line)) for line in text.split("\n")),
    "all signs set apart": lambda text: "\n".join(line if "\t" in line else " ".join(line) for line in text.split("\n")),
    "pages": _paged,
    "counts under a page": lambda text: text + "阅读 1.2万\n赞 86 在看 35\n您是第 1048576 位访客\n",
    "written ends of lines": lambda text: text.replace("\n", "\\n"), "blanks around": lambda text: _around(" ")(text).replace(" - ", "-"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
}  # fmt: skip


# A table has too few stops to tell them from points of another kind, and no line of it is quoted by itself.
PROSE_ONLY = ("stops of half width", "blanks around", "thin ones", "quoted", "quoted and cut")


def _statements(ledger):
    return [line for line in reading(ledger) if not line.startswith("(")]


@pytest.mark.parametrize("text", [PROSE, TABLE], ids=["prose", "table"])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_text_in_another_form_says_the_same(form, text):
    if text == TABLE and form in map(FORMS.get, PROSE_ONLY):
        return
    formed = form(text)
    ledger = extract(formed)
    assert _statements(ledger) == _statements(extract(text))
    assert ledger.coverage == 1
    assert all(formed[one.start : one.end] == one.as_written for one in ledger.entries)


@pytest.mark.parametrize("seed", range(6))
def test_forms_may_meet(seed):
    chance = random.Random(seed)
    names = ["zero-width spaces", "radicals", "entities of points", "blank lines", "highlighted", "counts under a page", "soft hyphens"]
    formed = PROSE
    for name in chance.sample(names, 3):
        formed = FORMS[name](formed)
    assert _statements(extract(formed)) == _statements(extract(PROSE))


def test_a_number_with_letters_for_digits_is_not_read_and_named():
    ledger = extract("2023年立案1O2起，同比下降7O.2%，抓获2l人，追回12O万元，G2O峰会，结案5件。")
    assert [(one.what, one.count, one.sheet) for one in ledger.left_out] == [("letters_for_digits", 4, "1O2, 7O.2, 2l …")]
    assert [(one.indicator, str(one.value)) for one in ledger.statements] == [("结案数", "5")] and ledger.coverage == 1


@pytest.mark.parametrize("given", ["\u202e12364\u202c起", "12\u202a36\u202c4起", "12364\u2067起\u2069"])
def test_a_number_beside_signs_that_turn_the_writing_is_named(given):
    ledger = extract(f"2021年，刑事案件{given}，破案8210起。")
    assert [(one.what, one.count) for one in ledger.left_out] == [("turned", 1)] and all(sign.isprintable() for sign in ledger.left_out[0].sheet)
    assert [(one.indicator, str(one.value)) for one in ledger.statements] == [("破案数", "8210")] and ledger.coverage == 1
    assert extract(f"{chr(0x202A)}2021年{chr(0x202C)}，破案8210起。").left_out == ()


@pytest.mark.parametrize(
    "text", ["G2O峰会警力30人", "A1O只", "O2O平台12家", "PM2.5", "破获“9·18”案件2起", "张三.李四等5人。", "单价$5，$7", "a == b == c 5起"]
)
def test_signs_that_stand_for_themselves_stay(text):
    assert not extract(text).left_out
    assert not any(str(one.value) in ("20", "10", "9.18", "2.5") for one in extract(text).statements)


@pytest.mark.parametrize("rules", ["pandoc", "multiline"])
def test_a_table_of_pandoc_has_its_caption_under_it(rules):
    cells = [line.split("\t") for line in TABLE.split("\n") if "\t" in line]
    rows = ["  " + "".join(f"{cell:<{12 - len(re.findall('[一-鿿]', cell))}}" for cell in row) for row in cells]
    apart = "\n\n" if rules == "multiline" else "\n"
    edge = ["  " + "-" * 36] if rules == "multiline" else []
    drawn = "\n".join([*edge, rows[0], "  ----------  ----------  ----------", apart.join(rows[1:]), *edge, "", "  : 表1　各街道警情（起）"])
    first, second, *_, last = TABLE.rstrip("\n").split("\n")
    assert _statements(extract(f"# {first}\n\n{second}\n\n{drawn}\n\n{last}\n")) == _statements(extract(TABLE))


def test_places_of_titles_are_those_of_the_text():
    text = "\ufeff# 2023年松河县公安局\u200b工作报告\n\n立案1&#50;起。\n"
    assert infer(Document("d", text)).title.words == "2023年松河县公安局工作报告"
    (one,) = extract(text).statements
    assert (str(one.value), one.as_written) == ("12", "1&#50;起")


@pytest.mark.parametrize(("meant", "taken"), [("utf-8", "latin-1"), ("gb18030", "latin-1")])
def test_a_garbled_text_is_refused_by_name(tmp_path, meant, taken):
    (tmp_path / "a.txt").write_text(PROSE.encode(meant).decode(taken), "utf-8")
    with pytest.raises(DocumentError, match="garbled"):
        read(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("Café à Genève: œuvre déjà créée, 12 pièces é à è ù ç.", "utf-8")
    assert read(tmp_path / "b.txt").text
