"""How a page sets its words says where one ends: no figure goes to another's name, and no two become one."""

import os
import random

import pytest

from analysis.documents import read
from analysis.documents.tables.cells import width_of
from analysis.extract import extract

SEED, MANY = 26, int(os.environ.get("TONGBI_FUZZ", "60")) * 5
NAMES = ("立案数", "破案数", "抓获嫌疑人数", "盗窃案件立案数", "结案数")
MOVES = (" 同比下降{}%", " ↑{}%", "（同比上升{}%）")
TITLES = ("", "数据一览\n", "数据一览\n\n", "青山县公安局工作报告\n", "2017年立案情况如下。\n", "2017年数据\n\n")
ENDS = ("", "主要特点\n", "\n主要特点\n", "\n市公安局指挥中心\n\n一是打击有力。\n", "主要特点\n工作亮点\n")


@pytest.mark.parametrize("first", ["name", "figure"])
@pytest.mark.parametrize("beside", ["name", "figure"])
def test_a_figure_shown_off_goes_to_its_own_name_or_to_none_and_is_named(first, beside):
    chance, read = random.Random(SEED), 0
    for title in TITLES:
        for end in ENDS:
            for between in ("\n", "\n\n"):
                names = chance.sample(NAMES, 3)
                own = {name: chance.randint(100, 999) for name in names}
                cards = []
                for name, figure in own.items():
                    move = chance.choice(MOVES).format(chance.randint(1, 90))
                    lines = [name + move * (beside == "name"), f"{figure}起" + move * (beside == "figure")]
                    cards.append("\n".join(lines if first == "name" else lines[::-1]))
                text = "2017年，全县公安机关工作情况如下。\n\n" + title + between.join(cards) + "\n" + end
                ledger = extract(text)
                said = [(one.indicator, int(one.value)) for one in ledger.statements if one.value is not None]
                assert not said or sorted(value for _, value in said) == sorted(own.values()), text
                assert all(name.endswith(one) for name, value in said for one in own if own[one] == value), (text, said)
                assert said or ledger.warnings("en"), text
                read += bool(said)
    assert 3 * read > len(TITLES) * len(ENDS) * 2


WITHIN = ("b", "span", "a", "x-own", "st1:chsdate", "label", "dfn")
APART = (
    "br", "p", "div", "section", "article", "aside", "blockquote", "address", "figure", "figcaption", "details", "summary",
    "pre", "ul", "li", "dl", "dd", "h2",
    "h4", "header", "footer", "nav", "main", "menu", "center",
    "form", "fieldset", "legend", "hr", "button", "select", "option", "textarea", "svg", "img", "input",
    "object", "sup", "sub", "span style='display:block'", "i style='vertical-align:super'", "i class=up", "sup><a",
)  # fmt: skip
PAGE = (
    "<html><head><meta charset=utf-8><title>2017年工作报告</title><style>.up{{vertical-align:super}}</style></head><body>"
    "<p>2017年，全市法院的各项工作取得新的进展。</p>{}"
    "<p>以上是全部情况，特此通报。</p></body></html>"
)
PLACES = (
    "<p>全市立案{}起，结案5件。</p>", "<div>全市立案{}起，结案5件。</div>", "<ul><li>全市立案{}起，结案5件。</li><li>起诉6人</li></ul>",
    "<table><tr><th>项目<th>2016年<th>2017年<tr><td>立案（起）<td>{}<td>7<tr><td>结案（件）<td>15<td>16</table>",
    "2017年，全市情况如下：\n<table><tr><th>项目<th>2016年<th>2017年<tr><td>立案（起）<td>{}<td>7<tr><td>结案（件）<td>15<td>16</table>",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("tag", [*WITHIN, *APART])
def test_two_figures_with_an_element_between_them_are_never_one(tmp_path, place, tag):
    name = tag.split("><")[0].split()[0]
    inner = f"{tag.split('><')[1]}" if "><" in tag else ""
    whole = f"12<{tag}>345</{inner}></{name}>" if inner else f"12<{tag}>345</{name}>"
    text = place.startswith("2017")
    path = tmp_path / ("a.txt" if text else "a.html")
    if text and (inner or (name in ("sup", "sub", "span", "i") and tag not in WITHIN)):
        return
    for between in (whole, f"12<{tag}></{name}>345"):
        path.write_text(place.format(between) if text else PAGE.format(place.format(between)), "utf-8")
        values = {str(one.value) for one in extract(read(path)).statements if one.value is not None}
        assert "7" in values or "立案（起）" not in place or name in ("h2", "h4", "li")  # which only lay out a page
        assert ("12345" in values) is (name in WITHIN and "style" not in tag and "class" not in tag), (between, values)


ACTS = ("立案", "破案", "收案", "结案", "审结", "执结", "起诉", "批捕")


def gapped_tables(chance):
    """Tables set in columns by blanks, in signs of one width or with a Hanzi as wide as two, with places left empty, and the figures of each row."""
    while True:
        years = range(2022 - chance.choice((2, 3, 4)), 2022)
        parts, gap, width, to_left = chance.choice((" ", "", ",")), chance.choice((2, 3, 4)), chance.choice((width_of, len)), chance.random() < 0.5
        rows, truth = [["项目", *(f"{year}年" for year in years)]], {}
        for act in chance.sample(ACTS, chance.randrange(3, 7)):
            told = {year: chance.randrange(1, chance.choice((999, 99_999, 3_000_000))) for year in years}
            for year in chance.sample(years, chance.choice((0, 0, 1))):
                del told[year]
            truth |= {(act, str(year)): figure for year, figure in told.items()}
            written = (f"{told[year]:,}".replace(",", parts) if year in told else chance.choice(("", "—")) for year in years)
            rows.append([act + chance.choice(("", "（件）")), *written])
        widths = [max(width(row[column]) for row in rows) + gap for column in range(len(years) + 1)]
        set_ = [[(cell, " " * (widths[n] - width(cell))) for n, cell in enumerate(row)] for row in rows]
        lines = ("".join(cell + air if to_left or not n else air + cell for n, (cell, air) in enumerate(row)).rstrip() for row in set_)
        yield "全市案件办理情况\n" + "\n".join(lines) + "\n", truth


def test_no_figure_of_a_table_with_empty_places_is_torn_or_stands_in_another_column():
    chance = random.Random(SEED)
    read_, all_ = 0, 0
    for _ in range(MANY):
        text, truth = next(gapped_tables(chance))
        for one in extract(text).statements:
            act = next(act for act in ACTS if act in one.indicator)
            assert truth.get((act, one.period)) == one.value, text
            read_ += 1
        all_ += len(truth)
    assert read_ > 0.9 * all_
