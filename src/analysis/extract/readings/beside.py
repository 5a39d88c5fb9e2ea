"""Points and numbers told beside another place, kind, mean or norm, which are no change of a figure: 低于全市平均2.15个百分点."""

from __future__ import annotations

from .. import grammar
from ..mentions import Token
from ..quantities import POINTS, Quantity
from ..sentence import Sentence
from .changes import is_earlier_time


def is_beside_another(s: Sentence, q: Quantity, before: Token | None) -> bool:
    """Whether a number says how far something is from another place, kind or mean, which is no earlier time: 比全省平均低1.2个百分点."""
    basis = s.basis or s.carried_basis
    if before is not None and before.kind == "compare" and basis is not None and basis.rule == "against_anything":
        return q.unit not in POINTS or not _is_measure_of_its_own(s.text[basis.start : q.start])
    if q.unit not in POINTS or (before is not None and before.kind in _MOVES and before.end == q.start):
        return False
    beside = _BESIDE.search(s.text, s.clause_start, q.start)
    return beside is not None and not _is_measure_of_its_own(beside["base"] or "")


def beyond_norm(s: Sentence, q: Quantity) -> str:
    """The words that set the figure before some points beside a norm (低于全市考核指标); '' where their own clause names what they are of."""
    beside = _BESIDE.search(s.text, s.clause_start, q.start)
    if beside is None or _NORM.search(beside["base"] or "") is None or s.name_in(s.clause_start, beside.start()):
        return ""
    return beside[0]


def _is_measure_of_its_own(base: str) -> bool:
    """Whether points beside a base are a figure: since an earlier time, beyond a norm, or ahead of another rate of growth."""
    return is_earlier_time(base) or _NORM.search(base) is not None


_MOVES = frozenset(("change", "compare"))
_BESIDE, _NORM = grammar.compiled("beside_another"), grammar.compiled("norm_in_a_base")
