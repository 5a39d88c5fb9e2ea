"""How a page sets its words says where one ends: no figure goes to another's name, and no two become one."""

import random

import pytest

from analysis.documents import read
from analysis.extract import extract

SEED = 26
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
