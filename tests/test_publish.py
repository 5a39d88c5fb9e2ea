"""Publishing: what it makes and leaves alone, what it refuses, and that nothing published is ever lost, mixed or half written."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import nbformat
import pypdfium2
import pytest
from filelock import FileLock
from jupyter_client.kernelspec import KernelSpec

from analysis import building, snapshot
from analysis.project import DatasetError
from analysis.publish import placing, running, workshop
from analysis.publish.batch import IncompleteError, publish
from analysis.publish.kernels import OwnInterpreter
from analysis.publish.placing import PublishError
from analysis.publish.selection import SelectionError, choose, declared_parameters, written_list
from analysis.report.formats import FORMATS
from proving import killing
from proving.project import add, bulletin, contents, insert_cell, make_project, replace_in_cells


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A project that is built, with jia's 2017 and yi's 1998 published in both languages."""
    root = make_project(tmp_path_factory.mktemp("project"))
    publish(root=root)
    return root


@pytest.fixture
def root(template, tmp_path):
    """A copy of it to change at will; files keep their times."""
    return shutil.copytree(template, tmp_path / "project", symlinks=True)


def read(pdf: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def why(made) -> dict[str, str]:
    return {one.pdf.stem: one.why for one in made}


# --- what is made ----------------------------------------------------------------------------------------------------------------


def test_an_edition_lies_with_its_notebooks_tables_and_record(root):
    folder = root / "reports/jia/2017"
    names = set(contents(folder))
    assert {"edition.json", "tables-zh/headline.csv", "tables-en/figures.csv", "tables-en/datapackage.json"} <= names
    assert {f"jia-2017-{lang}.{form}" for lang in ("zh", "en") for form in ("pdf", "html", "ipynb")} <= names
    page = (folder / "jia-2017-zh.html").read_text("utf-8")
    file, place = re.search(r'href="(documents/jia-2017-zh.html)#(c[0-9]+)"', page).groups()
    assert file in names and f'id="{place}"' in (folder / file).read_text("utf-8")
    record = json.loads((folder / "edition.json").read_text("utf-8"))
    assert record["documents"] == ["jia-2016", "jia-2017"] and set(record["reports"]) == {"zh", "en"}
    assert "12,364" in read(folder / "jia-2017-en.pdf") and "甲市" in read(folder / "jia-2017-zh.pdf")


def test_nothing_is_made_when_nothing_changed(root):
    before = {path: path.stat().st_mtime_ns for path in (root / "reports").rglob("*")}
    made = publish(root=root)
    assert why(made) == dict.fromkeys(["jia-2017-zh", "jia-2017-en", "yi-1998-zh", "yi-1998-en"], "")
    assert {path: path.stat().st_mtime_ns for path in (root / "reports").rglob("*")} == before


def test_a_run_with_nothing_to_do_imports_nothing_heavy(root):
    code = f"from analysis.publish.batch import publish; from pathlib import Path; publish(root=Path({str(root)!r})); import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not {name.partition(".")[0] for name in done.stdout.split()} & {
        "pandas",
        "numpy",
        "matplotlib",
        "nbformat",
        "papermill",
        "typst",
        "seaborn",
    }


def change_data(root):
    add(root, "yi", 1998, bulletin(1998, 7))
    building.build(root)
    return {"yi-1998-zh": "rows changed", "yi-1998-en": "rows changed"}


def change_notebook(root):
    insert_cell(root, "edition.region_name;")
    return dict.fromkeys(["jia-2017-zh", "jia-2017-en", "yi-1998-zh", "yi-1998-en"], "notebook changed")


def change_lock(root):
    (root / "requirements.lock").write_text("numpy==0.1\n")
    return dict.fromkeys(["jia-2017-zh", "jia-2017-en", "yi-1998-zh", "yi-1998-en"], "versions changed")


def damage_pdf(root):
    path = root / "reports/jia/2017/jia-2017-en.pdf"
    path.write_bytes(path.read_bytes()[:1000])
    return {"jia-2017-en": "jia-2017-en.pdf is missing or was changed"}


def lose_table(root):
    (root / "reports/jia/2017/tables-zh/headline.csv").unlink()
    return {"jia-2017-zh": "tables-zh/headline.csv is missing or was changed"}


def lose_edition(root):
    shutil.rmtree(root / "reports/yi/1998")
    return {"yi-1998-zh": "new", "yi-1998-en": "new"}


@pytest.mark.parametrize("change", [change_data, change_notebook, change_lock, damage_pdf, lose_table, lose_edition], ids=lambda f: f.__name__)
def test_what_changed_is_made_again_and_nothing_else_and_it_says_why(root, change):
    before = contents(root / "reports")
    expected = change(root)
    told = []
    made = publish(root=root, tell=told.append)
    assert {name: reason for name, reason in why(made).items() if reason} == expected
    assert len(told) == len(expected) and all(any(name in line and reason in line for line in told) for name, reason in expected.items())
    assert not any(why(publish(root=root)).values())
    if change in (damage_pdf, lose_table, lose_edition):
        assert contents(root / "reports") == before


def test_a_changed_module_or_wording_makes_again_what_it_goes_into(root):
    record = root / "reports/yi/1998/edition.json"
    written = json.loads(record.read_text("utf-8"))
    assert {"report/edition.py", "report/wording/zh.yml", "catalogue/catalogue.yml"} <= set(written["reports"]["zh"]["modules"])
    assert "report/wording/zh.yml" not in written["reports"]["en"]["modules"] and not any(
        name.startswith(("explore/", "review/", "cli/")) for name in written["reports"]["zh"]["modules"]
    )
    written["reports"]["zh"]["modules"]["report/wording/zh.yml"] = "0" * 64
    record.write_text(json.dumps(written), "utf-8")
    assert why(publish("yi", root=root)) == {"yi-1998-zh": "src/analysis/report/wording/zh.yml changed", "yi-1998-en": ""}


def test_the_command_builds_what_changed_while_its_helper_imports(root):
    add(root, "yi", 1998, bulletin(1998, up=7))
    command = [sys.executable, "-m", "analysis", "--workspace", root, "publish", "--region", "yi", "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "(rows changed)" in done.stdout and "no helper" not in done.stdout
    assert "12371" in (root / "reports/yi/1998/tables-zh/figures.csv").read_text("utf-8-sig")


def test_a_parameter_is_part_of_the_key(root):
    replace_in_cells(root, 'as_of = ""', 'as_of = ""\nnote = ""')
    publish("yi", root=root)
    assert why(publish("yi", langs=["zh"], root=root, parameters={"note": "x"}))["yi-1998-zh"] == "parameters changed"


def test_force_makes_what_is_up_to_date_with_the_same_bytes(root):
    before = contents(root / "reports/yi")
    assert set(why(publish("yi", root=root, force=True)).values()) == {"asked for"}
    assert contents(root / "reports/yi") == before


def test_another_language_in_place_belongs_to_its_edition(root):
    add(root, "yi", 1998, bulletin(1998, 7))
    building.build(root)
    assert set(why(publish("yi", langs=["zh"], root=root))) == {"yi-1998-zh", "yi-1998-en"}


def test_formats_asked_for_are_made_and_stay_with_the_edition(root):
    kept = {name: data for name, data in contents(root / "reports/yi").items() if not name.endswith("edition.json")}
    made = publish("yi", root=root, formats=["xlsx", "docx"])
    assert set(why(made).values()) == {"docx, xlsx asked for as well"}
    names = set(contents(root / "reports/yi/1998"))
    assert {f"yi-1998-{lang}.{form}" for lang in ("zh", "en") for form in FORMATS} <= names
    assert {name: data for name, data in contents(root / "reports/yi").items() if name in kept} == kept
    assert set(why(publish("yi", root=root)).values()) == {""}
    add(root, "yi", 1998, bulletin(1998, 7))
    building.build(root)
    before = contents(root / "reports/yi/1998")
    publish("yi", root=root)
    after = contents(root / "reports/yi/1998")
    assert names <= set(after) and all(after[f"yi-1998-zh.{form}"] != before[f"yi-1998-zh.{form}"] for form in FORMATS)


def test_a_page_leads_to_the_other_language_as_soon_as_there_is_one(root):
    publish("jia", "2016", ["zh"], root=root, formats=["html"])
    page = root / "reports/jia/2016/jia-2016-zh.html"
    assert "jia-2016-en.html" not in page.read_text("utf-8")
    assert why(publish("jia", "2016", root=root)) == {"jia-2016-zh": "languages changed", "jia-2016-en": "new"}
    assert 'href="jia-2016-en.html"' in page.read_text("utf-8")


def test_a_report_as_of_a_day_leaves_the_ordinary_one_alone(root):
    before = contents(root / "reports")
    (made,) = publish("jia", "2017", ["zh"], root=root, day=date(2018, 3, 31))
    assert made.pdf == root / "reports/jia/2017/as-of-2018-03-31/jia-2017-as-of-2018-03-31-zh.pdf"
    assert "2018 年 3 月 31 日" in read(made.pdf)
    after = contents(root / "reports")
    assert {name: after[name] for name in before} == before
    publish("jia", "2017", root=root, force=True)
    assert {name for name in contents(root / "reports") if "as-of" in name} == {name for name in after if "as-of" in name}


@pytest.mark.skipif(not shutil.which("localedef"), reason="no localedef: this machine has the locales that it has")
@pytest.mark.parametrize(("locale", "zone"), [("zh_CN", "America/St_Johns"), ("de_DE", "Pacific/Apia")])
def test_in_any_locale_the_bytes_are_the_same(root, locale, zone):
    """A locale that writes 1.234,5, made for this test; a process of its own, as this one has chosen its locale."""
    place = root / "locales"
    place.mkdir()
    made = subprocess.run(["localedef", "-i", locale, "-f", "UTF-8", place / f"{locale}.UTF-8"], capture_output=True, text=True)
    if not (place / f"{locale}.UTF-8").is_dir():
        pytest.skip(f"this machine cannot make the locale {locale}: {made.stderr.strip()[-80:]}")
    code = "import sys, locale; from pathlib import Path; from analysis.publish.batch import publish;"
    code += "assert locale.setlocale(locale.LC_ALL, ''); publish('yi', root=Path(sys.argv[1]), out=Path(sys.argv[2]))"
    about = {"LOCPATH": str(place), "LC_ALL": f"{locale}.UTF-8", "LANGUAGE": locale, "TZ": zone, "PYTHONHASHSEED": "11"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))} | about
    subprocess.run([sys.executable, "-c", code, root, root / "elsewhere"], env=environment, check=True)
    assert contents(root / "elsewhere/yi") == contents(root / "reports/yi")


def test_made_plainly_and_by_a_helper_in_any_surroundings_the_bytes_are_the_same(root, monkeypatch):
    before = contents(root / "reports/yi")
    home = root / "home"
    (home / ".config/matplotlib").mkdir(parents=True)
    (home / ".config/matplotlib/matplotlibrc").write_text("font.size: 30\naxes.facecolor: red\n")
    (home / "startup.py").write_text("raise SystemExit('the start-up file of the user was run')\n")
    (root / "matplotlibrc").write_text("lines.linewidth: 9\n")
    surroundings = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "PYTHONSTARTUP": home / "startup.py",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "MATPLOTLIBRC": home / ".config/matplotlib/matplotlibrc",
        "JUPYTER_PATH": root / "no",
        "PATH": root / "no",
    }
    for name, value in surroundings.items():
        monkeypatch.setenv(name, str(value))
    files = sorted(home.rglob("*"))
    publish("yi", root=root, out=root / "helped")
    publish("yi", langs=["zh"], root=root, out=root / "plain", workers=0)
    monkeypatch.undo()
    assert contents(root / "helped/yi") == before
    plain = contents(root / "plain/yi")
    alone = ("1998/edition.json", "1998/yi-1998-zh.html")  # a page leads to its edition in the other language
    assert {name: data for name, data in plain.items() if name not in alone} == {
        name: data for name, data in before.items() if name.endswith(("-zh.ipynb", "-zh.pdf", "documents/yi-1998-zh.html")) or "tables-zh" in name
    }
    assert sorted(home.rglob("*")) == files


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_papermill_and_nbconvert_give_the_same_bytes(root, lang):
    """Papermill makes an integer of the period."""
    environment = os.environ | {"TONGBI_WORKSPACE": str(root), "PYTHONPATH": str(Path(snapshot.PACKAGE).parent)}
    about = ["-p", "region", "jia", "-p", "period", "2017", "-p", "lang", lang]
    for command in (
        ["papermill", "--no-progress-bar", "notebooks/report.ipynb", "out.ipynb", *about],
        ["jupyter", "nbconvert", "--to", "typstpdf", "out.ipynb"],
    ):
        done = subprocess.run([sys.executable, "-m", *command], cwd=root, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert (root / "out.pdf").read_bytes() == (root / f"reports/jia/2017/jia-2017-{lang}.pdf").read_bytes()


# --- what is asked for -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def taken(template):
    return snapshot.verified(template)


def test_newest_all_and_listed_periods(taken):
    def names(*periods, regions=()):
        return [choice.name for choice in choose(taken, regions, periods, ["zh"])]

    assert names("newest") == ["jia-2017-zh", "yi-1998-zh"]
    assert names("all") == ["jia-2016-zh", "jia-2017-zh", "yi-1998-zh"]
    assert names("1998") == ["yi-1998-zh"]
    assert names("2016", "1998") == ["jia-2016-zh", "yi-1998-zh"]
    assert names("2016", "newest", regions=["jia"]) == ["jia-2016-zh", "jia-2017-zh"]
    assert written_list(" 2016,2017 ,") == ["2016", "2017"]


@pytest.mark.parametrize("figures, newest", [({"2016": 30, "2017": 2}, "jia-2016-zh"), ({"2016": 2, "2017": 2}, "jia-2017-zh")])
def test_the_newest_has_more_than_a_few_figures(taken, figures, newest):
    jia = taken.regions["jia"]
    editions = {period: {**edition, "figures": figures[period]} for period, edition in jia.editions.items()}
    thin = replace(taken, regions={**taken.regions, "jia": replace(jia, editions=editions)})
    assert [choice.name for choice in choose(thin, ["jia"], ["newest"], ["zh"])] == [newest]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"region": "jai"}, r"no region 'jai'; nearest: jia"),
        ({"region": "jia,ji"}, r"no region 'ji'; nearest: jia"),
        ({"region": "甲"}, r"no region '甲'; nearest: jia"),
        ({"region": "bing"}, r"'bing' has documents but no data/raw/bing/region.yml"),
        ({"region": "jia", "period": "2071"}, r"no period of jia '2071'; nearest: 201"),
        ({"region": "jia", "period": "2017,2071"}, r"no period of jia '2071'; nearest: 201"),
        ({"langs": ["zh", "de"]}, r"no language 'de'; nearest:"),
        ({"formats": ["pdf", "doc"]}, r"no format 'doc'; nearest: docx"),
        ({"parameters": {"as_of": "2018-03-31"}}, r"as_of chooses the report"),
        ({"parameters": {"nota": "x"}}, r"no parameter of report.ipynb 'nota'"),
        ({"region": "jia", "day": date(1990, 1, 1)}, "no period of jia as of 1990-01-01 'newest'"),
    ],
)
def test_unknown_names_are_refused_before_anything_starts(root, asked, message):
    if asked.get("region") == "bing":
        (root / "data/raw/bing").mkdir()
        (root / "data/raw/bing/a.txt").write_text("x")
        building.build(root)
    with pytest.raises(SelectionError, match=message):
        publish(**asked, root=root, out=root / "elsewhere")
    assert not (root / "elsewhere").exists()


def test_the_notebook_declares_its_parameters(root):
    assert declared_parameters(root / "notebooks/report.ipynb") == ["region", "period", "lang", "as_of"]


# --- what fails ------------------------------------------------------------------------------------------------------------------


def test_a_failing_cell_keeps_the_last_edition_and_is_kept_beside_it(root):
    before = contents(root / "reports")
    insert_cell(root, "figures = 12\nassert region != 'jia' or lang != 'en', 'bad\\nfigures'")
    with pytest.raises(IncompleteError, match=r"2 of 4 reports.*\n") as caught:
        publish(root=root)
    failures = caught.value.failures
    assert set(failures) == {"jia-2017-zh", "jia-2017-en"} and "not replaced, for jia-2017-en failed" in failures["jia-2017-zh"]
    assert "cell `figures = 12` failed with AssertionError: bad figures" in failures["jia-2017-en"]
    after = contents(root / "reports")
    assert {name: data for name, data in after.items() if name.startswith("jia/2017/")} == {
        n: d for n, d in before.items() if n.startswith("jia/2017/")
    }
    kept = root / "reports/jia/2017.failed"
    told = (kept / "jia-2017-en.txt").read_text("utf-8")
    assert "figures = 12\nassert region" in told and "Traceback" in told and "AssertionError: bad" in told
    assert "assert region" in (kept / "jia-2017-en.ipynb").read_text("utf-8")
    assert [one.pdf.stem for one in caught.value.published] == ["yi-1998-zh", "yi-1998-en"]
    replace_in_cells(root, "assert region", "region")
    publish(root=root)
    assert not kept.exists()


def test_an_endless_cell_and_a_dying_kernel_are_named(root):
    insert_cell(root, "import time, os\nregion == 'jia' and time.sleep(600)\nos._exit(3)")
    with pytest.raises(IncompleteError) as caught:
        publish(langs=["zh"], root=root, out=root / "new", seconds=20)
    failures = caught.value.failures
    assert "cell `import time, os` ran for more than 20 s" in failures["jia-2017-zh"]
    assert "died" in failures["yi-1998-zh"].lower()


@pytest.mark.parametrize("command", ["raise SystemExit(3)", "import time; time.sleep(600)"], ids=["ends", "keeps silent"])
def test_a_kernel_that_is_never_ready_is_named(tmp_path, monkeypatch, command):
    class NoKernel(OwnInterpreter):
        kernel_spec = KernelSpec(argv=[sys.executable, "-c", command], language="python")

    monkeypatch.setattr(running, "OwnInterpreter", NoKernel)  # which is started where another one ends too soon
    monkeypatch.setattr(running.papermill, "execute_notebook", partial(running.papermill.execute_notebook, start_timeout=3))
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), tmp_path / "a.ipynb")
    with pytest.raises(running.NotebookError, match=r"a.ipynb: the kernel (ended before it was|was not) ready"):
        running.run(tmp_path / "a.ipynb", {}, tmp_path, tmp_path, NoKernel)


def test_data_that_no_longer_belong_to_their_sources_are_refused(root):
    path = root / "data/raw/yi/yi-1998.txt"
    path.write_text(path.read_text("utf-8").replace("12364", "12365"), "utf-8")
    with pytest.raises(DatasetError, match=r"data/raw/yi/yi-1998.txt changed.*run `tongbi data`"):
        publish(root=root)


def test_a_region_with_a_document_left_out_fails_and_keeps_its_edition(root):
    before = contents(root / "reports")
    (root / "data/raw/yi/yi-1998.txt").write_bytes(b"\0\0")
    building.build(root)
    with pytest.raises(IncompleteError) as caught:
        publish(root=root)
    assert set(caught.value.failures) == {"yi/1998"} and "data/raw/yi/yi-1998.txt" in caught.value.failures["yi/1998"]
    assert contents(root / "reports") == before
    (root / "data/raw/yi/yi-1998.txt").unlink()
    (root / "data/raw/yi/yi-1998.txt").symlink_to("nowhere.txt")
    building.build(root)
    with pytest.raises(IncompleteError, match=r"yi-1998\.txt"):
        publish("yi", root=root)


def test_a_document_fewer_needs_to_be_accepted(root):
    for path in (root / "data/raw/jia").glob("jia-2016*"):
        path.unlink()
    building.build(root)
    with pytest.raises(IncompleteError, match="jia-2016 no longer among its documents: publish with --accept"):
        publish("jia", root=root)
    assert publish("jia", root=root, accept=True)
    assert json.loads((root / "reports/jia/2017/edition.json").read_text("utf-8"))["documents"] == ["jia-2017"]


def test_a_withdrawn_region_is_marked_and_the_mark_goes_when_it_is_back(root):
    moved = shutil.move(root / "data/raw/yi", root / "yi")
    building.build(root)
    told = []
    publish(root=root, tell=told.append)
    assert (root / "reports/yi/WITHDRAWN.txt").exists() and "yi: withdrawn" in told[0]
    shutil.move(moved, root / "data/raw/yi")
    building.build(root)
    publish(root=root)
    assert not (root / "reports/yi/WITHDRAWN.txt").exists()


def test_documents_without_a_region_do_not_vanish_in_silence(root):
    (root / "data/raw/yi/region.yml").unlink()
    building.build(root)
    with pytest.raises(IncompleteError, match=r"yi: it has documents but no data/raw/yi/region.yml"):
        publish(root=root)


def test_a_region_of_which_no_report_is_made_and_metadata_without_their_document_are_named(root):
    add(root, "yi", 1998, "1990年，全市立刑事案件12364起，同比下降25.44%。\n")
    building.build(root)
    told = []
    publish(root=root, tell=told.append)
    assert any(line.startswith("yi: no report is made") and line.endswith("(yi-1998)") for line in told)
    (root / "data/raw/yi/yi-1998.txt").unlink()
    assert [(Path(one.path).name, one.problem) for one in building.build(root).problems] == [
        ("yi-1998.meta.yml", "the document it describes is not there")
    ]


# --- the disk --------------------------------------------------------------------------------------------------------------------


def test_full_disk_leaves_what_was_published(root, monkeypatch):
    before = contents(root / "reports")

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(placing.os, "fsync", full)
    with pytest.raises(IncompleteError, match="the disk is full; what was published before is unchanged"):
        publish("yi", langs=["zh"], root=root, force=True, workers=0)
    assert contents(root / "reports") == before


def test_a_disk_that_is_full_for_the_workers_is_named(root, monkeypatch):
    before = contents(root / "reports")
    monkeypatch.setattr(workshop.Helper, "next_ended", lambda helper, real=workshop.Helper.next_ended: (real(helper)[0], errno.ENOSPC))
    with pytest.raises(IncompleteError, match="the disk is full; what was published before is unchanged"):
        publish("yi", langs=["zh"], root=root, force=True, workers=1)
    assert contents(root / "reports") == before


@pytest.mark.parametrize("linked", ["reports/yi", "reports/yi/1998"])
def test_nothing_is_written_into_a_folder_that_a_link_leads_to(root, tmp_path, linked):
    elsewhere = tmp_path / "elsewhere"
    shutil.move(root / linked, elsewhere)
    (root / linked).symlink_to(elsewhere)
    before = contents(elsewhere)
    with pytest.raises(IncompleteError, match=f"{linked} is a link to another folder"):
        publish("yi", root=root, force=True)
    assert contents(elsewhere) == before and (root / linked).is_symlink()


def test_an_edition_that_may_not_be_replaced_is_unchanged_and_says_so(root, monkeypatch):
    before = contents(root / "reports")

    def forbidden(one, other):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(other))

    monkeypatch.setattr(placing, "exchange", forbidden)
    with pytest.raises(IncompleteError, match=r"reports/yi/1998: Operation not permitted; what was published before is unchanged"):
        publish("yi", root=root, force=True)
    assert contents(root / "reports") == before


def test_without_an_exchange_of_folders_the_old_edition_steps_aside(root, monkeypatch):
    monkeypatch.setattr(placing, "exchange", lambda one, other: False)
    before = contents(root / "reports")
    publish("yi", root=root, force=True)
    assert contents(root / "reports") == before
    os.rename(root / "reports/yi/1998", root / "reports/yi/.replaced-1998")  # as a run killed between the two renames leaves it
    publish("jia", root=root)
    assert contents(root / "reports") == before


def test_notes_beside_a_report_are_kept(root):
    (root / "reports/yi/1998/my-notes.md").write_text("to be kept")
    publish("yi", root=root, force=True)
    assert (root / "reports/yi/1998/my-notes.md").read_text() == "to be kept"


def test_second_writer_is_told_to_wait(root):
    with FileLock(root / "reports/.lock"), pytest.raises(PublishError, match="another run is publishing"):
        publish("jia", root=root)


def test_unwritable_folder_is_refused(root):
    (root / "file").write_text("")
    with pytest.raises(PublishError, match="cannot be written"):
        publish("jia", out=root / "file", root=root)


# --- killed ----------------------------------------------------------------------------------------------------------------------

RUN = """
    import sys
    from pathlib import Path
    from analysis.publish.batch import publish
    publish(root=Path(sys.argv[1]), force=True)
"""
BETWEEN = """
    import os, signal
    from analysis.publish import placing
    whole, count = placing.exchange, [0]
    def killing(one, other):
        count[0] += 1
        if count[0] == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(one, other)
    placing.exchange = killing
"""


def start(code: str, *arguments: object) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)], cwd=Path(__file__).parent, start_new_session=True)


@pytest.mark.skipif(sys.platform != "linux", reason="reports are made by a helper on Linux only")
@pytest.mark.parametrize("switch", [1, 2])
def test_killed_between_two_editions_each_is_whole(root, switch):
    change_notebook(root)
    head, _, tail = textwrap.dedent(RUN).partition("publish(root")
    run = start(head + textwrap.dedent(BETWEEN) + "publish(root" + tail, root, switch)
    assert run.wait() == -signal.SIGKILL
    assert list(killing.not_whole(root)) == []
    assert sum(bool(reason) for reason in why(publish(root=root)).values()) == 2 * (3 - switch)
