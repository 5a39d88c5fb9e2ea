"""Charts of many years: long series cut at breaks, and an index chained where only changes are printed. Asked of `series.along`."""

from collections.abc import Sequence
from decimal import Decimal

from ..series.along import Series
from ..series.breaks import Break
from .breaking import kind_of
from .charts import draw_chain, draw_series, spells, svg
from .charts.chain import Link, chained
from .charts.longrun import HISTORY, WILD, Run
from .charts.ranked import signed
from .comparing import Past
from .facts import Fact
from .figures import SourceOf, listed
from .markdown import Figure
from .naming import capital
from .narrative import Narrator

SHORTEST = 5  # years a series needs
PANELS = 3  # series a chapter
SHORTEST_CHAIN = 3
SEEN = Decimal("1.5")  # points of an index, wider than its line
OUTSIDE = ("above", "below")  # how the last year stands to the usual range
LEAST_UNUSUAL = ("plain", "after", "within", "lowest_of_all", "highest_of_all", *OUTSIDE)


def history_figures(facts: Sequence[Fact], past: Past, narrator: Narrator, source_of: SourceOf) -> list[Figure]:
    """Is this year unusual? The longest series of a chapter as panels of one chart, and an index for each chain of printed changes."""
    told = {fact.indicator: fact for fact in facts if fact.indicator and not fact.part and fact.period == narrator.edition_period}
    runs = [(fact, run, series) for fact in told.values() if (series := past.series(fact)) and (run := run_of(fact, series, past, narrator))]
    longest = sorted(runs, key=lambda one: (-len(one[1].values), one[0].ref))[:PANELS]
    # The series that the title is about stands on top.
    ordered = sorted(longest, key=lambda one: _unusual(one[1]), reverse=True)
    figures = [_long(ordered, past, narrator, source_of)] if ordered else []
    return figures + [chain for fact in told.values() if (chain := _chain(fact, past, narrator, source_of)) is not None]


def printed_by_year(series: Series, past: Past, until: str) -> dict[int, Fact]:
    """The figures of whole years up to a period, the last print of each."""
    found = {}
    for point in series.points():
        fact = past.every.get(point.claim.id)
        if fact is not None and fact.value is not None and point.period.isdigit() and point.period <= until[:4]:
            found[int(point.period)] = fact
    return found


def history_of(fact: Fact, past: Past, narrator: Narrator) -> Run | None:
    """The yearly values of the series that a figure stands in; None where they are too few for a chart."""
    series = past.series(fact)
    return run_of(fact, series, past, narrator) if series is not None else None


def run_of(fact: Fact, series: Series, past: Past, narrator: Narrator, shortest: int = SHORTEST) -> Run | None:
    """The yearly values of a figure's series up to its own year, with the breaks between; None where they are fewer than `shortest`."""
    printed = printed_by_year(series, past, fact.period)
    values = {year: one.printed for year, one in printed.items()}
    if len(values) < shortest or not fact.period.isdigit() or int(fact.period) not in values:
        return None
    # Of two breaks of a year the one that is sure counts.
    kinds = {int(declared.period[:4]): kind_of(declared) for declared in sorted(series.breaks, key=lambda one: one.inferred, reverse=True)}
    breaks = {year: narrator.wording(f"chart.break.{kinds[year]}", year=year) for year in sorted(kinds) if min(values) < year <= max(values)}
    written = {year: narrator.value(one) for year, one in printed.items()} | {int(fact.period): narrator.value(fact)}
    return Run(capital(narrator.name_with_scope(fact)), fact.unit, values, breaks, written)


def _long(chosen: Sequence[tuple[Fact, Run, Series]], past: Past, narrator: Narrator, source_of: SourceOf) -> Figure:
    runs = [run for _, run, _ in chosen]
    told = [_alt(run, narrator) for run in runs]
    alt = narrator.wording("chart.alt_lines", count=len(told), items=narrator.wording.table("sentence_gap").join(told))
    used = [one for _, _, series in chosen for claim in series if (one := past.every.get(claim.id)) is not None and one.period <= chosen[0][0].period]
    said = [declared.told(narrator.lang) for one in chosen for declared in _crossed(one[2], one[1])]
    drawn = [(fact, run) for fact, run, _ in chosen]
    source = source_of(used) + _about_reach(drawn, narrator)
    if said:
        source += narrator.wording("chart.broken", breaks=narrator.wording.table("sentence_gap").join(dict.fromkeys(said)))
    return Figure(svg(draw_series(runs, narrator.lang)), alt, _long_title(drawn, narrator), source)


def _crossed(series: Series, run: Run) -> list[Break]:
    return [declared for declared in series.breaks if int(declared.period[:4]) in run.breaks]


def _about_reach(drawn: Sequence[tuple[Fact, Run]], narrator: Narrator) -> str:
    """Say what the grey bar is, where it goes beyond the chart, and of which series too little is known for one."""
    wording = narrator.wording
    banded = [wording("chart.long_item", name=narrator.named(fact), count=len(run.changes)) for fact, run in drawn if run.reach]
    cut = [wording("chart.beyond_item", name=narrator.named(fact), high=beyond(fact, run, narrator)) for fact, run in drawn if run.goes_beyond]
    said = [wording("chart.long_note", items=wording.listed(banded, "list.names"))] if banded else []
    said += [wording("chart.beyond", items=wording.listed(cut, "list.names"))] if cut else []
    said += [wording("chart.cut_axis")] if any(run.foot for _, run in drawn) else []
    for reason in dict.fromkeys(run.lacks for _, run in drawn if run.lacks):
        without = [narrator.named(fact) for fact, run in drawn if run.lacks == reason]
        every = len(without) == len(drawn)
        said.append(wording(f"chart.no_band.{reason}" + "_all" * every, names=wording.listed(without, "list.names"), least=HISTORY, times=WILD))
    return wording.table("sentence_gap").join(said)


def beyond(fact: Fact, run: Run, narrator: Narrator) -> str:
    """About how far the usual range of a figure's series goes, where the chart does not show it whole: two digits are all that so few years know."""
    reach = run.reach
    if reach is None:
        return ""
    high = Decimal(reach[1])
    step = Decimal(10) ** max(high.adjusted() - 1, 0)
    return narrator.format.quantity((high / step).to_integral_value() * step, fact.unit, step, "about")


def _long_title(drawn: Sequence[tuple[Fact, Run]], narrator: Narrator) -> str:
    """The finding of the most unusual series, and which others lie outside their usual range too."""
    ranked = sorted(drawn, key=lambda one: _unusual(one[1]), reverse=True)
    fact, run = ranked[0]
    key, year = _standing(run)
    fields = {"name": narrator.named(fact), "period": narrator.format.period(fact.period), "value": narrator.value(fact), "year": year}
    title = narrator.wording(f"finding.long.{key}", **fields, before=run.written.get(max(run.values) - 1, ""))
    others = [narrator.named(other) for other, along in ranked[1:] if _standing(along)[0] in OUTSIDE]
    if key in OUTSIDE and others:
        title += narrator.wording("finding.long_also", names=narrator.wording.listed(others, "list.names"), count=len(others))
    return capital(title)


def _unusual(run: Run) -> tuple[float, float]:
    """How unusual the last year of a series is: outside its reach (the farther the more) before the highest and the lowest of all."""
    key, reach, now = _standing(run)[0], run.reach, float(run.values[max(run.values)])
    if key in OUTSIDE and reach is not None:
        return len(LEAST_UNUSUAL), now / reach[1] if key == "above" else reach[0] / now if now else float("inf")
    return LEAST_UNUSUAL.index(key), 0.0


def _standing(run: Run) -> tuple[str, str]:
    """How the last year stands: outside or within the reach of earlier changes, or the highest or lowest since a year."""
    last = max(run.values)
    reach, now = run.reach, float(run.values[last])
    comparable = [spell for spell in run.since_break if spell != last]
    if reach is not None and now > reach[1]:
        return "above", ""
    if reach is not None and now < reach[0]:
        return "below", ""
    others = [run.values[year] for year in comparable]
    if len(others) >= SHORTEST - 1:
        if run.values[last] > max(others):
            return "highest_of_all", str(min(comparable))
        if run.values[last] < min(others):
            return "lowest_of_all", str(min(comparable))
    if reach is not None:
        return "within", ""
    return ("after", str(last - 1)) if last - 1 in comparable else ("plain", "")


def _alt(run: Run, narrator: Narrator) -> str:
    form, points = narrator.format, run.values
    first, last = min(points), max(points)
    peak, low = max(points, key=lambda year: points[year]), min(points, key=lambda year: points[year])
    missing = spells(year for year in range(first, last) if year not in points)
    written = [str(spell[0]) if len(spell) == 1 else f"{spell[0]}-{spell[-1]}" for spell in missing]
    gaps = narrator.wording("chart.alt_gap", periods=narrator.wording.listed(written)) if missing else ""
    broken = narrator.wording("chart.alt_break", breaks=narrator.wording.listed([*run.breaks.values()])) if run.breaks else ""
    years = {"first": first, "last": last, "peak": peak, "low": low}
    fields = {name: run.written[year] for name, year in years.items()}
    fields |= {f"{name}_period": form.period(str(year)) for name, year in years.items()}
    return narrator.wording("chart.alt_series", name=run.name, gaps=gaps + broken, **fields).strip()


def used_for_chain(fact: Fact, past: Past) -> list[Fact]:
    """The figures of successive years whose printed changes can be chained, the oldest first; none where somebody prints a level."""
    series = past.series(fact)
    if series is None or fact.value is not None or not fact.period.isdigit():
        return []
    used = [fact]
    while (before := past.change_before(used[0])) is not None and before.period.isdigit():
        used.insert(0, before)
    short = len(used) < SHORTEST_CHAIN or fact.movement is None or fact.movement.kind != "percent"
    return [] if short or any(one.value is not None for one in used) else used


def chain_of(fact: Fact, past: Past) -> list[Link]:
    """The index chained from the printed changes up to a figure; empty where there are too few."""
    used = used_for_chain(fact, past)
    return chained([(int(one.period), signed(one), one.movement.resolution or Decimal(1)) for one in used if one.movement]) if used else []


def _chain(fact: Fact, past: Past, narrator: Narrator, source_of: SourceOf) -> Figure | None:
    """Chain the printed yearly changes of an indicator whose levels nobody prints."""
    links, used, year = chain_of(fact, past), used_for_chain(fact, past), fact.period
    if not links:
        return None
    index = narrator.format.number(links[-1].index, 1)
    title = narrator.wording("finding.chain", name=narrator.named(fact), year=year, index=index, base=links[0].year)
    items = [_link(link, narrator) for link in links]
    alt = narrator.wording("chart.alt_chain", name=narrator.name_with_scope(fact), base=links[0].year, items=listed(items, narrator))
    seen = any(link.high - link.low > SEEN for link in links)
    note = narrator.wording("chart.chain_note", band=narrator.wording(f"chart.chain_band.{'wide' if seen else 'narrow'}"))
    return Figure(svg(draw_chain(links, narrator)), alt, capital(title), source_of(used) + note)


def _link(link: Link, narrator: Narrator) -> str:
    form = narrator.format
    low, high = form.number(link.low, 1), form.number(link.high, 1)
    reach = "" if low == high else narrator.wording("chart.alt_chain_reach", low=low, high=high)
    return narrator.wording("chart.alt_chain_item", year=link.year, index=form.number(link.index, 1 if link.index != 100 else 0), reach=reach)
