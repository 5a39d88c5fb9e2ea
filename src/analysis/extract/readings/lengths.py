"""Lengths of time that are figures: amounts of changes (缩短6天), what a change came to, and levels that a word names (平均审限1.8个月)."""

from __future__ import annotations

from ...lexicon.wordlists import words
from ..grammar import compiled
from ..mentions import NUMERALS, Token, read_quantity
from ..quantities import Quantity
from ..sentence import Sentence
from .changes import FILL, JOINS
from .goals import beside_goal
from .owners import close_group
from .times import measures_time, names_a_time


def time_moved(s: Sentence, index: int, token: Token) -> Token | None:
    """A length of time that is the amount of a change (平均用时分别下降36天和11天), as the quantity it is; None for another."""
    hedged = index > 1 and s.tokens[index - 1].kind == "hedge" and s.tokens[index - 1].end == token.start
    before = s.tokens[index - 1 - hedged] if index else None
    if before is None or s.text[token.end - 1] == "年":
        return None
    follows = before.kind in _MOVES_TIME and (hedged or s.text[before.end : token.start] in FILL)  # 缩短近9天
    goes_on = bool(s.group) and s.group[-1].size.family == "time" and s.text[s.last_amount : token.start] in JOINS
    read = plain_duration(s, token) if follows or goes_on else None
    return Token("quantity", token.start, token.end, read, token.rule) if read is not None and read.family == "time" else None


def time_come_to(s: Sentence, token: Token) -> Quantity | None:
    """The length of time that a change of one led to (平均审理天数减少6天，为51天); None for another."""
    if s.group and s.group[-1].size.family == "time" and _CAME_IN_TIME_TO.fullmatch(s.text, s.last_amount, token.start) is not None:
        close_group(s)
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.quantity is not None or last.moved.amount is None or last.moved.amount.family != "time":
        return None
    return plain_duration(s, token) if _CAME_IN_TIME_TO.fullmatch(s.text, last.moved.amount.end, token.start) is not None else None


_CAME_IN_TIME_TO, _BOUNDS = compiled("came_in_time_to"), compiled("day_that_bounds")
_MOVES_TIME = frozenset(("change", "compare"))


def says_how_much(s: Sentence, token: Token) -> bool:
    """Whether a length of time, or what looks like a day, is a level: 平均审限1.8个月, 1.4个月的办案量, 平均办结时长2日."""
    if token.kind != "duration" and (token.rule != "day_of_month" or _bounds(s, token)):
        return False
    return measures_time(s.text, token.end) or names_a_time(s, token.start) or _is_a_goal(s, token)


def _is_a_goal(s: Sentence, token: Token) -> bool:
    """Whether a length of time is the goal of the one just told (轮候时间291天，超出目标120天)."""
    told = bool(s.levels) and s.levels[-1].level.family == "time"
    read = plain_duration(s, token) if told else None
    return read is not None and beside_goal(s, read) is not None


def _bounds(s: Sentence, token: Token) -> bool:
    """Whether what looks like a day bounds other days, or is a half of one (3日以后, 3日上午); not a limit of time (50日以内)."""
    found = _BOUNDS.match(s.text, token.end)
    return found is not None and found[0] != _WITHIN


_WITHIN = "以内"


def plain_duration(s: Sentence, token: Token) -> Quantity | None:
    """Read a length of time as the quantity it is in 由6小时缩短到2小时, with the hedge before it (不到8分钟) or in it (近9天)."""
    hedges = [before for before in s.tokens if before.kind == "hedge" and before.end == token.start]
    at = token.start + s.text.startswith(_NEARLY, token.start)
    read = read_quantity(s.text, at, token.end, hedges) if s.text[at] in NUMERALS else None
    if read is None or read.kind != "quantity" or read.end != token.end:
        return None
    if at > token.start:
        read.meaning.hedge, read.meaning.start = "less_than", token.start
    return read.meaning


_NEARLY = words("nearly")[0]
