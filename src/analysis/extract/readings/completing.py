"""Complete names that say only the sort of what is counted, or only what was done: 受理各类案件2217件。刑事77件，结45件; 旧存306件.

Cases are counted in 件, 起 and 宗 and need not be named: what the unit says is put into the name. The deed of a sort is that of the whole
which its paragraph or heading counts.
"""

from __future__ import annotations

from functools import lru_cache

from ...lexicon.classes import acts, heads, measures
from ...lexicon.parts import parse, roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..context.handed import Context
from ..quantities import Quantity
from ..sentence import CASE, Sentence
from .objects import with_object
from .shares import names_share
from .wholes import CASES, is_of_other_than_cases, levels_of_wholes, part_of_whole

LONGEST, _IN_CASES = 10, "件"


def complete(s: Sentence, name: str, q: Quantity) -> str:
    """Return a level's name with what it counts and what it is done to in it."""
    told = with_object(s, _with_sort(s, name, q), q)
    return told if told != name or q.unit != _IN_CASES or is_of_other_than_cases(s, q) else _deed_to_cases(s.context, name)


@lru_cache(maxsize=1024)
def _is_done_to_cases_first(name: str) -> bool:
    """Whether a name is a deed and nothing else that is done to cases before all, and that holds no object of its own (受理, 维持)."""
    act = acts().get(parse(name).act or "")
    if act is None or not naming.is_done(name) or name.endswith(CASE[0]) or len(name) != len(CASE):
        return False
    return act.done_to[:1] == ("case",) and not (act.holds or act.thing or act.stage or act.suspects)


def _deed_to_cases(context: Context, name: str) -> str:
    """A deed alone with what its heading says comes in (审查起诉情况: 受理366件), or with the cases that its unit counts (受理98万件)."""
    if not _is_done_to_cases_first(name):
        return name
    deed = acts().get(context.deed)
    return name + (context.deed if deed is not None and deed.stage and any(name in act.takes_on for act in acts().values()) else CASE)


def _with_sort(s: Sentence, name: str, q: Quantity) -> str:
    """A level's name with what it counts in it; remember the deed of a whole."""
    if part := part_of_whole(s, name, q):
        return part
    if not 0 < len(name) <= LONGEST:
        return name
    if q.family == "ratio":
        return _rate(s, name, q)
    if q.family == "time":
        return name + _measure_of_whole(s, name, q)
    if q.family == "money":
        return _sum(s, name)
    if q.unit not in CASES:
        return name
    context = s.context
    if (whole := _whole(name)) is not None and not s.depth:
        context.deed, context.counted = whole
        return name
    if is_of_other_than_cases(s, q):
        return name
    if "案" in name:
        if not s.depth and name.endswith(CASE) and naming.leading_act(name) not in ("", context.deed):
            context.deed = ""  # 新收案件90件。审结民事案件40件，其中离婚10件: not of those that came in
        if not s.depth and CASE not in name and not (named := _with_cases(name)).endswith(CASE) and named != name:
            context.head = named  # 执行收案90件，结案80件
        return name
    named = _with_cases(name) if context.counted in ("", "案件") else name if not is_sort(name) else name + " "
    if named == name or (q.unit != _IN_CASES and not is_sort(name)):
        return name  # 查处酒驾133起: not all that is counted in 起 is a case
    named = named.rstrip(" ")
    if not s.depth and is_sort(name):
        named = with_deed(context, named)
    if not s.depth:
        context.head = named
    return named


def _rate(s: Sentence, name: str, q: Quantity) -> str:
    """A rate of a deed with the sort of cases it is told of: 重大刑事案件10起，破案9起，破案率90%."""
    if not name.endswith("率"):
        return _share_goes_on(s, name) if not (measure := _measure_of_whole(s, name, q)) else name + measure
    bare = _SAME_TIME.sub("", name)
    if not naming.is_done(bare[:-1]):
        return _whose_stem(s, name) + name
    if noun := _whose_deed(s, bare[:-1]):
        return noun + name  # 刑事案件破案30起；其中盗窃案破案10起，破案率90%
    if (said := s.said_before()) and naming.head_at_end("　" + said) and naming.fits(bare[:-1], said):
        return said + name  # 涉农民工的案件，结案率达97%
    if not s.drafts:
        return name
    head = naming.head_noun(s.context.head)
    nouns = (head, naming.head_at_end(head))
    return next((noun + name for noun in nouns if naming.is_narrowed(noun, bare[:-1])), name)


def _measure_of_whole(s: Sentence, name: str, q: Quantity) -> str:
    """The rate or length of time that 其中 tells of the sorts of: 结案率91%，其中民事92%: 结案率; '' for what names its own, or is no such part."""
    if not s.of_which or q.start < s.of_which or names_share(name) or naming.ends_with_measure(name):
        return ""
    whole = next((level for level in reversed(levels_of_wholes(s)) if level.level.family == q.family), None)
    if whole is None or names_share(whole.name) or not naming.ends_with_measure(whole.name):
        return ""
    return whole.name.rpartition(CASE)[2] or whole.name


def _whose_deed(s: Sentence, deed: str) -> str:
    """To what the level right before a rate says that its deed was done: 盗窃案破案10起，破案率90%: 盗窃案; '' for another."""
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.quantity is None or last.depth != s.depth or last.anchor < s.last_clause[0]:
        return ""
    noun = last.name.removesuffix(deed)
    return noun if noun != last.name and naming.is_sort_of_cases(noun) else ""


def _whose_stem(s: Sentence, name: str) -> str:
    """Of what a rate is whose word the level before it counts: 城区空气质量优良天数26天，优良率86.7%: 城区空气质量; '' for another."""
    stem, last = name[:-1], s.levels[-1].measured if s.levels else ""
    whose, _, measure = last.partition(stem) if 1 < len(stem) <= _LONGEST_STEM else ("", "", "")
    return whose if len(whose) > 1 and measure in _MEASURES and not naming.leading_act(whose) else ""


_LONGEST_STEM, _MEASURES = 3, frozenset(spelling for measure in measures().values() for spelling in measure.spellings)


def _share_goes_on(s: Sentence, name: str) -> str:
    """A number in per cent of a list of shares that names no rate: 咨询类占77%，其他类0.01%; 各类问题占总数为：超标42%，污染14%."""
    if names_share(name) or naming.ends_with_measure(name):
        return name
    last = next((d for d in reversed(s.drafts) if d.quantity is not None), None)
    whole = last.name.rpartition(_SHARE)[2] if last is not None and last.level.family == "ratio" and names_share(last.name) else ""
    if not whole and (told := _SHARES_OF.search(s.text, s.start, s.clause_begin)) is not None:
        whole = told["whole"] + _RATIO
    return f"{name}{_SHARE}{whole}" if whole else name


(_SHARE,), _RATIO = words("is_a_share"), words("shares")[0]
_SHARES_OF = grammar.compiled("shares_of_a_list")
_SAME_TIME = grammar.compiled("of_the_same_time")


def _sum(s: Sentence, name: str) -> str:
    """A sum with the sort of cases that it is about: 审结经济案件20件，诉讼标的额300万元."""
    if not s.drafts or not naming.is_sum(name):
        return name
    cases = (naming.head_noun(d.name) for d in reversed(s.levels) if d.level.unit in CASES)
    return next((noun + name for noun in cases if noun.endswith(CASE) and noun not in naming.NO_SORT and len(noun) <= naming.LONGEST_SORT), name)


def of_what_is_fought(s: Sentence, bare: str) -> str:
    """The name of cases or people of whom only the deed is said, with what the clause before fights or hears; '' where there is none.

    严惩抢劫、强奸等严重暴力犯罪，办结案件52件 counts 办结严重暴力犯罪案件.
    """
    deed = naming.DEEDS_BEFORE.match(bare)
    if deed is None or bare[deed.end() :] not in _GENERAL:
        return ""
    found = _FOUGHT.fullmatch(s.said_before())
    if found is None:
        return ""
    what = found["sort"] or found["all"]
    return deed[0] + what.removesuffix(CASE) + bare[deed.end() :]


_GENERAL = frozenset((CASE, *(spelling for head in heads().values() if head.kind == "person" for spelling in head.spellings)))
_FOUGHT = grammar.compiled("what_is_fought")


@lru_cache(maxsize=4096)
def _whole(name: str) -> tuple[str, str] | None:
    """What was done to what, where a name counts all sorts of it (受理, 案件 of 受理各类案件; 查处, 交通违法); None for another name."""
    apart = next((name.removeprefix(cases) for cases in naming.NO_SORT if name.startswith(cases)), "")
    if apart and any(apart in act.takes_on for act in acts().values()):
        return apart, CASE  # 收各类案件, by its whole words
    found = _WHOLE.fullmatch(name)
    if found is None or found["deed"] in _LEFT_OVER or not (found["deed"] in SHORT or naming.is_done(found["deed"])):
        return None
    return found["deed"], found["noun"] or "案件"


_WHOLE = grammar.compiled("whole_of_sorts")
# What was not done yet is no deed: 未结90件。刑事案件60件.
_LEFT_OVER = {said for act in acts().values() if act.cases_only and not (act.next or act.closes) for said in act.spellings}
# One-character names of what happened to the cases or people just named: 发案9起，破7起.
SHORT = frozenset(words("deeds_of_one_sign"))


@lru_cache(maxsize=4096)
def _with_cases(name: str) -> str:
    """Put 案件 where a name of sorts (刑事, 民事一审) or of deeds done to cases (旧存, 新收刑事, 民商事未结) leaves it out."""
    said = roles(name)
    if any(kind not in _FITTING for kind, _ in said) or not said or naming.event_in(name):
        return name  # 火警: counted itself
    sorts = [kind for kind, _ in said if kind in ("topic", "qualifier")]
    deeds = [key for kind, key in said if kind == "act"]
    if not all(_is_done_to_cases(key) for key in deeds) or (not sorts and deeds[:1] not in _ONLY_CASES):
        return name
    if deeds and sorts and "topic" not in sorts:
        return name  # 一次退查
    if deeds and said[-1][0] == "act" and sorts:
        spelled = next((word for word in _spellings(deeds[-1]) if name.endswith(word)), "")
        return f"{name.removesuffix(spelled)}案件{spelled}" if spelled else name
    return name + "案件"


# What is done to cases only, so that alone it says what was counted.
_ONLY_CASES = [[key] for key, act in acts().items() if act.cases_only]
_FITTING = frozenset(("topic", "qualifier", "act", "organ", "place", "whole"))


def with_deed(context: Context, sort: str) -> str:
    """A sort of cases with the deed of the whole it is a part of."""
    return sort + context.deed if context.deed.endswith("案") else context.deed + sort


@lru_cache(maxsize=4096)
def is_sort(name: str) -> bool:
    """Whether a name says only of what sort the cases are (刑事, 执行, 民事一审)."""
    kinds = {kind for kind, _ in roles(name)}
    return bool(kinds) and kinds <= {"topic", "qualifier", "place", "whole"}


def _is_done_to_cases(key: str) -> bool:
    act = acts().get(key)
    return act is not None and act.done_to[:1] == ("case",)


def _spellings(key: str) -> list[str]:
    return sorted(acts()[key].spellings, key=len, reverse=True)


def take_deed(heading: str, context: Context) -> None:
    """Let a heading that names a deed only (1、收案) be the deed of the sorts counted under it."""
    said = naming.heading_words(heading)
    if naming.is_done(said):
        context.deed = said
