"""The entries of a catalogue: what may stand in one, and what tells the names of indicators apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from ..errors import TongbiError
from ..lexicon import classes
from ..lexicon.parts import Parts, measure_of, parse, roles
from ..writing.acting import line

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Text = Annotated[str, AfterValidator(line)]
Key = tuple[str, str, frozenset[str], str, str]


class CatalogueError(TongbiError):
    """The catalogue contradicts itself; says in which file and entry."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(Strict):
    """A Chinese and an English name, of an organ or a chapter."""

    zh: Text
    en: Text


class Theme(Strict):
    """A subject of main points: its weight from 1 to 10, its indicators in the order they are told, and, where one goes in and the other comes
    out, the two whose gap is told too."""

    weight: Annotated[int, Field(ge=1, le=10)]
    indicators: tuple[Id, ...]
    gap: tuple[Id, Id] | None = None


class Said(Strict):
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


class Indicator(Strict):
    """One indicator.

    `parts` say how it is named, `also` spellings whose words no list has. A rate has `numerator` and `denominator`, a part its `whole`; where
    all parts of a whole are in the catalogue and leave no remainder, the whole says `parts_exhaustive`. A count of cases names the count of
    the people in them in `cases_of`; an average has its `total` and, where the data have it, the `count` it was divided by. `printed_by` are
    organs besides its own whose bulletins print it (the courts, how often agency heads appear).
    """

    id: Id
    zh: Text
    en: Text
    unit: Text | Literal[""]
    polarity: Literal["more", "less", "neither"]
    organ: Id
    chapter: Id
    printed_by: tuple[Id, ...] = ()
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


def _object_of(said: str) -> str:
    """The object a catalogue says, with each word as lexicon/objects.yml spells it."""
    return "".join(word for kind, word in roles(said) if kind in ("topic", "head"))


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
