"""The executed notebook of a report, made without a kernel, for the tests of its faces."""

from __future__ import annotations

from functools import cache

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.dataset import load
from analysis.report.edition import Edition, open_edition

PARTS = ("main_points", "need_to_know", "headline", "arithmetic", "targets", "methods", "quality", "changes", "sources", "glossary", "about")


@cache
def edition_of(region: str, period: str, lang: str) -> Edition:
    return open_edition(region, period, lang, load())


def shown(part) -> NotebookNode:
    """What a notebook stores of a part that a cell shows."""
    bundle = part._repr_mimebundle_()
    data, about = bundle if isinstance(bundle, tuple) else (bundle, {})
    return new_output("display_data", data=data, metadata=about)


@cache
def executed(region: str, period: str, lang: str) -> NotebookNode:
    return executed_of(edition_of(region, period, lang))


def executed_of(edition: Edition) -> NotebookNode:
    """The executed notebook of any edition."""
    sections = [getattr(edition, part)() for part in PARTS] + [edition.chapter(name) for name in edition.dataset.catalogue.chapters]
    notebook = new_notebook(cells=[new_code_cell("part", outputs=[shown(part) for part in section]) for section in sections])
    notebook.metadata["tongbi"] = edition.front_matter()
    return notebook
