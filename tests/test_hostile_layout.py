"""How a page sets its words says where one ends: no figure goes to another's name, and no two become one."""

import random

import pytest

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
