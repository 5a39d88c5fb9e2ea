"""A layout printed as pages saved as text are: between tabs or bars, aligned, a cell a line, as source; or with its spans, for any format."""

from __future__ import annotations

from .layouts import Laid
from .tables import Made

INTRO = "全县政法机关依法履行职责，社会大局保持稳定。"
OUTRO = "各项工作将继续推进，群众安全感不断提升。"


def _cells(made: Laid) -> list[list[str]]:
    """The rows a copy keeps: what is covered is empty, or gone where merges are lost and the copy has no columns of its own."""
    lost = made.chosen["merges"] == "lost"
    rows = [*made.heads, *made.rows]
    return [[cell if cell is not None else "" for cell in row if cell is not None or not lost] for row in rows]


def _page(made: Laid, body: str, gap: str = "\n") -> str:
    dated = [made.chosen["date"]] if made.chosen["date"] else []
    return f"{INTRO}\n\n" + gap.join([*dated, *made.above, body, *made.below]) + f"\n\n{OUTRO}\n"


def _joined(made: Laid, sep: str, edge: tuple[str, str] = ("", "")) -> str:
    return "\n".join(edge[0] + sep.join(row) + edge[1] for row in _cells(made))


def _wide(words: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in words)


def _columns(made: Laid) -> list[list[str]]:
    return [[cell or "" for cell in row] for row in (*made.heads, *made.rows)]


def _aligned(made: Laid, blank: str, more: int) -> str:
    rows = _columns(made)
    sizes = [max(_wide(row[c]) for row in rows) for c in range(len(rows[0]))]
    size = _wide(blank)
    return "\n".join("".join(w + blank * ((s - _wide(w)) // size + more) for w, s in zip(row, sizes, strict=True)).rstrip() for row in rows)


def _box(made: Laid) -> str:
    rows = _columns(made)
    sizes = [max(_wide(row[c]) for row in rows) for c in range(len(rows[0]))]
    rule = lambda a, b, c: a + b.join("─" * (size // 2 + 1) for size in sizes) + c  # noqa: E731
    lines = [rule("┌", "┬", "┐")]
    for number, row in enumerate(rows):
        lines.append("│" + "│".join(w + " " * (s - _wide(w)) for w, s in zip(row, sizes, strict=True)) + "│")
        lines.append(rule("├", "┼", "┤") if number < len(rows) - 1 else rule("└", "┴", "┘"))
    return "\n".join(lines)


def _markdown(made: Laid) -> str:
    rows = _columns(made)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "| " + " | ".join(["---"] * len(rows[0])) + " |", *lines[1:]])


def _html(made: Laid) -> str:
    """The source of a page, saved as text: spans said by their attributes."""
    rows = [*made.heads, *made.rows]
    body = []
    for r, row in enumerate(rows):
        cells = []
        for c, cell in enumerate(row):
            if cell is None and r >= len(made.heads):
                cells.append("<td></td>")
            elif cell is not None:
                across = next((i for i, w in enumerate(row[c + 1 :], 1) if w is not None or not _covered(made, r, c + i)), len(row) - c)
                down = 2 if r == 0 and len(made.heads) > 1 and made.heads[1][c] is None else 1
                cells.append(f'<td colspan="{across if r < len(made.heads) and down == 1 else 1}" rowspan="{down}">{cell}</td>')
        body.append("<tr>" + "".join(cells) + "</tr>")
    above, below = ("".join(f"<p>{line}</p>\n" for line in lines) for lines in (made.above, made.below))
    return f"<html><body><p>{INTRO}</p>\n{above}<table>\n" + "\n".join(body) + f"\n</table>\n{below}<p>{OUTRO}</p></body></html>\n"


def _covered(made: Laid, r: int, c: int) -> bool:
    return r < len(made.heads) and made.heads[r][c] is None and not (r + 1 < len(made.heads) and made.heads[r + 1][c] is None)


def _said(made: Laid) -> list[list[str]]:
    return [[cell for cell in row if cell is not None] for row in (*made.heads, *made.rows)]


def _bars_lines(made: Laid) -> str:
    rows, width = _said(made), len(made.heads[0])
    return "\n".join("\n".join([*(f"{cell} |" for cell in row), *(["|" * (width - len(row))] if len(row) < width else [])]) for row in rows)


PRINTERS = {
    "tabs": lambda m: _page(m, _joined(m, "\t")),
    "markdown": lambda m: _page(m, "\n" + _markdown(m) + "\n"),
    "bars": lambda m: _page(m, _joined(m, " | ")),
    "edged": lambda m: _page(m, _joined(m, "|", ("|", "|"))),
    "box": lambda m: _page(m, _box(m)),
    "csv": lambda m: _page(m, "\n".join(",".join(f'"{c}"' if "," in c else c for c in row) for row in _columns(m))),
    "semicolons": lambda m: _page(m, "\n".join(";".join(row) for row in _columns(m))),
    "aligned": lambda m: _page(m, _aligned(m, " ", 3)),
    "wide_blanks": lambda m: _page(m, _aligned(m, "\u3000", 2)),
    "single_blanks": lambda m: _page(m, "\n".join(" ".join(row) for row in _said(m))),
    "lines": lambda m: _page(m, "\n".join(c for row in _said(m) for c in row)),
    "blank_lines": lambda m: _page(m, "\n\n".join(c for row in _said(m) for c in row), "\n\n"),
    "bars_lines": lambda m: _page(m, _bars_lines(m)),
    "html": _html,
    "stripped": lambda m: _page(m, "\n\n".join("\n".join(f"  {c}" for c in row) for row in _said(m))),
    "stripped_rows": lambda m: _page(m, "\n\n".join("  ".join(row) for row in _said(m)), "\n\n"),
}  # fmt: skip


def text_of(laid: Laid) -> str:
    """The page that a layout is printed on."""
    return PRINTERS[laid.chosen["form"]](laid)


def as_made(laid: Laid) -> Made:
    """The table with its spans, to be printed in every format that has them."""
    made = Made(laid.chosen["content"], laid.above[0], "\n".join(laid.above[1:]), heads=len(laid.heads), notes=list(laid.below), truth=laid.truth)
    for r, row in enumerate((*laid.heads, *laid.rows)):
        for c, words in enumerate(row):
            if words is not None:
                down = 2 if r == 0 and len(laid.heads) > 1 and laid.heads[1][c] is None else 1
                further = next((i for i, other in enumerate(row[c + 1 :], 1) if other is not None), len(row) - c)
                made.put(r, c, words, down, further if r < len(laid.heads) and down == 1 and r == 0 else 1)
            elif r >= len(laid.heads):
                made.put(r, c, "")
    return made
