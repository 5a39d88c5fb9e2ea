"""Names for what the catalogue does not list, composed from the parts of the printed name.

Grammar and words are data (`composing.yml` and the lists of lexicon/). What the lists do not know all of is not composed: half a name in
English would be a wrong name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..lexicon import classes
from ..lexicon.parts import Parts, parse
from .bounds import Unknown, grammar
from .english import SHARE, English
from .entries import Indicator
from .glossing import gloss

__all__ = ["Composed", "compose", "is_glossed", "names"]


@dataclass(frozen=True, slots=True)
class Composed:
    """A name put together: `en` is None where the lists do not know all of it; `zh` is always there, the printed name where nothing is known."""

    zh: str
    en: str | None


def compose(name: str, unit: str | None = None) -> Composed:
    """Compose the English and a tidy Chinese name of an indicator from its name as extracted.

    >>> compose("审结各类案件", "件"), compose("起诉电信网络诈骗犯罪嫌疑人", "人")
    (Composed(zh='各类案件审结数', en='Cases of all kinds concluded'), Composed(zh='电信网络诈骗起诉人数', en='People prosecuted for telecom fraud'))
    >>> compose("收缴雷公藤", "株")
    Composed(zh='收缴雷公藤', en=None)
    """
    return _compose(name, unit or None)


def names(entry: Indicator | None, name: str, unit: str | None = None) -> dict[str, str]:
    """The names of a figure in both languages: its catalogue entry's, else what its printed name composes to.

    In English, what no list has stands in quotation marks, as what its words mean. Where an entry takes several acts for one
    (立案, 发案), its name says the one that is printed.

    >>> names(None, "审结民间借贷案件", "件")
    {'zh': '民间借贷案件审结数', 'en': 'Private-lending cases concluded'}
    >>> names(None, "查处三轮车交通违法行为", "起")["en"]
    'Traffic-offence cases dealt with (“pedicab”)'
    >>> names(None, "雷公藤", "株")["en"]
    '“léi gōng téng”'
    """
    if entry is not None:
        return _with_printed_act(entry, name, unit)
    if not name:
        return {"zh": "", "en": ""}
    found, marks = compose(name, unit), grammar()["marks"]
    if found.en:
        return {"zh": found.zh, "en": found.en}
    rest = parse(name, unit or None).rest
    known = compose(name.replace(rest, "", 1), unit).en if rest and rest in name else None
    if known:
        return {"zh": found.zh, "en": marks["part"].format(name=known, gloss=gloss(rest))}
    return {"zh": found.zh, "en": marks["none"].format(gloss=gloss(found.zh))}


def _with_printed_act(entry: Indicator, name: str, unit: str | None) -> dict[str, str]:
    """An entry's names, with the act that a printed name says in the place of the one it is listed by.

    >>> from types import SimpleNamespace as One
    >>> entry = One(zh="刑事案件立案数", en="Criminal cases filed", parts=(One(act=("立案", "", "发案")),))
    >>> [_with_printed_act(entry, name, "起")["en"] for name in ("刑事案件发案数", "刑事案件立案数", "刑事案件")]
    ['Criminal cases reported', 'Criminal cases filed', 'Criminal cases filed']
    """
    listed, acts = {"zh": entry.zh, "en": entry.en}, classes.acts()
    for said in entry.parts:
        first, *others = said.act
        if not first or not others or not name:
            continue
        printed = parse(name, unit or None).act
        if printed in others and entry.zh.endswith(f"{first}数") and entry.en.endswith(f" {acts[first].en}"):
            zh, en = entry.zh.removesuffix(f"{first}数"), entry.en.removesuffix(acts[first].en)
            return {"zh": f"{zh}{printed}数", "en": f"{en}{acts[printed].en}"}
    return listed


def is_glossed(name: str) -> bool:
    """Whether an English name holds dictionary meanings of words that no list has.

    >>> is_glossed(names(None, "雷公藤", "株")["en"]), is_glossed(names(None, "审结民间借贷案件", "件")["en"])
    (True, False)
    """
    opening = grammar()["marks"]["none"].partition("{gloss}")[0]
    return opening in name


@lru_cache(maxsize=4096)
def _compose(name: str, unit: str | None) -> Composed:
    parts = parse(name, unit)
    measure = classes.measures().get(parts.measure)
    whole = measure is not None and "{x}" not in measure.en  # 结收比 says all by itself
    if parts.rest or not (whole or parts.act or parts.object or (parts.measure == "人数" and parts.qualifiers)):
        return Composed(name, None)
    zh = _chinese(parts, name)
    try:
        words = English(parts, lambda whole: compose(whole.replace("·", "")).en).name()
    except Unknown:
        return Composed(zh, None)
    return Composed(zh, words[0].upper() + words[1:])


def _chinese(parts: Parts, name: str) -> str:
    """The parts in the order of a table's head (各类案件审结数, 二审刑事案件收案数); the name as it is where that would say something else."""
    means = any(entry.each for key in parts.qualifiers if (entry := classes.qualifiers().get(key)))
    if means or any(key.startswith(SHARE) for key in parts.qualifiers) or (parts.measure == "率" and not name.endswith("率")):
        return name
    act = classes.acts().get(parts.act or "")
    what = "" if act is not None and act.holds == parts.object and not parts.qualifiers and not parts.spoken else parts.object or ""
    measure = parts.measure
    if measure in ("件数", "个数", "家数", "") and not (act is not None and act.suspects):
        measure = "数"
    if measure not in classes.measures() or (measure == "人数" and what.endswith(("人", "员", "者")) and act is None):
        measure = "数"
    if what.endswith(measure):
        measure = ""
    said = grammar()["zh"].format(
        place=parts.place or "",
        organ=parts.organ or "",
        qualifiers="".join((*parts.spoken, *parts.qualifiers)),
        object=what,
        act=parts.act or "",
        measure=measure,
    )
    unit = (
        next(iter(classes.measures()[parts.measure].units), None) if parts.measure in classes.measures() else parts.measure.removesuffix("数") or None
    )
    return said if parse(said, unit).identity == parts.identity else name
