"""Reports: from the checked tables to a cited PDF, in Chinese and English.

`open_edition` gives the parts of one report, as the notebook shows them; `analysis.publish.batch.publish` makes the PDFs.
"""

from typing import Any

__all__ = ["open_edition"]


def __getattr__(name: str) -> Any:
    """Load the edition on first use: it brings in pandas and matplotlib, which most commands do without."""
    if name == "open_edition":
        from analysis.report.edition import open_edition

        return open_edition
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
