"""What a number is in its sentence: a level, the amount of a change, an earlier value, a ratio, or no statistic."""

from __future__ import annotations

import re
from decimal import Decimal

from ...lexicon.wordlists import meanings, words
from .. import grammar, naming
from ..choosing import Option
from ..quantities import Quantity
from ..sentence import Sentence
from .beside import is_beside_another
from .bounding import bounds, is_han
from .changes import JOINS, amount_rule, moved_behind, told_again
from .counting import counts_one, is_of_who_counted
from .goals import beside_goal
from .times import measures_time, names_a_time

AMOUNT, AGAIN, LEVEL, RATIO, SOURCE, BASE = "amount", "amount told again", "level", "ratio", "source", "base value"


_WITH_WORDS = Option(LEVEL, "a number with words")


def propose_roles(s: Sentence, index: int, q: Quantity) -> list[Option]:
    """The roles a number may have, each by the rule that says so; an ``other`` is named with its type (other: duration)."""
    options = [_WITH_WORDS]
    amount = amount_rule(s, q, s.tokens[index - 1] if index else None)
    if amount is not None:
        options.append(Option(AMOUNT, *amount))
    elif moved_behind(s, q) is not None:
        options.append(Option(AMOUNT, "direction behind"))
    if told_again(s, q, s.tokens[index - 1] if index else None):
        options.append(Option(AGAIN, "told again in per cent"))
    if _is_base_value(s, index, q):
        options.append(Option(BASE, "basis before, change behind"))
    elif is_source(s, index):
        options.append(Option(SOURCE, "from A to B"))
    compared = compared_with(s, q) if q.family == "ratio" else None
    if compared is not None:
        options.append(Option(RATIO, "multiple of a base", compared))
    elif (why := not_a_statistic(s, q)) is not None:
        options.append(Option(f"other: {why}", why))
    why = _said_in_passing(s, index, q)
    if why is not None:
        options.append(Option(f"other: {why}", why))
    return options


def _said_in_passing(s: Sentence, index: int, q: Quantity) -> str | None:
    """The type of a number that its clause only refers to, or that says which of several: 这312件, 二次退回, 增长3.3%转为…; None for another."""
    text = s.text
    han_behind = is_han(text[q.end : q.end + 1])
    if han_behind and not q.threshold and q.end + 1 < s.end and _REFERENCE.search(text, max(s.clause_start, q.start - 4), q.start):
        return "reference"
    if _DENIED.search(text, max(s.clause_start, q.start - 6), q.start):
        return "reference"  # 应为52.3万件，不是53.2万件
    if q.chinese and q.unit in ("次", "轮", "批") and s.clause_start == q.start and han_behind and _number_in_clause(s, index):
        return "ordinal"
    if text[q.start - 1] in _FIRST_BEGINS and _FIRST.match(text, q.start - 1) is not None:
        return "rank"  # 排名前10位的是: how many are told of
    if q.family == "count" and _RANKED.match(text, q.end) is not None and _AMONG.search(text, s.clause_start, q.start) is not None:
        return "rank"  # 在全省17个中级法院中位居第二: among how many
    if q.family == "count" and is_of_who_counted(s, q):
        return "reference"
    if q.family == "count" and _FIGURES.match(text, q.end) is not None and (s.drafts or _LISTED in text[s.clause_start : q.start]):
        return "quantifier"  # 两项指标同比分别下降: of how many of the figures before it is told
    before = s.tokens[index - 1] if index else None
    if before is not None and before.kind == "change" and s.source is not None and _TURNED.match(text, q.end):
        return "earlier change"
    if q.unit in ("位", "名") and ((before is not None and before.kind == "change") or _MOVES_A_RANK.search(text, s.clause_start, q.start)):
        if any(what == "ordinal" for *_, what in s.others):
            return "rank"  # 居全市第4，较上年提升2位: the rank moved, not what is ranked
    return "comparison" if is_beside_another(s, q, before) else None


# 这312件案件, 上述7名被告人: numbers that were printed before
_REFERENCE, _DENIED = grammar.compiled("number_referred_to"), grammar.compiled("number_denied")
_TURNED = grammar.compiled("turned_into")
_FIRST = grammar.compiled("the_first_so_many")
_FIRST_BEGINS = grammar.first_characters(_FIRST.pattern)
_FIGURES = grammar.compiled("figures_referred_to")
_MOVES_A_RANK = grammar.compiled("moves_a_rank")
_RANKED, _AMONG = grammar.compiled("ranked_among"), grammar.compiled("among_whom")


def _number_in_clause(s: Sentence, index: int) -> bool:
    """Whether another number follows in the same clause."""
    following = next((token for token in s.tokens[index + 1 :] if token.kind in ("separator", "quantity")), None)
    return following is not None and following.kind == "quantity"


def _is_base_value(s: Sentence, index: int, q: Quantity) -> bool:
    """Whether this quantity is what a basis prints: 比上年的120件增加5%, 与2019年（986件）相比上升14.3%."""
    if not 0 < index < len(s.tokens) - 1:
        return False
    if bases_listed(s, index):
        return True
    if (pair := _in_pair_of_bases(s, index, q)) is not None:
        return pair
    if in_bracket_of_base(s, index - 1):
        before, token, after = s.tokens[index - 2], s.tokens[index + 1], s.tokens[min(index + 2, len(s.tokens) - 1)]
    else:
        before, token, after = s.tokens[index - 1 : index + 2]
        if before.kind != "basis" or s.text[before.end : token.start].strip() not in _OF_A_BASE:
            return False
    if after.kind == "separator" and after.meaning in "，," and index + 2 < len(s.tokens):
        # 较去年的335起，减少23起; 较2017年同期575件，增长48.2%; 与2004年的81件比较，跌幅更超过10%
        if s.text[token.start - 1] in "的）)" or _NAMES_ITS_TIME.match(s.text, before.start):
            return s.tokens[index + 2].kind in (*_MOVES, "rate")
    moves = after.kind in _MOVES or (after.kind == "quantity" and after.meaning.unit == "番")  # 较去年同期的4件翻了两番
    return moves and s.text[token.end : after.start] in _SET_AGAINST


def _in_pair_of_bases(s: Sentence, index: int, q: Quantity) -> bool | None:
    """Whether a quantity is one of two that a basis prints (比上年的95件131人分别上升…); None where no two stand side by side."""
    token, after = s.tokens[index : index + 2]
    if is_second_base(s, q):  # not the token's meaning: a length of time may be the number too
        return after.kind in (*_MOVES, "each")
    before = s.tokens[index - 1]
    if before.kind != "basis" or s.text[before.end : token.start] not in _OF_A_BASE:
        return None
    rest = [later for later in s.tokens[index + 1 : index + 4] if later.kind != "separator"]
    if len(rest) < 2 or rest[0].kind != "quantity" or s.text[token.end : rest[0].start] not in _PAIRED:
        return None
    return rest[1].kind in (*_MOVES, "each")


def is_second_base(s: Sentence, q: Quantity) -> bool:
    """Whether a quantity stands right behind the value that a basis prints."""
    return s.base_value is not None and s.base_pair is None and s.text[s.base_value.end : q.start] in _PAIRED


_NAMES_ITS_TIME = grammar.compiled("basis_that_names_a_time")
_MOVES, _PAIRED = frozenset(("change", "compare", "flat")), frozenset(("", "、", "和", "及"))
_SET_AGAINST = frozenset(("", *words("set_against")))


def in_bracket_of_base(s: Sentence, index: int) -> bool:
    """Whether a bracket that opens behind a basis holds the value of it and nothing else: 与2019年（986件）相比."""
    if not 0 < index < len(s.tokens) - 2:
        return False
    before, opening, q, closing = s.tokens[index - 1 : index + 3]
    if before.kind != "basis" or opening.meaning not in ("（", "(") or q.kind != "quantity" or closing.kind != "separator":
        return False
    return before.end == opening.start and opening.end == q.start and q.end == closing.start and closing.meaning in "）)"


def is_source(s: Sentence, index: int) -> bool:
    """Whether this quantity is the A of 由A到B."""
    if s.source is None or s.previous is not None:
        return s.source is not None and s.sources_due > 0
    if sources_listed(s, index) > 1:
        return True
    for at, later in enumerate(s.tokens[index + 1 : index + 8], index):
        if later.kind == "reach":
            return True
        if later.kind == "change":
            continue
        if later.kind == "quantity" and s.tokens[at].kind == "change" and s.tokens[at].end == later.start:
            if later.meaning.high is not None:
                return True
            continue  # 由884宗增加86宗至970宗
        if later.kind == "quantity":
            return s.text[later.start - 1 : later.start] in ("到", "至", "为")
        if later.kind == "separator" and later.meaning not in "、，,（）()":
            return False
    return False


def bases_listed(s: Sentence, index: int) -> bool:
    """Whether a quantity is one of three or more that a basis prints: 与上年的58起、15人和71人相比."""
    first = index
    while first > 1 and index - first < _MOST_BASES and s.tokens[first - 1].kind != "basis":
        before = s.tokens[first - 1]
        if before.kind != "quantity" and before.meaning != _LISTED:
            return False
        first -= 1
    if s.tokens[first - 1].kind != "basis" or s.text[s.tokens[first - 1].end : s.tokens[first].start] not in _OF_A_BASE:
        return False
    length, behind = _run(s, first)
    return length > 2 and s.text.startswith(_AGAINST, s.tokens[behind - 1].end)


# So many tokens back a list of bases is looked for.
_MOST_BASES, _OF_A_BASE, _AGAINST = 16, frozenset(("", "的", "之")), words("set_against")


def sources_listed(s: Sentence, index: int) -> int:
    """How many earlier values stand in a row from this one on, where as many that they led to follow: 由上年的71%、80%分别提高到88%、93%."""
    length, at = _run(s, index)
    if length < 2:
        return 1
    rest = next((later for later in range(at, len(s.tokens)) if s.tokens[later].kind not in _ON_THE_WAY), len(s.tokens))
    if rest == len(s.tokens) or s.tokens[rest].kind != "quantity" or not any(token.kind == "reach" for token in s.tokens[at:rest]):
        return 1
    return length if _run(s, rest)[0] == length else 1


def _run(s: Sentence, index: int) -> tuple[int, int]:
    """How many quantities with nothing but joins between them begin at a token, and the place of the token behind them."""
    count, end, at = 1, s.tokens[index].end, index + 1
    for later in range(index + 1, len(s.tokens)):  # a slice of a long sentence would be copied for each of its numbers
        token = s.tokens[later]
        if token.kind == "separator" and token.meaning == _LISTED:
            continue
        if token.kind != "quantity" or s.text[end : token.start] not in JOINS:
            break
        count, end, at = count + 1, token.end, later + 1
    return count, at


# What may stand between what things came from and what they came to, and between the members of a list.
_ON_THE_WAY, _LISTED = frozenset(("each", "both", "reach", "hedge")), "、"


def compared_with(s: Sentence, q: Quantity) -> re.Match[str] | None:
    """Find what a number is a multiple of: 相当于2012年的 before 3倍, 为去年同期的 before 87%."""
    if q.unit not in ("倍", "%") or s.source is not None:
        return None
    found = _COMPARED.search(s.text, s.clause_start, q.start)
    if found is None or found["verb"] in _EQUALS or (q.unit == "倍" and found["verb"] not in SHORT_OF):
        return found
    fits = (found["verb"] in SHORT_OF and q.chinese) or ((found["verb"] in "是为" or found["verb"] in SHORT_OF) and _is_earlier(found["base"]))
    return found if found["of"] and fits else None


def _is_earlier(base: str) -> bool:
    """Whether a base is an earlier time or a norm, or what is counted in a year that it names."""
    return _EARLIER.search(base) is not None or _YEAR_OF_THE_BASE.match(base) is not None


_YEAR_OF_THE_BASE = grammar.compiled("year_of_the_base")
_EQUALS = words("equals")
SHORT_OF = meanings("short_of")  # 不足上年的一半
_COMPARED = grammar.compiled("compared_with")
_EARLIER = grammar.compiled("earlier_time")


def not_a_statistic(s: Sentence, q: Quantity) -> str | None:
    """Return the type of a number that is no statistic, None for one that is."""
    text, after = s.text, s.text[q.end : q.end + 1]
    if q.family == "time" and s.previous is None and not measures_time(text, q.end) and not names_a_time(s, q.start):
        return None if beside_goal(s, q) is not None else "duration"
    if q.chinese:
        if q.family is None and ((q.value or 0) < 10000 or q.number_end - q.start < 2):
            return None if _is_rate_in_words(s, q) else "word"
        if q.value == 1 and not q.comparator and q.hedge is None and not counts_one(s, q):
            return "quantifier"
    if bounds(s, q):
        return "threshold"
    if q.unit is None and not q.chinese and (why := _bare(text, q, after)) is not None:
        return why
    if "字数" in text[max(s.clause_start, q.start - 8) : q.start]:
        return "web_boilerplate"
    return None


def _is_rate_in_words(s: Sentence, q: Quantity) -> bool:
    """Whether a number in words has decimals, and a rate stands before it in its clause: 千人死亡率为零点一六; 百万吨死亡率由五点二降到四点七."""
    return _POINT in s.text[q.start : q.end] and s.text.find(_RATE, s.near(q.start), q.start) >= 0


_POINT, _RATE = "点", words("rates_and_shares")[0]


def _bare(text: str, q: Quantity, after: str) -> str | None:
    """The type of a number without a unit that counts nothing: a year, 07, 001."""
    value = (q.value if q.value is not None else q.high) or Decimal(0)
    if not q.scaled and 1900 <= value <= 2100 and q.hedge is None and _WITH_ITS_SHARE.match(text, q.end) is None:
        return "year"
    if text[q.start] in "0０" and value >= 1:
        return "name"
    big = value >= 10000 and q.scaled
    return "name" if not big and (after not in _ENDS_OF_CLAUSES or not _is_led_up_to(text, q.start)) else None


_WITH_ITS_SHARE = grammar.compiled("share_right_behind")


def _is_led_up_to(text: str, start: int) -> bool:
    """Whether a word stands before a number without a unit, or the label of a measure does: 男444, 律师人数：386."""
    before = text[start - 1 : start]
    return is_han(before) or (before in _COLONS and naming.ends_with_measure(text[max(0, start - _LONGEST_LABEL) : start - 1]))


_COLONS, _LONGEST_LABEL = frozenset("：:"), 12


# What may follow a number that counts something and prints no unit: 男444，女140人
_ENDS_OF_CLAUSES = frozenset("，,。；;、：:（()）！!？?\r\n") | {""}
