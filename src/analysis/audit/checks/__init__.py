"""The checks, in the order of the table in docs/audit.md. Each takes a `Book` and yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..findings import Finding
from ..matching import Book
from .bases import check_growth_chain, check_two_bases
from .changes import check_bounds, check_direction, check_percent_or_points, check_verb_order
from .earlier import check_earlier_value, check_from_to_change, check_integer_feasibility, check_two_measures
from .parts import (
    check_growth_between_parts,
    check_part_within_whole,
    check_parts_sum,
    check_persons_per_case,
    check_step_order,
)
from .prints import check_remainder, check_same_change, check_same_figure, check_target, check_unit_slip
from .rates import check_average, check_growth_sign, check_rate_change, check_rate_ratio, check_share, check_share_change
from .spans import check_mean_growth, check_period_sums, check_record, check_streak, check_year_to_date

__all__ = ["CHECKS", "Check"]

Check = Callable[[Book], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    check_earlier_value,
    check_from_to_change,
    check_two_measures,
    check_two_bases,
    check_growth_chain,
    check_integer_feasibility,
    check_rate_ratio,
    check_rate_change,
    check_growth_sign,
    check_share,
    check_share_change,
    check_average,
    check_parts_sum,
    check_part_within_whole,
    check_growth_between_parts,
    check_persons_per_case,
    check_step_order,
    check_verb_order,
    check_direction,
    check_percent_or_points,
    check_bounds,
    check_period_sums,
    check_year_to_date,
    check_mean_growth,
    check_streak,
    check_record,
    check_same_figure,
    check_same_change,
    check_unit_slip,
    check_target,
    check_remainder,
)
