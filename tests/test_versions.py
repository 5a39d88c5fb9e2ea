"""Versions of editions and the list of them: nothing published is overwritten in silence, and every edition is found."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from analysis import building
from analysis.cli import main
from analysis.publish import indexing
from analysis.publish.batch import publish
from proving.project import add, bulletin, contents, make_project


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A project whose edition was published, had a figure changed, and was published again; with the files of the first."""
    root = make_project(tmp_path_factory.mktemp("project"))
    publish("yi", root=root)
    first = contents(root / "reports/yi/1998")
    add(root, "yi", 1998, bulletin(1998).replace("12364起", "12365起"))
    building.build(root)
    publish("yi", root=root)
    return root, first


def record(root):
    return json.loads((root / "reports/yi/1998/edition.json").read_text("utf-8"))


def test_a_changed_report_is_a_new_version_and_the_older_is_kept_byte_for_byte(changed):
    root, first = changed
    now = record(root)
    assert now["version"] == 2 and [one["version"] for one in now["changes"]] == [2]
    kept = contents(root / "reports/yi/1998/earlier/1")
    assert {name: data for name, data in kept.items() if name != "edition.json"} == {n: d for n, d in first.items() if n != "edition.json"}
    assert json.loads(kept["edition.json"])["reports"] == json.loads(first["edition.json"])["reports"]


def test_the_list_of_what_changed_has_the_figure_and_the_point_and_nothing_else(changed):
    (one,) = record(changed[0])["changes"]
    (figure,) = one["figures"]
    assert (figure["what"], figure["zh"], figure["before"]["value"], figure["after"]["value"]) == ("changed", "刑事案件立案数", "12364", "12365")
    assert "12,365" in " ".join(one["points"]["en"]["after"]) and "12,364" in " ".join(one["points"]["en"]["before"])
    assert one["why"] == {"zh": "rows changed", "en": "rows changed"}


def test_a_report_of_one_version_has_nothing_to_compare(tmp_path):
    folder = tmp_path / "reports/yi/1998"
    folder.mkdir(parents=True)
    (folder / "edition.json").write_text(json.dumps({"form": 1, "version": 1, "reports": {}}), "utf-8")
    (tmp_path / "data/raw").mkdir(parents=True)
    refused = CliRunner().invoke(main, ["diff", "yi/1998", "--workspace", str(tmp_path)])
    assert refused.exit_code == 2 and "yi/1998 has only one version" in refused.output


def test_diff_shows_it_and_names_the_versions_there_are(changed):
    root, _ = changed
    shown = CliRunner().invoke(main, ["diff", "yi/1998", "--lang", "en", "--workspace", str(root)])
    assert shown.exit_code == 0 and "version 1 to 2" in shown.output
    assert "changed  Criminal cases filed, 1998 (全市), yi-1998: value 12364 -> value 12365" in shown.output
    refused = CliRunner().invoke(main, ["diff", "yi/1998", "--from", "7", "--workspace", str(root)])
    assert refused.exit_code == 2 and "has no version 7; it has 1, 2" in refused.output
    assert "there are: yi/1998" in CliRunner().invoke(main, ["diff", "yi/1999", "--workspace", str(root)]).output


@pytest.mark.parametrize("how", ["removed", "emptied", "by hand", "linked", "junk", "no record", "not its form"])
def test_a_version_that_is_not_what_was_published_is_not_compared(changed, tmp_path, how):
    root = shutil.copytree(changed[0], tmp_path / "project")
    old = root / "reports/yi/1998/earlier/1"
    table, about = old / "tables-zh/figures.csv", old / "edition.json"
    if how == "removed":
        table.unlink()
    elif how == "emptied":
        table.write_bytes(b"")
    elif how == "by hand":
        table.write_bytes(table.read_bytes().replace(b"12364", b"99999"))
    elif how == "linked":
        shutil.rmtree(table.parent)
        table.parent.symlink_to(root / "reports/yi/1998/tables-zh")
    elif how == "no record":
        about.unlink()
    else:
        about.write_text({"junk": "junk", "not its form": "{}"}[how], "utf-8")
    refused = CliRunner().invoke(main, ["diff", "yi/1998", "--workspace", str(root)])
    what = "tables-zh/figures.csv" if about.is_file() and about.stat().st_size > 10 else "edition.json"
    assert refused.exit_code == 2 and f"version 1 is not what was published ({what})" in refused.output and "--from" in refused.output


def test_the_same_bytes_again_are_no_new_version(changed, tmp_path):
    root = shutil.copytree(changed[0], tmp_path / "project")
    before = contents(root / "reports/yi")
    publish("yi", root=root, force=True)
    assert contents(root / "reports/yi") == before
    publish("yi", root=root, formats=["docx"])
    assert record(root)["version"] == 2


def test_the_index_lists_every_edition_and_its_versions_and_asks_nothing_from_outside(changed):
    root, _ = changed
    page = (root / "reports/index.html").read_text("utf-8")
    assert 'href="yi/1998/yi-1998-zh.pdf"' in page and 'href="yi/1998/yi-1998-en.html"' in page and 'href="yi/1998/earlier/1/"' in page
    assert "12,365" in page and "http" not in page.replace("http-equiv", "")
    assert not indexing.refresh(root / "reports")


def test_the_index_is_searched_and_switched_in_a_browser(changed):
    if not shutil.which("chromium"):
        pytest.skip("there is no Chromium here")
    sync = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
        tab.goto((changed[0] / "reports/index.html").as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        assert [found["id"] for found in axe.Axe().run(tab).response["violations"]] == []
        assert tab.locator("html").get_attribute("lang") == "en" and not tab.get_by_text("已发布的报告").is_visible()
        tab.get_by_role("searchbox").fill("12,365")
        assert tab.locator("article:visible").count() == 1
        tab.get_by_role("searchbox").fill("nothing like it")
        assert tab.locator("article:visible").count() == 0 and tab.get_by_text("No report has these words.").is_visible()
        tab.get_by_role("button", name="中文").click()
        assert tab.get_by_text("已发布的报告").is_visible() and tab.get_by_text("没有符合的报告").is_visible()
        browser.close()
