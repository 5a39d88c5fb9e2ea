"""The entries of a catalogue: what may stand in one, how a workspace's own are added, and how a name is matched with one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ..errors import TongbiError
from ..lexicon import classes
from ..lexicon.parts import Parts, measure_of, parse, roles
from ..lexicon.units import same_kind
from ..yamlfiles import YamlError, load_yaml

PATH = Path(__file__).with_name("catalogue.yml")
# The file of a workspace's own indicators, in its root.
OWN = "catalogue.yml"
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]
Key = tuple[str, str, frozenset[str], str, str]


class CatalogueError(TongbiError):
    """The catalogue contradicts itself; says in which file and entry."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(_Strict):
    """A Chinese and an English name, of an organ or a chapter."""

    zh: Text
    en: Text


class Said(_Strict):
    """One way to name an indicator, by its parts; several words in one part are alternatives, "" is none."""

    act: tuple[str, ...] = ("",)
    object: tuple[str, ...] = ("",)
    measure: str = ""
    qualifiers: tuple[str, ...] = ()
    office: tuple[str, ...] = ("",)
    place: tuple[str, ...] = ("",)

    @field_validator("act", "object", "office", "place", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @field_validator("act")
    @classmethod
    def _acts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [act for act in value if act and act.removeprefix("不") not in classes.acts() and act not in classes.acts()]:
            raise ValueError(f"no act of lexicon/acts.yml: {', '.join(unknown)}")
        return value

    @field_validator("object")
    @classmethod
    def _objects(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for said in filter(None, value):
            found = _object_of(said)
            if found != said:
                raise ValueError(f"object {said!r} is {found!r} by the words of lexicon/objects.yml")
        return value

    def keys(self) -> Iterator[Key]:
        """The keys of all the names this says."""
        for act, what, office, place in product(self.act, self.object, self.office, self.place):
            yield act, what, frozenset(self.qualifiers), office, place


class Indicator(_Strict):
    """One indicator.

    `parts` say how it is named, `also` spellings whose words no list has. A rate has `numerator` and `denominator`, a part its `whole`; where
    all parts of a whole are in the catalogue and leave no remainder, the whole says `parts_exhaustive`. A count of cases names the count of
    the people in them in `cases_of`; an average has its `total` and, where the data have it, the `count` it was divided by.
    """

    id: Id
    zh: Text
    en: Text
    unit: str
    polarity: Literal["more", "less", "neither"]
    organ: Id
    chapter: Id
    parts: tuple[Said, ...] = ()
    also: tuple[Text, ...] = ()
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

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of all its names; an entry without parts has those of its Chinese name."""
        if self.parts or self.also:
            return tuple(dict.fromkeys(key for said in self.parts for key in said.keys()))
        parts = parse(self.zh, self.unit or None)
        return (key_of(parts),) if not parts.rest and (parts.act or parts.object) else ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Spellings that match as they stand."""
        return self.also if self.also or self.keys else (self.zh,)

    @property
    def measure(self) -> str:
        """The measure its entry says, "" where its unit is enough."""
        return next((said.measure for said in self.parts if said.measure), "")

    def counts(self, measure: str) -> bool:
        """Whether a name's measure can be this indicator's; one that the name does not say can be any that the entry does not say either."""
        if self.measure:
            return measure == self.measure
        own = measure_of("", self.unit or None)
        if measure in classes.measures() and classes.measures()[measure].rate:
            return own == "率"
        return not measure or not own or measure == own


class Catalogue(_Strict):
    """All indicators, with the chapters and organs they belong to.

    A unit fits an indicator's where both count the same thing, as 件 and 起 do (lexicon/units.yml).
    """

    organs: dict[Id, Title]
    chapters: dict[Id, Title]
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

        name: the extractor's name; name_as_written is tried when it is unknown. scope: who or where, as the extractor parted it from the
        name (最高人民法院 of 最高人民法院受理案件数); whose office or organ it names, only that one's indicators fit. unit: printed unit, None
        where only a change is printed, which fits every unit. organ: the document's; "all" fits every organ.
        """
        for words in dict.fromkeys((name, name_as_written)):
            found = self._named(words, unit, organ, scope or "") if words else []
            if found:
                return found[0].id if len(found) == 1 else None
        return None

    def _named(self, words: str, unit: str | None, organ: str, scope: str) -> list[Indicator]:
        for whole in (scope + words, words) if scope else (words,):
            found = [i for i in self.by_spelling.get(normalise(whole), ()) if self._fits(i, unit, organ)]
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

    def parts_of(self, whole: str) -> tuple[Indicator, ...]:
        """The indicators that are parts of `whole`, in the catalogue's order."""
        return tuple(indicator for indicator in self.indicators if indicator.whole == whole)

    def nearest(self, name: str, count: int = 3) -> list[str]:
        """The catalogue's names that look most like `name`, for a message to a person."""
        from rapidfuzz import process

        names = {normalise(indicator.zh) for indicator in self.indicators} | set(self.by_spelling)
        return [match[0] for match in process.extract(normalise(name), sorted(names), limit=count, score_cutoff=50)]

    def with_own(self, data: dict[str, Any], name: str) -> Catalogue:
        """This catalogue with a workspace's own entries; `data` has the form of catalogue.yml, every part of it optional, `name` is its file's.

        An own entry whose id is in the catalogue replaces that one. Raises CatalogueError.
        """
        if wrong := set(data) - {"organs", "chapters", "indicators"}:
            raise CatalogueError(f"{name}: {', '.join(sorted(wrong))}: not known; a catalogue has organs, chapters and indicators")
        own = data.get("indicators") or []
        ids = {entry.get("id") for entry in own if isinstance(entry, dict)}
        merged = {
            "organs": {id: title.model_dump() for id, title in self.organs.items()} | (data.get("organs") or {}),
            "chapters": {id: title.model_dump() for id, title in self.chapters.items()} | (data.get("chapters") or {}),
            "indicators": [*(i.model_dump() for i in self.indicators if i.id not in ids), *own],
        }
        return _checked(merged, name, skip=len(merged["indicators"]) - len(own))

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
        said = {**{"·".join(filter(None, (*key[:2], *sorted(key[2]), *key[3:]))): found for key, found in self.by_key.items()}, **self.by_spelling}
        for name, indicators in said.items():
            for n, one in enumerate(indicators):
                for other in indicators[n + 1 :]:
                    if one.organ == other.organ and one.measure == other.measure and self._fits(one, other.unit, other.organ):
                        yield f"name {name!r} is that of both {one.id!r} and {other.id!r}, with the same unit and organ"


def normalise(name: str) -> str:
    """A name without what does not tell names apart: width of characters, spaces, quotation marks, and the whole of the place before it.

    >>> normalise("全市“两抢一盗” 案件数(起)")
    '两抢一盗案件数(起)'
    """
    name = classes.plain(name)
    return next((name[len(place) :] for place in classes.places()["whole"]["zh"] if name.startswith(place)), name)


def key_of(parts: Parts) -> Key:
    """What tells the names of indicators apart but for their measure and organ."""
    return parts.act or "", parts.object or "", frozenset(parts.qualifiers), office_of(parts), parts.place or ""


def office_of(parts: Parts) -> str:
    """The office with figures of its own that a name is of, "" for none."""
    return parts.organ if parts.organ and any(parts.organ in organ.offices for organ in classes.organs().values()) else ""


def organ_of(parts: Parts) -> str:
    """The id of the organ a name is of, "" for none."""
    return next((id for id, organ in classes.organs().items() if parts.organ and parts.organ in (organ.title, *organ.offices)), "")


def _general(parts: Parts) -> bool:
    """Whether a name says no more than that cases were received, handled or closed."""
    act = classes.acts().get(parts.act or "")
    cases = act is None or act.done_to[:1] == ("case",)
    return parts.object in (None, "案件") and cases and not parts.qualifiers and not (act is not None and act.organ)


def _object_of(said: str) -> str:
    """The object a catalogue says, with each word as lexicon/objects.yml spells it."""
    return "".join(word for kind, word in roles(said) if kind in ("topic", "head"))


def _checked(data: Any, name: str, skip: int = 0) -> Catalogue:
    """A catalogue of `data`; where it is wrong, the error names the file and counts its entries without the first `skip`."""
    try:
        return Catalogue.model_validate(data)
    except ValidationError as error:
        faults = "; ".join(f"{_where(e['loc'], data, skip)}: {e['msg']}".lstrip(": ") for e in error.errors())
        raise CatalogueError(f"{name}: {faults}") from error


def _where(place: tuple[int | str, ...], data: Any, skip: int) -> str:
    """Where a fault is: an entry by its id where it has one, else by its number in the file."""
    if len(place) > 1 and place[0] == "indicators" and isinstance(place[1], int):
        entry = data["indicators"][place[1]]
        named = entry.get("id") if isinstance(entry, dict) else None
        return ".".join(map(str, (f"indicator {named!r}" if named else f"indicator {place[1] - skip + 1}", *place[2:])))
    return ".".join(map(str, place))


def _read(path: Path) -> Any:
    try:
        data = load_yaml(path)
    except YamlError as error:
        raise CatalogueError(str(error)) from error
    if not isinstance(data, dict | None):
        raise CatalogueError(f"{path.name}: a catalogue is a mapping with organs, chapters and indicators")
    return data or {}


@cache
def load(path: Path = PATH) -> Catalogue:
    """Read and check a catalogue; CatalogueError says what is wrong in which entry."""
    return _checked(_read(path), path.name)


def of(root: Path) -> Catalogue:
    """Our catalogue with a workspace's own entries, `catalogue.yml` in its root, where there are any. Raises CatalogueError."""
    path = root / OWN
    return load().with_own(_read(path), path.name) if path.is_file() else load()
