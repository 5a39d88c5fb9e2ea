"""What you need to know: on page one, what a reader must know before using a figure.

Kind of source, years assumed, changed definitions, what could not be compared and why, doubts declared, what filed means, and
whether figures are preliminary. Each sentence is there only where it is true of this edition.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ..writing.escaping import escape
from . import arithmetic
from .breaking import title_of
from .earlier import of_the_year_before, written
from .facts import Fact

PRELIMINARY = ("初步统计", "初步核算", "初步数", "快报数", "暂定数")
FILED, OCCURRED = "立案", "发案"
OUTLYING, LEAST_OUTLYING = 5, 50  # times the year before; of counts that are not small in both years


def sentences(edition: Any) -> list[str]:
    """Write the sentences, the gravest first."""
    parts = (_sources, _names, _years, _breaks, _untested, _computed, _outlying, _doubts, _left_out, _meaning, _status)
    return [said for part in parts for said in part(edition)]


def _sources(edition: Any) -> Iterator[str]:
    """Say whose words the figures come from: a digest of ours is no statistical release."""
    wording = edition.wording
    for form in ("digest", "original", "table"):
        mine = [doc for doc in edition.documents if doc.metadata and doc.metadata.form == form]
        if mine:
            kinds = list(dict.fromkeys(wording(f"know.kind.{doc.metadata.source}") for doc in mine if doc.metadata.source))
            said = wording("know.kinds", kinds=wording.listed(kinds, "list.names")) if kinds else ""
            yield wording(f"know.form.{form}", count=len(mine), kinds=said)


def _names(edition: Any) -> Iterator[str]:
    """Say of how many figures the name is ours: in a translation a reader cannot see it."""
    ours = [fact for fact in edition.actual if not fact.indicator]
    if ours and edition.wording.has("know.named"):
        yield edition.wording("know.named", count=len(ours), total=len(edition.actual))


def _years(edition: Any) -> Iterator[str]:
    assumed = [fact for fact in edition.current if fact.assumed]
    if assumed:
        yield edition.wording("know.assumed", count=len(assumed), total=len(edition.current), year=edition.period_name)


def _breaks(edition: Any) -> Iterator[str]:
    for declared in edition.own_breaks:
        yield edition.wording("know.broken", title=title_of(declared, edition.wording), told=escape(declared.told(edition.lang)))


def _untested(edition: Any) -> Iterator[str]:
    """Say how many printed changes could not be held against a print of the earlier figure: counted as in the table of the checks."""
    made = arithmetic.comparisons(edition.findings)
    if without := made["untestable"]:
        yield edition.wording("know.untested.all" if without == made.total() else "know.untested.some", count=without, total=made.total())


def _computed(edition: Any) -> Iterator[str]:
    """Say how many changes no document prints."""
    if edition.gap_told:
        yield edition.wording("know.gap")
    ours = [fact for fact in edition.current if fact.movement and fact.movement.computed]
    if ours:
        yield edition.wording("know.computed", count=len(ours))


def _outlying(edition: Any) -> Iterator[str]:
    """Name the counts of the headline table that are many times those of the year before, or a small part: a break nobody declared, or a slip."""
    found = []
    for fact in edition.headlines:
        before = of_the_year_before(fact)
        if before is not None and fact.value is not None and not fact.is_rate:
            low, high = sorted((abs(fact.value), abs(before.middle)))
            if high >= LEAST_OUTLYING and high > low * OUTLYING:
                found.append((fact, escape(written(before, fact, edition.narrator))))
    if found:
        names = [edition.wording("know.outlying_item", name=edition.narrator.inside(fact), value=edition.narrator.value(fact), before=earlier,
                                 cite=edition.narrator.cite([fact])) for fact, earlier in found]  # fmt: skip
        yield edition.wording("know.outlying", names=edition.wording.listed(names, "list.names"), count=len(names))


def _doubts(edition: Any) -> Iterator[str]:
    doubted = [fact for fact in edition.current if fact.correction]
    if doubted:
        names = edition.wording.listed([edition.narrator.inside(fact) for fact in doubted[:3]])
        reasons = _reasons(doubted, edition)
        yield edition.wording("know.doubted", count=len(doubted), names=names, reasons=reasons)


def _reasons(facts: Sequence[Fact], edition: Any) -> str:
    told = dict.fromkeys(edition.corrections[fact.correction].told(edition.lang) for fact in facts if fact.correction in edition.corrections)
    return " ".join(escape(reason) for reason in told if reason)


def _left_out(edition: Any) -> Iterator[str]:
    """List what a correction leaves out of the figures, with its reason: nothing is excluded in silence."""
    for reason, places in edition.left_out.items():
        written = edition.wording.listed(
            [edition.wording("know.left_out_item", name=escape(name), written=escape(number)) for name, number in places], "list.names"
        )
        yield edition.wording("know.left_out", count=len(places), written=written, reason=escape(reason))


def _meaning(edition: Any) -> Iterator[str]:
    """Say what crime filed is, and what crime is that the source prints as occurred."""
    if any(FILED in fact.names["zh"] and fact.organ == "police" and OCCURRED not in fact.quote for fact in edition.current):
        yield edition.wording("know.filed")
    if any(OCCURRED in fact.names["zh"] and fact.organ == "police" for fact in edition.current):
        yield edition.wording("know.occurred")


def _status(edition: Any) -> Iterator[str]:
    """Say whether the documents call their figures preliminary."""
    texts = [doc.text for doc in edition.documents if not doc.is_table]
    if any(word in text for text in texts for word in PRELIMINARY):
        yield edition.wording("know.preliminary")
    elif texts:
        yield edition.wording("know.unfinal")
