"""What the arithmetic says, and what became of the targets: the parts of a report that are about findings.

A contradiction is told in full, in the words of the audit; doubtful figures and those that a declared break keeps from comparison
are named; the rest is counted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from .facts import Fact, decimal_of, text_of
from .figures import SourceOf, agreement_figure
from .markdown import Figure, Markdown, Table, escape
from .narrative import Narrator, capital
from .results import CHECK_ORDER, check_name, checks_table
from .strengths import strength_of

# The block each verdict is told in: what a declared break keeps from comparison is no fault, and its block is the neutral one.
CALLOUTS = {"contradiction": "contradiction", "not_comparable": "note", "borderline": "borderline"}


def concerning(findings: pd.DataFrame, facts: Sequence[Fact]) -> pd.DataFrame:
    """Keep the findings whose judged figure, their first subject, is one of `facts`."""
    starts = {(fact.doc, start) for fact in facts for start in fact.starts}
    judged = [_first(finding) in starts for finding in findings["subjects"]]
    return findings[pd.Series(judged, index=findings.index, dtype=bool)]  # a bare list, were it empty, would choose columns


def _first(subjects: str) -> tuple[str, int]:
    first = json.loads(subjects)[0]
    return first["doc"], int(first["start"])


def publishers(documents: Iterable[Any], lang: str) -> list[str]:
    """Name the publishers of some documents, each once, in the order of the documents; in Chinese where no English name is given."""
    found = (doc.metadata for doc in documents if doc.metadata)
    return list(dict.fromkeys(about.publisher_en if lang == "en" and about.publisher_en else about.publisher for about in found))


def _judged(findings: pd.DataFrame, facts: Sequence[Fact]) -> list[Fact]:
    at = {(fact.doc, start): fact for fact in facts for start in fact.starts}
    return list({fact.id: fact for fact in (at[_first(subjects)] for subjects in findings["subjects"])}.values())


def section(findings: pd.DataFrame, facts: Sequence[Fact], narrator: Narrator, heading: str, source_of: SourceOf) -> list[Markdown | Table | Figure]:
    """Explain each contradiction and each borderline case, then count all checks in a table."""
    wording = narrator.wording
    if findings.empty:
        return [Markdown(f"{heading}\n\n{wording('arithmetic.nothing')}")]
    blocks, drawn = [heading, _summary(findings, narrator)], list[Figure]()
    for verdict, block in CALLOUTS.items():
        for _, row in findings[_strengths(findings) == verdict].iterrows():
            blocks.append(_callout(row, block, facts, narrator))
            figure = agreement_figure(row, _judged(pd.DataFrame([row]), facts)[0], narrator, source_of) if verdict == "contradiction" else None
            drawn += [figure] if figure else []
    return [Markdown("\n\n".join(blocks)), *drawn, Markdown(wording("arithmetic.marks")), checks_table(findings, narrator, wording("caption.checks"))]


def _strengths(findings: pd.DataFrame) -> pd.Series:
    told = [strength_of(check, verdict) for check, verdict in zip(findings["check"], findings["verdict"], strict=True)]
    return pd.Series(told, index=findings.index, dtype=object)


def note(title: str, sentences: Sequence[str]) -> str:
    """Write a call-out with a title and a sentence or more."""
    return f"::: note\n\n**{title}**\n\n" + "\n\n".join(map(escape, sentences)) + "\n\n:::"


def _summary(findings: pd.DataFrame, narrator: Narrator) -> str:
    wording = narrator.wording
    counts = _strengths(findings).value_counts()
    shown = [name for name in CHECK_ORDER if name != "untestable" and counts.get(name, 0)]
    made = int(sum(counts[name] for name in shown))
    parts = [wording("arithmetic.part", name=wording(f"verdict.{name}.counted"), count=counts[name]) for name in shown]
    if counts.get("consistent", 0) == made:
        parts = [wording("arithmetic.all", count=made)]
    said = [wording("arithmetic.intro", count=made, made=made, parts=wording.listed(parts, "list.names"))] if made else []
    if counts.get("not comparable", 0):
        said.append(wording("arithmetic.broken_off", count=counts["not comparable"]))
    if counts.get("untestable", 0):
        said.append(wording("arithmetic.untestable" if made else "arithmetic.only_untestable", count=counts["untestable"]))
    return wording.table("sentence_gap").join(said)


def _callout(row: Mapping[str, Any], verdict: str, facts: Sequence[Fact], narrator: Narrator) -> str:
    wording = narrator.wording
    judged = _judged(pd.DataFrame([row]), facts)
    name = capital(escape(judged[0].name(narrator.lang)))
    title = wording("arithmetic.title", name=name, check=check_name(row["check"], wording), period=narrator.format.period(text_of(row["period"])))
    told = [escape(text_of(row[f"message_{narrator.lang}"])) + narrator.cite(_subjects(row, facts)), _measured(row, narrator)]
    return f"::: {verdict}\n\n**{title}**\n\n" + "\n\n".join(part for part in told if part) + "\n\n:::"


def _subjects(row: Mapping[str, Any], facts: Sequence[Fact]) -> list[Fact]:
    at = {(fact.doc, start): fact for fact in facts for start in fact.starts}
    spans = [(subject["doc"], int(subject["start"])) for subject in json.loads(row["subjects"])]
    return [at[span] for span in spans if span in at]


def _measured(row: Mapping[str, Any], narrator: Narrator) -> str:
    """Write the two intervals, how far they are apart, and the smallest error the check could have seen."""
    wording, unit = narrator.wording, text_of(row["stated_unit"])
    stated, implied = (_ends(row, side, unit, narrator) for side in ("stated", "implied"))
    gap, visible = decimal_of(row["gap"]), decimal_of(row["smallest_visible_error"])
    if not stated or not implied or gap is None:
        return ""
    between = "points" if unit == "%" else unit  # percentages lie points apart
    said = [wording("arithmetic.stated", stated=stated, implied=implied, gap=_measure(gap, between, narrator))]
    if visible is not None:
        said.append(wording("arithmetic.visible", visible=_measure(visible, between, narrator)))
    return wording.table("sentence_gap").join(said)


def _ends(row: Mapping[str, Any], side: str, unit: str, narrator: Narrator) -> str:
    low, high = decimal_of(row[f"{side}_low"]), decimal_of(row[f"{side}_high"])
    if low is None and high is None:
        return ""
    if low is None or high is None:
        sign = "<=" if low is None else ">="
        return narrator.wording(f"comparator.{sign}", value=_measure(high if low is None else low, unit, narrator))
    middle = _measure((low + high) / 2, unit, narrator) if side == "implied" and low != high else ""
    places = 2 if high - low < 10 else 0
    places = min(places, max(_places(low), _places(high)))
    if unit == "points":
        written = narrator.wording("measure.points", number=narrator.format.interval(low, high, places), count=2)
    else:
        written = narrator.format.interval(low, high, places, unit=unit)
    return narrator.wording("arithmetic.about", middle=middle, interval=written) if middle else written


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
