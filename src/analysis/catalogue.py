"""The catalogue: every indicator the data have, with its names, unit, organ, chapter and relatives.

The entries are data, in `catalogue.yml`; this module checks them and matches what the extractor found against them. Matching is
exact, on normalised names with a compatible unit and organ. It never guesses: what fits no entry, or several, stays unknown and is listed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .errors import TongbiError
from .lexicon.script import fold
from .lexicon.units import same_kind
from .yamlfiles import YamlError, load_yaml

if TYPE_CHECKING:
    import pandas as pd

PATH = Path(__file__).with_name("catalogue.yml")
# Quotation and space say nothing about which indicator a name means.
IGNORED = dict.fromkeys(map(ord, " \t\r\n\u3000“”‘’\"'《》「」"))
# Whose figure it is stands in the observation's region, not in its indicator.
WHOLE_PLACE = re.compile(r"^[全我本][国省区州市县]")
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]


class CatalogueError(TongbiError):
    """The catalogue contradicts itself; says in which entry."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(_Strict):
    """A Chinese and an English name, of an organ or a chapter."""

    zh: Text
    en: Text


class Theme(_Strict):
    """A subject of main points: its weight from 1 to 10, its indicators in the order they are told, and, where one goes in and the other comes
    out, the two whose gap is told too."""

    weight: Annotated[int, Field(ge=1, le=10)]
    indicators: tuple[Id, ...]
    gap: tuple[Id, Id] | None = None


class Indicator(_Strict):
    """One indicator.

    `names` are the names as the extractor gives them. A rate has `numerator` and `denominator`, a part its `whole`; where all parts of a
    whole are in the catalogue and leave no remainder, the whole says `parts_exhaustive`. A count of cases names the count of the people in
    them in `cases_of`; an average has its `total` and, where the data have it, the `count` it was divided by.
    """

    id: Id
    zh: Text
    en: Text
    unit: str
    polarity: Literal["more", "less", "neither"]
    organ: Id
    chapter: Id
    names: tuple[Text, ...]
    numerator: Id | None = None
    denominator: Id | None = None
    whole: Id | None = None
    parts_exhaustive: bool = False
    cases_of: Id | None = None
    total: Id | None = None
    count: Id | None = None
    note: str | None = None

    @property
    def is_rate(self) -> bool:
        """Whether its unit is per cent or per mille."""
        return self.unit in ("%", "‰")


class Catalogue(_Strict):
    """All indicators, with the chapters and organs they belong to.

    `courses` are the steps one thing goes through, in order.
    A unit fits an indicator's where both count the same thing, as 件 and 起 do (lexicon/units.yml).
    """

    organs: dict[Id, Title]
    chapters: dict[Id, Title]
    themes: dict[Id, Theme] = {}
    courses: tuple[tuple[Id, ...], ...] = ()
    indicators: tuple[Indicator, ...]

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
    def _by_name(self) -> dict[str, list[Indicator]]:
        index = defaultdict(list)
        for indicator in self.indicators:
            for name in {normalise(name) for name in indicator.names}:
                index[name].append(indicator)
        return dict(index)

    def match(self, name: str, name_as_written: str = "", unit: str | None = None, organ: str = "all", scope: str | None = None) -> str | None:
        """The id of the one indicator these words name, or None.

        name: the extractor's name; name_as_written is tried when it is unknown. scope: who or where, as the extractor parted it from the
        name (最高人民法院 of 最高人民法院受理案件数); a name that has it is tried first. unit: printed unit, None where only a change is
        printed, which fits every unit. organ: the document's; "all" fits every organ.
        """
        bare = (name, name_as_written)
        for words in (*(scope + words for words in bare if scope), *bare):
            found = [i for i in self._by_name.get(normalise(words), ()) if self._fits(i, unit, organ)]
            if found:
                return found[0].id if len(found) == 1 else None
        return None

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

        return [match[0] for match in process.extract(normalise(name), list(self._by_name), limit=count, score_cutoff=50)]

    def _fits(self, indicator: Indicator, unit: str | None, organ: str) -> bool:
        units_fit = not unit or same_kind(unit, indicator.unit)
        return units_fit and (organ == indicator.organ or "all" in (organ, indicator.organ))

    def _bad_references(self) -> Iterable[str]:
        ids = [indicator.id for indicator in self.indicators]
        yield from (f"indicator {id!r} stands twice" for id in sorted({id for id in ids if ids.count(id) > 1}))
        for indicator in self.indicators:
            relatives = dict.fromkeys(("numerator", "denominator", "whole", "cases_of", "total", "count"), self.by_id)
            wanted = {**relatives, "organ": self.organs, "chapter": self.chapters}
            for field, known in wanted.items():
                value = getattr(indicator, field)
                if value is not None and value not in known:
                    yield f"indicator {indicator.id!r}: {field} {value!r} is not known"
            if (indicator.numerator is None) != (indicator.denominator is None):
                yield f"indicator {indicator.id!r} has only one of numerator and denominator"

    def _ambiguous_names(self) -> Iterable[str]:
        for name, indicators in self._by_name.items():
            for n, one in enumerate(indicators):
                for other in indicators[n + 1 :]:
                    if one.organ == other.organ and self._fits(one, other.unit, other.organ):
                        yield f"name {name!r} is that of both {one.id!r} and {other.id!r}, with the same unit and organ"


def normalise(name: str) -> str:
    """A name without what does not tell names apart: width of characters, spaces, quotation marks, and the whole of the place before it.

    >>> normalise("全市“两抢一盗” 案件数(起)")
    '两抢一盗案件数(起)'
    """
    return WHOLE_PLACE.sub("", fold(unicodedata.normalize("NFKC", name)).translate(IGNORED).casefold())


@cache
def load(path: Path = PATH) -> Catalogue:
    """Read and check a catalogue; CatalogueError says what is wrong in which entry."""
    try:
        return Catalogue.model_validate(load_yaml(path))
    except YamlError as error:
        raise CatalogueError(str(error)) from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}".lstrip(": ") for e in error.errors())
        raise CatalogueError(f"{path.name}: {faults}") from error


def match(name: str, name_as_written: str = "", unit: str | None = None, organ: str = "all", scope: str | None = None) -> str | None:
    """`Catalogue.match` of our own catalogue."""
    return load().match(name, name_as_written, unit, organ, scope)


def unknown(observations: pd.DataFrame) -> pd.DataFrame:
    """The names in `observations` that the catalogue does not know: name, unit, organ, and how many observations have them.

    Most frequent first. Kept in the data all the same; this is the list to extend `catalogue.yml` from.
    """
    without = observations[observations["indicator"] == ""]
    counts = without.groupby(["name", "unit", "organ"], dropna=False).size().reset_index(name="observations")
    return counts.sort_values(["observations", "name", "unit", "organ"], ascending=[False, True, True, True], ignore_index=True)
