"""Part a list of names, and give each what the list says once."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, takewhile

from ...lexicon.classes import acts, plain
from ...lexicon.parts import roles
from ...lexicon.segmenting import segments
from ...lexicon.wordlists import meanings, words
from .. import grammar
from .deeds import DEEDS_BEFORE, DEEDS_BEHIND, FILED_APART, has_head, head_noun, is_bare, is_done, is_sort_of_cases
from .ends import split_scope
from .events import is_harm
from .heads import NO_SORT, head_at_end
from .measuring import ends_with_measure

_CAUSED = grammar.compiled("caused")
_LIST_HEAD = grammar.compiled("list_head")
_AND_OTHERS = grammar.compiled("and_others_of_a_list")
_JOINS, _QUOTED = grammar.compiled("joins"), re.compile("^“([^“”]+)”$")
_COUNTED = grammar.compiled("counted_events")
_SO_MANY_KINDS = grammar.compiled("so_many_kinds")
_ORDINALS = grammar.compiled("ordinals_of_a_list")
_OF_CLASS, _RANKS = grammar.compiled("class_by_its_rank"), grammar.compiled("ranks_that_share_their_class")


def share_head(names: list[str]) -> list[str]:
    """Give every name of a list the verb of the first and the head of the last: 办理民事、行政案件.

    >>> share_head(["办理民事", "行政案件"])
    ['办理民事案件', '办理行政案件']
    """
    if all(map(is_done, names)):
        return names  # 受理、结案
    names = _of_one_sort(names)
    if tail := _tail_by_length(tuple(names)):
        return [*(name + tail for name in names[:-1]), names[-1]]
    if (of_class := _OF_CLASS.match(names[-1])) is not None and all(_OF_CLASS.fullmatch(name) for name in names[:-1]):
        return [*(name + names[-1][of_class.end() :] for name in names[:-1]), names[-1]]  # 一类、二类娱乐场所
    if (rank := _RANKS.fullmatch("、".join(names))) is not None:
        return [sign + rank["of"] + rank["rest"] for sign in names[:-1]] + [rank["last"] + rank["of"] + rank["rest"]]  # 一、二、三级响应
    if len(names) > 1 and (of_all := _AND_OTHERS.fullmatch(names[-1])) is not None:
        names = [*names[:-1], of_all["last"] + of_all["head"]]  # 绑架、抢劫等严重暴力犯罪案件
    cause = _CAUSED.search(names[-1])
    if cause is not None and not any(_CAUSED.search(name) for name in names[:-1]):
        return [*(name + cause["rest"] for name in names[:-1]), names[-1]]  # 盗窃、抢夺导致的经济损失
    if tail := _rate_of_all(names):
        return [*(name + tail for name in names[:-1]), names[-1]]  # 抗诉、检察建议采纳率
    if tail := _tail_behind_of(names):
        return [name.partition(_OF)[0] + tail for name in names]
    if is_bare(names[0]) and not (is_bare(names[-1]) or is_done(names[-1])) and len(head_noun(names[-1])) >= 2:
        noun = _behind_a_deed(names[0], names[-1]) or head_noun(names[-1])
        return [*(name + noun if is_bare(name) else name for name in names[:-1]), names[-1]]  # 新收、审结知识产权案件
    whole = _COUNTED.fullmatch(names[0])
    if whole is not None and has_head(whole["what"]):
        names = [names[0], *(whole["what"] + name if is_harm(name) else name for name in names[1:])]  # 交通事故起数、亡人数、损失数
    done = DEEDS_BEHIND.search(names[-1])
    if done is not None and not any(has_head(name) or DEEDS_BEHIND.search(name) for name in names[:-1]):
        counted = _LIST_HEAD.search(names[-1], 0, done.start())
        tail = names[-1][counted.start() if counted is not None else done.start() :]
        return [*(name + tail for name in names[:-1]), names[-1]]  # 一审、二审收案, 商事、行政案件收案
    head = _LIST_HEAD.search(names[-1])
    verb = DEEDS_BEFORE.match(names[0])
    if head and head.start() > 0:
        names = [name if _LIST_HEAD.search(name) or (len(name) > _SHORT and _says_what(name)) else name + head.group() for name in names]
    if verb and verb.end() < len(names[0]) and not names[0].endswith("率"):
        names = [names[0], *(name if DEEDS_BEFORE.match(name) or FILED_APART.match(name) else verb.group() + name for name in names[1:])]
    return names


def _of_one_sort(names: list[str]) -> list[str]:
    """Names with the sort of cases that the first says of all: 受理的一审刑事案件, 审结的案件.

    >>> _of_one_sort(["受理的一审刑事案件", "审结的案件"]), _of_one_sort(["受理的民事案件", "审结的刑事案件"])
    (['受理的一审刑事案件', '审结的一审刑事案件'], ['受理的民事案件', '审结的刑事案件'])
    """
    done, of, sort = names[0].partition(_OF)
    if not of or not is_done(split_scope(done)[0]) or not is_sort_of_cases(sort):
        return names
    return [deed + of + sort if noun in NO_SORT and is_done(deed) else name for name in names for deed, _, noun in [name.partition(_OF)]]


def _behind_a_deed(first: str, last: str) -> str:
    """What the last of two deeds is done to, where no pattern has the deed: 罪犯 of 新收, 释放罪犯; '' where one has, or it is a sort.

    >>> _behind_a_deed("新收", "释放罪犯"), _behind_a_deed("收到", "转办群众来信"), _behind_a_deed("受理", "盗窃案件")
    ('罪犯', '群众来信', '')
    """
    deed, noun = segments(plain(last))[0], last[len(first) :]
    begins = len(deed.text) == len(first) if deed.key("act") else not deed.readings and len(deed.text) >= len(first)
    return noun if begins and head_at_end("　" + noun) and not is_sort_of_cases(last) else ""


# A longer name may say itself what it counts.
_SHORT, _LONG = 6, 12


def _says_what(name: str) -> bool:
    """Whether a name has an act, a head or a measure, or is too long to be but one sort of what a list is about."""
    return len(name) > _LONG or any(kind in _OF_ALL for kind, _ in roles(name))


@lru_cache(maxsize=1024)
def _tail_by_length(names: tuple[str, ...]) -> str:
    """What the last of some names of one length says of all of them (法院收案 of 河口, 松岭, 越城法院收案); '' where their heads do not say so.

    >>> _tail_by_length(("学校", "医院", "车站监控覆盖率")), _tail_by_length(("河口", "松岭", "越城法院收案"))
    ('监控覆盖率', '法院收案')
    >>> _tail_by_length(("盗窃", "抢劫案件")), _tail_by_length(("刑拘", "批捕", "起诉人数"))
    ('', '')
    """
    length, measured = len(names[0]), ends_with_measure(names[-1])
    if len(names) < (2 if measured else 3) or not 2 <= length <= 3 or any(len(name) != length for name in names[:-1]):
        return ""
    member, tail = names[-1][:length], names[-1][length:]
    tail = tail[1:] if tail[:1] == names[0][-1] else tail  # 命案、绑架案破案率
    if len(tail) < 2 or any(has_head(name) or is_done(name) or name.endswith(_RATES) for name in (*names[:-1], member)):
        return ""
    told = roles(tail.removeprefix(_OF))
    if measured and len(names) == 2:
        says_more = len(names[-1]) - len(tail) not in _cuts(names[-1]) or any(kind in _OF_ALL for kind, _ in roles(names[0]))
        return "" if says_more else tail  # 城镇、农村居民人均收入
    if not told or told[-1][0] not in _OF_ALL:
        return ""
    if tail.endswith(_RATES):
        return tail  # 学校、医院、车站监控覆盖率
    return tail if length in _cuts(names[-1]) and told[0][0] in _OF_ALL else ""


def _tail_behind_of(names: list[str]) -> str:
    """What 的 leads on to in the last of some names that say where or of what sort only: 火灾损失 of 城区, 郊区, 山区的火灾损失; ''.

    >>> _tail_behind_of(["城区", "农村地区的火灾损失"]), _tail_behind_of(["结案数", "上诉的比例"])
    ('火灾损失', '')
    """
    member, _, tail = names[-1].partition(_OF)
    if not tail or len(names) < 2 or any(len(name) > _SHORT or has_head(name) or is_done(name) or _says_what(name) for name in (*names[:-1], member)):
        return ""
    return tail if ends_with_measure(tail) or roles(tail)[-1][0] in _OF_ALL else ""


def _rate_of_all(names: list[str]) -> str:
    """The rate that the last of some things says of all of them, with who has it; '' where one of them is no thing.

    >>> _rate_of_all(["抗诉", "检察建议采纳率"]), _rate_of_all(["盗窃案", "抢劫案件破案率"]), _rate_of_all(["民事", "行政案件结案率"])
    ('采纳率', '破案率', '')
    >>> _rate_of_all(["结案率", "案件上诉率"]), _rate_of_all(["受理", "案件结案率"])
    ('', '')
    """
    if len(names) < 2 or not names[-1].endswith(_RATES) or not all(_is_thing(name) for name in names[:-1]):
        return ""
    said = segments(plain(names[-1]))
    behind = list(takewhile(lambda segment: any(segment.key(kind) for kind in _OF_A_RATE) and not segment.key("head"), reversed(said)))
    tail = "".join(segment.text for segment in reversed(behind))
    return tail if len(behind) < len(said) and any(segment.key("act") for segment in behind) and names[-1].endswith(tail) else ""


def _is_thing(name: str) -> bool:
    """Whether a name ends in what is counted, or in a deed that is a thing too (盗窃案, 检察建议, 提出的抗诉)."""
    last = segments(plain(name))[-1] if name else None
    if last is None or last.key("measure"):
        return False
    act = acts().get(last.key("act") or "")
    return last.key("head") is not None or (act is not None and (act.thing or (act.adj != "" and name.rpartition(_OF)[2] == last.text)))


_OF_A_RATE = ("measure", "act", "organ")


def _cuts(name: str) -> list[int]:
    """Where the words of a name end."""
    return list(accumulate(len(segment.text) for segment in segments(plain(name))))


_OF_ALL, _OF, _RATES = ("act", "head", "measure", "organ"), words("particles")[0], words("rates_and_shares")


def split_names(subject: str) -> list[str]:
    """Split a list of subjects (起数、死亡人数和损失, 收结案) into its names."""
    parts = [part for part in _cut_outside_quotes(subject.replace("收结案", "收案、结案")) if part]
    if _OPENS in subject:
        parts = [_QUOTED.sub(r"\1", part) for part in parts]
    if len(parts) > 1 and len(parts[0]) == 1 and len(parts[1]) == 2:
        parts[0] += parts[1][1]  # 收、结案
    if len(parts) > 1 and (so_many := _SO_MANY_KINDS.search(parts[-1])) is not None:
        parts[-1] = parts[-1][: so_many.start()] + parts[-1][so_many.end() :]  # 危害公共安全、侵犯财产两类案件
    return parts


def _cut_outside_quotes(subject: str) -> list[str]:
    """The parts of a list, those in quotation marks whole (寻衅滋事 and “黄、赌、毒”案件), but where it is all in them."""
    parts, begin = [], 0
    for join in _JOINS.finditer(subject) if _OPENS in subject else ():
        if subject.count(_OPENS, begin, join.start()) == subject.count(_CLOSES, begin, join.start()):
            parts.append(subject[begin : join.start()])
            begin = join.end()
    return [*parts, subject[begin:]] if parts else _JOINS.split(subject)


_OPENS, _CLOSES = "“”"


def spread_ordinals(subject: str) -> list[str]:
    """Split a list of ordinals that share what they order (第一、二种方式), [] for another subject.

    >>> spread_ordinals("按第一、二种方式"), spread_ordinals("第一季度"), spread_ordinals("第一至第三种方式")
    (['第一种方式', '第二种方式'], [], ['第一种方式', '第二种方式', '第三种方式'])
    """
    found = _ORDINALS.fullmatch(subject)
    if found is None:
        return []
    listed = _from_to(found["first"], found["last"]) if found["first"] else split_names(found["list"])
    return [f"第{one.removeprefix('第')}{found['rest']}" for one in listed]


def _from_to(first: str, last: str) -> list[str]:
    """The ordinals from one to another, as they are printed.

    >>> _from_to("一", "三"), _from_to("2", "4")
    (['一', '二', '三'], ['2', '3', '4'])
    """
    if first in _SIGNS and last in _SIGNS:
        return _SIGNS[_SIGNS.index(first) : _SIGNS.index(last) + 1]
    return [str(at) for at in range(int(first), int(last) + 1)] if first.isascii() and last.isascii() else []


_SIGNS = [*meanings("one_to_nine"), *meanings("ten")]
