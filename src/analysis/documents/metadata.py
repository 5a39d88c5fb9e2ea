"""Where a document came from: the sidecar `<stem>.meta.yml` beside it, and `region.yml` in each region's folder."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from ..periods import Period
from .model import DocumentError

ID = r"^[a-z][a-z0-9-]*$"
Organ = Literal["courts", "procuratorates", "police", "justice", "government", "congress", "customs", "all"]
Text = Annotated[str, Field(min_length=1)]


def _a_period(text: str) -> str:
    Period.parse(text)
    return text


PeriodText = Annotated[str, AfterValidator(_a_period)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """What one column of a table counts: its unit, and its indicator where the header does not say it."""

    unit: str | None = None
    indicator: str | None = None


class Break(_Strict):
    """From `period` on these figures count something else (definition, territory): a sentence in each language says what.

    `indicators` are catalogue ids; empty, it is all the document's.
    """

    period: PeriodText
    en: Text
    zh: Text
    indicators: tuple[str, ...] = ()


class Metadata(_Strict):
    """Provenance of one document. Every key is checked; an unknown key is an error, since it is a spelling mistake."""

    title: Text
    publisher: Text
    publisher_en: Text | None = None
    url: HttpUrl | None = None
    published: date | None = None
    retrieved: date
    period: PeriodText
    region: Annotated[str, Field(pattern=ID)]
    organ: Organ
    form: Literal["digest", "original", "table"]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    note: str | None = None
    columns: dict[str, Column] = {}
    breaks: tuple[Break, ...] = ()

    def require_sha256(self, data: bytes, path: Path) -> None:
        """Raise DocumentError unless `data` are the bytes these metadata were written for."""
        actual = hashlib.sha256(data).hexdigest()
        if actual != self.sha256:
            raise DocumentError(path, "its sha256 is not the one in its metadata", f"if the change is meant, write sha256: {actual}")


class Region(_Strict):
    """A place that publishes bulletins: its folder name, its names, and whether it is a nation, province, prefecture or county."""

    id: Annotated[str, Field(pattern=ID)]
    zh: Text
    en: Text
    level: Literal["national", "province", "prefecture", "county"]


Model = TypeVar("Model", bound=BaseModel)


def load_metadata(path: Path) -> Metadata:
    """Read a sidecar; DocumentError names the key that is wrong."""
    return load_yaml(path, Metadata)


def load_region(path: Path) -> Region:
    """Read `<region>/region.yml`; the folder's name is the id."""
    return load_yaml(path, Region, id=path.parent.name)


def load_yaml(path: Path, model: type[Model], **extra: Any) -> Model:
    """Read a YAML mapping as `model`; DocumentError names the file, the key and what is wrong with it."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(path, f"it cannot be read ({error})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise DocumentError(path, f"it is not YAML{where}", "check indentation and quotes") from error
    if not isinstance(raw, dict):
        raise DocumentError(path, "it is not a mapping of keys to values", "write one 'key: value' a line")
    try:
        return model.model_validate(raw | extra)
    except ValidationError as error:
        raise DocumentError(path, "; ".join(explain(error))) from error


def explain(error: ValidationError) -> list[str]:
    """One short phrase for each wrong key of a pydantic error."""
    phrases = {"missing": "is missing", "extra_forbidden": "is not a known key"}
    return [f"key {'.'.join(map(str, e['loc'])) or '(all)'!r} {phrases.get(e['type'], e['msg'])}" for e in error.errors()]
