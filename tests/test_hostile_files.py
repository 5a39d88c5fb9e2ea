"""Files that say in a kilobyte what takes gigabytes to read, and files that hold words which nobody is shown: each refused, or read as shown."""

from __future__ import annotations

import io
import json
import random
import re
import time
import zipfile

import pytest
from lxml import etree
from test_hostile import MANY, SEED
from test_hostile_slips import book, word

from analysis.documents import DocumentError, confined, html, pdf, read, tags, wordstyles, workbook
from analysis.documents.docx import W
from analysis.documents.numberformats import printed
from analysis.documents.tables.cells import MAX_MERGED
from analysis.documents.tables.tagged import tagged
from analysis.extract import extract
from proving import hostile

FEW = max(4, MANY // 10)
TABLE = "<w:tbl>{}</w:tbl>"


@pytest.fixture
def chance():
    return random.Random(SEED)


def cell(words, settings=""):
    return f"<w:tc><w:tcPr>{settings}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"


def after_sheet(marks, encoding="utf-8"):
    """A workbook with those marks behind its rows, its sheet in that encoding."""

    def marked(xml):
        text = re.sub(r"^<\?xml[^>]*\?>", "", xml.decode("utf-8")).replace("</sheetData>", "</sheetData>" + marks)
        return (f'<?xml version="1.0" encoding="{encoding}"?>' + text).encode(encoding)

    return book(marked)


def sharing(strings, rows):
    """A workbook of those rows, and of strings that its cells share."""
    out, kind = io.BytesIO(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    put = {
        "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", told.encode()),
        "xl/worksheets/sheet1.xml": lambda xml: re.sub(rb"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), xml),
    }
    with zipfile.ZipFile(io.BytesIO(book())) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in parts.namelist():
            package.writestr(name, put.get(name, bytes)(parts.read(name)))
        held = "".join(f"<si><t>{words}</t></si>" for words in strings)
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{held}</sst>')
    return out.getvalue()


def refused_at_once(reading, words):
    started = time.process_time()
    with pytest.raises(DocumentError, match=words) as told:
        reading()
    assert time.process_time() - started < 2
    assert told.value.path and told.value.remedy


def test_ranges_over_a_whole_sheet_are_refused_or_nothing_however_they_are_spelt(chance):
    def spelt(place):
        return "".join(chance.choice((sign, sign, f"&#{ord(sign)};", f"&#x{ord(sign):x};")) for sign in place)

    for _ in range(FEW):
        mark = chance.choice(("", "$"))
        place = f"{mark}{chance.choice('ABZ')}{mark}{chance.randrange(1, 9)}:{mark}XF{chance.choice('ABCD')}{mark}{1_048_576 - chance.randrange(99)}"
        encoding, blank = chance.choice(("utf-8", "utf-16")), chance.choice((" ", "\n", "\t  "))
        merged = after_sheet(f'<mergeCells count="1"><mergeCell{blank}ref{blank}={blank}"{spelt(place)}"/></mergeCells>', encoding)
        refused_at_once(lambda merged=merged: workbook.extract_content(merged, "a.xlsx"), "merged cells cover")
        started = time.process_time()
        linked = after_sheet(f'<hyperlinks><hyperlink ref="{spelt(place)}" location="x"/></hyperlinks>', encoding)
        assert "315" in workbook.extract_content(linked, "a.xlsx").text
        assert time.process_time() - started < 1


def test_merged_cells_of_a_workbook_in_one_xml_are_bounded_too(chance):
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    for sizes in ((chance.randrange(300_000, 99_999_999), 1), (1000, 1000), (9, 40_000), (2, 2)):
        cells = '<Cell ss:MergeDown="{}" ss:MergeAcross="{}"><Data ss:Type="String">年</Data></Cell>'.format(*sizes)
        sheet = f'<Worksheet ss:Name="a"><Table><Row>{cells}</Row></Table></Worksheet>'
        data = f'<Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>'.encode()
        if sizes == (2, 2):
            assert "年" in workbook.extract_content(data, "a.xls").text
        else:
            refused_at_once(lambda data=data: workbook.extract_content(data, "a.xls"), "merged cells cover")


def test_rows_within_rows_of_a_workbook_in_one_xml_are_no_rows_of_its_own():
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    for depth in (1, 400):
        cells = '<Cell><Data ss:Type="String">立案</Data></Cell>' * 200
        sheet = f'<Worksheet ss:Name="a"><Table>{"<Row>" * depth}{cells}{"</Row>" * depth}</Table></Worksheet>'
        data = f'<Workbook xmlns="{space}" xmlns:ss="{space}">{sheet * 3}</Workbook>'.encode()
        started = time.process_time()
        assert workbook.extract_content(data, "a.xls").text.count("立案") == (600 if depth == 1 else 0)
        assert time.process_time() - started < 1


@pytest.mark.parametrize("places", [(300, 1000), (90_000, 49_000), (500, 11), (90_000, 2), (2, 49_000), (3, 3)])
def test_merged_cells_of_a_page_are_bounded_together(tmp_path, places):
    rows, columns = min(places[0], 500), min(places[1], 1000)  # a cell reaches no further than its rows go
    table = "<table><tr><td rowspan={} colspan={}>地区</td><td>立案</td></tr>{}<tr><td>5</td><td>6</td></tr></table>".format(
        *places, "<tr></tr>" * (rows - 2)
    )
    page = f"<html><body><p>2017年，全市立刑事案件12起，同比下降5%。</p>{table * 40}</body></html>"
    (tmp_path / "note.html").write_text(page, "utf-8")
    (tmp_path / "note.txt").write_text(f"2017年，全市立刑事案件12起。\n{table * 40}\n", "utf-8")
    started = time.process_time()
    fits = 40 * (rows * columns - 1) <= MAX_MERGED
    # Tags in a plain text are no table then: its sentences are read.
    assert {one.unit for one in extract(read(tmp_path / "note.txt")).statements} == {"起"} or fits
    assert time.process_time() - started < 2
    if fits:
        assert extract(read(tmp_path / "note.html")).statements
    else:
        refused_at_once(lambda: read(tmp_path / "note.html"), "note.html: its merged cells cover")


@pytest.mark.parametrize("kind", ["html", "txt"])
def test_cells_of_a_page_cover_what_a_browser_gives_them(tmp_path, chance, kind):
    """Nought rows are all that are left of the group, too many are no more; words that begin with no number are none."""
    prose = "2017年，某县公安局立刑事案件12起，同比下降5%。"
    for _ in range(FEW):
        rows, found = chance.randrange(1, 6), []
        for size in (rows, chance.choice((0, "00", " +0", 65534, 99999999, "0px", "0.5", 10**40))):
            wide = 1 if found else chance.choice(("-3", "0", "x", "", "1.9", "+1", "1e9"))
            first = f"<td rowspan={size!r} colspan={wide!r}>2017</td>"
            body = "".join(f"<tr>{'' if n else first}<td>盗窃{n}</td><td>{n + 57}</td></tr>" for n in range(rows))
            feet = "<tfoot><tr><td>合计</td><td>各类</td><td>999</td></tr></tfoot>" if kind == "html" else ""
            table = f"<table><tr><th>年份</th><th>类别</th><th>立案（起）</th></tr><tbody>{body}</tbody>{feet}</table>"
            page = f"<html><body><p>{prose}</p>{table}</body></html>" if kind == "html" else f"{prose}\n{table}\n"
            (tmp_path / f"a.{kind}").write_text(page, "utf-8")
            document = read(tmp_path / f"a.{kind}")
            tables = document.tables if kind == "html" else tagged(document.text)
            found.append([(cell.text, *cell[3:7]) for one in tables for cell in one.cells])
        assert found[0] == found[1] and len(found[0]) == 4 + 2 * rows + 3 * (kind == "html"), page


def test_a_number_format_longer_than_any_costs_nothing():
    started = time.process_time()
    for number in range(2000):
        assert printed(number, "yyyy" + "[a]" * 100_000) == str(number)
    assert time.process_time() - started < 1


def test_hidden_columns_said_many_times_over_are_counted_once():
    spans = "".join(f'<col min="{n}" max="16384" hidden="1"/>' for n in range(2, 16_384))
    started = time.process_time()
    far = '<c r="XFD3"><v>77</v></c></row></sheetData>'
    data = book(lambda xml: re.sub(rb"</row></sheetData>", far.encode(), xml.replace(b"<sheetData>", f"<cols>{spans}</cols><sheetData>".encode())))
    content = workbook.extract_content(data, "a.xlsx")
    assert [(one.what, one.count) for one in content.left_out] == [("hidden_columns", 16_383)] and "315" not in content.text
    assert time.process_time() - started < 2


def test_what_merged_cells_cover_is_not_read():
    content = workbook.extract_content(after_sheet('<mergeCells><mergeCell ref="A2:B3"/></mergeCells>'), "a.xlsx")
    assert [(one.text, one.rows, one.columns) for one in content.tables[0].cells if one.row] == [("2016", 2, 2)]


def test_cells_far_apart_and_words_that_cells_share_are_refused_before_they_are_laid_out(chance):
    for _ in range(2):
        last, many = chance.choice(("XFD", "XFA", "WAA")), chance.randrange(1500, 3000)
        rows = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="{last}{r}"><v>{r}</v></c></row>' for r in range(1, many))
        refused_at_once(lambda rows=rows: workbook.extract_content(sharing([], rows), "a.xlsx"), "million characters")
        named = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>{r % 2}</v></c></row>' for r in range(1, many))
        long = [" " + "公" * chance.randrange(9_000, 99_000) + " " for _ in range(2)]
        refused_at_once(lambda long=long, named=named: workbook.extract_content(sharing(long, named), "a.xlsx"), "million characters")


def test_one_part_given_as_many_sheets_is_counted_as_often(monkeypatch):
    from analysis.documents import sheets

    with zipfile.ZipFile(io.BytesIO(book())) as parts:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name in parts.namelist():
                again = re.sub(rb"(<sheet [^>]*/>)", rb"\1" * 50, parts.read(name))
                package.writestr(name, again if name == "xl/workbook.xml" else parts.read(name))
    assert len(workbook.extract_content(out.getvalue(), "a.xlsx").tables) == 50
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 10_000)
    refused_at_once(lambda: workbook.extract_content(out.getvalue(), "a.xlsx"), "unpack to far more")


@pytest.mark.parametrize("kind", ["sheet", "word"])
def test_a_package_of_tags_alone_is_refused_unread(tmp_path, kind):
    with zipfile.ZipFile(tmp_path / "a", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml" if kind == "sheet" else "word/document.xml", "<a/>" * 16_000_000)
    refused_at_once(lambda: read(tmp_path / "a"), "unpacks to far more")


def test_columns_before_a_row_are_counted_while_it_is_laid_out(tmp_path, chance):
    for _ in range(2):
        before = f'<w:trPr><w:gridBefore w:val="{chance.randrange(20_000, 49_000)}"/></w:trPr>'
        (tmp_path / "a.docx").write_bytes(word("</w:p>" + TABLE.format(f"<w:tr>{before}{cell(1)}{cell(2)}</w:tr>" * 800) + "<w:p>"))
        refused_at_once(lambda: read(tmp_path / "a.docx"), "million characters")


@pytest.mark.parametrize("tag", ["div", "b", "span", "ul><li", "table><tr><td", "blockquote"])
def test_a_page_is_read_however_deep_or_refused(tmp_path, chance, tag):
    prose = "<p>2017年，全市立刑事案件12364起，同比下降25.44%。</p>"
    each, closing = tag.count("<") + 1, "".join(f"</{one}>" for one in reversed(tag.split("><")))
    for depth in (chance.randrange(260, 480), chance.randrange(600, 5000)):
        times = depth // each
        inner, after = chance.sample(range(1000, 9999), 2)
        body = f"<{tag}>" * times + f"<p>2017年，破获盗窃案件{inner}起，同比上升5%。</p>" + closing * times
        (tmp_path / "a.html").write_text(f"<html><body>{prose}{body}<p>2017年，受理治安案件{after}起，同比上升6%。</p></body></html>", "utf-8")
        if depth > html.MAX_DEPTH:
            refused_at_once(lambda: read(tmp_path / "a.html"), "512 deep")
        else:
            text = read(tmp_path / "a.html").text
            assert str(inner) in text and str(after) in text


def test_a_tag_of_very_many_attributes_is_refused_however_they_are_spelt(chance):
    for many in (3, 400, 600, 15_000):
        forms = chance.choices(('a{}=">"', "a{}", "a{}='<b>'", "a{}=x/y", 'a{}="1 2 3"'), k=3)
        listed = [chance.choice(forms).format(n) for n in range(many)]
        between = chance.choice((" ", "\n", "/", "  /")) if not any(one.endswith("y") for one in listed) else " "
        hidden = chance.choice(("", "<!-- <p " + "b " * 999 + "-->", "<script>1<b " + "c " * 999 + "</script>"))
        page = f"<html><body>{hidden}" + f"<p {between.join(listed)}>立案5起。</p>" * 3
        assert tags.most_attributes(page, html.MAX_ATTRIBUTES) == min(many, html.MAX_ATTRIBUTES), page[:300]
        if many >= html.MAX_ATTRIBUTES:
            refused_at_once(lambda page=page: html.extract_content(page.encode(), "a.html"), "attributes")


def test_tags_are_counted_in_time_that_grows_as_the_page_does(chance):
    for piece in ("<p a=", '<p a="', "<p a='\"", "<!--", "<script>", "<p ", "</script", "a = ", "<style>x<p "):
        seconds = []
        for size in (50_000, 200_000):
            started = time.process_time()
            tags.most_attributes(piece * size, 10**9)
            seconds.append(time.process_time() - started)
        assert seconds[1] < max(0.5, 9 * seconds[0]), piece


@pytest.mark.parametrize("kind", ["title", "digits"])
def test_what_stands_in_a_page_is_searched_in_time_that_grows_as_the_page_does(chance, kind):
    pieces = {"title": (" ", "\n", "\u3000", "—", " —", "网"), "digits": ("1", "1,", "１", "1 ", "年")}[kind]
    for piece in pieces:
        seconds = []
        for size in (3_000, 12_000):
            words = f"<title>公{piece * size}报</title>" if kind == "title" else f"<p>{piece * 1000}</p>" * (size // 100)
            started = time.process_time()
            html.extract_content(f"<html><head>{words}</head><body><p>{'某县公安局工作报告。' * 9}</p>{words}</body></html>".encode(), "a.html")
            seconds.append(time.process_time() - started)
        assert seconds[1] < max(1.5, 9 * seconds[0]), (piece, seconds)


def test_what_stands_between_figures_of_a_word_document_parts_or_is_one(tmp_path, chance):
    """A tab of any kind and a picture of a sign part figures; a sign that a font names by its number is what it shows."""
    for _ in range(FEW):
        first, last, digit = chance.randrange(1, 9), chance.randrange(10, 99), chance.randrange(10)
        symbol = '<w:sym w:font="{}" w:char="F0{:02X}"/>'
        cases = {f"<w:{chance.choice(('tab', 'ptab', 'br', 'cr'))}/>": "", symbol.format("Wingdings", 0x30 + digit): "", "<w:softHyphen/>": None}
        cases |= {symbol.format(chance.choice(("Symbol", "symbol")), 0x30 + digit): digit, "<w:sym/>": "", '<w:sym w:font="Symbol" w:char="F0"/>': ""}
        for between, shown in cases.items():
            (tmp_path / "a.docx").write_bytes(word(f"<w:r><w:t>立案{first}</w:t>{between}<w:t>{last}起。</w:t></w:r>"))
            whole = f"立案{first}{'' if shown is None else shown}{last}起"
            assert (whole in read(tmp_path / "a.docx").text) is (shown != ""), between


MHTML = "From: <Saved by Blink>\nSubject: =?utf-8?Q?=E5?=\n a\nMIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=x\n\n--x\n<html>=E7"
XML = "<?xml version='1.0'?>{}<{}><w:t>立案1</w:t><w:t>2起</w:t></{}>"
NO_DOCUMENTS = {
    "a page saved in one file": MHTML, "a mail": MHTML[23:], "a mail of one head": "MIME-Version: 1.0\r\n\r\n立案12起。",
    "a document in one XML": XML.format("<?mso-application progid='Word.Document'?>", "w:wordDocument", "w:wordDocument"),
    "any XML": XML.format("", "root", "root"),
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_DOCUMENTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_only_carries_a_document_is_refused_with_a_remedy(tmp_path, kind, encoding):
    (tmp_path / "a.doc").write_bytes(NO_DOCUMENTS[kind].encode(encoding))
    refused_at_once(lambda: read(tmp_path / "a.doc"), "save it as")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("ending", ["txt", "json", "csv", "md"])
def test_json_is_refused_under_any_name(tmp_path, chance, encoding, indent, ending):
    told = "2017年，全市立刑事案件12起。"
    rows = [{"指标": "立案", "2016": 12, "2017": chance.randrange(99)}, {"a\"b": None}]
    for held in (rows, rows[0], {"data": {"rows": rows}}, {"text": told}, [told, told], [[{"a": told}]]):
        written = json.dumps(held, ensure_ascii=chance.random() < 0.5, indent=indent)
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        for words in (written, f"  {written}\n", lines, f"{written[:-3]}"):
            (tmp_path / f"a.{ending}").write_bytes(words.encode(encoding))
            refused_at_once(lambda: read(tmp_path / f"a.{ending}"), "it is JSON")


def test_texts_that_begin_with_a_bracket_are_read(tmp_path):
    told = "2017年，全市立刑事案件12起。"
    for words in (f"[{told}]", f"【{told}】", f"{{{told}}}", f'["{told}"', f"[1] {told}", f'{{"引"}}：{told}', f"[摘要]: {told}", f'"标题": {told}'):
        (tmp_path / "a.txt").write_text(words, "utf-8")
        assert "12起" in read(tmp_path / "a.txt").text


def test_texts_that_look_like_a_mail_or_xml_are_read(tmp_path):
    prose = "2017年，全市立刑事案件12起。"
    page = f"<?xml version='1.0'?><?xml-stylesheet href='a'?><html><body><p>{prose * 9}</p></body></html>"
    heads = ("A: b\n" * 5000 + prose, "A: \n \n" * 2000)
    for words in (f"Note: {prose}", f"Subject: a\n{prose}", f"{prose}\nMIME-Version: 1.0", f"<a>{prose}</a>", page, *heads):
        (tmp_path / "a.txt").write_text(words, "utf-8")
        started = time.process_time()
        assert (prose in read(tmp_path / "a.txt").text) is (prose in words)
        assert time.process_time() - started < 2


HIDING = {
    "rules": lambda n: f"<style>{''.join(f'.c{i},#i{i},b.c{i}{{display:none}}' for i in range(n))}</style>" + "<b class=x>2</b>" * n,
    "classes": lambda n: "<style>.c{display:none}</style>" + f"<p><b class='{'c ' * n}'>2</b>起</p>",
    "rules not told apart": lambda n: f"<style>{'.a .c{display:block}' * n}{'.c{display:none}' * n}</style>" + "<b class=c>2</b>" * n,
    "open rules": lambda n: f"<style>{'.c{' * n}</style>",
    "open remarks": lambda n: f"<style>{'/*' * n}</style><p style='{'/*' * n}'>2</p>",
    "sizes of nought": lambda n: ("<div style='font-size:0'>" * 300 + "<b style='font-size:9px'>2</b>" + "</div>" * 300) * (n // 300),
    "declarations": lambda n: f"<p style='{'display:none;left:-9999px;' * n}'>2</p>",
    "tables in deep tables": lambda n: "<table><tr><td>a<td>" * 100 + "<table><tr><td>立案<td>12<tr><td>破案<td>5</table>" * (n // 10),
    "preformatted in itself": lambda n: ("<pre>" * 300 + "立案12起" + "</pre>" * 300) * (n // 300),
    "choices": lambda n: f"<select>{'<option>2' * n}</select>",
}


@pytest.mark.parametrize("shape", HIDING)
def test_what_a_page_hides_is_told_in_time_that_grows_as_the_page_does(shape):
    def seconds(n):
        page = f"<html><body><p>{'某县公安局工作报告。' * 9}</p>{HIDING[shape](n)}</body></html>".encode()
        started = time.process_time()
        html.extract_content(page, "a.html")
        return time.process_time() - started

    seconds(300)
    assert seconds(12_000) < 10 * max(seconds(3000), 0.1)


def styled(tmp_path, base, styles, body):
    """What is read of a Word document with those styles and that body, and what was left out."""
    with zipfile.ZipFile(io.BytesIO(base)) as parts, zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        for name in parts.namelist():
            data = parts.read(name).replace(b"</w:styles>", styles.encode() + b"</w:styles>")
            package.writestr(name, data.replace(b"@", body.encode()) if name == "word/document.xml" else data)
    document = read(tmp_path / "a.docx")
    return document.text, [(one.what, one.count) for one in document.left_out]


@pytest.mark.parametrize("name_of_it", ["vanish", "strike"])
def test_what_a_style_hides_is_left_out_and_named(tmp_path, name_of_it):
    what = {"vanish": "hidden_text", "strike": "struck_text"}[name_of_it]
    style = '<w:style w:type="{}" w:styleId="{}"><w:name w:val="{}"/>{}<w:rPr>{}</w:rPr></w:style>'
    base_ = word("@")
    hides, shows = f"<w:{name_of_it}/>", f'<w:{name_of_it} w:val="0"/>'
    styles = "".join(
        style.format(kind, f"{name}{kind[0]}", f"{name} {kind}", f'<w:basedOn w:val="{base}{kind[0]}"/>' if base else "", settings)
        for kind in ("paragraph", "character", "table")
        for name, base, settings in (("Hid", "", hides), ("Heir", "Hid", ""), ("Shown", "Hid", shows), ("Loop", "Loop", ""))
    )
    for name, hidden in (("Hid", True), ("Heir", True), ("Shown", False), ("Loop", False)):
        paragraph = f'<w:p><w:pPr><w:pStyle w:val="{name}p"/></w:pPr>{{}}</w:p>'
        run = "<w:r><w:rPr>{}</w:rPr><w:t>立案7777起</w:t></w:r>"
        in_table = TABLE.format(f'<w:tblPr><w:tblStyle w:val="{name}t"/></w:tblPr><w:tr>{cell("案")}{cell(7777)}</w:tr>')
        for body in (paragraph.format(run.format("")), "<w:p>" + run.format(f'<w:rStyle w:val="{name}c"/>') + "</w:p>", in_table):
            text, left_out = styled(tmp_path, base_, styles, f"<w:r><w:t>结案5起。</w:t></w:r></w:p>{body}<w:p>")
            assert ("7777" in text) is not hidden and "结案5起" in text, body
            assert ((what, 1) in left_out) is hidden, body
        # A run that says itself that it is shown is shown; so is one that two styles hide.
        for settings in (shows, '<w:rStyle w:val="Hidc"/>') if hidden else ():
            assert "7777" in styled(tmp_path, base_, styles, f"</w:p>{paragraph.format(run.format(settings))}<w:p>")[0]


LOOKS = {
    "white": ('color w:val="FFFFFF"', 'color w:val="000000"', "777"), "nearly white": ('color w:val="FEFEFE"', 'color w:val="FF0000"', "777"),
    "tiny": ('sz w:val="1"', 'sz w:val="20"', "777"), "raised": ('vertAlign w:val="superscript"', 'vertAlign w:val="baseline"', "⁷⁷⁷"),
    "lifted": ('position w:val="10"', 'position w:val="0"', "⁷⁷⁷"), "lowered": ('position w:val="-8"', 'position w:val="0"', "₇₇₇"),
}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_what_a_style_makes_unseen_or_raised_is_no_part_of_a_figure(tmp_path, look):
    """By a style of the words, of the paragraph or the table, or one it is based on; unless the run or a nearer style says otherwise."""
    (gone, plain), small = (f"<w:{told}/>" for told in LOOKS[look][:2]), LOOKS[look][2]
    style = '<w:style w:type="{}" w:styleId="{}"><w:name w:val="{}"/>{}<w:rPr>{}</w:rPr></w:style>'
    kinds = ("character",) if small != "777" else ("character", "paragraph", "table")
    styles = "".join(
        style.format(kind, f"{name}{kind[0]}", f"{name} {kind}", f'<w:basedOn w:val="{base}{kind[0]}"/>' if base else "", settings)
        for kind in ("character", "paragraph", "table")
        for name, base, settings in (("Hid", "", gone), ("Heir", "Hid", ""), ("Shown", "Hid", plain), ("Loop", "Loop", ""))
    )
    run = "<w:r><w:rPr>{}</w:rPr><w:t>777</w:t></w:r>"
    around = "<w:r><w:t>立案12</w:t></w:r>{}<w:r><w:t>起</w:t></w:r>"
    for name, hidden in (("Hid", True), ("Heir", True), ("Shown", False), ("Loop", False)):
        bodies = {"character": around.format(run.format(f'<w:rStyle w:val="{name}c"/>'))}
        bodies["paragraph"] = f'</w:p><w:p><w:pPr><w:pStyle w:val="{name}p"/></w:pPr>{run.format("")}</w:p><w:p>'
        bodies["table"] = "</w:p>" + TABLE.format(f'<w:tblPr><w:tblStyle w:val="{name}t"/></w:tblPr><w:tr>{cell("案")}{cell(777)}</w:tr>') + "<w:p>"
        for kind in kinds:
            text, left_out = styled(tmp_path, word("@"), styles, f"<w:r><w:t>结案5起。</w:t></w:r>{bodies[kind]}")
            assert ("777" in text) is not hidden, (kind, name, text)
            if hidden:
                assert small in text if small != "777" else [what for what, _ in left_out] == ["hidden_text"]
        # What the run itself says goes before its styles.
        assert "12777起" in styled(tmp_path, word("@"), styles, around.format(run.format(f'<w:rStyle w:val="{name}c"/>{plain}')))[0]


@pytest.mark.parametrize("where", ["tcPr", "pPr", "rPr"])
@pytest.mark.parametrize(("shade", "seen"), [("000000", True), ("4F81BD", True), ("FFFFFF", False), ("auto", False), (None, False)])
def test_white_words_of_a_cell_are_seen_where_something_fills_it(tmp_path, where, shade, seen):
    told = {name: "" for name in ("tcPr", "pPr", "rPr")} | {where: f'<w:shd w:val="clear" w:fill="{shade}"/>' if shade else ""}
    held = f'<w:p><w:pPr>{told["pPr"]}</w:pPr><w:r><w:rPr>{told["rPr"]}<w:color w:val="FFFFFF"/></w:rPr><w:t>777</w:t></w:r></w:p>'
    row = f'<w:tr>{cell("案")}<w:tc><w:tcPr>{told["tcPr"]}</w:tcPr>{held}</w:tc></w:tr>'
    assert ("777" in styled(tmp_path, word("@"), "", f"</w:p>{TABLE.format(row)}<w:p>")[0]) is seen


def test_rows_and_cells_that_were_struck_out_are_not_read(tmp_path, chance):
    mark = '<w:{} w:id="1" w:author="a"/>'
    for _ in range(FEW):
        rows, columns, gone = 4, 4, chance.choice(("row", "column"))
        at = chance.randrange(1, 4)
        made = "".join(
            f"<w:tr>{'<w:trPr>' + mark.format('del') + '</w:trPr>' if gone == 'row' and row == at else ''}"
            + "".join(cell(f"{row}{column}", mark.format("cellDel") if gone == "column" and column == at else "") for column in range(columns))
            + "</w:tr>"
            for row in range(rows)
        )
        nested = chance.random() < 0.5  # in a cell of a table that only lays out others
        table = TABLE.format(f"<w:tr><w:tc>{TABLE.format(made)}<w:p/></w:tc></w:tr>" if nested else made)
        (tmp_path / "a.docx").write_bytes(word(f"</w:p>{table}<w:p>"))
        kept = [[n for n in range(4) if gone != axis or n != at] for axis in ("row", "column")]
        left = [[f"{row}{column}" for column in kept[1]] for row in kept[0]]
        assert [line.split("\t") for line in read(tmp_path / "a.docx").text.strip().split("\n")] == left


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_of_ruby_text_the_base_is_read(tmp_path, chance, kind):
    for _ in range(FEW):
        base, small = chance.sample(range(10, 9999), 2)
        if kind == "docx":
            run = "<w:r><w:t>{}</w:t></w:r>"
            parts = [f"<w:rt>{run.format(f'另{small}另')}</w:rt>", f"<w:rubyBase>{run.format(base)}</w:rubyBase>"]
            body = run.format("2017年，立案") + f"<w:r><w:ruby>{''.join(parts)}</w:ruby></w:r>" + run.format("起。")
            (tmp_path / "a").write_bytes(word(body))
        else:
            ruby = f"<ruby>{base}<rp>（</rp><rt>另{small}另</rt><rp>）</rp></ruby>"
            page = f"<html><body><p>{'某县公安局工作报告。' * 9}</p><p>2017年，立案{ruby}起。</p></body></html>"
            (tmp_path / "a").write_text(page, "utf-8")
        text = read(tmp_path / "a").text
        assert f"立案{base}起。" in text and "另" not in text


def test_what_excel_escapes_is_the_character_it_stands_for(chance):
    shown_as = {"_x000D_": " ", "_x000A_": " ", "_x000D_&#10;": " ", "_x0009_": " ", "_x001B_": " ", "_xD83D_": " ", "_x005F_x000A_": "_x000A_"}
    shown_as |= {"_x4E00_": "一", "_xD83D__xDE00_": "😀", "_x00_": "_x00_", "_xXYZW_": "_xXYZW_"}
    for written, said in shown_as.items():
        words = f"立案{written}数"
        for cell_ in ('t="inlineStr"><is><t>{}</t></is>', 't="str"><f>A1</f><v>{}</v>', 't="s"><v>0</v>'):
            row = f'<row r="1"><c r="A1"><v>5</v></c><c r="B1" {cell_.format(words)}</c></row>'
            assert f"立案{said}数" in workbook.extract_content(sharing([words], row), "a.xlsx").text, (written, cell_)


def test_forms_within_forms_are_refused_before_they_fill_memory(tmp_path, monkeypatch, chance):
    (tmp_path / "a.pdf").write_bytes(hostile.nested_forms(2, 3))
    assert "12 cases" in read(tmp_path / "a.pdf").text
    monkeypatch.setattr(confined, "MAX_MEMORY", 100_000_000)
    for _ in range(2):
        data = hostile.nested_forms(*chance.choice(((9, 10), (6, 40), (20, 4), (5, 200))))
        started = time.monotonic()
        refused_at_once(lambda data=data: pdf.extract_content(data, "a.pdf"), "more memory than a document")
        assert time.monotonic() - started < 10


def test_a_page_that_draws_more_forms_than_a_document_does_is_refused_before_its_words_are_read(tmp_path):
    (tmp_path / "a.pdf").write_bytes(hostile.nested_forms(11, 2))
    assert "12 cases" in read(tmp_path / "a.pdf").text
    started = time.process_time()
    refused_at_once(lambda: pdf.extract_content(hostile.nested_forms(15, 2), "a.pdf"), "page 1 draws more than a document does")
    assert time.process_time() - started < 10


def test_a_confined_reading_returns_raises_and_ends_alone(monkeypatch):
    import os

    assert confined.confined(lambda: ("公", [1]), "a.pdf") == ("公", [1])
    refused_at_once(lambda: confined.confined(os.abort, "a.pdf"), "crashes its reader: print it")

    def refuse():
        raise DocumentError("a.pdf", "it is damaged", "mend it")

    def endless():
        confined.give_time()
        while True:
            pass

    refused_at_once(lambda: confined.confined(refuse, "a.pdf"), "a.pdf: it is damaged: mend it")
    monkeypatch.setattr(confined, "MAX_SECONDS", 1)
    refused_at_once(lambda: confined.confined(endless, "a.pdf"), "more than 1 seconds")
    with pytest.raises(ZeroDivisionError):
        confined.confined(lambda: 1 / 0, "a.pdf")


def test_styles_based_on_one_another_are_followed_once(tmp_path):
    def seconds(count):
        chain = "".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n - 1}"/></w:style>' for n in range(1, count)
        )
        root = etree.fromstring(f'<w:styles xmlns:w="{W[1:-1]}">{chain}</w:styles>')
        started = time.process_time()
        assert wordstyles._taking(root, wordstyles.VANISH) == set()
        return time.process_time() - started

    seconds(100)
    assert seconds(8000) < 10 * max(seconds(2000), 0.05)


@pytest.mark.parametrize("hidden", ['<span style="display: none">{}</span>', "<b hidden>{}</b>", "<del>{}</del>", "<s>{}</s>", "<strike>{}</strike>"])
def test_words_that_a_page_hides_or_strikes_within_a_line_are_not_glued_to_its_figures(tmp_path, hidden):
    page = tmp_path / "note.html"
    told = f"2017年，全市受理申诉案件6{hidden.format('5')}件，立刑事案件{hidden.format('987')}12364起，同比下降5%。"
    page.write_text(f"<html><body><p>{told}</p><p>{told}</p></body></html>", "utf-8")
    assert {str(one.value) for one in extract(read(page)).statements if one.value is not None} == {"6", "12364"}


def test_the_sheets_of_a_workbook_share_the_bound_of_merged_cells():
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = '<Worksheet ss:Name="a"><Table><Row><Cell ss:MergeDown="{}"><Data ss:Type="String">年</Data></Cell></Row></Table></Worksheet>'
    for size, sheets in ((150_000, 2), (60_000, 4), (60_000, 3)):
        data = f'<Workbook xmlns="{space}" xmlns:ss="{space}">{sheet.format(size) * sheets}</Workbook>'.encode()
        if size * sheets < MAX_MERGED:
            assert workbook.extract_content(data, "a.xls").text.count("年") == sheets
        else:
            refused_at_once(lambda data=data: workbook.extract_content(data, "a.xls"), "merged cells cover")
