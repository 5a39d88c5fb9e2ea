"""All indicators together: matching what the extractor found against them, and what they may not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from ..lexicon import classes
from ..lexicon.parts import Parts, parse
from ..lexicon.units import same_kind
from .entries import Id, Indicator, Key, Strict, Theme, Title, key_of, normalise, office_of, organ_of

__all__ = ["Catalogue"]

CASE = "案件"  # what a deed is done to where its name says nothing else


class Catalogue(Strict):
    """All indicators, with the chapters and organs they belong to.

    `courses` are the steps one thing goes through, in order.
    A unit fits an indicator's where both count the same thing, as 件 and 起 do (lexicon/units.yml).
    """

    organs: dict[Id, Title]
    chapters: dict[Id, Title]
    themes: dict[Id, Theme] = Field(default_factory=dict)
    courses: tuple[tuple[Id, ...], ...] = ()
    indicators: tuple[Indicator, ...]

    @model_validator(mode="before")
    @classmethod
    def _organs(cls, data: Any) -> Any:
        own = {id: {"zh": organ.title, "en": organ.en} for id, organ in classes.organs().items()}
        return data | {"organs": own | (data.get("organs") or {})} if isinstance(data, dict) else data

    @model_validator(mode="after")
    def _consistent(self) -> Catalogue:
        faults = [*self._bad_references(), *self._ambiguous_names()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @cached_property
    def by_id(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def by_key(self) -> dict[Key, list[Indicator]]:
        """Indicators by the parts of their names."""
        index = defaultdict(list)
        for indicator in self.indicators:
            for key in indicator.keys:
                index[key].append(indicator)
        return dict(index)

    @cached_property
    def by_spelling(self) -> dict[str, list[Indicator]]:
        """Indicators by the spellings that match as they stand, as `normalise` gives them."""
        index = defaultdict(list)
        for indicator in self.indicators:
            for spelling in {normalise(spelling) for spelling in indicator.spellings}:
                index[spelling].append(indicator)
        return dict(index)

    def match(self, name: str, name_as_written: str = "", unit: str | None = None, organ: str = "all", scope: str | None = None) -> str | None:
        """The id of the one indicator these words name, or None.

        name: the extractor's name; name_as_written, without the scope before it, is tried when it is unknown and says no more than that.
        scope: who or where, as the extractor parted it from the name (最高人民法院 of 最高人民法院受理案件数); whose office or organ it names,
        only that one's indicators fit. unit: printed unit, None where only a change is printed, which fits every unit. organ: the document's;
        "all" fits every organ.
        """
        scope = scope or ""
        written = name_as_written.removeprefix(scope)
        for words in (name,) if says_more(name, written) else dict.fromkeys((name, written)):
            found = self._named(words, unit, organ, scope) if words else []
            if found:
                return found[0].id if len(found) == 1 else None
        return None

    def _named(self, words: str, unit: str | None, organ: str, scope: str) -> list[Indicator]:
        for spelled in (scope + words, words) if scope else (words,):
            found = [i for i in self.by_spelling.get(normalise(spelled), ()) if self._fits(i, unit, organ)]
            if found:
                return found
        bare = parse(words, unit or None)
        whole = parse(scope + words, unit or None) if scope else bare
        said = organ_of(whole) or organ_of(bare)
        # The place of a scope is the series', not the indicator's, unless an entry says it.
        for parts, office in ((whole, office_of(whole)), (bare, office_of(whole) or office_of(bare))):
            key = key_of(replace(parts, organ=office or None))
            found = [i for i in self.by_key.get(key, ()) if not parts.rest and i.counts(parts.measure) and self._fits(i, unit, organ)]
            found = [i for i in found if said in ("", i.organ) or i.organ == "all"]
            if found and _general(parts):
                # 受理案件数 is whose the words or the document say it is; where neither does, it may be anybody's.
                found = [i for i in found if i.organ in (said, organ)]
            if found:
                return found
        return []

    def theme_of(self, indicator: str) -> tuple[str, int]:
        """The theme an indicator is told under in main points, and its weight: one of its own of weight 1 where the catalogue names none."""
        return self._themes.get(indicator, (indicator, 1))

    @cached_property
    def _themes(self) -> dict[str, tuple[str, int]]:
        return {indicator: (name, theme.weight) for name, theme in self.themes.items() for indicator in theme.indicators}

    def parts_of(self, whole: str) -> tuple[Indicator, ...]:
        """The indicators that are parts of `whole`, in the catalogue's order."""
        return tuple(indicator for indicator in self.indicators if indicator.whole == whole)

    def nearest(self, name: str, count: int = 3) -> list[str]:
        """The catalogue's names that look most like `name`, for a message to a person."""
        from rapidfuzz import process

        names = {normalise(indicator.zh) for indicator in self.indicators} | set(self.by_spelling)
        return [match[0] for match in process.extract(normalise(name), sorted(names), limit=count, score_cutoff=50)]

    def _fits(self, indicator: Indicator, unit: str | None, organ: str) -> bool:
        units_fit = not unit or same_kind(unit, indicator.unit)
        return units_fit and (organ in (indicator.organ, *indicator.printed_by) or "all" in (organ, indicator.organ))

    def _bad_references(self) -> Iterable[str]:
        ids = [indicator.id for indicator in self.indicators]
        yield from (f"indicator {id!r} stands twice" for id in sorted({id for id in ids if ids.count(id) > 1}))
        for indicator in self.indicators:
            relatives: dict[str, Mapping[str, Any]] = dict.fromkeys(("numerator", "denominator", "whole", "cases_of", "total", "count"), self.by_id)
            wanted: dict[str, Mapping[str, Any]] = {**relatives, "organ": self.organs, "chapter": self.chapters}
            for field, known in wanted.items():
                value = getattr(indicator, field)
                if value is not None and value not in known:
                    yield f"indicator {indicator.id!r}: {field} {value!r} is not known"
            if (indicator.numerator is None) != (indicator.denominator is None):
                yield f"indicator {indicator.id!r} has only one of numerator and denominator"

    def _ambiguous_names(self) -> Iterable[str]:
        said = {**{"·".join(filter(None, (*key[:2], *sorted(key[2]), *key[3:]))): found for key, found in self.by_key.items()}, **self.by_spelling}
        for name, indicators in said.items():
            for n, one in enumerate(indicators):
                for other in indicators[n + 1 :]:
                    if one.organ == other.organ and one.measure == other.measure and self._fits(one, other.unit, other.organ):
                        yield f"name {name!r} is that of both {one.id!r} and {other.id!r}, with the same unit and organ"


def _general(parts: Parts) -> bool:
    """Whether a name says no more than that cases were received, handled or closed."""
    act = classes.acts().get(parts.act or "")
    cases = act is None or act.done_to[:1] == ("case",)
    return parts.object in (None, "案件") and cases and not parts.qualifiers and not (act is not None and act.organ)


def says_more(name: str, written: str) -> bool:
    """Whether a name tells of what the words as written leave out, and so of less than these: 刑事案件结案 of 刑事案件新收118件，结案97件.

    >>> says_more("刑事案件结案数", "结案"), says_more("刑事案件立案数", "立刑事案件"), says_more("结案数", "结案")
    (True, False, False)
    """
    full, bare = parse(name), parse(written)
    narrowed = not (set(full.topics) <= set(bare.topics) and set(full.qualifiers) <= set(bare.qualifiers))
    return narrowed or full.head not in (None, bare.head, CASE)
