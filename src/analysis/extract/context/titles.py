"""Titles over lines of a time and a figure, which say what is counted: 火灾死亡人数, and below it 2019年12人, 2020年9人."""

from __future__ import annotations

from ...lexicon.parts import roles
from .. import lines, naming
from ..grammar import compiled
from ..mentions import Token
from .written import is_plan

_DATES, _LEADS_TO_FIGURE = frozenset(("period", "duration")), compiled("figure_behind_its_time")
# What a title may hold besides what it counts: when, and numbers in its words (A1类事故).
_IN_TITLES, _LAST_SIGNS = frozenset(("period", "date", "duration", "other", "separator")), ("：", ":")


def name_of_title(text: str, span: tuple[int, int], tokens: list[Token], heading: bool) -> str:
    """What a line without figures names that lines below may count, '' for a line that is no title, or names nothing that is counted."""
    start, end = span
    if end - start > lines.HEADING_WIDTH or not (heading or _ends_in_colon(text, span)) or any(token.kind not in _IN_TITLES for token in tokens):
        return ""
    said = naming.heading_words(_AS_FOLLOWS.sub("", _undated(text, span, tokens)))
    name = naming.split_scope(naming.clean(_EVERY_YEAR.sub("", said)))[0]
    counts = any(asked(name) for asked in _COUNTS)
    return name if counts and not naming.is_bare(name) and not is_plan(text[start:end]) else ""


def topic_of_title(text: str, span: tuple[int, int], tokens: list[Token]) -> str:
    """Of whom the title of a whole text says that its counts are: 未成年人 of 甲县检察院2019年1至8月未成年人检察工作情况; '' where it does not."""
    said = naming.split_scope(naming.strip_leading(_undated(text, span, tokens)))[0]
    for length in range(_LONGEST_TOPIC, 2, -1):
        topic = naming.topic_of(said[:length])
        if naming.people_told_of(topic) is None or not said.startswith(topic):
            continue
        if _AT_WORK.issuperset(kind for kind, _ in roles(said[len(topic) : length])):
            return topic
    return ""


# With what is done in the matter and no other matter beside it (not 少年家事审判); a longer one is a slogan.
_LONGEST_TOPIC, _AT_WORK = 9, frozenset(("act", "organ", "head"))


def _undated(text: str, span: tuple[int, int], tokens: list[Token]) -> str:
    """The words of a title without the times in it."""
    edges = [span[0], *(edge for token in tokens if token.kind in _DATES for edge in (token.start, token.end)), span[1]]
    return "".join(text[low:high] for low, high in zip(edges[::2], edges[1::2], strict=True)).strip()


def _ends_in_colon(text: str, span: tuple[int, int]) -> bool:
    return text.endswith(_LAST_SIGNS, *span) and text[span[1] : span[1] + 1] in "\r\n"


_COUNTS = naming.names_measure, naming.has_head, naming.counted_in, naming.ends_in_act, naming.is_sort_of_cases
_AS_FOLLOWS, _EVERY_YEAR = compiled("as_follows_in_a_title"), compiled("every_year_in_a_title")


def is_of_title(text: str, start: int, tokens: list[Token]) -> bool:
    """Whether a line tells a time and its figure, and not of what: 2019年12人，同比下降5%."""
    number = next((token for token in tokens if token.kind != "hedge" and token.kind not in _DATES), None)
    first = tokens[0] if tokens else None
    if first is None or number is None or first.kind != "period" or number.kind not in ("quantity", "separator") or text[start : first.start].strip():
        return False
    return _LEADS_TO_FIGURE.match(text, first.end) is not None
