"""Faults that make a report wrong in silence, to be planted in a run of the report notebook: each a function whose source goes into a cell.

    python -m proving.planted        what nbval alone says of each: the notebook as it is stored, run with the fault

Each function changes the code that makes a report as a slip of a programmer might, without an error and without a word.
`tests/test_publish_faults.py` has `publish` refuse them all, and two more that no cell can plant: code and data changed on the way.
"""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

ROOT = Path(__file__).parents[1]
NOT_STORED = ("image/svg+xml", "text/csv", "text/html")  # kinds of output that the notebooks are kept without: nbval would miss them in every cell


def no_fault():
    pass


def empty_chart():
    from matplotlib.figure import Figure

    whole = Figure.savefig

    def emptied(self, *arguments, **options):
        for axes in self.axes:
            for drawn in [*axes.lines, *axes.collections, *axes.patches]:
                drawn.remove()
        return whole(self, *arguments, **options)

    Figure.savefig = emptied


def lost_chart():
    from analysis.report import figures

    figures.headline_figures = lambda *arguments: []


def last_periods_levels():
    from dataclasses import replace

    from analysis.report import holding

    whole = holding.read_facts

    def older(*arguments):
        return [fact if fact.value is None else replace(fact, value=fact.value - 1) for fact in whole(*arguments)]

    holding.read_facts = older


def last_periods_edition():
    from analysis import report

    whole = report.open_edition
    report.open_edition = lambda region, period, *rest, **more: whole(region, str(int(period) - 1), *rest, **more)


def nan_in_the_headline():
    from analysis.writing.numbers import Formatter

    Formatter.signed = lambda *arguments: "nan"


def nan_in_a_csv():
    from analysis.report.markdown import Table

    whole = Table.csv.fget
    Table.csv = property(lambda self: whole(self).replace(",percent,", ",nan,"))


def error_swallowed_in_silence():
    from analysis.report.edition import Edition, Section

    def chapter(self, chapter):
        try:
            raise KeyError(chapter)
        except KeyError:
            return Section()

    Edition.chapter = chapter


def error_printed_and_passed_over():
    import traceback

    from analysis.report.edition import Edition

    whole = Edition.quality

    def quality(self):
        try:
            raise ZeroDivisionError("division by zero")
        except ZeroDivisionError:
            traceback.print_exc()
        return whole(self)

    Edition.quality = quality


def truncated_table():
    from analysis.report import tables

    whole = tables.chapter_table
    tables.chapter_table = lambda name, facts, *rest: whole(name, facts[:-1], *rest)


def names_in_the_other_language():
    from analysis.report import tables
    from analysis.report.narrative import Narrator
    from analysis.report.phrases import Wording

    whole = tables.headline_table
    tables.headline_table = lambda chosen, narrator, caption: whole(
        chosen, Narrator(Wording.load("en" if narrator.lang == "zh" else "zh"), narrator.edition_period), caption
    )


def title_in_the_other_language():
    from analysis.report.edition import Edition
    from analysis.report.phrases import Wording

    whole = Edition.front_matter

    def front_matter(self):
        other = Wording.load("en" if self.lang == "zh" else "zh")
        return {**whole(self), "title": other("title", region=getattr(self.dataset.regions[self.region], other.lang))}

    Edition.front_matter = front_matter


def series_without_its_last_year():
    from dataclasses import replace

    from analysis.report import history

    whole = history.draw_series
    history.draw_series = lambda runs, lang: whole([replace(run, values=dict(list(run.values.items())[:-1])) for run in runs], lang)


def labels_swapped():
    from analysis.report.charts import ranked

    whole = ranked.row_names
    ranked.row_names = lambda facts, narrator: whole(facts, narrator)[::-1]


# Each fault, and what the gate says of it.
FAULTS: Mapping[Callable[[], None], str] = {
    empty_chart: r"is empty|has no mark",
    lost_chart: r"the chart of \d+ headline figures is lost",
    last_periods_levels: r"has the value '\d+', the data have \d+",
    last_periods_edition: r"the title block is that of period '\d+'",
    nan_in_the_headline: r"'nan' stands where a number should",
    nan_in_a_csv: r"\.csv: 'nan' stands where a number should",
    error_swallowed_in_silence: r"no table tells of",
    error_printed_and_passed_over: r"it printed 'Traceback|ZeroDivisionError",
    truncated_table: r"no table tells of|prints \d+ of its \d+ rows",
    names_in_the_other_language: r"does not print its name|is not in the language",
    title_in_the_other_language: r"the title .* (?:is not in the language|does not name)",
    series_without_its_last_year: r"ends .* in \d+, without the value of \d+",
    labels_swapped: r"with another figure's number",
}


def cell(condition: str = "{}") -> str:
    """The source of a cell that plants the fault of this report's period, where `condition` maps periods to names of faults."""
    defined = "\n\n".join(inspect.getsource(fault) for fault in FAULTS)
    return f"{defined}\n\nplanted = {condition}.get(str(period))\nif planted:\n    globals()[planted]()\n"


def caught_by_nbval(fault: Callable[[], None], folder: Path) -> bool:
    """Whether nbval fails when the stored report notebook is run with a fault planted in it."""
    notebook = nbformat.read(ROOT / "notebooks/report.ipynb", as_version=4)
    at = next(number for number, one in enumerate(notebook.cells) if one.id == "setup")
    notebook.cells.insert(at, nbformat.v4.new_code_cell(f"{inspect.getsource(fault)}\n{fault.__name__}()", id="planted"))
    path = folder / f"{fault.__name__}.ipynb"
    nbformat.write(notebook, path)
    # Only what collects the cells of a notebook has a list of what it leaves uncompared.
    (folder / "conftest.py").write_text(
        f"def pytest_collectstart(collector):\n    if hasattr(collector, 'skip_compare'):\n        collector.skip_compare += {NOT_STORED!r}\n"
    )
    command = f"-m pytest -q --nbval-lax --nbval-current-env -p no:cacheprovider -c {os.devnull} --rootdir {folder} {path}".split()
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, env=os.environ | {"TONGBI_WORKSPACE": str(ROOT)}).returncode != 0


def main() -> None:
    """Tell what nbval says of each fault, and of none."""
    with TemporaryDirectory() as folder:
        for fault in (no_fault, *FAULTS):
            print(f"{fault.__name__:32} {'caught' if caught_by_nbval(fault, Path(folder)) else 'passes'}", flush=True)


if __name__ == "__main__":
    main()
