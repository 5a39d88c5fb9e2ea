"""Give records that were read in simplified characters the characters that the text prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..documents.tables import Cell, Table
from ..lexicon.script import fold, printed_forms, traditional_forms, unfold
from ..lexicon.wordlists import words
from .records import Other, Previous, Statement
from .wording import Unread


def restore(entries: list[Statement | Other], text: str, plain: str) -> list[Statement | Other]:
    """Return the entries of ``plain``, the text in one script, in the words of ``text``; their places are the same in both.

    A name is put together from words of several places: its characters are written as the text writes them.
    """
    if plain == text:
        return entries
    forms = printed_forms(text, plain)
    forms.pop(" ", None)  # what was struck out is no form of a blank
    if len(forms) >= _TRADITIONAL:  # what is measured is said by us, in the script of the text
        forms |= {sign: form for sign, form in traditional_forms(_SIGNS_OF_MEASURES).items() if sign not in forms and sign not in text}
    return [_restored(entry, text, forms) for entry in entries]


# So many signs of another form make a text one in traditional characters.
_TRADITIONAL = 5
_SIGNS_OF_MEASURES = "".join(sorted(set("".join(words("counts_of", "sums_of_money")))))


def _restored(entry: Statement | Other, text: str, forms: dict[str, str]) -> Statement | Other:
    def printed(part):
        return part._replace(as_written=text[part.start : part.end])

    if isinstance(entry, Other):
        return printed(entry)
    change, previous = entry.change, entry.previous
    if change is not None:
        change = printed(change)._replace(base=change.base and unfold(change.base, forms))
    return printed(entry)._replace(
        unit=_unit(entry.unit, forms, text if entry.cell is not None else text[entry.start : entry.end]),
        indicator=unfold(entry.indicator, forms),
        indicator_as_written=unfold(entry.indicator_as_written, forms),
        period_as_written=entry.period_as_written and unfold(entry.period_as_written, forms),
        scope=entry.scope and unfold(entry.scope, forms),
        change=change,
        previous=_previous(previous, text, forms, entry.cell is not None),
        # A cell's quote is put together from its heads and labels.
        quote=text[entry.quote_start : entry.quote_start + len(entry.quote)] if entry.cell is None else unfold(entry.quote, forms),
    )


def fold_tables(tables: Sequence[Table], text: str, plain: str) -> list[Table]:
    """Return the tables of a text as those of ``plain``, the text in one script: every cell in its characters, in the same place."""
    if plain == text:
        return list(tables)
    return [replace(table, cells=_folded(table.cells, text, plain), lost=_folded(table.lost, text, plain)) for table in tables]


def _folded(cells: Sequence[Cell], text: str, plain: str) -> tuple[Cell, ...]:
    return tuple(
        cell._replace(text=plain[cell.start : cell.end] if text[cell.start : cell.end] == cell.text else fold(cell.text)) for cell in cells
    )


def restore_unread(unread: list[Unread], text: str, plain: str) -> list[Unread]:
    """Return what was not read with its titles as the text prints them."""
    forms = printed_forms(text, plain) if plain != text else {}
    return [one._replace(title=unfold(one.title, forms)) if forms else one for one in unread]


def _previous(previous: Previous | None, text: str, forms: dict[str, str], in_table: bool) -> Previous | None:
    if previous is None:
        return None
    written = text[previous.start : previous.end]
    return previous._replace(as_written=written, unit=_unit(previous.unit, forms, text if in_table else written))


def _unit(unit: str | None, forms: dict[str, str], written: str) -> str | None:
    """A unit as the words of its number print it (個), or those of its table."""
    printed = unfold(unit, forms) if unit else unit
    return printed if printed and printed in written else unit
