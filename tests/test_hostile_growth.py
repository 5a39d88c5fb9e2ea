"""Time and print grow as a text does: every verb over every shape of text (proving/hostile.py), in seconds of CPU.

Short here; TONGBI_FUZZ makes the texts longer (`make fuzz`).
"""

from __future__ import annotations

import os
import time
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from test_gate import shown

from analysis import Document, building, dataset, editions, finding, workspace
from analysis.catalogue import load
from analysis.cli import main
from analysis.extract import extract
from analysis.observing import observe
from analysis.printing import ledger_table
from analysis.publish import versions
from analysis.publish.gate import check
from analysis.publish.selection import Choice
from analysis.publish.why import WhyError, why
from analysis.report.exporter import TypstPDFExporter
from analysis.report.faces import making
from analysis.review import review_page
from analysis.verbs import audit_documents
from proving.hostile import META, SHAPES

MANY = int(os.environ.get("TONGBI_FUZZ", "60"))
LENGTH = max(40, MANY // 2)
TIMES = 4  # what is linear takes four times as long for four times the text, what is quadratic sixteen times
GENEROUS = 9
# Below this a measure is mostly the clock and what runs beside it.
FLOOR = 0.5


def found(document: Document) -> object:
    observations = observe(document)
    return finding.find("案件", observations, audit_documents(document), load())


def tabulated(document: Document) -> object:
    """What `tongbi data` makes of a workspace with this document alone."""
    with TemporaryDirectory() as folder:
        written(Path(folder), document)
        return building.build(Path(folder))


def added(document: Document) -> object:
    """What `tongbi add` does with it."""
    with TemporaryDirectory() as folder:
        workspace.create(Path(folder))
        path = Path(folder, "in.txt")
        path.write_text(document.text, "utf-8")
        said = ["add", str(path), "--yes", "--region", "白水市", "--period", "2017", "--workspace", folder]
        done = CliRunner().invoke(main, said)
        assert not done.exit_code or "no text in it" in done.stderr, done.stderr
        return done


def explained(document: Document) -> object:
    """What `tongbi why` reads of an edition with every statistic of it in a table."""
    rows = observe(document)
    with TemporaryDirectory() as folder:
        edition = Path(folder, "somewhere/2017")
        (edition / "tables-en").mkdir(parents=True)
        (edition / "edition.json").write_text("{}", "utf-8")
        table = rows.assign(ref=range(len(rows)), indicator=rows["name"], sentence=rows["quote"]).astype(str)
        table.to_csv(edition / "tables-en/figures.csv", index=False)
        try:
            return list(why("5", "somewhere/2017", Path(folder)))
        except WhyError:
            return None


def differing(document: Document) -> object:
    """What `tongbi diff` tells of two editions with every statistic of it in a table, each value another."""
    rows = observe(document)
    table = rows.assign(indicator=rows["name"], zh=rows["name"], en="").astype(str)
    with TemporaryDirectory() as folder:
        places = []
        for version, mark in enumerate(("", "1")):
            places.append(Path(folder, str(version)))
            (places[-1] / "tables-en").mkdir(parents=True)
            (places[-1] / "edition.json").write_text("{}", "utf-8")
            table.assign(value=table["value"] + mark).to_csv(places[-1] / "tables-en/figures.csv", index=False)
        return list(versions.told(versions.differences(*places), "en"))


def published(document: Document) -> object:
    """What `tongbi publish` makes of it, without the kernel: the notebook's outputs, PDF and page, and the gate. Nothing where nothing is stated."""
    with TemporaryDirectory() as folder:
        written(Path(folder), document)
        if building.build(Path(folder)).tables["observations"].empty:
            return None
        known, choice = dataset.load(Path(folder)), Choice("somewhere", "2017", "en")
    if "2017" not in editions.periods_of(known, "somewhere"):
        return None
    notebook = shown(choice, known)
    pdf = TypstPDFExporter().from_notebook_node(deepcopy(notebook))[0]
    check(notebook, pdf, choice, editions.narrowed(known, choice.region, choice.period))
    return making.face("html", notebook)


def written(root: Path, document: Document) -> None:
    place = root / "data/raw/somewhere"
    place.mkdir(parents=True)
    (place / "region.yml").write_text("zh: 某地\nen: Somewhere\nlevel: county\n", "utf-8")
    (place / "note.txt").write_text(document.text, "utf-8")
    (place / "note.meta.yml").write_text(META.replace("{sha256}", sha256(document.text.encode()).hexdigest()), "utf-8")


VERBS = {
    "extract": lambda document: sum(map(len, extract(document).to_json_lines())),
    "table": lambda document: sum(map(len, ledger_table(extract(document), document))),
    "review": lambda document: len(review_page(document)),  # reads, audits and weighs doubts
    "audit": audit_documents,
    "find": found,
    "diff": differing,
    "data": tabulated,
    "add": added,
    "why": explained,
    "publish": published,
}
# In a short run the verbs that write or typeset read a few shapes only.
ALL, FEW = ("extract", "review"), ("levels with changes", "one sentence", "list lines")
PAIRS = [(verb, shape) for verb in VERBS for shape in SHAPES if MANY > 60 or verb in ALL or (verb not in ("table", "find", "audit") and shape in FEW)]


def seconds(verb: str, shape: str, length: int) -> float:
    document = Document("a", SHAPES[shape](length))
    started = time.process_time()
    VERBS[verb](document)
    return time.process_time() - started


@pytest.fixture(scope="module", autouse=True)
def warm():
    """Load the word lists before anything is measured."""
    seconds("review", "one name", 3)


@pytest.mark.parametrize(("verb", "shape"), PAIRS)
def test_time_grows_as_the_text_does(verb, shape):
    one, many = (min(seconds(verb, shape, length) for _ in range(2)) for length in (LENGTH, TIMES * LENGTH))
    assert many < max(FLOOR, GENEROUS * one), f"{one:.2f} s for {LENGTH}, {many:.2f} s for {TIMES * LENGTH}"


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_printed_grows_as_the_text_does(shape):
    # Long enough that a sentence is no longer quoted whole.
    sizes = [VERBS["extract"](Document("a", SHAPES[shape](length))) for length in (4 * LENGTH, TIMES * 4 * LENGTH)]
    assert sizes[1] < 10_000 + 1.5 * TIMES * sizes[0]


def test_there_are_thirty_shapes_and_each_doubles():
    assert len(SHAPES) >= 30
    assert all(1.5 * len(shape(100)) < len(shape(200)) < 3 * len(shape(100)) for shape in SHAPES.values())
