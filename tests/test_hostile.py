"""Hostile and clumsy inputs: each kind that has fallen, held at its root by inputs made on the spot (proving/hostile.py)."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import random
import re
import time
from pathlib import Path

import docx
import pytest

from analysis import building, corrections, wholefiles
from analysis.documents import DocumentError, load_documents, load_regions, read
from analysis.documents.metadata import load_metadata
from analysis.yamlfiles import YamlError, parse_yaml
from proving import hostile

SEED = int(os.environ.get("TONGBI_SEED", "7"))
MANY = int(os.environ.get("TONGBI_FUZZ", "60"))
GOOD = "2017年，全市立刑事案件12364起，同比下降25.44%。\n"
REGION = "zh: 某地\nen: Somewhere\nlevel: county\n"


def some(generator, count=MANY):
    return [next(generator) for _ in range(count)]


@pytest.fixture
def chance():
    return random.Random(SEED)


@pytest.fixture
def workspace(tmp_path):
    """A workspace with one good document; `add` puts another beside it."""
    folder = tmp_path / "data/raw/somewhere"
    folder.mkdir(parents=True)
    (folder / "region.yml").write_text(REGION, "utf-8")

    def add(name, data, sidecar=hostile.META):
        path = folder / name
        path.write_bytes(data)
        path.with_name(path.stem + ".meta.yml").write_text(sidecar.replace("{sha256}", hashlib.sha256(data).hexdigest()), "utf-8")
        return path

    add("good.txt", GOOD.encode())
    return add


def built(tmp_path):
    made = building.build(tmp_path)
    assert "good" in {document.id for document in made.documents}
    return made


# --- metadata, corrections, regions ------------------------------------------------------------------------------------------------


def test_a_sidecar_with_any_fault_is_a_document_error_with_file_and_key(tmp_path, chance):
    path = tmp_path / "a.meta.yml"
    for text, word in some(hostile.bad_metadata(chance), 10 * MANY):
        path.write_text(text.replace("{sha256}", "0" * 64), "utf-8")
        started = time.process_time()
        try:
            found = load_metadata(path)
        except DocumentError as error:
            assert str(error).startswith(str(path)) and word in str(error) and len(str(error)) < 1500, text[:300]
        else:
            # A value with a tag may still be a proper text; a fault of a key, a period or a break never passes.
            assert not word and found.period == "2017", text[-200:]
        assert time.process_time() - started < 2


def test_a_build_names_the_bad_document_and_makes_the_rest(tmp_path, workspace, chance):
    for n, (text, _) in enumerate(some(hostile.bad_metadata(chance), 10)):
        workspace(f"bad{n}.txt", GOOD.encode(), text)
    made = built(tmp_path)
    named = {Path(problem.path).name.partition(".")[0] for problem in made.problems}
    assert named | {document.id for document in made.documents} == {f"bad{n}" for n in range(10)} | {"good"}


def test_corrections_are_held_to_the_codebook(tmp_path, chance):
    path = tmp_path / "corrections.yml"
    for text in some(hostile.bad_corrections(chance)):
        path.write_text(text, "utf-8")
        with pytest.raises(corrections.CorrectionError) as caught:
            corrections.load(path)
        assert str(path) in str(caught.value)


ENTRY = "- id: {}\n  doc: a\n  start: {}\n  as_written: 5起\n  action: {}\n  reason: typo\n  evidence: page 2\n"


def test_a_value_of_a_correction_is_the_digits_that_stand_there(tmp_path, chance):
    """YAML 1.1 knows octal, sexagesimal and parted numbers, and takes the last digit off 1.10: a figure is none of them."""
    path = tmp_path / "corrections.yml"
    for _ in range(3 * MANY):
        digits = "".join(chance.choices("0123456789", k=chance.randrange(1, 9)))
        forms = ("{}", "0{}", "0x{}", "0b{}", "0o{}", "{}:30", "1_{}", "{}.10", "-{}.0", "{}e3", "{}.0e+3", "+{}", "'{}'")
        value = chance.choice(forms).format(digits)
        path.write_text(ENTRY.format("a", 3, f"replace\n  value: {value}"), "utf-8")
        bare = value.strip("'")
        if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", bare):
            assert corrections.load(path)[0].value in (bare, bare.lstrip("0")), value
        else:
            with pytest.raises(corrections.CorrectionError, match="is not a number"):
                corrections.load(path)


def test_of_two_corrections_of_one_number_none_wins_in_silence(tmp_path, chance):
    path = tmp_path / "corrections.yml"
    acts = ("flag", "exclude", "replace\n  value: 6", "set_unit\n  value: 件", "replace\n  value: 7", "set_period\n  value: 2017")
    for _ in range(3 * MANY):
        (one, first), (other, second) = ((chance.choice(acts), chance.choice((3, 3, 9))) for _ in "12")
        path.write_text(ENTRY.format("a", first, one) + ENTRY.format("b", second, other), "utf-8")
        names = {one.split()[0], other.split()[0]}
        if first == second and "flag" not in names and (len(names) == 1 or "exclude" in names):
            with pytest.raises(corrections.CorrectionError, match="only one can hold"):
                corrections.load(path)
        else:
            assert len(corrections.load(path)) == 2


@pytest.mark.parametrize("held", ["false", "0", '""', "{}", "5", "a"])
def test_what_is_no_list_is_not_taken_for_no_corrections(tmp_path, held):
    (tmp_path / "corrections.yml").write_text(held, "utf-8")
    with pytest.raises(corrections.CorrectionError, match="no list of corrections"):
        corrections.load(tmp_path / "corrections.yml")


def test_corrections_are_checked_in_time_that_grows_as_they_do(tmp_path):
    seconds = []
    for many in (1000, 4000):
        (tmp_path / "corrections.yml").write_text("".join(ENTRY.format(f"a{n}", 3, "flag") for n in range(many)), "utf-8")
        started = time.process_time()
        corrections.load(tmp_path / "corrections.yml")
        seconds.append(time.process_time() - started)
    assert seconds[1] < 8 * max(seconds[0], 0.1)


def test_a_correction_of_a_document_left_out_does_not_stop_the_rest(tmp_path, workspace):
    workspace("bad.txt", b"\0")
    (tmp_path / "data/manual").mkdir()
    text = "- {id: c1, doc: bad, start: 0, as_written: '12起', action: flag, reason: r, evidence: e}\n"
    (tmp_path / "data/manual/corrections.yml").write_text(text, "utf-8")
    assert [Path(problem.path).name for problem in built(tmp_path).problems] == ["bad.txt"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (REGION.replace("county", "city"), "level"),
        ("", "mapping"),
        (REGION + "zh: 又\n", "zh"),
        (REGION + "id: other\n", "id"),
        ("!!python/object:os.x {}", "YAML"),
        ("- " * 5000, "levels"),
    ],
)
def test_a_broken_region_stops_its_own_region_only(tmp_path, workspace, text, key):
    other = tmp_path / "data/raw/other"
    other.mkdir()
    (other / "region.yml").write_text(text, "utf-8")
    problems = []
    assert set(load_regions(tmp_path / "data/raw", problems.append)) == {"somewhere"}
    assert "region.yml" in str(problems[0]) and key in str(problems[0])
    assert any("region.yml" in problem.path for problem in built(tmp_path).problems)


def test_yaml_is_bounded_in_size_and_depth():
    for text in ("a: " + "x" * 3_000_000, "[" * 100_000, "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 300))):
        started = time.process_time()
        with pytest.raises(YamlError):
            parse_yaml(text, "a.yml")
        assert time.process_time() - started < 2


# --- files -------------------------------------------------------------------------------------------------------------------------


def good_docx():
    document = docx.Document()
    document.add_paragraph("2017年，立刑事案件12364起。")
    document.add_table(2, 2).cell(0, 0).text = "年份"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


PARAGRAPH = "<p>" + GOOD * 4 + "</p><table><tr><th>年</th><td>1</td></tr></table>"
PAGE = f"<html><head><meta charset=utf-8></head><body><article>{PARAGRAPH}</article></body></html>"


@pytest.mark.parametrize("kind", ["docx parts", "docx bytes", "html", "text"])
def test_a_damaged_file_is_read_or_refused_by_name(tmp_path, chance, kind):
    makers = {
        "docx parts": lambda: hostile.damaged_package(good_docx(), chance),
        "docx bytes": lambda: hostile.damaged(good_docx(), chance),
        "html": lambda: hostile.damaged(PAGE.encode(), chance),
        "text": lambda: hostile.damaged(GOOD.encode("gb18030"), chance),
    }
    path = tmp_path / "bad"
    for data in some(makers[kind]()):
        path.write_bytes(data)
        try:
            read(path)
        except DocumentError as error:
            assert str(error).startswith(f"{path}: ") and "\n" not in str(error)


@pytest.mark.parametrize("label", ["undefined", "korean", "cp437", "rot13", "utf-7", "idna", "punycode", "x" * 500, "unicode_escape", "hex"])
def test_a_page_can_only_declare_an_encoding_of_the_web(tmp_path, label):
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.replace("utf-8", label).encode())
    assert "12364" in read(path).text


@pytest.mark.parametrize("label", ["gb2312", "GBK", "x-gbk", "gb18030", "chinese"])
def test_the_labels_of_the_chinese_encodings_are_known(tmp_path, label):
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.replace("utf-8", label).replace("全市", "全市镕").encode("gbk"))
    assert "全市镕" in read(path).text


@pytest.mark.parametrize("text", ["立案12起", "审结", "案件数", "青山县2013年立案12起", "同比下降", "两级法院审结3件"])
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-16", "utf-32", "utf-8-sig"])
def test_a_short_chinese_text_is_read_in_its_own_encoding(tmp_path, text, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert read(path).text.lstrip("\ufeff") == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE])
def test_broken_utf32_is_named(tmp_path, mark):
    (tmp_path / "a.txt").write_bytes(mark + b"\xff\xff\xff\xff")
    with pytest.raises(DocumentError, match="UTF-32 is broken"):
        read(tmp_path / "a.txt")


def test_lines_ended_by_carriage_returns_alone_are_lines(tmp_path):
    (tmp_path / "a.txt").write_bytes("公报\r2017年，立案12起。\r".encode())
    assert read(tmp_path / "a.txt").text == "公报\n2017年，立案12起。\n"


def test_a_tag_of_no_end_of_attributes_and_a_text_without_end_are_refused(tmp_path):
    (tmp_path / "a.html").write_text("<html><p " + "".join(f"a{n}=1 " for n in range(50_000)) + ">立案1起</p></html>", "utf-8")
    (tmp_path / "b.txt").write_text("立案12起，" * 2_000_000, "utf-8")
    for name in ("a.html", "b.txt"):
        with pytest.raises(DocumentError, match=r"500 attributes|million characters"):
            read(tmp_path / name)


def test_a_word_document_of_very_many_paragraphs_is_refused(tmp_path, monkeypatch):
    from analysis.documents import docx as reader

    (tmp_path / "a.docx").write_bytes(good_docx())
    assert "12364" in read(tmp_path / "a.docx").text
    monkeypatch.setattr(reader, "MAX_PARAGRAPHS", 3)
    with pytest.raises(DocumentError, match="more than 3 paragraphs: split it"):
        read(tmp_path / "a.docx")


def test_an_address_is_no_file():
    with pytest.raises(DocumentError, match="save the page"):
        read("https://court.example/a.html")


def test_odd_texts_are_audited(chance):
    """Noughts, long numbers, months that are none and acting characters end no audit."""
    from analysis import audit_documents

    texts = some(hostile.odd_texts(chance), MANY // 2)
    started = time.process_time()
    audit_documents(*texts)
    assert time.process_time() - started < 2 + MANY / 5


def test_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    def refused(name, *given, **more):
        raise PermissionError(13, "Permission denied", str(name))

    (tmp_path / "secret.txt").write_text(GOOD, "utf-8")
    monkeypatch.setattr("builtins.open", refused)
    with pytest.raises(DocumentError, match=r"secret\.txt: it may not be read: change its permissions"):
        read(tmp_path / "secret.txt")


# --- paths -------------------------------------------------------------------------------------------------------------------------


def test_a_pipe_nobody_writes_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError, match="it is empty"):
        read(tmp_path / "pipe")


def test_a_link_out_of_data_raw_is_refused(tmp_path, workspace):
    outside = tmp_path / "secret.txt"
    outside.write_text(GOOD, "utf-8")
    path = workspace("linked.txt", GOOD.encode())
    path.unlink()
    path.symlink_to(outside)
    problems = []
    assert [document.id for document in load_documents(tmp_path / "data/raw", problems.append)] == ["good"]
    assert "leads out of data/raw" in str(problems[0])


def test_stored_text_is_not_written_through_a_link_and_not_taken_without_its_sum(tmp_path, workspace):
    path = workspace("page.html", PAGE.encode())
    target = tmp_path / "target"
    path.with_name("page.html.txt").symlink_to(target)
    made = built(tmp_path)
    assert not target.exists() and any("it is a link" in str(problem) for problem in made.problems)
    path.with_name("page.html.txt").unlink()
    assert not built(tmp_path).problems
    assert path.with_name("page.html.txt").is_file() and path.with_name("page.html.txt.sha256").is_file()
    path.with_name("page.html.txt").write_text(GOOD, "utf-8")
    assert any("no longer the text" in str(problem) for problem in built(tmp_path).problems)
    path.with_name("page.html.txt.sha256").unlink()
    assert any("sha256 is missing" in str(problem) for problem in built(tmp_path).problems)


def test_a_full_disk_leaves_no_half_text(tmp_path, workspace, monkeypatch):
    path = workspace("page.html", PAGE.encode())

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    made = building.tabulate(tmp_path)
    assert any("No space left" in str(problem) for problem in made.problems)
    assert sorted(file.name for file in path.parent.glob("*page.html*")) == ["page.html"]
    monkeypatch.undo()
    assert not built(tmp_path).problems


@pytest.mark.parametrize("bad", range(4))
@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_files_are_all_replaced_or_none_whichever_cannot_be(tmp_path, monkeypatch, bad, links):
    """One file may neither be replaced, nor linked, nor put back (as an immutable one): the others are as before, and nothing lies about."""
    names = [f"{at}.csv" for at in range(4)]
    for name in names[:3]:
        (tmp_path / name).write_bytes(b"old")
    replace, link = os.replace, os.link

    def refused(source, target):
        if Path(target).name == names[bad]:
            raise PermissionError(1, "Operation not permitted", str(target))
        replace(source, target)

    def unlinked(source, target):
        if not links or Path(source).name == names[bad]:
            raise PermissionError(1, "Operation not permitted", str(target))
        link(source, target)

    monkeypatch.setattr(os, "replace", refused)
    monkeypatch.setattr(os, "link", unlinked)
    with pytest.raises(PermissionError) as caught:
        wholefiles.replace_files(tmp_path, dict.fromkeys(names, b"new"))
    assert Path(caught.value.filename).name == names[bad] and caught.value.filename2 is None  # the person's file, no temporary one
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(names[:3], b"old")
    monkeypatch.undo()
    wholefiles.replace_files(tmp_path, dict.fromkeys(names, b"new"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(names, b"new")


def test_a_name_in_bytes_that_are_no_utf8_is_named_and_the_rest_is_built(tmp_path, workspace):
    name = os.fsdecode("公报".encode("gbk")) + ".txt"
    try:
        workspace(name, GOOD.encode())
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert any("cannot be shown" in str(problem) for problem in built(tmp_path).problems)


def test_a_check_that_fails_is_left_out_and_said(monkeypatch):
    from analysis import Document, audit_documents
    from analysis import audit as room

    def check_nothing(book):
        raise ZeroDivisionError("by nought")
        yield

    monkeypatch.setattr(room, "CHECKS", (*room.CHECKS, check_nothing))
    with pytest.warns(room.CheckFailed, match="check_nothing was left out"):
        assert len(audit_documents(Document("a", GOOD + GOOD)))
