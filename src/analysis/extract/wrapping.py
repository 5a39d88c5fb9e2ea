"""Text that was set at a fixed width: which of its line ends stand inside a sentence."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from ..lexicon import classes
from ..lexicon.wordlists import meanings
from .grammar import compiled
from .lines import HEADING_WIDTH, is_numbered, is_part
from .spacing import needless_blanks

# Inside a number (4 / 215名), and inside a sentence.
_WRAPPED = re.compile(
    r"(?<=[0-9０-９]) +\r?\n(?=[0-9０-９]{3}(?![0-9０-９]))|"
    r"(?<=[^\s。！？!?；：:>”』])\r?\n(?=[^\s#<　])"
)
# 抓获5 / 210人: thousands, where no line is a cell.
_BEHIND_A_LEAD = "|".join(f"(?<=[\u4e00-\u9fff]{'[0-9]' * count} {end})" for count in (1, 2, 3) for end in (r"\n", r"\r\n"))
_TORN_THOUSANDS = re.compile(rf" +\r?\n(?:{_BEHIND_A_LEAD})(?=[0-9]{{3}}[\u4e00-\u9fff])")
# A line that ends in a figure or begins with what cannot begin one was broken by its typesetting.
_CANNOT_BEGIN = frozenset("，。、；：）)％%")
_STOPS = frozenset(" 　\t\r\n。！？!?；：:>”』") | {""}
_FIGURES = frozenset("0123456789０１２３４５６７８９（(")
_NOT_AFTER_FIGURES = _FIGURES | frozenset(" 　\t\r\n#<") | {""}
_MYRIADS = frozenset(meanings("myriads"))
_ENDS = "。！？!?；;：:”』…"
WRAP_WIDTH = 80
# Lines that are all shorter than these many signs are no column of print, but a list.
SHORTEST = 16


def breaks(text: str) -> list[tuple[int, int, str]]:
    """The line ends that stand inside a sentence, and the blanks that stand beside its figures (2018 年 9 月 1 日立案 30 起), each with what is read
    there: no sign."""
    return [(start, end, "") for start, end in _breaks(text)]


def _breaks(text: str) -> list[tuple[int, int]]:
    blanks = set(needless_blanks(text))
    if _is_wrapped(text):
        within = (found.span() for found in _WRAPPED.finditer(text) if not _stands_alone(text, found.start()))
        return sorted([*within, *blanks])
    full, torn = _full_lines(text), _torn_lines(text)
    found, at = [*blanks, *_inside_a_margin(text), *(torn.span() for torn in _TORN_THOUSANDS.finditer(text))], text.find("\n")
    while at > 0:
        low = at - 1 if text[at - 1] == "\r" else at
        before, after = text[low - 1 : low], text[at + 1 : at + 2]
        if (
            (after in _CANNOT_BEGIN and before not in _STOPS)
            or (before in _FIGURES and after not in _NOT_AFTER_FIGURES and _DATED.search(text, max(0, low - 16), low) is None)
            or (before in _MYRIADS and (after == "元" or after in _MYRIADS) and text[low - 2 : low - 1] in _FIGURES)
            or (after in _FIGURES and before not in _STOPS and before not in _CANNOT_BEGIN and _counts_on(text, low, at + 1))
            or _tears(text, low, at + 1, torn)
            or (after not in _NEVER_GOES_ON and before not in _STOPS and (low in full or _is_cut(text, low, at + 1) or _names_on(text, low, at + 1)))
        ):
            found.append((low, at + 1))
        at = text.find("\n", at + 1)
    return sorted(found)


def _stands_alone(text: str, end: int) -> bool:
    """Whether the line that ends at a place, or the next, is a heading by its number (一、收结案情况) or a bracket of its own (（2019年5月31日）)."""
    line = text[text.rfind("\n", 0, end) + 1 : end].strip()
    following = text[text.find("\n", end) + 1 :][:HEADING_WIDTH].partition("\n")[0].strip()
    heads = is_numbered(line) and len(line) <= HEADING_WIDTH // 2 and _MARKED.search(line, 2) is None
    return heads or any(one[:1] in _OPENING and one[-1:] in _CLOSING for one in (line, following) if one)


_MARKED, _OPENING, _CLOSING = re.compile("[，,。；;：:0-9]"), "（(", "）)"


# A line that ends in a date or a time of day: the line of a page that says when.
_DATED = re.compile("(?:[0-9]{1,2}[:：][0-9]{2}|(?:19|20)[0-9]{2}([-/.])[0-9]{1,2}\\1[0-9]{1,2})$")


def _full_lines(text: str) -> frozenset[int]:
    """The ends of the lines that stop at the width their page was set in: three or more of about one width that end in the middle of a sentence, or
    two where no line is wider."""
    widths: dict[int, int] = {}
    cut: list[int] = []
    start = widest = 0
    for line in text.split("\n")[:-1]:
        end = start + len(line)
        line, start = line.removesuffix("\r"), end + 1
        width = _width(line) if len(line) <= WIDEST else WIDEST + 1
        widest = max(widest, width)
        if NARROWEST <= width <= WIDEST and _STOPS_INSIDE.search(line) is not None:
            cut.append(width)
            if "\u4e00" <= text[start : start + 1] <= "\u9fff" and _GOES_ON.search(line) is not None:
                widths[end - text.endswith("\r", 0, end)] = width
    of_one = Counter(cut)
    of_about = {width: sum(of_one[width + more] for more in range(-RAGGED, RAGGED + 1)) for width in of_one}
    return frozenset(end for end, width in widths.items() if of_about[width] > (2 if width + RAGGED < widest else 1))


def _torn_lines(text: str) -> frozenset[int]:
    """The ends of the lines of sentences that are as wide as any of their text, and end within a number or a date."""
    widths = {}
    start = widest = 0
    for line in text.split("\n"):
        end = start + len(line)
        line, start = line.removesuffix("\r"), end + 1
        width = _width(line) if len(line) <= WIDEST else WIDEST + 1
        widest = max(widest, width)
        if NARROWEST <= width <= WIDEST and _TORN.search(line) is not None and _STOP_INSIDE.search(line) is not None:
            widths[end - text.endswith("\r", 0, end)] = width
    return frozenset(end for end, width in widths.items() if width + RAGGED >= widest)


def _tears(text: str, end: int, start: int, torn: frozenset[int]) -> bool:
    """Whether a number or a span goes on in the next line: 20 / 20年, 8. / 3万元, 2022年 / 7月, 1至 / 9月, 1月 / 至7月."""
    if _SPANNING.match(text, max(0, end - 3)) is not None:
        return True
    return end in torn and (_NO_ITEM if text[end - 1].isascii() else _MONTH_OR_DAY).match(text, start) is not None


# A line ends in a number, its point, or a year or month; and what it goes on with: a month or day, or digits that are no number of an item.
_TORN, _STOP_INSIDE = compiled("line_ends_in_a_number"), compiled("stop_inside_a_line")
_MONTH_OR_DAY, _NO_ITEM = compiled("date_goes_on"), re.compile(r"(?![0-9]{1,2}(?:、|[.．)）](?![0-9])))[0-9]")
_SPANNING = compiled("span_over_lines")


def _inside_a_margin(text: str) -> list[tuple[int, int]]:
    """The line ends inside the paragraphs of a page that is all set in, whose first lines stand further in, with the blanks around."""
    if "\n  " not in text:
        return []
    lines = [(found.start(1), found.start(2), found.end(2)) for found in _LINE.finditer(text)]
    indents = Counter(words - begin for begin, words, _ in lines)
    margin = max(indents, key=lambda indent: (indents[indent], -indent), default=0)
    further = sum(many for indent, many in indents.items() if indent > margin)
    if margin < 2 or not further or 2 * indents[margin] < len(lines):
        return []
    wide = WIDE * max(end - words for _, words, end in lines)
    inside = [
        (end, words)
        for (_, before, end), (begin, words, _) in pairwise(lines)
        if words - begin == margin and end - before >= wide and text[end - 1] not in _ENDS and text[words] not in _OPENS
    ]
    return inside if len(inside) > 2 and 2 * len(inside) >= indents[margin] else []


_LINE = re.compile("^([ 　]*)([^ 　\n](?:[^\n]*[^\\s])?)", re.MULTILINE)
# How much of the widest line one fills that ends inside its paragraph, and what a line begins with that is a paragraph of its own.
WIDE, _OPENS = 0.7, frozenset("(（#<")


def _width(line: str) -> int:
    """How wide a line is set: a sign of the script is as wide as two figures."""
    return len(line) + sum("\u2e80" <= sign <= "\uffe6" for sign in line)


# A column of print is no narrower and no wider, in figures; and how ragged it is.
NARROWEST, WIDEST, RAGGED = 44, 120, 6
# A sentence has begun in the line, and its last words are no figure.
_GOES_ON, _STOPS_INSIDE = compiled("line_goes_on"), re.compile("[，,][^\t|]*[^。！？!?；;：:\t|]$")


def _counts_on(text: str, end: int, start: int) -> bool:
    """Whether a line that ends in the middle of a sentence goes on with what it counts: …，治保人员 / 1960人。"""
    count = _COUNT.match(text, start)
    if count is None:
        return False
    if text[count.end() : count.end() + 1] in _CANNOT_BEGIN and _OPEN.fullmatch(text, end - 1, end) is not None:
        return True  # 没收走私香烟 / 2160条，: nothing else can be what is counted
    return _COMMA.search(text, text.rfind("\n", 0, end) + 1, end) is not None


def _is_cut(text: str, end: int, start: int) -> bool:
    """Whether a line ends behind what no sentence ends in, and the next begins no part: 接报警情4.6万起， / 比2022年上升2.5%。"""
    return _LEFT_OPEN.search(text, text.rfind("\n", 0, end) + 1, end) is not None and not is_part(text[start : start + HEADING_WIDTH])


_LEFT_OPEN = compiled("line_left_open")
_COMMA = re.compile("[，,](?=[一-鿿])")


def _names_on(text: str, end: int, start: int) -> bool:
    """Whether a line ends inside a word, or has not come to the number of what it names last: 全年共调处邻里 / 纠纷8640起。"""
    if any(text[end - left : end] + text[start : start + right] in _words() for left in range(1, 5) for right in range(1, 5)):
        return True
    if _NAME.match(text, start) is None:
        return False
    begin = text.rfind("\n", 0, end) + 1
    return _DONE_IN_ALL.search(text, begin, end) is not None or (_is_left_open(text, begin, end) and not _begins_anew(text, start))


def _is_left_open(text: str, begin: int, end: int) -> bool:
    """Whether a line tells figures, and its last clause has come to none: 没收香烟20条，查扣走私 / 车辆18辆。"""
    comma = max(text.rfind("，", begin, end), text.rfind(",", begin, end))
    return comma > begin and _FIGURE.search(text, begin, comma) is not None and _OPEN.fullmatch(text, comma + 1, end) is not None


_FIGURE, _OPEN = re.compile("[0-9０-９]"), compiled("open_clause")


def _begins_anew(text: str, start: int) -> bool:
    """Whether a line begins with what was done, so that it names by itself what it counts."""
    return any(text[start : start + length] in _deeds() for length in (2, 3, 4))


@cache
def _deeds() -> frozenset[str]:
    return frozenset(spelling for act in classes.acts().values() for spelling in act.spellings)


@cache
def _words() -> frozenset[str]:
    """Words of three signs and more that no line ends inside of: what is counted, and what is done; and sorts of cases (刑事案件)."""
    listed = (classes.heads(), classes.acts())
    words = {spelling for entries in listed for entry in entries.values() for spelling in entry.spellings if len(spelling) > 2}
    sorts = (spelling for entry in classes.topics().values() for spelling in entry.spellings if len(spelling) == 2)
    return frozenset(words) | {f"{sort}案件" for sort in sorts}


_NAME, _DONE_IN_ALL, _COUNT = compiled("name_goes_on"), compiled("done_in_all"), compiled("count_goes_on")
_NEVER_GOES_ON = frozenset(" 　\t\r\n#<、（(") | {""}


def _is_wrapped(text: str) -> bool:
    """Whether most lines of a text stop in the middle of a sentence, at a fixed width."""
    lines = text.split("\n")
    longest = len(max(lines, key=len))
    if len(lines) < 3 or not SHORTEST <= longest <= WRAP_WIDTH:
        return False
    pairs = [(a.rstrip("\r"), b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    full = [pair for pair in pairs if 2 * len(pair[0]) >= longest]  # a line that is far from the edge ends there: a title, a heading
    broken = sum(1 for a, b in full if a[-1] not in _ENDS and b[0] not in " 　\t" and not (is_numbered(a) and len(a) <= HEADING_WIDTH // 2))
    return len(pairs) >= 3 and broken * 2 >= len(pairs)
