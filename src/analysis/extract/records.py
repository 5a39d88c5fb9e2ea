"""The records of one document: statements, other numbers, and the ledger that holds them all.

Every span is a pair of ``str`` indices into the document's untouched text (end exclusive), and
``text[start:end] == as_written`` always holds. Printed amounts are exact ``Decimal`` values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

from ..documents.model import LeftOut
from ..lexicon.parts import parse
from ..lexicon.script import fold
from . import wording
from .wording import Unread

# Kinds of statement that say something about the world and go into the tidy table.
STATISTICS = frozenset({"actual", "target"})


class Change(NamedTuple):
    """How an indicator moved.

    ``kind`` is percent, percentage_points, multiple or absolute; ``basis`` is yoy, previous_period, fixed or unstated;
    ``resolution`` is the size of the last printed digit, in the unit of ``amount``; ``exact`` is the amount as a fraction where its
    decimals have no end (下降三分之一: 100/3 per cent). ``comparable``: whether the base was counted anew (可比口径, 同口径), so that no
    printed level shows it; ``standing`` says that in place of the basis, as the tidy table does.
    """

    direction: str
    amount: Decimal | None
    kind: str | None
    basis: str
    hedge: str | None
    resolution: Decimal | None
    as_written: str
    start: int
    end: int
    amount_start: int | None
    amount_end: int | None
    base: str | None = None
    exact: str | None = None
    comparable: bool = False

    @property
    def standing(self) -> str:
        """What the change may be held against: its basis, or that the base is counted anew (comparable)."""
        return "comparable" if self.comparable else self.basis


class Previous(NamedTuple):
    """The earlier value that a clause prints beside the later one (由 A 上升到 B: A)."""

    value: Decimal | None
    unit: str | None
    hedge: str | None
    resolution: Decimal | None
    period: str | None
    as_written: str
    start: int
    end: int


class Place(NamedTuple):
    """Where in its file a cell of a table stands: sheet (or number of the table), row and column, counted from 1."""

    sheet: str
    row: int
    column: int


class Statement(NamedTuple):
    """One number, or one change, that a document prints, with what it says.

    A change that prints no level has ``value`` None and the span of its change phrase.
    A range (20至30件) has no ``value`` but its two ends, ``value_low`` and ``value_high``. ``resolution`` is in the unit of ``value``.
    ``period_source`` is printed (in this sentence), carried (from a sentence or heading before) or None without a period.
    ``rules`` names the rules that read it; ``margin`` is how far this reading is ahead of the best one that reads the number
    otherwise, None where nothing else was proposed. ``cell`` is the place of a cell of a table. ``exact`` is the value as a fraction
    where its decimals have no end (三分之一: 100/3 per cent), which ``value`` gives to ten digits.
    """

    id: str
    indicator: str
    indicator_as_written: str
    value: Decimal | None
    value_low: Decimal | None
    value_high: Decimal | None
    unit: str | None
    hedge: str | None
    comparator: str | None
    resolution: Decimal | None
    as_written: str
    start: int
    end: int
    period: str | None
    period_as_written: str | None
    scope: str | None
    kind: str
    qualitative: bool
    change: Change | None
    previous: Previous | None
    quote: str
    quote_start: int
    period_source: str | None = None
    rules: tuple[str, ...] = ()
    margin: float | None = None
    cell: Place | None = None
    exact: str | None = None

    @property
    def act(self) -> str | None:
        """What is done, as the lexicon names it (受理), None where the name says none."""
        return parse(self.indicator, self.unit and fold(self.unit)).act

    @property
    def object(self) -> str | None:
        """What it is done to (刑事案件)."""
        return parse(self.indicator, self.unit and fold(self.unit)).object

    @property
    def measure(self) -> str | None:
        """What is measured (件数)."""
        return parse(self.indicator, self.unit and fold(self.unit)).measure or None


class Other(NamedTuple):
    """A number that is no statistic: a date, an ordinal, a list marker, a name."""

    as_written: str
    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every numeral of one document, each once, in the order of the text; and the tables that could not be read with certainty."""

    doc: str
    entries: tuple[Statement | Other, ...]
    numerals: int = 0
    covered: int = 0
    unread: tuple[Unread, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(e for e in self.entries if type(e) is Statement)

    @property
    def others(self) -> tuple[Other, ...]:
        return tuple(e for e in self.entries if type(e) is Other)

    @property
    def coverage(self) -> float:
        """Share of the text's numerals that lie in some entry (1.0 for a text without numerals)."""
        return 1.0 if not self.numerals else self.covered / self.numerals

    def warnings(self, lang: str = "en") -> list[str]:
        """What of the document was not read, a sentence each, in "en" or "zh": tables without certainty, hidden sheets and rows."""
        return [wording.warning(said, lang) for told in (self.unread, self.left_out) for said in told]

    def to_frame(self) -> pd.DataFrame:
        """The entries as a table with dtypes, a row each: what each says, with `change_` and `previous_` before the names of their parts."""
        import pandas as pd

        rows = [_flat(to_dict(entry)) for entry in self.entries]
        return pd.DataFrame(rows, columns=list(dict.fromkeys(name for row in rows for name in row))).convert_dtypes()

    def _repr_html_(self) -> str:
        """The statements for a notebook, with how many numerals are accounted for; every text of the document escaped."""
        columns = ("as_written", "indicator", "value", "unit", "period", "kind")
        cells = ([str(getattr(one, name) if getattr(one, name) is not None else "") for name in columns] for one in self.statements)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
        head = "".join(f"<th>{name}</th>" for name in columns)
        accounted = f"{len(self.statements)} statements, {len(self.others)} other numbers; {self.covered} of {self.numerals} numerals accounted for"
        return f"<p><strong>{escape(self.doc)}</strong>: {accounted}</p><table><tr>{head}</tr>{body}</table>"

    def to_json_lines(self) -> Iterator[str]:
        """Yield one JSON object a line, in the form of the design page (``entry`` first)."""
        for entry in self.entries:
            yield _json(to_dict(entry))


def to_dict(entry: Statement | Other) -> dict:
    """Return the JSON form of one ledger entry; amounts stay ``Decimal``, decimals as printed."""
    if isinstance(entry, Other):
        return {"entry": "other"} | entry._asdict()
    record: dict[str, Any] = {"entry": "observation"} | entry._asdict() | {"act": entry.act, "object": entry.object, "measure": entry.measure}
    for name in ("change", "previous", "cell"):
        if record[name] is not None:
            record[name] = record[name]._asdict()
    return record


def _flat(record: dict) -> dict:
    """A record without records in it; amounts as floats, which a table of numbers wants."""
    flat: dict = {}
    for name, value in record.items():
        if isinstance(value, dict):
            flat |= {f"{name}_{part}": one for part, one in _flat(value).items()}
        elif isinstance(value, list | tuple):
            flat[name] = "; ".join(map(str, value))
        else:
            flat[name] = float(value) if isinstance(value, Decimal) else value
    return flat


def _json(value) -> str:
    # json.dumps would print 58.30 as 58.3: a Decimal is written here, digit for digit.
    if type(value) is dict:
        return "{" + ", ".join(f"{json.dumps(k)}: {_json(v)}" for k, v in value.items()) + "}"
    if type(value) is Decimal:
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)
