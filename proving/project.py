"""A small project to publish from, for tests and measurements: two regions, a few bulletins in our own words, and the report notebook."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import nbformat

from analysis import building

ROOT = Path(__file__).parents[1]
REGIONS = {"jia": ("甲市", "Jia"), "yi": ("乙县", "Yi")}
SIDECAR = """
title: {title}
publisher: {publisher}
publisher_en: {publisher_en}
published: {published}
retrieved: 2026-01-01
period: "{period}"
region: {region}
organ: all
form: digest
sha256: {sha256}
"""


def bulletin(year: int, up: int = 0) -> str:
    """A bulletin with six figures and their changes; `up` makes another one of the same year."""
    return (
        f"{year}年，全市立刑事案件{12364 + up}起，同比下降25.44%。法院受理案件{63221 + up}件，同比上升19.39%，审结{60061 + up}件，同比上升17.7%。\n"
        f"{year}年，批准逮捕{3012 + up}件{4104 + up}人，同比分别上升6.8%和5.8%；提起公诉{3097 + up}件{4274 + up}人，同比分别上升2%和0.3%。\n"
    )


def add(root: Path, region: str, year: int, text: str | None = None) -> Path:
    """Write a bulletin with its metadata; returns its path."""
    folder = root / "data/raw" / region
    folder.mkdir(parents=True, exist_ok=True)
    zh, en = REGIONS[region]
    (folder / "region.yml").write_text(f"zh: {zh}\nen: {en}\nlevel: prefecture\n", "utf-8")
    path = folder / f"{region}-{year}.txt"
    data = (text or bulletin(year)).encode()
    path.write_bytes(data)
    about = {
        "title": f"{zh}{year}年公报",
        "publisher": f"{zh}法治办",
        "publisher_en": f"{en} office",
        "published": f"{year + 1}-02-10",
        "period": year,
    }
    path.with_name(f"{path.stem}.meta.yml").write_text(SIDECAR.format(region=region, sha256=hashlib.sha256(data).hexdigest(), **about), "utf-8")
    return path


def make_project(root: Path, bulletins: Iterable[tuple[str, int]] = (("jia", 2016), ("jia", 2017), ("yi", 1998))) -> Path:
    """Two regions, by default jia with 2016 and 2017 and yi with 1998; built, with the report notebook."""
    for region, year in bulletins:
        add(root, region, year)
    (root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks/report.ipynb", root / "notebooks")
    (root / "requirements.lock").write_text("")
    building.build(root)
    return root


def insert_cell(root: Path, source: str, at: int | None = None) -> None:
    """Put a code cell into the project's notebook, by default at its end."""
    path = root / "notebooks/report.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(len(notebook.cells) if at is None else at, nbformat.v4.new_code_cell(source, id=f"inserted-{len(notebook.cells)}"))
    nbformat.write(notebook, path)


def replace_in_cells(root: Path, old: str, new: str) -> None:
    """Change the source of the cells of the project's notebook."""
    path = root / "notebooks/report.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert any(old in cell.source for cell in notebook.cells)
    for cell in notebook.cells:
        cell.source = cell.source.replace(old, new)
    nbformat.write(notebook, path)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for the lock and the list of editions, which changes with any of them."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.name not in (".lock", "index.html")}
