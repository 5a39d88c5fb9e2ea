"""The annex: where each figure stands, document by document, and what the terms mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from ..catalogue import Catalogue
from ..yamlfiles import load_own
from .facts import Fact
from .machine import machine_rows
from .markdown import Cell, Cells, Table
from .naming import capital
from .narrative import Narrator
from .phrases import Wording

# So many characters of a figure's own words are shown: a cell tells a figure from its neighbours, the sentence beside it has the rest.
LONGEST = 40
CELL_GAP = " / "  # between the words of a cell's place in its table


class SmallTable(Table):
    """A long table in small type."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """The table inside a block of small type."""
        return f"::: sources\n\n{super().text}\n\n:::"


def sources_table(name: str, held: Sequence[tuple[Any, Sequence[Fact]]], places: Mapping[int, str], narrator: Narrator, caption: str) -> Table:
    """The figures of one document, a row a sentence, or of the tables of one publication, whose titles then stand in a column.

    `held`: the metadata of each, which say whose words these are, with its figures; `places`: where the report speaks of a figure, its row in
    the headline table, else in its chapter or among the targets.
    """
    wording, titled, rows = narrator.wording, len(held) > 1, []
    cells = all(CELL_GAP in fact.quote for _, facts in held for fact in facts)
    for about, facts in held:
        for quote, mine in _by_row(facts, wording) if cells else _by_sentence(facts):
            numbers = [Cell(str(fact.ref), link=places.get(fact.ref, ""), place=f"s{fact.ref}") for fact in mine]
            shown = [_short(fact.as_written) for fact in mine]
            written = [words for at, words in enumerate(shown) if not (at and words.endswith("…") and words == shown[at - 1])]
            first = [Cells.joined(numbers, wording("list_of_numbers")), wording("list_of_numbers").join(written)]
            rows.append([*first, *([about.title] if titled else []), quote])
    heads = [wording("column.ref"), wording("column.as_written"), wording(f"column.quote.{'table' if cells else held[0][0].form}")]
    heads[2:2] = [wording("column.table")] if titled else []
    parts = [machine_rows(facts, about) for about, facts in held]
    return SmallTable(name, heads, rows, caption, "l" * len(heads), parts[0] + [row for part in parts[1:] for row in part[1:]])


def _by_sentence(facts: Sequence[Fact]) -> Iterator[tuple[str, list[Fact]]]:
    return ((quote, list(members)) for quote, members in groupby(facts, key=lambda fact: fact.quote))


def _by_row(facts: Sequence[Fact], wording: Wording) -> Iterator[tuple[str, list[Fact]]]:
    """The cells of each row of a table together: the row, and the heads of their columns."""
    heads = _without_title({fact.id: fact.quote.split(CELL_GAP)[:-1] or [fact.quote] for fact in facts})
    for row, members in groupby(facts, key=lambda fact: heads[fact.id][0]):
        mine = list(members)
        columns = [words for fact in mine if (words := CELL_GAP.join(heads[fact.id][1:]))]
        yield (wording("cell.of_row", row=row, columns=wording("list_of_numbers").join(columns)) if columns else row), mine


def _without_title(heads: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """Leave out the title of the table before the heads of its cells, which stand over the rows already; a year is a row's own."""
    firsts = {one[0] for one in heads.values()}
    titled = len(firsts) == 1 and all(len(one) > 2 for one in heads.values()) and not any(first[:4].isdigit() for first in firsts)
    return {name: one[1:] for name, one in heads.items()} if titled else heads


def doubts_table(facts: Sequence[Fact], narrator: Narrator, caption: str) -> Table:
    """The figures that someone should look at, the most doubtful first: contradicted, then doubted, then by how close another reading is."""
    wording = narrator.wording
    ordered = sorted(facts, key=lambda fact: (-("contradiction" in fact.doubts), -("correction" in fact.doubts), fact.margin or 0, fact.ref))
    rows = [
        [
            capital(narrator.name_with_scope(fact)),
            _short(fact.as_written),
            wording.listed([wording(f"quality.reasons.{reason}") for reason in fact.doubts]),
            Cell(str(fact.ref), link=f"s{fact.ref}"),
        ]
        for fact in ordered
    ]
    heads = [wording(f"column.{key}") for key in ("indicator", "as_written", "why", "ref")]
    return SmallTable("doubts", heads, rows, caption, "lllr")


def _short(written: str) -> str:
    """The words of a figure, cut before a number where they are the whole of a long list (分别上升1%、2%、…); the attached data have them all."""
    return written if len(written) <= LONGEST else written[:LONGEST].rstrip("0123456789０１２３４５６７８９.．,，%％") + "…"


@cache
def terms() -> list[dict[str, Any]]:
    """The reader's glossary: term and meaning in both languages, and the words of indicators that call for it."""
    return load_own(files(__package__) / "glossary.yml")


def is_surveyed(fact: Fact) -> bool:
    """Whether a figure comes from a survey, by the terms that say so: a share of those asked, and no record of an office."""
    return any(word in fact.name("zh") for term in terms() if term.get("survey") for word in term["when"])


def glossary_table(facts: Iterable[Fact], reasons: Sequence[str], catalogue: Catalogue, narrator: Narrator, caption: str) -> Table:
    """What the terms in the names of the figures mean, and those in the `reasons` (in Chinese) of changed definitions.

    The attached file has every indicator in both languages with unit and makeup.
    """
    facts = list(facts)
    used = [catalogue.by_id[name] for name in dict.fromkeys(fact.indicator for fact in facts) if name in catalogue.by_id]
    names = "\n".join(dict.fromkeys([*(fact.name("zh") for fact in facts if fact.indicator in catalogue.by_id), *reasons]))
    own, other = narrator.lang, "en" if narrator.lang == "zh" else "zh"
    told = [term for term in terms() if any(word in names for word in term["when"])]
    rows = [[capital(term[own]), term[other], term["means"][own]] for term in told]
    heads = [narrator.wording(f"column.{key}") for key in ("term", "term_other", "definition")]
    data = [["id", "zh", "en", "unit", "numerator", "denominator", "whole", "definition_zh", "definition_en"]]
    for entry in used:
        mine = [term for term in told if any(word in entry.zh for word in term["when"])]
        meaning = [" ".join(f"{term[lang]}: {term['means'][lang]}" for term in mine) for lang in ("zh", "en")]
        data.append([entry.id, entry.zh, entry.en, entry.unit, entry.numerator or "", entry.denominator or "", entry.whole or "", *meaning])
    return SmallTable("glossary", heads, rows, caption, "lll", data)
