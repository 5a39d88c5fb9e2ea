"""The classes of words a name of the field is made of, read once from their lists: acts, objects, measures, qualifiers, organs, places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from .. import keeping
from ..errors import TongbiError
from ..yamlfiles import load_own
from .script import fold, folded

__all__ = [
    "Act",
    "Entry",
    "Head",
    "Measure",
    "Organ",
    "Qualifier",
    "Topic",
    "acts",
    "heads",
    "measures",
    "organs",
    "places",
    "plain",
    "qualifiers",
    "topics",
]

FOLDER = Path(__file__).parent
# Quotation and space say nothing about which indicator a name means.
IGNORED = dict.fromkeys(map(ord, " \t\r\n\u3000“”‘’\"'《》「」"))


class LexiconError(TongbiError):
    """A list of words has an entry that says something no entry of its class can say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One word of a class: its canonical Chinese (`key`), further spellings of the same, its English, and names that prove it."""

    key: str
    zh: tuple[str, ...] = ()
    en: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """All ways it is written, the canonical one first."""
        return (self.key, *self.zh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Entry):
    """What is done; the fields are those of acts.yml."""

    people: str = ""
    cases: str = ""
    noun: str = ""
    rate: str = ""
    adj: str = ""
    holds: str = ""
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    to_organs: tuple[str, ...] = ()
    by_counted: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    in_passing: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()
    for_someone: tuple[str, ...] = ()
    takes_on: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    enough: tuple[str, ...] = ()
    in_heads: tuple[str, ...] = ()
    begins_titles: tuple[str, ...] = ()
    ends_titles: tuple[str, ...] = ()
    apart: str = ""
    done_to: tuple[str, ...] = ()
    suspects: bool = False
    stage: bool = False
    thing: bool = False
    cases_only: bool = False
    outcome: bool = False
    all: bool = False
    opposite: str = ""
    next: tuple[str, ...] = ()
    organ: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Entry):
    """What is counted: 案件, 犯罪嫌疑人; `kind` is its sort."""

    kind: str
    one: str = ""
    bare: bool = False
    doer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Entry):
    """Of what sort it is: 毒品, 知识产权. One with a `kind` stands for what is counted too (命案)."""

    noun: str = ""
    alone: str = ""
    one: str = ""
    crime: bool = False
    law: bool = False
    kind: str = ""
    after: bool = False
    heading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entry):
    """How it is counted; `units` is its family, `kinds` the heads whose own measure it is."""

    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    rate: bool = False
    same: str = ""
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier(Entry):
    """What narrows a name: 一审, 未成年; a silent one narrows nothing."""

    of: str = ""
    before: str = ""
    after: str = ""
    person: str = ""
    kind: str = ""
    each: bool = False
    silent: bool = False
    spoken: str = ""
    heading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ(Entry):
    """An organ with the names it goes by; `offices` maps the canonical names of its offices to (names, English)."""

    one: str = ""
    title: str = ""
    short: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    offices: Mapping[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)


Kind = TypeVar("Kind", bound=Entry)


def plain(name: str) -> str:
    """A name without what does not tell names apart: width of characters, spaces, quotation marks.

    >>> plain("“两抢一盗” 案件数（起）")
    '两抢一盗案件数(起)'
    """
    if _changed().search(name) is None:
        return name
    return fold(unicodedata.normalize("NFKC", name)).translate(IGNORED).casefold()


@cache
def _changed() -> re.Pattern[str]:
    """Any sign that `plain` may change: those that are no Hanzi, and the Hanzi that are folded. Most names hold none."""
    return keeping.pattern(f"[\x00-\u4dff\ua000-\U0010ffff{re.escape(folded())}]")


@cache
def read(name: str) -> dict[str, Any]:
    """Read one list, `name`.yml, as it stands."""
    return load_own(FOLDER / f"{name}.yml")


def _entries(kind: type[Kind], listed: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Kind]]:
    known = {each.name for each in fields(kind)}
    for key, said in listed.items():
        if wrong := set(said) - known:
            raise LexiconError(f"{kind.__name__.lower()} {key!r} has no {sorted(wrong)}")
        given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
        yield key, kind(key=key, **given)


@cache
def acts() -> dict[str, Act]:
    """What is done, by its canonical Chinese."""
    return dict(_entries(Act, read("acts")))


@cache
def heads() -> dict[str, Head]:
    """What is counted, by its canonical Chinese."""
    return dict(_entries(Head, read("objects")["heads"]))


@cache
def topics() -> dict[str, Topic]:
    """Of what sort it is, by its canonical Chinese."""
    return dict(_entries(Topic, read("objects")["topics"]))


@cache
def measures() -> dict[str, Measure]:
    """How it is counted, by its canonical Chinese."""
    return dict(_entries(Measure, read("measures")))


@cache
def qualifiers() -> dict[str, Qualifier]:
    """What narrows a name, by its canonical Chinese."""
    return dict(_entries(Qualifier, read("qualifiers")))


@cache
def organs() -> dict[str, Organ]:
    """The organs, by their ids."""
    return {id: _organ(id, said) for id, said in read("organs").items()}


def _organ(id: str, said: dict[str, Any]) -> Organ:
    offices = {office: ((office, *its.get("names", ())), its["en"]) for office, its in said["offices"].items()}
    return Organ(
        key=id,
        title=said["zh"],
        en=said["en"],
        one=said["one"],
        zh=tuple(said["names"]),
        short=tuple(said["short"]),
        says=tuple(said["says"]),
        plain=tuple(said["plain"]),
        actors=tuple(said["actors"]),
        offices=offices,
        examples=tuple(said["examples"]),
        counterexamples=tuple(said["counterexamples"]),
    )


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first.

    >>> any_of(["法院", "人民法院"])
    '人民法院|法院'
    """
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def places() -> dict[str, dict[str, Any]]:
    """The words of places.yml by their sort: whole, levels, each, others, provinces, suffixes."""
    return read("places")
