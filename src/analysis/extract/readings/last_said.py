"""What the clause before a change speaks of, where the change has no subject of its own: 死亡人数，自2010年以来逐年下降，2019年较2010年减少73人."""

from __future__ import annotations

from .. import grammar, naming
from ..sentence import Sentence


def clause_before(s: Sentence) -> str:
    """The clause before, without the direction it ends in (贸易顺差连续两年下降); the one before that, where it only goes on (逐年下降)."""
    low, high = s.last_clause
    said, moves = _moved_in(s, low, high)
    if moves and len(said) < 2 and low - 1 > s.start:
        said, _ = _moved_in(s, _clause_begins(s, low - 1), low - 1)
    said = _MOST.sub("", _NONE.sub("", said))
    return "" if s.is_no_object(said) else said


def course_before(s: Sentence) -> str:
    """The measure whose course the sentence before tells, where this one lists its values: 待决案件数量逐年递减。2007年90宗; '' for none."""
    begin = max(s.text.rfind(mark, 0, max(s.start - 1, 0)) for mark in _SENTENCES) + 1
    told = [found["what"] for found in _COURSE.finditer(s.text, max(begin, s.start - _LONGEST), s.start)]
    return naming.split_scope(naming.clean(told[-1]))[0] if told else ""


def listed_before(s: Sentence, many: int) -> str:
    """As many names as there are changes, listed in the clause before them: 其中甲、乙增幅较大，分别上升12%、9%; '' for no such list."""
    low, high = s.last_clause
    if many < 2 or s.each is None or _LISTED not in s.text[low:high] or s.group_clause != s.clause_begin:
        return ""
    if (led := _MOVED_MOST.fullmatch(s.text, low, high)) is not None:
        return _LISTED.join(whose + led["what"] for whose in led["whose"].split(_LISTED))  # 收案增幅居前的是甲县、乙县，分别增长33%、12%
    said = naming.split_scope(clause_before(s))[0]
    return said if len(naming.split_names(said)) == many else ""


def moved_most(s: Sentence) -> str:
    """Whose change the clause before says was the most of all, or which way it went (乙分局升幅最大，环比上升17.4%); '' where it does not."""
    low, high = s.last_clause
    if (whose := _WHOSE.fullmatch(s.text, low, high)) is not None:
        return whose["whose"]  # 降幅最大的是柳荫街道，同比降46%
    if (stands := _STANDS.search(s.text, low, high)) is not None:
        return s.name_in(low, stands.start())  # 集体访人次不降反升，同比增长4.8%
    rate = next((t.start for t in s.tokens if t.kind == "rate" and low < t.start < high and _ends(s, t.end, high)), None)
    return s.name_in(low, rate) if rate is not None else ""


def _moved_in(s: Sentence, low: int, high: int) -> tuple[str, bool]:
    """What a clause without a number speaks of, and whether it says that it moves."""
    if any(t.kind == "quantity" and low <= t.start < high for t in s.tokens):
        return "", False  # 分别下降32.8%，40.5%
    verbs = (t for t in s.tokens if t.kind in ("change", "rate") and low < t.start < high)
    moved = next((t.start for t in verbs if _ends(s, t.end, high) or _LISTED in s.text[low : t.start]), None)
    return s.name_in(low, high if moved is None else moved), moved is not None


def _clause_begins(s: Sentence, end: int) -> int:
    return next((t.end for t in reversed(s.tokens) if t.kind == "separator" and t.end < end and t.meaning in _COMMAS), s.start)


_COMMAS = frozenset("，,；;：:")


def _ends(s: Sentence, at: int, high: int) -> bool:
    """Whether a clause ends with a verb or noun of change, or with how much it moved (盗窃案件降幅最大，达28%)."""
    return at == high or _MOST.fullmatch(s.text, at, high) is not None


_COURSE, _SENTENCES, _LONGEST = grammar.compiled("course_of_a_measure"), "。；;\n", 200
_MOST, _NONE, _STANDS = map(grammar.compiled, ("the_most_of_all", "did_not_happen", "how_it_stands"))
_LISTED, _MOVED_MOST, _WHOSE = "、", grammar.compiled("those_that_moved_most"), grammar.compiled("one_that_moved_most")
