"""Tables with empty cells, as they are exported and as pages write them: each figure is of the column and the row that it stands in."""

from random import Random

import pytest

from analysis.documents import Document
from analysis.extract import extract

NAMES = ("立案", "破案", "批捕", "起诉", "判决", "执行")
YEARS = range(2010, 2020)
WRITERS = {
    "csv": lambda row: ",".join(row),
    "semicolons": lambda row: ";".join(row),
    "tabs": lambda row: "\t".join(row),
    "markdown": lambda row: f"| {' | '.join(row)} |",
}


def sparse(random: Random) -> tuple[list[list[str]], set[tuple[str, str, int]]]:
    """The rows of a table of names by years, about half of its cells empty, and what it says: name, year, value."""
    years = sorted(random.sample(YEARS, random.randint(2, 4)))
    names = random.sample(NAMES, random.randint(2, 5))
    rows, said = [["项目", *(f"{year}年" for year in years)]], set()
    for name in names:
        values = [str(random.randint(1, 90_000)) if random.random() < 0.55 else "" for _ in years]
        values[random.randrange(len(years))] = str(random.randint(1, 900))  # no row is empty
        rows.append([f"{name}（件）", *values])
        said |= {(name, str(year), int(value)) for year, value in zip(years, values, strict=True) if value}
    return rows, said


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("seed", range(25))
def test_an_empty_cell_moves_no_figure(form, seed):
    rows, said = sparse(Random(seed))
    lines = [WRITERS[form](row) for row in rows]
    if form == "markdown":
        lines.insert(1, "|---" * len(rows[0]) + "|")
    ledger = extract(Document("table", "\n".join(lines) + "\n"))
    read = {(one.indicator.removesuffix("数"), one.period, int(one.value)) for one in ledger.statements}
    assert read <= said, (lines, read - said)
    assert read == said or ledger.unread, (lines, said - read)
