"""Names of levels: rules propose them from the words before and behind the number, and from what was said before."""

from __future__ import annotations

from typing import NamedTuple

from ...lexicon.parts import roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..choosing import Option, decide
from ..mentions import NUMERALS
from ..quantities import Quantity
from ..sentence import Sentence
from .changes import JOINS
from .completing import CASES, LONGEST, is_sort, of_what_is_fought, with_deed
from .roles import passes_mark
from .shares import is_share, name_of_share


class Words(NamedTuple):
    """The words around a number: those before it, without (``bare``) and with (``left``) their scope, and the noun behind, with its length."""

    left: str
    bare: str
    right: str
    used: int
    light: bool


class Name(NamedTuple):
    """A name, its words as written, and how much text after the number they use.

    ``complete``: a bare verb still takes the head of the name before. ``subject`` is that head, where it is another than the last name's;
    ``list_verb`` is the verb that the next nouns of a list share.
    """

    name: str
    written: str
    used: int = 0
    complete: bool = True
    subject: str = ""
    list_verb: str = ""


def name_of(s: Sentence, index: int, q: Quantity) -> tuple[str, str, int]:
    """Return the full name of a level, its words as written, and how much text after the number they use."""
    chosen = decide(s, "name", (q.start,), propose_names(s, index, q, _words(s, index, q))).content
    s.list_verb = chosen.list_verb
    if chosen.subject:
        s.context.head = chosen.subject
    return s.full_name(chosen.name) if chosen.complete else chosen.name, chosen.written, chosen.used


def _words(s: Sentence, index: int, q: Quantity) -> Words:
    begin = s.source_clause if s.previous is not None else s.clause_start
    stop = s.source.start if s.previous is not None and s.source is not None else q.start
    left = s.name_in(begin, stop)
    if is_share(s, q, left):
        return Words(left, left, "", 0, False)
    following = next((token for token in s.tokens[index + 1 : index + 3] if token.kind != "aside"), None)
    limit = following.start if following is not None else s.end
    bare = s.part_scope(left, begin, stop)
    light = naming.is_verb_phrase(bare)
    reach = min(limit + (following is not None and following.kind == "separator"), q.end + 24)
    right = naming.noun_after(s.text[q.end : reach], q.family == "ratio" or light)
    used = 0
    right = "" if right in _LIMITS else right
    if right:
        used = s.text.index(right, q.end) + len(right) - q.end
        if following is not None and following.kind in ("change", "basis", "each", "compare", "rate") and q.end + used >= following.start:
            used = 0
    if right and naming.SAID_OF.fullmatch(bare) is not None:  # 全县现有815个人民调解委员会: who has them is no part of the name
        s.context.scope, s.context.looked, bare = bare, begin, ""
    return Words(left, bare, right, used, light)


def propose_names(s: Sentence, index: int, q: Quantity, words: Words) -> list[Option]:
    """The names a level may have, each by the rule that makes it."""
    left, bare, right = words[:3]
    if is_share(s, q, left):
        return [_option("share", Name(*name_of_share(s, left), complete=False))]
    if (distance := _distance(s, q)) is not None:
        return [_option("distance to a norm", distance)]
    if (told := _object_first(s, q)) is not None:
        return [_option("object before its verb", told)]
    if (told := _told_behind(s, q)) is not None:
        return [_option("told behind", told)]
    if (right or q.family == "ratio") and (told_of := _of_those_behind(s, index, q, words)) is not None:
        return [told_of]
    options = _with_noun_behind(s, q, words)
    if len(bare) < 2 and not right and (before := _before_bracket(s, q)):
        options.append(_option("before its bracket", Name(before, before, complete=False)))
    elif len(bare) < 2 and bare not in _SHORT:
        name, written = _carried(s, q)
        options.append(_option("carried", Name(_mean(s, q, name) + name, written, complete=False)))
    elif q.unit in CASES and not right and len(bare) <= LONGEST and naming.is_bare(bare) and is_sort(bare):
        options.append(_option("sort of cases", Name(bare, bare, complete=False)))  # 执行771件
    elif naming.is_bare(bare):
        if not s.drafts and (before := s.said_before()):
            options.append(_option("verb after its object", Name(bare, bare, subject=before)))
        elif s.of_which and s.head_of_whole and naming.IN_ALL.search(s.text, s.clause_start, q.start) is not None:
            options.append(_option("verb of the whole", Name(bare, bare, subject=s.head_of_whole)))  # 收案90件，其中…，共审结80件
        options.append(_option("verb", Name(bare, bare, complete=not _moves_other_money(s, q, bare))))
    else:
        options.append(_option("words", Name(_group_before(s, q) + bare, naming.core(bare))))
        if not right and (fought := of_what_is_fought(s, bare)):
            options.append(_option("what is fought", Name(fought, bare, complete=False)))
        if (noun := _noun_of_places(s, q, bare)) and not right:
            options.append(_option("place and noun before", Name(bare + noun, bare, complete=False)))
        elif (head := _head_of_kinds(s, q, bare)) and not right:
            sort = with_deed(s.context, bare + head) if head == "案件" else bare + head
            options.append(_option("kind and head before", Name(sort, bare, complete=False, subject=sort if head == "案件" else "")))
    return options


def _group_before(s: Sentence, q: Quantity) -> str:
    """Whom a clause is of that goes on with what they did: 25名入额院领导共审结案件300件, but not 731名法官共审结案件, which are all there are."""
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.quantity is None or last.quantity.unit not in _PERSONS or naming.IN_ALL.match(s.text, last.end, q.start) is None:
        return ""
    return last.name if len(roles(last.name)) > 1 else ""


_PERSONS = frozenset("名人位")


def _moves_other_money(s: Sentence, q: Quantity, verb: str) -> bool:
    """Whether an amount of money follows another and is what its own verb moves: 没收违法所得56万元，罚款3万元."""
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.quantity is None or {q.family, last.quantity.family} != {"money"}:
        return False
    return naming.moves_money(last.name) and naming.moves_money(verb)


def _with_noun_behind(s: Sentence, q: Quantity, words: Words) -> list[Option]:
    """Names that the noun behind a number ends, alone or with the words before it."""
    _, bare, right, used, light = words
    options = []
    list_verb = bare if right and light else ""
    if right:
        if len(bare) < 2 and s.drafts and s.drafts[-1].verb and s.text[s.drafts[-1].end : q.start] in JOINS:
            verb = s.drafts[-1].verb
            options.append(_option("verb of a list", Name(verb + right, right, used, complete=False, list_verb=verb)))
        if len(bare) < 2 and (mean := _mean(s, q, right)):
            options.append(_option("mean of a noun behind", Name(mean + right, right, used, complete=False)))  # 日均约0.9起火灾
        elif naming.is_bare(bare):
            options.append(_option("verb and noun behind", Name(bare + right, right, used, list_verb=list_verb)))
        elif not naming.ends_with_measure(bare):
            options.append(_option("words and noun behind", Name(bare + right, right, used, list_verb=list_verb)))
    return options


def _passing(s: Sentence, index: int, q: Quantity, right: str) -> Name | None:
    """The name of those who passed a mark, the mark in it: 52家法院收案过万件 counts 收案过万件法院."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    if following is None or following.kind != "quantity" or not passes_mark(s.text, q, following.meaning):
        return None
    noun, deed = naming.part_deed(right)
    return Name(deed + s.text[following.start : following.end] + noun, noun, following.end - q.end, complete=False) if deed else None


def _harm_behind(s: Sentence, bare: str, right: str, used: int) -> Name | None:
    """The name of those whom an event just counted killed or hurt: 发生交通事故5210起，造成812人死亡、4033人受伤."""
    if bare not in _CAUSES or _HARM.fullmatch(right) is None:
        return None
    event = naming.event_in(s.context.head)
    return Name(event + right, right, used, complete=False, list_verb=event) if event else None


_CAUSES, _HARM = frozenset(words("causes", "causes_harm")), grammar.compiled("harm")


def _distance(s: Sentence, q: Quantity) -> Name | None:
    """The name of a distance in points to what is no earlier value: 结案率95.1%，比下达指标高出3.4个百分点."""
    verb, basis = s.verb, s.basis or s.carried_basis
    if q.unit != "个百分点" or verb is None or verb.kind != "compare" or basis is None or basis.rule != "against_anything":
        return None
    owner = s.name_in(s.clause_start, basis.start) or (s.levels[-1].name if s.levels else "")
    words = s.text[basis.start : q.start]
    return Name(owner + naming.clean(words), words, complete=False) if owner else None


def _object_first(s: Sentence, q: Quantity) -> Name | None:
    """The name of those to whom something is done, told before what is: 对63名负责人开展离任审计, 为2.15万下岗职工等困难群众减免公证费."""
    if not _TO_WHOM.fullmatch(s.words(s.clause_start, q.start)) or s.previous is not None:
        return None
    found = _DONE_TO.match(s.text, q.end)
    return Name(found[0], found[0], found.end() - q.end, complete=False) if found is not None else None


def _told_behind(s: Sentence, q: Quantity) -> Name | None:
    """The name of a part that is told behind its number: 其中129宗为暴力案件, 其中12人系未成年人."""
    if not s.of_which or q.family != "count":
        return None
    if (before := s.words(max(s.clause_start, s.of_which), q.start)) and not _ALONE.fullmatch(before):
        return None
    found = _TOLD.match(s.text, q.end)
    return Name(found[1], found[1], found.end() - q.end, complete=False) if found is not None else None


def _of_those_behind(s: Sentence, index: int, q: Quantity, words: Words) -> Option | None:
    """The one name that what is told of those behind a number gives it: that they are honoured, are harmed, or pass a mark; None for no such."""
    if q.family == "ratio" and len(words.bare) < 2 and (told := _SHARE_TOLD.match(s.text, q.end)) is not None:
        return _option("share of those told behind", Name(told["told"] + SHARE_END, told["told"], told.end() - q.end, complete=False))
    told_of = len(words.bare) < 2 or s.text.endswith(_THERE_ARE, s.clause_start, q.start)
    if told_of and (honoured := _honoured(s, q)) is not None:
        return _option("those who are honoured", honoured)
    if (harm := _harm_behind(s, words.bare, words.right, words.used)) is not None:
        return _option("harm of what happened", harm)
    passing = _passing(s, index, q, words.right)
    return _option("those past a mark", passing) if passing is not None else None


def _before_bracket(s: Sentence, q: Quantity) -> str:
    """What a number alone in a bracket counts, where the words before it have no number: 主要包括店铺盗窃（65人）、刑事毁坏（144人）."""
    if q.family == "ratio" or not s.outside or s.outside[-1].opened + 1 != q.start or s.text[q.end : q.end + 1] not in "）)":
        return ""
    outside = s.outside[-1]
    if outside.clause_start >= outside.opened or any(outside.clause_start <= d.anchor < outside.opened for d in s.drafts):
        return ""
    said = _LISTS.split(s.words(outside.clause_start, outside.opened))[-1]
    name = naming.split_scope(naming.clean(said))[0]
    if _PLACE_ONLY.fullmatch(name) and s.context.whole[1] == q.unit:
        return name + s.context.whole[0]
    return name if len(name) > 1 and not naming.is_bare(name) else ""


_LISTS = grammar.compiled("what_a_list_leads_on_with")


def _honoured(s: Sentence, q: Quantity) -> Name | None:
    """The name of those who are honoured, told behind their number: 27个集体和个人获省级以上表彰."""
    if q.family != "count":
        return None
    found = _HONOURED.match(s.text, q.end) or _LISTED_WHO.match(s.text, q.end)
    return Name(found["what"] + found["who"], found["who"], found.end("who") - q.end, complete=False) if found is not None else None


_SHARE_TOLD = grammar.compiled("share_told_behind")
SHARE_END = words("ends_of_shares")[0]
_HONOURED, _LISTED_WHO = grammar.compiled("those_who_are_honoured"), grammar.compiled("those_listed_who")
_THERE_ARE = words("has", "in_all", "there_are_in_all")
_ALONE = grammar.compiled("of_which_alone")
_TOLD = grammar.compiled("told_behind")
_TO_WHOM = grammar.compiled("to_whom")
_DONE_TO = grammar.compiled("done_to_them")


def _noun_of_places(s: Sentence, q: Quantity, bare: str) -> str:
    """What is counted place by place, where a name is a place only: 7起重大火灾中，县城3起，乡村4起; 陕西省860项."""
    if not _PLACE_ONLY.fullmatch(bare):
        return ""
    levels = [d for d in s.levels if d.level.unit == q.unit and not _PLACE_ONLY.fullmatch(d.name)]
    told = [d for d in levels if _OF_THESE.search(s.text, d.level.end, q.start) is not None]
    counted = told[-1] if told else levels[0] if levels else None  # 5起重大火灾中，城市2起；30起较大火灾中，农村9起
    if counted is not None and (place := _PLACE_ONLY.match(counted.name)) is not None:
        return counted.name[place.end() :]  # 东城区立案30起、南山县18起
    return naming.split_scope(naming.head_noun(counted.name))[0] if counted is not None else ""


def _head_of_kinds(s: Sentence, q: Quantity, bare: str) -> str:
    """The head of what is counted kind by kind, where a name says the kind only: 较大事故3起，其中矿山1起."""
    if q.unit not in _COUNTED or len(bare) > 6 or not s.of_which or naming.has_head(bare):
        return ""
    before = [d for d in s.levels if d.anchor < s.of_which] or s.levels
    counted = next((d for d in reversed(before) if d.level.unit == q.unit and naming.has_head(d.name)), None)
    found = _HEADS.search(counted.name) if counted is not None else None
    return found.group() if found is not None else ""


_COUNTED = CASES | frozenset("人名")
_HEADS = grammar.compiled("head_of_a_name")
_OF_THESE = grammar.compiled("said_of_some")
_PLACE_ONLY = grammar.compiled("place_only")


def _option(rule: str, name: Name) -> Option:
    return Option(f"{name.subject}|{name.name}" if name.complete else name.name, rule, name)


# 突破5万件大关: what is passed, not what is counted.
_LIMITS = frozenset(words("limits"))

# One-character names of what happened to the cases or people just named: 发案9起，破7起.
_SHORT = frozenset(words("deeds_of_one_sign"))


def is_of_year_before(s: Sentence, q: Quantity) -> bool:
    """Whether a number is the same of the year before: 去年同期12件, （去年40件）, 立案72起，上年64起、死亡5人."""
    if s.clause_period is not None and s.clause_period.rule == "year_before":
        return True
    found = _YEAR_BEFORE.match(s.text, s.clause_begin, q.start)
    if found is None or not s.levels or s.text[found.end()] not in NUMERALS:
        return False
    return bool(found["is"] or s.depth) or any(level.level.unit == q.unit for level in s.levels)


_YEAR_BEFORE = grammar.compiled("value_of_the_year_before")


def _mean(s: Sentence, q: Quantity, name: str) -> str:
    """The word that makes a number the mean of one before it: 接警70起（日均10起）."""
    per = q.unit.partition("/")[2] if q.unit is not None else ""
    if len(per) == 1:
        return ("日" if per == "天" else per) + "均"  # 有效报警6689起（239起/天）
    found = _MEAN.search(s.text, s.clause_start, q.start)
    return found["mean"] if found is not None and found["mean"] not in name else ""


_MEAN = grammar.compiled("mean_per")


def _carried(s: Sentence, q: Quantity) -> tuple[str, str]:
    """Name a number that has no words of its own: the clause before, or the series it continues."""
    last = s.drafts[-1] if s.drafts else None
    if last is not None and last.kind == "count_of_things" and last.quantity is not None and s.clause_start == last.end > last.quantity.end:
        return last.name, last.written  # 河北、山西2省检察院起诉人数超3万人: the words between are named already
    same = [d for d in s.drafts if d.quantity is not None and d.quantity.unit == q.unit]
    if same:
        # （2016年5件）, （日均10起）, 执结30件，上年35件: what speaks of the number before it
        close = is_of_year_before(s, q) or (s.outside and same[-1].end == s.outside[-1].opened)
        last = same[-1] if close else same[0]
        return last.name, last.written
    before = s.said_before()
    if before:
        return s.full_name(before), naming.core(before)
    if s.drafts:
        return s.drafts[-1].name, s.drafts[-1].written
    return s.context.head, s.context.head
