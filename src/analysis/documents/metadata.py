"""Where a document came from: the sidecar `<stem>.meta.yml` beside it, and `region.yml` in each region's folder."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, ValidationError, ValidationInfo, field_validator

from .. import yamlfiles
from ..periods import Period
from ..writing.acting import inert, line, worded
from .errors import DocumentError
from .written import written_period

ID = r"^[a-z][a-z0-9-]*$"
Organ = Literal["courts", "procuratorates", "police", "justice", "government", "congress", "customs", "all"]
Text = Annotated[str, AfterValidator(worded)]
Inert = Annotated[str, AfterValidator(inert)]
Line = Annotated[str, AfterValidator(line)]
Title = Annotated[str, Field(max_length=500), AfterValidator(worded)]
# Before the first no bulletin of counted cases was printed; later than the last nobody uses this. No clock is asked: the same files must build the
# same data on every machine, also on one whose clock is wrong.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
FIRST_SAVED = date(1990, 1, 1)
# Where a bulletin is saved, the day it comes out on may not have begun yet; and a plan may be of years to come.
A_DAY, AHEAD = timedelta(days=1), 10


def _a_period(text: str) -> str:
    return str(Period.parse(text))


def _a_day(value: object) -> object:
    """Of a number, a date would be made that nobody wrote: seconds since 1970."""
    if isinstance(value, (int, float, Decimal)) or (isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip())):
        raise ValueError("is no day: write it as 2018-02-10")
    return value


Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY), BeforeValidator(_a_day)]
PeriodText = Annotated[str, AfterValidator(_a_period)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """What one column of a table counts: its unit, and its indicator where the header does not say it."""

    unit: Inert | None = None
    indicator: Inert | None = None


class Break(_Strict):
    """From `period` on these figures count something else (definition, territory): a sentence in each language says what.

    `indicators` are catalogue ids; empty, it is all the document's. `inferred`: no document says so, the figures only do not join.
    """

    period: PeriodText
    en: Text
    zh: Text
    indicators: tuple[str, ...] = ()
    inferred: bool = False


class Metadata(_Strict):
    """Provenance of one document. Every key is checked; an unknown key is an error, since it is a spelling mistake."""

    title: Title
    publisher: Title
    publisher_en: Title | None = None
    url: HttpUrl | None = None
    published: Day | None = None
    retrieved: Day
    period: PeriodText
    region: Annotated[str, Field(pattern=ID)]
    organ: Organ
    form: Literal["digest", "original", "table"]
    source: Literal["official", "press", "mirror", "yearbook", "transcription"] | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    note: Inert | None = None
    columns: dict[str, Column] = {}
    breaks: tuple[Break, ...] = ()

    @field_validator("retrieved")
    @classmethod
    def _saved_when_it_was_out(cls, day: date, others: ValidationInfo) -> date:
        published = others.data.get("published")
        if day < FIRST_SAVED or (published and published > day + A_DAY):
            raise ValueError("is no day on which it can have been saved")
        return day

    @field_validator("period")
    @classmethod
    def _within_sight(cls, period: str, others: ValidationInfo) -> str:
        retrieved = others.data.get("retrieved")
        if retrieved and Period.parse(period).first.year > retrieved.year + AHEAD:
            raise ValueError("lies in the future")
        return period

    def require_sha256(self, data: bytes, path: Path) -> None:
        """Raise DocumentError unless `data` are the bytes these metadata were written for."""
        actual = hashlib.sha256(data).hexdigest()
        if actual != self.sha256:
            raise DocumentError(path, "its sha256 is not the one in its metadata", f"if the change is meant, write sha256: {actual}")


class Named(_Strict):
    """A title in both languages."""

    zh: Line
    en: Line


class Region(_Strict):
    """A place that publishes bulletins: its folder name, its names, and whether it is a nation, province, prefecture or county.

    `chapters` are the titles that its reports give to chapters of the catalogue, where it has its own (a programme it carries out).
    """

    id: Annotated[str, Field(pattern=ID)]
    zh: Line
    en: Line
    level: Literal["national", "province", "prefecture", "county"]
    chapters: dict[str, Named] = {}


Model = TypeVar("Model", bound=BaseModel)


def load_metadata(path: Path, data: bytes | None = None) -> Metadata:
    """Read a sidecar; DocumentError names the key that is wrong. With the document's `data` at hand, the remedy for its sha256 is the sum itself."""
    try:
        return load_yaml(path, Metadata)
    except DocumentError as error:
        if data is None or "'sha256'" not in error.problem:
            raise
        raise DocumentError(path, error.problem, f'the file\'s is sha256: "{hashlib.sha256(data).hexdigest()}"') from error


def load_region(path: Path) -> Region:
    """Read `<region>/region.yml`; the folder's name is the id."""
    return load_yaml(path, Region, id=path.parent.name)


def load_yaml(path: Path, model: type[Model], **extra: Any) -> Model:
    """Read a YAML mapping as `model`; DocumentError names the file, the key, what is wrong with it and what to write instead."""
    try:
        raw = yamlfiles.load_yaml(path)
    except yamlfiles.YamlError as error:
        raise DocumentError(path, error.problem, error.remedy) from error
    if not isinstance(raw, dict):
        raise DocumentError(path, "it is not a mapping of keys to values", "write one 'key: value' a line")
    if given := sorted(extra.keys() & raw.keys()):
        raise DocumentError(path, f"key {given[0]!r} is not for this file", "take the line out: the folder's name says it")
    try:
        return model.model_validate(raw | extra)
    except ValidationError as error:
        raise DocumentError(path, "; ".join(explain(error))) from error


# What to write, key by key, in words that need no knowledge of this program.
REMEDIES = {
    "title": "write the bulletin's title in words, in at most 500 characters",
    "publisher": "write who published it in words, in at most 500 characters",
    "publisher_en": "write its English name in words, or leave the line out",
    "url": "write its address, beginning with https://, or null",
    "published": f"write the day as 2018-03-31, none before {FIRST_DAY.year}, or null where nobody says",
    "retrieved": f"write the day you saved the file, as 2024-02-01: from {FIRST_SAVED.year} to {LAST_DAY.year}, not before the day of published",
    "period": 'write "2017", "2017H1" (first half), "2017Q3", "2017-08", "2017-01..2017-08" or "2012..2016", with the quotation marks, begun '
    f"within {AHEAD} years of retrieved",
    "region": "write the name of the folder it lies in: small letters, digits and hyphens, such as anshun",
    "organ": "write one of " + ", ".join(get_args(Organ)) + "; all where it gives the figures of several",
    "form": "write original (the bulletin itself), digest (figures restated) or table",
    "sha256": "write what `sha256sum` prints for the file, in quotation marks (`tongbi add` does it)",
    "level": "write national, province, prefecture (a 地级市, 州 or 地区) or county (a 县, 区 or 县级市)",
    "zh": "write the Chinese name, one line of at most 120 characters",
    "en": "write the English name, one line of at most 120 characters",
}


def explain(error: ValidationError) -> list[str]:
    """One short phrase for each wrong key of a pydantic error: what is wrong, and what to write."""
    return [_explained(fault) for fault in error.errors()]


def _explained(fault: Any) -> str:
    where = ".".join(map(str, fault["loc"])) or "(all)"
    last = next((part for part in reversed(fault["loc"]) if isinstance(part, str)), "")
    remedy = REMEDIES.get(last, "")
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(last, REMEDIES, n=1)
        return f"key {where!r} is not a known key" + (f": did you mean {near[0]!r}?" if near else "")
    if fault["type"] == "missing":
        return f"key {where!r} is missing" + (f": {remedy}" if remedy else "")
    given = fault["input"]
    if last == "period" and (meant := written_period(str(given))):
        return f'key {where!r} is {given!r}: write {last}: "{meant}", with the quotation marks'
    said = f"is {_short(given)}" if isinstance(given, str | int | float | Decimal | bool | date) or given is None else "is not one value"
    return f"key {where!r} {said}: {remedy}" if remedy else f"key {where!r} {said}, which cannot stand there"


def _short(given: Any) -> str:
    written = repr(given)
    return written if len(written) <= 40 else written[:37] + "..."
