"""Pandoc at work: Markdown read into its syntax tree once for all faces of a report, and trees written as HTML or Word."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypandoc

from analysis.keeping import kept

READER = (
    "markdown_strict-raw_html-markdown_in_html_blocks"
    "+all_symbols_escapable+bracketed_spans+backtick_code_blocks+blank_before_blockquote+blank_before_header+east_asian_line_breaks+escaped_line_breaks"
    "+fenced_code_blocks+fenced_divs+footnotes+intraword_underscores+lists_without_preceding_blankline+pipe_tables"
    "+shortcut_reference_links+space_in_atx_header+startnum+strikeout+subscript+superscript+table_captions"
)
SCOPE = re.compile(r"(?<=^#)(?:\d+\.)?md__|^(?:\d+\.)?md__")


class MarkupError(ValueError):
    """Pandoc could not read a text."""


def to_html(texts: Sequence[str]) -> list[str]:
    """Return each Markdown text as an HTML fragment, in one run of pandoc."""
    return _written(trees(texts), "html5")


def to_docx(blocks: list[dict], reference: bytes, metadata: Mapping[str, str], files: Mapping[str, bytes], moment: int) -> bytes:
    """Return blocks of pandoc's tree as a Word document in the styles of `reference`; `files` are the images they name."""
    with TemporaryDirectory(prefix="tongbi-") as folder:
        for name, content in {**files, "reference.docx": reference}.items():
            Path(folder, name).write_bytes(content)
        tree = {"pandoc-api-version": version(), "meta": {key: {"t": "MetaString", "c": value} for key, value in metadata.items()}, "blocks": blocks}
        command = [pandoc_path(), "--from", "json", "--to", "docx", "--reference-doc", "reference.docx", "--output", "report.docx"]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
        run = subprocess.run(command, cwd=folder, input=json.dumps(tree).encode(), capture_output=True, env=environment)
        if run.returncode:
            raise MarkupError(f"pandoc could not write the document: {run.stderr.decode(errors='replace').strip()}")
        return Path(folder, "report.docx").read_bytes()


def trees(texts: Sequence[str]) -> Sequence[list[dict]]:
    """Return the blocks of each text as pandoc reads it, for every face of a report the same ones: not to be changed.

    Raises MarkupError when pandoc refuses a text.
    """
    return _read_once(tuple(texts))


def plain(node: Any) -> str:
    """The text of any part of pandoc's tree."""
    if isinstance(node, list):
        return "".join(map(plain, node))
    if not isinstance(node, dict):
        return ""
    match node["t"]:
        case "Str":
            return node["c"]
        case "Space" | "SoftBreak":
            return " "
        case "Code" | "CodeBlock":
            return node["c"][1]
    return plain(node.get("c", []))


@lru_cache(maxsize=4)
def _read_once(texts: tuple[str, ...]) -> tuple[list[dict], ...]:
    return tuple(_read(texts))


@cache
def version() -> list[int]:
    """The version of pandoc's syntax tree, which whoever hands it one must name."""
    about = os.stat(pandoc_path())
    return kept(__file__, "version of pandoc's tree", f"{pandoc_path()} {about.st_size} {about.st_mtime_ns}", _version)


def _version() -> list[int]:
    run = subprocess.run([pandoc_path(), "--from", "markdown", "--to", "json"], input=b"", capture_output=True, check=True)
    return json.loads(run.stdout)["pandoc-api-version"]


@cache
def pandoc_path() -> str:
    """The pandoc that is locked with the package; another one only where there is none, for it may write other bytes."""
    locked = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    return str(locked) if locked.is_file() else shutil.which(pypandoc.get_pandoc_path()) or pypandoc.get_pandoc_path()


def _written(read: Sequence[list[dict]], form: str) -> list[str]:
    """Write the blocks of several texts, parted by a line that no text can hold."""
    border = sha256(json.dumps(read).encode()).hexdigest()
    blocks: list[dict] = []
    for text in read:
        blocks += [*text, {"t": "Para", "c": [{"t": "Str", "c": border}]}]
    tree = {"pandoc-api-version": version(), "meta": {}, "blocks": blocks}
    command = [pandoc_path(), "--from", "json", "--to", form, "--wrap", "none"]
    run = subprocess.run(command, input=json.dumps(tree).encode(), capture_output=True)
    if run.returncode:
        raise MarkupError(f"pandoc could not write the text: {run.stderr.decode(errors='replace').strip()}")
    return run.stdout.decode().split(f"<p>{border}</p>")[:-1]


def _read(texts: Sequence[str]) -> Iterator[list[dict]]:
    """Parse all texts in one run of pandoc; yields the blocks of each.

    Pandoc joins what it reads, so a line between two texts marks the border. It is the hash of them all: no text can hold it.
    """
    if not texts:
        return
    border = sha256("\0".join(texts).encode()).hexdigest()
    with TemporaryDirectory(prefix="tongbi-") as folder:
        for i, text in enumerate(texts):
            Path(folder, f"{i}.md").write_text(text, "utf-8")
            Path(folder, f"{i}-end.md").write_text(border, "utf-8")
        files = [name for i in range(len(texts)) for name in (f"{i}.md", f"{i}-end.md")]
        command = [pandoc_path(), "--from", READER, "--to", "json", "--file-scope", "--sandbox", *files]
        run = subprocess.run(command, cwd=folder, capture_output=True)
    if run.returncode:
        raise MarkupError(f"pandoc could not read the text: {run.stderr.decode(errors='replace').strip()}")
    blocks: list[dict] = []
    for block in _unscoped(json.loads(run.stdout)["blocks"]):
        if block["t"] in {"Para", "Plain"} and block["c"] == [{"t": "Str", "c": border}]:
            yield blocks
            blocks = []
        else:
            blocks.append(block)


def _unscoped(node: Any) -> Any:
    """Give places and the links to them their names back: pandoc puts the file's before them, and a report's links lead from one text to another."""
    if isinstance(node, list):
        return [_unscoped(item) for item in node]
    if not isinstance(node, dict):
        return node
    content: Any = node.get("c")
    if node["t"] == "Span":
        (name, *rest), text = content
        return {"t": "Span", "c": [[SCOPE.sub("", name), *rest], _unscoped(text)]}
    if node["t"] == "Link":
        attributes, text, (target, title) = content
        return {"t": "Link", "c": [attributes, _unscoped(text), [SCOPE.sub("", target), title]]}
    return node if content is None else {"t": node["t"], "c": _unscoped(content)}
