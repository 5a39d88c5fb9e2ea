"""The one type of a period: what it reads, what it refuses, and its arithmetic."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.documents import metadata
from analysis.periods import Period, PeriodError, canonical, months, period_before, year_before

READ = [
    "2013",
    "2013H1",
    "2013Q4",
    "2020-08",
    "2020-03..2020-05",
    "2012..2016",
    "2019..",
    "2020-03..",
    "2020-W07",
    "2020-02-29",
    "2020-08-15..2020-09-03",
]
REFUSED = [
    "2017-13", "2017-00", "0000", "0999", "2017..2012", "2020-05..2020-03", "２０１７", "٢٠١٧", "2017H3", "2017Q5", "2017-W54", "2019-02-29",
    "2017-1", "17", "", "..", "..2017", "2017..2018..2019", "2017....", "2017 ", "2017\n", "2017年", "2017-13..2018-01", "2017..2018-00", "99999",
]  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_a_period_is_written_as_it_was_read(text: str) -> None:
    assert str(Period.parse(text)) == text == canonical(text)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(text)
    assert months(text) is None and year_before(text) is None and period_before(text) is None
    assert canonical(text) == text


def test_one_span_has_one_name() -> None:
    for one, other in [("2013-01..2013-06", "2013H1"), ("2013Q1..2013Q4", "2013"), ("2013-04..2013-06", "2013Q2"), ("2013-05..2013-05", "2013-05")]:
        assert Period.parse(one) == Period.parse(other) and canonical(one) == other


@given(st.integers(1001, 2990), st.integers(0, 11), st.integers(0, 40))
def test_the_spans_before_lie_before_and_are_as_long(year: int, month: int, more: int) -> None:
    period = Period.of_months(12 * year + month, 12 * year + month + more)
    assert Period.parse(str(period)) == period
    before, back = period.before(), period.year_before()
    assert before is None or (before.months[1] + 1 == period.months[0] and before.months[1] - before.months[0] == more)
    assert (back is None) == (more > 11)
    assert back is None or (period.months[0] - back.months[0] == 12 and str(back)[4:].count("-") == str(period)[4:].count("-"))


@given(st.dates(date(1001, 1, 1), date(2990, 12, 31)), st.integers(0, 400))
def test_spans_of_days_are_written_and_read_alike(first: date, more: int) -> None:
    last = date.fromordinal(first.toordinal() + more)
    period = Period(first, last, of_days=True)
    assert Period.parse(str(period)) == period
    assert period.before().last.toordinal() + 1 == first.toordinal()


def test_an_open_span_holds_what_begins_in_it() -> None:
    since = Period.parse("2013..")
    assert since.contains(Period.parse("2014H1")) and since.contains(since) and not since.contains(Period.parse("2012.."))
    assert Period.parse("2013").contains(Period.parse("2013-W10")) and not Period.parse("2013").contains(since)
    assert since.is_open and since.months is None and since.year_before() is None and since.before() is None


def test_metadata_take_no_other_period() -> None:
    break_ = {"en": "Counted anew.", "zh": "改了口径。"}
    assert metadata.Break(period="2017H1", **break_).period == "2017H1"
    for text in REFUSED:
        with pytest.raises(ValueError):
            metadata.Break(period=text, **break_)
