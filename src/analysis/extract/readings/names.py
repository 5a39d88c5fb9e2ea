"""Names of levels: rules propose them from the words before and behind the number, and from what was said before."""

from __future__ import annotations

from ...lexicon.wordlists import words
from .. import grammar, naming
from ..choosing import Option, decide
from ..mentions import Token
from ..quantities import POINTS, Quantity
from ..sentence import CASE, Sentence
from .behind import object_first, of_those_behind, told_behind
from .beside import beyond_norm
from .bounding import is_han
from .carried import IS_MEAN, PERSONS, before_bracket, carried, group_before, in_its_rank, mean_of, verb_of_list
from .changes import JOINS
from .completing import CASES, LONGEST, SHORT, is_sort, of_what_is_fought, with_deed
from .full_names import full_name
from .named import Name, Words, option
from .parts import is_of_whole, kind_of_whole, told_with_of, with_deed_of_whole
from .rankings import behind_lead, by_what
from .shares import SHARE, is_share, name_of_share, of_printed_whole, printed_whole
from .subjects import POINTS_BACK, spell_subject
from .times import time_of_each
from .wholes import is_whole_place, noun_of_places


def name_of(s: Sentence, index: int, q: Quantity) -> tuple[str, str, int]:
    """Return the full name of a level, its words as written, and how much text after the number they use."""
    chosen = decide(s, "name", (q.start,), propose_names(s, index, q, _words(s, index, q))).content
    s.list_verb = chosen.list_verb
    if chosen.subject:
        s.context.head = chosen.subject
    return full_name(s, chosen.name) if chosen.complete else chosen.name, chosen.written, chosen.used


def _words(s: Sentence, index: int, q: Quantity) -> Words:
    begin = s.source_clause if s.previous is not None else s.clause_start
    stop = s.source.start if s.previous is not None and s.source is not None else q.start
    if q.family == "count":
        begin = behind_lead(s, begin, stop)
    left = s.name_in(begin, stop)
    if is_share(s, q, left):
        return Words(left, left, "", 0, False, is_share=True)
    left = left.removesuffix(SHARE)
    following = _behind_noun(s, index)
    limit = following.start if following is not None else s.end
    bare = s.part_scope(left, begin, stop)
    bare = "" if bare in _TO_WHOM or IS_MEAN.fullmatch(bare) else bare  # 对其中15件提出抗诉; 每千人5.2批次
    light = naming.is_verb_phrase(bare)
    reach = min(limit + (following is not None and following.kind == "separator"), q.end + 24)
    of_money = q.family == "money" and not light and s.text.startswith(_OF, q.end)
    aged = _end_of_age(s, index, q)
    right = naming.noun_after(s.text[aged : max(reach, aged)], q.family == "ratio" or light or of_money)
    if aged > q.end:
        right = s.text[q.end : aged] + right if right and s.text.startswith(right, aged) else ""
    used = 0
    right = "" if right in _LIMITS or _COUNTED_IN.fullmatch(right) is not None else right
    right = "" if (of_money and not (naming.names_money(right) or right.endswith(_FUNDS))) else right
    if right:
        used = s.text.index(right, q.end) + len(right) - q.end
        if following is not None and following.kind in ("change", "basis", "each", "compare", "rate") and q.end + used >= following.start:
            used = 0
        if q.family == "count" and right.endswith(_RATES) and following is not None and _is_share(following):
            used = 0  # 147个断面水质优良率达98.6%: the rate is the next number's
    if right and naming.SAID_OF.fullmatch(bare) is not None:  # 全县现有815个人民调解委员会: who has them is no part of the name
        s.take_scope(bare, begin)
        bare = ""
    return Words(left, bare, right, used, light)


def _end_of_age(s: Sentence, index: int, q: Quantity) -> int:
    """Where a noun begins behind the age that is told of those counted (40万3岁以下婴幼儿), else the end of the number."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    return following.end if following is not None and following.rule == _AGE and following.start == q.end else q.end


def _behind_noun(s: Sentence, index: int) -> Token | None:
    """The first of the next tokens behind a number that is no part of a noun behind it."""
    for at in range(index + 1, min(index + 4, len(s.tokens))):
        token = s.tokens[at]
        if token.kind not in _IN_NOUNS or not _is_in_noun(s, at, token):
            return token
    return None


_IN_NOUNS, _AGE = frozenset(("aside", "other", "change")), "age"


def _is_in_noun(s: Sentence, at: int, token: Token) -> bool:
    """Whether a token may stand in a noun: an aside, a name in quotes, a verb of change that moves nothing (30个旅游提升示范村)."""
    if token.kind == "aside" or _is_in_quotes(s, token):
        return True
    if not is_han(s.text[token.end : token.end + 1]):
        return False
    if token.rule == _AGE:
        return token.start == s.tokens[at - 1].end and s.tokens[at - 1].kind == "quantity"
    if token.kind == "other" and token.rule == "idiom":
        return is_han(s.text[token.start - 1])  # 155件违反八项规定精神的案件
    if token.kind != "change" or _HOW_IT_WENT.match(s.text, token.end) is not None:
        return False
    return at + 1 >= len(s.tokens) or s.tokens[at + 1].start > token.end


def _is_share(token: Token) -> bool:
    return token.kind == "quantity" and token.meaning.family == "ratio"


def _is_in_quotes(s: Sentence, token: Token) -> bool:
    """Whether a name in quotation marks with a numeral in it stands in a noun (12个“一件事”窗口)."""
    return token.kind == "other" and s.text[token.start] in _QUOTES and s.text[token.end - 1] in _QUOTES


_QUOTES, (_OF, _), _FUNDS, _RATES = "“”「」", words("particles"), words("ends_of_funds"), words("rates_and_shares")
_HOW_IT_WENT = grammar.compiled("behind_a_direction")
# What parts the members of a list that share a verb; a half-sentence begins anew.
_OF_A_LIST = frozenset(JOINS) - {"；"}


def propose_names(s: Sentence, index: int, q: Quantity, around: Words) -> list[Option]:
    """The names a level may have, each by the rule that makes it."""
    bare, right = around.bare, around.right
    if (alone := _by_its_form(s, q, around)) is not None:
        return [alone]
    if not right and POINTS_BACK.fullmatch(bare) is not None and (before := s.said_before()):
        return [option("carried", Name(before, before, complete=False))]  # 参加过抢险的，此类50人
    if not right and POINTS_BACK.fullmatch(bare) is not None and (whom := spell_subject(s, bare)) != bare:
        return [option("carried", Name(whom, bare, complete=False))]  # 这项数据在2015年为90人
    if (right or len(bare) < 2) and (told_of := of_those_behind(s, index, q, around)) is not None:
        return [told_of]
    options = _with_noun_behind(s, q, around)
    if len(bare) < 2 and not right and (before := before_bracket(s, q)):
        options.append(option("before its bracket", Name(before, before, complete=False)))
    elif len(bare) < 2 and bare not in SHORT:
        name, written = carried(s, q)
        options.append(option("carried", Name(mean_of(s, q, name) + name, written, complete=False)))
    elif q.unit in CASES and not right and len(bare) <= LONGEST and naming.is_bare(bare) and is_sort(bare):
        options.append(option("sort of cases", Name(bare, bare, complete=False)))  # 执行771件
    elif naming.is_bare(bare):
        if before := in_its_rank(s, q, verbless=False):
            options.append(option("verb after its object", Name(before + bare, bare, complete=False)))
        elif not s.drafts and (before := naming.what_is_measured(naming.without_work(s.said_before()))):
            options.append(option("verb after its object", Name(bare, bare, subject=before)))
        elif is_of_whole(s, q):
            options.append(option("verb of the whole", Name(bare, bare, subject=s.head_of_whole)))
        options.append(option("verb", Name(bare, bare, complete=not _moves_other_money(s, q, bare))))
    else:
        options += _with_words_before(s, q, bare, right)
    return options


def _by_its_form(s: Sentence, q: Quantity, around: Words) -> Option | None:
    """The name of a number whose sentence has a form that leaves no other."""
    if (shared := _of_a_share(s, q, around)) is not None:
        return shared
    if (distance := _distance(s, q)) is not None:
        return option("distance to a norm", distance)
    if (told := object_first(s, q)) is not None:
        return option("object before its verb", told)
    if q.family == "time" and not around.right and (time := time_of_each(s, q.start)):
        return option("words", Name(around.bare + time, around.bare, complete=False))  # 平均审理时间，民事为45天，刑事为24天
    told = told_behind(s, q)
    return option("told behind", told) if told is not None else None


def _of_a_share(s: Sentence, q: Quantity, around: Words) -> Option | None:
    """The name of a share, or of the whole whose number stands before it."""
    if whole := printed_whole(s, q):
        return option("whole of a share", Name(whole, whole, complete=False))
    if share := of_printed_whole(s, q):
        return option("share", Name(share, share, complete=False))
    return option("share", Name(*name_of_share(s, around.left), complete=False)) if around.is_share else None


def _with_words_before(s: Sentence, q: Quantity, bare: str, right: str) -> list[Option]:
    """Names that are the words before a number, alone or with what was said before them."""
    options = [option("words", Name(group_before(s, q) + bare, naming.core(bare)))]
    if right:
        return options
    if fought := of_what_is_fought(s, bare):
        options.append(option("what is fought", Name(fought, bare, complete=False)))
    if some := told_with_of(s, q, bare):
        options.append(option("some of what was counted", Name(some, bare, complete=False)))
    elif what := by_what(s, q, bare):
        options.append(option("member of a ranking", Name(bare + what, bare, complete=False)))
    elif noun := noun_of_places(s, q, bare):
        place = "" if is_whole_place(bare) else bare
        options.append(option("place and noun before", Name(place + noun, bare, complete=False)))
    elif (part := kind_of_whole(s, q, bare))[0]:
        name, counted = part
        name = with_deed(s.context, name) if name == counted == bare + CASE else name
        options.append(option("kind and head before", Name(name, bare, complete=False, subject=counted)))
    elif (told := with_deed_of_whole(s, q, bare))[0]:
        options.append(option("deed of the whole", Name(told[0], bare, complete=False, subject=told[1])))
    elif (not s.of_which or q.unit in PERSONS or not _is_of_a_whole(s, q)) and (shared := verb_of_list(s, q, bare)):
        options.append(option("verb of a list", Name(shared + bare, bare)))
    return options


def _is_of_a_whole(s: Sentence, q: Quantity) -> bool:
    """Whether what 其中 tells parts of is counted in the unit of a number."""
    return any(d.level.unit == q.unit for d in s.levels if d.anchor < s.of_which)


def _moves_other_money(s: Sentence, q: Quantity, verb: str) -> bool:
    """Whether an amount of money follows another and is what its own verb moves: 没收违法所得56万元，罚款3万元."""
    last = s.drafts[-1] if s.drafts else None
    if last is None or last.quantity is None or {q.family, last.quantity.family} != {"money"}:
        return False
    return naming.moves_money(last.name) and naming.moves_money(verb)


def _with_noun_behind(s: Sentence, q: Quantity, around: Words) -> list[Option]:
    """Names that the noun behind a number ends, alone or with the words before it."""
    bare, right, used, light = around.bare, around.right, around.used, around.light
    options = []
    list_verb = bare if right and light else ""
    if right:
        if len(bare) < 2 and s.drafts and s.drafts[-1].verb and s.text[s.drafts[-1].end : q.start] in _OF_A_LIST:
            verb = s.drafts[-1].verb
            options.append(option("verb of a list", Name(verb + right, right, used, complete=False, list_verb=verb)))
        if len(bare) < 2 and (mean := mean_of(s, q, right)):
            options.append(option("mean of a noun behind", Name(mean + right, right, used, complete=False)))  # 日均约0.9起火灾
        elif bare in _OTHERS and naming.ends_in_act(right):
            options.append(option("words and noun behind", Name(right, right, used)))  # 其余90件以撤诉方式结案
        elif naming.is_bare(bare):
            options.append(option("verb and noun behind", Name(bare + right, right, used, list_verb=list_verb)))
        elif not naming.ends_with_measure(bare):
            options.append(option("words and noun behind", Name(bare + right, right, used, list_verb=list_verb)))
    return options


def _distance(s: Sentence, q: Quantity) -> Name | None:
    """The name of a distance in points to what is no earlier value: 结案率95.1%，比下达指标高出3.4个百分点."""
    verb, basis = s.verb, s.basis or s.carried_basis
    if q.unit in POINTS and (norm := beyond_norm(s, q)) and s.levels:
        return Name(s.levels[-1].name + norm, norm, complete=False)  # 调解率41.8%，低于考核指标1.2个百分点
    if q.unit not in POINTS or verb is None or verb.kind != "compare" or basis is None or basis.rule != "against_anything":
        return None
    owner = s.name_in(s.clause_start, basis.start) or (s.levels[-1].name if s.levels else "")
    words = s.text[basis.start : q.start]
    return Name(owner + naming.clean(words), words, complete=False) if owner else None


_OTHERS = frozenset(words("others"))
_TO_WHOM = frozenset(words("prepositions_to_whom"))
# 突破5万件大关: what is passed, not what is counted.
_LIMITS, _COUNTED_IN = frozenset(words("limits")), grammar.compiled("counted_in_or_not")
