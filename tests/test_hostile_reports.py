"""What documents and corrections say stays words in a report: in the notebook's outputs, the PDF, its tables and the workbook."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import random
import re
from copy import deepcopy

import lxml.html
import openpyxl
import pikepdf
import pytest
import yaml
from markdown_it import MarkdownIt
from test_gate import shown

from analysis import building, dataset
from analysis.editions import narrowed
from analysis.publish.gate import check
from analysis.publish.selection import Choice
from analysis.report.executed import tables
from analysis.report.exporter import TypstPDFExporter
from analysis.report.faces import making
from analysis.tablefiles import GUARDED, NUMBER
from analysis.writing.acting import ACTING
from analysis.writing.acting import shown as shown_as
from proving import hostile

SEED = int(os.environ.get("TONGBI_SEED", "7"))
MANY = max(1, int(os.environ.get("TONGBI_FUZZ", "60")) // 30)
OWN = re.compile(r"#[a-z]\d+")
VIEWER = MarkdownIt("commonmark", {"html": True}).enable("table")  # such as a notebook is shown by


def written(root, bulletin):
    """A workspace with the bulletin as text and as table, and corrections of the first number of the text."""
    folder = root / "data/raw/somewhere"
    folder.mkdir(parents=True)
    (root / "data/manual").mkdir()
    names = {name: f"{place}{ACTING.sub('', shown_as(bulletin['scope']))[:60]}" for name, place in (("zh", "某地"), ("en", "Somewhere "))}
    (folder / "region.yml").write_text(yaml.safe_dump(names | {"level": "county"}, allow_unicode=True), "utf-8")
    for name, text in (("note.txt", bulletin["text"]), ("=cmd|evil.csv", bulletin["table"])):
        (folder / name).write_text(text, "utf-8")
        values = {"title": bulletin["title"], "publisher": bulletin["publisher"], "published": "2018-01-02", "retrieved": "2024-01-01"}
        values |= {"period": "2017", "region": "somewhere", "organ": "police", "form": "table" if name.endswith(".csv") else "original"}
        values |= {"sha256": hashlib.sha256(text.encode()).hexdigest()}
        sidecar = yaml.safe_dump(values, allow_unicode=True)
        (folder / (name.rpartition(".")[0] + ".meta.yml")).write_text(sidecar, "utf-8")
    place = {"doc": "note", "start": bulletin["text"].index("12364起"), "as_written": "12364起", "evidence": bulletin["reason"]}
    declared = [
        place | {"id": f"c{at}", "action": f"set_{part}", "value": bulletin[part], "reason": bulletin["reason"]}
        for at, part in enumerate(("name", "unit", "scope"))
    ]
    (root / "data/manual/corrections.yml").write_text(yaml.safe_dump(declared, allow_unicode=True), "utf-8")
    assert not building.build(root).problems
    return dataset.load(root)


@pytest.mark.parametrize("number", range(MANY))
def test_acting_words_are_words_in_every_face_of_a_report(tmp_path, number):
    chance = random.Random(SEED * 1000 + number)
    known = written(tmp_path, next(hostile.acting_bulletins(chance)))
    for lang in ("zh", "en"):
        choice = Choice("somewhere", "2017", lang)
        notebook = shown(choice, known)
        for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
            _harmless_page(output["data"].get("text/html", ""))
            _harmless_page(VIEWER.render("".join(output["data"].get("text/markdown", ""))))
        for cell in _cells(notebook):
            assert not cell.startswith(GUARDED) or NUMBER.fullmatch(cell) or cell.startswith("'"), cell
        pdf = TypstPDFExporter().from_notebook_node(deepcopy(notebook))[0]
        check(notebook, pdf, choice, narrowed(known, choice.region, choice.period))
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            targets = [str(note.A.URI) for page in opened.pages for note in page.get("/Annots", []) if "/A" in note and "/URI" in note.A]
        assert not [target for target in targets if "evil" in target]
        book = openpyxl.load_workbook(io.BytesIO(making.face("xlsx", deepcopy(notebook))))
        assert not [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert "evil" not in " ".join(link.target or "" for sheet in book for link in sheet._hyperlinks)


def _harmless_page(html: str) -> None:
    if not html.strip():
        return
    tree = lxml.html.fragment_fromstring(html, create_parent=True)
    assert not tree.xpath(".//img | .//script | .//iframe | .//style | .//*[@onerror or @onload]"), html
    assert all(OWN.fullmatch(target) for target in tree.xpath(".//@href")), tree.xpath(".//@href")


def _cells(notebook):
    for table in tables(notebook):
        for row in csv.reader(io.StringIO(table.content.decode("utf-8"), newline="")):
            yield from row


def test_a_small_bulletin_of_many_terms_passes_the_gate(tmp_path):
    """The glossary explains terms and attaches indicators: two makes, whose numbers need not agree."""
    bulletin = next(hostile.acting_bulletins(random.Random(1))) | {"text": "2017年，全市立刑事案件12364起，同比下降25.44%。破案率58.3%。\n"}
    for name in ("name", "unit", "scope"):
        bulletin |= {name: "刑事案件立案数" if name == "name" else "起" if name == "unit" else "全市"}
    known = written(tmp_path, bulletin)
    choice = Choice("somewhere", "2017", "en")
    notebook = shown(choice, known)
    check(notebook, TypstPDFExporter().from_notebook_node(deepcopy(notebook))[0], choice, narrowed(known, choice.region, choice.period))
