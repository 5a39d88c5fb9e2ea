"""The faces of a report: every one from the same notebook, the same bytes each time, each with what it promises."""

import base64
import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import nbformat
import openpyxl
import pikepdf
import pypdfium2
import pytest
from docx import Document
from facts_builder import fact
from lxml import html as reader
from report_notebook import edition_of, executed

from analysis.report.annex import doubts_table
from analysis.report.executed import shown
from analysis.report.exporter import TypstPDFExporter
from analysis.report.faces import FORMATS, face, package
from analysis.report.faces.html import TAGS
from analysis.report.faces.package import as_package, rows_of
from analysis.report.frontmatter import front_matter
from analysis.report.lint import EITHER, PARAGRAPHS, lead_of, missing_parts
from analysis.report.lint import PARTS as PARTS_OF_A_BULLETIN
from analysis.report.phrases import Wording
from analysis.report.points import Message
from analysis.report.scan import bindings, bound_by, text_of, unbound
from analysis.report.typesetting import Attachment


@pytest.fixture(scope="module", params=["zh", "en"])
def notebook(request):
    return executed("bijie", "2017", request.param)


@pytest.fixture(scope="module")
def page(notebook):
    lang = notebook.metadata["tongbi"]["lang"]
    other = "en" if lang == "zh" else "zh"
    return reader.fromstring(face("html", notebook, {other: f"bijie-2017-{other}.html"}, {"bijie-2017": "documents/bijie-2017.html"}))


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pdf"])
def test_a_face_has_the_same_bytes_each_time(notebook, form):
    assert face(form, notebook) == face(form, nbformat.from_dict(notebook))


def test_an_unknown_format_names_those_there_are(notebook):
    with pytest.raises(ValueError, match="pdf, html, docx, xlsx"):
        face("odt", notebook)


def test_the_page_asks_nothing_from_outside(page):
    asked = [element.get(name) for element in page.iter() for name in ("src", "data", "poster", "srcset") if element.get(name)]
    assert asked and all(address.startswith("data:") for address in asked)
    assert not page.xpath("//script | //link | //iframe | //object | //style[contains(., '@import') or contains(., 'url(')]")


def test_numbers_of_a_table_stand_flush_right_and_charts_name_a_typeface_that_every_browser_has(page):
    (heads,) = page.xpath("(//table)[1]/thead/tr")
    numbers = [at for at, head in enumerate(heads) if head.get("class") == "number"]
    assert numbers and all(row[at].get("class") == "number" for row in page.xpath("(//table)[1]/tbody/tr") for at in numbers)
    drawn = [base64.b64decode(image.get("src").partition(",")[2]).decode() for image in page.iter("img")]
    assert drawn and all("sans-serif" in svg and 'viewBox="-14 0 ' in svg for svg in drawn)


def test_every_figure_of_the_headline_table_is_reached_and_left_by_link(page):
    table = page.xpath("(//table)[1]")[0]
    for row in table.xpath("./tbody/tr"):
        places = {link.get("href")[1:] for link in row.xpath(".//a")}
        assert places
        for place in places:
            entry = page.get_element_by_id(place)
            back = {link.get("href") for link in (entry, *entry.iterdescendants("a"), *entry.iterancestors("a")) if link.get("href")}
            assert any(row in page.get_element_by_id(target[1:]).iterancestors("tr") for target in back)


def test_an_entry_of_the_annex_leads_to_its_number_in_the_whole_document(page):
    rows = page.xpath("//tr[.//a[@class='in-document']]")
    text = (Path(__file__).parents[1] / "data/raw/bijie/bijie-2017.txt").read_text("utf-8")
    assert len(rows) > 40
    for row in rows:
        (link,) = row.xpath(".//a[@class='in-document']/@href")
        at = int(re.fullmatch(r"documents/bijie-2017\.html#c(\d+)", link)[1])
        assert row[1].text_content().strip()[0] == text[at]


def test_no_link_leads_nowhere(page):
    known = {element.get("id") for element in page.iter() if element.get("id")}
    inside = [link.get("href")[1:] for link in page.iter("a") if link.get("href").startswith("#")]
    assert len(inside) > 150 and set(inside) <= known


def test_tables_have_row_headers_and_the_other_language_is_marked(page):
    assert all(row.xpath("./th[@scope='row']") for row in page.xpath("//tbody/tr"))
    lang = page.get("lang")
    if lang == TAGS["en"]:
        text = "".join(page.xpath("//main//text()[not(ancestor::*[@lang='zh-Hans'])]"))
        assert not re.search("[㐀-鿿]", text)
    assert page.xpath("//header//a/@hreflang") == [TAGS["zh"] if lang == TAGS["en"] else TAGS["en"]]


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium here")
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scroll(notebook, tmp_path):
    sync = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    path = tmp_path / "report.html"
    path.write_bytes(face("html", notebook))
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 390, "height": 844})
        tab.goto(path.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        assert [found["id"] for found in axe.Axe().run(tab).response["violations"]] == []
        rows = tab.locator("table").first.locator("tbody tr")
        for at in range(rows.count()):
            link = rows.nth(at).locator("a").first
            link.click()
            entry = tab.locator(":target")
            tab.wait_for_url(f"**{link.get_attribute('href')}")
            assert entry.is_visible()
            back = entry if entry.evaluate("one => one.tagName") == "A" else entry.locator("xpath=(./descendant::a|./ancestor::a)[1]")
            back.click()
            assert rows.nth(at).locator(":target").count() or tab.locator(":target").evaluate(
                "(one, at) => one.closest('tr') === document.querySelectorAll('table')[0].querySelectorAll('tbody tr')[at]", at
            )
        assert rows.count() >= 10
        browser.close()


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium here")
def test_no_column_of_a_table_is_cut_in_a_narrow_window_or_a_wide_one(notebook, tmp_path):
    sync = pytest.importorskip("playwright.sync_api")
    path = tmp_path / "report.html"
    path.write_bytes(face("html", notebook))
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        tab.goto(path.as_uri())
        for width in (390, 480, 600, 700, 710, 740, 768, 850, 895, 900, 960, 1100, 1366, 1600):
            tab.set_viewport_size({"width": width, "height": 1400})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            # The blank half of a closing sign may stand over the edge: a browser trims it there.
            cut = """[...document.querySelectorAll('div.table')].filter(frame => {
                const edges = frame.getBoundingClientRect();
                return edges.left < 0 || edges.right > innerWidth || [...frame.querySelectorAll('tbody th, td')].some(cell => {
                    const words = document.createRange(); words.selectNodeContents(cell);
                    return [...words.getClientRects()].some(one => one.right > edges.right + 8 || one.left < edges.left - 1);
                });
            }).map(frame => frame.getAttribute('aria-label'))"""
            assert tab.evaluate(cut) == [], width
        browser.close()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_opens_the_word_document_with_its_tables_and_charts(notebook, tmp_path):
    (tmp_path / "report.docx").write_bytes(face("docx", notebook))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    done = subprocess.run([*command, tmp_path / "report.docx"], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0 and (tmp_path / "report.pdf").exists(), done.stderr
    said = text_of("pdf", (tmp_path / "report.pdf").read_bytes())
    assert "12364" in said.replace(",", "") and "25.44" in said and notebook.metadata["tongbi"]["title"] in said


def test_word_has_real_headings_tables_and_alternative_texts(notebook):
    data = face("docx", notebook)
    document = Document(io.BytesIO(data))
    assert sum(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs) >= 10
    assert len(document.tables) >= 8
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    drawn = re.findall(r"<wp:docPr[^>]*>", xml)
    assert drawn and all(re.search(r'descr="[^"]{20,}', one) for one in drawn)
    assert all(re.search(r"<w:tblHeader", table) for table in re.findall(r"<w:tbl>.*?</w:tbl>", xml, re.DOTALL))
    assert all(row.trPr is not None and row.trPr.xpath("w:cantSplit") for table in document.tables for row in (one._tr for one in table.rows))


def test_word_documents_know_nothing_of_when_they_were_made(notebook):
    year, month, day = shown(notebook)[0]["date"]
    with zipfile.ZipFile(io.BytesIO(face("docx", notebook))) as document:
        assert {entry.date_time for entry in document.infolist()} <= {(year, month, day, 0, 0, 0), (1980, 1, 1, 0, 0, 0)}


def test_the_workbook_is_one_titled_table_a_sheet(notebook):
    book = openpyxl.load_workbook(io.BytesIO(face("xlsx", notebook)))
    cover, contents, notes, *sheets = book.worksheets
    assert cover["A1"].value == notebook.metadata["tongbi"]["title"] and notes["A3"].value
    assert len(sheets) >= 6 and sum(cell.hyperlink is not None for cell in contents["A"]) == len(sheets)
    for sheet in sheets:
        (table,) = sheet.tables.values()
        assert sheet["A1"].value and sheet["A2"].value and sheet.freeze_panes == "B5" and table.ref.startswith("A4:")
        assert not sheet.merged_cells.ranges
    assert not any(cell.data_type == "f" for sheet in sheets for row in sheet.iter_rows() for cell in row)


def test_the_workbook_keeps_the_numbers(notebook):
    book = openpyxl.load_workbook(io.BytesIO(face("xlsx", notebook)))
    sheet = next(sheet for sheet in book.worksheets if sheet.title.endswith("headline"))
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    crime = next(dict(zip(head, row, strict=True)) for row in rows if row[head.index("indicator")] == "criminal-cases-filed")
    assert (crime["value"], crime["change_amount"], crime["period_source"]) == (12364, 25.44, "document")


@pytest.fixture(scope="module")
def data(notebook, tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    for name, content in package(notebook).items():
        (folder / name).write_bytes(content)
    return folder


def test_frictionless_finds_the_data_package_valid(data):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(data / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])[:5]


def test_the_package_read_back_is_what_the_report_shows(data, notebook):
    shown = [
        row
        for cell in notebook.cells
        for output in cell.outputs
        if "text/csv" in output.data and output.metadata["text/csv"]["name"].startswith("sources-")
        for row in csv.DictReader(io.StringIO(output.data["text/csv"]))
    ]
    with (data / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        back = [{name: cell.removeprefix("'") for name, cell in row.items()} for row in csv.DictReader(file)]
    assert back == shown and len(back) > 60


def test_a_figure_of_the_package_says_where_it_stands_and_what_was_computed(data):
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in data.glob("*.csv"))
    with (data / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        crime = next(row for row in csv.DictReader(file) if row["indicator"] == "criminal-cases-filed" and row["value"] == "12364")
    assert crime["url"].startswith("http") and crime["sentence"] and crime["period_source"] in ("document", "assumed") and crime["title"]
    assert crime["computed_from"] == "implied_low, implied_high, integers_low, integers_high: value, change_amount"
    with (data / "glossary.csv").open(encoding="utf-8-sig", newline="") as file:
        entry = next(row for row in csv.DictReader(file) if row["id"] == "criminal-cases-filed")
    assert "立案" in entry["definition_zh"] and "investigate" in entry["definition_en"] and entry["unit"]
    fields = [field for table in json.loads((data / "datapackage.json").read_text("utf-8"))["resources"] for field in table["schema"]["fields"]]
    assert all(field["title"] and field["description"] for field in fields)


def test_a_text_that_begins_like_a_formula_is_inert_in_the_package_and_comes_back():
    table = Attachment("t.csv", b"value,sentence\n-2,'=1+1\n", "text/csv", "t")
    front = front_matter({"lang": "en", "region": "x", "period": "2017"}, "t")
    content = as_package(front, [table])["t.csv"].decode("utf-8-sig")
    assert content == "value,sentence\n-2,'=1+1\n" and rows_of(table) == [["value", "sentence"], ["-2", "=1+1"]]


# The validator takes the width of one glyph of the Chinese typeface for wrong; this message alone is allowed, word for word.
ITS_OWN_FAULT = re.compile(
    r"font object \d+ \d+ has rendered CID \d+ width 0\.000 in its embedded CIDFontType0C program but 1000\.000 in /W or /DW"
)


def faults(data):
    page = pytest.importorskip("page")
    profiles = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
    found = [failure for profile in profiles for failure in page.validate_pdf_bytes(data, profile=profile).failures]
    return [failure.message for failure in found if not ITS_OWN_FAULT.search(failure.message) and not misread_end(failure, data)]


def misread_end(failure, data):
    """The validator takes a carriage return that ends a stream for a part of the line end behind it; then the length is right all the same."""
    if "/Length does not match" not in failure.message:
        return False
    number = int(re.findall(r"\d+", str(failure.object_id))[0])
    head = re.search(rb"\n%d 0 obj\n<<((?:(?!endobj).)*?)>>\s*stream\n" % number, data, re.DOTALL)
    end = head.end() + int(re.search(rb"/Length (\d+)", head[1])[1])
    return data[end - 1 : end + 10] == b"\r\nendstream"


@pytest.fixture(scope="module")
def pdf(notebook):
    return TypstPDFExporter().from_notebook_node(notebook)[0]


def test_no_page_before_the_last_stands_half_empty(pdf):
    for page in list(pypdfium2.PdfDocument(pdf))[:-1]:
        image = page.render(scale=0.4).to_pil().convert("L")
        width, height = image.size
        body = image.crop((0, round(height * 0.09), width, round(height * 0.91)))  # without header and footer
        reach = body.point(lambda grey: 255 * (grey < 250)).getbbox()
        assert reach is not None and reach[3] > 0.6 * body.size[1]


def test_tables_and_figures_stand_in_the_order_of_their_numbers(pdf, notebook):
    text = text_of("pdf", pdf)
    words = ("Table", "Figure") if notebook.metadata["tongbi"]["lang"] == "en" else ("表", "图")
    for word in words:
        numbers = [int(found) for found in re.findall(rf"^{word}\s?(\d+) ", text, re.MULTILINE)]
        assert len(numbers) > 5 and numbers == sorted(numbers)


def test_an_outside_validator_finds_the_pdf_conforming(pdf):
    assert faults(pdf) == []


def without_alternative_text(pdf):
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary) and "/Alt" in found:
            del found["/Alt"]


def without_language(pdf):
    del pdf.Root["/Lang"]


def without_tags(pdf):
    del pdf.Root["/StructTreeRoot"]


def without_metadata(pdf):
    del pdf.Root["/Metadata"]


@pytest.mark.parametrize("remove", [without_alternative_text, without_language, without_tags, without_metadata])
def test_the_validator_sees_what_is_taken_out(pdf, remove):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        remove(opened)
        out = io.BytesIO()
        opened.save(out)
    assert faults(out.getvalue())


def test_links_of_the_pdf_lead_to_places_of_it(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        links = [link for page in opened.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"]
        inside = [link for link in links if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo"]
        outside = [str(link.A.URI) for link in links if link.get("/A", {}).get("/S") == "/URI"]
    assert len(inside) > 200 and outside and all(address.startswith("http") for address in outside)


def markdown(notebook):
    return [output.data["text/markdown"] for cell in notebook.cells for output in cell.outputs if "text/markdown" in output.data]


WHOLE_TEXTS = ("points", "know", "changes", "edition")  # what stands in one text with its heading, without tables


def parts_of(notebook):
    """What the lint looks at: texts, the names of tables, the alternative texts of charts."""
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    names = [output.metadata["text/csv"]["name"] for output in outputs if "text/csv" in output.data]
    alts = [output.metadata["image/svg+xml"]["alt"] for output in outputs if "image/svg+xml" in output.data]
    return markdown(notebook), notebook.metadata["tongbi"]["lang"], names, alts


def test_every_section_of_a_trusted_bulletin_is_there_and_is_missed_when_taken_out(notebook):
    texts, lang, names, alts = parts_of(notebook)
    assert missing_parts(texts, lang, names, alts) == []
    wording = Wording.load(lang)
    for part in PARTS_OF_A_BULLETIN:
        title = wording(f"section.{'about' if part == 'edition' else part}")
        without = [re.sub(rf"^## {re.escape(title)}$", "## x", text, flags=re.MULTILINE) for text in texts]
        assert part in missing_parts(without, lang, names, alts)
        if part in WHOLE_TEXTS:
            emptied = [re.sub(rf"^(## {re.escape(title)}\n)(?:(?!^## ).*\n?)*", r"\1", text + "\n", flags=re.MULTILINE) for text in texts]
            assert part in missing_parts(emptied, lang, names, alts)


@pytest.mark.parametrize("key", PARAGRAPHS)
def test_every_paragraph_a_bulletin_must_have_is_missed_when_taken_out(notebook, key):
    texts, lang, names, alts = parts_of(notebook)
    leads = [lead_of(Wording.load(lang), one) for one in (key, *EITHER.get(key, ()))]
    without = ["\n\n".join(part for part in text.split("\n\n") if not part.startswith(tuple(leads))) for text in texts]
    assert without != texts and missing_parts(without, lang, names, alts) == [key]


def test_tables_and_charts_are_missed_when_taken_out(notebook):
    texts, lang, names, alts = parts_of(notebook)
    for name in ("headline", "conventions"):
        assert missing_parts(texts, lang, [one for one in names if one != name], alts) == [f"table.{name}"]
    assert missing_parts(texts, lang, [one for one in names if not one.startswith("sources-")], alts) == ["table.sources"]
    assert missing_parts(texts, lang, names, []) == missing_parts(texts, lang, names, [*alts, " "]) == ["charts"]


def test_doubtful_readings_stand_worst_first_and_lead_no_list_of_points(notebook):
    edition = edition_of("bijie", "2017", notebook.metadata["tongbi"]["lang"])
    doubtful = [fact for fact in edition.facts if fact.doubts]
    table = doubts_table([*reversed(doubtful), fact(ref=900, margin=Decimal("1.5")), fact(ref=901, margin=Decimal("0.2"))], edition.narrator, "x")
    order = [row[-1].text for row in table.rows]
    worst = [one for one in doubtful if "contradiction" in one.doubts]
    assert worst and all(f"[{one.ref}]" in "".join(order[: len(worst)]) for one in worst)
    assert order.index(next(one for one in order if "901" in one)) < order.index(next(one for one in order if "900" in one))
    assert not edition.messages[0].lead.doubts
    assert Message("x", (fact(change={}),), 1.0).leads and not Message("x", (fact(change={}, margin=Decimal("0.2")),), 1.0).leads


PLANTED = "31416"


@pytest.fixture(scope="module")
def bound(notebook):
    return bindings(edition_of("bijie", "2017", notebook.metadata["tongbi"]["lang"]))


@pytest.mark.parametrize("form", ["html", "docx"])
def test_no_numeral_of_a_finished_face_is_without_a_source_and_a_planted_one_is_found(notebook, bound, form):
    assert unbound(text_of(form, face(form, notebook)), bound) == []
    spoilt = nbformat.from_dict(notebook)
    spoilt.cells[0].outputs[0].data["text/markdown"] += f"\n\n{PLANTED}\n"
    assert unbound(text_of(form, face(form, spoilt)), bound) == [PLANTED]


def test_no_numeral_of_the_pdf_is_without_a_source_and_a_planted_one_is_found(notebook, bound, pdf):
    drawn = [output.data["image/svg+xml"] for cell in notebook.cells for output in cell.outputs if "image/svg+xml" in output.data]
    ticks = bound_by(text for svg in drawn for text in re.findall(r">([^<]+)</text>", svg))  # what stands along an axis is no statistic
    assert unbound(text_of("pdf", pdf), bound | ticks) == []
    spoilt = nbformat.from_dict(notebook)
    spoilt.cells[0].outputs[0].data["text/markdown"] += f"\n\n{PLANTED}\n"
    assert unbound(text_of("pdf", TypstPDFExporter().from_notebook_node(spoilt)[0]), bound | ticks) == [PLANTED]
