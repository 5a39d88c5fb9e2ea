"""Numbers that are told otherwise than they look: two that look like a range, one that leaves its unit to its neighbour."""

from __future__ import annotations

from ..mentions import Token, read_quantity
from ..quantities import POINTS, Quantity
from ..sentence import Sentence
from .bases import BETWEEN_BASES


def told_apart(s: Sentence, token: Token) -> list[Token] | None:
    """The two numbers of what looks like a range, where one is the amount of a change and the other what it led to: 由884宗增加86宗至970宗.

    What goes backwards otherwise (82-10起) is no range, and none of its numbers is a figure.
    """
    parted = _told_apart(s, token)
    if parted is None and token.meaning.low is not None and token.meaning.low >= token.meaning.high:
        s.others.append((token.meaning.start, token.end, "name"))
        return []
    return parted


def _told_apart(s: Sentence, token: Token) -> list[Token] | None:
    if token.meaning.high is None or token.meaning.value is not None or s.verb is None or s.verb.end != token.start:
        return None
    at = next((at for at in range(token.start, token.end) if s.text[at] in "至到"), -1)
    parts = [read_quantity(s.text[:at], token.start, at, []), read_quantity(s.text, at + 1, s.end, [])] if at > 0 else []
    read = [part for part in parts if part is not None and part.kind == "quantity" and part.meaning.value is not None]
    if not parts or len(read) != len(parts):
        return None
    if s.previous is None:  # 较上年增加71宗至268宗: each prints its unit, as the ends of a range do not
        counts = read[0].meaning.family == "count" and read[0].meaning.unit == read[1].meaning.unit
        return read if counts and s.basis is not None and s.basis.start < token.start else None
    return read if s.previous.value is not None else None


def share_unit(s: Sentence, index: int, q: Quantity) -> None:
    """Give 4.2 in 4.2和0.7个百分点 the unit that the list behind it ends in (and 4个 in 4个、7个百分点)."""
    before = s.tokens[index - 1] if index else None
    if q.unit is None and before is not None and before.kind == "quantity" and before.meaning.unit == "%" and s.text[q.start - 1] in BETWEEN_BASES:
        if before.end == q.start - 1 and not s.text[before.end - 1].endswith("%"):
            q.unit, q.family = "%", "ratio"  # 百分之98.7及79.3
            return
    end, told = q.end, None
    for later in s.tokens[index + 1 : index + _LONGEST_LIST]:
        if later.kind == "separator":
            continue
        if later.kind != "quantity" or s.text[end : later.start] not in BETWEEN_BASES:
            return
        end, told = later.end, later.meaning
        if told.unit is not None and told.unit != q.unit:
            break  # 3218、3051、2821起: the last tells it for all
    if told is not None and told.unit is not None and (q.unit is None or told.unit in POINTS):
        q.unit, q.family = told.unit, told.family


# How many tokens of a list are looked through for the unit it ends in.
_LONGEST_LIST = 16
