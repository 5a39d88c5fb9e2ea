"""The command line: tongbi extract FILE."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.group()
def main() -> None:
    """Read, check and report the statistics of Chinese rule-of-law bulletins."""


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def extract(file: Path) -> None:
    """Print every number of FILE: one JSON record a line."""
    from .documents import read
    from .extract import extract as extract_document

    sys.stdout.reconfigure(encoding="utf-8")
    for line in extract_document(read(file)).to_json_lines():
        print(line)
