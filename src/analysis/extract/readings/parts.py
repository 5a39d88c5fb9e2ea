"""Parts named by their whole: its noun and its deed, which the parts leave out.

受理法律援助案件90件，其中民事70件; 检验车辆90辆，一次合格的70辆; 收案90件，其中民事50件、刑事30件，移送20件.
"""

from __future__ import annotations

import re

from ... import keeping
from ...lexicon.classes import qualifiers
from ...lexicon.parts import roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..drafts import Draft
from ..quantities import Quantity
from ..sentence import CASE, Sentence
from .completing import is_sort
from .wholes import CASES, SIZE, levels_of_wholes, of_its_half, parts_begin, sized_event


def kind_of_whole(s: Sentence, q: Quantity, bare: str) -> tuple[str, str]:
    """The name of a part that says its kind only, with what its whole counts and what was done to it, and what the next deeds are done to.

    较大事故3起，其中矿山1起: 矿山较大事故; 受理援助案件90件，其中民事70件: 受理民事援助案件, for a branch of the law leaves the sort as it is.
    """
    begins = parts_begin(s, q, bare)
    if q.unit not in _COUNTED or len(bare) > _LONGEST_KIND or not begins:
        return "", ""
    before = [d for d in s.levels if d.anchor < begins] or (levels_of_wholes(s) if q.unit in CASES and naming.narrows_only(bare) else []) or s.levels
    before = [d for d in reversed(before) if d.level.unit == q.unit and not naming.is_done(d.name)]
    before = of_its_half(s, before)
    counted = next((d for says in (_says_head, _is_sort, _head) for d in before if says(d.name)), None)
    if counted is None:
        return "", ""
    if q.unit is not None and bare.endswith(q.unit) and not bare.endswith(CASE):
        return "", ""  # 收到投诉举报90件，其中投诉件60件
    noun, head, deed = _noun(counted.name), _head(counted.name) or CASE, _deed(counted.name) if counted is before[0] else ""
    if naming.ends_in_act(bare) and noun not in naming.NO_SORT and noun.removesuffix(CASE) in bare:
        return "", ""  # 受理执行案件40件，其中民事执行结案20件
    own = naming.object_in(bare) if naming.ends_in_act(bare) else ""
    if naming.is_sort_of_cases(own) and SIZE not in naming.narrowed_by(own):
        return "", ""  # 诉讼案件新收90件，执行案件新收30件
    if naming.is_outcome(bare) or naming.ends_in_act(bare):
        return (_of_cases(bare) if noun in naming.NO_SORT else noun + bare), noun  # 审结离婚案件60件，其中判决20件
    sort = _sort_of_whole(bare, noun, head) if counted.anchor < begins else ""
    if not sort and (naming.has_head(bare) or naming.counted_in("　" + bare)):
        return "", ""  # 收到诉求90件，其中举报30件
    sorts_alone = q.unit in CASES and _head(counted.name) and not naming.counted_in(counted.name)
    if sorts_alone or any(_deed(part.written) not in ("", deed) for part in _parts(s, q, begins)):
        return "", ""  # 查处交通违法95起，其中超速40起
    if SIZE not in naming.narrowed_by(bare):
        head = sized_event(noun) or head  # 较大事故3起，其中矿山1起
    sort = sort or (bare if _is_case(bare) else bare + head)
    counts = s.of_which and (sort.endswith(CASE) or _is_case(sort))
    return ("" if _deed(bare) else deed) + sort, sort if counts else ""


def with_deed_of_whole(s: Sentence, q: Quantity, bare: str) -> tuple[str, str]:
    """The name of a part with the deed that it shares with its whole, and what the part counts; '' for a part that has its own."""
    deed = _deed_of_whole(s, q, bare)
    counted = bare + CASE if q.unit == _IN_CASES and is_sort(bare) else bare
    return (deed + counted, counted) if deed else ("", "")


_IN_CASES = "件"


def _deed_of_whole(s: Sentence, q: Quantity, bare: str) -> str:
    """What was done to a whole and so to a part of it: 查验车船90辆次，其中客车70辆次: 查验客车; 判处60人，其中处级9人."""
    found = _KIND.fullmatch(bare) if s.of_which and not naming.ends_with_measure(bare) else None
    if found is None or len(found["sort"]) > _LONGEST_KIND:
        return ""
    if any(kind in ("act", "organ", "place") and not naming.is_no_case(bare) for kind, _ in roles(bare)):
        return ""
    wholes = of_its_half(s, [d for d in levels_of_wholes(s) if _alike(d.level, q)])
    if len(wholes) != 1:
        return ""  # 新收90件，审结80件，其中盗窃30件 may be of either
    if naming.DEEDS_BEFORE.fullmatch(wholes[0].written) is not None:
        deed = wholes[0].written  # 审结职务犯罪案件52件，判处61人，其中处级9人
    else:
        deed = _deed(wholes[0].name)
        if deed == wholes[0].name or naming.ends_in_act(wholes[0].name.removeprefix(deed)):
            return ""
    return "" if deed.endswith(CASE[0]) or bare.startswith(deed) else deed


def _alike(whole: Quantity, q: Quantity) -> bool:
    """Whether a whole and its part are counted in one unit, or both in times of something (辆次, 批次)."""
    one, other = whole.unit or "", q.unit or ""
    return one == other or (len(one) > 1 and len(other) > 1 and one[-1] == other[-1] == _TIMES)


_PARTED = re.compile("[；;]")
# A sort, and of what others it is named by example: 农村、企业等其他人员.
_TIMES, _KIND = words("units_of_times")[0], keeping.pattern("(?:[一-鿿]+、[一-鿿]+等)?(?P<sort>[一-鿿“”]+)")


def _noun(name: str) -> str:
    """What a whole counts, with its sort."""
    noun = naming.object_in(name) or (naming.head_noun(name) if _deed(name) else "")
    return noun.rpartition("的")[2] if 0 < len(noun) <= naming.LONGEST_SORT else _head(name)


def _deed(name: str) -> str:
    found = naming.DEEDS_BEFORE.match(name)
    return found[0] if found is not None and found[0] not in _HAPPENS else ""


_HAPPENS = words("happens")


def _of_cases(deed: str) -> str:
    return deed if deed.endswith(CASE[0]) else deed + CASE


def _parts(s: Sentence, q: Quantity, begins: int) -> list[Draft]:
    """The parts told before this one of the same whole, behind where they begin."""
    return [d for d in s.levels if d.anchor > begins and d.level.unit == q.unit]


def _head(name: str) -> str:
    return naming.counted_in(name) or naming.head_at_end("　" + name)


def _says_head(name: str) -> bool:
    """Whether a whole ends with what it counts (受理诉求), and not with what was done (盗窃案破案)."""
    return bool(_head(name)) and not naming.ends_in_act(name)


def _is_sort(name: str) -> bool:
    """Whether a whole is a sort of cases by its last sign (盗窃案)."""
    return not _head(name) and naming.is_sort_of_cases(_noun(name))


def _sort_of_whole(bare: str, noun: str, head: str) -> str:
    """The sort of a whole with what narrows its part (民事, 重大 of 重大案件); '' for a part of its own sort, or both narrowed alike."""
    narrow = bare.removesuffix(CASE if head.endswith(CASE[0]) else head) or bare
    noun = next((noun.removeprefix(every) for every in _EVERY if noun.startswith(every)), noun)
    if noun == head or not naming.narrows_only(narrow) or not naming.narrowed_by(narrow).isdisjoint(naming.narrowed_by(noun)):
        return ""
    return narrow if narrow.endswith(CASE[0]) else narrow + _as_printed(noun, bare)  # 大案, 要案 are cases by themselves


def _as_printed(noun: str, bare: str) -> str:
    """The sort of a whole with its last word as its part prints it (盗窃案件 of 盗窃案, where the part is 重大案件)."""
    return noun + CASE[1] if noun.endswith(CASE[0]) and bare.endswith(CASE) else noun


_EVERY = tuple(spelling for entry in qualifiers().values() if entry.silent and entry.spoken for spelling in entry.spellings)


def _is_case(name: str) -> bool:
    return len(name) > 2 and name.rstrip(_QUOTES).endswith(CASE[0])


_QUOTES = "”」』"


def told_with_of(s: Sentence, q: Quantity, bare: str) -> str:
    """The name of some of what was counted, whose number 的 leads on to: 检验车辆90辆，一次合格的70辆: 一次合格车辆; '' for another name."""
    if q.family != "count" or len(bare) < 2 or _OF_THEM.search(s.text, s.clause_start, q.start) is None:
        return ""
    if not (noun := _counted_before(s, q)):
        return ""
    if naming.ends_in_act(bare):
        return "" if noun in naming.NO_SORT else noun + bare  # 以其他方式结案的9件
    if noun.endswith(CASE) and any(kind == "topic" for kind, _ in roles(bare)):
        noun = CASE  # 因家庭暴力离婚的12件
    return bare + noun if not bare.endswith(noun) else ""


def _counted_before(s: Sentence, q: Quantity) -> str:
    """What the level before counts that some are told of next: things of the same unit, or people; '' where none does."""
    people = q.unit in _PEOPLE
    levels = [d for d in s.levels if d.level.unit == q.unit and _OF_THEM.search(s.text, s.start, d.anchor) is None]
    levels = [d for d in levels if d.anchor < s.of_which] or [d for d in levels if people or naming.has_head(d.name) or _deed(d.name)]
    nouns = ((naming.head_at_end(d.name) if people else _noun(d.name)) for d in reversed(levels))
    noun = next((noun for noun in nouns if noun), "")
    if not noun and not people:
        noun = naming.object_in(next((told for unit, told, _ in reversed(s.context.objects) if unit == q.unit), "")).rpartition("的")[2]
    return noun if naming.names_people(noun) == people else ""


_PEOPLE = frozenset(words("units_of_people"))
_OF_THEM = grammar.compiled("so_many_of_them")


def is_of_whole(s: Sentence, q: Quantity) -> bool:
    """Whether a verb behind parts is said of their whole: 收案90件，其中民事50件，共审结80件; 其中盗窃50件、抢劫40件，移送30件."""
    if not s.of_which or not s.head_of_whole:
        return False
    if naming.IN_ALL.search(s.text, s.clause_start, q.start) is not None:
        return True
    parts = _parts(s, q, s.of_which)
    if parts and q.value is not None and all(d.level.value is not None and d.level.value < q.value for d in parts) and _is_parted(s, q):
        return True  # 受理监督案件90件，其中依职权30件；办结80件: more than there are of the part
    if parts and not _is_parted(s, q) and any(naming.is_bare(d.written) for d in parts):
        return False  # 盗窃50件，破40件；抢劫6件；其他9件，破8件: told part by part
    parts = parts[-2:]
    return len(parts) == 2 and not any(naming.is_bare(d.written) or any(kind == "act" for kind, _ in roles(d.written)) for d in parts)


def _is_parted(s: Sentence, q: Quantity) -> bool:
    return _PARTED.search(s.text, s.drafts[-1].end, q.start) is not None


_COUNTED, _LONGEST_KIND = CASES | frozenset("人名"), 8
