"""The notebooks: their form, and that a vanished chart or a changed number fails. nbval itself runs them (see pyproject.toml)."""

import ast
import re
import shutil
import subprocess
import sys
from copy import deepcopy
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
import yaml
from notebook_charts import CASES, faults

ROOT = Path(__file__).parents[1]
NOTEBOOKS = {path.stem: nbformat.read(path, as_version=4) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
CHECKED = "nbval-check-output"
LOGIC = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try, ast.With, ast.comprehension)
SCALARS = (str, int, float, bool, type(None))
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook, tag):
    return [cell for cell in code(notebook) if tag in cell.metadata.get("tags", [])]


@pytest.fixture(params=sorted(NOTEBOOKS), scope="module")
def name(request):
    return request.param


@pytest.fixture(scope="module")
def notebook(name):
    return NOTEBOOKS[name]


def test_the_four_notebooks_are_there():
    assert sorted(NOTEBOOKS) == ["audit", "explore", "report", "trends"]


def test_it_is_valid_nbformat_4_5_with_ids(notebook):
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_it_opens_with_a_question_and_its_answer(notebook):
    first = notebook.cells[0]
    heading, _, answer = first.source.partition("\n\n")
    assert first.cell_type == "markdown" and re.fullmatch(r"# .+\?", heading) and len(answer) > 80


def test_numbers_of_the_answer_stand_in_the_outputs(name, notebook):
    answer = notebook.cells[0].source.partition("\n\n")[2]
    stored = " ".join(str(output) for cell in code(notebook) for output in cell.outputs) + " ".join(cell.source for cell in code(notebook))
    # 16,583 is also 16583 in a sentence; 2018 is the year the review appeared, in its date.
    missing = [number for number in NUMBER.findall(answer) if number.rstrip(",") not in stored and number.replace(",", "") not in stored]
    assert not missing, f"{name}: the answer says {missing}, no output does"


def test_there_is_one_parameters_cell_of_ascii_scalars(notebook):
    (cell,) = tagged(notebook, "parameters")
    assert cell.source.isascii()
    for line in ast.parse(cell.source).body:
        assert isinstance(line, ast.Assign) and isinstance(ast.literal_eval(line.value), SCALARS)


def test_one_cell_sets_up(notebook):
    importing = [cell for cell in code(notebook) if any(isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(ast.parse(cell.source)))]
    assert importing == [code(notebook)[1]]


def test_cells_hold_short_calls_and_no_logic(notebook):
    for cell in code(notebook):
        tree = ast.parse(cell.source)
        logic = [type(node).__name__ for node in ast.walk(tree) if isinstance(node, LOGIC)]
        paths = [
            n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and re.search(r"[/\\]|\.csv|\.txt", n.value)
        ]
        called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        assert not logic and not paths and not called & {"open", "exec", "eval", "print", "__import__"}, cell.source
        assert len(cell.source.splitlines()) <= 12
        imports = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
        assert all(isinstance(n, ast.ImportFrom) and n.module.startswith("analysis") for n in imports), "only the library is imported"


def test_a_sentence_stands_before_each_output(notebook):
    cells = notebook.cells
    for before, cell in pairwise(cells):
        if cell.cell_type == "code" and cell not in code(notebook)[:2]:
            assert before.cell_type == "markdown" and before.source.strip(), cell.source


def test_it_closes_with_caveats_sources_and_findings(name, notebook):
    calls = [cell.source for cell in code(notebook)]
    headings = [line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines() if line.startswith("## ")]
    if name == "report":  # its headings are the edition's own
        assert {"edition.methods()", "edition.sources()", "edition.arithmetic()"} <= set(calls)
    else:
        assert headings[-1] == "## Caveats, sources, findings"
        assert any("sources()" in call or "documents()" in call for call in calls[-2:]) and any("findings" in call for call in calls[-2:])


def test_only_checked_cells_store_outputs_and_each_was_run(notebook):
    for cell in code(notebook):
        checked = CHECKED in cell.metadata.get("tags", [])
        # nbval compares nothing where a cell has no execution count.
        assert (cell.execution_count is not None) == checked and (checked or not cell.outputs), cell.source
        assert not [output for output in cell.outputs if output.output_type == "error"]


def test_what_is_stored_is_text(notebook):
    kinds = {kind for cell in code(notebook) for output in cell.outputs for kind in output.get("data", {})}
    assert kinds <= {"text/plain", "text/markdown", "text/html"} and "widgets" not in notebook.metadata


def test_every_result_is_checked_but_the_widgets_and_long_lists(name, notebook):
    unchecked = {cell.source for cell in code(notebook)[2:] if CHECKED not in cell.metadata.get("tags", [])}
    lists = {f"edition.{part}()" for part in ("methods", "quality", "changes", "sources", "glossary", "about")}
    allowed = {"explore": {"explorer"}, "report": lists}
    assert unchecked <= allowed.get(name, set())


def test_every_expected_chart_has_its_cell():
    for name, cells in CASES.items():
        checked = {cell.id for cell in tagged(NOTEBOOKS[name], CHECKED)}
        assert set(cells) <= checked, f"{name}: no checked cell {sorted(set(cells) - checked)}"
    assert set(CASES) == set(NOTEBOOKS), "each notebook has charts"


@pytest.mark.parametrize(
    "svg, fault",
    [
        ("<svg><path/><text>12,364</text></svg>", ""),
        ("<svg><path/></svg>", "does not say '12,364'"),
        ("<svg><text>12,364</text></svg>", "has 0 marks"),
        ("<svg><path/><text>112,364</text></svg>", "does not say '12,364'"),
        ("<svg><path/><text>12,364.5</text></svg>", "does not say '12,364'"),
    ],
)
def test_a_chart_is_looked_at(svg, fault):
    assert fault in "; ".join(faults([svg], [{"marks": 1, "words": ["12,364"]}]))


def test_a_vanished_or_an_additional_chart_is_a_fault():
    assert faults([], [{"marks": 1, "words": []}]) == ["0 charts were drawn, not 1"]
    assert faults(["<svg/>"], []) == ["1 charts were drawn, not 0"]


def test_nbval_with_our_eyes_notices(tmp_path):
    """In a copy of a notebook, cells with a changed number, a vanished chart and an empty chart fail, and no other."""
    original = nbformat.read(ROOT / "notebooks" / "audit.ipynb", as_version=4)
    (implied,) = [cell for cell in code(original) if cell.source == "bulletin.implied()"]
    (figure,) = [cell for cell in code(original) if cell.source == "bulletin.contradiction_figure()"]
    number, gone, empty = (copied(cell, id) for cell, id in ((implied, "number"), (figure, "gone"), (figure, "empty")))
    for kind, text in number.outputs[0].data.items():
        assert "9,707" in text
        number.outputs[0].data[kind] = text.replace("9,707", "9,708")
    gone.source = "bulletin.contradiction()"
    gone.outputs = copied(next(cell for cell in code(original) if cell.source == gone.source), "gone").outputs
    empty.source = f"import dataclasses\ndataclasses.replace({figure.source}, svg='<svg/>')"
    original.cells = [*code(original)[:2], implied, figure, number, gone, empty]
    nbformat.write(original, tmp_path / "audit.ipynb")
    charts = CASES["audit"][figure.id]
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "notebooks.yml").write_text(yaml.safe_dump({"audit": dict.fromkeys([figure.id, "gone", "empty"], charts)}), "utf-8")
    shutil.copy(ROOT / "tests" / "notebook_charts.py", tmp_path)
    (tmp_path / "conftest.py").write_text("pytest_plugins = ['notebook_charts']\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rf",
        "--nbval-lax",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        tmp_path,
        tmp_path / "audit.ipynb",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "3 failed, 4 passed" in done.stdout, done.stdout
    assert re.findall(r"^FAILED audit.ipynb::Cell (\d)", done.stdout, re.M) == ["4", "5", "6"]
    assert "9,708" in done.stdout and "0 charts were drawn, not 1" in done.stdout and "has 0 marks" in done.stdout


def copied(cell, id):
    return nbformat.NotebookNode(deepcopy(cell) | {"id": id})
