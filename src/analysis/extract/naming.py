"""Make an indicator's name from the words around its number."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..lexicon import classes
from ..lexicon.classes import acts, heads, measures, topics
from ..lexicon.parts import parse, roles
from .grammar import first_characters, searchable

LEADING = re.compile(
    r"(?:[，,。；;：:、\s　（）()—\-]|其中|包括|相当于|折合|(?:其次|再次|最后|首先)是?|"
    r"与此同时|同时|此外|另外|另|其余|并且|并|且|而|还|也|又|即|共有|共计|一共|总共|共|"
    r"均|已经|已|累计|合计|总计|全年|[去今上前]年|[全上当]月|[上当]周|当[日天]|上?[一本]?季度|目前|现有|现(?![行职场案任役金象状代实钞款货])|截至本月|本月|本季度?|本周|截至目前|截至|但|我们|力争|争取|确保|预计|仍|到(?!位|案|期|庭|场|岗)|再(?!生|审|贷|"
    r"造|次)|要(?!案|素|件|求|犯|闻|点)|拟|据统计|据|统计|显示|达到|达|为|是|有(?!效|期|关|罪|毒|奖|色|限|害|组织|偿)|的|了|和|及|与|等|以及|依法|其(?!他|它|余)|"
    r"不?含(?!量|氧|税|硫|有|金)|我市|我省|我国)+"
)
_TRAILERS = (
    "约为|大约|大幅度|大幅|明显|持续|稳步|小幅|略微|显著|逐年|年均|月均|日均|已经|已|达到了|达到|达|(?<![行认成])为|是|有|就有|仅有|仅|共有|共计|共|合计|总计|总共|累计|分别|"
    "均|计|了|的|约|在|将|可|多达|高达|全部|平均|就|由|从|自|至|到|还|只|最多|最快|要|每年|稳定|维持|控制|(?<![发出实体表涌兑呈])现|双双|首次|再次|首|也|都|又|实现|保持|应当?|必?须|(?<![所急必内供])需要?"
)
TRAILING = searchable(rf"(?:[，,。；;：:、\s　（(—\-]|{_TRAILERS})+$")
# Most names end in no character a trailer ends in: then there is nothing to look for.
_TRAILING_ENDS = frozenset("，,。；;：:、 　\t（(—-") | {word[-1] for word in _TRAILERS.split("|")}
PREDICATE = re.compile(r"(?:共计(?!划)|共(?<!公共)|累计|总共|一共|合计|总计)(?!同|和|产|建|享|治|商|识|有制|青|性|谋|赢|存|计$|计划)")
_ALL = classes.any_of(classes.places()["whole"]["zh"])
_WHOLE = classes.any_of(word for sort in ("whole", "levels") for word in classes.places()[sort]["zh"])
# 移送司法机关: the body a thing is handed to.
_BODY = classes.any_of(organ.title for organ in classes.organs().values() if organ.title.endswith("机关"))
_PLACE = rf"(?:{_WHOLE}|[一-鿿]{{2,6}}?(?:省(?!级|份|内|直|委)|(?<!城)市(?!场|民|政|值|容|价|况|售|占|级|区|县)|县(?!域|级|乡|城)|自治区|自治州))"
_ACTOR = rf"(?:[一-鿿]{{0,8}}?(?:{classes.any_of(actor for organ in classes.organs().values() for actor in organ.actors)}))"
SCOPE = re.compile(rf"((?:{_PLACE})?(?:各级|两级|地方各级)?{_ACTOR}(?:(?:和|、|及|与|以及){_ACTOR})*|{_PLACE})(?:共|依法|已|累计|全部)*")
# The last characters of what SCOPE takes: where none of them stands near the beginning, it need not be tried.
_SCOPE_ENDS = re.compile("[市省国区县州地级院关局门方会协官]")
POST_STOP = searchable(
    r"[，,。；;：:、（）()《》“”\s0-9０-９]|用于|向(?!导)|对(?!接|象|口)|被(?!告|害|执行)|由|(?<!位|关|基|属)于|是(?!否)|并|而|已|将|以及|和|及(?!其)|与|比(?!例|重)|较(?!大|重)|同(?!比|类|期)|占|在(?!建|编|逃|册|校|押)|其(?!中|他)|(?<!行)为(?!主)|达|从(?!业)|自(?!然|治|主|行|来|助)|等|也|均|都|还|进入|陆续|参加|参与|正(?!式|常)|每|之|只|纳入|享受|获得|接受|受到|来自|前往|今天|昨天|同步|同时|投入|，|入选|集中|实现|得到|全部|同比"
)
ACTIONS = (
    "批准(?:和|或|或者|、)决定逮捕|受理|审结|办理|审理|立案侦办|立案侦查|立案查处|立案查办|立案|破获|侦破|抓获|查处|查办|查获|缴获|收缴|打掉|起诉|批准逮捕|提起公诉|决定起诉|逮捕|执结|"
    "办结|结案|收案|受案|新收|执行(?!案件|标的|到位)|处理|化解|调解|发现|接报|登记|检查|整改|发出|提出|制定|修改|制发|开展|组织|举办|完成|建成|新建|建立|设立|培训|服务|帮助|投入|"
    "追回|挽回|销毁|征收|实现|发放|安置|救助|接待|答复|收到|通过|审议|处分|问责|判处|执行到位"
)
BARE = re.compile(
    rf"(?:{ACTIONS}|交办|移送|移交|处置|其中|改判|审（执）结|审\(执\)结|审、执结|审执结|依法改判|正在办理|发回重审|占|刑拘|行拘|刑事拘留|行政拘留|行政处罚|执行逮捕|批捕|批准逮捕|警告|罚款|出席|缺席|发生|死亡|受伤|伤亡|案值|涉案|涉及|同比|环比)+(?:{_BODY})?$"
)


# What any of the steps of a cleaning but the first and last look for.
_MARKS = searchable(rf"{PREDICATE.pattern}|目标[是为]|[、，：“”\s]")
_LEADING_STARTS, _BARE_STARTS = first_characters(LEADING.pattern), first_characters(BARE.pattern)


def clean(raw: str) -> str:
    """Strip connectives and adverbs from both ends of a clause; keep what follows 共 or 累计."""
    marked = _MARKS.search(raw) is not None
    name = strip_leading(_last_part(raw) if marked else raw)
    if name[-1:] in _TRAILING_ENDS and (trailing := TRAILING.search(name)) is not None:
        name = name[: trailing.start()]
    if marked and name.count("“") != name.count("”"):
        name = name.strip("“”")
    return name


def _last_part(raw: str) -> str:
    """What follows 共, 累计, 目标是 or an inner space."""
    parts = PREDICATE.split(raw)
    if len(parts) > 1:
        # 调解金额累计达到, 案件共计为: what follows may say nothing
        said = next((at for at in reversed(range(len(parts))) if len(_bare_words(parts[at])) >= 2), -1)
        if said > 0 and is_bare(_bare_words(parts[said])) and _ends_in_noun(_bare_words(parts[said - 1])):
            raw = parts[said - 1] + parts[said]  # 消费投诉累计受理920件
        elif said >= 0:
            raw = parts[said]
    raw = raw.replace("\n", "").replace("\r", "").strip("、，： 　")
    if " " in raw or "　" in raw:
        raw = next((p for p in reversed(re.split(r"[ 　]+", raw)) if len(p) >= 2), raw)
    goal = raw.rfind("目标是") if "目标是" in raw else raw.rfind("目标为")
    return raw[goal + 3 :] if goal >= 0 else raw


def _bare_words(part: str) -> str:
    """Some words without what leads up to a name and what follows it."""
    words = strip_leading(part.strip(" 　，、"))
    trailing = TRAILING.search(words)
    return words[: trailing.start()] if trailing is not None else words


def strip_leading(name: str) -> str:
    """Strip connectives and adverbs from the beginning of a name."""
    leading = LEADING.match(name) if name[:1] in _LEADING_STARTS else None
    return name[leading.end() :] if leading is not None else name


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
    stop = POST_STOP.search(tail)
    noun = tail[: stop.start()] if stop else tail
    if noun.endswith("中") and len(noun) > 2 and tail[len(noun) : len(noun) + 1] in "，,":
        noun = noun[:-1]  # 7起重大火灾中，
    return noun if len(noun) >= 2 else ""


def is_bare(name: str) -> bool:
    """Whether a name is a verb without its object, so that the object must be carried from before."""
    return len(name) < 2 or (name[0] in _BARE_STARTS and BARE.match(name) is not None) or name in _waiting_acts()


_VERB = re.compile(rf"^(?:{ACTIONS})+(?:、(?:{ACTIONS})+)*")


@lru_cache(maxsize=4096)
def is_act_only(name: str) -> bool:
    """Whether a name says what is done and not to what (派员提前介入), so that no later verb can take its noun from it."""
    acts_end, nouns = _spellings()
    if len(name) > 12 or not any(name[-length:] in acts_end for length in range(2, 7)) or _holds_one(name, nouns):
        return False  # most names: seen without parting them
    parts = parse(name)
    return parts.act is not None and not (parts.object or parts.topics or parts.rest)


@lru_cache(maxsize=1024)
def moves_money(verb: str) -> bool:
    """Whether a verb is said of money, and so needs no object from before to be an amount of it (罚款)."""
    act = acts().get(parse(verb).act or "")
    return act is not None and "money" in act.done_to


@cache
def _waiting_acts() -> frozenset[str]:
    """Every spelling of an act that is done to something it does not name itself (采纳, but not 立案)."""
    waiting = [act for act in acts().values() if not act.holds and {"text", "application"} & set(act.done_to)]
    return frozenset(spelling for act in waiting for spelling in act.spellings if len(spelling) == 2)


@cache
def _spellings() -> tuple[frozenset[str], frozenset[str]]:
    """Every spelling of an act, and every one of an object or a measure."""
    nouns = [entry for listed in (heads(), topics(), measures()) for entry in listed.values()]
    things = [act for act in acts().values() if act.thing]
    return (
        frozenset(spelling for entry in acts().values() for spelling in entry.spellings),
        frozenset(spelling for entry in (*nouns, *things) for spelling in entry.spellings),
    )


def _holds_one(name: str, words: frozenset[str]) -> bool:
    """Whether some word of a name (two to five signs) is among some words."""
    for length in (2, 4, 3, 5):  # a loop, not `any`: this is asked of every name
        for at in range(len(name) - length + 1):
            if name[at : at + length] in words:
                return True
    return False


def _ends_in_noun(name: str) -> bool:
    """Whether some words end with what is counted or measured (消费投诉)."""
    return any(name[-length:] in _spellings()[1] for length in (2, 3, 4) if len(name) >= length)


def has_head(name: str) -> bool:
    """Whether a name holds what is counted (案件, 事故, 犯罪嫌疑人)."""
    return _holds_one(name, _heads())


@cache
def _heads() -> frozenset[str]:
    return frozenset(spelling for entry in heads().values() for spelling in entry.spellings) | frozenset("案罪")


def has_known_word(name: str) -> bool:
    """Whether some word of a name is in the lists of acts, objects and measures."""
    return _holds_one(name, _known_words())


@cache
def _known_words() -> frozenset[str]:
    return frozenset().union(*_spellings())


@lru_cache(maxsize=4096)
def holds_its_own(verb: str, noun: str) -> bool:
    """Whether a verb has its object in it (立案, 结案), and a noun said before is none that could be it (线索)."""
    act = acts().get(parse(verb).act or "")
    if act is None or not act.holds or "案" in noun:
        return False
    head = heads().get(parse(noun).head or "")
    return head is not None and head.kind in ("application", "text", "money")


@lru_cache(maxsize=1024)
def topic_of(heading: str) -> str:
    """What a heading narrows the counts under it to, as it prints it (未成年人 of 二、未成年人检察工作); ''."""
    words = _HEADING_WORDS.sub("", _HEADING_MARK.sub("", heading.strip()))
    if not 2 <= len(words) <= 12:
        return ""
    said = roles(words)
    narrow = [key for kind, key in said if kind == "qualifier"]
    known = all(kind in ("qualifier", "topic", "head", "act", "whole", "organ", "measure") for kind, _ in said)
    return next((spelling for spelling in _TOPICS.get(narrow[0], ()) if spelling in words), "") if known and len(narrow) == 1 else ""


_HEADING_MARK = re.compile(r"^(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．：:\s]*|第[一二三四五六七八九十]部分\s*|[—·●■]+)*")
_HEADING_WORDS = re.compile("(?:检察|审判|审理|办理|工作|情况|业务|办案|保护|统计|数据|指标|方面|概况)+[：:。]?$")
# Qualifiers that a heading says for all counts under it.
_TOPICS = {"未成年": ("未成年人", "未成年", "少年"), "涉外": ("涉外",), "涉港澳台": ("涉港澳台",), "二审": ("二审",), "再审": ("再审",)}


def head_noun(name: str) -> str:
    """Return a name without its verbs (各类案件 of 受理各类案件, 海事庭 of 海事庭收案)."""
    noun = _VERB.sub("", name)
    return _VERB_BEHIND.sub("", noun) or noun or name


def ends_in_act(name: str) -> bool:
    """Whether a name ends with what is done and not with what it is done to (督促起诉; but not 投诉举报, which is a thing too)."""
    done, nouns = _spellings()
    ends = {name[-length:] for length in (2, 3, 4) if len(name) >= length}
    return not ends.isdisjoint(done) and ends.isdisjoint(nouns)


# Verbs that have their object in them stand behind who or what they are said of.
_VERB_BEHIND = re.compile("(?<=..)(?:收案|受案|新收|结案|立案|破案|受理|审结|执结|办结)+$")


def split_scope(name: str) -> tuple[str, str | None]:
    """Part the actor or place from what was done (全市检察机关 | 批准逮捕...)."""
    found = SCOPE.match(name) if _SCOPE_ENDS.search(name, 0, 24) is not None else None
    if found and _DONE_TO_ACTOR.search(name, 0, found.end(1)) is not None:
        return name, None  # 移送司法机关案件, 当选政协委员: the organ is part of what was done
    if found and name.startswith(_MEMBERS, found.end(1)):
        return name, None  # 政协委员, 法院干警: members of the organ
    if found and len(name) - found.end() >= 2:
        return strip_leading(name[found.end() :]), found.group(1)
    return name, None


_MEMBERS = ("委员", "代表", "干部", "干警", "工作人员", "领导", "负责人")
_DONE_TO_ACTOR = re.compile(
    "移送|移交|当选|出任|担任|任命|选举|处分|处理|交由|转交|报送|送交|邀请|走访|协助|配合|起诉至|诉至|查处|问责|批评|督促|约谈|通报|支持|监督|接受|聘请|推荐|向"
)


_MEASURES = (
    "数",
    "率",
    "额",
    "量",
    "值",
    "面积",
    "时限",
    "时间",
    "里程",
    "周期",
    "期限",
    "用时",
    "安全感",
    "比重",
    "占比",
    "比例",
    "收入",
    "资金",
    "度",
    "得分",
)
_MEASURE_ENDS = frozenset(measure[-1] for measure in _MEASURES)


_RANK = re.compile(rf"(?:进入|位居|位列|列|居|排名|排)?(?P<among>{_ALL}|世界|全球)?(?:前|第)$")


def with_measure(name: str, unit: str | None, family: str | None) -> str:
    """Complete a name with what is measured: 数, 人数, 金额."""
    if not name or unit is None or ends_with_measure(name):
        return name
    if unit in ("位", "名") and (rank := _RANK.search(name)):
        return name[: rank.start()] + (rank["among"] or "") + "排名"
    if family == "money":
        return name + "金额"
    if unit in ("人", "名") and not name.endswith(("人", "员", "者")):
        return name + "人数"
    if unit in ("人次", "件次", "家次", "户次", "台次"):
        return name + unit
    return name + "数" if family == "count" else name


def spell_out(name: str) -> str:
    """Name what was filed as that (刑事案件立案 for 立刑事案件); 立案 and 立案侦查 say so themselves."""
    return name[1:] + "立案" if _FILED.match(name) else name


_FILED = re.compile("立(?!案|功|法|项|信|体)[一-鿿]{1,10}案件?$")


def names_measure(name: str) -> bool:
    """Whether a name is that of a measure only, which something before it must own (件数, 死亡人数)."""
    return name.endswith(("件数", "人数", "起数", "次数", "总数", "金额", "总量", "总额"))


def ends_with_measure(name: str) -> bool:
    """Whether a name already says what is measured (案件数, 破案率)."""
    return name[-1:] in _MEASURE_ENDS and name.endswith(_MEASURES)


def is_verb_phrase(name: str) -> bool:
    """Whether a name is a bare action that waits for its object."""
    return len(name) <= 4 or _LIGHT.fullmatch(name) is not None


_LIGHT = re.compile(
    r"(?:组织|共同|联合|先后|成功|依法|全面|新|集中)*(?:开展|实施|进行|作出|做出|举行|举办|发出|提出|完成|建成|安排|设置|设立|建立|组成|出动|抽调|投入)"
)


def core(name: str) -> str:
    """Return the part of a name that says most: what follows its last 的 or a light verb (司法解释)."""
    after = name.rpartition("的")[2]
    if len(after) >= 3:
        name = after
    found = _LIGHT.match(name)
    return name[found.end() :] if found and len(name) - found.end() >= 2 else name


_LIST_HEAD = re.compile(
    r"(?:犯罪)?(?:案件|警情|事故|犯罪|纠纷|诉讼|案|排放量|产量|增加值|浓度|投资|销售额)(?:数|数量|起数|总量|立案数|发案数)?$|(?:发案数|立案数|起数|人数|数)$"
)


def share_head(names: list[str]) -> list[str]:
    """Give every name of a list the verb of the first and the head of the last: 办理民事、行政案件.

    >>> share_head(["办理民事", "行政案件"])
    ['办理民事案件', '办理行政案件']
    """
    cause = _CAUSED.search(names[-1])
    if cause is not None and not any(_CAUSED.search(name) for name in names[:-1]):
        return [*(name + cause["rest"] for name in names[:-1]), names[-1]]  # 盗窃、抢夺导致的经济损失
    if is_bare(names[0]) and not is_bare(names[-1]) and len(head_noun(names[-1])) >= 2:
        noun = head_noun(names[-1])
        return [*(name + noun if is_bare(name) else name for name in names[:-1]), names[-1]]  # 新收、审结知识产权案件
    head = _LIST_HEAD.search(names[-1])
    verb = _VERB.match(names[0])
    if head and head.start() > 0:
        names = [name if _LIST_HEAD.search(name) or len(name) > 6 else name + head.group() for name in names]
    if verb and verb.end() < len(names[0]) and not names[0].endswith("率"):
        names = [names[0], *(name if _VERB.match(name) or _FILED.match(name) else verb.group() + name for name in names[1:])]
    return names


_CAUSED = re.compile("(?:等[^的、]{0,6}?)?(?P<rest>(?:造成|导致|引发|引起|涉及|产生)的?[一-鿿]{2,})$")


def split_names(subject: str) -> list[str]:
    """Split a list of subjects (起数、死亡人数和损失, 收结案) into its names."""
    return [part for part in _SPLIT.split(subject.replace("收结案", "收案、结案")) if part]


_SPLIT = re.compile(r"、|以及|及(?!其)|和|与")
