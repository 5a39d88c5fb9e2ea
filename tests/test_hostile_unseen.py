"""Kinds that a fourth hour of attack found: what a page of a PDF holds and does not show, numbers that something tears, reports changed by hand."""

from __future__ import annotations

import json
import random
from itertools import islice

import pytest
from test_hostile import SEED
from test_why import reports  # noqa: F401  a fixture

from analysis.documents import DocumentError, read
from analysis.extract import extract
from analysis.publish.why import why
from proving import hostile


@pytest.fixture
def chance():
    return random.Random(SEED)


@pytest.mark.parametrize("about", ["", "/Rotate 90", "/Rotate 180", "/CropBox[20 20 590 790]"])
@pytest.mark.parametrize("way", [*hostile.HIDING, *hostile.SHOWING])
def test_what_a_page_of_a_pdf_does_not_show_is_not_read_and_named(tmp_path, way, about):
    hidden = way in hostile.HIDING
    (tmp_path / "a.pdf").write_bytes(hostile.hiding_page("filed 777 cases", (hostile.HIDING | hostile.SHOWING)[way], about.encode()))
    document = read(tmp_path / "a.pdf")
    assert "12 cases" in document.text and ("777" in document.text) is not hidden
    assert [(one.what, one.count) for one in document.left_out] == [("hidden_text", 1)] * hidden
    # Hidden words without a figure are worth no word.
    (tmp_path / "b.pdf").write_bytes(hostile.hiding_page("filed cases", (hostile.HIDING | hostile.SHOWING)[way], about.encode()))
    assert not read(tmp_path / "b.pdf").left_out


def test_a_pdf_that_shows_none_of_its_words_is_refused(tmp_path):
    (tmp_path / "a.pdf").write_bytes(hostile.hiding_page("7 cases", hostile.HIDING["white"]).replace(b"q BT", b"1 g BT"))
    with pytest.raises(DocumentError, match="shows none of its words"):
        read(tmp_path / "a.pdf")


def test_no_piece_of_a_torn_number_is_a_figure(chance):
    for text, pieces in islice(hostile.torn_numbers(chance), 400):
        ledger = extract(text)
        said = {str(statement.value) for statement in ledger.statements if statement.value is not None}
        assert not said & pieces, (text, said)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2007", "\u2009", "\u202f"])
def test_thousands_are_parted_by_any_narrow_space(space):
    for written, value in ((f"1{space}234起", 1234), (f"12{space}345{space}678起", 12345678)):
        statements = extract(f"2017年，青山县公安局立刑事案件{written}，同比下降5%。").statements
        assert [one.value for one in statements] == [value], written


@pytest.mark.parametrize("whole", ["1234起", "12.5万起", "1,234起", "12起¹", "12①起", "3至5起", "3～5起", "12起 1 "])
def test_a_whole_number_stays_a_figure(whole):
    statements = extract(f"2017年，青山县公安局立刑事案件{whole}，同比下降5%。").statements
    assert len(statements) == 1 and (statements[0].value or statements[0].value_high), whole


@pytest.mark.parametrize("mark", ["1", "2", "12"])
def test_the_mark_of_a_note_with_air_around_it_is_no_figure(mark):
    statements = extract(f"2017年，青山县公安局立刑事案件1234起{mark} ，同比下降5%。").statements
    assert [(one.value, one.change is not None) for one in statements] == [(1234, True)]


def damaged_notebooks(chance):
    """A notebook as a list, without cells, with cells and outputs that are none, and with any value in the place of another."""
    values = (None, 5, "x", [], {}, [None], ["x"], [[]], {"data": None}, {"data": "x"})
    for value in values:
        yield value
        yield {"cells": value}
        yield {"cells": [value]}
        yield {"cells": [{"outputs": value}]}
        yield {"cells": [{"outputs": [value]}]}
        yield {"cells": [{"outputs": [{"data": {"application/vnd.tongbi.front+json": value}}]}]}
        yield {"cells": [{"outputs": [{"data": {"application/vnd.tongbi.front+json": {"sources": value}}}]}]}


def test_a_report_whose_notebook_was_changed_still_says_why(reports, chance):  # noqa: F811
    for notebook in damaged_notebooks(chance):
        (reports / "bijie/2017/bijie-2017-en.ipynb").write_text(json.dumps(notebook))
        assert "  sentence: 立案12364起，同比下降25.44%。" in list(why("12,364", "bijie/2017", reports)), notebook
