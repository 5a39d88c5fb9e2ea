"""Reading documents: every format by its content, no character lost, and a clear error for what cannot be read."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
import typst

from analysis.documents import DocumentError, Metadata, load_documents, load_regions, read, reading, store_text
from analysis.documents.tables.delimited import delimiter_of
from analysis.extract import extract

ROOT = Path(__file__).parents[1]
DIGEST = ROOT / "data/raw/bijie/bijie-2017.txt"
CORPUS = Path(os.environ.get("TONGBI_CORPUS", ROOT / "../shared/corpus"))
PROSE = "2017年,全市立刑事案件12364起,同比下降25.44%。\r\n法院受理案件63221件;结案60061件,\n同比分别上升19.39%和17.7%。\n"


@pytest.fixture
def write(tmp_path):
    def write(data: bytes | str, name: str = "note.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


# --- plain text ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_is_what_open_would_give_without_translating_line_ends(write, encoding):
    path = write(PROSE.encode(encoding))
    expected = path.open(encoding="utf-8" if encoding == "utf-8-sig" else encoding, newline="").read()
    document = read(path)
    assert document.text == expected and document.id == "note" and document.format == "text"


def test_a_utf8_mark_stays_in_the_text_so_that_offsets_agree_with_open(write):
    assert read(write(codecs.BOM_UTF8 + PROSE.encode())).text == "\ufeff" + PROSE


def test_big5_is_told_from_gb18030(write):
    text = (
        "法院受理各類案件六萬三千二百二十一件,審結六萬零六十一件,同比分別上升百分之十九和百分之十七。檢察機關批准逮捕三千零一十二件,提起公訴四千二百七十四人。"
        * 3
    )
    assert read(write(text.encode("big5"))).text == text


@pytest.mark.parametrize("text", ["<b 12364起,同比下降25.44%", "<script>alert(1)", "PK", "%PDFX 1"])
def test_text_that_only_resembles_another_format_is_text(write, text):
    assert read(write("说明:" + text)).text == "说明:" + text


def test_the_name_of_a_file_says_nothing_about_its_format(write):
    assert read(write(PROSE, "bulletin.pdf")).text == PROSE


def test_a_dash_reads_standard_input(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(PROSE.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert read("-").text == PROSE


def test_a_line_of_ten_megabytes_is_read_whole(write):
    text = "立案12364起," * 500_000
    assert (read(write(text)).text == text) is True


# --- what cannot be read -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is empty"),
        (b" \r\n\t", "it is empty"),
        (codecs.BOM_UTF8, "there is no text in it"),
        ("\u3000\n".encode(), "there is no text in it"),
        (b"abc\0def", "NUL at byte 3"),
        (bytes(range(1, 32)) * 20, "binary"),
        (PROSE.encode()[:40] + b"\xff" + PROSE.encode()[40:], "encoding is broken at byte"),
        ("立案\ud800起".encode("utf-8", "surrogatepass") + PROSE.encode(), "encoding is broken at byte"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "UTF-16 is broken"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it is a picture"),
        (b"\x1f\x8b\x08\0", "compressed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old binary kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted Office document"),
        (b"%PDF-1.7\nnothing more", "the PDF is damaged"),
        (b"PK\x03\x04 and nothing more", "Word document is damaged"),
        (b"<html><body><img src=a.png></body></html>", "no article"),
    ],
)
def test_an_unreadable_file_is_refused_by_name_with_the_reason(write, data, problem):
    path = write(data)
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ") and problem in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_file_a_directory_and_a_circle_of_links_are_refused(tmp_path):
    circle = tmp_path / "circle.txt"
    circle.symlink_to(circle)
    for path, problem in ((tmp_path / "none.txt", "no such file"), (tmp_path, "is a directory"), (circle, "cannot be read")):
        with pytest.raises(DocumentError, match=problem):
            read(path)


def test_a_path_no_system_can_open_is_refused():
    with pytest.raises(DocumentError, match="cannot be read"):
        read("a\0b")


def test_a_file_beyond_any_bulletin_is_refused(write, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(DocumentError, match="larger than"):
        read(write(PROSE))


# --- tables --------------------------------------------------------------------------------------------------------------------


def test_a_table_is_told_from_prose_and_kept_as_printed(write):
    text = "年份,受案(人)\r\n1960,548\r\n1961,698\r\n"
    document = read(write(text))
    assert document.is_table and document.text == text
    assert [s.as_written for s in extract(document).statements] == ["548", "698"]


@pytest.mark.parametrize(
    "text",
    ["立案12起,结案11起\n立案13起,结案12起\n", "a,b\n", "1960,548\n1961,698\n", "年份,受案\n1960,548,1\n", "名称,说明\n甲,乙\n", 'a,b\n"1,2\n'],
)
def test_prose_and_lists_with_commas_are_no_tables(text):
    assert delimiter_of(text) is None


# --- HTML, DOCX, PDF -----------------------------------------------------------------------------------------------------------


def html_of(text: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    menu = "<nav><ul><li><a href='/'>首页</a></li><li><a href='/2016'>2016年公报</a></li></ul></nav>"
    page = f"<!DOCTYPE html><html><head><meta charset='gb2312'><title>公报</title></head><body>{menu}"
    page += f"<article>{paragraphs}</article><footer>备案号 12345678</footer></body></html>"
    return page.encode("gb18030")


def docx_of(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def pdf_of(text: str) -> bytes:
    import pylopdf_fonts_zh_cn

    paragraphs = "\n\n".join("".join(f"\\u{{{ord(c):x}}}" if not c.isalnum() and not c.isspace() else c for c in line) for line in text.splitlines())
    setting = '#set page(numbering: "- 1 -")\n#set text(font: "Noto Serif SC", lang: "zh", region: "cn")\n'
    setting += '#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n'
    return typst.compile((setting + paragraphs).encode(), font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent])


def without_places(document) -> list[tuple]:
    statements = extract(document).statements
    return [
        (
            s.indicator,
            s.value,
            s.unit,
            s.period,
            s.kind,
            s.as_written.replace(" ", ""),
            s.change and (s.change.direction, s.change.amount, s.change.kind, s.change.basis),
        )
        for s in statements
    ]


@pytest.mark.parametrize(("form", "make"), [("html", html_of), ("docx", docx_of), ("pdf", pdf_of)])
def test_a_bulletin_in_another_format_gives_the_same_statements(write, form, make):
    text = DIGEST.read_text("utf-8")
    document = read(write(make(text), "bijie-2017"))
    assert document.format == form
    assert without_places(document) == without_places(read(write(text, "bijie-2017.txt")))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of other people's texts is not at hand (TONGBI_CORPUS)")
@pytest.mark.parametrize(("form", "make"), [("html", html_of), ("docx", docx_of), ("pdf", pdf_of)])
def test_the_real_article_in_another_format_gives_the_same_statements(write, form, make):
    text = (CORPUS / "labelled/000-bijie-2017.txt").open(encoding="utf-8", newline="").read()
    document = read(write(make(text), "000-bijie-2017"))
    assert document.format == form
    assert without_places(document) == without_places(read(write(text, "000-bijie-2017.txt")))


def test_the_menus_of_a_page_are_left_out(write):
    text = read(write(html_of(PROSE * 5))).text
    assert "12364起" in text and "首页" not in text and "备案号" not in text


@pytest.mark.parametrize("times", [1, 5])
@pytest.mark.parametrize("tag", ["b", "strong", "span class='num'", "font color=red", "em", "u", "mark", "i"])
def test_what_only_sets_words_otherwise_tears_no_sentence_of_a_page(write, tag, times):
    whole = "<p>2023年，全县立刑事案件{}起，同比下降{}；破获盗窃案件{}起。</p>"
    set_apart = [f"<{tag}>{figure}</{tag.split()[0]}>" for figure in ("1236", "25.4%", "310")]
    text = read(write(whole.format(*set_apart) * times, "page.html")).text
    assert text.split("\n")[:times] == ["2023年，全县立刑事案件1236起，同比下降25.4%；破获盗窃案件310起。"] * times


def test_a_script_in_a_page_is_neither_run_nor_read(write):
    page = html_of(PROSE * 5 + "<script>document.write('立案99999起')</script>")
    assert "99999" not in read(write(page)).text


def test_word_text_has_insertions_and_tables_and_no_deletions(write):
    document, out = docx.Document(), io.BytesIO()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "受案", "548"
    paragraph = document.add_paragraph("立案")
    from docx.oxml import parse_xml

    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(parse_xml(f"<w:ins {w}><w:r><w:t>12</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {w}><w:r><w:delText>13</w:delText></w:r></w:del>"))
    paragraph.add_run("起")
    document.save(out)
    assert read(write(out.getvalue())).text == "受案\t548\n立案12起\n"


def test_a_word_file_that_unpacks_to_a_flood_is_refused(write, monkeypatch):
    from analysis.documents import packages

    monkeypatch.setattr(packages, "MAX_UNPACKED", 100)
    with pytest.raises(DocumentError, match="far more than a bulletin"):
        read(write(docx_of(PROSE)))


def test_an_archive_that_is_no_word_file_is_refused(write):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(DocumentError, match="no Word document"):
        read(write(out.getvalue()))


def test_pdf_lines_are_joined_and_page_numbers_left_out(write):
    paragraph = "2017年全市法院受理案件63221件,结案60061件,同比分别上升19.39%和17.7%。" * 4
    text = read(write(pdf_of("\n".join([paragraph] * 30)))).text
    assert text == (paragraph + "\n") * 30


def test_an_encrypted_pdf_is_refused(write, tmp_path):
    with pikepdf.open(io.BytesIO(pdf_of(PROSE))) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="u", owner="o"))
    with pytest.raises(DocumentError, match="the PDF is encrypted"):
        read(tmp_path / "locked.pdf")


def test_a_scan_without_text_is_refused(write):
    with pytest.raises(DocumentError, match="scan without a text layer"):
        read(write(typst.compile(b"#rect(width: 5cm, height: 5cm)")))


# --- data/raw ------------------------------------------------------------------------------------------------------------------

SIDECAR = """
title: 公报
publisher: 某院
retrieved: 2026-01-01
period: "2017"
region: somewhere
organ: courts
form: digest
sha256: {sha256}
"""


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "somewhere"
    folder.mkdir()

    def add(name: str, data: bytes, sidecar: str = SIDECAR) -> Path:
        path = folder / name
        path.write_bytes(data)
        path.with_name(path.stem + ".meta.yml").write_text(sidecar.format(sha256=hashlib.sha256(data).hexdigest()), "utf-8")
        return path

    return add


def test_documents_come_with_their_metadata_sorted_by_id(raw, tmp_path):
    raw("b.txt", PROSE.encode())
    raw("a.txt", PROSE.encode())
    documents = load_documents(tmp_path)
    assert [d.id for d in documents] == ["a", "b"] and isinstance(documents[0].metadata, Metadata)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda s: s.replace("title", "titel"), "key 'titel' is not a known key: did you mean 'title'?"),
        (lambda s: s.replace('"2017"', '"2017年"'), "key 'period' is '2017年': write period: \"2017\""),
        (lambda s: s.replace('"2017"', "2018"), "key 'period' is 2018: write period: \"2018\", with the quotation marks"),
        (lambda s: s.replace('"2017"', "2018-2019"), 'write period: "2018..2019"'),
        (
            lambda s: s.replace("retrieved: 2024-01-01\n", "").replace("retrieved", "recieved"),
            "key 'retrieved' is missing: write the day you saved the file",
        ),
        (lambda s: s.replace("courts", "court"), "key 'organ'"),
        (lambda s: s.replace("{sha256}", "a" * 64), "its sha256 is not the one"),
        (lambda s: s.replace("somewhere", "elsewhere"), "its folder 'somewhere'"),
        (lambda s: s + "- a", "it is not YAML"),
        (lambda s: "[]", "not a mapping"),
        (lambda s: "", "not a mapping"),
    ],
)
def test_wrong_metadata_are_refused_with_the_key(raw, tmp_path, change, fault):
    raw("a.txt", PROSE.encode(), change(SIDECAR))
    with pytest.raises(DocumentError) as caught:
        load_documents(tmp_path)
    assert fault in str(caught.value) and str(tmp_path / "somewhere" / "a.") in str(caught.value)


def test_one_bad_document_does_not_keep_the_others_back(raw, tmp_path):
    raw("a.txt", PROSE.encode())
    raw("b.txt", b"\0")
    (tmp_path / "somewhere/c.txt").write_text("without metadata", "utf-8")
    (tmp_path / "somewhere/loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "somewhere/d")
    problems = []
    assert [d.id for d in load_documents(tmp_path, problems.append)] == ["a"]
    assert [Path(p.path).name for p in problems] == ["b.txt", "c.txt", "d"]


def test_two_documents_of_one_name_are_refused(raw, tmp_path):
    raw("a.txt", PROSE.encode())
    other = tmp_path / "somewhere/tables"
    other.mkdir()
    for name in ("a.txt", "a.meta.yml"):
        (other / name).write_bytes((tmp_path / "somewhere" / name).read_bytes())
    with pytest.raises(DocumentError, match="its name is also that of"):
        load_documents(tmp_path)


def test_extracted_text_is_stored_beside_the_raw_file_and_stands_from_then_on(raw, tmp_path):
    path = raw("a.html", html_of(PROSE * 5))
    first = load_documents(tmp_path)[0]
    store_text(first)
    stored = path.with_name("a.html.txt")
    assert stored.read_bytes().decode() == first.text
    assert [d.text for d in load_documents(tmp_path)] == [first.text]
    other = hashlib.sha256("立案1起。\n".encode())
    stored.write_text("立案1起。\n", "utf-8")
    store_text(first)
    with pytest.raises(DocumentError, match="no longer the text that was extracted"):
        load_documents(tmp_path)
    # What an earlier version of this program extracted, and summed, stands.
    stored.with_name("a.html.txt.sha256").write_text(f"{other.hexdigest()}  a.html.txt\n")
    assert [d.text for d in load_documents(tmp_path)] == ["立案1起。\n"]


def test_a_region_is_named_by_its_folder(tmp_path):
    (tmp_path / "somewhere").mkdir()
    (tmp_path / "somewhere/region.yml").write_text("zh: 某地\nen: Somewhere\nlevel: county\n", "utf-8")
    assert load_regions(tmp_path)["somewhere"].en == "Somewhere"
    (tmp_path / "somewhere/region.yml").write_text("zh: 某地\nen: Somewhere\nlevel: village\n", "utf-8")
    with pytest.raises(DocumentError, match="key 'level'"):
        load_regions(tmp_path)


def test_a_list_of_rare_place_names_is_read_as_chinese(tmp_path):
    """The hanzi of place names are rare ones; the stops between them tell the encoding."""
    text = "甪里镇、浉江区、鄄南县、濉河县、黟山县、歙南县立案7起。"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("gb18030"))
    assert read(path).text == text


def test_a_raised_mark_stays_in_its_line(tmp_path):
    page = "<p>2020年，全县立刑事案件1250起<sup>1</sup>，同比下降4.1%<sup>2</sup>；破案900起。</p>"
    page += "<p>全县法治环境持续改善，各项工作有序推进，群众满意度不断提高。</p>"
    path = tmp_path / "a.html"
    path.write_text(f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><article>{page}</article></body></html>", "utf-8")
    assert read(path).text.startswith("2020年，全县立刑事案件1250起¹，同比下降4.1%²；破案900起。")
