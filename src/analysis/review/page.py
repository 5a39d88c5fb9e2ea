"""The review page: the document with every number marked, the doubtful ones first, and answers that become corrections.

One file that needs nothing else: style and script stand in it and are allowed by their hash; the page may load, send and frame nothing.
All text is escaped by Jinja's autoescape.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from .. import catalogue, tidy
from ..audit import of_documents
from ..documents.inference import infer
from ..extract import extract
from ..writing.acting import visible
from ..yamlfiles import load_yaml
from .doubts import find_doubts, weight
from .marking import Span, pieces

if TYPE_CHECKING:
    import pandas as pd

    from ..catalogue import Catalogue
    from ..dataset import Dataset
    from ..documents import Document
    from ..extract import Ledger

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")
# The fields an analyst may answer, with the action each becomes and the column it is read from.
FIELDS = {
    "kind": ("set_kind", "kind"),
    "indicator": ("set_indicator", "indicator"),
    "name": ("set_name", "indicator_name"),
    "value": ("replace", "value"),
    "unit": ("set_unit", "unit"),
    "period": ("set_period", "period_printed"),
    "scope": ("set_scope", "scope"),
    "direction": ("set_direction", "change_direction"),
}
SHOWN = (
    "indicator", "indicator_name", "value", "value_low", "value_high", "unit", "hedge", "comparator", "period", "scope", "kind", "change", "previous",
    "rules", "margin",
)  # fmt: skip


def review_page(document: Document, lang: str = "zh", dataset: Dataset | None = None, whole: bool = False) -> str:
    """The page for one document, in Chinese or English, as HTML; the number at character n of its text has the anchor `c<n>`.

    dataset: one that has the document, whose tables are then shown; else it is read and audited alone. whole: it is known that nothing of it was
    left unread, so that it is not read for that again.
    """
    ledger = extract(document) if dataset is None or not whole else None
    known = dataset.catalogue if dataset else catalogue.load()
    statements, observations, findings = _of_dataset(document, dataset) if dataset else _alone(document, known, ledger)
    doubts = find_doubts(document.id, statements, observations, findings)
    records = _records(statements, observations, doubts)
    template = _environment().get_template("page.html")
    words = _wording()[lang]
    return template.render(
        lang=lang, words=words, document=document,
        title=document.metadata.title if document.metadata else document.id,
        inferred=[] if document.metadata else list(infer(document)),
        slug=_slug(document.id), records=records, doubtful=sum(bool(record["doubts"]) for record in records),
        warnings=ledger.warnings(lang) if ledger else [], pieces=list(pieces(document.text, _spans(statements))),
        places={record["id"]: n for n, record in enumerate(records)},
        indicators=known.indicators,
        kinds=("actual", "target", "individual", "count_of_things", "ordinal", "other"),
        directions=("up", "down", "flat"),
        digest=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        style=_part("page.css"), script=_script(), policy=_policy(),
    )  # fmt: skip


def prepare() -> None:
    """Load what every page needs once for all the pages of a process and its forks; starts no thread."""
    _environment().get_template("page.html")
    _wording()


def _alone(document: Document, known: Catalogue, ledger: Ledger | None) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    statements = tidy.statements(filter(None, [ledger]))
    observations = tidy.observations(statements, [document], known)
    return statements, observations, of_documents([document], observations, known)


def _of_dataset(document: Document, dataset: Dataset) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    own = (table[table["doc"] == document.id].reset_index(drop=True) for table in (dataset.statements, dataset.observations))
    return *own, dataset.findings


def _records(statements: pd.DataFrame, observations: pd.DataFrame, doubts: dict[str, list[str]]) -> list[dict[str, Any]]:
    """A record an entry, the doubtful first: what to show, what may be answered, and the guard of a correction."""
    named = {row["id"]: row for row in observations.to_dict("records")}
    rows = [row | {"indicator": named.get(row["id"], {}).get("indicator", ""), "doubts": doubts[row["id"]]} for row in statements.to_dict("records")]
    shared = statements.duplicated(["start", "as_written"], keep=False)
    for row, alike in zip(rows, shared, strict=False):
        row["kind"] = row["kind"] or "other"
        row["period"] = row["period_printed"] or named.get(row["id"], {}).get("period", "")
        row["change"] = [row[f"change_{part}"] for part in ("direction", "amount", "kind", "basis")]
        row["previous"] = row["previous_as_written"]
        row["shown"] = [(name, parts) for name in SHOWN if (parts := _parts(row[name]))]
        row["answers"] = {field: (action, "" if row[column] is None else str(row[column])) for field, (action, column) in FIELDS.items()}
        # One number said of two indicators: the correction must say which is meant.
        row["guard"] = row["indicator_name"] if alike else ""
    return sorted(rows, key=lambda row: (-weight(row["doubts"]), row["margin"] is None, row["margin"] or 0, row["start"]))


def _parts(value: Any) -> list[str]:
    """What a cell has to show, part by part; nothing for an empty one."""
    return [str(part) for part in (value if isinstance(value, list) else [value]) if part not in ("", None)]


def _spans(statements: pd.DataFrame) -> list[Span]:
    found = []
    for row in statements.to_dict("records"):
        for prefix, role in (("", "value"), ("change_", "change"), ("previous_", "previous")):
            if row[prefix + "start"] is not None:
                found.append(Span(row[prefix + "start"], row[prefix + "end"], row["id"], role))
    return found


def _slug(id: str) -> str:
    """A document's id in the characters of a correction's id; where that loses something, a few of its hash tell it apart.

    >>> _slug("bijie-2017"), _slug("公报")
    ('bijie-2017', 'd-1d657119')
    """
    slug = re.sub("[^a-z0-9]+", "-", id.lower()).strip("-")
    return slug if slug == id else f"{slug or 'd'}-{hashlib.sha256(id.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _policy() -> str:
    """The Content-Security-Policy: nothing but our own style and script."""
    return f"default-src 'none'; style-src '{_hash(_part('page.css'))}'; script-src '{_hash(_script())}'; base-uri 'none'; form-action 'none'"


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _script() -> str:
    return _part("progress.js") + _part("page.js")


@cache
def _part(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


@cache
def _wording() -> dict[str, dict[str, Any]]:
    return load_yaml(FOLDER / "wording.yml")


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(FOLDER)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    return environment
