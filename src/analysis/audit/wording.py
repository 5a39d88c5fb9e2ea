"""The sentences of findings, in Chinese and English; the words themselves are in wording.zh.yml and wording.en.yml."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from ..catalogue import Catalogue, names
from ..series.breaks import Break
from ..series.claims import Claim
from ..series.intervals import Interval
from ..writing.numbers import writer, written_period
from ..yamlfiles import load_own
from .findings import Finding, Subject

__all__ = ["Wording", "least_number", "plain_number"]

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")
# Causes after which there is nothing left to say of how the comparison came out.
SAYS_ALL = {"points_meant", "percent_meant", "unit_swapped", "target_reached", "target_missed"}


@cache
def _load(language: str) -> dict[str, dict[str, str]]:
    return load_own(FOLDER / f"wording.{language}.yml")


class Wording:
    """Writes findings as sentences: what was compared, how it came out, and the likeliest innocent cause."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self._catalogue = catalogue

    def message(self, finding: Finding, language: str) -> str:
        """Return the sentences of a finding in zh or en."""
        phrases = _load(language)
        facts = self._facts(finding, language)
        parts = [_told(phrases, finding).format_map(facts)]
        outcome = _outcome(finding)
        if outcome:
            parts.append(phrases["verdicts"][outcome].format_map(facts))
        if finding.cause:
            parts.append(phrases["causes"][finding.cause].format_map(facts))
        if "repair" in finding.facts and finding.verdict == "contradiction":
            parts.append(phrases["repairs"][finding.facts["repair_of"]].format_map(facts))
        return ("" if language == "zh" else " ").join(parts)

    def _facts(self, finding: Finding, language: str) -> Mapping[str, str]:
        return _Facts(self, finding, language)

    def told(self, subject: Subject, language: str, of: str = "") -> str:
        """Return another number of the finding: what it is, where that is not what the finding is about (`of`), as printed, and its period."""
        written, period = _printed(subject, language), subject.claim.period
        if subject.part == "previous":
            # It stands beside the number it is held against and has its name.
            name, period = "", subject.claim.previous.period if subject.claim.previous is not None else ""
        else:
            name = self.name(subject.claim, language)
            name = "" if name == of else writer(language).wording.inside(name)
        if language == "zh":
            return f"{written_period(period, language)}{name}“{written}”"
        return f"{name} “{written}”".lstrip() + (f" ({written_period(period, language)})" if period else "")

    def name(self, claim: Claim, language: str) -> str:
        """Return an indicator's name from the catalogue, else as the bulletin has it."""
        entry = self._catalogue.by_id.get(claim.indicator) if self._catalogue is not None and claim.indicator else None
        said = names(entry, claim.name, claim.unit)
        # A finding quotes the bulletin: in Chinese it is the printed name.
        return (said[language] if entry is not None or language != "zh" else claim.name) or "—"

    def fact(self, value: Any, language: str) -> str:
        """Return a check's own fact as text."""
        if isinstance(value, Interval):
            return _interval(value, language)
        if isinstance(value, Claim):
            return writer(language).wording.inside(self.name(value, language))
        if isinstance(value, Break):
            return value.told(language)
        return plain_number(value, abs(value) or Fraction(1), language) if isinstance(value, Fraction) else str(value)


class _Facts(dict[str, str]):
    """The facts of one finding as texts, each made when a sentence first asks for it."""

    def __init__(self, wording: Wording, finding: Finding, language: str) -> None:
        super().__init__()
        self._wording, self._finding, self._language = wording, finding, language

    def __missing__(self, key: str) -> str:
        self[key] = text = self._text(key)
        return text

    def _text(self, key: str) -> str:
        finding, language, wording = self._finding, self._language, self._wording
        if key == "name":
            return wording.name(finding.claim, language)
        if key == "printed":
            return _printed(finding.subjects[0], language)
        if key == "others":
            return writer(language).wording.listed([wording.told(subject, language, self["name"]) for subject in finding.subjects[1:]])
        if key == "sides":
            return writer(language).wording.listed([wording.told(subject, language, self["name"]) for subject in finding.facts[key]])
        if key == "come_to":
            return _interval(finding.facts[key], language, "%")
        if key in ("stated", "implied"):
            interval = finding.stated if key == "stated" else finding.implied
            return _interval(interval, language, finding.unit) if interval else ""
        if key == "gap":
            gap = finding.gap or Fraction(0)
            # Two percentages differ by points, not by per cent.
            number = least_number(gap, language) if _outcome(finding) == "apart" else plain_number(gap, gap / 400 or Fraction(1), language)
            told = number + _unit("points" if finding.unit == "%" else finding.unit, language)
            return "1 point" if told == "1 points" else told
        if key == "base":
            return written_period(str(finding.facts[key]), language)
        if key == "repair_unit":
            return _unit(finding.facts[key], language)
        return wording.fact(finding.facts[key], language)


def _told(phrases: Mapping[str, Any], finding: Finding) -> str:
    """Return the sentence that says what a finding is about."""
    if finding.verdict == "not comparable":
        return phrases["not comparable"]["any"]
    kind = "checks" if finding.verdict != "untestable" else "come to something else" if "come_to" in finding.facts else "untestable"
    return phrases[kind][finding.check]


def _outcome(finding: Finding) -> str:
    """Return the key of the sentence that says how a comparison came out, "" where the cause alone says it."""
    if finding.verdict in ("untestable", "not comparable") or finding.cause in SAYS_ALL:
        return ""
    if finding.verdict == "borderline" and finding.cause:
        return "exception"
    if finding.verdict == "contradiction" and any(map(_is_wide, (finding.stated, finding.implied))):
        return "apart"
    limit = finding.implied is not None and (finding.implied.low is None or finding.implied.high is None)
    return "holds" if limit and finding.verdict == "consistent" else finding.verdict


def _is_wide(interval: Interval | None) -> bool:
    """Whether an interval has two ends that differ: what lies between two such is the least that they can be apart."""
    return interval is not None and None not in (interval.low, interval.high) and interval.low != interval.high


def _printed(subject: Subject, language: str) -> str:
    """Return the words of a number as printed; of a list's change (分别) only the member's own amount."""
    change = subject.claim.change
    written = subject.span[2]
    if subject.part != "change" or change is None or change.amount is None or "分别" not in written:
        return written
    up, down = ("上升", "下降") if language == "zh" else ("up ", "down ")
    amount = plain_number(abs(change.amount.point), change.amount.unit, language)
    return (up if change.sign > 0 else down) + amount + _unit(subject.claim.change_unit, language)


def _interval(interval: Interval, language: str, unit: str = "") -> str:
    """Write an interval with its unit, as one number when its ends print alike, else as from-to."""
    zh, unit = language == "zh", _unit(unit, language)
    low, high = interval.low, interval.high
    if low is None and high is None:
        return ("任意值" if zh else "any value") + unit
    if low is None or high is None:
        end = (low if high is None else high) or Fraction(0)
        word = ("不低于" if zh else "at least ") if high is None else ("不高于" if zh else "at most ")
        return word + plain_number(end, abs(end) / 1000 or Fraction(1), language) + unit
    places = _places_for(interval)
    first, last = _written(low, places, language), _written(high, places, language)
    if first == last:
        return first + unit
    return writer(language).wording("range", low=first + unit * (unit == "%"), high=last) + unit


def _places_for(interval: Interval) -> int:
    """Return how many decimals tell the ends of an interval apart."""
    low, high = interval.ends
    if low.denominator == high.denominator == 1:
        return 0
    if low == high:
        return _places(max(abs(low.numerator), low.denominator), 1000 * low.denominator)
    width = high - low
    return _places(width.numerator, 2 * width.denominator)


def plain_number(value: Fraction, scale: Fraction, language: str) -> str:
    """Write a number with as many decimals (at most four) as a difference of `scale` needs.

    >>> plain_number(Fraction("-8.5347"), Fraction("0.01"), "en"), plain_number(Fraction(12364), Fraction(1), "en")
    ('−8.53', '12,364')
    """
    return _written(value, 0 if value.denominator == 1 else _places(scale.numerator, scale.denominator), language)


def least_number(value: Fraction, language: str) -> str:
    """Write how much something is at least, with as many decimals as its size needs: never more than it is.

    >>> least_number(Fraction("15.2599"), "en")
    '15.25'
    """
    scale = value / 400 or Fraction(1)
    step = Fraction(1, 10 ** _places(scale.numerator, scale.denominator))
    return plain_number(value // step * step, scale, language)


def _places(top: int, bottom: int) -> int:
    """Return how many decimals (at most four) show a difference of top / bottom."""
    for places in range(4):
        if top * 10**places >= bottom:
            return places
    return 4


def _written(value: Fraction, places: int, language: str) -> str:
    return writer(language).number(value, 0 if value.denominator == 1 else places)


def _unit(unit: str, language: str) -> str:
    if language == "zh":
        return {"points": "个百分点", "%": "%"}.get(unit, unit)
    return {"points": " points"}.get(unit) or writer(language).unit(unit)
