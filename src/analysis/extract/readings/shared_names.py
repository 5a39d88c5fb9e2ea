"""Names of a list that shares one number (A、B均为5起), or has one each (A和B分别为5起、6起; 新收和审结案件412件和398件)."""

from __future__ import annotations

from ...lexicon.parts import roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..mentions import Token
from ..quantities import Quantity
from ..sentence import Sentence
from .changes import JOINS, spaced
from .lists import years_of_list, years_printed
from .roles import is_han
from .shares import names_share

_JOINS, SHARES, (SHARE,) = words("joins"), words("shares"), words("is_a_share")
_BETWEEN = frozenset(spaced(_JOINS))


def names_of_list(s: Sentence, index: int, q: Quantity) -> list[str]:
    """Names of a list that shares one number (A、B均为5起) or has one each (A和B分别为5起、6起)."""
    if (owners := _owners_of_shares(s, index, q)) is not None:
        return _hand_out(s, owners)
    marker = s.each or s.both
    if marker is None:
        return _names_of_sources(s) or _names_in_turn(s, index, q)
    if (s.verb is not None and not _is_over(s.verb, marker, q)) or q.end <= marker.start:
        return []
    if again := _levels_again(s, index) or _levels_of_changes(s, index):
        return _hand_out(s, again)
    begin = _begin_of_list(s)
    came_from = s.source.start if s.source is not None and s.previous is not None and s.source.start > begin else q.start
    said = s.name_in(begin, min(marker.start, came_from), listed=True)
    following = run_length(s, index)
    names = _split(_told_in_last_clause(s, marker, said), following)
    both = s.both is not None and (s.each is None or s.both.start > s.each.start)  # not 均有查处，分别为
    if len(names) < 2 or (not both and following == 1 and _each_its_own(s, marker, q)):
        return []
    if both or (following == 1 and not (s.drafts and s.drafts[-1].anchor > marker.end)):
        return _with_one_number(s, marker, q, names)
    years = years_of_list(s, following // len(names), q.start) if following % len(names) == 0 and following > len(names) else []
    if following != len(names) and not years:
        return []
    s.waiting_years, s.list_length = [year for year in years for _ in names], len(names)  # 2016、2017年收、结案依次为…: each year's pair in turn
    return _hand_out(s, _with_one_each(s, index, q, names, s.name_in(marker.end, max(marker.end, came_from))) * max(1, len(years)))


def _hand_out(s: Sentence, names: list[str]) -> list[str]:
    """The first of some names for the number at hand; the others wait for the numbers behind it."""
    s.waiting, s.each = names[1:], None
    return names[:1]


def _begin_of_list(s: Sentence) -> int:
    """Where the names of a list may begin: behind the years that the clause prints, if it prints several."""
    listed = years_printed(s)
    return max(listed[-1].end, s.clause_start) if len(listed) > 1 else s.clause_start


def _told_in_last_clause(s: Sentence, marker: Token, said: str) -> str:
    """The names that the clause before says of a list whose own clause says none; else those its own says."""
    low, high = s.last_clause
    if (s.clause_start < marker.start and len(said) > 2) or _told_figures(s, low, high):
        return said
    before = next((token.end for token in s.tokens if token.kind == "each" and low <= token.start < high), low)
    first = s.text.find(_LISTED, before, high)
    ranked = _IN_FRONT.search(s.text, first, high) if before < first else None
    high = ranked.start() if ranked is not None else high  # 箱包、服装依旧排在前两位，分别为90批、80批
    ways = [token for token in s.tokens if before <= token.start < high and token.kind in _SAYS_HOW]
    if len(ways) > 1 and all(s.text[way.end : way.end + 1] == _LISTED for way in ways[:-1]) and ways[-1].end == high:
        begins = (before, *(way.end + 1 for way in ways[:-1]))
        return _LISTED.join(s.name_in(begin, way.start) for begin, way in zip(begins, ways, strict=True))  # 甲下降、乙上升，分别为
    moves = next((token.start for token in ways if before < first < token.start), high)
    return s.name_in(before, moves, listed=True)  # 排在第三和第四位的分别是甲和乙，分别查处了…; 甲、乙增幅较大，分别查处…


def _split(said: str, following: int) -> list[str]:
    """The names of a list, one for each of the numbers that follow where it may be cut so."""
    bare, scope = naming.split_scope(said)
    names = naming.spread_ordinals(bare) or naming.split_names(bare)
    if scope and len(names) != following > 1 and len(whole := naming.split_names(said)) == following:
        return whole  # 法院、检察院、公安分别收案: the organs are what is told of, not who tells
    return (_by_marks(bare, following) if 1 < len(names) != following > 1 else []) or names


def _with_one_number(s: Sentence, marker: Token, q: Quantity, names: list[str]) -> list[str]:
    """Names of all that have a number, with what is told of them behind it (命案、纵火案均实现100%侦破) or before a rank."""
    deed = naming.noun_after(s.text[q.end : q.end + _NEAR]) if q.family == "ratio" else ""
    rank = s.name_in(marker.end, q.start) if q.unit in _RANKS else ""
    return [name + deed + rank for name in (names if deed else naming.share_head(names))]


# How far behind its number what is told of all is looked for.
_NEAR, _RANKS = 12, ("位", "名")


def _with_one_each(s: Sentence, index: int, q: Quantity, names: list[str], deed: str) -> list[str]:
    """Names of a list whose members have a number each, with the share or deed that is told before the first (A、B分别占总数的7%和6%)."""
    names = naming.share_head(names)
    if q.family == "ratio" and deed[:1] == SHARE:
        return [f"{name}{deed}" + ("" if names_share(deed) else SHARES[0]) for name in names]
    return _with_deed(s, index, names, deed) if q.family in _TOLD_OF_EACH else names


def _each_its_own(s: Sentence, marker: Token, q: Quantity) -> bool:
    """Whether a deed leads up to the first of several numbers with words of their own each: 分别补植林木5.4万株、放流鱼苗38万尾."""
    deed = s.name_in(marker.end, q.start)
    return len(deed) > 1 and s.text[q.end : q.end + 1] == _LISTED and is_han(s.text[q.end + 1 : q.end + 2])


def _told_figures(s: Sentence, low: int, high: int) -> bool:
    """Whether a clause gave a list its figures, so that it is no list of names: 新收案件分别为90件、95件；审结分别为88件、94件."""
    return any(low <= draft.anchor < high and draft.member is not None for draft in reversed(s.drafts[-_BACK:]))


# So many figures back a list of years is looked for.
_BACK = 3


def _is_over(verb: Token, marker: Token, q: Quantity) -> bool:
    """Whether a noun of change was said before 分别 of what is counted next (增幅较大，分别查处90起、40起), and the numbers are no amounts of it."""
    return verb.kind == "rate" and verb.end < marker.start and q.family == "count"


_IN_FRONT = grammar.searchable(grammar.pattern("stands_in_front"))
_LISTED, _SAYS_HOW = "、", frozenset(("change", "rate", "flat"))


def _with_deed(s: Sentence, index: int, names: list[str], deed: str) -> list[str]:
    """Names of a list with what is told of each before its number and behind the last (分别整治隐患点3处、5处; 分别选任了5名、13名陪审员)."""
    numbers = [token.end for token in s.tokens[index:] if token.kind == "quantity"]
    end = numbers[len(names) - 1]
    behind = s.text[end : min(s.end, end + _REACH)]
    noun = naming.noun_after(behind) if naming.is_verb_phrase(deed) and not behind.startswith(_BY_THEM) else ""
    told = noun or naming.is_done(deed) or naming.DEEDS_BEFORE.match(deed) is not None or naming.leading_act(deed)
    of_organs = naming.has_head(deed) and all(kind in _WHO for name in names for kind, _ in roles(name))  # 法院、检察院分别有干警
    return [name + deed + noun if (told or of_organs) and (noun or deed not in name) else name for name in names]


_REACH, _BY_THEM, _WHO = 16, "以", frozenset(("organ", "place"))
_TOLD_OF_EACH = frozenset(("count", "money", "measure"))


def _by_marks(names: str, many: int) -> list[str]:
    """Names of a list whose members a join is part of: 违规收送特产和礼金、违规吃喝、违规发放津补贴或福利3类问题; 建造业和金融及保险业."""
    counted = _SO_MANY_SORTS.search(names)
    told = names[: counted.start() if counted else None]
    for last in ("", *_JOINS):
        parts = [naming.clean(part) for part in (told.replace(last, "、") if last else told).split("、")]
        if len(parts) == many and all(len(part) > 1 for part in parts):
            return parts
    return []


_SO_MANY_SORTS = grammar.compiled("so_many_sorts")


def _levels_again(s: Sentence, index: int) -> list[str]:
    """Names of the levels before, where a clause gives each its value of another time: 扒窃95起、抢夺40起，上年分别为88起和52起."""
    marker = s.each
    length = run_length(s, index)
    before = s.levels[-length:]
    if marker is None or length < 2 or len(before) != length or len(s.name_in(s.clause_begin, marker.start)) > 1:
        return []
    here = [token.meaning.unit for token in s.tokens[index:] if token.kind == "quantity"][:length]
    fits = [level.level.unit for level in before] == here and all(level.change is None for level in before)
    return [level.name for level in before] if fits and not s.clause_begin <= before[-1].anchor else []


def _levels_of_changes(s: Sentence, index: int) -> list[str]:
    """Names of the changes before, where a clause that names nothing gives each its level: 案件下降12.1%，治安案件上升3.2%，分别为1203起和4321起."""
    length, marker = run_length(s, index), s.each
    before = s.drafts[-length:]
    if marker is None or length < 2 or len(before) != length or len(s.name_in(s.clause_begin, marker.start)) > 1:
        return []
    changed = all(draft.quantity is None and draft.change is not None and draft.change.amount is not None and draft.name for draft in before)
    alone = len(s.drafts) == length or s.drafts[-length - 1].quantity is not None
    low, high = s.last_clause
    return [draft.name for draft in before] if changed and alone and low <= before[-1].anchor < high else []


def _names_of_sources(s: Sentence) -> list[str]:
    """Names of a list whose members came from a value each: 茶叶、咖啡豆零售价由60元、120元涨至85元、140元."""
    if s.source is None or s.previous is None or not s.sources:
        return []
    names = naming.split_names(naming.split_scope(s.name_in(s.source_clause, s.source.start, listed=True))[0])
    return _hand_out(s, naming.share_head(names)) if len(names) == len(s.sources) + 1 else []


def _names_in_turn(s: Sentence, index: int, q: Quantity) -> list[str]:
    """Names of a list that has a number each and no 分别 (新收和审结案件412件和398件)."""
    before = s.text[s.clause_start : q.start]
    if q.family == "count" and (again := _same_list(s, index, q)):
        return _hand_out(s, again)
    if q.family == "ratio" and (shared := _SHARED_BY_ALL.fullmatch(s.words(s.clause_start, q.start))) is not None:
        deed = naming.noun_after(s.text[q.end : q.end + _NEAR])
        return [name + deed for name in naming.split_names(naming.split_scope(naming.clean(shared[1]))[0])]
    if q.family != "count" or not any(join in before for join in _JOINS):
        return []
    said = naming.split_scope(s.name_in(s.clause_start, q.start, listed=True))[0]
    names = naming.split_names(said)
    if len(names) < 2 or any(len(name) < 2 for name in names) or _run_of_unit(s, index, q) != len(names):
        return []
    names = naming.share_head(names)
    s.list_length = len(names)
    return _hand_out(s, names)


def _same_list(s: Sentence, index: int, q: Quantity) -> list[str]:
    """Names of a verb that goes on with the list before it: 受理一审、二审案件500件和120件，审结480件和115件."""
    if not s.list_length:
        return []
    verb = s.name_in(s.clause_start, q.start)
    if len(verb) < 2 or not naming.is_bare(verb) or len(s.levels) < 2 or (length := _run_of_unit(s, index, q)) < 2:
        return []
    before = s.levels[-length:]
    listed = len(before) == length and all(level.level.unit == q.unit for level in before) and s.list_length == length
    return [naming.head_noun(level.name) + verb for level in before] if listed else []


# 命案、纵火案全部实现100%侦破
_SHARED_BY_ALL = grammar.compiled("shared_by_all")


def _run_of_unit(s: Sentence, index: int, q: Quantity) -> int:
    """How many numbers of one unit stand in a row from this one on, each with nothing but a mark before it and nothing behind."""
    count, end = 1, s.tokens[index].end
    for token in s.tokens[index + 1 :]:
        if token.kind == "separator" and token.meaning == "、":
            continue
        if token.kind != "quantity" or token.meaning.unit != q.unit or s.text[end : token.start] not in _BETWEEN:
            break
        count, end = count + 1, token.end
    return 0 if is_han(s.text[end : end + 1]) else count


def _owners_of_shares(s: Sentence, index: int, q: Quantity) -> list[str] | None:
    """Names of the shares that several levels have of one whole, or each of its own: 310人、95人，(分别)占总数的41.2%和12.6%."""
    if q.family != "ratio" or (s.each is not None and not s.clause_begin <= s.each.start):
        return None
    led = s.name_in(s.clause_start, s.each.start) if s.each is not None else ""
    share = led if led in SHARES else ""  # 城乡建设388件、劳动社保251件，占比分别为26.1%、16.9%
    whole = _WHOLE.search(s.words(s.each.end if s.each is not None else s.clause_begin, q.start))
    length = run_length(s, index)
    levels = [d for d in s.levels if d.level.family != "ratio"]
    if (whole is None and not share) or length < 2 or len(levels) < length:
        return None
    if (len(led) > 1 and not share) if s.each is not None else levels[-1].end != s.clause_begin - 1:
        return None
    if s.each is not None and not share and _lists_names(s, length):
        return None  # 捅马蜂窝、开锁、救宠物三类占比较大，分别占…
    if whole is None:
        return [level.name + share for level in levels[-length:]]
    wholes = names if len(names := naming.split_names(whole[1])) == length else [whole[1]] * length
    return [f"{level.name}{SHARE}{of}" + ("" if of.endswith(SHARES[0]) else SHARES[0]) for level, of in zip(levels[-length:], wholes, strict=True)]


def _lists_names(s: Sentence, many: int) -> bool:
    """Whether the clause before names so many and gives none of them a figure."""
    low, high = s.last_clause
    told = any(low <= draft.anchor < high and draft.kind == "actual" for draft in s.drafts[-_BACK:])
    return high == s.clause_begin - 1 and not told and s.text.count(_LISTED, low, high) >= max(1, many - 2)


_WHOLE = grammar.compiled("share_of_a_whole")


_OF_SORTS, _COMMAS = frozenset(words("units_of_sorts")), frozenset("，,")


def run_length(s: Sentence, index: int) -> int:
    """How many quantities stand in a row from this one on; a pair (12件15人) is one."""
    count, end = 1, s.tokens[index].end
    for token in s.tokens[index + 1 :]:
        if token.kind == "separator":
            continue
        between = s.text[end : token.start]
        sums_up = between in _COMMAS and token.kind == "quantity" and token.meaning.unit in _OF_SORTS
        if token.kind != "quantity" or (between and between not in JOINS) or sums_up:
            break  # 90件、80件和7件，三类合计占…
        count, end = count + bool(between), token.end
    return count
