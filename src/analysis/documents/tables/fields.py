"""Fields of a line, and the table that rows of fields make: what the cutters of plain text share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise

from ... import keeping
from ...lexicon import changes, units
from ...lexicon.wordlists import words as words_of
from .cells import Cell, Table, stripped
from .delimited import LONGEST_NUMBER, NUMBER, PERIOD

BARS = "|│┃｜║"
# What a cell may hold that says there is no number.
NOTHING = re.compile(r"[-–—－…·.．/／\\*×]+|无|空|缺|不详|略")
# A sign that stands in a column of its own, before the figure it is of.
SIGN = re.compile(f"[+＋±={changes.ARROWS}]|[（(][+＋\\-−－–][)）]")
_THOUSANDS = "(?<=[0-9０-９]，)[0-9０-９]{3}(?![0-9０-９])"  # ２２，０３１
SENTENCE = re.compile(f"(?:[。；！？]|，(?!{_THOUSANDS}))(?!$)|(?<!其中)(?<!单位)：(?!$)|。$")
_COUNTED = "|".join(re.escape(unit) for unit in units.spellings() if units.family_of(unit) in ("count", "money", "ratio"))
# A number with a sign, a verb of change or a unit of its own, and with a second figure in brackets behind: ↑5.2%, 下降3%, 312件, 312(45.2%).
FIGURE = keeping.pattern(
    rf"(?:[+＋\-−－–±{changes.ARROWS}]|[（(][+＋\-−－–][)）]|{changes.alternation('verb')})?\s*[￥¥]?{NUMBER.pattern}(?:\s*[万亿千百]+)?(?:\s*(?:{_COUNTED}))?(?:\s*[{changes.ARROWS}])?"
    r"(?:\s*[（(][^()（）]*\d[^()（）]*[)）])?"
)
# A figure that a sign bounds, as a target is: ≤12%.
_OF_TARGETS = "|".join(map(re.escape, sorted(units.listed_as("cases") | {"%", "％", "‰"}, key=lambda unit: (-len(unit), unit))))
_BOUND = keeping.pattern(rf"[≥≤≧≦⩾⩽>＞<＜]\s*{NUMBER.pattern}(?:{_OF_TARGETS})?")
LONGEST_FIGURE = 2 * LONGEST_NUMBER  # 312(45.2%)
# One figure to another, or two in one cell, which no record has a form for: 1:0.8, 30/28.
RATIO = re.compile(r"\d{1,9}(?:\.\d{1,6})?\s*[:：∶/／]\s*\d{1,9}(?:\.\d{1,6})?")
_O = "[一二三四五六七八九十]{1,3}"
_STYLES = tuple(re.compile(shape) for shape in (rf"{_O}[、.．]", rf"[（(]{_O}[）)]", r"\d{1,2}[.．、]", r"[（(]\d{1,2}[）)]"))
_AMOUNT = re.compile(r"[\d０-９][\d０-９,，  ]*(?:[.．][\d０-９]+)?")
_NO_CHANGE = frozenset(words_of("no_change_heads"))
_BRACKETS = re.compile(r"[\s()（）]+")
# 表3, 续表二: what the title of a table begins with.
TABLE_NUMBER = re.compile(r"(?:续|附)?表\s*[\d０-９一二三四五六七八九十]{1,3}(?:[-—.．]\d{1,2})?[:：]?")
# Of three figures the same years as in texts (REPUBLIC of extract/grammar/macros.yml).
_YEAR_OF_THE_REPUBLIC = re.compile(r"[4-9]\d|1[01]\d")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
# What parts the cells of a line; a cell longer than this is a sentence or a title.
_PARTED, LONGEST = re.compile(r"\S(?: {2,}|\u3000{2,})\S"), 30
# Signs set equally far from each other (合    计): one word, unless each says something of its own (男    女, 起    人).
_SPREAD_WORD, _OF_ONE_SIGN = re.compile("[一-鿿]([ \u3000]+)[一-鿿](?:\\1[一-鿿]){0,4}"), frozenset((*words_of("deeds_of_one_sign"), *units.common()))
Field = tuple[str, int, int]
Line = tuple[int, int]


def is_entitled(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are the number of a table and its title, or that number in another language, each in one of its own.

    >>> is_entitled(["表3", "2023年受理情况"]), is_entitled(["Table 3", "表 3"]), is_entitled(["表3", "312"])
    (True, True, False)
    """
    return len(cells) == 2 and any(map(TABLE_NUMBER.fullmatch, cells)) and not any(map(is_figure, cells))


@lru_cache(maxsize=1 << 14)
def is_figure(words: str) -> bool:
    """Whether a field is a number, or a mark that there is none.

    >>> [is_figure(words) for words in ("1,204", "↑5.2%", "312件", "56675(↓3.1%)", "—", "2019年", "收案")]
    [True, True, True, True, True, False, False]
    """
    if len(words) > LONGEST_FIGURE:
        return False
    return words in _NO_CHANGE or any(shape.fullmatch(words) is not None for shape in (FIGURE, NOTHING, SIGN, RATIO, _BOUND))


def is_time(words: str) -> bool:
    """Whether a field names a year or a part of one (1-6月 and 2019 do)."""
    return PERIOD.fullmatch(words) is not None and (_BARE_YEAR.fullmatch(words) is not None or not words.isdigit())


def are_years_of_the_republic(words: Sequence[str]) -> bool:
    """Whether some words are years as papers of Taiwan count them, one after the other, one at least by three figures.

    >>> are_years_of_the_republic(["98", "99", "100"]), are_years_of_the_republic(["98", "99"]), are_years_of_the_republic(["102", "104"])
    (True, False, False)
    """
    years = [int(word) for word in words if _YEAR_OF_THE_REPUBLIC.fullmatch(word)]
    return len(words) == len(years) > 1 and max(years) > 99 and {b - a for a, b in pairwise(years)} in ({1}, {-1})


def are_months(words: Sequence[str]) -> bool:
    """Whether some words are the numbers of months from the first on, three at least.

    >>> are_months(["1", "2", "3"]), are_months(["1", "2"]), are_months(["2", "3", "4"])
    (True, False, False)
    """
    return 2 < len(words) < 13 and list(words) == [str(month) for month in range(1, len(words) + 1)]


def has_figure(row: Sequence[Field]) -> bool:
    """Whether a field of a row is a figure, and no time."""
    return any(is_figure(words) and not is_time(words) for words, _, _ in row)


def first_of_figures(rows: Sequence[Sequence[Field]]) -> int:
    """The number of the first row that has a figure; how many rows there are where none has."""
    return next((number for number, row in enumerate(rows) if has_figure(row)), len(rows))


def is_short(words: str) -> bool:
    """Whether a line can be one cell: short, no sentence, nothing in it that parts cells."""
    parted = (_PARTED.search(words) is not None and not is_spread(words)) or any(mark in words for mark in (*BARS, "\t"))
    return 0 < len(words) <= LONGEST and not parted and not SENTENCE.search(words)


def is_spread(words: str) -> bool:
    """Whether some words are one, its signs set apart.

    >>> is_spread("合    计"), is_spread("男    女"), is_spread("收案  结案")
    (True, False, False)
    """
    return _SPREAD_WORD.fullmatch(words) is not None and not _OF_ONE_SIGN.issuperset(words.split())


def is_unit(words: str) -> bool:
    """Whether a field is a unit and no more: 件, （万元）, %.

    >>> is_unit("（万元）"), is_unit("件数")
    (True, False)
    """
    return units.family_of(_BRACKETS.sub("", words).lstrip("百千万亿")) is not None


def numbered_as(label: str) -> int | None:
    """How a label is numbered: 0 for 一、, 1 for （一）, 2 for 1., 3 for （1）; None for any other.

    >>> numbered_as("（一）收案"), numbered_as("收案")
    (1, None)
    """
    return next((number for number, shape in enumerate(_STYLES) if shape.match(label)), None)


def amount_of(words: str) -> Decimal | None:
    """The size of the first figure of a field, None where it has none.

    >>> amount_of("1,204件"), amount_of("—")
    (Decimal('1204'), None)
    """
    found = _AMOUNT.search(words)
    try:
        return Decimal(re.sub("[,，  ]", "", found[0]).replace("．", ".")) if found is not None else None
    except InvalidOperation:
        return None


def lines_of(text: str) -> list[Line]:
    """Where the lines of a text begin and end, without their ends."""
    found: list[Line] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        found.append((start, end - (text[end - 1 : end] == "\r")))
        start = end + 1
    return found


def between(text: str, start: int, end: int, cuts: list[int]) -> list[Field]:
    """The fields of a line between the places where a character parts them."""
    edges = [start - 1, *cuts, end]
    return [stripped(text, a + 1, b) for a, b in pairwise(edges)]


def table_of(run: list[Line], rows: list[list[Field]], doubt: str = "") -> Table | None:
    """The table of some rows, None where they have no column of numbers and so are none."""
    cells = [Cell(*field, r, c) for r, row in enumerate(rows) for c, field in enumerate(row) if field[0]]
    wide = [row for row in rows if sum(1 for field in row if field[0]) > 1]
    if len(wide) < 2 or not _has_numbers(wide):
        return None
    return Table(tuple(cells), run[0][0], run[-1][1], doubt=doubt)


def _counts(words: str) -> bool:
    return len(words) <= LONGEST_FIGURE and FIGURE.fullmatch(words) is not None


def _has_numbers(rows: list[list[Field]]) -> bool:
    """Whether some column of the rows from the first with figures on, or under the first, holds figures mostly."""
    first = next((i for i, row in enumerate(rows) if any(_counts(words) and not is_time(words) for words, _, _ in row)), 1)
    body = rows[max(first, 1) :]
    columns: Counter[int] = Counter()
    for row in body:
        columns.update(c for c, (words, _, _) in enumerate(row) if _counts(words) or RATIO.fullmatch(words))
    return any(2 * count >= len(body) for count in columns.values())
