"""The arithmetic of one bulletin, step by step: the parts of the notebook audit, one method a step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd

from ..audit.told import read_told
from ..catalogue import names
from ..dataset import Dataset, load
from ..report.markdown import Figure, Markdown
from ..report.phrases import Wording
from ..report.strengths import VERDICTS, counts_by_strength, strength_of
from ..series.claims import Claim
from ..series.rows import read_claims
from . import charts, pages


@dataclass(frozen=True)
class Bulletin:
    """The documents of one region and period, and what the audit found in them.

    `focus`, where given, are catalogue ids: the steps before the checks then show these indicators only.
    """

    dataset: Dataset
    region: str
    period: str
    lang: str
    focus: tuple[str, ...] = ()

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents of that region and period."""
        return tuple(d.id for d in self.dataset.documents if d.metadata and (d.metadata.region, d.metadata.period) == (self.region, self.period))

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The findings whose judged figure stands in these documents."""
        return pages.concerning(self.dataset.findings, self.documents)

    @cached_property
    def _claims(self) -> list[Claim]:
        rows = self.dataset.observations
        claims = read_claims(rows[rows.doc.isin(self.documents) & (rows.kind == "actual")])
        return [claim for claim in claims if not self.focus or claim.indicator in self.focus]

    def _words(self) -> dict[str, Any]:
        return pages.wording(self.lang)

    def printed(self) -> Markdown:
        """Each value, as written, and the interval of what it can mean."""
        return self._shown("printed_heads", (claim for claim in self._claims if claim.level), self._printed_row)

    def _printed_row(self, claim: Claim) -> list[str]:
        reading = claim.level.rounded
        value = pages.formatter(self.lang).quantity(_decimal(claim.level.point), claim.unit)
        return [claim.as_written, value, pages.span(reading.low, reading.high, self.lang)]

    def changes(self) -> Markdown:
        """Each change, as written, and the interval of what it can mean (a fall is negative)."""
        return self._shown("change_heads", (claim for claim in self._claims if claim.change and claim.change.amount), self._change_row)

    def _change_row(self, claim: Claim) -> list[str]:
        reading = claim.change.amount.rounded
        return [claim.change.as_written, self._words()[f"kind_{claim.change.kind or ''}"], pages.span(reading.low, reading.high, self.lang)]

    def implied(self) -> Markdown:
        """What each value and its change imply about the earlier period: the exact interval, and the whole numbers in it."""
        rows = {row["id"]: row for row in self.dataset.implied.to_dict("records")}
        heads = [head.format(period=self.period) for head in self._words()["implied_heads"]]
        cells = [self._implied_row(claim, rows[claim.id]) for claim in self._claims if claim.id in rows]
        return pages.table(pd.DataFrame(cells, columns=heads))

    def _implied_row(self, claim: Claim, row: dict[str, Any]) -> list[str]:
        whole = pages.span(row["integers_low"], row["integers_high"], self.lang) if row["integers_low"] is not None else ""
        return [
            self._name(claim),
            claim.as_written,
            claim.change.as_written,
            row["implied_period"] or "",
            pages.span(row["implied_low"], row["implied_high"], self.lang),
            whole,
        ]

    def answer(self) -> Markdown:
        """How many checks could be made and what they say, in a sentence; then each contradiction."""
        counts = dict.fromkeys(VERDICTS, 0)
        for mine in counts_by_strength(read_told(self.findings)).values():
            counts = {verdict: counts[verdict] + mine[verdict] for verdict in VERDICTS}
        tested = sum(counts.values()) - counts["untestable"] - counts["repeated"]
        found = list(self.contradictions[f"message_{self.lang}"])
        return pages.listed([self._words()["answer"].format(tested=tested, **counts), *found])

    def checks(self) -> Markdown:
        """Every check that was made, counted by verdict."""
        return pages.counted(self.findings, self.lang)

    def passed(self, check: str) -> Markdown:
        """What one check found, sentence by sentence. Raises ValueError for a check that was not made here."""
        rows = self.findings[self.findings.check == check]
        if rows.empty:
            raise ValueError(f"{check!r} was not made here; there are: {', '.join(sorted(set(self.findings.check)))}")
        return pages.listed(list(rows[f"message_{self.lang}"]))

    @property
    def contradictions(self) -> pd.DataFrame:
        """The findings that cannot be true together."""
        return self.findings[self.findings.verdict == "contradiction"]

    def contradiction(self) -> Markdown:
        """Each contradiction in words; that there is none, where there is none."""
        found = list(self.contradictions[f"message_{self.lang}"])
        return pages.listed(found) if found else pages.paragraph(self._words()["no_contradiction"])

    def contradiction_figure(self) -> Figure | Markdown:
        """A contradiction with two closed intervals, drawn: what is stated against what is implied. One within a document before one between two."""
        closed = [told for told in read_told(self.contradictions) if None not in (*told.stated, *told.implied)]
        if not closed:
            return self.contradiction()
        told = min(closed, key=lambda told: len({place.doc for place in told.subjects}))
        (low, high), (least, most) = (tuple(float(end) for end in ends if end is not None) for ends in (told.stated, told.implied))
        known = self.dataset.catalogue.by_id.get(told.indicator)
        unit = self._words().get(told.unit, told.unit)
        return charts.against_figure((low, high), (least, most), getattr(known, self.lang) if known else "", unit, self.lang)

    def sentences(self) -> Markdown:
        """The sentences that the contradictions compare, with their places."""
        places = [place for told in read_told(self.contradictions) for place in told.subjects]
        line = self._words()["sentence_line"]
        return pages.listed([line.format(quote=place.as_written, doc=place.doc, start=place.start, end=place.end) for place in places])

    def findings_table(self) -> Markdown:
        """The findings that are not plainly consistent, with their intervals; and how small an error each could have seen."""
        cells = [
            [
                told.id,
                Wording.load(self.lang)(f"verdict.{strength_of(told)}.name"),
                pages.span(*told.stated, self.lang),
                pages.span(*told.implied, self.lang),
                _plain(told.gap),
                _plain(told.smallest_visible_error),
            ]
            for told in read_told(self.findings)
            if told.verdict in ("contradiction", "borderline", "not comparable")
        ]
        return pages.table(pd.DataFrame(cells, columns=self._words()["finding_list_heads"]))

    def sources(self) -> Markdown:
        """The documents."""
        return pages.cited(pages.documents_of(self.dataset, self.documents), self.lang)

    def _shown(self, heads: str, claims: Iterable[Claim], row: Callable[[Claim], list[str]]) -> Markdown:
        return pages.table(pd.DataFrame([[self._name(claim), *row(claim)] for claim in claims], columns=self._words()[heads]))

    def _name(self, claim: Claim) -> str:
        known = self.dataset.catalogue.by_id.get(claim.indicator)
        if known:
            return pages.named(known, self.lang)
        both = names(None, claim.name, claim.unit)
        return claim.name if self.lang == "zh" else f"{both['en']} {claim.name}" if claim.name not in both["en"] else both["en"]


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _plain(number: Any) -> str:
    return "" if number is None else f"{number.normalize():f}"


def open_bulletin(region: str, period: str, lang: str = "en", focus: str = "", dataset: Dataset | None = None) -> Bulletin:
    """Open what a region's documents print for a period; `focus` is a comma-separated list of catalogue ids, empty for all.

    Raises ValueError for a region and period without a document, naming those there are.
    """
    if dataset is None:
        dataset = load()
    pages.wording(lang)
    bulletin = Bulletin(dataset, region, str(period), lang, tuple(id.strip() for id in focus.split(",") if id.strip()))
    if not bulletin.documents:
        known = sorted({f"{d.metadata.region} {d.metadata.period}" for d in dataset.documents if d.metadata})
        raise ValueError(f"no document of {region} for {period}; there are: {', '.join(known)}")
    return bulletin
