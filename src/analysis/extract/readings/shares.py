"""Names of shares and of ratios to a base, which are made of whose they are and of what."""

from __future__ import annotations

import re

from ...lexicon.parts import roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..drafts import Draft
from ..numerals import parse_either
from ..quantities import Quantity
from ..sentence import Sentence
from .last_said import course_before

_SHARES = words("shares")


def names_share(name: str) -> bool:
    """Whether a name is a share's, which takes no head from before."""
    return SHARE in name and name.endswith(_SHARES)


def printed_whole(s: Sentence, q: Quantity) -> str:
    """What a number counts that is the whole of a share right behind it (惩办主犯79人，占主犯107人的74%: 主犯); '' for another number."""
    if q.family != "count" or _SHARE_FOLLOWS.match(s.text, q.end, s.end) is None:
        return ""
    found = _WHOLE_BEFORE.search(s.text, s.clause_begin, q.start)
    return found["whole"] if found is not None else ""


def of_printed_whole(s: Sentence, q: Quantity) -> str:
    """The name of a share of a whole that prints its number right before it; '' for another number."""
    if q.family != "ratio" or len(s.levels) < 2:
        return ""
    owner, last = s.levels[-2:]
    whole = printed_whole(s, last.level) if last.level.end == s.clause_start else ""
    return f"{owner.name}{SHARE}{whole}{_SHARES[0]}" if whole else ""


def is_share(s: Sentence, q: Quantity, left: str) -> bool:
    if printed_whole(s, q):
        return False
    if q.family == "ratio" and _TOGETHER.fullmatch(s.text, s.clause_begin, q.start) is not None:
        return True  # 两者合计占七成
    if left[-1:] == SHARE and len(left) > 1 and q.family == "count" and not any(kind in _WHOSE for kind, _ in roles(left)):
        return False  # 其中殴打占90宗: so many of them
    return SHARE in (left[:1], left[-1:]) or (q.family == "ratio" and s.text[q.start - 1] == "的" and _OF_A_WHOLE.search(left) is not None)


def name_of_ratio(s: Sentence, compared: re.Match[str]) -> tuple[str, str]:
    """Name a ratio to a base, which is no increase: 立案数与上年之比."""
    owner = naming.split_scope(s.name_in(s.clause_start, compared.start()))[0]
    if len(owner) < 2:
        owner = s.levels[-1].measured if s.levels else s.said_before() or s.context.head
    return f"{owner}与{compared['base']}之比", naming.core(owner)


# 组织调整60万人次、占40.3%: the share of the level right before it.
_ADJACENT = ("、", "")
_OF_A_WHOLE = grammar.compiled("of_a_whole")


def name_of_share(s: Sentence, left: str) -> tuple[str, str]:
    """Name a share: 法官403人，占69% is the share of 法官."""
    owner, share, whole = left.rpartition("占")
    whole = whole if share else ""
    whole = whole.rstrip("的")
    if len(owner) < 2 or owner.startswith(("这", "此", "该")):
        level = s.levels[-1] if s.levels else None
        said = "" if level is not None and s.text[level.end : s.clause_start] in _ADJACENT else s.said_before()
        before = "" if said in _SHARES else said  # 盗窃86起，占比最高，达45%
        if not before and not whole and level is not None and _is_of_another_year(s, level):
            return level.name, level.written  # 2008年占受案的22%，2009年占21%
        last = next((d for d in reversed(s.drafts) if d.quantity is None or d is level), None)
        owner = before or (last.name if last is not None else s.drafts[-1].written if s.drafts else s.name_in(*s.last_clause) or s.context.head)
        if not owner or owner in _SHARES:
            told = course_before(s)  # 离婚案件占全部案件的比例逐年上升。占比分别为：2011年占3%: the sentence before says whose, and of what
            owner, _, whole = told.rpartition(SHARE) if SHARE in told else (told, "", whole)
        if owner.endswith("比重"):
            owner = owner.partition("占")[0] or owner
    owner = _several_together(s) or naming.clean(owner)
    whole = whole or _whole_before(s, owner)
    return f"{owner}占{whole}" + ("" if whole.endswith(("比重", "比例", "比")) else "比重"), whole if len(whole) > 2 and not owner else naming.core(
        owner
    )


def _is_of_another_year(s: Sentence, level: Draft) -> bool:
    """Whether a share is the one before it in another year."""
    dated = s.clause_period is not None and s.clause_period is not level.period and s.clause_period.start >= s.clause_begin
    return level.name.startswith(SHARE) or (dated and names_share(level.name))


def _several_together(s: Sentence) -> str:
    """The last levels that have a share together: 婚姻家庭纠纷90件、邻里纠纷80件，两类合计占总数的70%; '' for another share."""
    found = _TOGETHER.match(s.text, s.clause_begin, s.end)
    many = parse_either(found["many"]) if found is not None else None
    levels = [d for d in s.levels if d.kind == "actual" and d.level.family == "count"]
    return _LISTED.join(d.name for d in levels[-int(many) :]) if many is not None and 1 < many <= len(levels) else ""


_SHARE_FOLLOWS, _WHOLE_BEFORE = map(grammar.compiled, ("share_follows", "whole_of_a_share"))
(SHARE,), _WHOSE = words("is_a_share"), ("organ", "place", "whole")
_TOGETHER, _LISTED = grammar.compiled("several_together"), "、"


def _whole_before(s: Sentence, owner: str) -> str:
    """The whole that the sentence named for another share: 基层法院占全省的84%；中级法院占14%."""
    shares = [d for d in s.drafts if "占" in d.name and d.quantity is not None and d.quantity.family == "ratio"]
    before, _, whole = shares[-1].name.rpartition("占") if shares else ("", "", "")
    if not before:
        return whole_told_of(s) or _parted(s, owner)
    return whole.removesuffix("比重") if before != owner or shares[-1].scope != s.context.scope else ""


def _parted(s: Sentence, owner: str) -> str:
    """What the level counts of which 其中 tells shares: 干警由14人增至41人，其中党员占66%: 干警."""
    whole = next((d for d in reversed(s.levels) if d.anchor < s.of_which and d.level.family == "count"), None)
    noun = naming.noun_of(whole.name) if whole is not None and s.of_which else ""
    return noun if 1 < len(noun) <= naming.LONGEST_SORT and noun not in owner and naming.has_head(noun) else ""


def whole_told_of(s: Sentence) -> str:
    """The whole that a clause before names as what some are of: 在接受援助的当事人中，农民工占46%."""
    found = next((m for m in _AMONG.finditer(s.text, s.start, s.clause_begin) if m.end() <= s.clause_begin), None)
    return naming.split_scope(s.name_in(*found.span("whole")))[0] if found is not None else ""


_AMONG = grammar.compiled("among_these")
