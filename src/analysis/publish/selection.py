"""Which editions to make, and what is refused before anything starts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import PurePath
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from analysis.errors import TongbiError

LANGUAGES = ("zh", "en")


class SelectionError(TongbiError):
    """There is no such region, period, language or parameter; the message names the nearest that exist."""


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """One report to make; `as_of` is the day it stands as of, "" where nothing is left out."""

    region: str
    period: str
    lang: str
    as_of: str = ""

    @property
    def name(self) -> str:
        """The stem of every file of the report; one as of a day never has the ordinary report's.

        >>> Choice("bijie", "2017", "zh").name, Choice("bijie", "2017", "zh", "2018-12-31").name
        ('bijie-2017-zh', 'bijie-2017-as-of-2018-12-31-zh')
        """
        return "-".join([self.region, self.period, *self._edition, self.lang])

    @property
    def folder(self) -> PurePath:
        """Where its files lie below the published reports."""
        return PurePath(self.region, self.period, *self._edition)

    @property
    def _edition(self) -> list[str]:
        return [f"as-of-{self.as_of}"] if self.as_of else []


CHOOSING = tuple(field.name for field in fields(Choice))


def choose(dataset: Any, region: str | None, period: str, langs: Sequence[str]) -> list[Choice]:
    """Return the editions asked for: `period` is one period, "newest" or "all"; no region means every region.

    Raises SelectionError when one of them does not exist.
    """
    from analysis.report.edition import periods_of

    names = {id: (place.zh, place.en) for id, place in dataset.regions.items()}
    if region is not None and region not in names and any(doc.metadata and doc.metadata.region == region for doc in dataset.documents):
        raise SelectionError(
            f"the region {region!r} has documents but no data/raw/{region}/region.yml: write its zh, en and level there (README, Your own bulletin)"
        )
    if region is not None and region not in names:
        raise SelectionError(_refusal("region", region, names))
    for lang in langs:
        if lang not in LANGUAGES:
            raise SelectionError(_refusal("language", lang, LANGUAGES))
    available = {id: periods_of(dataset, id) for id in ([region] if region else sorted(names))}
    chosen = [(id, one) for id, periods in available.items() for one in _periods(period, periods)]
    as_of = dataset.day.isoformat() if dataset.day else ""
    if not chosen:
        where = (f" of {region}" if region else "") + (f" as of {as_of}" if as_of else "")
        raise SelectionError(_refusal(f"period{where}", period, sorted({p for each in available.values() for p in each})))
    return [Choice(id, one, lang, as_of) for id, one in chosen for lang in dict.fromkeys(langs)]


def _periods(asked: str, available: Sequence[str]) -> Sequence[str]:
    if asked == "newest":
        return available[-1:]
    return available if asked == "all" else [asked] if asked in available else []


def check_parameters(given: Iterable[str], declared: Collection[str], notebook: str) -> None:
    """Raise SelectionError unless the notebook declares its own parameters and every further one given.

    Those that choose the report are no further parameters: it would then lie under another report's name.
    """
    for name in given:
        if name in CHOOSING:
            raise SelectionError(f"{name} chooses the report and is no further parameter; it is an option of its own")
    for name in (*CHOOSING, *given):
        if name not in declared:
            raise SelectionError(_refusal(f"parameter of {notebook}", name, declared))


def _refusal(what: str, given: str, valid: Collection[str] | Mapping[str, Sequence[str]]) -> str:
    """Say what there is no such thing of, with the nearest three names.

    >>> _refusal("region", "bijei", ["bijie", "national"])
    "there is no region 'bijei'; nearest: bijie, national"
    """
    aliases = valid if isinstance(valid, Mapping) else {}
    nearest = sorted(valid, key=lambda name: (min(_distance(given, alias) for alias in (name, *aliases.get(name, ()))), name))[:3]
    return f"there is no {what} {given!r}; " + (f"nearest: {', '.join(nearest)}" if nearest else "there is none at all")


def _distance(given: str, name: str) -> tuple[float, int]:
    """How far apart two names are: as wholes or parts, and by slips of the finger (one letter wrong, two swapped)."""
    given, name = given.casefold(), name.casefold()
    return -fuzz.WRatio(given, name), DamerauLevenshtein.distance(given, name)
