"""What the arithmetic says, and what became of the targets: the parts of a report that are about findings.

A contradiction is told in full, in the words of the audit; doubtful figures are named; the rest is counted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from .facts import Fact, decimal_of, text_of
from .markdown import Markdown, Table, escape
from .narrative import Narrator
from .tables import CHECK_ORDER, capital, check_name, checks_table

NAMED = 4  # contradicted indicators named in a main point


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


def point(findings: pd.DataFrame, facts: Sequence[Fact], narrator: Narrator) -> list[str]:
    """Write the main point on the checks: what is contradicted, or that nothing is; none where nothing was tested."""
    counts = findings["verdict"].value_counts()
    tested = int(counts.drop("untestable", errors="ignore").sum())
    if not tested:
        return []
    wording = narrator.wording
    contradictions = findings[findings["verdict"] == "contradiction"]
    judged = _judged(contradictions, facts)
    if len(contradictions) == 1 and (told := _told(contradictions.iloc[0], judged[0], narrator)):
        sentence = told
    elif judged:
        causes = set(contradictions["cause"])
        cause = wording.table("points.causes").get(causes.pop(), "") if len(causes) == 1 else ""
        names = list(dict.fromkeys(narrator.inside(fact) for fact in judged))
        listed = wording.listed(names[:NAMED]) if len(names) <= NAMED else wording("points.more", names=wording.listed(names[:NAMED], "list.names"))
        sentence = wording(
            "points.contradiction",
            count=len(judged),
            number=wording.table("number_words").get(len(judged), len(judged)),
            names=listed,
            cause=cause,
            section=wording("section.arithmetic"),
        )
    elif counts.get("borderline", 0):
        sentence = wording("points.borderline", count=tested, borderline=counts["borderline"])
    else:
        sentence = wording("points.clean", count=tested)
    return [capital(sentence) + (narrator.cite(judged) if judged else "") + wording("stop")]


def _told(row: Mapping[str, Any], fact: Fact, narrator: Narrator) -> str:
    """Tell the one contradiction with its figures, where it is a change that is contradicted by another."""
    low, high, move = decimal_of(row["implied_low"]), decimal_of(row["implied_high"]), fact.movement
    if low is None or high is None or move is None or move.amount is None or row["stated_unit"] not in ("%", "points"):
        return ""
    middle = (low + high) / 2
    direction = "up" if middle > 0 else "down"
    size = narrator.wording(f"measure.{row['stated_unit']}", number=narrator.format.number(abs(middle), 2), count=2)
    return narrator.wording(
        "points.one_contradiction",
        name=narrator.number_of(narrator.inside(fact)),
        amount=narrator.amount(move, fact.unit),
        basis=narrator.basis(move),
        verb=narrator.wording(f"verb.{move.kind}.{move.direction}"),
        implied=size,
        cause=narrator.wording.table("points.causes").get(row["cause"], ""),
        implied_verb=narrator.wording(f"noun.{direction}"),
        section=narrator.wording("section.arithmetic"),
    )


def _judged(findings: pd.DataFrame, facts: Sequence[Fact]) -> list[Fact]:
    at = {(fact.doc, start): fact for fact in facts for start in fact.starts}
    return list({fact.id: fact for fact in (at[_first(subjects)] for subjects in findings["subjects"])}.values())


def section(findings: pd.DataFrame, facts: Sequence[Fact], narrator: Narrator, heading: str) -> list[Markdown | Table]:
    """Explain each contradiction and each borderline case, then count all checks in a table."""
    wording = narrator.wording
    if findings.empty:
        return [Markdown(f"{heading}\n\n{wording('arithmetic.nothing')}")]
    blocks = [heading, _summary(findings, narrator)]
    for verdict in ("contradiction", "borderline"):
        for _, row in findings[findings["verdict"] == verdict].iterrows():
            blocks.append(_callout(row, verdict, facts, narrator))
    return [Markdown("\n\n".join(blocks)), Markdown(wording("arithmetic.marks")), checks_table(findings, narrator, wording("caption.checks"))]


def note(title: str, sentences: Sequence[str]) -> str:
    """Write a call-out with a title and a sentence or more."""
    return f"::: note\n\n**{title}**\n\n" + "\n\n".join(map(escape, sentences)) + "\n\n:::"


def _summary(findings: pd.DataFrame, narrator: Narrator) -> str:
    wording = narrator.wording
    counts = findings["verdict"].value_counts()
    made = int(sum(counts.get(name, 0) for name in CHECK_ORDER[:3]))
    parts = [
        wording("arithmetic.part", name=wording(f"verdict.{name}.counted"), count=counts[name]) for name in CHECK_ORDER[:3] if counts.get(name, 0)
    ]
    if counts.get("consistent", 0) == made:
        parts = [wording("arithmetic.all", count=made)]
    said = [wording("arithmetic.intro", count=made, made=made, parts=wording.listed(parts, "list.names"))] if made else []
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
    places = 3 if high - low < 1 else 2 if high - low < 10 else 0
    places = min(places, max(_places(low), _places(high)))
    written = narrator.format.interval(low, high, places)
    key = "measure." + unit
    written = narrator.wording(key, number=written, count=2) if narrator.wording.has(key) else written + narrator.format.unit(unit)
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
            said.append(wording("targets.goal", names=names, verb=wording(f"goal_verb.{direction}")) + narrator.cite(named))
    return wording("goal_verb.joiner").join(said)
