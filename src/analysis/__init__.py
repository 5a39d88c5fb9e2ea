"""Tongbi (同比): read, check and report the year-on-year statistics printed in Chinese bulletins.

    >>> import tongbi
    >>> text = "2017年，全市立刑事案件12364起，同比下降25.44%。2017年，全市立刑事案件12364起，同比下降12%。"
    >>> tongbi.extract(text).statements[0].value                 # every number of it, with what it says
    Decimal('12364')
    >>> table = tongbi.observations(text)                        # the statistics among them, a row each, with dtypes
    >>> table["value"].dtype.name, table["change_amount"].tolist(), table["year"].tolist()
    ('float64', [25.44, 12.0], [2017, 2017])
    >>> findings = tongbi.audit(text)                            # what its own arithmetic says
    >>> "contradiction" in set(findings["verdict"])
    True
    >>> earlier = tongbi.implied(table).loc[0]                   # what a printed change says about the earlier value
    >>> earlier["implied_period"], int(earlier["integers_low"]), int(earlier["integers_high"])
    ('2016', 16582, 16583)
    >>> tongbi.find("刑事案件立案数", text).loc[0, "change"]     # one indicator, in files, texts or the dataset
    '-25.44% yoy'

`read`, `extract`, `observations`, `audit` and `find` take a path (of text, HTML, PDF, DOCX, a workbook or CSV), a text or a document; a path that
exists is never read as text. `load()` gives all of data/processed. `plot_changes`, `plot_levels`, `plot_series` and `plot_targets` draw any of
these, or a table of observations, as the reports do.
`import analysis` is the same. Nothing is imported before it is used: `read` and `extract` never load pandas.
"""

from importlib import import_module
from typing import Any

_FROM = {
    "read": "documents.taking",
    "Document": "documents",
    "DocumentError": "documents",
    "observations": "verbs",
    "audit_documents": "verbs",
    "implied": "verbs",
    "find": "verbs",
    "revisions": "vintages",
    "load": "dataset",
    "build": "building",
}
# These rooms are verbs themselves: `analysis.extract(document)`, `analysis.audit(observations, catalogue)`.
_VERBS = ("extract", "audit")
_CHARTS = "report.plots"

__all__ = sorted([*_FROM, *_VERBS])


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("tongbi")
    if name in _VERBS:
        return import_module(f".{name}", __name__)
    room = _FROM.get(name) or (_CHARTS if name.startswith("plot_") else None)
    if room is not None:
        found = getattr(import_module(f".{room}", __name__), "take" if name == "read" else name, None)
        if found is not None:
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    charts = [name for name in import_module(f".{_CHARTS}", __name__).__all__ if name.startswith("plot_")]
    return sorted(["__doc__", "__name__", "__version__", *__all__, *charts])
