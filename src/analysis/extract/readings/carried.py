"""Names of numbers that have no words of their own: what stands before their bracket, or what they go on with."""

from __future__ import annotations

import re
from itertools import takewhile

from ...lexicon.parts import roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..context.handed import SAME_OF_A_YEAR
from ..context.written import years_in
from ..drafts import Draft
from ..mentions import NUMERALS
from ..quantities import Quantity
from ..sentence import CASE, HALVES, Sentence
from .bounding import is_han
from .full_names import full_name
from .last_said import course_before
from .shares import name_of_share
from .wholes import CASES, PLACE_ONLY, noun_of_places


def mean_of(s: Sentence, q: Quantity, name: str) -> str:
    """The word that makes a number the mean of one before it: 接警70起（日均10起）."""
    per = q.unit.partition("/")[2] if q.unit is not None else ""
    if len(per) == 1:
        return ("日" if per == "天" else per) + "均"  # 有效报警6689起（239起/天）
    found = _MEAN.search(s.text, s.clause_start, q.start)
    return found["mean"] if found is not None and found["mean"] not in name else ""


_MEAN, _MEANS, IS_MEAN = grammar.compiled("mean_per"), grammar.compiled("name_of_a_mean"), grammar.compiled("mean_alone")


def carried(s: Sentence, q: Quantity) -> tuple[str, str]:
    """Name a number that has no words of its own: the clause before, or the series it continues."""
    if total := _total_of(s, q):
        return total, total
    if s.said_before() in _SHARES and (told := course_before(s)):
        return told, told  # 离婚案件占比逐年上升。占比分别为：2019年3%
    last = s.drafts[-1] if s.drafts else None
    if last is not None and last.quantity is not None and last.end > last.quantity.end and (told := _goes_on_with(s, last, q)):
        return told, last.written if told == last.name else told
    if last is not None and last.rule == "direction" and last.quantity is None and last.end == s.clause_begin - 1:
        return last.name, last.written  # 整改率逐年走高，由2018年的95.1%升到99.2%
    if last is not None and _has_its_share(s, last, q):
        return name_of_share(s, SHARE)
    if (most := _ranked_before(s)) in _SHARES and not s.outside:
        return name_of_share(s, SHARE)
    if ranked := in_its_rank(s, q):
        return ranked, ranked
    if most and not s.outside:
        return full_name(s, most), naming.core(most)
    if s.text[s.clause_begin - 1 : s.clause_begin] in _LABELS and not s.outside and naming.ends_with_measure(label := s.said_before()):
        bare = "" if not q.unit or naming.counts_in_its_unit(label, q.unit) else naming.what_is_measured(label)
        told = bare or label
        return full_name(s, told), naming.core(label)  # 律师人数（人）：386；公证员人数（人）：27
    unit = q.unit.partition("/")[0] if q.unit is not None else None  # 报警5544起（198起/天）
    if (whole := _whole_before_parts(s, q)) is not None:
        return whole.name, whole.written
    same = [d for d in s.drafts if d.quantity is not None and d.quantity.unit == unit]
    if same:
        # （2016年5件）, 日均10起, 执结30件，上年35件: what speaks of the number before it
        mean = _MEAN.search(s.text, s.clause_start, q.start) is not None
        same = [d for d in same if not (mean and _MEANS.match(d.name))] or same
        dated = s.clause_period is not None and s.clause_period.start >= s.clause_begin  # 抢劫40宗；凶杀9宗，2021年为13宗
        close = mean or dated or is_of_year_before(s, q) or (s.outside and same[-1].end == s.outside[-1].opened)
        last = same[-1] if close else same[0]
        return last.name, last.written
    before = naming.without_work(s.said_before())
    if before:
        return full_name(s, before), naming.core(before)
    if s.drafts:
        return s.drafts[-1].name, s.drafts[-1].written
    told = course_before(s) or s.context.head
    return told, told


def _has_its_share(s: Sentence, last: Draft, q: Quantity) -> bool:
    """Whether a bare number in per cent behind a count is its share: alone in its bracket (盗窃90件（30%）), or as the counts before it have theirs.

    So it is in 盗窃90件，占比30%；抢劫30件，10%.
    """
    if q.family != "ratio" or last.quantity is None or last.quantity.family == "ratio":
        return False
    if last.quantity.family == "count" and _ALONE_IN_A_BRACKET.fullmatch(s.text, last.end, q.end + 1) is not None:
        return not any(d.change is not None for d in s.levels)  # 醉驾15起（-3.1%），超员12起（5%）
    if s.text[last.end : q.start] not in _COMMAS:
        return False
    before = next((d.name for d in reversed(s.drafts) if d.quantity is not None and d.level.family == "ratio"), "")
    return before.endswith(_SHARES)


_COMMAS, _ALONE_IN_A_BRACKET = frozenset("，,"), re.compile(r"[（(]\d{1,2}(?:\.\d{1,3})?[%％][)）]")


def _total_of(s: Sentence, q: Quantity) -> str:
    """The name of a number that is what the levels before it in its half-sentence come to: 民事案件旧存52件，新收253件，共305件; '' for another."""
    if naming.IN_ALL.fullmatch(s.text, s.clause_begin, q.start) is None or q.value is None:
        return ""
    begins = max(s.text.rfind(mark, s.start, q.start) for mark in HALVES)
    parts = [d for d in s.levels if d.anchor > begins and d.level.unit == q.unit]
    if len(parts) < 2 or sum(d.level.value or 0 for d in parts) != q.value:
        return ""
    deed = naming.leading_act(parts[0].name)
    if deed and all(d.name.startswith(deed) for d in parts) and len({naming.noun_of(d.name) for d in parts}) == len(parts):
        return deed + _shared_end([d.name for d in parts]) + _TOTAL
    if shared := _shared_deed([d.name for d in parts]):
        return shared + _TOTAL
    return (naming.object_in(parts[0].name) or naming.head_at_end(naming.head_noun(parts[0].name)) or naming.noun_of(parts[0].name)) + _TOTAL


def _shared_deed(names: list[str]) -> str:
    """The deed or noun that the names of several who did it end in: 立案 of 甲县立案10起、乙县立案20起，合计30起; '' for other names."""
    end = _shared_end(names)
    others = [name.removesuffix(end) for name in names]
    kinds = {kind for name in others for kind, _ in roles(name)}
    deed = next((end[at:] for at in range(len(end) - 1) if naming.is_done(end[at:])), end)
    return deed if all(others) and kinds <= _WHO else ""


_WHO = frozenset(("organ", "place", "rest"))


def _shared_end(names: list[str]) -> str:
    """What some names end in alike: 驾驶 of 无证驾驶90起、酒后驾驶40起，共130起; '' for less than a word."""
    signs = takewhile(lambda signs: len(set(signs)) == 1, zip(*map(reversed, names), strict=False))
    end = "".join(sign for sign, *_ in signs)[::-1]
    return end if len(end) > 1 else ""


def _whole_before_parts(s: Sentence, q: Quantity) -> Draft | None:
    """The whole that a number in all is told of behind its parts, in another unit: 查办案件21件，其中甲类4件，乙类17件，共29人; None for another."""
    if not s.of_which or naming.IN_ALL.fullmatch(s.text, s.clause_begin, q.start) is None:
        return None
    parts = [d for d in s.levels if d.anchor > s.of_which]
    whole = next((d for d in reversed(s.levels) if d.anchor < s.of_which), None)
    return whole if whole is not None and len(parts) > 1 and all(d.level.unit == whole.level.unit != q.unit for d in parts) else None


_TOTAL = words("totals_alone")[1]


def _goes_on_with(s: Sentence, last: Draft, q: Quantity) -> str:
    """The name of a number whose words stand behind the one before it, and are named already; '' for another."""
    if s.clause_start == last.end and (last.kind == "count_of_things" or last.end == q.start):
        return last.name  # 河北、山西2省检察院起诉人数超3万人; 为12名群众发放救助金18万元
    if last.verb and s.text[last.end : q.start] == _LISTED and last.level.unit != q.unit and not is_han(s.text[q.end : q.end + 1]):
        return last.verb  # 问责16个单位、97人
    return ""


def in_its_rank(s: Sentence, q: Quantity, verbless: bool = True) -> str:
    """What the clause before a number puts in its rank: 干部最多，为91人，其次为职员，32人，工人，2人; '' where no ranking is told."""
    if s.text[s.last_clause[1] : s.clause_start] != _COMMA or _IN_RANKS.search(s.text, s.start, s.clause_begin) is None:
        return ""
    said = s.said_before()
    if len(said) < 2 or (verbless and any(kind == "act" for kind, _ in roles(said))):
        return ""
    if PLACE_ONLY.fullmatch(said):
        return said + noun_of_places(s, q, said)
    first = next((d.name for d in s.levels if d.level.unit == q.unit), "")
    noun = naming.head_at_end(first)
    return said if naming.has_head(said) or q.unit not in PERSONS else said + (naming.head_at_end(noun[1:]) or noun)


_LISTED, _COMMA, _LABELS, _IN_RANKS = "、", "，", ("：", ":"), grammar.compiled("told_in_ranks")


def _ranked_before(s: Sentence) -> str:
    """What the clause before says there is the most of, or the next most; '' for another.

    So are 柳林乡发案最少，为4起; 以盗窃为主，为9起; 其次是借款纠纷，为205件.
    """
    clause = s.text[slice(*s.last_clause)]
    if (mostly := _MOSTLY.search(clause)) is not None:
        return naming.clean(mostly["what"])
    return s.said_before() if _RANKED.search(clause) is not None else ""


_MOSTLY = grammar.compiled("mostly_of_one_sort")
_RANKED, (SHARE,), _SHARES = grammar.compiled("a_place_in_a_ranking"), words("is_a_share"), words("shares")


def before_bracket(s: Sentence, q: Quantity) -> str:
    """What a number alone in a bracket counts, where the words before it have no number: 主要包括店铺盗窃（65人）、刑事毁坏（144人）."""
    if not s.outside or s.outside[-1].opened + 1 != q.start or s.text[q.end : q.end + 1] not in "）)":
        return ""
    outside = s.outside[-1]
    if outside.clause_start >= outside.opened or any(outside.clause_start <= d.anchor < outside.opened for d in s.drafts):
        return ""
    said = _LISTS.split(s.words(outside.clause_start, outside.opened))[-1]
    name = naming.split_scope(naming.clean(said))[0]
    if q.family == "ratio" and not name.endswith(_RATES):
        return ""
    if PLACE_ONLY.fullmatch(name) and s.context.whole[1] == q.unit:
        return name + s.context.whole[0]
    return name if len(name) > 1 and not naming.is_bare(name) else ""


_RATES = words("rates_and_shares")
_LISTS = grammar.compiled("what_a_list_leads_on_with")


def group_before(s: Sentence, q: Quantity) -> str:
    """Whom a clause is of that goes on with what they did: 25名入额院领导共审结案件300件, but not 731名法官共审结案件, which are all there are."""
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.quantity is None or last.quantity.unit not in PERSONS or naming.IN_ALL.match(s.text, last.end, q.start) is None:
        return ""
    return last.name if len(roles(last.name)) > 1 else ""


PERSONS = frozenset(words("units_of_people"))


def verb_of_list(s: Sentence, q: Quantity, bare: str) -> str:
    """The verb that a noun of a list shares with the one before: 清理河道8公里、水域15亩; 受理民事案件90件、刑事案件30件; '' where there is none."""
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.quantity is None or last.depth != s.depth or len(bare.rpartition(_EXAMPLES)[2]) > _LONGEST_OF_LIST:
        return ""
    if s.text[last.end : last.end + 1] not in ("、，" if s.of_which and q.unit in PERSONS else "、"):
        return ""
    says_itself = naming.is_harm(bare) or bare in _REACHED or any(kind in ("act", "measure", "organ") for kind, _ in roles(bare))
    if says_itself or s.name_in(last.end, q.start) != bare:
        return ""
    deed = naming.DEEDS_BEFORE.match(last.name)
    verb = deed[0] if deed is not None else naming.leading_act(last.name) or last.name.removesuffix(naming.head_at_end(last.name) or last.name)
    if bare in _OTHERS and naming.is_outcome(verb):
        return ""  # 判决31件、撤诉8件、其他4件
    known = naming.is_done(verb) or (q.unit not in CASES and q.unit not in PERSONS and all(kind == "rest" for kind, _ in roles(verb)))
    return verb if 2 <= len(verb) <= 4 and verb != last.name and known and (q.unit in PERSONS or not verb.endswith(CASE[0])) else ""


_LONGEST_OF_LIST, (_EXAMPLES,), _REACHED = 8, words("and_so_on"), frozenset(words("those_reached"))
_OTHERS = frozenset(words("others"))


def is_of_year_before(s: Sentence, q: Quantity) -> bool:
    """Whether a number is the same of the year before: 去年同期12件, （去年40件）, 立案72起，上年64起、死亡5人."""
    if s.clause_period is not None and s.clause_period.rule in _OF_EARLIER:
        return True
    found = _YEAR_BEFORE.match(s.text, s.clause_begin, q.start)
    if found is None or not s.levels or s.text[found.end()] not in NUMERALS:
        return False
    return bool(found["is"] or s.depth) or any(level.level.unit == q.unit for level in s.levels)


_YEAR_BEFORE = grammar.compiled("value_of_the_year_before")
_OF_EARLIER = frozenset(("year_before", SAME_OF_A_YEAR))


def level_of_now(s: Sentence, q: Quantity) -> Draft | None:
    """The level of which a number is an earlier value; None for others.

    So are 141封（上季度118封）, 7人次，上月12人次, 3件（2021年同期2件） and 9宗，较去年的6宗为多.
    """
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.quantity is None or last.quantity.unit != q.unit or last.previous is not None:
        return None
    ends = (last.level.end, last.end, last.change.end if last.change is not None else 0, s.last_amount)
    if s.clause_begin - 1 not in ends:
        return None
    if _PERIOD_BEFORE.fullmatch(s.text, s.clause_begin - 1, q.start) is not None:
        return last
    if _SET_AGAINST.fullmatch(s.text, s.clause_begin - 1, q.start) is not None:
        last.previous_back = 1
        return last
    same = _SAME_OF_A_YEAR.fullmatch(s.text, s.clause_begin - 1, q.start)
    now = years_in(s.text[last.period.start : last.period.end]) if same is not None and last.period is not None else []
    if same is None or (now and int(same["year"]) >= now[-1]):
        return None
    last.previous_year = int(same["year"])
    return last


_PERIOD_BEFORE, _SET_AGAINST = grammar.compiled("value_of_the_period_before"), grammar.compiled("value_that_it_is_set_against")
_SAME_OF_A_YEAR = grammar.compiled("value_of_the_same_of_a_year")
