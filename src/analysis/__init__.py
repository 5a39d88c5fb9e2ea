"""Tongbi (同比): read, check and report the year-on-year statistics printed in Chinese bulletins.

    import analysis

    document = analysis.read("bulletin.pdf")         # text, HTML, PDF, DOCX or CSV
    ledger = analysis.extract(document)              # every number of it, with what it says
    table = analysis.observations(document)          # the statistics among them, a row each
    findings = analysis.audit_documents(document)    # what its own arithmetic says
    earlier = analysis.implied(table)                # what each printed change says about the earlier value

    dataset = analysis.load()                        # all of data/processed
    analysis.plot_change(...)                        # the report's charts, see `analysis.report.charts`

Nothing is imported before it is used: `analysis.read` and `analysis.extract` never load pandas.
"""

from importlib import import_module
from typing import Any

_FROM = {
    "read": "documents",
    "Document": "documents",
    "DocumentError": "documents",
    "observations": "verbs",
    "audit_documents": "verbs",
    "implied": "audit",
    "revisions": "vintages",
    "load": "dataset",
    "build": "building",
}
# These rooms are verbs themselves: `analysis.extract(document)`, `analysis.audit(observations, catalogue)`.
_VERBS = ("extract", "audit")
_CHARTS = "report.charts"

__all__ = sorted([*_FROM, *_VERBS])


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        return import_module(f".{name}", __name__)
    room = _FROM.get(name) or (_CHARTS if name.startswith("plot_") else None)
    if room is not None:
        found = getattr(import_module(f".{room}", __name__), name, None)
        if found is not None:
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
