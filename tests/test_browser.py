"""What a person sees and does in a real browser: the explorer in JupyterLab, by mouse and by keyboard.

Needs a Chromium on the machine (Debian's package `chromium`); skipped where there is none.
"""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)")
ROOT = Path(__file__).parents[1]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PATIENCE = 60_000  # ms: a busy machine starts a kernel slowly


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def jupyterlab(folder: Path):
    """JupyterLab over a folder, nothing of the user's settings in it; gives the address of a file."""
    port, token = free_port(), secrets.token_hex(8)
    own = {name: str(folder / ".jupyter" / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None",
    ]  # fmt: skip
    log = (folder / "lab.log").open("w")
    server = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log, start_new_session=True)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={token}", timeout=2)
                break
            except OSError:
                assert server.poll() is None, (folder / "lab.log").read_text()
                time.sleep(0.2)
        yield lambda file: f"http://127.0.0.1:{port}/lab/tree/{file}?token={token}&reset"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
        log.close()


@pytest.fixture(scope="module")
def explored(browser, tmp_path_factory):
    """A copy of explore.ipynb, opened and run in JupyterLab."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "notebooks/explore.ipynb", folder)
    (folder / "data").symlink_to(ROOT / "data")
    with jupyterlab(folder) as address:
        page = browser.new_page(viewport={"width": 1300, "height": 2400})
        page.set_default_timeout(PATIENCE)
        page.goto(address("explore.ipynb"))
        page.get_by_text(re.compile(r"\| Idle$")).wait_for()  # before its kernel is there, the menu has no such item
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-item", has_text=re.compile("^Run All Cells")).click()
        page.locator(".tongbi-chart .point").first.wait_for()
        yield page
        page.close()


def test_every_point_of_the_choice_is_drawn(explored):
    assert explored.locator(".tongbi-panel").count() == 2
    assert explored.locator(".tongbi-chart .point").count() == 4


def test_hovering_a_point_says_value_verdict_and_sentence(explored):
    tip = explored.locator(".tongbi-tip")
    assert tip.is_hidden()
    explored.locator(".tongbi-chart .point.printed").first.hover()
    tip.wait_for(state="visible")
    assert "12,364" in tip.inner_text() and "同比下降25.44%" in tip.inner_text() and "2017" in tip.inner_text()


def test_clicking_a_point_shows_its_passage_with_the_number_marked(explored):
    explored.locator(".tongbi-chart .point.printed").first.click()
    mark = explored.locator(".tongbi-passage mark")
    mark.wait_for()
    assert mark.inner_text() == "12364起" and "bijie-2017" in explored.locator(".tongbi-passage figcaption").inner_text()


def test_the_passage_leads_to_the_number_in_the_whole_document(explored):
    explored.locator(".tongbi-chart .point.printed").first.click()
    link = explored.locator("a.tongbi-document")
    link.wait_for(state="visible")
    with explored.expect_popup() as opened:
        link.click()
    page, at = opened.value, link.get_attribute("href").partition("#")[2]
    assert page.locator(f"#{at}").inner_text() == "12364起" and page.locator(f"#{at}").evaluate("e => e.matches(':target')")
    page.close()


def test_the_keyboard_does_what_the_mouse_does(explored):
    explored.locator(".tongbi-chart .point.implied").first.focus()
    assert "16,582 to 16,583" in explored.locator(".tongbi-tip").inner_text()
    explored.keyboard.press("Enter")
    explored.locator(".tongbi-passage mark", has_text="同比下降25.44%").wait_for()
    explored.keyboard.press("Tab")
    assert "printed" in explored.evaluate("document.activeElement.getAttribute('class')")


def test_searching_lists_fewer_and_choosing_redraws_chart_and_cells(explored):
    listed = explored.locator(".widget-select-multiple option")
    many = listed.count()
    explored.get_by_label("Search", exact=True).fill("arrest")
    explored.locator("p", has_text=re.compile(r"^\d+ of \d+ indicators listed")).wait_for()
    assert 2 < listed.count() < many
    explored.locator(".widget-select-multiple select").select_option(label=listed.last.inner_text())
    explored.wait_for_function("document.querySelectorAll('.tongbi-panel').length === 1")
    name = explored.locator(".tongbi-panel figcaption").inner_text().partition(" (")[0]
    explored.locator(".jp-OutputArea table td", has_text=name).first.wait_for()


def test_what_is_shown_can_be_saved(explored):
    for button, ending in (("Save as CSV", ".csv"), ("Save picture", ".svg")):
        with explored.expect_download() as download:
            explored.get_by_role("button", name=button).click()
        content = Path(download.value.path()).read_text("utf-8")
        assert download.value.suggested_filename.endswith(ending) and len(content) > 200


def test_nothing_outside_is_asked_for(explored):
    asked = explored.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert asked and not [address for address in asked if not address.startswith(("http://127.0.0.1", "data:", "blob:"))]
