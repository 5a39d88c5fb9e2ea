"""Marks and brackets: what of a sentence ends with its clause, and what goes on behind a bracket."""

from __future__ import annotations

from ...lexicon.wordlists import words
from .. import naming
from ..grammar import compiled
from ..mentions import Token
from ..sentence import HALVES, Outside, Sentence
from . import roles
from .bases import OF_ITS_CLAUSE
from .bounding import is_han
from .directions import close_direction
from .owners import close_group


def take_separator(s: Sentence, index: int, token: Token) -> None:
    mark = token.meaning
    if mark in _COLONS and _leads_to_numbers(s, index, token):
        return  # 收案和结案分别为：90件、80件
    if mark == "、":
        if s.verb is not None and s.verb.end == token.start and not s.group:
            close_direction(s, token.start)
            s.verb, s.phrase_start, s.clause_start = None, -1, token.end
        if (s.drafts and s.drafts[-1].end == token.start) or s.last_amount == token.start:
            s.clause_start = token.end
        return
    if s.group and _tells_member_again(s, index, mark):
        return
    if (mark in "（(" and roles.in_bracket_of_base(s, index)) or (mark in "）)" and index > 1 and roles.in_bracket_of_base(s, index - 2)):
        return
    if s.group:
        if mark not in "，," or not _amount_follows(s, index):
            close_group(s)
    elif s.verb is not None:
        close_direction(s, token.start)
    before = s.clause_start, s.clause_begin, s.last_clause
    s.last_clause = (s.clause_begin, token.start)
    s.clause_start = s.clause_begin = token.end
    if mark in "（(":
        s.depth += 1
        told = len(s.choices) + len(s.others)
        s.outside.append(Outside(s.clause_period, s.period, *before, token.start, told, s.context.head, (s.of_which, s.head_of_whole, s.whole)))
        year = s.tokens[index - 1] if index else None
        if year is not None and year.kind == "period" and year.end == token.start and s.clause_period is not year:
            s.clause_period = year  # 是2020年（91件）的2.9倍
    elif mark in "）)":
        _close_bracket(s, index, token)
    elif s.clause_period is not s.period and s.clause_period is not None and s.clause_period.rule in OF_ITS_CLAUSE:
        leads = s.clause_period.end == token.start or s.text[s.clause_period.start - 1] in HALVES
        s.clause_period = s.clause_period if leads and mark in _COMMAS else None  # ；7月，立案60件，结案50件；
    if not s.group:
        _end_clause(s, mark)


def _tells_member_again(s: Sentence, index: int, mark: str) -> bool:
    """Whether a bracket tells the member of a list of changes before it in another way and nothing else; when it closes, note that."""
    opened = index if mark in _OPENS else index - 3 if mark in _CLOSES else -1
    if s.each is None or opened < 1 or opened + 3 >= len(s.tokens):
        return False
    before, opening, sign, amount, closing = s.tokens[opened - 1 : opened + 4]
    if before.kind != "quantity" or s.text[before.end : opening.start].strip() or opening.meaning not in _OPENS:
        return False
    if sign.kind != "change" or amount.kind != "quantity" or closing.meaning not in _CLOSES or before.meaning.family == amount.meaning.family:
        return False
    if opened != index:
        *s.group, again = s.group
        s.group[-1].again, s.last_amount = again, closing.end
    return True


_OPENS, _CLOSES = ("（", "("), ("）", ")")


def _leads_to_numbers(s: Sentence, index: int, colon: Token) -> bool:
    """Whether a colon stands between 分别 and the first of its numbers."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    if s.each is None or following is None or following.kind != "quantity" or following.start != colon.end:
        return False
    return not naming.clean(s.words(s.each.end, colon.start))


def _close_bracket(s: Sentence, index: int, token: Token) -> None:
    """Go on outside a bracket: with its periods, and with the name before it.

    A bracket without a number is part of that name (不起诉（含附条件不起诉）31件); one that prints numbers is not.
    """
    s.depth -= 1
    if not s.outside:
        return
    outside = s.outside.pop()
    s.clause_period, s.period = outside.clause_period, outside.period
    if (told := _time_of_what_follows(s, index, token)) is not None:
        s.clause_period = s.period = told
    s.context.head = outside.head  # 批准逮捕90人（其中未成年人9人），不批准逮捕20人
    s.of_which, s.head_of_whole, s.whole = outside.of_which
    if outside.clause_start >= outside.opened or not is_han(s.text[outside.opened - 1]):
        return
    if s.text.endswith(_BELOW, outside.opened, token.start) or _TELLS_WHAT.match(s.text, outside.opened + 1, token.start) is not None:
        s.leave_out(outside.opened, token.end)  # 全省法院（含铁路运输法院，下同）
    elif outside.numbers != len(s.choices) + len(s.others) - _names_in_bracket(s, outside.opened):
        following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
        joined = following is not None and s.text[token.end : following.start] in _OF
        if following is None or not joined or following.kind not in ("quantity", "change", "basis"):
            return
        s.leave_out(outside.opened, token.end)  # 不起诉（其中法定不起诉12人）210人; 盗窃案（占发案的30%）下降5%
    s.clause_start, s.clause_begin, s.last_clause = outside.clause_start, outside.clause_begin, outside.last_clause


def _time_of_what_follows(s: Sentence, index: int, closing: Token) -> Token | None:
    """The time that a bracket tells of what a sentence begins with, and of its figures (专项斗争中（2018—2020年），起诉25件); None for another."""
    if s.drafts or s.depth or index < 2 or s.text[closing.end : closing.end + 1] not in _COMMAS:
        return None
    opening, told = s.tokens[index - 2], s.tokens[index - 1]
    if index > 2 and s.tokens[index - 3].kind == "period" and s.tokens[index - 3].end == opening.start:
        return None  # 三季度（7月1日至9月30日），接报警情90起: the same told again
    fills = told.kind == "period" and opening.end == told.start and told.end == closing.start
    return told if fills and any(token.kind == "quantity" for token in s.tokens[index + 1 :]) else None


def _names_in_bracket(s: Sentence, opened: int) -> int:
    """How many of the numerals read since a bracket opened are parts of names (细颗粒物（PM2.5）浓度)."""
    return sum(start > opened and what == "name" for start, _, what in s.others)


def _end_clause(s: Sentence, mark: str) -> None:
    if s.basis is not None:
        _end_basis(s, s.basis, mark)
    if mark in HALVES and s.borrowed:
        s.carried_basis, s.borrowed = None, False
    if s.verb is not None and (s.verb.kind != "rate" or mark in HALVES):
        s.verb = None
    s.each, s.rate = None, ""
    s.both = None if mark in HALVES else s.both  # A率、B率均较高；开展检察听证46件
    s.phrase_start = s.basis.start if s.basis is not None else -1
    if s.previous is None:
        s.source = None


def _end_basis(s: Sentence, basis: Token, mark: str) -> None:
    """Part with a basis at the end of its clause; one alone in it waits for the verb of the next (与上年相比，…)."""
    if basis.rule == "on_a_comparable_base" and s.verb is None and not s.name_in(*s.last_clause):
        s.recounted = True  # 按可比口径计算，…: said of the whole sentence
    if mark in "，,（(：:" and s.verb is None and not s.name_in(*s.last_clause):
        s.carried_basis, s.borrowed = basis, False  # 与上年相比，在受理的案件中，甲下降5%；乙上升3%; 与上年同期相比（56起），甲下降5%
    printed = s.base_list[-1] if s.base_list else s.base_value
    waits = printed is not None and printed.start >= s.last_clause[0]
    if not waits and (s.verb is not None or mark not in "，,：:" or naming.clean(s.words(*s.last_clause))):
        if mark in "，," and ((s.verb is not None and s.phrase_start >= 0) or _came_down(s, basis)):
            s.carried_basis = basis  # 比2012年，甲大幅下降，乙下降5%: a direction hands its basis on, within the half-sentence
            s.borrowed = True
        s.basis = None


def _came_down(s: Sentence, basis: Token) -> bool:
    """Whether a clause tells what a figure came to, or which way, and leaves by how much to the next: 较上年大幅减少至70宗，跌幅达60%."""
    low, high = s.last_clause
    return low <= basis.start and any(basis.end <= token.start < high and (token.kind == "reach" or token.rule == _WAYS) for token in s.tokens)


def _amount_follows(s: Sentence, index: int) -> bool:
    """Whether a comma stands inside a list of amounts (分别增长5%，6%)."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    return (
        following is not None
        and following.kind == "quantity"
        and following.start == s.tokens[index].end
        and s.each is not None
        and following.meaning.family == s.group[-1].size.family
    )


_COLONS, _COMMAS = "：:", "，,"
# 是2020年（91件）的2.9倍
_OF = ("", words("particles")[0])
_WAYS = "ways_told_beforehand"
_BELOW, _TELLS_WHAT = words("the_same_below"), compiled("tells_what_is_counted")
