"""Publishing: what it writes, what it refuses, and that nothing published is ever lost or half written."""

import errno
import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pypdfium2
import pytest
from filelock import FileLock

import analysis.dataset
import analysis.report.edition
from analysis.publish import publishing
from analysis.publish.publishing import IncompleteError, PublishError, publish
from analysis.publish.selection import Choice, SelectionError, choose

PERIODS = {"jia": ["2016", "2017"], "yi": ["1990"]}
SETUP = "from analysis.report.markdown import Markdown, Table"
SHOW = 'display(Markdown(f"{region} {period} {lang} {as_of}"), Table("cases", ["a"], [[period]], "cases"))'


class Dataset(SimpleNamespace):
    regions = {"jia": SimpleNamespace(zh="甲市", en="Jia"), "yi": SimpleNamespace(zh="乙市", en="Yi")}
    documents = (SimpleNamespace(metadata=SimpleNamespace(region="bing")),)
    day = None


class Edition(SimpleNamespace):
    def front_matter(self):
        return {"title": f"{self.region} {self.period}", "lang": self.lang, "date": date(2018, 2, 10).isoformat(), "sources": ["s"]}


def write_notebook(root: Path, *cells: str) -> None:
    parameters = nbformat.v4.new_code_cell(
        'region = "jia"\nperiod = "2017"\nlang = "zh"\nas_of = ""\nnote = ""', metadata={"tags": ["parameters"]}, id="p"
    )
    rest = [nbformat.v4.new_code_cell(source, id=f"c{i}") for i, source in enumerate(cells)]
    (root / "notebooks").mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[parameters, *rest]), root / "notebooks" / "report.ipynb")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project with a small notebook in place of the real one and two regions."""
    monkeypatch.setattr(analysis.dataset, "load", lambda root, day=None: Dataset(day=day))
    monkeypatch.setattr(analysis.report.edition, "periods_of", lambda dataset, region: PERIODS[region])
    monkeypatch.setattr(
        analysis.report.edition, "open_edition",
        lambda region, period, lang, dataset: Edition(region=region, period=period, lang=lang),
    )  # fmt: skip
    write_notebook(tmp_path, SETUP, SHOW)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.name != ".lock"}


def test_report_lies_with_its_notebook_and_tables(root):
    (made,) = publish("jia", "2017", ["zh"], root=root)
    assert made.pdf == root / "reports/jia/2017/jia-2017-zh.pdf"
    assert list(contents(root / "reports")) == ["jia/2017/jia-2017-zh.ipynb", "jia/2017/jia-2017-zh.pdf", "jia/2017/tables-zh/cases.csv"]
    assert "jia 2017 zh" in pypdfium2.PdfDocument(made.pdf)[0].get_textpage().get_text_range()
    assert (made.pdf.parent / "tables-zh/cases.csv").read_text() == "a\n2017\n"
    assert made.size == made.pdf.stat().st_size
    assert str(made).startswith(str(made.pdf))


def test_a_report_as_of_a_day_leaves_the_ordinary_one_alone(root):
    publish("jia", "2017", ["zh"], root=root)
    before = contents(root / "reports")
    (made,) = publish("jia", "2017", ["zh"], root=root, day=date(2018, 3, 31))
    assert made.pdf == root / "reports/jia/2017/as-of-2018-03-31/jia-2017-as-of-2018-03-31-zh.pdf"
    assert "jia 2017 zh 2018-03-31" in pypdfium2.PdfDocument(made.pdf)[0].get_textpage().get_text_range()
    after = contents(root / "reports")
    assert {name: after[name] for name in before} == before and len(after) == 2 * len(before)


def test_a_refusal_names_the_day(root, monkeypatch):
    monkeypatch.setattr(analysis.report.edition, "periods_of", lambda dataset, region: [])
    with pytest.raises(SelectionError, match="no period of jia as of 1990-01-01 'newest'"):
        publish("jia", root=root, day=date(1990, 1, 1))


def test_same_input_gives_the_same_bytes_in_every_file(root):
    publish("jia", "2017", ["en"], root / "one", root=root)
    publish("jia", "2017", ["en"], root / "two", root=root)
    assert contents(root / "one") == contents(root / "two")


def test_a_fresh_machine_is_enough(root, monkeypatch):
    """No home folder, no installed kernelspec; one that is broken does not get in the way."""
    kernels = root / "jupyter/kernels/python3"
    kernels.mkdir(parents=True)
    (kernels / "kernel.json").write_text('{"argv": ["/no/such/python"], "display_name": "broken", "language": "python"}')
    for name, value in {"HOME": root / "nowhere", "JUPYTER_PATH": root / "jupyter", "PATH": root / "nowhere"}.items():
        monkeypatch.setenv(name, str(value))
    assert publish("yi", langs=["zh"], root=root)
    assert not (root / "nowhere").exists()


def test_newest_and_all_periods():
    names = [choice.name for choice in choose_all("newest")]
    assert names == ["jia-2017-zh", "yi-1990-zh"]
    assert [choice.name for choice in choose_all("all")] == ["jia-2016-zh", *names]
    assert choose_all("1990") == [Choice("yi", "1990", "zh")]


def choose_all(period, region=None, langs=("zh",)):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.report.edition, "periods_of", lambda dataset, region: PERIODS[region])
        return choose(Dataset(), region, period, langs)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"region": "jai"}, r"no region 'jai'; nearest: jia"),
        ({"region": "甲"}, r"no region '甲'; nearest: jia"),
        ({"region": "bing"}, r"'bing' has documents but no data/raw/bing/region.yml"),
        ({"region": "jia", "period": "2071"}, r"no period of jia '2071'; nearest: 2017"),
        ({"langs": ["zh", "de"]}, r"no language 'de'; nearest:"),
        ({"parameters": {"as_of": "2018-03-31"}}, r"as_of chooses the report"),
        ({"parameters": {"nota": "x"}}, r"no parameter of report.ipynb 'nota'; nearest: note"),
    ],
)
def test_unknown_names_are_refused_before_anything_starts(root, asked, message):
    with pytest.raises(SelectionError, match=message):
        publish(**asked, root=root)
    assert not (root / "reports").exists()


def test_batch_goes_on_after_a_failure_and_keeps_the_old_report(root):
    publish("jia", "2017", ["zh"], root=root)
    before = contents(root / "reports/jia")
    write_notebook(root, SETUP, SHOW, 'assert region != "jia", "bad\\nfigures"')
    with pytest.raises(
        IncompleteError, match=r"1 of 2 reports.*\n  jia-2017-zh: report.ipynb: cell `assert .*` failed with AssertionError: bad figures$"
    ) as caught:
        publish(langs=["zh"], root=root)
    assert list(caught.value.failures) == ["jia-2017-zh"]
    assert [made.pdf.name for made in caught.value.published] == ["yi-1990-zh.pdf"]
    assert contents(root / "reports/jia") == before


def test_full_disk_leaves_what_was_published(root, monkeypatch):
    publish("jia", "2017", ["zh"], root=root)
    before = contents(root / "reports")
    write_notebook(root, SETUP, SHOW, 'display(Markdown("more"))')

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(publishing.os, "fsync", full)
    with pytest.raises(IncompleteError, match="the disk is full; what was published before is unchanged"):
        publish("jia", "2017", ["zh"], root=root)
    assert contents(root / "reports") == before


def test_second_writer_is_told_to_wait(root):
    (root / "reports").mkdir()
    with FileLock(root / "reports/.lock"), pytest.raises(PublishError, match="another run is publishing"):
        publish("jia", root=root)


def test_unwritable_folder_is_refused(root):
    (root / "file").write_text("")
    with pytest.raises(PublishError, match="cannot be written"):
        publish("jia", out=root / "file", root=root)


def test_tables_a_report_no_longer_has_are_dropped(root):
    publish("jia", "2017", ["zh"], root=root)
    write_notebook(root, SETUP, SHOW.replace('"cases", ["a"]', '"offences", ["a"]'))
    (made,) = publish("jia", "2017", ["zh"], root=root)
    assert [p.name for p in (made.pdf.parent / "tables-zh").iterdir()] == ["offences.csv"]


KILLED = """
    import sys
    from pathlib import Path
    import test_publish as t
    t.analysis.dataset.load = lambda root, day: t.Dataset()
    t.analysis.report.edition.periods_of = lambda dataset, region: t.PERIODS[region]
    t.analysis.report.edition.open_edition = lambda region, period, lang, dataset: t.Edition(region=region, period=period, lang=lang)
    t.publish("jia", "2017", ["zh"], root=Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_run_leaves_what_was_published_and_the_next_clears_up(root):
    publish("jia", "2017", ["zh"], root=root)
    before = contents(root / "reports/jia")
    write_notebook(root, SETUP, SHOW, 'import os, pathlib, time\npathlib.Path("pid").write_text(str(os.getpid()))\ntime.sleep(600)')
    run = subprocess.Popen([sys.executable, "-c", textwrap.dedent(KILLED), root], cwd=Path(__file__).parent)
    wait_until((root / "pid").exists)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert contents(root / "reports/jia") == before
    assert list((root / "reports").glob(".making-*"))
    kernel = int((root / "pid").read_text())
    wait_until(lambda: not is_running(kernel))
    write_notebook(root, SETUP, SHOW)
    publish("jia", "2017", ["zh"], root=root)
    assert not list((root / "reports").glob(".making-*"))


def wait_until(true, seconds=120):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def is_running(pid: int) -> bool:
    """Whether the process is alive; one that has ended but waits to be reaped is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z")
