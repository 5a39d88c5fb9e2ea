"""Changes: tell their amounts from levels, and read what a change phrase says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ...lexicon.wordlists import words
from .. import grammar, naming
from ..drafts import ChangeDraft
from ..mentions import Token
from ..quantities import POINTS, THOUSANDTHS, Quantity, in_percent
from ..sentence import Sentence


def spaced(joins: Iterable[str]) -> Iterator[str]:
    """Some short words, each as it is and with blanks around it (231.4%和 249%)."""
    return (f"{before}{join}{behind}" for join in joins for before in ("", " ") for behind in ("", " "))


# Words that may stand between a verb of change and its amount, and between the amounts of a list.
FILL = frozenset(("", " ", *spaced(words("fillers"))))
JOINS = frozenset(spaced((",", *words("between_amounts"))))
_AVERAGE = grammar.compiled("mean_of_years")
_MOVED_BY, _LEADS_UP = grammar.compiled("moved_by_so_much"), grammar.compiled("leads_up_to_a_move")


def moved_behind(s: Sentence, q: Quantity) -> str | None:
    """Which way something moved by a number, where that stands behind it (录得9.2%的升幅): up or down; None where it does not."""
    found = _MOVED_BY.match(s.text, q.end, s.end) if q.family == "ratio" and not s.group else None
    if found is None or _LEADS_UP.search(s.text, s.near(q.start), q.start) is None:
        return None
    return "up" if found["up"] else "down"


def add_moved(s: Sentence, q: Quantity) -> None:
    """Add the amount of a change whose direction stands behind it."""
    leads = _LEADS_UP.search(s.text, s.near(q.start), q.start)
    s.phrase_start = s.phrase_start if s.phrase_start >= s.clause_start or leads is None else leads.start()
    add_amount(s, q, moved_behind(s, q))


def says_which_way(s: Sentence, at: int) -> bool:
    """Whether a verb or noun of change says which way the amount before it moved."""
    behind = bool(s.group) and s.group[-1].size.end == s.last_amount and at - s.last_amount < _NEAR
    return behind and _MOVED_BY.match(s.text, s.last_amount) is not None


# How far behind its amount a noun of change stands: behind 的, and how it went.
_NEAR = 6


def amount_rule(s: Sentence, q: Quantity, before: Token | None) -> tuple[str, str] | None:
    """The rule by which a quantity is the amount of a change, and what the verb has taken in before it (压减收费项目30%); None for no amount."""
    if before is None:
        return None
    if before.kind == "change":
        gap = _between(s, before.end, q)
        if gap in FILL:
            return "verb before", ""
        taken = _object_of(s, q, before, gap)
        return ("verb and its object before", taken) if taken else None
    if before.kind == "compare":
        gap = _between(s, before.end, q)
        basis = s.basis or s.carried_basis
        joined = s.text[before.start - 1] in _MARKS or (s.basis is not None and s.basis.end == before.start)
        again = before.rule in DONE and joined and _was_told(s, gap)
        deed = gap if (basis is not None and joined) or again else ""  # 同比多立案300件; 同比减少2起、少死亡6人; 抓获210人，多抓获31人
        deed += _PEOPLE[0] if len(deed) == 1 and q.unit in _PEOPLE else ""  # 少亡6人
        fits = again or ((gap in FILL or deed) and basis is not None and (basis.rule != "against_anything" or _is_of_another_time(s, basis, q)))
        return ("more than a basis", "" if gap in FILL else deed) if fits else None
    if s.basis is not None and s.text[s.basis.end : q.start] in _ADDED and (s.levels or _names_measure_before(s, s.basis)):
        return "added since a basis", ""
    if _follows_rate(s, q, before):
        return "rate before", ""
    if s.group and (s.group[-1].size.end == s.last_amount or s.group[-1].again is not None):
        last, between = s.group[-1].size, _between(s, s.last_amount, q)
        paired = between == "" and last.family == q.family == "count" and last.unit != q.unit  # 减少5起4人
        if paired or (between in JOINS and (last.family == q.family or s.each is not None)):
            return "list goes on", ""
    return None


def _was_told(s: Sentence, deed: str) -> bool:
    """Whether the sentence counted a deed, of which more was done, or has just told how much more of another was."""
    last = s.drafts[-1].change if s.drafts else None
    listed = last is not None and any(token.rule in DONE and token.start == last.start for token in s.tokens)
    return bool(deed) and (any(deed in level.name for level in s.levels) or (listed and len(deed) > 1))


# 少死亡6人: a verb of change with its own deed behind it.
DONE = frozenset(("more_done", "less_done"))


def _names_measure_before(s: Sentence, basis: Token) -> bool:
    """Whether a measure stands before a basis in its clause: 律师人数比上一年度新增7.68万."""
    return s.clause_start < basis.start and naming.names_measure(s.name_in(s.clause_start, basis.start))


def _is_of_another_time(s: Sentence, basis: Token, q: Quantity) -> bool:
    """Whether points are told since an earlier time that a basis says in its own words (较三年前高8个百分点), not beside another place or kind."""
    return q.unit in POINTS and is_earlier_time(s.text[basis.start : basis.end])


def is_earlier_time(base: str) -> bool:
    """Whether what something is compared with is an earlier time of itself.

    >>> is_earlier_time("较三年前"), is_earlier_time("比整治之前"), is_earlier_time("比全省平均")
    (True, True, False)
    """
    return _TIME.search(base) is not None


_TIME = grammar.compiled("time_in_a_base")


def told_again(s: Sentence, q: Quantity, before: Token | None) -> bool:
    """Whether a number tells the change just read again in per cent: 减少21宗（12.5%）, 增加84宗，即2%."""
    if q.unit != "%" or before is None or before.kind not in ("separator", "quantity") or s.each is not None:
        return False  # 分别减少5件、8%
    end = s.outside[-1].opened if s.outside and before.end == s.clause_start == s.outside[-1].opened + 1 else s.last_amount
    if end < 0 or s.text[end : q.start] not in _AGAIN:
        return False
    changes = [*(d.change for d in s.drafts if d.change is not None), *s.group]
    return any(change.kind == "absolute" and change.amount is not None and change.amount.end == end for change in changes)


_AGAIN = frozenset(words("told_again"))
_ADDED, _MARKS, _PEOPLE = frozenset(words("added")), frozenset("、，,"), words("units_of_people")


def _follows_rate(s: Sentence, q: Quantity, before: Token) -> bool:
    """Whether a rate of change leads up to a quantity (增幅为6%, 增速分别达5%、6%)."""
    if s.verb is None or s.verb.kind != "rate" or q.family != "ratio":
        return False
    gap = _between(s, s.verb.end, q)
    if s.verb.end <= s.clause_begin and naming.ends_with_measure(s.name_in(s.clause_begin, s.each.start if s.each is not None else q.start)):
        return False  # 年均增幅5%，结案率分别为97%、99%
    each = s.each.end if s.each is not None and s.each.start > s.verb.end else -1
    if gap in FILL or (each > 0 and _between(s, each, q).rstrip(_COLONS) in FILL):
        return True
    return len(gap) < 14 and gap.endswith(("达到", "达", "为", "超过"))


def _object_of(s: Sentence, q: Quantity, verb: Token, gap: str) -> str:
    """What a verb takes before the amount that it changes (收费项目 of 压减收费项目30%); ''."""
    if q.unit not in ("%", "倍") or len(gap) > 18 or not _OBJECT.fullmatch(gap) or len(s.name_in(s.clause_start, verb.start)) >= 2:
        return ""
    taken = naming.clean(gap)
    return taken if len(taken) >= 2 else ""


def _between(s: Sentence, start: int, q: Quantity) -> str:
    """The text before a quantity, from ``start`` on, without its sign."""
    gap = s.text[start : q.start]
    return gap[:-1] if gap[-1:] in MINUS else gap


MINUS, _COLONS = frozenset("-－−"), "：: "
_OPPOSITE = {"up": "down", "down": "up"}
_OBJECT = grammar.compiled("object_of_a_change")


def add_amount(s: Sentence, q: Quantity, direction: str | None = None) -> None:
    """Add one amount to the change phrase being read."""
    verb = s.verb
    if direction is None:
        direction = verb.meaning["direction"] if verb is not None else s.group[-1].direction if s.group else "up"
    if s.text[q.start - 1 : q.start] in MINUS and (verb is None or verb.end < q.start):
        direction = _OPPOSITE[direction]  # 增长-3%
    if not s.group:
        if s.phrase_start < 0:
            s.phrase_start = q.start
        s.group_clause = s.clause_start
        s.average = bool(_AVERAGE.search(s.words(max(s.clause_start, s.phrase_start - 4), q.start)))
    if not (q.unit in POINTS and s.levels and s.levels[-1].level.unit in THOUSANDTHS):
        q = in_percent(q)  # 人口自然增长率3.15‰，下降0.42个千分点: by points of its own
    kind, value = _kind(q)
    basis = change_basis(s)
    if s.basis is not None:
        s.carried_basis, s.borrowed = s.basis, False
    s.group.append(ChangeDraft(direction, q, kind, value, *basis, s.phrase_start, q.end, s.average))
    s.last_amount = q.end


def _kind(q: Quantity) -> tuple[str, Decimal | None]:
    if q.unit in POINTS:
        return "percentage_points", q.value
    if q.unit in ("倍", "番"):
        return "multiple", q.value
    return ("percent" if q.family == "ratio" else "absolute"), q.value


class Basis(NamedTuple):
    """What a change is measured against: the sort of basis, the words of a named one, and whether it was counted anew."""

    basis: str
    base: str | None = None
    comparable: bool = False


def change_basis(s: Sentence) -> Basis:
    """Basis and base as said: in this clause, else carried (not over 年均), else unstated."""
    token = s.basis
    if s.further_bases and s.each is not None and len(s.group) <= len(s.further_bases):
        token = (token or s.carried_basis, *s.further_bases)[len(s.group)]
    if token is None and s.verb is not None and s.verb.kind == "rate" and "同比" in s.text[s.verb.start : s.verb.end]:
        return Basis("yoy", comparable=s.recounted)
    if token is None and s.group:
        return Basis(s.group[-1].basis, s.group[-1].base, s.group[-1].comparable)
    if token is None and not s.average:
        token = s.carried_basis or (s.context.basis if s.of_which and not _moved_unstated(s) else None) or s.context.same_below
    if token is None:
        return Basis("unstated", comparable=s.recounted)
    basis = token.meaning.get("basis", "year")
    printed = s.text[token.start : token.end]
    if basis == "comparable":
        return Basis(next((sort for sort, said in _INSIDE.items() if said.search(printed)), "unstated"), comparable=True)
    return Basis(basis, printed if basis in NAMED else None, s.recounted)


def _moved_unstated(s: Sentence) -> bool:
    """Whether a sentence has told a change of its own without a basis, so that 其中 behind it goes on with none from the sentence before."""
    return any(d.change is not None and d.change.basis == "unstated" for d in s.drafts)


# Bases whose words say which time they are: a year, a part of a year.
NAMED = frozenset(("year", "part"))

# 按可比口径计算比上年: what a recounted base is a base of.
_INSIDE = {"yoy": grammar.compiled("basis_of_a_year"), "previous_period": re.compile("环比")}
