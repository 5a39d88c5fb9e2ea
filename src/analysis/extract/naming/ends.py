"""Cut off the ends of a clause what is no part of a name: what leads on to it, what follows it, and of whom it is said."""

from __future__ import annotations

import re
from functools import lru_cache

from ... import keeping
from ...lexicon.classes import acts
from ...lexicon.wordlists import words
from .. import grammar
from .deeds import DEEDS_BEFORE, ends_in_act, ends_in_noun, is_bare, is_done

LEADING = grammar.compiled("leading")
TRAILING = grammar.searchable(grammar.pattern("trailing"))
IN_ALL = grammar.compiled("in_all")
SAID_OF = grammar.compiled("said_of")
NOUN_END = grammar.searchable(grammar.pattern("noun_end"))
# What any of the steps of a cleaning but the first and last look for.
_MARKS = grammar.searchable(grammar.pattern("last_part"))
_LEADING_STARTS = grammar.first_characters(LEADING.pattern)
# Most names end in no character a trailer ends in: then there is nothing to look for.
_TRAILING_ENDS = grammar.last_characters(grammar.pattern("trailing"))
# The last characters of what SAID_OF takes: where none of them stands near the beginning, it need not be tried.
_SAID_OF_ENDS = re.compile("[" + "".join(sorted(grammar.last_characters(grammar.expand("<PLACE_NAME>|<ACTOR>")))) + "]")
_DONE_TO_AN_ORGAN = grammar.compiled("done_to_an_organ")
_ASIDE = grammar.compiled("noun_with_an_aside")
_OF_A_WHOLE, _OF = grammar.compiled("sort_of_a_whole"), words("particles")[0]
(_SHORT_FOR,), _CALLED = words("short_for"), grammar.compiled("called_in_short")
_MEMBERS, _LEADS_ON = words("offices_of_one", "papers_of_an_organ"), "".join(words("particles"))


# No name, nor list of names, is longer; what is is a sentence without numbers, and every number of its list would repeat it.
LONGEST = 200


@lru_cache(maxsize=1024)  # asked again and again of the words around one number
def clean(raw: str, listed: bool = False) -> str:
    """Strip connectives and adverbs from both ends of a clause; keep what follows 共 or 累计, and of examples (``listed``) each."""
    if _SHORT_FOR in raw:
        raw = _CALLED.sub("", raw)
    marked = _MARKS.search(raw) is not None
    name = strip_leading(_last_part(raw) if marked else raw)
    if name[-1:] in _TRAILING_ENDS and (trailing := TRAILING.search(name)) is not None:
        stop = trailing.start()
        stop = stop if SAID_OF.fullmatch(name, 0, stop) is not None else _end_of_word(name, stop)  # 全国有律师: not 国有
        done = next((name[:length] for length in (4, 3, 2) if is_done(name[:length])), "") if stop < 2 else ""
        name = done or name[:stop]  # 维持的有12件: what was done is all that is said
    name = _OF_A_WHOLE.sub("", name) if _OF in name else name
    if marked and "等" in name and not listed:
        name = _without_examples(_IN_BRACKETS.sub("", name))
    if marked and "“" in name:
        name = _QUOTED_SORT.sub(r"\g<sort>", name)  # “故意伤害”的案件
    if marked and (name.count("“") != name.count("”") or _QUOTED.fullmatch(name) is not None):
        name = name.strip("“”")
    if any(name.count(one) != name.count(other) for one, other in _PAIRS):
        name = name.translate(_WITHOUT_SQUARE)  # [打掉团伙]12个: the first may have gone with what leads on
    return name[-LONGEST:]


_PAIRS = (("[", "]"), ("［", "］"), ("【", "】"), ("〔", "〕"))
_WITHOUT_SQUARE = dict.fromkeys(ord(sign) for pair in _PAIRS for sign in pair)


def _without_examples(name: str) -> str:
    """A name without the examples of all that it counts: 受理各类案件 of 受理刑事、民事等各类案件."""
    whose = len(name) - len(split_scope(name)[0])
    deed = DEEDS_BEFORE.match(name[whose:]) or _FIGHTS.match(name[whose:])
    length = deed.end() if deed is not None else next((length for length in (4, 3, 2) if is_done(name[whose : whose + length])), 0)
    begin = whose + length
    found = _EXAMPLES.match(name, begin)
    if found is None or (not length and len(found[1]) > _SHORT_EXAMPLE):
        return name  # what stands before the first 、 may be a deed that no list has
    return name[:begin] + name[found.end() :]


_QUOTED, _QUOTED_SORT = re.compile("“[^“”]+”"), grammar.compiled("sort_in_quotes")
_IN_BRACKETS = grammar.compiled("examples_in_brackets")
_SHORT_EXAMPLE, _FIGHTS = 4, re.compile(grammar.expand("(?:<FIGHTS>)"))
_EXAMPLES = grammar.compiled("examples_of_all")


def _last_part(raw: str) -> str:
    """What follows 共, 累计, 目标是 or an inner space."""
    parts = IN_ALL.split(raw)
    if len(parts) > 1:
        # 调解金额累计达到, 案件共计为: what follows may say nothing
        said = next((at for at in reversed(range(len(parts))) if len(_bare_words(parts[at])) >= 2), -1)
        before = _bare_words(parts[said - 1]) if said > 0 else ""
        if before and is_bare(_bare_words(parts[said])) and _ends_in_sort(before):
            raw = parts[said - 1] + parts[said]  # 消费投诉累计受理920件; 「侵害人身类」共接获467宗
        elif said > 0 and parts[said].startswith(_HAPPENS) and not is_bare(_bare_words(parts[said])) and (where := _where(parts[said - 1])):
            raw = where + parts[said]  # 农村地区共发生火灾90起
        elif said >= 0:
            raw = parts[said]
    raw = raw.replace("\n", "").replace("\r", "").strip("、，： 　")
    if " " in raw and is_done(raw.replace(" ", "")):
        return raw.replace(" ", "")  # 破 案46起
    if " " in raw or "　" in raw:
        pieces = [p for p in re.split(r"[ 　]+", raw) if len(p) >= 2] or [raw]
        subject = len(pieces) > 1 and (is_bare(pieces[-1]) or is_done(pieces[-1])) and _HAN.fullmatch(pieces[-2]) is not None
        raw = pieces[-2] + pieces[-1] if subject else pieces[-1]  # 工矿企业 发生2起
    goal = raw.rfind("目标是") if "目标是" in raw else raw.rfind("目标为")
    return raw[goal + 3 :] or raw[: goal + 2] if goal >= 0 else raw


_HAN, _ENDS_IN_QUOTES = re.compile("[一-鿿]+"), grammar.compiled("sort_in_quotation_marks")
_HAPPENS, _OF_CASES = words("happens")[0], words("ends_of_cases")
_LONGEST_PLACE, _BEFORE_A_PLACE = 12, re.compile("[，,、；;：:]|" + "|".join(words("and_so_on")))


def _ends_in_sort(part: str) -> bool:
    """Whether some words end with what is counted (消费投诉, 「侵害人身类」, 整体刑案), and not with what is done (立案)."""
    return ends_in_noun(part) or _ENDS_IN_QUOTES.search(part) is not None or (part.endswith(_OF_CASES) and not ends_in_act(part))


def _where(part: str) -> str:
    """Where, or to whom, something happens of which the number is told (农村地区, 营运车辆); '' for an organ or a place by its name."""
    where = _bare_words(_BEFORE_A_PLACE.split(part)[-1])
    return where if 2 <= len(where) <= _LONGEST_PLACE and _HAN.fullmatch(where) is not None and SAID_OF.fullmatch(where) is None else ""


def _bare_words(part: str) -> str:
    """Some words without what leads up to a name and what follows it."""
    bare = strip_leading(part.strip(" 　，、"))
    trailing = TRAILING.search(bare)
    return bare[: trailing.start()] if trailing is not None else bare


def strip_leading(name: str) -> str:
    """Strip connectives and adverbs from the beginning of a name."""
    leading = LEADING.match(name) if name[:1] in _LEADING_STARTS else None
    if leading is None:
        return name
    word = _KEPT.search(name, 0, leading.end() + _LONGEST_KEPT - 1)
    return name[leading.end() if word is None else min(word.start(), leading.end()) :]


def _end_of_word(name: str, at: int) -> int:
    """Where a cut may be made that would go through or before a word (行政许可, 投案自首): behind it."""
    if not any(name[begin : begin + 2] in _INSIDE for begin in range(at - 1, len(name) - 1)):
        return at
    return max((at, *(word.end() for word in _KEPT.finditer(name, max(at - _LONGEST_KEPT, 0)))))


def _end_around(text: str, at: int) -> int:
    """The end of the word that stands around a sign, 0 where none does."""
    word = _KEPT.search(text, max(at - 1, 0), at + _LONGEST_KEPT)
    return word.end() if word is not None and word.start() <= at < word.end() else 0


# What is done is one word too, also where it begins or ends as a small word does (送达, 审计); 已办结 is two.
_SHORT_DEEDS = {said for act in acts().values() for said in act.spellings if len(said) == 2 and not said.startswith(words("already"))}
_DEEDS_LIKE_IT = {said for said in _SHORT_DEEDS if said[0] in _LEADING_STARTS or said[1] in _TRAILING_ENDS}
_WHOLE = sorted({*words("kept_whole"), *_DEEDS_LIKE_IT}, key=lambda word: (-len(word), word))
_KEPT, _LONGEST_KEPT = keeping.pattern("|".join(map(re.escape, _WHOLE))), len(_WHOLE[0])
_INSIDE = frozenset(word[at : at + 2] for word in _WHOLE for at in range(len(word) - 1))


@lru_cache(maxsize=1024)
def noun_after(tail: str, share: bool = False) -> str:
    """Return the noun that begins ``tail`` (犯罪团伙 in 犯罪团伙，抓获...), or ''. After a share 的 leads on to it."""
    first = tail[:1]
    if first == "的":
        if not share:
            return ""
        tail = tail[1:]
        first = tail[:1]
    if first == "以" and "的" in tail[:14]:
        tail = tail[tail.index("的") + 1 :]
    aside = _ASIDE.match(tail)
    stop = NOUN_END.search(tail, aside.end() if aside is not None else 0)
    while stop is not None and (end := _end_around(tail, stop.start())):
        stop = NOUN_END.search(tail, end)  # 5份理由书, 3名被骗群众
    noun = tail[: stop.start()] if stop else tail
    if noun.endswith("中") and len(noun) > 2 and tail[len(noun) : len(noun) + 1] in "，,":
        noun = noun[:-1]  # 7起重大火灾中，
    noun = noun.rstrip(_LEADS_ON)  # 152个品牌的1200辆展车
    return noun if len(noun) >= 2 else ""


@lru_cache(maxsize=4096)
def split_scope(name: str) -> tuple[str, str | None]:
    """Part the actor or place from what was done (全市检察机关 | 批准逮捕...)."""
    found = SAID_OF.match(name) if _SAID_OF_ENDS.search(name, 0, 24) is not None else None
    if found and _DONE_TO_AN_ORGAN.search(name, 0, found.end(1)) is not None:
        return name, None  # 移送司法机关案件, 当选政协委员: the organ is part of what was done
    if found and name.startswith(_MEMBERS, found.end(1)):
        return name, None  # 政协委员, 法院干警, 政协提案: members of the organ, and its papers
    if found and len(name) - found.end() >= 2:
        return strip_leading(name[found.end() :]), found.group(1)
    return name, None
