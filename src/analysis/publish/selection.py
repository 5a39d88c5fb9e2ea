"""Which editions to make, and what is refused before anything starts."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path, PurePath

from ..errors import TongbiError
from ..report.formats import FORMATS
from ..snapshot import Snapshot

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


ENOUGH = 5  # figures that a report can be made of
CHOOSING = tuple(field.name for field in fields(Choice))


def written_list(text: str) -> list[str]:
    """The members of a list with commas between them.

    >>> written_list("2013, 2014,,2013")
    ['2013', '2014']
    """
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def choose(
    snapshot: Snapshot, regions: Sequence[str], periods: Sequence[str], langs: Sequence[str], day: str = "", known: Mapping | None = None
) -> list[Choice]:
    """Return the editions asked for: a period is one such as 2017, "newest" or "all"; no region means every region.

    The newest is the newest with more than a few figures, where there is one: two figures of a later day are no report on it.

    `known` gives the periods of each region where they are not the snapshot's, as of `day`. Raises SelectionError for what does not exist.
    """
    _check_regions(snapshot, regions)
    for lang in langs:
        if lang not in LANGUAGES:
            raise SelectionError(_refusal("language", lang, LANGUAGES))
    every = {id: list(region.editions) for id, region in snapshot.regions.items()} if known is None else known
    available = {id: every.get(id, []) for id in (regions or sorted(snapshot.regions))}
    few = {id: {one for one, edition in snapshot.regions[id].editions.items() if edition["figures"] < ENOUGH} for id in available}
    for period in periods:
        if not any(_periods(period, there, few[id]) for id, there in available.items()):
            where = (f" of {','.join(regions)}" if regions else "") + (f" as of {day}" if day else "")
            if not any(available.values()) and not day:
                raise SelectionError(_nothing(where, [doc for id in available for doc in snapshot.regions[id].documents]))
            raise SelectionError(_refusal(f"period{where}", period, sorted({p for each in available.values() for p in each})))
    chosen = dict.fromkeys((id, one) for id, there in available.items() for period in periods for one in _periods(period, there, few[id]))
    return [Choice(id, one, lang, day) for id, one in chosen for lang in dict.fromkeys(langs)]


def _nothing(where: str, documents: Sequence[str]) -> str:
    """Why nothing at all can be published."""
    if not documents:
        return f"there is no document{where} to publish a report of: `tongbi add FILE`, then `tongbi data`"
    told = ", ".join(documents[:3]) + ("" if len(documents) <= 3 else f" and {len(documents) - 3} more")
    return f"no document{where} has a figure of the period that it is about ({told}): check `period` in its metadata, and `tongbi review FILE`"


def _check_regions(snapshot: Snapshot, regions: Sequence[str]) -> None:
    names = {id: (place.zh, place.en) for id, place in snapshot.regions.items()}
    for region in regions:
        if region in names:
            continue
        if any(source.startswith(f"data/raw/{region}/") for source in snapshot.sources):
            raise SelectionError(
                f"the region {region!r} has documents but no data/raw/{region}/region.yml: "
                "write its zh, en and level there (README, Your own bulletin)"
            )
        raise SelectionError(_refusal("region", region, names))


def _periods(asked: str, available: Sequence[str], few: Collection[str]) -> Sequence[str]:
    if asked == "newest":
        return [one for one in available if one not in few][-1:] or available[-1:]
    return available if asked == "all" else [asked] if asked in available else []


def declared_parameters(notebook: Path) -> list[str]:
    """Return the names in the notebook's cell tagged `parameters`; nothing heavy is imported for it."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        sources = ["".join(cell["source"]) for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SelectionError(f"{notebook}: it is no notebook ({type(error).__name__}): open it in JupyterLab, or take it away to use ours") from error
    return [match[1] for source in sources for match in re.finditer(r"^([A-Za-z_]\w*)\s*(?::[^=\n]*)?=", source, re.MULTILINE)]


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats to make, the PDF always among them, in the order they are made. Raises SelectionError for one there is none of."""
    for form in formats:
        if form not in FORMATS:
            raise SelectionError(_refusal("format", form, FORMATS))
    return tuple(form for form in FORMATS if form in formats or form == "pdf")


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
    from rapidfuzz import fuzz
    from rapidfuzz.distance import DamerauLevenshtein

    given, name = given.casefold(), name.casefold()
    return -fuzz.WRatio(given, name), DamerauLevenshtein.distance(given, name)
