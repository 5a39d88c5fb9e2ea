"""Names of those of whom something is told behind their number: that they are honoured, are harmed, pass a mark, are some of a whole."""

from __future__ import annotations

from ...lexicon.parts import roles
from ...lexicon.wordlists import words
from .. import grammar, naming
from ..choosing import Option
from ..quantities import Quantity
from ..sentence import Sentence
from .bounding import passes_mark
from .named import Name, Words, option
from .wholes import CASES


def object_first(s: Sentence, q: Quantity) -> Name | None:
    """The name of those to whom something is done, told before what is: 对63名负责人开展离任审计, 为2.15万下岗职工等困难群众减免公证费."""
    if not _TO_WHOM.fullmatch(naming.split_scope(s.words(s.clause_start, q.start))[0]) or s.previous is not None:
        return None
    found = _DONE_TO.match(s.text, q.end)
    return Name(found[0].replace(_COMMA, ""), found[0], found.end() - q.end, complete=False) if found is not None else None


def told_behind(s: Sentence, q: Quantity) -> Name | None:
    """The name of a part that is told behind its number: 其中129宗为暴力案件, 其中12人系未成年人."""
    if not s.of_which or q.family != "count":
        return None
    if (before := s.words(max(s.clause_start, s.of_which), q.start)) and not _ALONE.fullmatch(before):
        return None
    found = _TOLD.match(s.text, q.end)
    return Name(found[1], found[1], found.end() - q.end, complete=False) if found is not None else None


def _came_to_be_done(s: Sentence, q: Quantity) -> Name | None:
    """The name of cases of which it is told behind their number what came to be done to them: 12件纠纷得到化解 counts 得到化解的纠纷."""
    found = _CAME_TO.match(s.text, q.end) if q.unit in CASES else None
    if found is None or not naming.is_done(found["done"]):
        return None
    return Name(f"{found['what']}{_OF}{found['who']}", found["who"], found.end() - q.end, complete=False)


_CAME_TO = grammar.compiled("came_to_be_done")


def _happened(s: Sentence, q: Quantity) -> Name | None:
    """The name of those of the events just counted that happened somewhere: 发生事故9起，其中有5起发生在地铁工程建设领域."""
    found = _WHERE.match(s.text, q.end) if q.unit in CASES else None
    event = naming.event_in(s.context.head) if found is not None else ""
    if found is None or not event:
        return None
    name = found["where"] + (naming.head_at_end("　" + event[-2:]) or event)
    return Name(name, name, found.end() - q.end, complete=False)


_WHERE = grammar.compiled("where_it_happened")


def of_those_behind(s: Sentence, index: int, q: Quantity, around: Words) -> Option | None:
    """The one name that what is told of those behind a number gives it: that they are honoured, are harmed, or pass a mark; None for no such."""
    if q.family == "ratio" and len(around.bare) < 2 and (told := _SHARE_TOLD.match(s.text, q.end)) is not None:
        return option("share of those told behind", Name(told["told"] + SHARE_END, told["told"], told.end() - q.end, complete=False))
    told_of = len(around.bare) < 2 or s.text.endswith(_THERE_ARE, s.clause_start, q.start)
    if told_of and (happened := _happened(s, q)) is not None:
        return option("harm of what happened", happened)
    if told_of and (came := _came_to_be_done(s, q)) is not None:
        return option("what they did", came)
    if told_of and (honoured := _honoured(s, q)) is not None:
        return option("those who are honoured", honoured)
    if told_of and (did := _did(s, q)) is not None:
        return option("what they did", did)
    if (harm := _harm_behind(s, around.bare, around.right, around.used)) is not None:
        return option("harm of what happened", harm)
    passing = _passing(s, index, q, around.right)
    return option("those past a mark", passing) if passing is not None else None


def _passing(s: Sentence, index: int, q: Quantity, right: str) -> Name | None:
    """The name of those who passed a mark, the mark in it: 52家法院收案过万件 counts 收案过万件法院."""
    following = s.tokens[index + 1] if index + 1 < len(s.tokens) else None
    if following is None or following.kind != "quantity" or not passes_mark(s.text, q, following.meaning):
        return None
    noun, deed = naming.part_deed(right)
    return Name(deed + s.text[following.start : following.end] + noun, noun, following.end - q.end, complete=False) if deed else None


def _harm_behind(s: Sentence, bare: str, right: str, used: int) -> Name | None:
    """The name of those whom an event just counted killed or hurt: 发生交通事故5210起，造成812人死亡、4033人受伤."""
    if bare not in _CAUSES or not naming.is_harm(right):
        return None
    event = naming.event_in(s.context.head)
    return Name(event + right, right, used, complete=False, list_verb=event) if event else None


_CAUSES = frozenset(words("causes", "causes_harm"))


def _honoured(s: Sentence, q: Quantity) -> Name | None:
    """The name of those of whom it is told behind their number that they are honoured, or what they did: 27个集体和个人获省级以上表彰."""
    if q.family != "count":
        return None
    found = _HONOURED.match(s.text, q.end) or _LISTED_WHO.match(s.text, q.end)
    if found is not None:
        return Name(found["what"] + found["who"], found["who"], found.end("who") - q.end, complete=False)
    told = _TOLD_OF.match(s.text, q.end) if q.unit not in CASES else None
    if told is None or any(kind == "act" for kind, _ in roles(told["who"])):
        return None
    name = f"{told['what']}{_OF}{told['who']}"  # 22个省份实现网上办理
    return Name(name, told["who"], told.end("who") - q.end, complete=False, subject=name)


def _did(s: Sentence, q: Quantity) -> Name | None:
    """The name of those of whom it is told behind their number what they did or what was done to them: 45人参加培训, 9户企业被列入名单."""
    found = _DID.match(s.text, q.end) if q.family == "count" and q.unit not in CASES else None
    if found is None or any(kind == "act" for kind, _ in roles(found["who"])) or _FOR_THEM.match(s.text, s.clause_start, q.start) is not None:
        return None  # 为本市40家企业担任顾问: what others did for them
    name = f"{found['what']}{_OF}{found['who']}" if found["who"] else _over_what(s, found["what"]) + found["what"]
    return Name(name, found["who"] or name, found.end() - q.end, complete=False, subject=name)


def _over_what(s: Sentence, what: str) -> str:
    """The events or cases just counted over which something was done to people: 查处违规收礼问题90起，120人被处理; '' where none were."""
    noun = naming.object_in(s.levels[-1].name) if s.levels and s.levels[-1].level.unit in CASES else ""
    done = what.removeprefix(_PASSIVE)
    return noun if noun and done != what and naming.is_done(done) and naming.fits(done, noun) else ""


_PASSIVE = "被"
_DID, _FOR_THEM = grammar.compiled("what_the_counted_did"), grammar.compiled("for_those_counted")
_SHARE_TOLD = grammar.compiled("share_told_behind")
SHARE_END = words("ends_of_shares")[0]
_HONOURED, _LISTED_WHO = grammar.compiled("those_who_are_honoured"), grammar.compiled("those_listed_who")
_TOLD_OF = grammar.compiled("those_of_whom_it_is_told")
_COMMA, _OF = "，", words("particles")[0]
_THERE_ARE = words("has", "in_all", "there_are_in_all")
_ALONE = grammar.compiled("of_which_alone")
_TOLD = grammar.compiled("told_behind")
_TO_WHOM = grammar.compiled("to_whom")
_DONE_TO = grammar.compiled("done_to_them")
