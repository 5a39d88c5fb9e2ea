"""The gate: each fault that was once published as a success is refused, and a sound report passes."""

from __future__ import annotations

import csv
import io
import re
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest

from analysis import dataset
from analysis.editions import narrowed
from analysis.publish.gate import GateError, check
from analysis.publish.gate.drawing import read_axes
from analysis.publish.selection import Choice
from analysis.report.edition import Section, open_edition
from analysis.report.exporter import TypstPDFExporter
from analysis.report.markdown import CSV_MIME, FRONT_MIME, MARKDOWN_MIME, SVG_MIME

ROOT = Path(__file__).parents[1]
YEARLY = Choice("lianyungang", "1985", "zh")


@pytest.fixture(scope="module")
def known():
    return dataset.load(ROOT)


def shown(choice: Choice, known) -> nbformat.NotebookNode:
    """The report notebook as a kernel would have run it."""
    notebook = nbformat.read(ROOT / "notebooks/report.ipynb", as_version=4)
    edition = open_edition(choice.region, choice.period, choice.lang, known)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            last = cell.source.strip().splitlines()[-1]
            cell.outputs = _outputs(eval(last, {"edition": edition})) if last.startswith("edition") and "=" not in last else []
    return notebook


def _outputs(value) -> list:
    made = []
    for part in value if isinstance(value, Section) else [value]:
        bundle = part._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        made.append(nbformat.v4.new_output("display_data", data=data, metadata=metadata))
    return made


class Case:
    """A sound report, to be spoilt."""

    def __init__(self, choice: Choice, known) -> None:
        self.choice, self.known = choice, narrowed(known, choice.region, choice.period)
        self.notebook = shown(choice, known)
        self.pdf = TypstPDFExporter().from_notebook_node(deepcopy(self.notebook))[0]

    def check(self, notebook=None, pdf=None, choice=None):
        return check(notebook or self.notebook, pdf or self.pdf, choice or self.choice, self.known)


@pytest.fixture(scope="module")
def cases(known):
    return {choice: Case(choice, known) for choice in (Choice("bijie", "2017", "zh"), Choice("bijie", "2017", "en"), YEARLY)}


@pytest.fixture
def zh(cases):
    return cases[Choice("bijie", "2017", "zh")]


@pytest.fixture
def en(cases):
    return cases[Choice("bijie", "2017", "en")]


@pytest.fixture
def yearly(cases):
    return cases[YEARLY]


def outputs(notebook, kind: str, name: str = ""):
    return [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if kind in output.get("data", {}) and (not name or output.metadata.get(kind, {}).get("name") == name)
    ]


def drop(notebook, output) -> None:
    for cell in notebook.cells:
        if output in cell.get("outputs", []):
            cell.outputs.remove(output)


def test_sound_reports_pass_and_are_counted(cases):
    for case in cases.values():
        counted = case.check()
        assert counted["charts"] >= 1 and counted["tables"] >= 4 and counted["rows"] >= 20


def refused(case: Case, spoil, match: str) -> None:
    notebook = deepcopy(case.notebook)
    spoil(notebook)
    with pytest.raises(GateError, match=match):
        case.check(notebook)


def edit_csv(output, change) -> None:
    header, *rows = csv.reader(io.StringIO(output.data[CSV_MIME]))
    records = [dict(zip(header, row, strict=True)) for row in rows]
    change(records)
    written = io.StringIO()
    writer = csv.DictWriter(written, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    output.data[CSV_MIME] = written.getvalue()


PLANTED = "31416"


def test_a_numeral_nothing_binds(zh, en):
    for case in (zh, en):
        refused(case, lambda notebook: _planted(outputs(notebook, MARKDOWN_MIME)[0]), f"{PLANTED} is bound to no statement")


def _planted(output) -> None:
    output.data[MARKDOWN_MIME] += f"\n\n{PLANTED}\n"


def test_a_numeral_that_only_the_pdf_has(zh):
    notebook = deepcopy(zh.notebook)
    _planted(outputs(notebook, MARKDOWN_MIME)[0])
    with pytest.raises(GateError, match=f"the PDF prints {PLANTED}"):
        zh.check(pdf=TypstPDFExporter().from_notebook_node(notebook)[0])


def test_what_an_author_adds_in_a_cell_of_his_own_is_his(zh):
    notebook = deepcopy(zh.notebook)
    text = nbformat.v4.new_output("display_data", data={MARKDOWN_MIME: f"Own figure: {PLANTED}"})
    notebook.cells.append(nbformat.v4.new_code_cell("own()", outputs=[text]))
    zh.check(notebook, TypstPDFExporter().from_notebook_node(deepcopy(notebook))[0])


def test_an_empty_chart(zh):
    def spoil(notebook):
        chart = outputs(notebook, SVG_MIME)[0]
        # The drawing without what is drawn in it: axes, ticks and names stay.
        drawn = (
            r'<g id="(?:PathCollection|line2d|patch|LineCollection)_\d+">\s*(?:<defs>.*?</defs>\s*)?(?:<g[^>]*>\s*)?'
            r"(?:<path[^>]*clip-path[^>]*/>|<use[^>]*/>)\s*(?:</g>\s*)?</g>"
        )
        chart.data[SVG_MIME] = re.sub(drawn, "", chart.data[SVG_MIME], flags=re.DOTALL)

    refused(zh, spoil, "is empty|has no mark")


def test_a_blank_drawing(zh):
    def spoil(notebook):
        outputs(notebook, SVG_MIME)[0].data[SVG_MIME] = '<svg xmlns="http://www.w3.org/2000/svg"/>'

    refused(zh, spoil, "is empty")


@pytest.mark.parametrize("name", ["zh", "yearly"])
def test_a_lost_chart(name, request):
    def spoil(notebook):
        for chart in outputs(notebook, SVG_MIME):
            drop(notebook, chart)

    refused(request.getfixturevalue(name), spoil, "is lost")


def test_last_periods_levels(zh):
    def spoil(notebook):
        def older(rows):
            received = next(row for row in rows if row["indicator"] == "courts-cases-received")
            received["value"] = received["integers_low"]

        edit_csv(outputs(notebook, CSV_MIME, "headline")[0], older)

    refused(zh, spoil, "has the value")


def test_last_periods_printed_levels(zh):
    def spoil(notebook):
        table = outputs(notebook, CSV_MIME, "headline")[0]
        assert "63221" in table.data[MARKDOWN_MIME]
        table.data[MARKDOWN_MIME] = table.data[MARKDOWN_MIME].replace("63221", "52953")

    refused(zh, spoil, "does not print its value 63221")


def test_another_editions_report(cases, known):
    other = shown(Choice("lianyungang", "1984", "zh"), known)
    with pytest.raises(GateError, match=r"of period '1984', not '1985'"):
        cases[YEARLY].check(other)


def test_last_periods_figures_under_this_ones_title(cases, known):
    other = shown(Choice("lianyungang", "1984", "zh"), known)
    outputs(other, FRONT_MIME)[0].data[FRONT_MIME] = outputs(cases[YEARLY].notebook, FRONT_MIME)[0].data[FRONT_MIME]
    with pytest.raises(GateError, match=r"headline figures are those of another period|leaves out"):
        cases[YEARLY].check(other)


def test_nan_in_the_headline(zh):
    def spoil(notebook):
        table = outputs(notebook, CSV_MIME, "headline")[0]
        table.data[MARKDOWN_MIME] = table.data[MARKDOWN_MIME].replace("63221件", "nan")

    refused(zh, spoil, "'nan' stands where a number should")


def test_nan_in_a_csv(zh):
    def spoil(notebook):
        edit_csv(outputs(notebook, CSV_MIME, "sources-1")[0], lambda rows: rows[0].update(implied_low="nan"))

    refused(zh, spoil, r"sources-1\.csv: 'nan'")


def test_nan_in_a_chart_and_in_a_sentence(zh):
    def spoil(notebook):
        chart = outputs(notebook, SVG_MIME)[0]
        chart.metadata[SVG_MIME].alt += " nan件"
        chart.metadata[SVG_MIME].alt = chart.metadata[SVG_MIME].alt.replace("nan件", "nan")

    refused(zh, spoil, "'nan'")

    def spoil_text(notebook):
        text = next(o for o in outputs(notebook, MARKDOWN_MIME) if CSV_MIME not in o.data)
        text.data[MARKDOWN_MIME] += "\n\n同比上升 NaN %。"

    refused(zh, spoil_text, "'NaN'")


@pytest.mark.parametrize(
    "output",
    [
        nbformat.v4.new_output("stream", name="stderr", text="KeyError: 'value'\n"),
        nbformat.v4.new_output("stream", name="stdout", text="ValueError: no figures, going on\n"),
        nbformat.v4.new_output("error", ename="KeyError", evalue="'value'", traceback=[]),
    ],
    ids=["stderr", "stdout", "error"],
)
def test_an_error_that_a_cell_swallowed(zh, output):
    refused(zh, lambda notebook: notebook.cells[-1].outputs.append(output), "Error")


def test_an_error_that_a_cell_swallowed_without_a_word(zh):
    def spoil(notebook):
        cell = next(cell for cell in notebook.cells if "impartial-justice" in cell.source)
        cell.outputs = []

    refused(zh, spoil, "no table tells of")


@pytest.mark.parametrize("name", ["headline", "impartial-justice"])
def test_a_truncated_table(zh, name):
    def spoil(notebook):
        table = outputs(notebook, CSV_MIME, name)[0]
        lines = table.data[MARKDOWN_MIME].split("\n")
        del lines[max(at for at, line in enumerate(lines) if line.startswith("|"))]
        table.data[MARKDOWN_MIME] = "\n".join(lines)

    refused(zh, spoil, rf"the table '{name}' prints \d+ of its \d+ rows")


@pytest.mark.parametrize("name", ["sources-1", "impartial-justice"])
def test_a_table_truncated_in_both_its_forms(zh, name):
    def spoil(notebook):
        table = outputs(notebook, CSV_MIME, name)[0]
        lines = table.data[MARKDOWN_MIME].split("\n")
        del lines[max(at for at, line in enumerate(lines) if line.startswith("|"))]
        table.data[MARKDOWN_MIME] = "\n".join(lines)
        edit_csv(table, lambda rows: rows.pop())

    refused(zh, spoil, "leaves out|no table tells of")


def test_names_in_the_wrong_language(en, zh):
    def spoil(notebook):
        table = outputs(notebook, CSV_MIME, "headline")[0]
        other = outputs(zh.notebook, CSV_MIME, "headline")[0]
        table.data[MARKDOWN_MIME] = other.data[MARKDOWN_MIME]

    refused(en, spoil, "does not print its name|is not in the language 'en'")


def test_a_title_in_the_wrong_language(en, zh):
    def spoil(notebook):
        front = outputs(notebook, FRONT_MIME)[0].data[FRONT_MIME]
        front["title"] = outputs(zh.notebook, FRONT_MIME)[0].data[FRONT_MIME]["title"]

    refused(en, spoil, "is not in the language 'en'|does not name")
    with pytest.raises(GateError, match="of lang 'zh', not 'en'"):
        en.check(zh.notebook, zh.pdf)
    with pytest.raises(GateError, match="PDF's title"):
        en.check(pdf=zh.pdf)


def test_a_series_without_its_last_year(yearly):
    def spoil(notebook):
        chart = next(o for o in outputs(notebook, SVG_MIME) if any(axes.has_years for axes in read_axes(o.data[SVG_MIME])))
        svg = chart.data[SVG_MIME]
        places = sorted({float(x) for x in re.findall(r'<use [^>]*x="([\d.]+)" y="[\d.]+" style="fill: #', svg)})
        last = max(places)
        chart.data[SVG_MIME] = re.sub(rf'<use [^>]*x="{last:.6f}"[^>]*/>', "", svg).replace("{", "{")
        chart.data[SVG_MIME] = re.sub(rf'<use [^>]*x="{re.escape(format(last, "g"))}\d*"[^>]*/>', "", chart.data[SVG_MIME])

    refused(yearly, spoil, "ends .* in 1984, without the value of 1985|is empty")


def test_swapped_labels(zh):
    def spoil(notebook):
        for chart in outputs(notebook, SVG_MIME):
            rows = [row for axes in read_axes(chart.data[SVG_MIME]) for row in axes.rows if len(row.lines) == 1]
            if len(rows) >= 2:
                one, other = rows[0].text, rows[-1].text
                swapped = chart.data[SVG_MIME].replace(f">{one}<", ">\0<").replace(f">{other}<", f">{one}<").replace(">\0<", f">{other}<")
                chart.data[SVG_MIME] = swapped
                return
        raise AssertionError("no chart has rows")

    refused(zh, spoil, "with another figure's number")
