"""Interval arithmetic is exact and never loses a possible value; every print reads as the conventions' table says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.audit.verdicts import Verdict, compare
from analysis.series.claims import Change
from analysis.series.derive import change_from, difference, earlier_level, growth, quotient, total
from analysis.series.intervals import UNBOUNDED, Interval, Reading, read_printed

CASES = yaml.safe_load((Path(__file__).parent / "cases/printed_numbers.yml").read_text("utf-8"))
# A busy machine is not an error.
unhurried = settings(deadline=None)
numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=200)
positive = st.fractions(min_value=0, max_value=1000, max_denominator=200)


@st.composite
def within(draw: st.DrawFn, values: st.SearchStrategy[Fraction] = numbers) -> tuple[Interval, Fraction]:
    """An interval, sometimes with an end open, and a number in it."""
    low, middle, high = sorted(draw(st.tuples(values, values, values)))
    ends = draw(st.sampled_from(((low, high), (low, high), (None, high), (low, None), (middle, middle))))
    return Interval(*ends), middle


def holds(interval: Interval, number: Fraction) -> bool:
    """Whether a number lies in an interval."""
    return (interval.low is None or interval.low <= number) and (interval.high is None or number <= interval.high)


def ends(pair: list[str]) -> Interval:
    """The interval of a case."""
    return Interval(*(Fraction(end) if end else None for end in pair))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["written"])
def test_a_print_reads_as_the_conventions_say(case: dict[str, Any]) -> None:
    resolution = Decimal(case["resolution"]) if "resolution" in case else None
    printed = read_printed(Decimal(case["value"]), resolution, case.get("hedge"), case["written"], case.get("counted", False))
    assert printed.rounded == ends(case["rounded"])
    assert printed.wide == ends(case["wide"])


def test_the_unit_of_a_print_is_its_last_digit_or_that_of_its_hedge() -> None:
    assert read_printed(Decimal("25.44")).unit == Fraction(1, 100)
    assert read_printed(Decimal(486000), Decimal(1000), counted=True).unit == 1000
    assert read_printed(Decimal(37000000), Decimal(10000), "more_than", "3700余万件").unit == 1000000
    assert read_printed(Decimal(0), Decimal(1), "about", "约0").unit == 1


def test_equal_numbers_with_other_decimals_are_other_prints() -> None:
    assert [read_printed(Decimal(written)).unit for written in ("20", "20.00", "20.0")] == [1, Fraction(1, 100), Fraction(1, 10)]
    assert read_printed(Decimal(21)).rounded == ends(["20.5", "21.5"])


def test_a_fall_is_the_print_mirrored() -> None:
    fall = read_printed(Decimal("25.44")).signed(-1)
    assert (fall.point, fall.rounded, fall.wide) == (Fraction("-25.44"), ends(["-25.445", "-25.435"]), ends(["-25.45", "-25.435"]))
    assert read_printed(Decimal("25.44")).signed(1).point == Fraction("25.44")


def test_a_multiple_is_a_print_in_hundreds_of_per_cent() -> None:
    times = read_printed(Decimal("1.3")).scaled(100)
    assert (times.point, times.rounded, times.unit) == (130, ends(["125", "135"]), 10)


@unhurried
@given(within(), within())
def test_sums_differences_and_products_hold_every_possible_value(one: tuple[Interval, Fraction], two: tuple[Interval, Fraction]) -> None:
    (a, x), (b, y) = one, two
    assert holds(a + b, x + y)
    assert holds(a - b, x - y)
    assert holds(a * b, x * y)
    assert holds(-a, -x)
    assert holds(a.scaled(7), 7 * x)


@unhurried
@given(within(positive), within(positive), st.sampled_from((1, 100)), st.sampled_from((0, 100)))
def test_quotients_hold_every_possible_value(one: tuple[Interval, Fraction], two: tuple[Interval, Fraction], scale: int, less: int) -> None:
    (a, x), (b, y) = one, two
    if y:
        assert holds(a.over(b, scale, less), scale * x / y - less)


@unhurried
@given(numbers, numbers, positive, positive)
def test_exact_intervals_calculate_exactly(a: Fraction, b: Fraction, c: Fraction, d: Fraction) -> None:
    assert Interval.exactly(a) + Interval.exactly(b) == Interval.exactly(a + b)
    assert Interval.exactly(a) - Interval.exactly(b) == Interval.exactly(a - b)
    assert Interval.exactly(a) * Interval.exactly(b) == Interval.exactly(a * b)
    if d:
        assert Interval.exactly(c).over(Interval.exactly(d), 100, 100) == Interval.exactly(100 * c / d - 100)


@unhurried
@given(within(), within())
def test_the_gap_is_the_distance_of_the_nearest_ends(one: tuple[Interval, Fraction], two: tuple[Interval, Fraction]) -> None:
    (a, x), (b, y) = one, two
    gap, common = a.gap(b), a.common(b)
    assert gap == b.gap(a) and 0 <= gap <= abs(x - y)
    assert (common is None) == (gap > 0) == (not a.meets(b))
    if common is not None and common.low is not None:
        assert holds(a, common.low) and holds(b, common.low)
    if gap:
        assert gap in {b.low - a.high if None not in (b.low, a.high) else None, a.low - b.high if None not in (a.low, b.high) else None}


def test_division_by_what_may_be_zero_has_no_upper_end() -> None:
    assert Interval.exactly(3).over(Interval(Fraction(0), Fraction(2))) == Interval(Fraction(3, 2), None)
    assert Interval.exactly(3).over(Interval(Fraction(0), Fraction(0))) == UNBOUNDED
    assert Interval.exactly(3).over(Interval(Fraction(-1), Fraction(2))) == UNBOUNDED
    assert Interval.exactly(3).over(Interval(Fraction(-1, 2), Fraction(2))) == UNBOUNDED
    assert Interval(Fraction(-1, 2), Fraction(3)).over(Interval.exactly(2)) == UNBOUNDED
    assert Interval(Fraction(-3), Fraction(3)).over(Interval.exactly(2)) == UNBOUNDED
    assert Interval(None, Fraction(3)).over(Interval.exactly(2)) == UNBOUNDED
    assert Interval.exactly(0).over(Interval(Fraction(1), Fraction(2))) == Interval(Fraction(0), Fraction(0))
    assert Interval(Fraction(1), None).over(Interval(Fraction(1), None), 100, 100) == Interval(Fraction(-100), None)


@pytest.mark.parametrize(
    ("one", "other", "product"),
    [
        (["1", ""], ["2", "3"], ["2", ""]), (["2", "3"], ["1", ""], ["2", ""]), (["0", ""], ["2", "3"], ["0", ""]),
        (["2", "3"], ["0", ""], ["0", ""]), (["0.5", ""], ["2", "3"], ["1", ""]), (["2", "3"], ["0.5", ""], ["1", ""]),
        (["-0.5", "1"], ["2", "3"], ["-1.5", "3"]), (["2", "3"], ["-0.5", "1"], ["-1.5", "3"]), (["-1", ""], ["2", "3"], ["", ""]),
        (["2", "3"], ["", "1"], ["", ""]), (["", "3"], ["1", "2"], ["", ""]),
    ],
)  # fmt: skip
def test_products_keep_the_ends_they_can(one: list[str], other: list[str], product: list[str]) -> None:
    assert ends(one) * ends(other) == ends(product)


def test_a_round_count_keeps_its_wide_reading_in_a_growth() -> None:
    hedged, round_count = read_printed(Decimal(50000), Decimal(1000), "more_than", "5万多件", True), count(45000)
    assert not round_count.exact and not hedged.exact and count(45001).exact
    for grown in (growth(hedged, round_count), growth(round_count, hedged), growth(count(45001), round_count), growth(round_count, count(45001))):
        assert grown.wide != grown.rounded


def test_common_is_the_overlap() -> None:
    assert ends(["1", "5"]).common(ends(["3", "9"])) == ends(["3", "5"])
    assert ends(["1", ""]).common(ends(["", "9"])) == ends(["1", "9"])
    assert ends(["1", "3"]).common(ends(["3", "9"])) == ends(["3", "3"])
    assert ends(["1", "2"]).common(ends(["3", "9"])) is None


@pytest.mark.parametrize(
    ("interval", "integers"),
    [(["9706.5", "9707.26"], (9707, 9707)), (["2", "4"], (2, 4)), (["2.1", "2.9"], None), (["2", ""], None), (["", "2"], None)],
)
def test_integers_are_those_inside(interval: list[str], integers: tuple[int, int] | None) -> None:
    assert ends(interval).integers() == integers


def test_width_is_high_minus_low() -> None:
    assert ends(["1", "3.5"]).width() == Fraction(5, 2)
    assert ends(["1", ""]).width() is ends(["", "1"]).width() is None


# --- what is computed from prints ---------------------------------------------------------------------------------------------


def count(value: int) -> Any:
    """An exact count."""
    return read_printed(Decimal(value), Decimal(1), counted=True)


def change(amount: str, direction: str = "up", kind: str = "percent") -> Change:
    """A printed change."""
    printed = read_printed(Decimal(amount)).signed(1 if direction == "up" else -1)
    return Change(direction, kind, "yoy", None, printed, "", None, None)


def test_growth_between_two_counts_is_exact() -> None:
    grown = growth(count(10402), count(9025))
    assert grown.rounded == grown.wide == Interval.exactly(Fraction(10402 - 9025, 9025) * 100)
    assert grown.unit == max(Fraction(100, 9025), Fraction(100 * 10402, 9025 * 9026))


def test_growth_of_rounded_levels_takes_the_worst_of_both() -> None:
    grown = growth(read_printed(Decimal(486000), Decimal(1000), counted=True), read_printed(Decimal(452000), Decimal(1000), counted=True))
    assert grown.rounded == Interval(Fraction(485500, 452500) * 100 - 100, Fraction(486500, 451500) * 100 - 100)
    assert grown.wide == Interval(Fraction(485500, 453000) * 100 - 100, Fraction(487000, 451500) * 100 - 100)


def test_a_quotient_is_in_per_cent_or_a_head() -> None:
    assert quotient(count(10402), count(12319), 100).rounded.low == Fraction(1040200, 12319)
    assert quotient(count(60061), count(353), 1).rounded.low == Fraction(60061, 353)
    assert quotient(count(3), count(0), 100).unit == 0


def test_a_difference_has_the_coarser_unit() -> None:
    points = difference(read_printed(Decimal("84.44")), read_printed(Decimal("79.4")))
    assert (points.rounded.low, points.unit) == (Fraction("84.435") - Fraction("79.45"), Fraction(1, 10))


def test_the_earlier_level_follows_from_level_and_change() -> None:
    before = earlier_level(count(12319), change("26.91"))
    assert before.rounded == Interval(Fraction(12319) / Fraction("1.26915"), Fraction(12319) / Fraction("1.26905"))
    assert earlier_level(count(12364), change("25.44", "down")).rounded.integers() == (16582, 16583)
    assert earlier_level(read_printed(Decimal("84.44")), change("5", kind="percentage_points")).rounded == ends(["78.935", "79.945"])
    assert earlier_level(count(3), change("100", "down")) is None
    assert earlier_level(count(3), Change("up", "percent", "yoy", None, None, "", None, None)) is None


def test_the_unit_of_an_earlier_level_is_the_coarser_of_its_two_prints() -> None:
    coarse = read_printed(Decimal(486000), Decimal(1000), counted=True)
    assert earlier_level(coarse, change("20.00")).unit == Fraction(1000) / Fraction("1.2")
    assert earlier_level(count(12000), change("20")).unit == Fraction(12000) / 100 / Fraction("1.2") ** 2
    assert earlier_level(count(12000), change("20", "down")).unit == Fraction(12000) / 100 / Fraction("0.8") ** 2
    assert earlier_level(count(12000), change("20.5")).wide == Interval(Fraction(11500) / Fraction("1.206"), Fraction(12500) / Fraction("1.2045"))


@pytest.mark.parametrize(
    ("then", "level", "kind", "rounded", "wide", "unit"),
    [
        ((["80", "100"], ["50", "125"], "1"), "120", "percent", ["20", "50"], ["-4", "140"], Fraction(100 * 120, 80 * 81)),
        ((["80", "100"], ["50", "125"], "0.1"), "120", "percent", ["20", "50"], ["-4", "140"], Fraction(100, 80)),
        ((["0", "100"], ["0", "125"], "1"), "120", "percent", ["20", ""], ["-4", ""], 0),
        ((["80", "100"], ["50", "125"], "2"), "120", "absolute", ["20", "40"], ["-5", "70"], 2),
        ((["80", "100"], ["50", "125"], "0.5"), "120", None, ["20", "40"], ["-5", "70"], 1),
    ],
)
def test_a_change_follows_from_the_level_before_and_the_level(
    then: tuple, level: str, kind: str, rounded: list[str], wide: list[str], unit: Fraction
) -> None:
    led = change_from(reading(*then), count(int(level)), kind)
    assert (led.rounded, led.wide, led.unit) == (ends(rounded), ends(wide), unit)


def test_a_change_from_a_level_before_takes_the_worst_of_both() -> None:
    led = change_from(reading(["100", "100"], ["100", "100"], "1"), read_printed(Decimal(12000), Decimal(1000), counted=True), "percent")
    assert (led.rounded, led.wide, led.unit) == (ends(["11400", "12400"]), ends(["11400", "12900"]), 100 * 1000 / Fraction(100))
    points = change_from(reading(["79.4", "79.5"], ["79.4", "79.6"], "0.1"), read_printed(Decimal("84.4")), "percentage_points")
    assert (points.rounded, points.wide) == (ends(["4.85", "5.05"]), ends(["4.75", "5.1"]))


def test_the_unit_of_a_quotient_is_what_its_coarser_print_comes_to() -> None:
    coarse, fine = read_printed(Decimal(486000), Decimal(1000), counted=True), read_printed(Decimal(452300), Decimal(100), counted=True)
    assert quotient(coarse, fine, 100).unit == Fraction(100 * 1000, 452300)
    assert quotient(fine, coarse, 100).unit == Fraction(100 * 452300 * 1000, 486000 * 487000)


def test_a_total_sums_both_readings() -> None:
    summed = total([read_printed(Decimal(486000), Decimal(1000), counted=True), count(1200), count(7)])
    assert summed.rounded == ends(["486707", "487707"])
    assert summed.wide == ends(["486657", "488257"])
    assert summed.unit == 1000


def test_a_difference_subtracts_both_readings() -> None:
    apart = difference(read_printed(Decimal("84.4")), read_printed(Decimal("79.4")))
    assert (apart.rounded, apart.wide) == (ends(["4.9", "5.1"]), ends(["4.85", "5.15"]))


# --- verdicts -----------------------------------------------------------------------------------------------------------------


def reading(rounded: list[str], wide: list[str], unit: str) -> Reading:
    """A reading of a case."""
    return Reading(ends(rounded), ends(wide), Fraction(unit))


STATED = reading(["4.5", "5.5"], ["4.5", "6"], "1")


@pytest.mark.parametrize(
    ("implied", "verdict", "gap", "visible", "cut_off"),
    [
        ("5", "consistent", "0", "1.5", False),
        ("5.5", "consistent", "0", "1.5", False),
        ("5.8", "consistent", "0.3", "1.2", True),
        ("6", "consistent", "0.5", "1", True),
        ("6.4", "borderline", "0.9", "0.6", False),
        ("7", "borderline", "1.5", "0", False),
        ("7.01", "contradiction", "1.51", "1.75", False),
        ("3.5", "borderline", "1", "0", False),
        ("3.49", "contradiction", "1.01", "1.75", False),
    ],
)
def test_the_verdict_turns_on_one_unit_of_the_coarser_print(implied: str, verdict: str, gap: str, visible: str, cut_off: bool) -> None:
    exact = Interval.exactly(Fraction(implied))
    found = compare(STATED, Reading(exact, exact, Fraction(1, 100)))
    assert (found.verdict, found.gap, found.cut_off) == (Verdict(verdict), Fraction(gap), cut_off)
    assert found.smallest_visible_error == Fraction(visible)


@unhurried
@given(st.integers(400, 700), st.integers(-3000, 3000))
def test_a_shift_beyond_the_visible_error_on_its_side_is_called_and_a_smaller_one_never(implied: int, shift: int) -> None:
    exact = Interval.exactly(Fraction(implied, 100))
    target = Reading(exact, exact, Fraction(1, 100))
    first = compare(STATED, target)
    moved = Fraction(shift, 1000)
    after = compare(Reading(STATED.rounded + Interval.exactly(moved), STATED.wide + Interval.exactly(moved), STATED.unit), target)
    if first.verdict is Verdict.CONTRADICTION:
        return
    if abs(moved) < first.smallest_visible_error:
        assert after.verdict is not Verdict.CONTRADICTION
    elif moved * first.visible_side > first.smallest_visible_error:
        assert after.verdict is Verdict.CONTRADICTION


@pytest.mark.parametrize(("implied", "side"), [("4.6", 1), ("5.9", -1), ("3.49", 0), ("7.01", 0), ("6.5", -1), ("4", 1)])
def test_the_visible_side_points_away_from_what_is_implied(implied: str, side: int) -> None:
    exact = Interval.exactly(Fraction(implied))
    assert compare(STATED, Reading(exact, exact, Fraction(1, 100))).visible_side == side


def test_the_wide_reading_of_either_side_decides() -> None:
    narrow, wide = reading(["5.8", "5.8"], ["5.8", "5.8"], "0.1"), reading(["4.5", "5.5"], ["4.5", "6"], "0.1")
    narrow = Reading(narrow.rounded, narrow.rounded, narrow.unit)
    for found in (compare(narrow, wide), compare(wide, narrow)):
        assert (found.verdict, found.gap, found.cut_off) == (Verdict.CONSISTENT, Fraction("0.3"), True)


def test_nothing_is_visible_against_everything() -> None:
    found = compare(STATED, Reading(UNBOUNDED, UNBOUNDED, Fraction(1)))
    assert (found.verdict, found.smallest_visible_error, found.visible_side, found.cut_off) == (Verdict.CONSISTENT, None, 0, False)
    assert Reading.derived(UNBOUNDED, UNBOUNDED).unit == 0


def test_an_open_end_is_visible_on_the_other_side_only() -> None:
    above = Reading(Interval(Fraction(10), None), Interval(Fraction(10), None), Fraction(1))
    below = compare(STATED, above)
    assert (below.verdict, below.gap) == (Verdict.CONTRADICTION, Fraction("4.5"))
    assert compare(reading(["12", ""], ["12", ""], "1"), above).smallest_visible_error is None
    assert compare(reading(["12", "13"], ["12", "13"], "1"), above).visible_side == -1
    assert compare(reading(["12", "13"], ["12", "13"], "1"), above).smallest_visible_error == 4
    assert (below.smallest_visible_error, below.visible_side) == (1, 0)
