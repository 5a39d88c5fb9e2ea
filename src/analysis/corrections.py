"""Declared corrections: what a person found wrong, said once in data/manual/corrections.yml.

A correction names its place in a document and the words that stand there. It never overwrites what is printed: `as_written` and
`value_printed` keep it. It expires loudly: when its words no longer stand there, or nothing was read from them, building fails.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from . import codebook, wholefiles
from .documents.metadata import AHEAD, FIRST_DAY, LAST_DAY
from .errors import TongbiError
from .periods import Period, PeriodError
from .writing.acting import seen
from .yamlfiles import YamlError, load_yaml, parse_yaml

if TYPE_CHECKING:
    import pandas as pd

FILE = "corrections.yml"
Words = Annotated[str, AfterValidator(seen)]
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,12})?")
LONGEST_VALUE = 120
LARGE = frozenset("万亿萬億")
# Which column an action sets; flag and exclude set none.
SETS = {
    "replace": "value",
    "set_indicator": "indicator",
    "set_name": "name",
    "set_kind": "kind",
    "set_period": "period",
    "set_unit": "unit",
    "set_scope": "scope",
    "set_direction": "change_direction",
}


Action = Literal["flag", "exclude", "replace", "set_indicator", "set_name", "set_kind", "set_period", "set_unit", "set_scope", "set_direction"]


class CorrectionError(TongbiError):
    """A correction that cannot be applied; names it and says why."""


class Correction(BaseModel):
    """One declared correction.

    `doc`, `start` and `as_written` are its guard: those words must stand there. Where one number is said of several indicators, `name` is that
    of the one meant. `flag` only marks the observation, `exclude` takes it out
    of the observations (the ledger keeps it), the others set one field to `value`. A number taken for no statistic becomes one by set_kind
    "actual", with set_name, replace and whatever else it needs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    doc: Words
    start: Annotated[int, Field(ge=0, strict=True)]
    as_written: Words
    name: Words | None = None
    action: Action
    value: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None
    reason: Words
    reason_zh: Words | None = None
    evidence: Words

    @model_validator(mode="after")
    def _value_where_needed(self) -> Correction:
        if (self.value is not None) != (self.action in SETS):
            raise ValueError(f"action {self.action} {'needs a' if self.action in SETS else 'takes no'} value")
        if self.value is not None:
            _check_value(self.action, self.value)
        return self

    def told(self, lang: str) -> str:
        """The reason in zh or en; in English where no Chinese one is given."""
        return self.reason_zh if lang == "zh" and self.reason_zh else self.reason


def _check_value(action: str, value: str) -> None:
    """Raise ValueError unless the codebook lets `value` stand in the column that the action sets."""
    column = SETS[action]
    allowed = codebook.load().columns[column].values
    if action == "replace" and not NUMBER.fullmatch(value):
        raise ValueError(f"value {value[:40]!r} is not a number")
    if allowed and value not in allowed:
        raise ValueError(f"{action} cannot set {column} to {value[:40]!r}: write one of {', '.join(allowed)}")
    if action == "set_unit" and value[:1] in LARGE:
        raise ValueError(f"set_unit cannot set unit to {value[:40]!r}: values stand in full, so write the unit alone and replace the value")
    if action == "set_period":
        try:
            period = Period.parse(value)
        except PeriodError as error:
            raise ValueError(f"set_period cannot set period to {error}") from error
        if not FIRST_DAY.year <= period.first.year <= LAST_DAY.year:
            raise ValueError(f"set_period cannot set period to {value[:40]!r}: write one from {FIRST_DAY.year} to {LAST_DAY.year}")
    if not value.strip() or not value.isprintable() or len(value) > LONGEST_VALUE:
        raise ValueError(f"{action} cannot set {column} to {value[:40]!r}: write one line of at most {LONGEST_VALUE} characters")


def load(path: Path) -> list[Correction]:
    """Read corrections.yml, a list; no file means no corrections. CorrectionError names the entry and key that is wrong."""
    if not os.path.lexists(path):
        return []
    try:
        return _checked(load_yaml(path), path)
    except YamlError as error:
        raise CorrectionError(str(error)) from error


def _checked(entries: Any, path: Path) -> list[Correction]:
    entries = [] if entries is None else entries
    try:
        found = TypeAdapter(list[Correction]).validate_python(entries)
    except ValidationError as error:
        raise CorrectionError(f"{path}: " + "; ".join(_fault(fault, entries) for fault in error.errors())) from error
    if twice := sorted(name for name, times in Counter(one.id for one in found).items() if times > 1):
        raise CorrectionError(f"{path}: these ids stand twice: {', '.join(twice)}")
    _refuse_two_of_one(found, path)
    return found


def _refuse_two_of_one(corrections: Iterable[Correction], path: Path) -> None:
    """Raise CorrectionError where two set the same column of one number, or one takes out what another sets: the later would win in silence."""
    told: dict[tuple[str, int, str | None], dict[str, str]] = {}
    for one in corrections:
        if one.action == "flag":
            continue
        setting = told.setdefault((one.doc, one.start, one.name), {})
        other = setting.get(one.action) or setting.get("exclude") or (one.action == "exclude" and next(iter(setting.values()), None))
        if other:
            raise CorrectionError(f"{path}: correction {one.id!r} is of the same number as {other!r}, and only one can hold: take one out")
        setting[one.action] = one.id


def add(answers: Path, path: Path) -> int:
    """Add the corrections of one file, such as a review page gives, to another, whole or not at all; return how many.

    Raises CorrectionError when either has a fault, or an id stands in both.
    """
    if not answers.is_file():
        raise CorrectionError(f"{answers}: there is no such file: save what the review page gives, and name that")
    new = load(answers)
    if not new:
        raise CorrectionError(f"{answers}: there is no correction in it")
    with wholefiles.only_writer(path.parent):
        return _added(new, answers, path)


def _added(new: list[Correction], answers: Path, path: Path) -> int:
    known = load(path)
    if twice := sorted({one.id for one in new} & {one.id for one in known}):
        raise CorrectionError(f"{answers}: these ids stand in {path} already: {', '.join(twice)}")
    before = path.read_text("utf-8") if path.exists() else ""
    parted = before + ("" if before.endswith("\n") or not before else "\n") + ("\n" if before.strip() else "")
    both = parted + answers.read_text("utf-8-sig").rstrip() + "\n"
    _checked(parse_yaml(both, path), path)
    wholefiles.replace_files(path.parent, {path.name: both.encode("utf-8")})
    return len(new)


def _fault(fault: Any, entries: Any) -> str:
    """One fault of the file in a person's words: which correction, which key, what is wrong."""
    place, *keys = fault["loc"] or ("",)
    entry = entries[place] if isinstance(entries, list) and isinstance(place, int) else {}
    name = f"correction {entry['id']!r}" if isinstance(entry, dict) and isinstance(entry.get("id"), str) else f"entry {place}".strip()
    if fault["type"] == "list_type":
        return "it is no list of corrections: begin each with '- id: '"
    wrong = fault["msg"].removeprefix("Value error, ") if fault["type"] == "value_error" else "cannot be what it is"
    expected = f"is none of {fault['ctx']['expected']}" if fault["type"] == "literal_error" else wrong
    said = {"missing": "is missing", "extra_forbidden": "is not a known key"}.get(fault["type"], expected)
    return f"{name}: {'key ' + repr('.'.join(map(str, keys))) + ' ' if keys else ''}{said}"


def refuse_unknown(corrections: Iterable[Correction], documents: Container[str]) -> None:
    """Raise CorrectionError when some correction is of a document that there is none of."""
    unknown = [f"correction {one.id!r}: there is no document {one.doc!r}" for one in corrections if one.doc not in documents]
    if unknown:
        raise CorrectionError("\n".join(unknown))


def refuse_far_ahead(corrections: Iterable[Correction], saved: Mapping[str, date]) -> None:
    """Raise CorrectionError where a period is set that the document's metadata could not have; `saved`: on which day each was saved."""
    ahead = [one for one in corrections if one.action == "set_period" and one.doc in saved and one.value is not None]
    wrong = [one for one in ahead if Period.parse(one.value or "").first.year > saved[one.doc].year + AHEAD]
    if wrong:
        raise CorrectionError("\n".join(f"correction {one.id!r}: the period {one.value!r} lies in the future" for one in wrong))


def apply(corrections: Sequence[Correction], rows: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """A copy of `rows` with every correction applied.

    rows: observations before selection, with columns doc, start, as_written, name, correction, value_printed and those of SETS. texts: the
    documents' texts by id. Raises CorrectionError for a correction whose document, words or observation is not there.
    """
    rows = rows.copy()
    faults = []
    for correction in corrections:
        try:
            _apply_one(correction, rows, texts)
        except CorrectionError as error:
            faults.append(str(error))
    if faults:
        raise CorrectionError("\n".join(faults))
    return rows


def _apply_one(correction: Correction, rows: pd.DataFrame, texts: Mapping[str, str]) -> None:
    place = _place(correction, rows, texts)
    column = SETS.get(correction.action)
    if column == "value":
        rows.at[place, "value_printed"] = rows.at[place, "value"]
        value = Decimal(correction.value)
        rows.at[place, "value"] = value
        rows.at[place, "resolution"] = Decimal(1).scaleb(value.as_tuple().exponent)
    elif column is not None:
        rows.at[place, column] = correction.value
    elif correction.action == "exclude":
        rows.at[place, "kind"] = "other"
    rows.at[place, "correction"] = f"{rows.at[place, 'correction']} {correction.id}".strip()


def _place(correction: Correction, rows: pd.DataFrame, texts: Mapping[str, str]) -> int:
    """The label of the one row a correction is about."""
    who = f"correction {correction.id!r}"
    text = texts.get(correction.doc)
    if text is None:
        raise CorrectionError(f"{who}: there is no document {correction.doc!r}")
    if not text.startswith(correction.as_written, correction.start):
        raise CorrectionError(f"{who}: {correction.as_written!r} no longer stands at {correction.start} of {correction.doc}: was the source mended?")
    here = (rows["doc"] == correction.doc) & (rows["start"] == correction.start) & (rows["as_written"] == correction.as_written)
    if correction.name is not None:
        here &= rows["name"] == correction.name
    found = rows.index[here]
    if len(found) != 1:
        raise CorrectionError(f"{who}: {len(found)} numbers are read at {correction.start} of {correction.doc} as {correction.as_written!r}, not one")
    return found[0]
