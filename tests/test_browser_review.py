"""The review page in a real browser, by keyboard alone, as wide as a desk and as narrow as a phone; skipped where there is no Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from test_browser import CHROMIUM, browser

from analysis import corrections
from analysis.documents import Document
from analysis.review import review_page

__all__ = ["browser"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)")
TEXT = "2017年，全市立刑事案件12364起，同比下降25.44%。\n受理案件63221件，由75件上升到170件，各项指标均为100%。\n" * 6


@pytest.fixture(params=[(1280, 900), (390, 800)], ids=["desk", "phone"])
def page(request, browser, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(review_page(Document("note", TEXT), "en"), "utf-8")
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.goto(path.as_uri())
    yield opened
    opened.close()


def active(page, what: str) -> str:
    return page.evaluate(f"document.activeElement.{what} || ''")


def test_the_first_tab_is_the_way_past_the_text(page):
    page.keyboard.press("Tab")
    assert active(page, "className") == "skip" and page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#records$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('records').contains(document.activeElement)")


def test_a_correction_is_made_and_saved_by_keyboard_alone(page):
    page.keyboard.press("j")
    assert active(page, "tagName") == "SUMMARY" and page.evaluate("document.activeElement.parentElement.open")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.action") == "set_period":
            break
    page.keyboard.press("Control+a")
    page.keyboard.type("2016")
    for name in ("reason", "evidence"):
        for _ in range(30):
            page.keyboard.press("Tab")
            if active(page, "className") == name:
                break
        page.keyboard.type("page 3")
    for _ in range(400):
        page.keyboard.press("Shift+Tab")
        if active(page, "id") == "save":
            break
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    (one,) = corrections.load(Path(download.value.path()))
    assert (one.action, one.value, one.doc, one.reason) == ("set_period", "2016", "note", "page 3")


def tab_to(page, id: str) -> None:
    for _ in range(80):
        if active(page, "id") == id:
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError(f"{id} is not reached")


def progress(page) -> str:
    return page.locator("#progress").inner_text()


def test_a_tour_of_the_doubts_worst_first_keeps_its_progress_in_a_file_that_is_read_back(page, tmp_path):
    doubts = page.locator("details.doubtful").count()
    assert doubts > 3 and progress(page).startswith(f"0 of {doubts} doubts looked at")
    for at in range(2):
        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.parentElement.id") == f"r{at}" and page.locator("details[open]").count() == 1
        page.keyboard.press("c")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.parentElement.id") == "r2" and progress(page).startswith(f"2 of {doubts} doubts")
    assert page.locator("details.seen").count() == 2
    tab_to(page, "keep")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    kept = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "note.progress.json"
    page.on("filechooser", lambda chooser: None)  # choosers are caught from now on: asked for at the key press, they may come too late
    page.reload()
    assert progress(page).startswith("0 of ")
    page.keyboard.press("j")
    tab_to(page, "back")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files({"name": "note.progress.json", "mimeType": "application/json", "buffer": kept})
    expect(page.locator("#kept")).not_to_be_empty()
    assert page.locator("#kept").inner_text() == "2 of 2 marks read back and found here." and progress(page).startswith(f"2 of {doubts} doubts")
    page.keyboard.press("j")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.parentElement.id") == "r2"
    for file, said in ((kept.replace(b'"text": "', b'"text": "0'), "another document"), (b"[]", "no progress file")):
        page.locator("#back").set_input_files({"name": "x.json", "mimeType": "application/json", "buffer": file})
        expect(page.locator("#kept")).to_contain_text(said)
    assert progress(page).startswith(f"2 of {doubts} doubts")


def test_the_tour_ends_when_all_doubts_are_looked_at(page):
    for _ in range(page.locator("details.doubtful").count()):
        page.keyboard.press("n")
        page.keyboard.press("c")
    page.keyboard.press("n")
    assert active(page, "id") == "next" and page.locator("details[open]").count() == 0


def test_nothing_is_wider_than_the_screen_and_a_mark_leads_to_its_record(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator(".source a.mark").first.focus()
    assert "12364" in page.locator("#peek").inner_text() or "2017" in page.locator("#peek").inner_text()
    page.keyboard.press("Enter")
    assert active(page, "tagName") == "SUMMARY" and page.locator("details[open]").count() == 1
    page.keyboard.press("t")
    assert active(page, "dataset.record") != ""


def test_the_page_asks_for_nothing(page):
    assert not page.evaluate("performance.getEntriesByType('resource').map(one => one.name).filter(name => !name.startsWith('data:'))")
