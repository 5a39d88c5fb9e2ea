"""Whose figure a number is: the whole place its document is about, a part of it (青山县, 中院), or another place (全省)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from ..documents.model import COUNTRY
from ..lexicon import classes
from .claims import Claim

__all__ = ["WHOLE", "Places", "plain_scope", "scope_label"]

# The scope of the whole place and all its organs of one kind.
WHOLE = ""
# 全省 in a document of a city is another place than the city; 全市 is the document's own, and so is whatever it calls ours.
WHOLE_PLACE = re.compile(r"([全我本])([国省市县区州旗盟])")
OURS = 1000
# Words of a scope that only repeat the document's region, or the organ an indicator has anyway.
ORGANS = classes.any_of(name for organ in classes.organs().values() for name in organ.plain)
WHOLE_REGION = re.compile(rf"[全我本][国省市县区州旗盟]|各级|两级|各地|共|的|{ORGANS}")
# One court's name, long and short.
ONE_COURT = (("最高法", "最高"), ("最高检", "最高"), ("高院", "高级"), ("中院", "中级"))
WORDS = {"zh": {WHOLE: "全域"}, "en": {WHOLE: "the whole place"}}


def plain_scope(scope: str) -> str:
    """Return what a scope says beyond the document's own region and organ.

    >>> plain_scope("全国各级法院"), plain_scope("最高人民法院"), plain_scope("全市"), plain_scope("市中院"), plain_scope("青山县")
    ('', '最高', '', '市中级', '青山县')
    """
    for short, long in ONE_COURT:
        if scope.endswith(short):
            scope = scope.removesuffix(short) + long
    return WHOLE_REGION.sub("", scope)


def scope_label(scope: str, lang: str = "zh") -> str:
    """Name the scope of a series for a table's head or a legend; parts keep their own, Chinese, name.

    >>> scope_label(""), scope_label("", "en"), scope_label("青山县", "en")
    ('全域', 'the whole place', '青山县')
    """
    return WORDS[lang].get(scope, scope)


class Places:
    """The whole place each region, or document without one, is mostly about; `names` are the regions' own names, by region."""

    def __init__(self, claims: Iterable[Claim], names: Mapping[str, str] | None = None) -> None:
        self._names = names or {}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for claim in claims:
            found = WHOLE_PLACE.match(claim.scope)
            if found and (found[2] != "国" or claim.region in ("", COUNTRY)):
                counts[claim.region or claim.doc][found[2]] += 1 if found[1] == "全" else OURS
        self._own = {place: levels.most_common(1)[0][0] for place, levels in counts.items()}

    def scope(self, claim: Claim) -> str:
        """Return what a claim's scope says beyond the place its document is about, and beyond the organ: "" for the whole of it."""
        written = claim.scope
        for name in (self._names.get(claim.region, ""), claim.region):
            written = written.removeprefix(name) if name else written
        found = WHOLE_PLACE.match(written)
        other = found[0] if found and found[2] != self._own.get(claim.region or claim.doc) else ""
        return other + plain_scope(written)
