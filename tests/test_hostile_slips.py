"""Kinds that an hour of attack found: workbooks' absurd spans and formats, forged marks, two who write at once, pipes, slips."""

from __future__ import annotations

import io
import operator
import os
import random
import re
import signal
import time
import zipfile
from copy import deepcopy
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from test_gate import shown as executed
from test_hostile import GOOD, MANY, SEED
from test_hostile_growth import written

from analysis import Document, adding, archive, building, catalogue, corrections, dataset, editions, snapshot, workspace
from analysis.adding.proposing import Guess, Proposal
from analysis.cli import main
from analysis.documents import DocumentError, Region, load_documents, read, workbook
from analysis.documents.metadata import load_metadata
from analysis.documents.numberformats import printed
from analysis.errors import TongbiError
from analysis.extract import extract
from analysis.publish.gate import check
from analysis.publish.selection import Choice, SelectionError, choose, declared_parameters
from analysis.publish.why import WhyError, why
from analysis.report.exporter import TypstPDFExporter
from analysis.report.faces import making
from analysis.report.frontmatter import front_matter
from analysis.report.markup import to_typst
from analysis.report.typesetting import typeset
from analysis.writing.acting import line, shown
from proving import hostile, soundness


@pytest.fixture
def chance():
    return random.Random(SEED)


@pytest.fixture
def in_time():
    """A test that hangs, in a pipe nobody writes, ends."""

    def over(*_):
        raise TimeoutError("it hangs")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def own(tmp_path):
    """A workspace with one good document."""
    workspace.create(tmp_path)
    written(tmp_path, Document("note", GOOD))
    return tmp_path


# --- workbooks and pages -----------------------------------------------------------------------------------------------------------


def book(sheet=lambda data: data, form="General", value=315.0):
    """A small workbook whose sheet's XML went through `sheet`."""
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    for place, cell in {"A1": "年份", "B1": "立案（起）", "A2": 2016, "B2": value, "A3": 2017, "B3": 305}.items():
        made.active[place] = cell
    made.active["B2"].number_format = form
    made.save(buffer)
    parts = zipfile.ZipFile(buffer)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in parts.namelist():
            package.writestr(name, sheet(parts.read(name)) if name.endswith("sheet1.xml") else parts.read(name))
    return out.getvalue()


def test_a_style_that_is_not_there_prints_nothing_amid_the_records(capsys):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as parts, zipfile.ZipFile(out, "w") as package:
        for name in parts.namelist():
            package.writestr(name, re.sub(rb"<cellStyleXfs.*</cellStyleXfs>", b'<cellStyleXfs count="0"/>', parts.read(name), flags=re.DOTALL))
    with pytest.raises(DocumentError, match="damaged"):
        workbook.extract_content(out.getvalue(), "a.xlsx")
    assert capsys.readouterr().out == ""


def test_spans_of_a_workbook_cost_no_more_than_its_cells(chance):
    letters = ("A", "B", "Z", "AB", "XFD")
    for _ in range(MANY // 6):
        left, right, top, bottom = chance.choice(letters), chance.choice(letters), chance.randrange(1, 9), chance.choice((3, 400, 1_048_576))
        merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{left}{top}:{right}{bottom}"/></mergeCells>'.encode()
        hidden = f'<cols><col min="{chance.randrange(1, 99)}" max="{chance.choice((2, 16_384, 2 * 10**9))}" hidden="1"/></cols><sheetData>'.encode()
        data = book(lambda xml, hidden=hidden, merged=merged: xml.replace(b"<sheetData>", hidden).replace(b"</sheetData>", merged))
        started = time.process_time()
        try:
            workbook.extract_content(data, "a.xlsx")
        except DocumentError as error:
            assert "merged cells cover" in str(error) or "damaged" in str(error)
        assert time.process_time() - started < 10


def test_a_cell_with_any_number_format_has_words(chance):
    pieces = ("0", "#", ",", ".", "%", "‰", "E+0", '"', "\\", ";", "[h]", "_", "*", "General", "yyyy", "?", "/", "0" * 60, "0." + "0" * 60, "@")
    for _ in range(10 * MANY):
        form = "".join(chance.choices(pieces, k=chance.randrange(1, 9)))
        for value in (0, 1, -3.05e-9, 1e300, 5e-324, 12345678901234567890, 0.2544, float("nan"), float("inf"), date(2017, 1, 1)):
            assert isinstance(printed(value, form), str), form
    assert "315" in workbook.extract_content(book(form="0" * 5000, value=315), "a.xlsx").text


def test_a_number_is_printed_by_the_section_whose_condition_holds(chance):
    for _ in range(10 * MANY):
        signs, limits = chance.choices(tuple(ORDERS), k=2), [chance.randrange(-9, 10) for _ in "12"]
        colours = [chance.choice(("", "[Red]", "[$-804]")) for _ in "12"]
        form = ";".join(f'{colours[n]}[{signs[n]}{limits[n]}]"{"ab"[n]}"0' for n in range(chance.choice((1, 2)))) + ';"c"0'
        value = chance.randrange(-9, 10)
        held = [name for name, sign, limit in zip("ab"[: form.count(";")], signs, limits, strict=False) if ORDERS[sign](value, limit)]
        shown = printed(value, form)
        assert shown.lstrip("-") == f"{held[0] if held else 'c'}{abs(value)}" and (value < 0 or "-" not in shown), (value, form, shown)
    assert [printed(value, '[>=10000]0!.0,"万";0') for value in (345, 12364, -5)] == ["345", "1.2万", "-5"]


ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}


def test_numbers_that_are_none_in_the_xml_of_a_workbook_are_words(chance):
    odd = ("", "5", "0", "-3", "²", "٣", "x", "9" * 5000, "1e999", "nan", "40000")
    for _ in range(MANY):
        index, down, across, value = (chance.choice(odd) for _ in range(4))
        cells = f'<Cell ss:Index="{index}" ss:MergeDown="{down}" ss:MergeAcross="{across}"><Data ss:Type="Number">{value}</Data></Cell>'
        text = (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:'
            'spreadsheet"><Worksheet ss:Name="a"><Table><Row><Cell><Data ss:Type="String">年</Data></Cell>'
            f"{cells}</Row></Table></Worksheet></Workbook>"
        )
        try:
            workbook.extract_content(text.encode(), "a.xls")
        except DocumentError as error:
            assert "columns or" in str(error) or "merged cells cover" in str(error)


def word(body):
    """A Word document with that in its body."""
    made, buffer = docx.Document(), io.BytesIO()
    made.add_paragraph("@")
    made.save(buffer)
    parts, out = zipfile.ZipFile(buffer), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in parts.namelist():
            data = parts.read(name)
            package.writestr(name, data.replace(b"<w:r><w:t>@</w:t></w:r>", body.encode()) if name == "word/document.xml" else data)
    return out.getvalue()


def test_what_stands_between_the_digits_of_a_run_parts_no_number(tmp_path, chance):
    between = ("<!-- a -->", "", "<?a b?>", "</w:t></w:r><w:r><w:t>", '</w:t></w:r><w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>')
    for _ in range(MANY // 3):
        digits = str(chance.randrange(10_000, 10**9))
        written_ = "".join(chance.choice(between) + (f"&#{ord(digit)};" if chance.random() < 0.3 else digit) for digit in digits)
        (tmp_path / "a.docx").write_bytes(word(f"<w:r><w:t>2017年，立案{written_}起。</w:t></w:r>"))
        assert f"立案{digits}起" in read(tmp_path / "a.docx").text


def test_what_was_struck_out_or_moved_away_is_not_read(tmp_path, chance):
    for _ in range(MANY // 3):
        gone, kept = chance.choice((("w:del", "w:ins"), ("w:moveFrom", "w:moveTo")))
        run = "<{0} w:id='1' w:author='a'><w:r><w:t>立案{1}起</w:t></w:r></{0}>"
        runs = [run.format(gone, 7777), run.format(kept, 305)]
        chance.shuffle(runs)
        (tmp_path / "a.docx").write_bytes(word("<w:r><w:t>2017年，</w:t></w:r>" + "".join(runs)))
        text = read(tmp_path / "a.docx").text
        assert "305" in text and "7777" not in text


def test_a_page_cannot_forge_the_mark_of_a_table(tmp_path):
    from analysis.documents import html

    table = "<table><tr><th>年份</th><th>立案（起）</th></tr><tr><td>2016</td><td>315</td></tr><tr><td>2017</td><td>305</td></tr></table>"
    for own, number in ((0, 0), (0, 99_999), ("", 0)):
        mark = html.MARK.format(sum=own, number=number)
        (tmp_path / "a.html").write_text(f"<html><body><p>{mark}{GOOD * 3}{mark}</p>{table}</body></html>", "utf-8")
        document = read(tmp_path / "a.html")
        assert document.text.count("315") == 1 and len(document.tables) == 1


def test_a_line_between_the_cells_of_a_row_is_accounted_for(chance):
    """Columns set one under another: what no cell takes is read as words are, once."""
    for _ in range(10 * MANY):
        lines = chance.choices((",", "1961", "1961", "2017", "年", "立案", "5", "12%", ""), k=chance.randrange(3, 12))
        text = "\n".join(lines) + chance.choice(("", "\n"))
        assert not soundness.faults(text, extract(Document("a", text))), text


@pytest.mark.parametrize("kind", ["raised digits", "wide rows", "empty columns"])
def test_the_readers_time_grows_as_the_file_does(tmp_path, kind):
    def seconds(size):
        text = {
            "raised digits": lambda: "<html><body><p>" + "立案12<sup>1</sup>起。" * size + "</p></body></html>",
            "wide rows": lambda: "年," + ",".join(f"案{n}" for n in range(size)) + "\n2016" + ",5" * size + "\n2017" + ",6" * size + "\n",
            "empty columns": lambda: "年份\t立案" + "\t" * size + "破案\n2016\t5" + "\t" * size + "6\n2017\t7" + "\t" * size + "8\n",
        }[kind]()
        (tmp_path / "a").write_text(text, "utf-8")
        started = time.process_time()
        extract(read(tmp_path / "a"))
        return time.process_time() - started

    seconds(10)
    one, four = seconds(2000), seconds(8000)
    assert four < max(1.5, 9 * one)


# --- what is shown -----------------------------------------------------------------------------------------------------------------


def test_a_name_for_a_page_has_no_character_that_no_page_shows(chance):
    for char in "\x00\x1b\t\n\x85\u202e\u2028\ufeff\ufffe\U0010ffff\ud800":
        with pytest.raises(ValueError, match="which no page can show"):
            line(f"某{char}地")
    for _ in range(10 * MANY):
        char = chance.choice((*"\u3000 ·（😀é", chr(chance.randrange(0x4E00, 0xA000))))
        assert line(f"某{char}地") == f"某{char}地" == shown(f"某{char}地")
    for wrong in ("", *hostile.BLANKS, "地" * 121):
        with pytest.raises(ValueError, match=r"is empty|is longer"):
            Region(id="a", zh=wrong, en="A", level="county")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("times", [5, 600, 3000])
def test_a_sentence_of_very_many_changes_of_script_is_set(lang, times):
    front = front_matter({"title": "公报 of words and more", "lang": lang}, "")
    (text,) = to_typst(["".join(f"案件 of words {n % 7}" for n in range(times))], lang)
    assert text.count("#foreign(") == times
    assert typeset(text, front, {}).startswith(b"%PDF")


SMALL = (
    "2017年，全国立案5起。", "2017年1月至12月立案5起。", "刑事案件同比上升。", "结案率95%。", "盗窃案件占全部案件的5%。", "立案0起。",
    "2017年，5起。",
    "其中：盗窃案件5件，诈骗案件6件。", "下降5个百分点。", "由5起上升到9起。", "甲县立案5起，乙县6起，丙县7起。",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("sentence", SMALL)
def test_a_bulletin_of_one_figure_is_published(tmp_path, sentence, lang):
    written(tmp_path, Document("note", sentence))
    building.build(tmp_path)
    known, choice = dataset.load(tmp_path), Choice("somewhere", "2017", lang)
    assert editions.periods_of(known, "somewhere") == ["2017"]
    notebook = executed(choice, known)
    pdf = TypstPDFExporter().from_notebook_node(deepcopy(notebook))[0]
    check(notebook, pdf, choice, editions.narrowed(known, choice.region, choice.period))


def test_names_of_any_length_stand_in_charts(tmp_path):
    names = ("很长的" * 30, "words without an end " * 12, "x" * 150)
    text = "2017年，" + "；".join(f"受理{name}案件{9000 - 100 * n}件，同比上升{n + 2}.5%" for n, name in enumerate(names)) + "。"
    written(tmp_path, Document("note", text))
    building.build(tmp_path)
    known, choice = dataset.load(tmp_path), Choice("somewhere", "2017", "zh")
    notebook = executed(choice, known)
    pdf = TypstPDFExporter().from_notebook_node(deepcopy(notebook))[0]
    check(notebook, pdf, choice, editions.narrowed(known, choice.region, choice.period))


@pytest.mark.parametrize("day", ["1900-01-01", "1949-10-01", "2099-12-31"])
def test_a_day_of_any_century_is_told_in_every_face(tmp_path, day):
    written(tmp_path, Document("note", GOOD))
    sidecar = tmp_path / "data/raw/somewhere/note.meta.yml"
    sidecar.write_text(sidecar.read_text("utf-8").replace("2018-01-02", day).replace("2024-01-01", max(day, "2024-01-01")), "utf-8")
    assert not building.build(tmp_path).problems
    known, choice = dataset.load(tmp_path), Choice("somewhere", "2017", "en")
    notebook = executed(choice, known)
    pdf = TypstPDFExporter().from_notebook_node(deepcopy(notebook))[0]
    check(notebook, pdf, choice, editions.narrowed(known, choice.region, choice.period))
    assert all(making.face(form, deepcopy(notebook)) for form in ("html", "docx", "xlsx"))


def test_where_nothing_can_be_published_it_is_said_why(tmp_path):
    written(tmp_path, Document("note", "1990年，立案5起。"))
    building.build(tmp_path)
    with pytest.raises(SelectionError, match="no document has a figure of the period that it is about"):
        choose(snapshot.verified(tmp_path), [], ["newest"], ["zh"])
    empty = snapshot.Snapshot({}, {}, {})
    with pytest.raises(SelectionError, match="there is no document to publish"):
        choose(empty, [], ["newest"], ["zh"])


# --- two at once, pipes, slips -----------------------------------------------------------------------------------------------------


def at_once(*calls):
    """Run each call in a process of its own, all at the same time; the exit codes."""
    children = []
    for call in calls:
        child = os.fork()
        if not child:
            code = 1
            try:
                call()
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def test_all_who_add_at_once_are_added(own):
    region = Region(id="jia", zh="甲县", en="Jia County", level="county")
    values = {"title": "公报", "publisher": "甲县", "retrieved": "2024-01-01", "period": "2017", "region": "jia", "organ": "all", "form": "original"}
    proposal = Proposal({key: Guess(value, "given") for key, value in values.items()}, region)
    paths = [own / f"{n}.txt" for n in range(6)]
    for n, path in enumerate(paths):
        path.write_text(f"2017年，立案{n}起。", "utf-8")
    documents = list(map(read, paths))
    assert at_once(*(lambda document=document: adding.write(document, proposal, own) for document in documents)) == [0] * 6
    stored = {path.read_text("utf-8") for path in (own / "data/raw/jia").glob("*.txt")}
    assert stored == {document.text for document in documents}


def test_all_corrections_given_at_once_are_kept(own):
    target = own / "data/manual" / corrections.FILE
    answers = [own / f"answers-{n}.yml" for n in range(6)]
    for n, path in enumerate(answers):
        path.write_text(f"- {{id: c{n}, doc: note, start: {n}, as_written: '1', action: flag, reason: r, evidence: e}}\n", "utf-8")
    assert at_once(*(lambda path=path: corrections.add(path, target) for path in answers)) == [0] * 6
    assert {one.id for one in corrections.load(target)} == {f"c{n}" for n in range(6)}


PLACES = (
    "data/raw/x",
    "data/raw/somewhere/x.txt",
    "data/raw/somewhere/note.meta.yml",
    "data/manual/corrections.yml",
    "catalogue.yml",
    "data/processed/.snapshot.json",
)


@pytest.mark.parametrize("kind", ["pipe", "device", "loop", "dangling", "folder"])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_file_where_one_belongs_hangs_nothing(own, in_time, place, kind):
    path = own / place
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make = {
        "pipe": os.mkfifo,
        "device": lambda p: p.symlink_to("/dev/zero"),
        "loop": lambda p: p.symlink_to(p),
        "dangling": lambda p: p.symlink_to("/no/such"),
        "folder": Path.mkdir,
    }
    make[kind](path)
    done = CliRunner().invoke(main, ["data", "--workspace", str(own)])
    assert done.exit_code in (0, 1, 2) and isinstance(done.exception, SystemExit | None)
    if place.endswith(("corrections.yml", "catalogue.yml")):
        assert done.exit_code == 2 and place.rpartition("/")[2] in done.stderr


def test_a_folder_that_may_not_be_read_is_named(own, monkeypatch):
    closed = own / "data/raw/somewhere/2018"
    closed.mkdir()
    scan = os.scandir

    def refused(path="."):
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    problems = []
    assert [document.id for document in load_documents(own / "data/raw", problems.append)] == ["note"]
    assert [str(problem) for problem in problems] == [f"{closed}: the folder may not be read: change its permissions"]


@pytest.mark.parametrize(
    "verb", [["extract"], ["audit"], ["find", "案件"], ["review"], ["revisions"], ["extract", "--format", "csv"], ["audit", "--format", "md"]]
)
def test_a_verb_without_a_file_that_can_be_read_says_so(tmp_path, verb, chance):
    (tmp_path / "empty.txt").touch()
    for name in ("nosuch.txt", str(tmp_path), str(tmp_path / "empty.txt"), "x" * 5000, "a\nb", "\x1b[31m", "https://court.example/a"):
        done = CliRunner().invoke(main, [*verb, name])
        assert done.exit_code == 2 and isinstance(done.exception, SystemExit) and done.stderr.startswith("Error: "), (name[:40], done.exception)


@pytest.mark.parametrize(
    "option", ["extract x --jobs", "data --jobs", "publish --workers", "publish --cell-seconds", "diff a/b --from", "diff a/b --to"]
)
def test_a_count_beyond_reason_is_refused(option):
    for number in ("-1", "9" * 60, "1e9", "x"):
        done = CliRunner().invoke(main, [*option.split(), number])
        assert done.exit_code == 2 and isinstance(done.exception, SystemExit) and "Invalid value" in done.stderr


def test_any_words_may_be_asked_for_as_a_number(tmp_path, chance):
    (tmp_path / "jia/2017").mkdir(parents=True)
    for _ in range(10 * MANY):
        said = "".join(chance.choices("0123456789.,-+%eE万亿 ٣²①/nainf", k=chance.randrange(12))) or "9e999999999"
        with pytest.raises(WhyError):
            list(why(said, "jia/2017", tmp_path))


def test_the_metadata_that_add_writes_can_be_read_whatever_the_words(own, chance):
    for n in range(MANY):
        title = "公报" + "".join(
            chance.choice((*"\x1b\x7f\x9b\ufffe\ufeff\u202e\u2028\"'\\#:{}\ud800", chr(chance.randrange(32, 0x11_0000)))) for _ in range(6)
        )
        values = {
            "title": title,
            "publisher": "甲县",
            "retrieved": "2024-01-01",
            "period": "2017",
            "region": "somewhere",
            "organ": "all",
            "form": "original",
        }
        path = own / f"{n}.txt"
        path.write_text(f"2017年，立案{n}起。", "utf-8")
        added = adding.write(read(path), Proposal({key: Guess(value, f"a: {title}") for key, value in values.items()}), own)
        assert load_metadata(added.with_name(added.stem + ".meta.yml")).title.startswith("公报")


def test_a_catalogue_of_ones_own_may_be_anything(chance):
    words = (1, "x", 1.5, True, None, [], {}, [1], [[]], [None], {"a": 1}, {"a": {}}, {1: 2}, [{"id": [1]}], [{"id": {}}], [{"id": "a"}], "\x1b")
    entry = {"id": "a", "zh": "刑事案件立案数", "en": "A", "unit": "起", "polarity": "neither", "organ": "police", "chapter": "public-security"}
    for _ in range(MANY):
        data = {part: chance.choice(words) for part in chance.sample(("organs", "chapters", "indicators", "themes", "x"), 2)}
        for given in (data, {"indicators": [entry | {chance.choice(list(entry)): chance.choice(words)}]}):
            try:
                catalogue.loading.with_own(catalogue.load(), given, "catalogue.yml")
            except catalogue.entries.CatalogueError as error:
                assert str(error).startswith("catalogue.yml: ")


def test_a_correction_of_a_document_left_out_whose_name_has_dots_does_not_stop_the_rest(own):
    (own / "data/raw/somewhere/2017.bad.txt").write_bytes(b"\0")
    entry = "- {id: c1, doc: 2017.bad, start: 0, as_written: '12', action: flag, reason: r, evidence: e}\n"
    (own / "data/manual/corrections.yml").write_text(entry, "utf-8")
    assert [Path(problem.path).name for problem in building.build(own).problems] == ["2017.bad.txt"]


def test_a_damaged_file_of_a_workspace_is_an_error_that_names_it(own, chance):
    building.build(own)
    kept = [path for path in own.rglob("*") if path.is_file() and path.name != ".lock"]
    nasty = (
        b"",
        b"\0",
        b"[" * 50_000,
        b"[]",
        b"{}",
        b"null",
        b'{"form": 2, "sources": [], "made_with": {}, "tables": {}, "regions": [], "documents": []}',
    )
    for _ in range(MANY):
        path = chance.choice(kept)
        good = path.read_bytes()
        path.write_bytes(chance.choice((chance.choice(nasty), next(hostile.damaged(good or b"x", chance)))))
        for look in (dataset.load, building.build):
            try:
                look(own)
            except (TongbiError, OSError) as error:
                assert str(error), path
        path.write_bytes(good)


def test_a_notebook_that_is_none_is_named(tmp_path):
    for data in (b"", b"{}", b"[]", b'{"cells": 1}', b'{"cells": [1]}', b"[" * 50_000):
        (tmp_path / "report.ipynb").write_bytes(data)
        with pytest.raises(SelectionError, match=r"report\.ipynb: it is no notebook"):
            declared_parameters(tmp_path / "report.ipynb")


# --- an archive --------------------------------------------------------------------------------------------------------------------


def test_an_archive_that_cannot_be_written_is_named_with_what_to_do(tmp_path):
    (tmp_path / "note.txt").write_text(GOOD, "utf-8")
    (tmp_path / "file").touch()
    done = CliRunner().invoke(main, ["extract", str(tmp_path / "note.txt"), "--out", str(tmp_path / "file/store")])
    assert (
        done.exit_code == 2 and "it cannot be written" in done.stderr and "change its permissions" in done.stderr and "extractor" not in done.stderr
    )


def test_a_long_name_has_a_shard_and_a_damaged_shard_is_named(tmp_path):
    (tmp_path / "in").mkdir()
    for n in "甲乙":
        (tmp_path / "in" / ("公报" * 35 + n + ".txt")).write_text(GOOD, "utf-8")
    assert archive.extract_all(archive.names_in([tmp_path / "in"]), tmp_path / "store") == []
    shards = sorted((tmp_path / "store").rglob("*.parquet"))
    assert len(shards) == 2 and max(len(shard.name.encode()) for shard in shards) < 255
    shards[0].write_bytes(b"PAR1")
    with pytest.raises(TongbiError, match="a file of the archive is damaged"):
        archive.build_tables(tmp_path / "store")


def test_no_digit_of_an_address_is_a_figure(chance):
    for _ in range(MANY):
        parts = ["".join(chance.choices("abc019-_", k=chance.randrange(1, 6))) for _ in range(chance.randrange(1, 5))]
        address = chance.choice(("http://", "https://", "www.", "HTTP://www.")) + f"{chance.choice('xyz')}.gov.cn/" + "/".join([*parts, "2019/12"])
        for text in (f"详见{address}件。\n2021年立案5起。", f"（{address}）2021年立案5起。\n", f"2021年立案5起，见 {address}起的通报。\n"):
            assert [(str(one.value), one.indicator) for one in extract(text).statements] == [("5", "立案数")], text


def test_a_decimal_against_another_number_is_no_figure_and_none_of_its_pieces_is(chance):
    for _ in range(MANY):
        one, other = f"{chance.randrange(1, 99)}.{chance.randrange(1, 999)}", f"{chance.randrange(1, 99)}{chance.choice(('', '.5'))}"
        assert not [told for told in extract(f"2021年，立案{one}{chance.choice('/／')}{other}起。").statements if told.value is not None]


def test_of_a_name_that_lost_one_bracket_none_is_left():
    assert [one.indicator for one in extract("2021年，[打掉团伙]12个。").statements] == ["打掉团伙数"]
    for pair in ("[]", "［］", "【】", "〔〕"):
        for text in ("{}打掉团伙{}12个", "共{}立案{}12起", "立{}刑事{}案件12起", "查处{}赌博{}12起", "其中{}赌博{}案件12起"):
            (name,) = (one.indicator for one in extract("2021年，" + text.format(*pair) + "。").statements)
            assert name.count(pair[0]) == name.count(pair[1]), text
