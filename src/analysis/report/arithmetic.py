"""What the arithmetic says, and what became of the targets: the parts of a report that are about findings.

A contradiction is told in full, in the words of the audit; doubtful figures and those that a declared break keeps from comparison
are named; the rest is counted.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..audit.told import Told
from ..audit.verdicts import Verdict
from ..series.breaks import Break
from ..writing.escaping import escape
from .breaking import title_of
from .facts import Fact
from .figures import Called, SourceOf, agreement_figure, kind_of_sides, sides
from .markdown import Figure, Markdown, Table
from .naming import capital
from .narrative import Narrator
from .results import check_name, checks_table
from .strengths import CHECK_ORDER, strength_of
from .tables import change_cell, source_line, verdict_notes

MOST_DRAWN = 20
EARLIER_VALUE = "earlier-value"  # the check that holds a printed change against the figure printed for a year earlier
# The block each verdict is told in: what a declared break keeps from comparison is no fault, and its block is the neutral one.
CALLOUTS = {"contradiction": "contradiction", "not_comparable": "note", "borderline": "borderline"}


def concerning(findings: Iterable[Told], facts: Sequence[Fact]) -> list[Told]:
    """Keep the findings whose judged figure, their first subject, is one of `facts`, each as the tables of the figures have it.

    A change on a new definition is not comparable whether or not the earlier figure is held: there too nothing is to be held against it.
    """
    at = {(fact.doc, start): fact for fact in facts for start in fact.starts}
    kept = [(told, at[told.first.doc, told.first.start]) for told in findings if (told.first.doc, told.first.start) in at]
    return [replace(told, verdict=Verdict.NOT_COMPARABLE) if _is_across(told, fact) else told for told, fact in kept]


def _is_across(told: Told, fact: Fact) -> bool:
    return told.check == EARLIER_VALUE and strength_of(told) == "untestable" and fact.on_new_definition


def comparisons(findings: Iterable[Told]) -> Counter[str]:
    """Of the printed changes that were to be held against an earlier figure, how many have which verdict: what page one counts too."""
    return Counter(strength_of(told) for told in findings if told.check == EARLIER_VALUE)


def section(
    findings: Sequence[Told],
    facts: Sequence[Fact],
    narrator: Narrator,
    heading: str,
    source_of: SourceOf,
    called: Called,
    broken: Sequence[Break] = (),
) -> list[Markdown | Table | Figure]:
    """Explain each contradiction, what a break keeps from comparison and each borderline case, then count all checks in a table.

    `called` names a document; `broken` are the period's breaks: each is said once, with all that it keeps from comparison.
    """
    wording = narrator.wording
    if not findings:
        return [Markdown("\n\n".join([heading, wording("arithmetic.nothing"), *_breaks(broken, (), facts, narrator)]))]
    blocks, drawn = [heading, _summary(findings, narrator)], list[Figure]()
    across = [told for told in findings if strength_of(told) == "not_comparable" and _is_told_at(told, broken, facts, narrator)]
    for verdict, block in CALLOUTS.items():
        blocks += _breaks(broken, across, facts, narrator) if verdict == "not_comparable" else []
        blocks += [_callout(told, block, facts, narrator, called) for told in findings if strength_of(told) == verdict and told not in across]
    for told in _to_draw([told for told in findings if strength_of(told) == "contradiction"]):
        figure = agreement_figure(told, _spoken_of(told, facts), narrator, source_of, called)
        drawn += [figure] if figure else []
    explained = wording.table("sentence_gap").join(verdict_notes({strength_of(told) for told in findings}, narrator, "name"))
    table = checks_table(findings, narrator, wording("caption.checks"))
    return [Markdown("\n\n".join(blocks)), *drawn, table, Markdown(source_line(explained))]


def _is_told_at(told: Told, broken: Sequence[Break], facts: Sequence[Fact], narrator: Narrator) -> bool:
    """Whether a finding is named where one of the breaks is told."""
    redefined = {declared.told(narrator.lang) for fact in _spoken_of(told, facts)[:1] for declared in fact.redefined}
    reasons = [declared.told(narrator.lang) for declared in broken]
    return any(reason in told.message(narrator.lang) or reason in redefined for reason in reasons)


def _to_draw(contradictions: Sequence[Told]) -> list[Told]:
    """Those whose two sides lie farthest apart, in their order: each is told in words, and half a second goes into a picture."""
    farthest = heapq.nlargest(MOST_DRAWN, range(len(contradictions)), key=lambda at: (contradictions[at].gap or 0, -at))
    return [contradictions[at] for at in sorted(farthest)]


def _breaks(broken: Sequence[Break], across: Sequence[Told], facts: Sequence[Fact], narrator: Narrator) -> list[str]:
    """Say of each break why, and which printed changes it keeps from being held against earlier prints."""
    wording, blocks = narrator.wording, []
    for one in broken:
        reason = one.told(narrator.lang)
        kept = [spoken[0] for told in across if reason in told.message(narrator.lang) and (spoken := _spoken_of(told, facts))]
        kept += [fact for fact in facts if fact.on_new_definition and any(declared.told(narrator.lang) == reason for declared in fact.redefined)]
        kept = sorted({fact.id: fact for fact in kept}.values(), key=lambda fact: fact.ref)
        items = [wording("with_change", name=narrator.inside(fact), change=escape(change_cell(fact, narrator))) for fact in kept]
        said = [wording("arithmetic.not_held", names=wording.listed(items, "list.names")) + narrator.cite(kept) + wording("stop")] if kept else []
        blocks.append(note(title_of(one, wording), [escape(reason), *said]))
    return blocks


def note(title: str, sentences: Sequence[str]) -> str:
    """Write a call-out with a title and a sentence or more, which are Markdown."""
    return f"::: note\n\n**{title}**\n\n" + "\n\n".join(sentences) + "\n\n:::"


def _summary(findings: Sequence[Told], narrator: Narrator) -> str:
    wording = narrator.wording
    counts = Counter(map(strength_of, findings))
    shown = [name for name in CHECK_ORDER if name not in ("untestable", "repeated") and counts[name]]
    made = sum(counts[name] for name in shown)
    parts = [wording("arithmetic.part", name=wording(f"verdict.{name}.counted"), count=counts[name]) for name in shown]
    if counts["consistent"] == made:
        parts = [wording("arithmetic.all", count=made)]
    said = [wording("arithmetic.intro", count=made, made=made, parts=wording.listed(parts, "list.names"))] if made else []
    if counts["repeated"]:
        said.append(wording("arithmetic.repeated", count=counts["repeated"]))
    if counts["untestable"]:
        said.append(wording("arithmetic.untestable" if made else "arithmetic.only_untestable", count=counts["untestable"]))
    return wording.table("sentence_gap").join(said)


def _callout(told: Told, block: str, facts: Sequence[Fact], narrator: Narrator, called: Called) -> str:
    wording, spoken_of = narrator.wording, _spoken_of(told, facts)
    name = capital(escape(spoken_of[0].name(narrator.lang)))
    title = wording("arithmetic.title", name=name, check=check_name(told.check, wording), period=narrator.format.period(told.period))
    said = _unnamed(told.message(narrator.lang), spoken_of[0].name(narrator.lang))
    told_whole = wording.table("sentence_gap").join(filter(None, (escape(said), _measured(told, narrator, called))))
    return f"::: {block}\n\n**{title}**\n\n{told_whole}{narrator.cite(spoken_of)}\n\n:::"


def _unnamed(message: str, name: str) -> str:
    """What a finding says, without the name that its title has said.

    >>> _unnamed("Closure rate: the text says “4%”.", "closure rate")
    'The text says “4%”.'
    """
    said = message[len(name) :].lstrip(" ") if message.lower().startswith(name.lower()) else ""
    return capital(said[1:].lstrip(" ")) if said[:1] in (":", "：") else message


def _spoken_of(told: Told, facts: Sequence[Fact]) -> list[Fact]:
    """The figures a finding speaks of, the judged one first."""
    at = {(fact.doc, start): fact for fact in facts for start in fact.starts}
    return [at[place.doc, place.start] for place in told.subjects if (place.doc, place.start) in at]


def _measured(told: Told, narrator: Narrator, called: Called) -> str:
    """What a finding's own words leave out: which documents its two prints stand in, and the smallest error the check could have seen."""
    wording, said = narrator.wording, []
    if kind_of_sides(told, called) == "documents":
        one, other = sides(told, narrator, called)
        said.append(wording("arithmetic.elsewhere", one=escape(one), other=escape(other)))
    if told.smallest_visible_error is not None:
        unit = "points" if told.unit == "%" else told.unit  # percentages lie points apart
        said.append(wording("arithmetic.visible", visible=escape(_measure(told.smallest_visible_error, unit, narrator))))
    return wording.table("sentence_gap").join(said)


def _places(number: Any) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _measure(number: Any, unit: str, narrator: Narrator) -> str:
    written = narrator.format.number(number, min(_places(number), 2 if abs(number) < 100 else 0))
    key = f"measure.{unit}"
    return narrator.wording(key, number=written, count=abs(number)) if narrator.wording.has(key) else written + narrator.format.unit(unit)


def targets_text(targets: Sequence[Fact], known: Mapping[str, Fact], narrator: Narrator) -> str:
    """Say how many targets there are, whether any outcome is known, and what the goals of direction are."""
    wording = narrator.wording
    said = []
    for period in dict.fromkeys(fact.period for fact in targets):
        mine = distinct_targets(fact for fact in targets if fact.period == period)
        numeric = sum(fact.value is not None for fact in mine)
        said.append(wording("targets.intro", count=len(mine), year=narrator.format.period(period), numeric=numeric))
    said.append(wording("targets.known", count=len(known)) if known else wording("targets.unknown"))
    goals = _goals([fact for fact in targets if fact.shape == "direction"], narrator)
    if goals:
        said.append(wording("targets.directions", goals=goals))
    return wording.table("sentence_gap").join(said)


def distinct_targets(facts: Iterable[Fact]) -> list[Fact]:
    """Keep the first of targets set twice in the same terms."""
    return list({(fact.indicator or fact.names["zh"], fact.period, fact.value, fact.comparator): fact for fact in reversed(list(facts))}.values())


def _goals(facts: Sequence[Fact], narrator: Narrator) -> str:
    wording = narrator.wording
    said = []
    for direction in ("up", "down", "flat"):
        named = [fact for fact in facts if fact.movement and fact.movement.direction == direction]
        if named:
            names = wording.listed(list(dict.fromkeys(narrator.inside(fact) for fact in named)))
            places = "".join(f"[]{{#t{fact.ref}}}" for fact in named)
            said.append(places + wording("targets.goal", names=names, verb=wording(f"goal_verb.{direction}")) + narrator.cite(named))
    return wording("goal_verb.joiner").join(said)
