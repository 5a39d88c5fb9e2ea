"""The shape of the house: who may import whom, what a start costs, and what may not stand in the tree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import warnings
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/analysis"
MODULES = sorted(PACKAGE.rglob("*.py"))
# The way of the data: a room imports only rooms to its left.
ORDER = [
    ("collector", "errors", "keeping", "rooms", "yamlfiles", "wholefiles", "workspace", "margins"),
    ("lexicon",),
    ("periods", "writing"),
    ("documents",),
    ("extract",),
    ("catalogue", "codebook", "corrections", "tidy", "observing", "frames"),
    ("series",),
    ("audit",),
    ("project", "vintages", "tablefiles", "datapackage", "snapshot", "dataset", "editions", "unchanged", "building", "archive", "finding", "verbs"),
    ("trends",),
    ("report",),
    ("review",),
    ("explore", "adding"),
    ("publish",),
    ("printing", "cli"),
    ("__main__",),
]
PLACE = {room: place for place, rooms in enumerate(ORDER) for room in rooms}
# Sizes that make one ask "still one purpose?"; `make test` only warns.
MODULE_LINES, FUNCTION_LINES = 300, 50
# Written in pieces, so that this file does not hold what it forbids.
MACHINE_PATH = re.compile("/" + "work/|/" + "farm/|/" + "root/|/" + r"home/\w|/tmp/" + r"bash_jobs|[A-Z]:\\" + r"Users")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    """The rooms that a module imports anywhere, in functions too, those for type checking included."""
    folder = path.relative_to(PACKAGE).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            full = [*folder[: len(folder) - node.level + 1], *(node.module or "").split(".")] if node.level else (node.module or "").split(".")
            if not node.level and full[0] != "analysis":
                continue
            inside = [part for part in (full if node.level else full[1:]) if part]
            found |= {inside[0]} if inside else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("analysis.")}
    return found


@pytest.mark.parametrize("path", [p for p in MODULES if p != PACKAGE / "__init__.py"], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_to_its_left(path):
    room = room_of(path)
    assert room in PLACE, f"{room} has no place in the order of rooms: give it one"
    wrong = {other for other in imported(path) if PLACE[other] > PLACE[room]}
    assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}, which lie to its right"


def test_the_reader_of_imports_sees_every_form(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    path = tmp_path / "report/parts/a.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "from . import b\nfrom .. import c\nfrom ... import tidy\nfrom ...audit.x import y\n"
        "import analysis.trends.z\nfrom analysis import cli\nimport os\n"
    )
    assert imported(path) == {"report", "tidy", "audit", "trends", "cli"}


def modules_imported(path: Path) -> set[Path]:
    """The files of this package that a module imports anywhere, in functions and for type checking too; a name that is a module counts as that."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            place = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            found |= {file_of(place / alias.name) or file_of(place) for alias in node.names}
    return found - {None, path}


def file_of(place: Path) -> Path | None:
    """The file of a module or package."""
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


def test_no_modules_import_one_another_in_a_circle():
    try:
        list(TopologicalSorter({path: modules_imported(path) for path in MODULES}).static_order())
    except CycleError as error:
        pytest.fail(" <- ".join(str(path.relative_to(PACKAGE)) for path in error.args[1]))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_named_for_a_purpose_and_says_it(path):
    assert not re.search("util|helper|misc|common", path.stem)
    source = path.read_text("utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source)), "a module begins with what it is for"
    for word in ("TO" + "DO", "FIX" + "ME", "Not" + "ImplementedError"):
        assert word not in source


def test_sizes_are_looked_at():
    large = []
    for path in MODULES:
        source = path.read_text("utf-8")
        if source.count("\n") > MODULE_LINES:
            large.append(f"{path.relative_to(ROOT)}: {source.count(chr(10))} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= FUNCTION_LINES:
                large.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines")
    for line in large:
        warnings.warn(f"still one purpose? {line}", stacklevel=1)


def test_no_path_of_a_machine_stands_in_the_tree():
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if files.returncode:
        pytest.skip("not a git work tree")
    found = []
    for name in filter(None, files.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            found += [f"{name}: {match[0]}" for match in MACHINE_PATH.finditer(data.decode("utf-8", "replace"))]
    assert not found


def test_no_link_that_leads_out_of_the_tree_is_kept():
    listed = subprocess.run(["git", "ls-files", "-s", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git work tree")
    links = [entry.partition("\t")[2] for entry in filter(None, listed.stdout.split("\0")) if entry.startswith("120000")]
    assert not [name for name in links if not (ROOT / name).resolve().is_relative_to(ROOT.resolve())]


# --- the public face -------------------------------------------------------------------------------------------------------------


def loaded_by(code: str) -> set[str]:
    """The top-level packages that are loaded after running some code in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}


SLOW = {"pandas", "numpy", "matplotlib", "pandera", "scipy", "seaborn", "statsmodels", "nbformat", "typst", "trafilatura"}


@pytest.mark.parametrize(
    "code",
    [
        "import analysis",
        "import analysis; analysis.extract(analysis.Document('a', '立案12起。'))",
        "from analysis.cli import main",
        "import analysis; analysis.read('README.md')",
    ],
)
def test_reading_a_bulletin_loads_nothing_slow(code):
    assert not loaded_by(code) & SLOW


def test_every_public_name_is_there():
    import analysis

    for name in analysis.__all__:
        assert callable(getattr(analysis, name)), name
    assert callable(analysis.plot_series) and set(analysis.__all__) <= set(dir(analysis))
    with pytest.raises(AttributeError):
        getattr(analysis, "nonsense")  # noqa: B009
    with pytest.raises(AttributeError):
        getattr(analysis, "plot_nonsense")  # noqa: B009


def test_a_verb_stays_a_verb_once_its_room_is_imported():
    code = (
        "import analysis.dataset, analysis; note = analysis.Document('a', '立案12起。'); "
        "print(analysis.extract(note).statements[0].value, len(analysis.audit(analysis.observations(note))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["12", "0"], done.stderr
