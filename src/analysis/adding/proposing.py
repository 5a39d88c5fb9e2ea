"""What the metadata of a bulletin are likely to be, each value with its ground, and which of them a person must say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..catalogue.placenames import english_place, romanised
from ..documents import Document, DocumentError, Region
from ..documents.clues import OWNER
from ..documents.inference import Inference, Inferred, infer
from ..documents.metadata import explain
from ..documents.model import COUNTRY
from ..lexicon.publishers import canonical_place, provinces

# What must be known before anything is written; the rest may be unknown.
REQUIRED = ("region", "period")
# Where a place's name ends so, its level; a city under the centre is a province.
LEVELS = {"省": "province", "自治区": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture", "地区": "prefecture"}
# What may stand between a place and its organ in the name of one office.
OF_ONE_OFFICE = ("", "高级", "中级", "第一", "第二", "第三", "铁路运输", "知识产权", "海事", "金融", "互联网", "第一中级", "第二中级", "第三中级")
ID = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Guess:
    """One value with where it comes from; `sure` where nothing speaks against it."""

    value: str
    ground: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """Metadata as they would be written, and the region where it is a new one."""

    guesses: dict[str, Guess] = field(default_factory=dict)
    region: Region | None = None

    def value(self, key: str) -> str:
        """The value of a key, "" where nothing is known."""
        found = self.guesses.get(key)
        return found.value if found else ""

    @property
    def open(self) -> tuple[str, ...]:
        """The required keys nobody has said, then the doubtful ones: what a person should be asked, the most important first."""
        missing = [key for key in REQUIRED if not self.value(key)]
        return (*missing, *(key for key in REQUIRED if self.value(key) and not self.guesses[key].sure))


def propose(document: Document, regions: Mapping[str, Region], given: Mapping[str, str], today: date) -> Proposal:
    """The metadata of a document: what was `given` first, then what its words say.

    given: values by key; `region` may be an id of `regions` or a Chinese name.
    """
    said = infer(document)
    if said.date is not None and said.date.value > (given.get("retrieved") or today.isoformat()):  # a day of which it tells, as of a plan's end
        said = replace(said, date=None)
    place = given.get("region") or (said.place.value if said.place else "")
    region, is_new = _named(document, place, regions)
    guesses = {
        "title": _guess(given, "title", said.title, document.id),
        "publisher": _guess(given, "publisher", said.publisher, _publisher(said, region)),
        "url": _given(given, "url"),
        "published": _guess(given, "published", said.date, ""),
        "retrieved": _given(given, "retrieved") or Guess(today.isoformat(), "today"),
        "period": _guess(given, "period", said.period, ""),
        "region": Guess(region.id, "given" if "region" in given else _ground(said.place), "region" in given or said.place.sure) if region else None,
        "organ": _guess(given, "organ", said.organ, "all"),
        "form": _given(given, "form") or Guess("table" if document.is_table else "original", "the file's own shape"),
        "note": _given(given, "note"),
    }
    return Proposal({key: guess for key, guess in guesses.items() if guess is not None and guess.value}, region if is_new else None)


def region_of(place: str) -> Region:
    """A new region for a Chinese place name: its id and English name from its pinyin, its level from its ending.

    >>> region_of("青山县").id, region_of("青山县").en, region_of("贵州").level, region_of("贵阳市").level
    ('qingshan', 'Qingshan County', 'province', 'prefecture')
    """
    name = COUNTRY if place == COUNTRY else canonical_place(place)
    if name == COUNTRY:
        return Region(id=COUNTRY, zh="全国", en="China", level="national")
    level = "province" if name in provinces().values() else next((level for ending, level in LEVELS.items() if name.endswith(ending)), "county")
    return Region(id=re.sub("[^a-z0-9-]", "", romanised(name).lower()), zh=name, en=english_place(name), level=level)


def _named(document: Document, place: str, regions: Mapping[str, Region]) -> tuple[Region | None, bool]:
    """The region of a place, and whether it is a new one; DocumentError where no region can be called so."""
    from pydantic import ValidationError

    try:
        return _region(place, regions)
    except ValidationError as error:
        raise DocumentError(
            document.path or document.id,
            f"{place[:40]!r} can be no region's name ({explain(error)[0]})",
            "name its place with --region, in Chinese or by the id of a region",
        ) from error


def _region(place: str, regions: Mapping[str, Region]) -> tuple[Region | None, bool]:
    if not place:
        return None, False
    if place in regions:
        return regions[place], False
    if ID.fullmatch(place) and place != COUNTRY:
        return Region(id=place, zh=place, en=place.title(), level="county"), True
    name = canonical_place(place)
    known = next((region for region in regions.values() if region.zh == name or canonical_place(region.zh) == name), None)
    return (known, False) if known else (_apart(region_of(place), regions), True)


def _apart(region: Region, regions: Mapping[str, Region]) -> Region:
    """A new region with an id that no other has: 苏州 and 宿州 are both Suzhou, a city and its county often share their name.

    >>> known = {"qingshi": region_of("青石市")}
    >>> _apart(region_of("青石县"), known).id, _apart(region_of("清市市"), known).id, _apart(region_of("青山县"), known).id
    ('qingshi-county', 'qingshi-prefecture', 'qingshan')
    """
    ids = (region.id, f"{region.id}-{region.level}", *(f"{region.id}-{number}" for number in range(2, len(regions) + 3)))
    return region.model_copy(update={"id": next(one for one in ids if one not in regions)})


def _given(given: Mapping[str, str], key: str) -> Guess | None:
    return Guess(given[key], "given") if given.get(key) else None


def _guess(given: Mapping[str, str], key: str, said: Inference | None, otherwise: str) -> Guess | None:
    if given.get(key):
        return Guess(given[key], "given")
    if said is not None and (said.sure or not otherwise or key in ("title", "publisher")):
        return Guess(said.value, _ground(said), said.sure)
    ground = {"publisher": "its place and organ", "title": "the file's name"}.get(key, "nothing in the text says more")
    return Guess(otherwise, ground, key == "organ") if otherwise else None


def _ground(said: Inference | None) -> str:
    if said is None:
        return ""
    where = f"{said.rule}, character {said.start}" if said.start >= 0 else said.rule
    return f"{where}: {said.words}"


def _publisher(said: Inferred, region: Region | None) -> str:
    """The office a title names in full (青石市中级人民法院), else the place with the organ."""
    found = OWNER.search(said.title.value) if said.title else None
    if found is not None and said.place and found["place"] == said.place.words and found["between"] in OF_ONE_OFFICE:
        return found[0]
    return (region.zh if region else "") + (said.organ.words if said.organ else "") or "unknown"
