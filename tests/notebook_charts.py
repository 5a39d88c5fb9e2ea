"""A pytest plugin beside nbval: nbval runs each cell and compares its text; this looks at what the cell drew, which nbval cannot see.

`cases/notebooks.yml` says which cells of which notebook draw, how many charts, and words that must stand in them.
"""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

SVG = "image/svg+xml"
NO_BREAK = "\u2060"  # keeps a mark with its number, and says nothing
DRAWN = {"path", "use", "line", "circle", "rect", "polyline", "polygon"}
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "notebooks.yml").read_text("utf-8"))
# Charts are looked at here; the CSV and the HTML beside a table, and the widget beside a chart, say what the text says.
UNCOMPARED = (SVG, "text/csv", "text/html", "application/vnd.jupyter.widget-view+json")


def expected(notebook: str, cell: str) -> list[dict]:
    """The charts the cell should draw, in order: each {marks, words}. None for a cell that draws nothing."""
    return CASES.get(notebook, {}).get(cell, [])


def faults(charts: list[str], wanted: list[dict]) -> list[str]:
    """What is wrong with the charts (SVG text) a cell drew."""
    if len(charts) != len(wanted):
        return [f"{len(charts)} charts were drawn, not {len(wanted)}"]
    return [fault for at, (chart, want) in enumerate(zip(charts, wanted, strict=True), start=1) for fault in _chart_faults(at, chart, want)]


def _chart_faults(at: int, chart: str, want: dict) -> list[str]:
    root = ElementTree.fromstring(chart)
    marks = sum(element.tag.rpartition("}")[2] in DRAWN for element in root.iter())
    words = " ".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text")).replace(NO_BREAK, "")
    few = [f"chart {at} has {marks} marks, not at least {want['marks']}"] if marks < want["marks"] else []
    return few + [
        f"chart {at} does not say {word!r}" for word in want["words"] if not re.search(rf"(?<![\d,.]){re.escape(word)}(?![\d]|[.,]\d)", words)
    ]


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += UNCOMPARED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    yield
    if type(item).__name__ == "IPyNbCell":
        drawn = [output["data"][SVG] for output in item.test_outputs if SVG in output.get("data", {})]
        found = faults(drawn, expected(item.path.stem, item.cell.get("id", "")))
        assert not found, f"{item.path.name}, cell {item.cell.get('id')}: {'; '.join(found)}"
